"""The lifecycle of each kind of resource."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auth0_api_vocabulary import OUR_KINDS, OURS, ResourceKind, in_our_words, kinds
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis._provider import lifecycle_of

LIFECYCLES: Mapping[ResourceKind, ObjectProvider] = {kind: lifecycle_of(kind.module) for kind in OUR_KINDS}


def generates_secret(token: str, inputs: Mapping[str, Any]) -> bool:
    """Whether Auth0 answers the creation of such a resource with a secret of its own making.

    It makes a signing secret for every API that is created with HS256 and brings none.
    """
    return OURS.get(token) is kinds.API and in_our_words(inputs).get("signing_alg") == "HS256"
