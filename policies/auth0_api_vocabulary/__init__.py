"""The words for Auth0's APIs that policies, reports and their tests share, so that each is said once.

It imports nothing of theirs, knows no engine and no tenant, and holds the families of resources: the classes
of pulumi-auth0-apis, whose properties have the Management API's names, and its provider plugin and
pulumi-auth0, whose properties have the same names in camelCase.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auth0_api_vocabulary.cases import camel_case as camel_case
from auth0_api_vocabulary.cases import snake_case as snake_case
from auth0_api_vocabulary.families import BY_TOKEN as BY_TOKEN
from auth0_api_vocabulary.families import OUR_KINDS as OUR_KINDS
from auth0_api_vocabulary.families import OURS as OURS
from auth0_api_vocabulary.families import Family as Family
from auth0_api_vocabulary.families import family_of as family_of
from auth0_api_vocabulary.families import in_our_words as in_our_words
from auth0_api_vocabulary.families import looks_like as looks_like
from auth0_api_vocabulary.kinds import KINDS as KINDS
from auth0_api_vocabulary.kinds import ResourceKind as ResourceKind
from auth0_api_vocabulary.marks import SIGNATURE
from auth0_api_vocabulary.settings import DEFAULTS as DEFAULTS
from auth0_api_vocabulary.settings import LABELS as LABELS

ADDITIONAL = "additional_settings"
"""The input that passes on what Auth0 has and no table knows, by Auth0's own names."""


def by_path(settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return settings, each additional one by a path of its own: `additional_settings.color`.

    What stands for them as a whole, such as the mark of a secret, stays as it is.
    """
    additional = settings.get(ADDITIONAL)
    if not isinstance(additional, Mapping) or SIGNATURE in additional:
        return dict(settings)
    own = {name: value for name, value in settings.items() if name != ADDITIONAL}
    return own | {f"{ADDITIONAL}.{name}": value for name, value in additional.items()}


def name_of(urn: str) -> str:
    """Return a resource's name in the program: all that follows the third `::` of its URN.

    So the engine reads it (`URN.Name` of sdk/go/common/resource/urn/urn.go): a name may hold `::` itself.
    """
    return urn.split("::", 3)[-1]


def type_of(urn: str) -> str:
    """Return a resource's type token: what a URN says between its parents' types and its name."""
    return urn.split("::", 3)[2].rpartition("$")[2] if urn.count("::") > 2 else ""


def duration(seconds: int) -> str:
    """Return a lifetime in seconds and in days, hours and minutes: `5400 s (1 h 30 min)`."""
    parts, rest = [], seconds
    for length, unit in ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s")):
        count, rest = divmod(rest, length)
        if count:
            parts.append(f"{count} {unit}")
    return f"{seconds} s" if seconds < 60 else f"{seconds} s ({' '.join(parts)})"
