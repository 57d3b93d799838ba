"""Compare a stack's state with its tenants: what the program asked for against what is there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auth0_api_vocabulary import ADDITIONAL, OURS, Family, by_path, family_of, in_our_words
from auth0_api_vocabulary.families import DYNAMIC
from pulumi_auth0_apis._additional import is_same, with_untold
from pulumi_auth0_apis._dynamic import PROVIDER_KEY
from pulumi_auth0_apis._lifecycle import ObjectProvider, projected
from pulumi_auth0_apis.engine.model.snapshot import Snapshot
from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import name_of, provider_urn
from pulumi_auth0_apis.engine.model.values import Secret, contains, unwrapped
from pulumi_auth0_apis.errors import NotFoundError
from pulumi_auth0_apis.management import Session
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES
from pulumi_auth0_apis.stacks.provider_settings import settings_of

SECRET = "(secret)"  # noqa: S105 - what is shown instead of one


@dataclass(frozen=True)
class SettingDrift:
    """One setting, as the program spells it, that is not what it asked for; secrets are only named."""

    setting: str
    wanted: Any
    found: Any


@dataclass(frozen=True)
class Drifted:
    """A resource that the tenant no longer keeps as the stack has it; without differences, it is gone."""

    urn: str
    title: str
    id: str
    differences: tuple[SettingDrift, ...] = ()

    @property
    def name(self) -> str:
        """The resource's name in the program."""
        return name_of(self.urn)


@dataclass(frozen=True)
class Drift:
    """The findings of a comparison. `unmanaged` has a sentence for whatever the stack does not manage."""

    compared: int
    drifted: tuple[Drifted, ...] = ()
    unmanaged: tuple[str, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.drifted or self.unmanaged)


def find_drift(
    snapshot: Snapshot, config: Mapping[str, str], connect: Callable[[Mapping[str, str]], Session]
) -> Drift:
    """Compare every resource of ours in `snapshot` with its tenant.

    `config` is the stack's configuration, for the resources of a default provider; those of an explicit one
    are read with its own settings. Raises WrongTenantError where the configuration names another tenant than
    the one a resource was made in, and what a Session raises.
    """
    providers = {each.urn: each for each in snapshot.resources if not each.delete}
    drifted: list[Drifted] = []
    compared = 0
    for provider, resources in _by_provider(snapshot).items():
        state = providers.get(provider)
        session = connect(settings_of(provider, unwrapped(state.inputs) if state else {}, config))
        compared += len(resources)
        drifted += _drifted(session, resources)
    return Drift(compared, tuple(sorted(drifted, key=lambda each: each.urn)))


def _by_provider(snapshot: Snapshot) -> dict[str, list[tuple[ObjectProvider, ResourceState]]]:
    grouped = defaultdict(list)
    for each in snapshot.resources:
        if each.type in OURS and not each.delete and not each.external:
            grouped[provider_urn(each.provider)].append((LIFECYCLES[OURS[each.type]], each))
    return grouped


def _drifted(
    session: Session, resources: Iterable[tuple[ObjectProvider, ResourceState]]
) -> Iterator[Drifted]:
    for provider, state in resources:
        outputs = in_our_words(unwrapped(state.outputs))
        title = provider.title
        session.refuse_other_tenant(f"The {title} {name_of(state.urn)}", outputs.get("domain"))
        differences = _differences(session, provider, state, outputs)
        if differences is None:
            yield Drifted(state.urn, title, state.id)
        elif differences:
            yield Drifted(state.urn, title, state.id, tuple(differences))


def _differences(
    session: Session, provider: ObjectProvider, state: ResourceState, outputs: Mapping[str, Any]
) -> list[SettingDrift] | None:
    """The settings that differ, or None where the object is gone."""
    options = {PROVIDER_KEY, *(option.name for option in provider.options)}
    inputs = in_our_words(unwrapped(state.inputs))
    wanted = {name: value for name, value in inputs.items() if name not in options}
    try:
        _, found = provider.read(session, state.id, outputs)
    except NotFoundError:
        return None
    fresh = by_path(projected(provider, with_untold(found, outputs), wanted))
    secret = {setting.name for setting in provider.settings if setting.secret}
    secret |= {name for name, value in _marked(in_our_words(state.inputs)).items() if contains(value, Secret)}
    family = family_of(state.type) or DYNAMIC
    return [
        _told(family, name, *((SECRET, SECRET) if name in secret else (value, fresh.get(name))))
        for name, value in by_path(wanted).items()
        if not is_same(fresh.get(name), value)
    ]


def _told(family: Family, name: str, wanted: Any, found: Any) -> SettingDrift:
    setting, dot, additional = name.partition(".")
    spelled = family.spell(setting)
    if additional:
        return SettingDrift(f"{spelled}{dot}{additional}", wanted, found)
    sides = (family.spelled({setting: value})[spelled] for value in (wanted, found))
    return SettingDrift(spelled, *sides)


def _marked(inputs: Mapping[str, Any]) -> dict[str, Any]:
    """Inputs of a state by path; where the additional settings are secret as a whole, each of them is."""
    additional = inputs.get(ADDITIONAL)
    if not isinstance(additional, Secret):
        return by_path(inputs)
    return by_path(
        {**inputs, ADDITIONAL: {name: Secret(each) for name, each in unwrapped(additional).items()}}
    )
