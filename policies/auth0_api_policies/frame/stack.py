"""A stack as a rule sees it: its Auth0 resources, and which scopes belong to which API."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import TypeVar

from pulumi_policy import StackValidationArgs

from auth0_api_policies.frame.setting import SettingError
from auth0_api_policies.frame.view import ClientGrant, DeclaresScopes, ResourceServer, View, view_of
from auth0_api_vocabulary import ResourceKind, looks_like

V = TypeVar("V", bound=View)


class Stack:
    """The resources of a stack that the rules know."""

    def __init__(self, views: Sequence[View], unknown: Sequence[tuple[View, ResourceKind]] = ()) -> None:
        self._views = views
        self.unknown = unknown
        """Resources that no rule judges, and what they look like."""

    @classmethod
    def of(cls, args: StackValidationArgs) -> Stack:
        """Return the stack that a policy is handed."""
        views = map(view_of, args.resources)
        unknown = [
            (View(resource.props, resource.urn), kind)
            for resource in args.resources
            if (kind := looks_like(resource.resource_type, resource.props))
        ]
        return cls([view for view in views if view is not None], unknown)

    def without(self, urns: Collection[str]) -> Stack:
        """Return the stack but for resources that cannot be read, and for what nobody can judge without them.

        Where one of them declares scopes, nobody knows all scopes of its API.
        """
        owners = [view for view in self.all(DeclaresScopes) if view.urn in urns]
        apis = {_api(owner) for owner in owners} - {None}
        kept = [view for view in self._views if view.urn not in urns and _api(view) not in apis]
        return Stack(kept, self.unknown)

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


def _api(view: View) -> str | None:
    """Return the identifier of the API that a resource belongs to, None where that cannot be read either."""
    try:
        if isinstance(view, ClientGrant):
            return view.audience
        return view.api if isinstance(view, DeclaresScopes) else None
    except SettingError:
        return None
