"""The types of settings: Python's annotations in a schema, each choice a type by itself."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Mapping, Sequence
from types import NoneType, UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints

import pulumi

from auth0_api_vocabulary import camel_case
from pulumi_auth0_apis.plugin.package import token
from pulumi_auth0_apis.plugin.schema.texts import in_camel_case, of_attributes, of_class

Spec = dict[str, Any]

SIMPLE = {bool: "boolean", int: "integer", float: "number", str: "string"}
ANY: Spec = {"$ref": "pulumi.json#/Any"}


class Types:
    """The types that a schema declares, gathered as its properties name them."""

    def __init__(self) -> None:
        self._declared: dict[str, Spec] = {}

    def declared(self) -> dict[str, Spec]:
        """Every type by token, in the order of their names."""
        return dict(sorted(self._declared.items()))

    def of(self, annotation: Any, name: str) -> Spec:
        """The type of an annotation. `name` is what a choice is called that has no name of its own."""
        annotation = bare(annotation)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if annotation in SIMPLE:
            return {"type": SIMPLE[annotation]}
        if origin is Literal:
            return self.declare(name, _choice(arguments))
        if origin in (list, Sequence):
            return {"type": "array", "items": self.of(arguments[0], name)}
        if origin in (dict, Mapping):
            value = ANY if arguments[1] is Any else self.of(arguments[1], name)
            return {"type": "object", "additionalProperties": value}
        return self.declare(annotation.__name__, self.object(annotation))

    def object(self, cls: type) -> Spec:
        """An object with the keys, or the attributes, that a class declares."""
        hints = get_type_hints(cls, localns=vars(pulumi.output), include_extras=True)
        said = of_attributes(cls)
        properties = {}
        for name, annotation in hints.items():
            text = in_camel_case(said.get(name, ""), choices(annotation))
            described = {"description": text} if text else {}
            properties[camel_case(name)] = {**self.of(annotation, _joined(cls.__name__, name)), **described}
        required = [camel_case(name) for name, annotation in hints.items() if not _is_optional(annotation)]
        return {
            "description": in_camel_case(of_class(cls)),
            "type": "object",
            "properties": properties,
            **({"required": required} if required else {}),
        }

    def declare(self, name: str, spec: Spec) -> Spec:
        """The reference to a type of this name, which is declared here. Raises ValueError for another one."""
        declared = self._declared.setdefault(token(name), spec)
        if declared != spec:
            raise ValueError(f"Two types of the schema are called {name}.")
        return {"$ref": f"#/types/{token(name)}"}


def pascal_case(name: str) -> str:
    """Turn `signing_alg` into `SigningAlg`."""
    return _joined("", name)


def choices(annotation: Any) -> tuple[str, ...]:
    """The values that an annotation admits, where it lists them."""
    inner = bare(annotation)
    return get_args(inner) if get_origin(inner) is Literal else ()


def bare(annotation: Any) -> Any:
    """An annotation without what says that it may be an Output, or be left out.

    Of a choice between types it is the first: `adopt` is also an id, but in the dynamic resources alone,
    where the engine cannot import.
    """
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is NotRequired:
        return bare(arguments[0])
    if origin in (Union, UnionType):
        plain = [part for part in arguments if get_origin(part) not in (Awaitable, pulumi.Output)]
        return bare(plain[0])
    return annotation


def _is_optional(annotation: Any) -> bool:
    return get_origin(annotation) is NotRequired or NoneType in get_args(annotation)


def _joined(prefix: str, name: str) -> str:
    camel = camel_case(name)
    return f"{prefix}{camel[0].upper()}{camel[1:]}"


def _choice(values: Sequence[str]) -> Spec:
    return {"type": "string", "enum": [{"name": _identifier(value), "value": value} for value in values]}


def _identifier(value: str) -> str:
    """A value as an identifier of any language: `AccessTokenAuthz`, and `RS256` as it is."""
    if value.isalnum() and value.isupper():
        return value
    return "".join(part[0].upper() + part[1:].lower() for part in re.split(r"[-_]", value))
