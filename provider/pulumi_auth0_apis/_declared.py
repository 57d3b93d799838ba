"""The resources that a program has declared so far: one resource an object, one provider a tenant.

Two resources for one object would each have their way with it, and the removal of one would be a deletion to
the engine. Two providers of one tenant are two processes, of which neither knows what the other holds. Both
are refused in the program, where the names are known: in a preview already, unless a value is not known yet.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

import pulumi

from auth0_api_vocabulary.kinds import PERMISSION
from pulumi_auth0_apis._lifecycle import ObjectProvider
from pulumi_auth0_apis._named_api import text_of
from pulumi_auth0_apis._run import once_a_run
from pulumi_auth0_apis._two_owners import REMOVE_ONE, of_one_object
from pulumi_auth0_apis.errors import ConfigurationError, DuplicateError
from pulumi_auth0_apis.tenant import Tenant

OWN = "the stack's own configuration (auth0:domain)"


def declare(
    provider: ObjectProvider, resource: str, inputs: Mapping[str, Any], opts: pulumi.ResourceOptions | None
) -> None:
    """Record that `resource` (`Permission "read"`) stands for the object of these inputs' key.

    Raises DuplicateError where another one does already, and ConfigurationError where another provider is in
    charge of the tenant; in the program, or as soon as an Output is known.
    """
    tenant = provider_of(opts)
    _one_provider(tenant)
    parts = [text_of(part) for part in provider.key_values(inputs)]
    if any(isinstance(part, pulumi.Output) for part in parts):
        pulumi.Output.all(*parts).apply(lambda known: _claim(tenant, provider, tuple(known), resource))
    else:
        _claim(tenant, provider, tuple(parts), resource)


def provider_of(
    opts: pulumi.ResourceOptions | pulumi.InvokeOptions | None,
) -> pulumi.ProviderResource | None:
    """The explicit provider of a resource or a look-up, given or inherited; None is the stack's own."""
    if opts is None:
        return None
    if opts.provider is not None:
        return opts.provider
    return opts.parent.get_provider(PERMISSION.token) if opts.parent else None


def _claim(tenant: object, provider: ObjectProvider, key: tuple[Any, ...], resource: str) -> None:
    # The provider is kept along, so that no other one gets its id().
    _, first = once_a_run((id(tenant), provider.title, key), lambda: (tenant, resource))
    if first != resource:
        raise DuplicateError(of_one_object(provider, first, resource), REMOVE_ONE)


def _one_provider(tenant: pulumi.ProviderResource | None) -> None:
    once_a_run(("checked", id(tenant)), lambda: _claim_domain(tenant))


def _claim_domain(tenant: pulumi.ProviderResource | None) -> object:
    """Refuse a second provider of one domain; a provider that is no `Tenant` keeps its domain to itself."""
    if tenant is None:
        _in_charge(pulumi.Config("auth0").get("domain") or os.environ.get("AUTH0_DOMAIN"), None, OWN)
    elif isinstance(tenant, Tenant):
        domain, named = tenant.declared_domain, f'Tenant "{tenant.declared_name}"'
        if isinstance(domain, str):
            _in_charge(domain, tenant, named)
        else:
            pulumi.Output.all(domain).apply(lambda known: _in_charge(known[0], tenant, named))
    return tenant  # kept, so that no other one gets its id()


def _in_charge(domain: str | None, tenant: object, named: str) -> None:
    from pulumi_auth0_apis.management.settings import normalised

    if not domain:
        return
    other, name = once_a_run(("in charge of", normalised(domain)), lambda: (tenant, named))
    if other is not tenant:
        raise ConfigurationError(
            f"{name} and {named} are two providers of the tenant {normalised(domain)}. Neither would know "
            "what the other holds, and a resource that moves from one to the other could be deleted.",
            "Use one of them for all resources of this tenant.",
        )
