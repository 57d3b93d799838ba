"""What is said of two resources of a program that would undo each other's work, wherever that is noticed."""

from __future__ import annotations

from pulumi_auth0_apis._lifecycle import ObjectProvider


def of_one_object(provider: ObjectProvider, first: str, second: str) -> str:
    """Of two resources that stand for one object."""
    return (
        f"{first} and {second} stand for one {provider.title} of the tenant: they have the same "
        f"{', '.join(provider.key)}, and each would undo what the other does."
    )


def of_one_list(permission: str) -> str:
    """Of an API that lists its permissions, one of which is a resource too."""
    return (
        f"the permissions are listed there and also managed by {permission}; "
        "two owners would undo each other's work: keep one of the two forms"
    )


REMOVE_ONE = "Remove one of the two, or correct its inputs."
