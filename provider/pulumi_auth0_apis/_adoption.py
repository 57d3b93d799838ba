"""Adoption of an object that a program asks for and the tenant has already.

Nothing is taken over in silence. To the engine a renamed resource is a new one, so the object that a creation
finds may well be held by an entry of the same state that is about to be deleted; or by another stack, or by
somebody's hand. It is a conflict, equal or not, unless the program or the person who runs it says otherwise.
"""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from auth0_api_vocabulary import ADDITIONAL, by_path
from pulumi_auth0_apis._additional import changed
from pulumi_auth0_apis._lifecycle import ManagedObject, ObjectProvider, TenantRun, projected
from pulumi_auth0_apis._telling import inform
from pulumi_auth0_apis.errors import (
    AlreadyThereError,
    Auth0ApisError,
    ConfigurationError,
    ConflictError,
    DuplicateError,
)

SHOWN = 120
"""Characters of a value that a message shows."""

ADOPT_VARIABLE = "AUTH0_ADOPT"
EQUAL = "equal"


def create_or_find(
    create: Callable[[], ManagedObject], find: Callable[[], ManagedObject | None]
) -> tuple[ManagedObject, bool, bool]:
    """The object, whether this call made it, and whether it may have.

    A 409 says that it is there; a request whose answer never came, or was none that the API documents, may
    have made it. Either way it is looked up by what identifies it, so that it is not made twice.
    """
    try:
        return create(), True, True
    except Auth0ApisError as error:
        if not (error.ambiguous or isinstance(error, ConflictError)):
            raise
        found = find()
        if found is None:
            raise
        return found, False, error.ambiguous


def take_over(
    provider: ObjectProvider,
    run: TenantRun,
    found: ManagedObject,
    inputs: Mapping[str, Any],
    adopt: bool | str,
    change: Callable[[dict[str, Any]], ManagedObject],
    *,
    may_be_ours: bool = False,
) -> ManagedObject:
    """Make an object that was there before ours, as it now is in the tenant.

    With `adopt=True` it is changed to what was asked. What `import_` or AUTH0_ADOPT=equal names, and what a
    request of ours may have made, is taken where it equals what was asked. Raises AlreadyThereError for
    everything else, and for a difference that cannot be changed.
    """
    differences = refuse_unless_free(provider, run, found, inputs, adopt, may_be_ours=may_be_ours)
    taken = change({name: inputs[name] for name in differences}) if differences else found
    inform(
        f"{provider.named(found)} was there already and is managed from now on"
        f"{'; changed: ' + ', '.join(differences) if differences else ', as it is'}."
        f"{_not_compared(provider, found, inputs)}"
    )
    return taken


def refuse_unless_free(
    provider: ObjectProvider,
    run: TenantRun,
    found: ManagedObject,
    inputs: Mapping[str, Any],
    adopt: bool | str,
    *,
    may_be_ours: bool = False,
) -> dict[str, Any]:
    """Return the changes that `found` needs, by input, where it may be taken over; else AlreadyThereError."""
    differences = _differences(provider, found, inputs)
    fixed = [s.name for s in provider.settings if s.name in differences and s.on_change == "replace"]
    may_change = (
        adopt is True
        or run.holdings.takes(provider.key_of(inputs))
        or run.holdings.is_handed_over(provider.api_key_of(inputs))  # its permissions stayed along
    )
    if differences and (fixed or not may_change):
        raise _conflict(provider, found, inputs, differences, fixed)
    may_be_ours = may_be_ours or run.holdings.is_live(provider.key_of(inputs))
    if not (may_change or may_be_ours or isinstance(adopt, str) or equal_is_enough()):
        raise _conflict(provider, found, inputs, {}, fixed)
    return differences


def equal_is_enough(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether this run takes over what equals the program (AUTH0_ADOPT=equal).

    From the environment alone: it is for a run after an interrupted one, and no program should keep it.
    """
    value = environ.get(ADOPT_VARIABLE, "")
    if value not in ("", EQUAL):
        raise ConfigurationError(
            f'{ADOPT_VARIABLE} is "{value}", and the only value it takes is "{EQUAL}": take over, for one '
            "run, what equals the program.",
            "To take over and change one object, set adopt=True on its resource.",
        )
    return value == EQUAL


def duplicate(provider: ObjectProvider, inputs: Mapping[str, Any]) -> DuplicateError:
    """The error for a second resource that asks for the object of another one of this run."""
    return DuplicateError(
        f"{provider.named(inputs)} is declared twice: another resource of this program stands for it "
        "already.",
        "Remove one of the two.",
    )


def _differences(provider: ObjectProvider, found: ManagedObject, inputs: Mapping[str, Any]) -> dict[str, Any]:
    there = projected(provider, found, inputs)
    return {name: there.get(name) for name in inputs if there.get(name) != inputs[name]}


def _not_compared(provider: ObjectProvider, found: ManagedObject, inputs: Mapping[str, Any]) -> str:
    hidden = [s.name for s in provider.settings if s.secret and s.name in inputs and s.name not in found]
    return f" Auth0 does not tell its {', '.join(hidden)}, so that was not compared." if hidden else ""


def _conflict(
    provider: ObjectProvider,
    found: ManagedObject,
    inputs: Mapping[str, Any],
    differences: Mapping[str, Any],
    fixed: list[str],
) -> AlreadyThereError:
    listed = _listed(provider, inputs, differences)
    state = f"differs: {listed}" if differences else "equals what is asked for"
    ways = " ".join(_ways_on(provider, found, inputs, differences, fixed))
    return AlreadyThereError(
        f"{provider.named(found)} is already in the tenant and {state}. Nothing was changed.", ways
    )


def _listed(provider: ObjectProvider, inputs: Mapping[str, Any], differences: Mapping[str, Any]) -> str:
    secret = {setting.name for setting in provider.settings if setting.secret}
    told: list[str] = []
    for name, there in differences.items():
        if name == ADDITIONAL:  # whose values may all be secret: nobody tells a provider
            told += by_path({name: changed(there or {}, inputs[name])})
        elif name in secret:
            told.append(f"{name} (secret)")
        else:
            asked = "" if _is_free_text(name, inputs[name]) else f", asked for {_shown(inputs[name])}"
            told.append(f"{name} is {_shown(there)}{asked}")
    return "; ".join(told)


def _is_free_text(name: str, value: Any) -> bool:
    """Whether a program may have marked the value secret: nobody tells a provider."""
    described = isinstance(value, list) and any(isinstance(each, Mapping) for each in value)
    return name in ("name", "description") or described


def _ways_on(
    provider: ObjectProvider,
    found: ManagedObject,
    inputs: Mapping[str, Any],
    differences: Mapping[str, Any],
    fixed: list[str],
) -> Iterator[str]:
    """Yield the ways out of a conflict, a sentence each."""
    if not differences:
        yield (
            "If it is this program's own, renamed, reordered or left by an interrupted run: "
            f"{ADOPT_VARIABLE}={EQUAL} in the environment takes over, for one run, what equals."
        )
    yield 'If it was renamed or moved: aliases=[pulumi.Alias(name="the old name")] keeps it.'
    if fixed:
        yield (
            f"{' and '.join(fixed)} cannot be changed on an existing {provider.title}: ask for what it has, "
            "or remove it first."
        )
    else:
        yield f"To take it over{' and change it' if differences else ''}: adopt=True on its resource."
    if not differences:
        yield f'To take over this very object as it is: ResourceOptions(import_="{found["id"]}").'
    yield (
        f"To have the program written: `{_import_command(provider, inputs)}` in its folder, with this "
        "declaration taken out."
    )
    yield "For taint or --replace: ResourceOptions(delete_before_replace=True) for that run."
    yield from provider.ways_on


def _import_command(provider: ObjectProvider, inputs: Mapping[str, Any]) -> str:
    filters = [
        part
        for name, option in provider.import_filters.items()
        if name in inputs
        for part in (option, inputs[name])
    ]
    return shlex.join(["auth0-apis", "import", ".", *filters])


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
