"""Who depends on whom among the resources of a state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from pulumi_auth0_apis.engine.model.state import ResourceState
from pulumi_auth0_apis.engine.model.urns import provider_urn


def needs(resource: ResourceState) -> Iterator[str]:
    """The URNs a resource cannot be without, its parent among them."""
    if resource.parent:
        yield resource.parent
    yield from uses(resource)


def uses(resource: ResourceState) -> Iterator[str]:
    """The URNs a resource depends on, not counting its parent."""
    if resource.provider:
        yield provider_urn(resource.provider)
    yield from resource.dependencies
    for urns in resource.property_dependencies.values():
        yield from urns
    if resource.deleted_with:
        yield resource.deleted_with
    yield from resource.replace_with


class Dependents:
    """The resources of a state by what they use. Positions are those in the state."""

    def __init__(self, resources: Sequence[ResourceState]) -> None:
        self._by_urn: dict[str, list[int]] = defaultdict(list)
        for position, resource in enumerate(resources):
            for urn in set(uses(resource)):
                self._by_urn[urn].append(position)

    def after(self, urn: str, position: int) -> list[int]:
        """Positions of the direct dependents of `urn` that come after `position`."""
        return [each for each in self._by_urn.get(urn, ()) if each > position]


def needed_by(resources: Iterable[ResourceState], urns: Collection[str]) -> set[str]:
    """The URNs of all that the named resources need, directly or not."""
    states = {resource.urn: resource for resource in resources if not resource.delete}
    found: set[str] = set()
    waiting = [urn for urn in urns if urn in states]
    while waiting:
        new = set(needs(states[waiting.pop()])) - found
        found |= new
        waiting += [urn for urn in new if urn in states]
    return found


def deletion_order(condemned: Mapping[int, ResourceState]) -> dict[int, set[int]]:
    """For each condemned resource, by position, those that must go first: its dependents and children."""
    earlier: dict[str, list[int]] = defaultdict(list)
    before: dict[int, set[int]] = {position: set() for position in condemned}
    for position in sorted(condemned):
        for urn in set(needs(condemned[position])):
            for needed in earlier.get(urn, ()):
                before[needed].add(position)
        earlier[condemned[position].urn].append(position)
    return before
