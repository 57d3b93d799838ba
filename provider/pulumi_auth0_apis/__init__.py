"""Auth0 API settings as code, in Python, for Pulumi."""

from __future__ import annotations

from pulumi_auth0_apis._api_objects import (
    AccessTokenSettings,
    AnonymousAccess,
    AuthorizationDetail,
    AuthorizationPolicy,
    ClaimsMapping,
    ClientAccess,
    ConsentPolicy,
    CustomClaim,
    EncryptionKey,
    ProofOfPossession,
    Scope,
    SigningAlg,
    SubjectTypeAuthorization,
    TokenDialect,
    TokenEncryption,
    UserAccess,
)
from pulumi_auth0_apis._found import ClientGrantResult, ClientResult, ResourceServerResult
from pulumi_auth0_apis._grant_settings import DefaultFor, OrganizationUsage, SubjectType
from pulumi_auth0_apis._version import __version__
from pulumi_auth0_apis.lookup import (
    get_client_grants,
    get_client_grants_output,
    get_clients,
    get_clients_output,
    get_resource_server,
    get_resource_server_output,
    get_resource_servers,
    get_resource_servers_output,
)
from pulumi_auth0_apis.resources.client_grant import ClientGrant
from pulumi_auth0_apis.resources.permission import Permission
from pulumi_auth0_apis.resources.resource_server import ResourceServer
from pulumi_auth0_apis.tenant import Tenant

__all__ = [
    "AccessTokenSettings",
    "AnonymousAccess",
    "AuthorizationDetail",
    "AuthorizationPolicy",
    "ClaimsMapping",
    "ClientAccess",
    "ClientGrant",
    "ClientGrantResult",
    "ClientResult",
    "ConsentPolicy",
    "CustomClaim",
    "DefaultFor",
    "EncryptionKey",
    "OrganizationUsage",
    "Permission",
    "ProofOfPossession",
    "ResourceServer",
    "ResourceServerResult",
    "Scope",
    "SigningAlg",
    "SubjectType",
    "SubjectTypeAuthorization",
    "Tenant",
    "TokenDialect",
    "TokenEncryption",
    "UserAccess",
    "__version__",
    "get_client_grants",
    "get_client_grants_output",
    "get_clients",
    "get_clients_output",
    "get_resource_server",
    "get_resource_server_output",
    "get_resource_servers",
    "get_resource_servers_output",
]
