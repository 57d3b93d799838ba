"""One setting of a resource: how it is read, and what it means when the program leaves it out."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic, NamedTuple, Protocol, TypeVar

from pulumi_policy.proxy import UNKNOWN_STRING_VALUE, UnknownValueError

from auth0_api_vocabulary import DEFAULTS

T = TypeVar("T")


class HasSettings(Protocol):
    """A resource whose settings can be read by name."""

    urn: str

    def read(self, setting: str) -> Any: ...


class SettingError(Exception):
    """A setting of a resource cannot be judged. The message names the setting, never its value."""

    def __init__(self, setting: str, urn: str) -> None:
        super().__init__(setting)
        self.setting, self.urn = setting, urn


class UnreadableSettingError(SettingError):
    """A setting holds nothing that the rules understand."""


class UnknownSettingError(SettingError):
    """A setting's value is not known in preview; `cause` is the error by which pulumi-policy said so."""

    def __init__(self, setting: str, urn: str, cause: UnknownValueError) -> None:
        super().__init__(setting, urn)
        self.cause = cause


class KeptValueError(UnknownValueError):
    """What the tenant keeps of a setting is not known before the API is taken over."""

    def __init__(self, setting: str) -> None:
        super().__init__(UNKNOWN_STRING_VALUE, [setting])


class TakenOverSettingError(UnknownSettingError):
    """A setting is left out of an API that is taken over, and keeps what it has in the tenant."""

    def __init__(self, setting: str, urn: str) -> None:
        super().__init__(setting, urn, KeptValueError(setting))


class Setting(Generic[T]):
    """A typed attribute of a `View`; reading one that is not known yet raises `UnknownSettingError`.

    What rules print of a setting is safe to print: a number, a value of a closed set, or a name. Everything
    else is unreadable, because the program may have put a secret there, and rules are not told which
    values are secret.
    """

    def __init__(self, read: Callable[[Any], T], unset: T) -> None:
        self._read = read
        self._unset = unset

    def __set_name__(self, owner: type[HasSettings], name: str) -> None:
        self._name = name

    def __get__(self, view: HasSettings, owner: type[HasSettings]) -> T:
        value = view.read(self._name)
        try:
            read = self._unset if value is None else self._read(value)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError):
            raise UnreadableSettingError(self._name, view.urn) from None
        vars(view)[self._name] = read  # found there from now on: rules of a stack read a setting many times
        return read


class SubjectPolicies(NamedTuple):
    """Which applications may ask for tokens of an API, by the subject of the token.

    The defaults are what an API has that says nothing of it: of anonymous sessions, `deny_all`, says the
    documentation of Auth0's Terraform provider.
    """

    user: str = DEFAULTS["subject_type_authorization"]["user"]["policy"]
    anonymous_user: str = "deny_all"


class ProofOfPossession(NamedTuple):
    """How a token is bound to the client that asked for it."""

    mechanism: str
    required: bool


def seconds(value: Any) -> int:
    """Read a whole number; the engine sends every number as a float."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value):
        raise TypeError
    return int(value)


def flag(value: Any) -> bool:
    """Read a switch."""
    if not isinstance(value, bool):
        raise TypeError
    return value


def text(value: Any) -> str:
    """Read a string."""
    if not isinstance(value, str):
        raise TypeError
    return value


def one_of(*values: str) -> Callable[[Any], str]:
    """Return a reader of a string of a closed set."""

    def read(value: Any) -> str:
        if value not in values:
            raise ValueError
        return str(value)

    return read


def texts(value: Any) -> tuple[str, ...]:
    """Read a list of strings."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise TypeError
    return tuple(text(item) for item in value)


def scope_values(value: Any) -> tuple[str, ...]:
    """Read the values of a list of scopes: `value` in the Management API, `name` in pulumi-auth0."""
    return tuple(text(item["value"] if "value" in item else item["name"]) for item in value)


def encryption(value: Any) -> bool:
    """Read whether tokens are encrypted."""
    return switched_on(value) is not None


def proof_of_possession(value: Any) -> ProofOfPossession | None:
    """Read the proof of possession."""
    proof = switched_on(value)
    if proof is None:
        return None
    return ProofOfPossession(one_of("mtls", "dpop")(proof["mechanism"]), flag(proof.get("required") or False))


def subject_policies(value: Any) -> SubjectPolicies:
    """Read `subject_type_authorization`."""
    parts = switched_on(value) or {}
    given = {name: (parts.get(name) or {}).get("policy") for name in SubjectPolicies._fields}
    read = one_of("allow_all", "deny_all", "require_client_grant")
    return SubjectPolicies(**{name: read(policy) for name, policy in given.items() if policy})


def switched_on(value: Any) -> Mapping[str, Any] | None:
    """Read a nested object; pulumi-auth0 writes `disable: true` where the Management API clears by null."""
    if not isinstance(value, Mapping):
        raise TypeError
    return None if value.get("disable") is True else value
