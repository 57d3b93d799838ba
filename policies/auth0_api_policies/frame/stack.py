"""A stack as a rule sees it: its Auth0 resources, and which scopes belong to which API."""

from __future__ import annotations

from collections import defaultdict
from typing import TypeVar

from pulumi_policy import StackValidationArgs

from .view import DeclaresScopes, ResourceServer, View, view_of

V = TypeVar("V", bound=View)


class Stack:
    """The resources of a stack that the rules know."""

    def __init__(self, args: StackValidationArgs) -> None:
        views = (
            view_of(resource.resource_type, resource.props, resource.urn, protected=resource.opts.protect)
            for resource in args.resources
        )
        self._views = [view for view in views if view is not None]

    def all(self, kind: type[V]) -> list[V]:
        """Return the resources of a kind, in the engine's order."""
        return [view for view in self._views if isinstance(view, kind)]

    def apis(self) -> dict[str, ResourceServer]:
        """Return the stack's APIs by identifier."""
        return {api.identifier: api for api in self.all(ResourceServer) if api.identifier is not None}

    def owners_of_scopes(self) -> dict[str, list[DeclaresScopes]]:
        """Return the resources that declare scopes, by the identifier of the API that has them."""
        owners: defaultdict[str, list[DeclaresScopes]] = defaultdict(list)
        for owner in self.all(DeclaresScopes):
            if owner.api is not None and owner.declared:
                owners[owner.api].append(owner)
        return owners
