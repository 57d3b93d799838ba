"""The bodies that the Management API documents, as far as this package looks into them.

Types are those of Auth0's OpenAPI document and of recorded traffic. What nobody here looks into is not
described, and unknown fields are welcome: Auth0 adds some from time to time, and a tenant stays readable.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, NamedTuple, Self

from pydantic import BaseModel, ConfigDict, Field, NonNegativeInt, model_validator
from pydantic_core import PydanticCustomError

Name = Annotated[str, Field(min_length=1)]


class Shape(BaseModel):
    """A JSON object. `names` are fields that name it in a path, `key` those that a new one has as sent."""

    model_config = ConfigDict(strict=True, extra="ignore", hide_input_in_errors=True)

    names: ClassVar[tuple[str, ...]] = ()
    key: ClassVar[tuple[str, ...]] = ()


class ScopeShape(Shape):
    value: str
    description: str | None = None


class TokenEncryptionShape(Shape):
    encryption_key: dict[str, object] | None = None


class ResourceServerShape(Shape):
    names = ("id", "identifier")
    key = ("identifier",)

    id: Name
    identifier: Name
    scopes: list[ScopeShape] = Field(default_factory=list)
    token_encryption: TokenEncryptionShape | None = None


class ClientGrantShape(Shape):
    names = ("id",)
    key = ("client_id", "default_for", "audience", "subject_type")

    id: Name
    audience: Name
    client_id: str | None = None
    default_for: str | None = None
    subject_type: str = "client"
    scope: list[str] = Field(default_factory=list)

    @model_validator(mode="after")
    def _has_a_holder(self) -> Self:
        if not (self.client_id or self.default_for):
            raise PydanticCustomError("missing", "client_id or default_for: Field required")
        return self


class Application(Shape):
    names = ("client_id",)

    client_id: Name
    name: str | None = None


class PageShape(Shape):
    """A part of a list by number; `start` is the position of its first object."""

    total: NonNegativeInt
    start: NonNegativeInt


class ResourceServerPage(PageShape):
    resource_servers: list[ResourceServerShape]


class ClientGrantPage(PageShape):
    client_grants: list[ClientGrantShape]


class ApplicationPage(PageShape):
    clients: list[Application]


class ClientGrantCheckpoint(Shape):
    """A part of a list by checkpoint; `next` leads on, and is absent from the last part."""

    client_grants: list[ClientGrantShape]
    next: str | None = None


class CollectionShapes(NamedTuple):
    """The shapes of one collection. One without checkpoints is paged by number alone."""

    object: type[Shape]
    page: type[Shape]
    checkpoint: type[Shape]


COLLECTIONS = {
    "resource-servers": CollectionShapes(ResourceServerShape, ResourceServerPage, ResourceServerPage),
    "client-grants": CollectionShapes(ClientGrantShape, ClientGrantPage, ClientGrantCheckpoint),
    "clients": CollectionShapes(Application, ApplicationPage, ApplicationPage),
}
"""By path; what belongs to an object has `*` in place of its name: `organizations/*/client-grants`."""


def has_checkpoints(path: str) -> bool:
    """Whether the list of a collection can be paged by checkpoint."""
    shapes = COLLECTIONS.get(path)
    return shapes is not None and shapes.checkpoint is not shapes.page
