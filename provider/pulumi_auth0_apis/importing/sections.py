"""The part of a program that declares one API, its permissions and what else belongs to it.

Resource names hold a `/` between the API's name, which has none of its own, and the rest: no two meet.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from textwrap import wrap
from typing import Any

from auth0_api_vocabulary import ResourceKind, kinds
from pulumi_auth0_apis.importing.literals import INDENT, WIDTH, CallExpression, Code, quoted, source
from pulumi_auth0_apis.importing.naming import UniqueNames, shown, variable
from pulumi_auth0_apis.importing.plan import (
    ImportPlan,
    PlannedApi,
    PlannedObject,
    PlannedPermission,
    SecretSetting,
)

WORTH_A_LOOP = 3
"""So many resources of one form are written as a loop over what differs."""

RESERVED = ("pulumi", "config", "applications", "application", "granted", "name", "scope", "description")
"""What the sections themselves name."""


def variables(apis: Iterable[PlannedApi]) -> dict[str, str]:
    """A Python variable for each API of a module and each of its permissions, by the resource's name."""
    free = UniqueNames(RESERVED, separator="_")
    named: dict[str, str] = {}
    for api in apis:
        word = variable(api.name)
        named[api.name] = free.take(word if api.inputs is not None else word.upper())
        named[f"{api.name}/"] = free.take(f"{variable(api.name)}_permissions")
        named |= {each.name: free.take(variable(each.name)) for each in api.permissions}
    return named


def section(plan: ImportPlan, api: PlannedApi, names: Mapping[str, str], *, titled: bool) -> Iterator[str]:
    """The blocks that declare `api`, to be separated by blank lines; `titled` says what it is called."""
    heading = _comment(*((shown(api.title) or api.identifier,) if titled else ()), *api.remarks)
    if api.inputs is None:
        yield f"{heading}{names[api.name]} = {_fitted(f'{names[api.name]} = ', api.identifier)}"
        identifier = Code(names[api.name])
    else:
        yield heading + _assigned(names[api.name], kinds.API.cls, api.name, _program_values(api.inputs))
        identifier = Code(f"{names[api.name]}.identifier")
    declared: dict[str, Code] = {}
    if api.permissions:
        blocks, declared = _permissions(api, identifier, names)
        yield from blocks
    yield from _objects(plan, api, identifier, declared, names[f"{api.name}/"])


def _comment(*texts: str) -> str:
    """Each text as lines of a comment."""
    return "".join(f"# {line}\n" for text in texts for line in wrap(shown(text), WIDTH - len("# ")))


def _assigned(name: str, cls: str, resource: str, arguments: Mapping[str, Any]) -> str:
    return f"{name} = {source(CallExpression(cls, [(None, resource), *arguments.items()]))}"


def _fitted(before: str, value: Any) -> str:
    return source(value, used=len(before))


def _program_values(inputs: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: Code(f"config.require_secret({quoted(value.config_key)})")
        if isinstance(value, SecretSetting)
        else value
        for name, value in inputs.items()
    }


def _permissions(
    api: PlannedApi, identifier: Code, names: Mapping[str, str]
) -> tuple[list[str], dict[str, Code]]:
    """The permissions, and how a grant refers to each of their scopes."""
    if len(api.permissions) < WORTH_A_LOOP:
        blocks = [
            _assigned(
                names[each.name],
                kinds.PERMISSION.cls,
                each.name,
                {"resource_server_identifier": identifier, **each.inputs},
            )
            for each in api.permissions
        ]
        return blocks, {each.scope: Code(f"{names[each.name]}.scope") for each in api.permissions}
    table = names[f"{api.name}/"]
    references = {each.scope: Code(f"{table}[{quoted(each.scope)}].scope") for each in api.permissions}
    return [_permission_table(api, identifier, table)], references


def _permission_table(api: PlannedApi, identifier: Code, table: str) -> str:
    """One comprehension over what differs between the permissions."""
    described = any(each.description is not None for each in api.permissions)
    derived = all(each.name == f"{api.name}/{each.scope}" for each in api.permissions)
    arguments: list[tuple[str | None, Any]] = [
        (None, _named_after(api, "scope") if derived else Code("name")),
        ("resource_server_identifier", identifier),
        ("scope", Code("scope")),
    ]
    if described:
        arguments.append(("description", Code("description")))
    loop, rows = _rows(api.permissions, described, derived)
    inner = " " * INDENT
    call = source(CallExpression(kinds.PERMISSION.cls, arguments), column=INDENT)
    return f"{table} = {{\n{inner}scope: {call}\n{inner}for {loop} in {rows}\n}}"


def _rows(permissions: Iterable[PlannedPermission], described: bool, derived: bool) -> tuple[str, str]:
    """The loop's variables and what it runs over."""
    if derived and described:
        rows = {each.scope: each.description for each in permissions}
        return "scope, description", _exploded("{", "}.items()", _dict_lines(rows))
    if derived:
        return "scope", _exploded(
            "[", "]", [source(each.scope, column=2 * INDENT, used=1) for each in permissions]
        )
    columns = [(each.name, each.scope, each.description)[: 3 if described else 2] for each in permissions]
    variables = "name, scope, description" if described else "name, scope"
    return variables, _exploded("[", "]", [source(row, column=2 * INDENT, used=1) for row in columns])


def _dict_lines(rows: Mapping[str, Any], column: int = 2 * INDENT) -> list[str]:
    return [
        f"{quoted(key)}: {source(value, column=column, used=len(quoted(key)) + len(': ,'))}"
        for key, value in rows.items()
    ]


def _exploded(opening: str, closing: str, lines: Iterable[str], column: int = INDENT) -> str:
    inner = " " * (column + INDENT)
    return f"{opening}\n" + "".join(f"{inner}{line},\n" for line in lines) + " " * column + closing


def _named_after(api: PlannedApi, loop_variable: str, suffix: str = "") -> Code:
    """An f-string: the API's name, a slash, the loop's variable, and what all the names end with."""
    before, after = (text.replace("{", "{{").replace("}", "}}") for text in (f"{api.name}/", suffix))
    return Code("f" + quoted(f"{before}{{{loop_variable}}}{after}"))


def _objects(
    plan: ImportPlan, api: PlannedApi, audience: Code, declared: Mapping[str, Code], table: str
) -> Iterator[str]:
    alike: dict[tuple[ResourceKind, str], list[PlannedObject]] = {}
    single = []
    for each in api.objects:
        form = _form(plan, api, each, declared)
        alike.setdefault((each.kind, form or each.name), []).append(each)
    for grants in alike.values():
        if len(grants) < WORTH_A_LOOP:
            single += grants
        else:
            looked_up = _is_looked_up(api) and any(each.inputs["scopes"] for each in grants)
            scopes = f"[{table}[scope].scope for scope in granted]" if looked_up else "granted"
            yield _grant_loop(plan, api, grants, audience, Code(scopes))
    for each in sorted(single, key=lambda each: each.name):
        yield _comment(*each.remarks) + source(
            CallExpression(each.kind.cls, _arguments(plan, each, audience, declared))
        )


def _is_looked_up(api: PlannedApi) -> bool:
    """Whether a loop finds the permissions of the API in a table."""
    return len(api.permissions) >= WORTH_A_LOOP


def _form(
    plan: ImportPlan, api: PlannedApi, grant: PlannedObject, declared: Mapping[str, Code]
) -> str | None:
    """What grants that one loop can declare have in common; None for a grant that no loop can say.

    Such a grant is an application's, and a permission of it is one that the loop can look up.
    """
    if not {"client_id", "scopes"} <= set(grant.inputs) or grant.remarks:
        return None
    if {scope in declared for scope in grant.inputs["scopes"]} - {_is_looked_up(api)}:
        return None
    before, application, after = grant.name.partition(
        f"{api.name}/{plan.application_key(grant.inputs['client_id'])}"
    )
    return None if before or not application else repr((after, _beyond_scopes(grant)))


def _beyond_scopes(grant: PlannedObject) -> dict[str, Any]:
    return {
        name: value for name, value in grant.inputs.items() if name not in ("client_id", "audience", "scopes")
    }


def _grant_loop(
    plan: ImportPlan, api: PlannedApi, grants: Sequence[PlannedObject], audience: Code, scopes: Code
) -> str:
    rows = {plan.application_key(each.inputs["client_id"]): each.inputs["scopes"] for each in grants}
    first = grants[0]
    after = first.name.removeprefix(f"{api.name}/{plan.application_key(first.inputs['client_id'])}")
    arguments = [
        (None, _named_after(api, "application", after)),
        ("client_id", Code("applications[application]")),
        ("audience", audience),
        ("scopes", scopes),
        *_beyond_scopes(first).items(),
    ]
    table = _exploded("{", "}.items()", _dict_lines(rows, column=INDENT), column=0)
    call = source(CallExpression(first.kind.cls, arguments), column=INDENT)
    return f"for application, granted in {table}:\n{' ' * INDENT}{call}"


def _arguments(
    plan: ImportPlan, planned: PlannedObject, audience: Code, declared: Mapping[str, Code]
) -> list[tuple[str | None, Any]]:
    values: dict[str, Any] = {**planned.inputs, planned.kind.api: audience}
    if "client_id" in values:
        values["client_id"] = Code(f"applications[{quoted(plan.application_key(values['client_id']))}]")
    if "scopes" in values:
        values["scopes"] = [declared.get(scope, scope) for scope in values["scopes"]]
    return [(None, planned.name), *values.items()]
