"""The inputs of a client grant.

Facts: https://auth0.com/docs/api/management/v2/client-grants, and recorded traffic of the Terraform provider.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import pulumi

from pulumi_auth0_apis._inputs import Setting

GRANTS_PAGE = "https://auth0.com/docs/api/management/v2/client-grants/post-client-grants"

DefaultFor = Literal["third_party_clients"]
SubjectType = Literal["client", "user", "anonymous_user"]
OrganizationUsage = Literal["deny", "allow", "require"]

SETTINGS = (
    Setting(
        "client_id",
        str,
        description="Id of the application.",
        at_least=1,
        unit="character",
        note="this or `default_for`",
        on_change="replace",
        source=GRANTS_PAGE,
    ),
    Setting(
        "default_for",
        DefaultFor,
        description="Group of applications that the grant is the default of, instead of one application.",
        note="this or `client_id`",
        on_change="replace",
        source=GRANTS_PAGE,
    ),
    Setting(
        "audience",
        str,
        description="Identifier of the API. Its output (`orders.identifier`) lets the grant follow the API "
        "through a replacement.",
        at_least=1,
        unit="character",
        required=True,
        on_change="replace",
        source=GRANTS_PAGE,
    ),
    Setting(
        "subject_type",
        SubjectType,
        description="Whether the application asks in its own name (`client`), in a user's (`user`) or in "
        "that of a user who has not logged in (`anonymous_user`, Early Access). It may have one grant of "
        "each for an API.",
        answered=True,
        default="client",
        on_change="replace",
        source=GRANTS_PAGE,
    ),
    Setting(
        "scopes",
        Sequence[pulumi.Input[str]],
        description="The permissions granted; their order means nothing.",
        note="values unique; this or `allow_all_scopes`",
        default=(),
        unordered=True,
        source=GRANTS_PAGE,
    ),
    Setting(
        "allow_all_scopes",
        bool,
        description="Whether every permission of the API is granted, those of tomorrow included.",
        note="this or `scopes`",
        default=False,
        source=GRANTS_PAGE,
    ),
    Setting(
        "organization_usage",
        OrganizationUsage,
        description="Whether organizations can be used in client credentials exchanges for the grant: never "
        "(`deny`), where it is wanted (`allow`) or always (`require`).",
        on_removal="null",
        source=GRANTS_PAGE,
    ),
    Setting(
        "allow_any_organization",
        bool,
        description="Whether any organization can be used with the grant; if not, the grant must be assigned "
        "to the organizations that can.",
        default=False,
        source=GRANTS_PAGE,
    ),
    Setting(
        "authorization_details_types",
        Sequence[pulumi.Input[str]],
        description="Types of rich authorization requests (RFC 9396) granted.",
        note="values unique",
        default=(),
        unordered=True,
        source=GRANTS_PAGE,
    ),
)
