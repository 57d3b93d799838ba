"""A tenant of everything that is hard to write down."""

from __future__ import annotations

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from pulumi_auth0_apis.emulator import EmulatedTenant

APPLICATIONS = ('Billing "x"', "billing 'X'", "", "123", "class", "true", "日本語", "a\nb", "{x}", "a: b # c")
IDENTIFIERS = (
    *("https://orders.example.net", "https://orders.example.org", "https://café.example.com/☕?q=1&x={y}"),
    *("a/b", "a-b", "A.B", "'\"\\ {}", "urn:for", "print", "config", "applications", "pulumi"),
)
"""Those that a slug, a keyword, a built-in or the program's own variables would confuse."""
SCOPES = (
    {"value": "read:a::b", "description": 'two\nlines "q" {brace} \\ back\ttab'},
    {"value": "{c}", "description": ""},
    *({"value": value} for value in ("x", "a'b\"c", "日本", "$HOME${x}")),
)


def fill(tenant: EmulatedTenant) -> int:
    """Put it all into `tenant`; the number of resources that an import makes of it."""
    clients = [tenant.clients.create({"name": name})["client_id"] for name in APPLICATIONS]
    for identifier in IDENTIFIERS:
        tenant.resource_servers.create({"identifier": identifier, "scopes": list(SCOPES)})
    rich_settings(tenant)
    for number, client_id in enumerate(clients):
        who = {"client_id": client_id, "subject_type": "user" if number % 2 else "client"}
        for identifier in IDENTIFIERS[:3]:
            scope = [SCOPES[0]["value"], "x", "undeclared"][: number % 4]
            tenant.client_grants.create({**who, "audience": identifier, "scope": scope})
    own = own_apis(tenant, clients[0])
    return len(IDENTIFIERS) * (1 + len(SCOPES)) + 4 + 1_000 + len(clients) * 3 + own


def rich_settings(tenant: EmulatedTenant) -> None:
    """APIs with a secret, encrypted tokens, anonymous sessions, and as many permissions as there may be."""
    key = rsa.generate_private_key(public_exponent=65_537, key_size=2048).public_key()
    pem = key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    encryption = {"format": "compact-nested-jwe", "encryption_key": {"alg": "RSA-OAEP-256", "pem": pem}}
    popped = {"mechanism": "dpop", "required": True, "required_for": "all_clients"}
    country = {"name": "country", "expression": "anonymous_session.metadata.country"}
    anonymous = {
        "token_lifetime_for_anonymous_access_tokens": 172_800,
        "access_token": {"claims_mapping": {"custom_claims": [country]}},
        "subject_type_authorization": {"anonymous_user": {"policy": "require_client_grant"}},
        "authorization_details": [{"type": "payment", "limits": {"most": [1, 2.5, True, "x"]}}],
        "require_consent_non_repudiation": True,
        "verification_location": "https://orders.example.net/keys.json",
    }
    for api in (
        {"identifier": "urn:anonymous", "signing_alg": "RS512", **anonymous},
        {"identifier": "urn:secret", "signing_alg": "HS256", "name": 'Orders "the" {API} \\ # 1'},
        {"identifier": "urn:jwe", "token_encryption": encryption, "proof_of_possession": popped},
        {"identifier": "urn:thousand", "scopes": [{"value": f"s:{number}"} for number in range(1_000)]},
    ):
        tenant.resource_servers.create(api)


def own_apis(tenant: EmulatedTenant, client_id: str) -> int:
    """Auth0's own APIs with changed settings, and grants on them and for a class of applications."""
    tenant.resource_servers.create({"identifier": tenant.my_account_audience})
    tenant.resource_servers.update(tenant.my_account_audience, {"token_lifetime": 300})
    anybody = {"client_id": client_id, "subject_type": "anonymous_user"}
    grants = (
        {"client_id": client_id, "audience": tenant.my_account_audience, "subject_type": "user", "scope": []},
        {"client_id": client_id, "audience": tenant.management_audience, "scope": ["read:users"]},
        {"client_id": client_id, "audience": "urn:thousand", "allow_all_scopes": True},
        {**anybody, "audience": "urn:anonymous", "scope": ["read:cart"]},
        {"default_for": "third_party_clients", "audience": "urn:secret", "scope": ["undeclared"]},
    )
    for grant in grants:
        tenant.client_grants.create(grant)
    return len(grants)
