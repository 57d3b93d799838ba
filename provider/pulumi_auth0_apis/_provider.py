"""What the engine talks to: the frozen reference that state holds, and the SDK's protocol."""

from __future__ import annotations

import base64
import functools
import os
import sys
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import pulumi
from pulumi.dynamic import (
    CheckFailure,
    CheckResult,
    ConfigureRequest,
    CreateResult,
    DiffResult,
    ReadResult,
    ResourceProvider,
    UpdateResult,
)

from pulumi_auth0_apis._adoption import duplicate
from pulumi_auth0_apis._holdings import HERE, UNMARKED, Entry, Holdings, Replacement, new_holder
from pulumi_auth0_apis._inputs import Failure, canonical, shape_failures
from pulumi_auth0_apis._lifecycle import Object, Provider, Run, changes_between, outputs_of, projected
from pulumi_auth0_apis._removal import may_delete
from pulumi_auth0_apis._telling import warn
from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.errors import Auth0ApisError, ConfigurationError, NotFoundError, WrongTenantError

if TYPE_CHECKING:
    from pulumi_auth0_apis.management import Session

PROVIDER_KEY = "__provider"
UNKNOWN = pulumi.output.Unknown()  # type: ignore[no-untyped-call]

P = ParamSpec("P")
T = TypeVar("T")


def reference(kind: str) -> str:
    """The text under `__provider` in state: a pickle that says `load(kind)` and nothing else.

    It is written out rather than pickled: Python changes its pickle protocol from time to time (3.14 did),
    and a text that differs is a change of every resource in every stack. It holds no code, no attribute and
    no secret, so whichever version is installed runs, on refresh and delete too.
    """
    return base64.b64encode(f"c{__name__}\nload\n(V{kind}\ntR.".encode()).decode()


def load(kind: str) -> ResourceProvider:
    """The provider of the resource in the module `kind`.

    Every state names this function by its path. It never moves, and it never stops knowing a kind.
    """
    try:
        provider: Provider = import_module(f"pulumi_auth0_apis.{kind}").PROVIDER
    except (ImportError, AttributeError):
        hide_stacks()
        raise ConfigurationError(
            f"The state holds a resource of kind {kind}, which pulumi-auth0-apis {__version__} does not "
            "know; a newer version made it.",
            "Install that version in the environment of this program.",
        ) from None
    return DynamicProvider(provider, HERE)


def hide_stacks() -> None:
    """Have the SDK print exceptions without their stacks, all of which it prints otherwise.

    For a provider process alone: in a program the SDK looks for its caller by `traceback.extract_stack`,
    which then is empty, fails (`_get_stack_trace` in pulumi/runtime/resource.py) and waits for ever.
    """
    sys.tracebacklimit = 0


def one_paragraph(method: Callable[P, T]) -> Callable[P, T]:
    """Let nothing but a plain exception with a message for people leave `method`.

    The SDK answers an exception with its whole stack, and a BaseException not at all: the deployment hangs.
    """

    @functools.wraps(method)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            return method(*args, **kwargs)
        except Auth0ApisError as error:
            raise error.with_traceback(None) from None
        except BaseException as error:
            raise _defect(error) from None

    return guarded


def _defect(error: BaseException) -> Auth0ApisError:
    if os.environ.get("AUTH0_APIS_LOG") == "debug":
        sys.tracebacklimit = 1000
        stack = "".join(traceback.format_exception(error))
        sys.tracebacklimit = 0
        return Auth0ApisError(f"Unexpected {type(error).__name__}.\n{stack}")
    return Auth0ApisError(
        f"Unexpected {type(error).__name__}, which is a defect of pulumi-auth0-apis {__version__}: please "
        "report it.",
        "AUTH0_APIS_LOG=debug in the environment shows where it happened.",
    )


class DynamicProvider(ResourceProvider):
    """The SDK's protocol around one `Provider`: guards, projection and records, the same for each kind."""

    serialize_as_secret_always = False

    def __init__(self, provider: Provider, holdings: Holdings) -> None:
        super().__init__()
        self.provider = provider
        self.holdings = holdings
        self.config: Mapping[str, str] = {}

    def configure(self, req: ConfigureRequest) -> None:
        """Keep the configuration. Nothing is resolved before the first call: preview needs no credentials."""
        from pulumi_auth0_apis.management.settings import KEYS

        hide_stacks()
        values = {key: req.config.get(key) for key in KEYS}
        self.config = {key: value for key, value in values.items() if value is not None}

    @property
    def session(self) -> Session:
        """The connection to the tenant. Its settings are resolved here; its first call fetches the token."""
        from pulumi_auth0_apis.management import session_for

        return session_for(self.config)

    @one_paragraph
    def check(self, _olds: dict[str, Any], news: dict[str, Any]) -> CheckResult:
        accepted = (*self.provider.settings, *self.provider.options)
        inputs = canonical(accepted, _own(news))
        if before := _own(_olds):
            inputs = _adopt_as_before(before, inputs)
        elif inputs.get("adopt") is True:
            self.holdings.may_take(self.provider.key_of(inputs))
        failures = shape_failures(accepted, inputs)
        inputs = self.provider.completed(inputs, before)
        failures += self.provider.check(_sound(inputs, failures))
        # The engine prints the value of a property that a failure names, secrets included: so none is named.
        return CheckResult(
            inputs, [CheckFailure("", ": ".join(filter(None, failure))) for failure in failures]
        )

    @one_paragraph
    def diff(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> DiffResult:
        outputs = canonical(self.provider.settings, _own(_olds))
        inputs = canonical(self.provider.settings, _own(_news))
        found = self.provider.diff(outputs, inputs)
        if outputs.get("managed"):  # not of one that was only read
            self._note(self._entry(_id, outputs), outputs, inputs, replaced=bool(found.replaces))
        return found

    def _note(self, entry: Entry, outputs: Object, inputs: Object, *, replaced: bool) -> None:
        """Remember what a comparison tells about this run."""
        if replaced:
            key = self.provider.key_of(inputs)
            self.holdings.leaves(entry, Replacement(self.provider, key, inputs))
        else:
            self.holdings.stays(entry)
        self.provider.compared(self.holdings, outputs, inputs, replaced=replaced)

    def _entry(self, id_: str, outputs: Mapping[str, Any]) -> Entry:
        return Entry(self.provider.key_of(outputs) or (), id_, outputs.get("holder", UNMARKED))

    @one_paragraph
    def create(self, props: dict[str, Any]) -> CreateResult:
        options, inputs = self._parted(props)
        run, key = Run(self.session, self.holdings), self.provider.key_of(inputs)
        assert key is not None  # nothing is unknown any more
        with self.holdings.turn(key):
            if not self.holdings.begin(key):
                raise duplicate(self.provider, inputs)
            try:
                id_, found = self.provider.create(run, inputs, options.get("adopt", False))
            except NotFoundError as error:  # what the new object refers to
                raise error.restated(next_step=self.provider.on_missing) from None
            holder = new_holder()
            self.holdings.hold(key, holder)
        return CreateResult(id_, self._recorded(run, found, inputs, options, holder))

    @one_paragraph
    def read(self, id_: str, props: dict[str, Any]) -> ReadResult:
        """Refresh what the user manages, so that a refresh shows drift of that and nothing else.

        Without recorded outputs it is a look-up (`.get`): everything is read, and nothing found is an error.
        """
        options, outputs = self._parted(props)
        session = self.session
        if "managed" not in outputs:
            id_, found = self.provider.read(session, id_, outputs)
            if key := self.provider.key_of(found):
                self.holdings.look_up(key)
            return ReadResult(id_, self._recorded(Run(session, self.holdings), found, {}, options, None))
        self._refuse_other_tenant(session, id_, outputs)
        try:
            id_, found = self.provider.read(session, id_, outputs)
        except NotFoundError:
            return ReadResult(None, {})
        return self._refreshed(id_, found, outputs, options)

    def _refreshed(self, id_: str, found: Object, outputs: Object, options: Object) -> ReadResult:
        managed = outputs["managed"]
        wanted = {name: outputs.get(name) for name in managed}
        fresh = projected(self.provider, found, wanted)
        computed = {name: found[name] for name in self.provider.computed if name in found}
        stale = {*managed, *self.provider.computed}
        kept = {name: value for name, value in outputs.items() if name not in stale}
        if managed:  # an entry from before there were markers gets its own, to be told from another one
            kept.setdefault("holder", new_holder())
        return ReadResult(id_, {**kept, **computed, **fresh, **options}, {**fresh, **options})

    @one_paragraph
    def update(self, _id: str, _olds: dict[str, Any], _news: dict[str, Any]) -> UpdateResult:
        _, outputs = self._parted(_olds)
        options, inputs = self._parted(_news)
        run = Run(self.session, self.holdings)
        self._refuse_other_tenant(run.session, _id, outputs)
        changes, left_alone = changes_between(self.provider, outputs, inputs)
        if left_alone:
            warn(
                f"{self.provider.title} {_id}: {', '.join(left_alone)} is no longer set by the program. "
                "Auth0 documents no default for it, so the tenant keeps the last value."
            )
        found = self.provider.update(run, _id, outputs, changes) if changes else outputs
        holder = outputs.get("holder") or new_holder()
        self.holdings.stays(self._entry(_id, {**outputs, "holder": holder}))
        return UpdateResult(self._recorded(run, found, inputs, options, holder))

    @one_paragraph
    def delete(self, _id: str, _props: dict[str, Any]) -> None:
        options, outputs = self._parted(_props)
        run = Run(self.session, self.holdings)
        self._refuse_other_tenant(run.session, _id, outputs)
        entry = self._entry(_id, outputs)
        with self.holdings.turn(entry.key):
            if may_delete(self.provider, run, entry, outputs):
                self.provider.delete(run, _id, {**outputs, **options})
                self.holdings.deleted(entry.key)

    def _parted(self, props: Mapping[str, Any]) -> tuple[Object, Object]:
        """The options for this package, and everything else."""
        own = canonical(self.provider.settings, _own(props))
        names = {option.name for option in self.provider.options}
        options = {name: value for name, value in own.items() if name in names}
        return options, {name: value for name, value in own.items() if name not in names}

    def _recorded(
        self,
        run: Run,
        found: Object,
        inputs: Mapping[str, Any],
        options: Mapping[str, Any],
        holder: str | None,
    ) -> Object:
        if holder is not None:
            found = self.provider.recorded(found, inputs)
        kept = outputs_of(self.provider, found, inputs)
        if unlike := [name for name in inputs if kept.get(name) != inputs[name]]:
            title, key = self.provider.title, ", ".join(str(kept.get(name)) for name in self.provider.key)
            warn(f"{title} {key}: the tenant keeps another value than asked for {', '.join(unlike)}.")
        record = {"managed": sorted(inputs), "domain": run.session.domain}
        if holder is not None:
            record |= {"holder": holder, **self.provider.remembered(run.holdings, inputs)}
        return {**kept, **options, **record}

    def _refuse_other_tenant(self, session: Session, id_: str, outputs: Mapping[str, Any]) -> None:
        recorded = outputs.get("domain", session.domain)
        if recorded != session.domain:
            subject = f"The {self.provider.title} {id_}"
            raise WrongTenantError(subject, recorded=recorded, configured=session.domain)


def _own(props: Mapping[str, Any]) -> Object:
    return {name: value for name, value in props.items() if name != PROVIDER_KEY}


def _adopt_as_before(before: Mapping[str, Any], inputs: Object) -> Object:
    """`adopt` matters when an object is made. Afterwards a program may say it or not: neither is a change."""
    kept = {name: value for name, value in inputs.items() if name != "adopt"}
    return {**kept, "adopt": before["adopt"]} if "adopt" in before else kept


def _sound(inputs: Mapping[str, Any], failures: list[Failure]) -> Object:
    """`inputs` with unknown in place of what has failed already, so that no rule stumbles over it."""
    failed = {path.partition(".")[0].partition("[")[0] for path, _ in failures}
    return {name: UNKNOWN if name in failed else value for name, value in inputs.items()}
