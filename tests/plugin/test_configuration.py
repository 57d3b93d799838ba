"""The configuration of the plugin's providers: what is refused, what is secret, what is another tenant."""

from __future__ import annotations

from typing import Any

import grpc
import pytest
from google.protobuf.struct_pb2 import Struct
from pulumi.runtime.proto import provider_pb2 as proto
from pulumi.runtime.proto.provider_pb2_grpc import ResourceProviderStub

from pulumi_auth0_apis.emulator import Sandbox

from .conftest import EXPLICIT, OWN_PROVIDER, UNKNOWN, Props, Resources, plain, secret, struct


def check(stub: ResourceProviderStub, urn: str, given: Props) -> tuple[Props, list[tuple[str, str]]]:
    response = stub.CheckConfig(proto.CheckRequest(urn=urn, olds=Struct(), news=struct(given)))
    return plain(response.inputs), [(failure.property, failure.reason) for failure in response.failures]


def diff(stub: ResourceProviderStub, before: Props, after: Props) -> proto.DiffResponse:
    olds = struct(before)
    request = proto.DiffRequest(urn=EXPLICIT, old_inputs=olds, olds=olds, news=struct(after))
    found: proto.DiffResponse = stub.DiffConfig(request)
    return found


@pytest.mark.parametrize(
    ("given", "named", "reason"),
    [
        ({"domian": "x"}, "", "auth0-apis:domian: there is no such setting; did you mean domain?"),
        ({"colour": "x"}, "", "auth0-apis:colour: there is no such setting: there are domain, audience"),
        ({"clientSecert": "a\nb"}, "", "did you mean clientSecret?"),
        ({"domain": "http://example.com"}, "domain", "sent over https only"),
        ({"domain": "a b"}, "domain", "is not the domain of an Auth0 tenant"),
        ({"maxRequestShare": 3}, "maxRequestShare", "auth0-apis:maxRequestShare is '3'"),
        ({"clientAssertionSigningAlg": "HS256"}, "clientAssertionSigningAlg", "Auth0 accepts RS256"),
        ({"clientSecret": "a\nb"}, "", "auth0-apis:clientSecret (AUTH0_CLIENT_SECRET) holds a line break"),
    ],
)
def test_what_cannot_be_is_refused(stub: ResourceProviderStub, given: Any, named: str, reason: str) -> None:
    """Each setting by itself, before anything is called; a secret is named by no property, nor shown."""
    _, ((property_, told),) = check(stub, EXPLICIT, given)
    assert property_ == named
    assert reason in told
    assert "a\nb" not in told


def test_what_is_not_known_yet_is_not_judged(stub: ResourceProviderStub) -> None:
    """In a preview a domain may come from another resource."""
    assert check(stub, EXPLICIT, {"domain": UNKNOWN, "clientSecret": UNKNOWN})[1] == []


def test_credentials_are_secret(stub: ResourceProviderStub) -> None:
    """They are marked whatever the program says of them, so no state has them in clear."""
    given = {"clientId": "id", "clientSecret": "s", "apiToken": "t", "clientAssertionPrivateKey": "k"}
    inputs, _ = check(stub, EXPLICIT, given)
    assert inputs == {
        "clientId": "id",
        "clientSecret": secret("s"),
        "apiToken": secret("t"),
        "clientAssertionPrivateKey": secret("k"),
    }


def test_the_stacks_own_provider_records_its_tenant(
    stub: ResourceProviderStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that another domain in the environment is noticed; an explicit provider has what it is given."""
    monkeypatch.setenv("AUTH0_DOMAIN", "https://Example.EU.auth0.com/")
    assert check(stub, OWN_PROVIDER, {})[0] == {"domain": "example.eu.auth0.com"}
    assert check(stub, EXPLICIT, {})[0] == {}


def test_another_tenant_is_another_provider(stub: ResourceProviderStub) -> None:
    """The engine then makes its resources anew there; anything else is no reason to."""
    moved = diff(stub, {"domain": "a.eu.auth0.com"}, {"domain": "b.eu.auth0.com"})
    assert (list(moved.replaces), moved.changes) == (["domain"], proto.DiffResponse.DIFF_SOME)
    for before, after in (
        ({"domain": "a.eu.auth0.com"}, {"domain": "https://A.eu.auth0.com/"}),
        ({}, {"domain": "a.eu.auth0.com"}),
        ({"domain": "a.eu.auth0.com"}, {"domain": UNKNOWN}),
        ({"domain": "a.eu.auth0.com"}, {"domain": "a.eu.auth0.com", "clientId": "x"}),
    ):
        assert not diff(stub, before, after).replaces
    same = {"domain": "a.eu.auth0.com"}
    assert diff(stub, same, same).changes == proto.DiffResponse.DIFF_NONE


def test_the_stacks_own_provider_does_not_move(stub: ResourceProviderStub) -> None:
    """Its old tenant would be asked by the new one's credentials; told in a preview, by either question."""
    before, after = struct({"domain": "a.eu.auth0.com"}), struct({"domain": "b.eu.auth0.com"})
    told = (
        "was made in the tenant a.eu.auth0.com, but this run is configured for b.eu.auth0.com. Nothing was "
    )
    response = stub.CheckConfig(proto.CheckRequest(urn=OWN_PROVIDER, olds=before, news=after))
    ((failure),) = response.failures
    assert told in failure.reason
    assert "Set auth0-apis:domain back to a.eu.auth0.com, or use a stack of its own" in failure.reason
    with pytest.raises(grpc.RpcError, match=told):
        stub.DiffConfig(proto.DiffRequest(urn=OWN_PROVIDER, old_inputs=before, olds=before, news=after))


def test_a_resource_follows_its_provider(stub: ResourceProviderStub) -> None:
    """Also in the run after the one that moved the provider, where the engine does not ask about that."""
    stub.Configure(proto.ConfigureRequest(urn=EXPLICIT, args=struct({"domain": "b.eu.auth0.com"})))
    apis, given = Resources(stub, "ResourceServer"), {"identifier": "https://orders.example.com"}
    moved = apis.diff({**given, "managed": ["identifier"], "domain": "a.eu.auth0.com"}, given, given)
    assert (list(moved.replaces), moved.changes) == (["domain"], proto.DiffResponse.DIFF_SOME)
    stayed = apis.diff({**given, "managed": ["identifier"], "domain": "b.eu.auth0.com"}, given, given)
    assert stayed.changes == proto.DiffResponse.DIFF_NONE
    stub.Configure(proto.ConfigureRequest(urn=EXPLICIT, args=struct({"domain": UNKNOWN})))
    unknown = apis.diff({**given, "managed": ["identifier"], "domain": "a.eu.auth0.com"}, given, given)
    assert not unknown.replaces


def test_a_tenant_of_the_dynamic_resources_is_the_same(stub: ResourceProviderStub) -> None:
    """Its keys have a prefix, and it notes its own name."""
    before = {"auth0:domain": "a.eu.auth0.com", "auth0:tenant": "eu", "auth0:clientId": "id"}
    found = diff(stub, before, {"domain": "a.eu.auth0.com", "clientId": "id"})
    assert (found.changes, list(found.replaces)) == (proto.DiffResponse.DIFF_NONE, [])


def test_an_explicit_provider_is_alone(stub: ResourceProviderStub, sandbox: Sandbox) -> None:
    """Neither the environment nor another provider's configuration reaches it."""
    stub.Configure(proto.ConfigureRequest(urn=EXPLICIT, args=struct({"domain": sandbox.domain})))
    with pytest.raises(Exception, match="There are no complete credentials for the tenant"):
        Resources(stub, "ResourceServer").create({"identifier": "https://orders.example.com"})


def test_an_older_engine_names_the_provider_in_its_check_alone(
    stub: ResourceProviderStub, sandbox: Sandbox
) -> None:
    """A request to configure has got its URN of late."""
    check(stub, EXPLICIT, {"domain": sandbox.domain})
    stub.Configure(proto.ConfigureRequest(args=struct({"domain": sandbox.domain})))
    with pytest.raises(Exception, match="There are no complete credentials for the tenant"):
        Resources(stub, "ResourceServer").create({"identifier": "https://orders.example.com"})


def test_the_messages_say_the_packages_own_keys(
    stub: ResourceProviderStub, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`pulumi config set auth0-apis:domain`, and not the key of the dynamic resources."""
    monkeypatch.delenv("AUTH0_DOMAIN", raising=False)
    stub.Configure(proto.ConfigureRequest(urn=OWN_PROVIDER, args=Struct()))
    with pytest.raises(Exception, match="pulumi config set auth0-apis:domain"):
        Resources(stub, "ResourceServer").create({"identifier": "https://orders.example.com"})
