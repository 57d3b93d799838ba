"""Two stacks on one tenant, and people who run them: every run is judged by what the tenant went through."""

from __future__ import annotations

from dataclasses import dataclass, field

from pulumi_auth0_apis.engine.model.state import ResourceState

from . import ways_on
from .agreement import judge_entries, judge_preview, judge_state, judge_tenant
from .declarations import Declaration, Key, Program
from .judging import Judgement, Scene
from .losses import judge_deletions
from .runs import Command, Driver, Options, Run, key_of
from .witness import TenantModel

STACKS = ("one", "two")
MOST_WAITS = 30
"""More than any program here has resources: each refusal is answered by one step for one of them."""


@dataclass
class Stack:
    """A stack, as the person who runs it knows it."""

    name: str
    program: Program = field(default_factory=Program)
    former: dict[str, Declaration] = field(default_factory=dict)
    """What has left the program, by URN."""
    stale: set[Key] = field(default_factory=set)
    """What somebody else has touched since the last refresh, so that the state may not tell the truth."""
    unsure: dict[Key, Declaration | None] = field(default_factory=dict)
    """What a run that died has touched, as the program declared it then."""

    def is_stale(self, key: Key) -> bool:
        if key in self.unsure and self.unsure[key] != self.program.keys.get(key):
            return True
        return bool(self.stale.intersection((key, key.of_api)))


class World:
    """A tenant, an engine, and the stacks. One that `knows_gaps` passes over what does not hold yet."""

    def __init__(self, driver: Driver, tenant: TenantModel, *, knows_gaps: bool = False) -> None:
        self.knows_gaps = knows_gaps
        self.driver = driver
        self.tenant = tenant
        self.stacks = {name: Stack(name) for name in STACKS}

    def held(self, stack: str) -> dict[Key, ResourceState]:
        """What the state of a stack says that it manages, listed permissions too."""
        held: dict[Key, ResourceState] = {}
        for state in self.driver.state(stack):
            key = key_of(state)
            if key is None or state.delete or state.external or state.pending_replacement:
                continue
            held[key] = state
            if key.kind == "api" and "scopes" in state.inputs:
                scopes = state.inputs["scopes"]
                held |= {Key("permission", key.api, scope["value"]): state for scope in scopes}
        return held

    def claimed(self, stack: str) -> frozenset[Key]:
        """What the state of a stack says that it manages, or has replaced and not yet deleted."""
        keys = {key_of(state) for state in self.driver.state(stack)}
        return frozenset(key for key in {*keys, *self.held(stack)} if key is not None)

    def write(self, stack: str, program: Program) -> None:
        """Change the program of a stack."""
        own = self.stacks[stack]
        for each in own.program:
            own.former[each.urn(stack)] = each
        own.program = program

    def run(self, stack: str, command: Command, options: Options | None = None) -> Run:
        """Run a command, and judge what it did to the tenant."""
        own, options = self.stacks[stack], options or Options()
        scene = Scene(
            dict(self.tenant.objects),
            {name: self.held(name) for name in self.stacks},
            self.claimed(stack),
            frozenset(self.tenant.by_hand),
        )
        self.tenant.witness.forget()
        run = self.driver.run(stack, command, own.program, options)
        judgement = Judgement(self, own, scene, run, command, options)
        judge_deletions(judgement)
        self._spread(own, options)
        if run.ok and (command == "refresh" or options.refresh):
            own.stale.clear()
            own.unsure.clear()
        self.tenant.witness.touched = set()
        if not options.ends_early:
            judge_entries(judgement)
        if run.ok and command == "up" and not options.targets:
            judge_state(judgement)
            judge_tenant(judgement)
            judge_preview(judgement)
        return run

    def up(self, stack: str, options: Options | None = None, way: int = 0) -> int:
        """Run `up`, and where it is refused, do what it says and run it again, until it succeeds.

        `way` chooses among the steps that a refusal names. Returns how many runs it took.
        """
        options = options or Options()
        taken: set[tuple[str, str]] = set()
        for runs in range(1, MOST_WAITS + 1):
            run = self.run(stack, "up", options)
            if run.ok:
                ways_on.put_back(self.stacks[stack])
                return runs
            options = ways_on.take_one(self, self.stacks[stack], run, options, way, taken)
        raise AssertionError(f"`up` is refused for ever:\n{run}\n{self.stacks[stack].program}")

    def destroy(self, stack: str, way: int = 0) -> int:
        """Run `destroy`, and do what it asks for, until it succeeds. Returns how many times it was run."""
        taken: set[tuple[str, str]] = set()
        options = Options()
        for runs in range(1, MOST_WAITS + 1):
            run = self.run(stack, "destroy", options)
            if run.ok:
                self.write(stack, Program())
                return runs
            options = ways_on.take_one(self, self.stacks[stack], run, options, way, taken)
            if not options.force:  # what an option says is told the provider by `up`
                self.up(stack, options, way)
        raise AssertionError(f"`destroy` is refused for ever:\n{run}")

    def by_hand(self) -> None:
        """Somebody has changed the tenant: no state knows of it yet."""
        self._spread(None, Options())
        self.tenant.witness.touched = set()

    def _spread(self, own: Stack | None, options: Options) -> None:
        """Remember what is not as some state says any more."""
        touched = self.tenant.witness.touched
        for stack in self.stacks.values():
            if stack is not own:
                stack.stale |= touched
        if own is not None and options.ends_early:
            own.unsure |= {key: own.program.keys.get(key) for key in touched}
        self.tenant.by_hand &= set(self.tenant.objects)
        for name in self.stacks:
            self.tenant.by_hand -= set(self.held(name))
