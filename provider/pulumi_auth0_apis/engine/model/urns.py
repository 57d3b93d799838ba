"""Uniform resource names, as the Pulumi documentation describes them.

`urn:pulumi:<stack>::<project>::<type of parent>$<type>::<name>`, see
https://www.pulumi.com/docs/iac/concepts/resources/names/#urns.
"""

from __future__ import annotations

from auth0_api_vocabulary import name_of as name_of

STACK_TYPE = "pulumi:pulumi:Stack"
PROVIDER_TYPE_PREFIX = "pulumi:providers:"
DYNAMIC_PACKAGE = "pulumi-python"
DYNAMIC_PROVIDER_TYPE = PROVIDER_TYPE_PREFIX + DYNAMIC_PACKAGE
BUILTIN_PACKAGE = "pulumi"
STACK_REFERENCE_TYPE = "pulumi:pulumi:StackReference"


def make_urn(stack: str, project: str, parent: str, resource_type: str, name: str) -> str:
    """Name a resource. The stack itself never counts as a parent in a type."""
    qualified = resource_type
    if parent and type_of(parent) != STACK_TYPE:
        qualified = f"{qualified_type_of(parent)}${resource_type}"
    return f"urn:pulumi:{stack}::{project}::{qualified}::{name}"


def is_urn(text: str) -> bool:
    """Whether a text has the form of a URN."""
    return text.startswith("urn:pulumi:") and len(text.split("::", 3)) == 4


def stack_of(urn: str) -> str:
    return urn.split("::", 3)[0].removeprefix("urn:pulumi:")


def project_of(urn: str) -> str:
    return urn.split("::", 3)[1]


def qualified_type_of(urn: str) -> str:
    return urn.split("::", 3)[2]


def type_of(urn: str) -> str:
    return qualified_type_of(urn).rpartition("$")[2]


def package_of(resource_type: str) -> str:
    return resource_type.partition(":")[0]


def is_provider_type(resource_type: str) -> bool:
    return resource_type.startswith(PROVIDER_TYPE_PREFIX)


def is_default_provider(urn: str) -> bool:
    """Whether the engine itself made this provider, which no display shows."""
    return is_provider_type(type_of(urn)) and name_of(urn).startswith("default")


def provider_reference(urn: str, provider_id: str) -> str:
    """Point at one configuration of a provider: its name and its id."""
    return f"{urn}::{provider_id}"


def provider_urn(reference: str) -> str:
    return reference.rpartition("::")[0]


def provider_id(reference: str) -> str:
    return reference.rpartition("::")[2]


FAKE_ID = "fake-"
"""How the id of a provider begins that fakes play."""


def is_fake(reference: str) -> bool:
    """Whether a state says that fakes have played the provider of a reference."""
    return provider_id(reference).startswith(FAKE_ID)


_PLAYED_BY = "played-by-"


def marked_reference(reference: str) -> str:
    """The reference as a state has it. One to a fake names a provider that no state holds.

    So the `pulumi` command lists and exports such a state, and refuses to deploy from it: it would
    take what a fake has answered for real (`Snapshot.VerifyIntegrity`: "refers to unknown provider").
    """
    if not is_fake(reference):
        return reference
    return provider_reference(provider_urn(reference), _PLAYED_BY + provider_id(reference))


def unmarked_reference(reference: str) -> str:
    """The reference that a state means."""
    found = provider_id(reference)
    if not found.startswith(_PLAYED_BY + FAKE_ID):
        return reference
    return provider_reference(provider_urn(reference), found.removeprefix(_PLAYED_BY))
