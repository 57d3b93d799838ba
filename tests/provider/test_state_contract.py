"""What state holds of this package, which no version may break."""

from __future__ import annotations

import base64
import pickletools
import sys
from typing import cast

import dill  # type: ignore[import-untyped]
import pytest

from pulumi_auth0_apis import ClientGrant, Permission, ResourceServer, _provider
from pulumi_auth0_apis._dynamic import DynamicProvider
from pulumi_auth0_apis._resource import Auth0Resource
from pulumi_auth0_apis.errors import ConfigurationError

RELEASED = {
    "0.1.0": {
        ResourceServer: "Y3B1bHVtaV9hdXRoMF9hcGlzLl9wcm92aWRlcgpsb2FkCihWcmVzb3VyY2Vfc2VydmVyCnRSLg==",
        Permission: "Y3B1bHVtaV9hdXRoMF9hcGlzLl9wcm92aWRlcgpsb2FkCihWcGVybWlzc2lvbgp0Ui4=",
        ClientGrant: "Y3B1bHVtaV9hdXRoMF9hcGlzLl9wcm92aWRlcgpsb2FkCihWY2xpZW50X2dyYW50CnRSLg==",
    }
}
"""The provider reference of every resource in every released version. Lines are only ever added."""

EVERY_BLOB = [
    pytest.param(resource, blob, id=f"{version}-{resource.__name__}")
    for version, blobs in RELEASED.items()
    for resource, blob in blobs.items()
]


@pytest.fixture(autouse=True)
def _tracebacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "tracebacklimit", 1000, raising=False)  # loading changes it for the process


@pytest.mark.parametrize(("resource", "blob"), EVERY_BLOB)
def test_a_released_reference_loads(resource: type[Auth0Resource], blob: str) -> None:
    """The reference of every released version still leads to the provider of its resource."""
    loaded = dill.loads(base64.b64decode(blob))
    module = sys.modules[resource.__module__]
    assert cast(DynamicProvider, loaded).operations.provider is module.PROVIDER


@pytest.mark.parametrize(("resource", "blob"), EVERY_BLOB)
def test_the_reference_is_the_released_one(resource: type[Auth0Resource], blob: str) -> None:
    """What a program registers is byte for byte what every state holds: no upgrade shows a difference."""
    assert resource._blank["__provider"] == blob


@pytest.mark.parametrize(("resource", "blob"), EVERY_BLOB)
def test_the_reference_holds_a_name_and_nothing_else(resource: type[Auth0Resource], blob: str) -> None:
    """The pickle calls one function with one word; it carries no code, no attribute and no secret."""
    operations = [(code.name, argument) for code, argument, _ in pickletools.genops(base64.b64decode(blob))]
    kind = resource.__module__.rpartition(".")[2]
    assert operations == [
        ("GLOBAL", "pulumi_auth0_apis._provider load"),
        ("MARK", None),
        ("UNICODE", kind),
        ("TUPLE", None),
        ("REDUCE", None),
        ("STOP", None),
    ]


@pytest.mark.parametrize("resource", RELEASED["0.1.0"])
def test_type_tokens(resource: type[Auth0Resource]) -> None:
    """The type tokens, which URNs and policies name, are the class names under `dynamic/auth0`."""
    assert resource._token == f"pulumi-python:dynamic/auth0:{resource.__name__}"


def test_a_reference_from_the_future_says_so() -> None:
    """A kind that this version does not know is explained, and not shown as a failed import."""
    with pytest.raises(ConfigurationError, match="a newer version made it"):
        dill.loads(base64.b64decode(_provider.reference("organization")))
