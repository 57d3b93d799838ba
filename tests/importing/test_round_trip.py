"""Whatever a tenant holds: import it, and the first preview is empty."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from pulumi_auth0_apis.emulator import EmulatedTenant
from pulumi_auth0_apis.emulator.errors import ApiError
from pulumi_auth0_apis.importing.planning import make_plan
from pulumi_auth0_apis.importing.program_files import write_program
from pulumi_auth0_apis.management.documents import LARGEST

from .bench import DOMAIN, declared_by, found_in, preview

DAY = 86_400
printable = st.characters(codec="utf-8", exclude_categories=["Cs", "Zs", "Zl", "Zp", "Cc"])
"""What Auth0 takes in a permission's value: no white space."""
words = st.text(alphabet="abcdefghij-.:/'\"{}\\#%é", min_size=1, max_size=24) | st.sampled_from(
    ["class", "import", "print", "pulumi", "config", "applications", "scope", "A.B", "a-b", "a/b", "123", "…"]
)
scope_values = st.text(alphabet="abcdef:_-.'\"{}", min_size=1, max_size=12) | st.text(
    printable, min_size=1, max_size=12
)
descriptions = st.text(max_size=120)
scope = st.fixed_dictionaries({"value": scope_values}, optional={"description": descriptions})
scopes = st.lists(scope, max_size=6, unique_by=lambda scope: scope["value"])
pem = (
    rsa.generate_private_key(public_exponent=65_537, key_size=2048)
    .public_key()
    .public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    .decode()
)
encryption = st.fixed_dictionaries(
    {
        "format": st.just("compact-nested-jwe"),
        "encryption_key": st.fixed_dictionaries(
            {"alg": st.sampled_from(["RSA-OAEP-256", "RSA-OAEP-512"]), "pem": st.just(pem)},
            optional={"name": words, "kid": words},
        ),
    }
)
anything = st.recursive(
    st.booleans() | st.integers(-LARGEST, LARGEST) | st.floats(-10, 10) | descriptions,
    lambda below: st.lists(below, max_size=2) | st.dictionaries(words, below, max_size=2),
    max_leaves=4,
)
details = st.dictionaries(words, anything, max_size=2).flatmap(
    lambda rest: words.map(lambda kind: {**rest, "type": kind})
)
steps = st.text("abcXYZ019_-", min_size=1, max_size=8)
claim = st.fixed_dictionaries(
    {"name": words, "expression": st.lists(steps, min_size=2, max_size=4).map(".".join)}
)
claims = st.lists(claim, max_size=3).map(lambda rules: {"claims_mapping": {"custom_claims": rules}})
apis = st.fixed_dictionaries(
    {
        "identifier": st.sampled_from(["https://", "urn:", ""]).flatmap(
            lambda scheme: words.map(scheme.__add__)
        )
    },
    optional={
        "name": st.text(
            alphabet=st.characters(exclude_characters="<>", codec="utf-8"), min_size=1, max_size=40
        ),
        "token_lifetime": st.integers(1, 30 * DAY),
        "token_lifetime_for_web": st.integers(1, 30 * DAY),
        "token_dialect": st.sampled_from(
            ["access_token", "access_token_authz", "rfc9068_profile", "rfc9068_profile_authz"]
        ),
        "signing_alg": st.sampled_from(["RS256", "HS256", "PS256", "RS512"]),
        "enforce_policies": st.booleans(),
        "allow_offline_access": st.booleans(),
        "allow_online_access": st.booleans(),
        "skip_consent_for_verifiable_first_party_clients": st.booleans(),
        "scopes": scopes,
        "token_encryption": encryption,
        "signing_secret": st.text(min_size=16, max_size=40),
        "allow_online_access_with_ephemeral_sessions": st.booleans(),
        "consent_policy": st.just("transactional-authorization-with-mfa"),
        "authorization_details": st.lists(details, min_size=1, max_size=2),
        "require_consent_non_repudiation": st.booleans(),
        "token_lifetime_for_anonymous_access_tokens": st.integers(DAY, 30 * DAY),
        "access_token": claims,
        "verification_location": words.map("https://orders.example.com/".__add__),
        "proof_of_possession": st.fixed_dictionaries(
            {"mechanism": st.sampled_from(["mtls", "dpop"]), "required": st.booleans()},
            optional={"required_for": st.sampled_from(["public_clients", "all_clients"])},
        ),
        "subject_type_authorization": st.fixed_dictionaries(
            {},
            optional={
                "user": st.sampled_from(["allow_all", "deny_all"]).map(lambda policy: {"policy": policy}),
                "client": st.sampled_from(["deny_all", "require_client_grant"]).map(lambda p: {"policy": p}),
                "anonymous_user": st.sampled_from(["deny_all", "require_client_grant"]).map(
                    lambda policy: {"policy": policy}
                ),
            },
        ),
    },
)
grants = st.fixed_dictionaries(
    {"holder": st.integers(0, 5), "subject_type": st.sampled_from(["client", "user", "anonymous_user"])},
    optional={
        "extra": st.lists(scope_values, max_size=2, unique=True),
        "allow_all_scopes": st.just(True),
        "organization_usage": st.sampled_from(["deny", "allow", "require"]),
        "allow_any_organization": st.booleans(),
        "authorization_details_types": st.lists(words, max_size=2, unique=True),
    },
)
system_settings = st.fixed_dictionaries(
    {},
    optional={
        "token_lifetime": st.integers(1, DAY),
        "skip_consent_for_verifiable_first_party_clients": st.booleans(),
    },
)


@st.composite
def tenants(draw: st.DrawFn) -> EmulatedTenant:
    """A tenant with a few APIs, applications and grants; what the tenant itself refuses is not in it.

    Auth0's own APIs have changed settings; an application may be gone whose grants are still there.
    """
    tenant = EmulatedTenant(DOMAIN, cascade_delay=60)
    called = draw(st.lists(st.text(max_size=12), min_size=3, max_size=3))
    clients = [tenant.clients.create({"name": name})["client_id"] for name in called]
    bodies = draw(st.lists(apis, max_size=4))
    for body in bodies:
        _accepted(tenant.resource_servers.create, body)
    tenant.resource_servers.create({"identifier": tenant.my_account_audience})
    tenant.resource_servers.update(tenant.my_account_audience, draw(system_settings))
    own: list[dict[str, Any]] = [
        {"identifier": each} for each in (tenant.my_account_audience, tenant.management_audience)
    ]
    for api in [*bodies, *own]:
        for grant in draw(st.lists(grants, max_size=5)):
            _accepted(tenant.client_grants.create, _grant(grant, api, clients))
    if draw(st.booleans()):
        tenant.clients.delete(clients[0])
    return tenant


def _grant(drawn: dict[str, Any], api: dict[str, Any], clients: list[str]) -> dict[str, Any]:
    own = [scope["value"] for scope in api.get("scopes", ())][: drawn["holder"] % 4]
    body = {key: value for key, value in drawn.items() if key not in ("holder", "extra")}
    if "allow_all_scopes" not in body:
        body["scope"] = list(dict.fromkeys([*own, *drawn.get("extra", ())]))
    number = drawn["holder"]
    who = {"client_id": clients[number]} if number < len(clients) else {"default_for": "third_party_clients"}
    return {**body, **who, "audience": api["identifier"]}


def _accepted(create: Any, body: dict[str, Any]) -> bool:
    try:
        create(body)
    except ApiError:
        return False
    return True


PHASES = (Phase.explicit, Phase.reuse, Phase.generate)  # a tenant takes minutes to shrink
bounded = settings(
    max_examples=60, deadline=None, phases=PHASES, suppress_health_check=[HealthCheck.too_slow]
)


@bounded
@given(tenants(), st.booleans())
def test_an_imported_tenant_shows_no_changes(tenant: EmulatedTenant, inline_scopes: bool) -> None:
    """Program and state of an import agree in every resource, and each passes the provider's check."""
    plan = make_plan(found_in(tenant), inline_scopes=inline_scopes)
    assert preview(plan) == []


@bounded
@given(tenants())
def test_nothing_of_a_tenant_is_lost(tenant: EmulatedTenant) -> None:
    """Every API, permission and grant of a tenant is declared or named as left out."""
    plan = make_plan(found_in(tenant))
    permissions = sum(
        len(each.get("scopes", ())) for each in tenant.resource_servers if "is_system" not in each
    )
    everything = len(tenant.resource_servers) + permissions + len(tenant.client_grants)
    assert len(declared_by(plan)) + len(plan.left_out) == everything


@settings(bounded, max_examples=12)
@given(tenants())
def test_an_imported_program_is_formatted_and_lints(
    tmp_path_factory: pytest.TempPathFactory, tenant: EmulatedTenant
) -> None:
    """The formatter has nothing to change in a program, and the linter nothing to say."""
    folder = tmp_path_factory.mktemp("program")
    for path, text in write_program(make_plan(found_in(tenant))).items():
        (folder / path).parent.mkdir(exist_ok=True)
        (folder / path).write_text(text)
    ruff = Path(sys.executable).with_name("ruff")
    for command in (["format", "--check", "--diff"], ["check", "--ignore", "E501"]):
        done = subprocess.run(
            [ruff, *command, "--isolated", folder], capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout
