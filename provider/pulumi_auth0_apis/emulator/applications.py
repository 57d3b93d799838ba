"""Applications that a tenant is given, with client ids of one's choice, so that a real stack's ids work."""

from __future__ import annotations

from collections.abc import Mapping

from pulumi_auth0_apis.emulator.errors import ErrorAnswer
from pulumi_auth0_apis.emulator.schemas import Schema
from pulumi_auth0_apis.emulator.schemas.client import PROPERTIES
from pulumi_auth0_apis.emulator.validation import Validator

Applications = Mapping[str, str]
"""The name of each application by its client id."""

_SCHEMA: Schema = {
    "type": "object",
    "propertyNames": {"minLength": 1, "pattern": r"^\S+$"},
    "additionalProperties": PROPERTIES["name"],
}
_VALIDATOR = Validator(_SCHEMA, "Applications")


def refuse_unfit_applications(applications: Applications) -> None:
    """Raise ValueError for what is no mapping of client ids to names that Auth0 takes."""
    try:
        _VALIDATOR.check(applications)
    except ErrorAnswer as refusal:
        raise ValueError(refusal.message) from refusal
