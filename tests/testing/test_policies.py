from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pulumi_policy import (
    PolicyConfigSchema,
    ReportViolation,
    ResourceValidationArgs,
    ResourceValidationPolicy,
    Secret,
    StackValidationArgs,
    StackValidationPolicy,
)

from pulumi_auth0_apis.testing.policies import (
    CONFIG_SECRET,
    UNKNOWN,
    Pack,
    Resource,
    bridged,
    client_grant,
    in_plugin,
    permission,
    remediated,
    resource_server,
    violations,
)


def seen(inspect: Any, schema: dict[str, Any] | None = None) -> ResourceValidationPolicy:
    """Return a policy that reports what a function returns of its arguments."""

    def validate(args: ResourceValidationArgs, report: ReportViolation) -> None:
        report(repr(inspect(args)), None)

    config_schema = PolicyConfigSchema(schema) if schema else None
    return ResourceValidationPolicy("seen", "What is seen.", validate, config_schema=config_schema)


def shown(inspect: Any, resource: Resource, **config: Any) -> str:
    """Return what the policy sees."""
    (violation,) = violations(seen(inspect), resource, **config)
    return violation.message.removeprefix("What is seen.\n")


@pytest.mark.parametrize(
    ("inspect", "value"),
    [
        (lambda args: args.props["token_lifetime"], "60.0"),
        (lambda args: args.props["signing_secret"], "'hidden'"),
        (lambda args: type(args.props["nested"]).__name__, "'_DictProxy'"),
        (lambda args: args.resource_type, "'pulumi-python:dynamic/auth0:ResourceServer'"),
        (lambda args: args.name, "'orders'"),
        (lambda args: args.opts.protect, "True"),
        (lambda args: args.provider.props["auth0:clientSecret"], repr(CONFIG_SECRET)),
    ],
)
def test_arguments_are_those_of_a_run(inspect: Any, value: str) -> None:
    """Floats, unwrapped secrets, proxies, options and the provider's configuration."""
    api = resource_server(protect=True, token_lifetime=60, signing_secret=Secret("hidden"), nested={"a": 1})
    assert shown(inspect, api) == value


def test_an_unknown_value_ends_a_policy_as_in_a_run() -> None:
    """Touching it is an advisory note that the policy could not run, whatever its level."""
    (violation,) = violations(seen(lambda args: args.props["name"]), resource_server(name=UNKNOWN))
    assert violation.level == "ADVISORY"
    assert "can't run policy 'seen'" in violation.message


def test_configuration_has_its_defaults() -> None:
    """The engine fills them in from the schema before a run."""
    policy = seen(lambda args: dict(args.get_config()), {"limit": {"default": 5}, "other": {"default": "x"}})
    (violation,) = violations(policy, resource_server(), limit=7)
    assert "{'limit': 7.0, 'other': 'x'}" in violation.message


def test_a_stack_policy_sees_all_resources_and_their_dependencies() -> None:
    """Which property depends on which resource is known even where the value is not."""
    api = resource_server()
    grant = Resource("x:y:Z", "grant", {"audience": UNKNOWN}, property_dependencies={"audience": [api]})

    def validate(args: StackValidationArgs, report: ReportViolation) -> None:
        for resource in args.resources:
            for name, others in resource.property_dependencies.items():
                report(f"{resource.name}.{name} depends on {others[0].name}", resource.urn)

    (violation,) = violations(StackValidationPolicy("s", "S.", validate), api, grant)
    assert "grant.audience depends on orders" in violation.message
    assert violation.urn == grant.urn


def test_remediations_run_in_turn_and_keep_secrets() -> None:
    """Each sees what the one before it left; a secret comes back as one."""

    def longer(args: ResourceValidationArgs) -> Any:
        args.props["name"] = args.props["name"] + "!"  # type: ignore[index]
        return args.props

    once, twice = (ResourceValidationPolicy(name, "R.", remediate=longer) for name in ("a", "b"))
    api = resource_server(name="x", signing_secret=Secret("hidden"))
    props = Pack([once, twice]).remediate(api)
    assert props is not None
    assert props["name"] == "x!!"
    assert isinstance(props["signing_secret"], Secret)
    assert remediated(once, resource_server(name="x")) == {"name": "x!"}


@pytest.mark.parametrize(
    "resource", [resource_server(token_lifetime=1), permission(scope="a"), client_grant()]
)
@pytest.mark.parametrize(("turned", "token"), [(bridged, "auth0:index/"), (in_plugin, "auth0-apis:index:")])
def test_a_resource_can_be_that_of_another_family(
    resource: Resource, turned: Callable[[Resource], Resource], token: str
) -> None:
    """The same settings under its type token and in camelCase."""
    other = turned(resource)
    assert other.type.startswith(token)
    assert len(other.props) == len(resource.props)
    assert not any("_" in key for key in other.props)
