"""What may happen to a tenant and its stacks, one thing after the other, in any order."""

from __future__ import annotations

from typing import Any

from hypothesis import note
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from . import edits
from .declarations import Declaration, Key, Program
from .runs import Driver, Options, tainted
from .witness import OTHER_CLIENT_ID, TenantModel
from .world import STACKS, World

stacks = st.sampled_from(("one", "one", "one", "two"))
numbers = st.integers(0, 5)
ways = st.integers(0, 2)
runs = st.sampled_from((True, True, True, False))
"""Whether a program is run as soon as it is changed."""


def _edited(edit: edits.Edit) -> Any:
    """A rule by which a program is changed and, mostly, run."""

    def changed(machine: Deployments, stack: str, which: int, what: int, run: bool, way: int) -> None:
        machine.edit(stack, edit(machine.world.stacks[stack].program, which, what), run, way)

    changed.__name__ = edit.__name__
    return rule(stack=stacks, which=numbers, what=numbers, run=runs, way=ways)(changed)


class Deployments(RuleBasedStateMachine):
    """People who edit programs, run them, interrupt them, and change the tenant by hand."""

    def make(self) -> tuple[Driver, TenantModel]:
        """An engine and its tenant."""
        raise NotImplementedError

    def __init__(self) -> None:
        super().__init__()
        self.world = World(*self.make(), knows_gaps=True)

    def edit(self, stack: str, program: Program, run: bool = True, way: int = 0) -> None:
        """Change a program and, mostly, run it; the report of a failure shows it."""
        if program == self.world.stacks[stack].program:
            return
        self.world.write(stack, program)
        note(f"  {stack}: " + "; ".join(map(str, program)))
        if run:
            self.world.up(stack, way=way)

    @initialize(apis=st.integers(0, 2), permissions=st.integers(0, 3), grants=st.integers(0, 2))
    def begin(self, apis: int, permissions: int, grants: int) -> None:
        program = Program()
        for api in range(apis):
            program = edits.add_api(program, 0, 0)
            for _ in range(permissions):
                program = edits.add_permission(program, api, 0)
            for _ in range(grants):
                program = edits.add_grant(program, api, 0)
        self.edit("one", program)

    add_api = _edited(edits.add_api)
    add_permission = _edited(edits.add_permission)
    add_grant = _edited(edits.add_grant)
    change = _edited(edits.change)
    remove = _edited(edits.remove)
    remove_and_keep_granting = _edited(edits.remove_and_keep_granting)
    rename = _edited(edits.rename)
    rename_all = _edited(edits.rename_all)
    rename_with_alias = _edited(edits.rename_with_alias)
    move = _edited(edits.move)
    move_with_alias = _edited(edits.move_with_alias)
    swap = _edited(edits.swap)
    take_key = _edited(edits.take_key)
    shift = _edited(edits.shift)
    duplicate = _edited(edits.duplicate)
    sign_otherwise = _edited(edits.sign_otherwise)
    identify_otherwise = _edited(edits.identify_otherwise)
    list_permissions = _edited(edits.list_permissions)
    set_option = _edited(edits.set_option)

    @rule(stack=stacks, which=numbers, run=runs, way=ways)
    def share(self, stack: str, which: int, run: bool, way: int) -> None:
        """A stack declares what the other one declares."""
        (other,) = (name for name in STACKS if name != stack)
        self.edit(stack, edits.share(self._program(stack), self._program(other), which), run, way)

    @rule(stack=stacks, way=ways)
    def run(self, stack: str, way: int) -> None:
        self.world.up(stack, way=way)

    @rule(stack=stacks, way=ways)
    def run_with_refresh(self, stack: str, way: int) -> None:
        self.world.up(stack, Options(refresh=True), way)

    @rule(stack=stacks)
    def refresh(self, stack: str) -> None:
        assert self.world.run(stack, "refresh").ok

    @rule(stack=stacks, way=ways)
    def destroy(self, stack: str, way: int) -> None:
        self.world.destroy(stack, way)

    @rule(stack=stacks, steps=st.integers(1, 8))
    def interrupt(self, stack: str, steps: int) -> None:
        """Somebody interrupts a run."""
        self.world.run(stack, "up", Options(stop_after=steps))

    @precondition(lambda self: self.world.driver.can_die)
    @rule(stack=stacks, changes=st.integers(1, 12))
    def kill_engine(self, stack: str, changes: int) -> None:
        """The engine is killed in the middle of a run."""
        self.world.run(stack, "up", Options(engine_dies_after=changes))

    @precondition(lambda self: self.world.driver.can_die)
    @rule(stack=stacks, write=st.integers(1, 4))
    def kill_provider(self, stack: str, write: int) -> None:
        """The provider dies between a write and its answer."""
        self.world.run(stack, "up", Options(provider_dies_at=write))

    @rule(stack=stacks, which=numbers, way=ways)
    def taint(self, stack: str, which: int, way: int) -> None:
        """Somebody asks for a resource to be made anew."""
        held = [state.urn for state in self.world.held(stack).values()]
        if held:
            self.world.driver.rewrite(stack, tainted(held[which % len(held)]))
            self.world.up(stack, way=way)

    @rule(stack=stacks, which=numbers, way=ways)
    def replace(self, stack: str, which: int, way: int) -> None:
        """`up --replace`."""
        if urn := self._urn(stack, which):
            self.world.up(stack, Options(replaces=(urn,)), way)

    @rule(stack=stacks, which=numbers)
    def target(self, stack: str, which: int) -> None:
        """`up --target`, which may be refused because of what it leaves out."""
        if urn := self._urn(stack, which):
            self.world.run(stack, "up", Options(targets=(urn,)))

    @rule(which=numbers, value=numbers)
    def change_by_hand(self, which: int, value: int) -> None:
        """Somebody changes a setting in the dashboard."""
        keys = [key for key in sorted(self.world.tenant.objects) if key.kind != "permission"]
        if keys:
            key = keys[which % len(keys)]
            setting: dict[str, Any] = {"token_lifetime": 600 + value} if key.kind == "api" else {"scope": []}
            self.world.tenant.change(key, **setting)
            self.world.by_hand()

    @rule(which=numbers)
    def delete_by_hand(self, which: int) -> None:
        """Somebody deletes an object in the dashboard."""
        keys = sorted(self.world.tenant.objects)
        if keys:
            self.world.tenant.delete(keys[which % len(keys)])
            self.world.by_hand()

    @rule(which=numbers, what=st.integers(0, 2))
    def make_by_hand(self, which: int, what: int) -> None:
        """Somebody makes an API, a permission, or a grant for another application."""
        apis = sorted(key.api for key in self.world.tenant.objects if key.kind == "api")
        if what == 0 or not apis:
            key = Key("api", edits.IDENTIFIERS[which % 3])
        elif what == 1:
            key = Key("permission", apis[which % len(apis)], ("by:hand", *edits.SCOPES)[which % 5])
        else:
            key = Key("grant", apis[which % len(apis)], OTHER_CLIENT_ID)
        if key not in self.world.tenant.objects:
            self.world.tenant.make(key)
            self.world.by_hand()

    def _program(self, stack: str) -> Program:
        return self.world.stacks[stack].program

    def _urn(self, stack: str, which: int) -> str | None:
        declared: tuple[Declaration, ...] = self._program(stack).declarations
        return declared[which % len(declared)].urn(stack) if declared else None
