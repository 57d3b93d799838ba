"""The schema: every fact of the tables in Pulumi's words, and none beside them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from inspect import signature
from pathlib import Path
from typing import Any

import pytest

from auth0_api_vocabulary import OURS, camel_case
from pulumi_auth0_apis._inputs import Setting
from pulumi_auth0_apis._provider import lifecycle_of
from pulumi_auth0_apis.management.settings import KEYS, SECRET_KEYS
from pulumi_auth0_apis.plugin.functions import FUNCTIONS
from pulumi_auth0_apis.plugin.package import token
from pulumi_auth0_apis.plugin.schema import package
from pulumi_auth0_apis.plugin.schema.texts import in_camel_case, of_setting
from pulumi_auth0_apis.plugin.schema.types import Types

from .languages.stack import write_plugin

GOLDEN = Path(__file__).parent / "schema.json"
SCHEMA = package()


def parts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object of a document."""
    if isinstance(value, dict):
        yield value
    for inner in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from parts(inner)


@pytest.mark.parametrize("kind", OURS.values(), ids=lambda kind: kind.cls)
def test_every_setting_is_an_input_and_an_output(kind: Any) -> None:
    """Inputs are the settings and options of the table; outputs are the settings and what Auth0 computes."""
    provider, resource = lifecycle_of(kind.module), SCHEMA["resources"][token(kind.cls)]
    settings = [camel_case(each.name) for each in provider.settings]
    assert list(resource["inputProperties"]) == [*settings, *(each.name for each in provider.options)]
    assert resource["properties"].keys() == {*settings, *map(camel_case, provider.computed)}
    assert resource["requiredInputs"] == [
        camel_case(each.name) for each in provider.settings if each.required
    ]
    assert resource["aliases"] == [{"type": kind.token}]


@pytest.mark.parametrize("kind", OURS.values(), ids=lambda kind: kind.cls)
def test_secrets_and_replacements_are_told(kind: Any) -> None:
    """A setting that is secret or that replaces on a change is so in the schema, and no other."""
    provider, resource = lifecycle_of(kind.module), SCHEMA["resources"][token(kind.cls)]
    for properties in (resource["inputProperties"], resource["properties"]):
        secret = {name for name, each in properties.items() if each.get("secret")}
        replacing = {name for name, each in properties.items() if each.get("willReplaceOnChanges")}
        assert secret == {camel_case(each.name) for each in provider.settings if each.secret}
        assert replacing == {
            camel_case(each.name) for each in provider.settings if each.on_change == "replace"
        }


def test_nothing_has_a_default() -> None:
    """A default of the schema is an input that the SDKs send: every setting would be managed."""
    assert [each for each in parts(SCHEMA) if "default" in each or "defaultInfo" in each] == []


def test_every_reference_leads_to_a_type_and_every_type_is_used() -> None:
    """No type is missing, and none is left over."""
    used = {each["$ref"].removeprefix("#/types/") for each in parts(SCHEMA) if "$ref" in each}
    assert used - {"pulumi.json#/Any"} == set(SCHEMA["types"])


def test_every_property_says_what_it_is() -> None:
    """What people read in their editors is there, in the words of their programs."""
    objects = [each["properties"] for each in parts(SCHEMA) if "properties" in each]
    objects += [each["inputProperties"] for each in parts(SCHEMA) if "inputProperties" in each]
    described = [each.get("description", "") for properties in objects for each in properties.values()]
    assert len(described) > 100
    assert "" not in described
    assert [text for text in described if "token_lifetime" in text or "adopt=" in text] == []


def test_functions_are_those_that_answer() -> None:
    """Each look-up of the plugin is in the schema with its arguments, and no result holds a secret."""
    arguments = {name: set(each["inputs"]["properties"]) for name, each in SCHEMA["functions"].items()}
    taken = {name: list(signature(function).parameters)[1:] for name, function in FUNCTIONS.items()}
    assert arguments == {name: set(map(camel_case, names)) for name, names in taken.items()}
    assert [each for each in parts(SCHEMA["functions"]) if each.get("secret")] == []
    assert "signingSecret" not in SCHEMA["types"][token("ResourceServerResult")]["properties"]


def test_configuration_is_that_of_a_session() -> None:
    """Each setting that a program may give is one of a provider, the secret ones marked."""
    variables = SCHEMA["config"]["variables"]
    assert list(variables) == [key.partition(":")[2] for key, variable in KEYS.items() if variable]
    assert {f"auth0:{name}" for name, each in variables.items() if each.get("secret")} == set(SECRET_KEYS)
    assert SCHEMA["provider"]["inputProperties"] == variables


def test_values_keep_their_spelling() -> None:
    """A name of a setting becomes camelCase in a text; a value that looks like one stays as it is."""
    assert in_camel_case("of `token_lifetime` and `access_token`", ["access_token"]) == (
        "of `tokenLifetime` and `access_token`"
    )


def test_limits_and_defaults_are_told() -> None:
    """The text of a setting has its limits, Auth0's default and what taking it out does."""
    setting = Setting(
        "token_lifetime", int, description="Seconds.", at_least=1, at_most=9, default=5, source="https://x"
    )
    assert of_setting(setting) == (
        "Seconds. 1 … 9. Auth0's default: `5`. Taken out of a program, it goes back to the default. "
        "[Source](https://x)"
    )


def test_two_types_of_one_name_are_refused() -> None:
    """A type that would hide another one is an error of ours, and no schema."""
    types = Types()
    types.declare("Scope", {"type": "string"})
    with pytest.raises(ValueError, match="called Scope"):
        types.declare("Scope", {"type": "object"})


def test_pulumi_reads_it_as_it_is(tmp_path: Path) -> None:
    """`pulumi package get-schema` tells what the golden file says: nothing of it is unknown to Pulumi."""
    if shutil.which("pulumi") is None:
        pytest.skip("the schema is not read by Pulumi: there is no pulumi on PATH")
    write_plugin(tmp_path)
    command = ["pulumi", "package", "get-schema", str(tmp_path / "pulumi-resource-auth0-apis")]
    told = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, timeout=60)
    assert json.loads(told.stdout) == json.loads(GOLDEN.read_text())
