from __future__ import annotations

from typing import Any

import pytest
from pulumi_policy import Secret

from auth0_api_policies import rbac_enabled
from pulumi_auth0_apis.testing.policies import UNKNOWN, remediated, resource_server, violations

from .declared import Declared


def test_rbac_on_passes(declared: Declared) -> None:
    """An API that enforces RBAC passes."""
    assert violations(rbac_enabled, declared(resource_server(enforce_policies=True))) == []


@pytest.mark.parametrize("inputs", [{}, {"enforce_policies": False}])
def test_rbac_off_is_refused(declared: Declared, inputs: dict[str, Any]) -> None:
    """RBAC is off where the program says so or says nothing."""
    (violation,) = violations(rbac_enabled, declared(resource_server(**inputs)))
    assert declared.told("`enforce_policies` is off") in violation.message


def test_an_unknown_switch_breaks_the_rule(declared: Declared) -> None:
    """What is not known in preview does not pass."""
    (violation,) = violations(rbac_enabled, declared(resource_server(enforce_policies=UNKNOWN)))
    assert declared.told("`enforce_policies` is not known during preview") in violation.message


def test_remediation_switches_it_on_and_keeps_secrets_secret() -> None:
    """The property is added where it was missing; a secret beside it does not come back in clear."""
    props = remediated(rbac_enabled, resource_server(signing_secret=Secret("0123456789abcdef")))
    assert props is not None
    assert props["enforce_policies"] is True
    assert isinstance(props["signing_secret"], Secret)
