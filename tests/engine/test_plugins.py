"""A provider plugin that is a module runs in a process beside the program, and is asked as by the CLI."""

from __future__ import annotations

import json
import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.emulator import Sandbox
from pulumi_auth0_apis.engine import Engine, PolicyPack
from pulumi_auth0_apis.engine.model.values import SECRET, SIGNATURE, UNKNOWN, Secret
from pulumi_auth0_apis.stacks.local import open_engine
from pulumi_auth0_apis.testing.tenant import TenantUnderTest

from .stacks import THINGS, TestStack, ops, said, succeeded

IMPORTS = "from plugin_sdk import *\n"
ORDERS = "https://orders.example.com"
API = (
    f'{IMPORTS}orders = ResourceServer("orders", identifier="{ORDERS}", name="Orders", tokenLifetime=3600)\n'
)
PERMISSION = (
    'ResourceOptions(depends_on=[orders]), resourceServerIdentifier=orders.identifier, scope="read:orders"'
)
THROUGH_P = f'ResourceServer("orders", ResourceOptions(provider=p), identifier="{ORDERS}")\n'
DYNAMIC = (
    "from pulumi_auth0_apis import ResourceServer\n"
    f'ResourceServer("orders", identifier="{ORDERS}", name="Orders", token_lifetime=3600)\n'
)


@pytest.fixture
def tenant() -> Iterator[TenantUnderTest]:
    with Sandbox() as sandbox:
        yield TenantUnderTest(sandbox)


@pytest.fixture
def plugged(stack: TestStack, tenant: TenantUnderTest) -> TestStack:
    """A stack of the tenant, whose programs may use the plugin."""
    shutil.copy(THINGS.with_name("plugin_sdk.py"), stack.folder)
    stack.engine = opened(stack, tenant)
    return stack


def opened(stack: TestStack, tenant: TenantUnderTest) -> Any:
    environment = {**stack.environment, **tenant.environment}
    return open_engine(stack.folder, "dev", backend_url=stack.folder.as_uri(), environment=environment)


def changes(tenant: TenantUnderTest) -> int:
    return sum(count for route, count in tenant.calls.items() if not route.startswith("GET "))


def test_a_life(plugged: TestStack, tenant: TenantUnderTest) -> None:
    """Preview, creation, nothing to do, an update, drift, a replacement and the end."""
    source = f'{API}Permission("read", {PERMISSION})\npulumi.export("life", orders.tokenLifetime)'
    foreseen = succeeded(plugged.program(source).engine.preview())
    assert ops(foreseen) == [("create", "orders"), ("create", "read")]
    assert not tenant.calls
    (outputs,) = [step["new"]["outputs"] for step in foreseen.steps if step["urn"].endswith("::orders")]
    assert (outputs["tokenLifetime"], outputs["signingAlg"]) == (3600, UNKNOWN)

    created = plugged.up(source)
    assert created.outputs == {"life": 3600}
    assert tenant.permissions == {ORDERS: {"read:orders"}}

    before = tenant.calls.total()
    assert not plugged.up(source).has_changes
    assert tenant.calls.total() == before

    source = source.replace("3600", "7200")
    assert ops(plugged.up(source), "orders") == [("update", "orders")]
    assert tenant.apis[ORDERS]["token_lifetime"] == 7200

    tenant.change_api(ORDERS, name="Changed")
    refreshed = succeeded(plugged.engine.refresh())
    assert ops(refreshed, "orders") == [("update", "orders")]
    (step,) = [each for each in succeeded(plugged.engine.preview()).steps if each["op"] == "update"]
    assert step["detailedDiff"] == {"name": {"diffKind": "update", "inputDiff": True}}

    plugged.up(source.replace(ORDERS, "https://o.example.com"))
    assert tenant.permissions == {"https://o.example.com": {"read:orders"}}
    succeeded(plugged.engine.destroy())
    assert tenant.apis == {}


def test_an_explicit_provider_is_a_tenant_of_its_own(plugged: TestStack, tenant: TenantUnderTest) -> None:
    """Resources and functions go to the provider that they name, and are deleted through it."""
    with Sandbox() as sandbox:
        staging = TenantUnderTest(sandbox)
        provider = (
            f'staging = Provider("staging", domain="{staging.domain}", '
            f'apiToken=pulumi.Output.secret("{sandbox.api_token}"))\n'
        )
        plugged.up(
            f'{API}{provider}ResourceServer("theirs", ResourceOptions(provider=staging), '
            f'identifier="{ORDERS}")\n'
        )
        assert staging.apis[ORDERS]["identifier"] == ORDERS
        sandbox_token = plugged.state()["staging"]["inputs"]["apiToken"]
        assert "ciphertext" in sandbox_token

        staging.change_api(ORDERS, name="Staging")
        found = f'pulumi.export("n", [get_resource_server("{ORDERS}", p)["name"] for p in (None, staging)])\n'
        assert plugged.up(f"{API}{provider}{found}").outputs == {"n": ["Orders", "Staging"]}
        assert staging.apis == {}


def test_another_tenant_has_other_resources(plugged: TestStack, tenant: TenantUnderTest) -> None:
    """A provider that says its configuration replaces it is replaced, and all that it looks after."""
    with Sandbox() as sandbox:
        other = TenantUnderTest(sandbox)

        def of(one: TenantUnderTest) -> str:
            provider = f'p = Provider("p", domain="{one.domain}", apiToken="{one.sandbox.api_token}")\n'
            return IMPORTS + provider + THROUGH_P

        plugged.up(of(tenant))
        moved = ops(plugged.up(of(other)))
        assert [op for op, name in moved if name == "p"] == [
            "create-replacement",
            "replace",
            "delete-replaced",
        ]
        assert [op for op, name in moved if name == "orders"] == [
            "create-replacement",
            "replace",
            "delete-replaced",
        ]
        assert (list(tenant.apis), list(other.apis)) == ([], [ORDERS])


@pytest.mark.parametrize(
    ("config", "told"),
    [
        ("auth0-apis:domaine: x.eu.auth0.com", "did you mean domain?"),
        ("auth0-apis:domain: https://x.eu.auth0.com/path", "domain"),
    ],
)
def test_a_wrong_configuration(plugged: TestStack, tenant: TenantUnderTest, config: str, told: str) -> None:
    """The provider's own words tell what is wrong, and nothing is asked of the tenant."""
    plugged.configure(f"config:\n  {config}\n")
    result = plugged.program(API).engine.preview()
    assert result.exit_code == 1
    assert told in said(result)
    assert not tenant.calls


def test_a_provider_that_is_not_known_yet(plugged: TestStack, tenant: TenantUnderTest) -> None:
    """A preview asks nothing of a provider whose configuration another resource will tell."""
    source = f'{IMPORTS}t = Thing("t", url="{tenant.domain}")\np = Provider("p", domain=t.url)\n'
    plugged.program(source + THROUGH_P)
    assert ops(succeeded(plugged.engine.preview()))[-1] == ("create", "orders")
    assert not tenant.calls


def test_moving_in_place(plugged: TestStack, tenant: TenantUnderTest) -> None:
    """A stack of dynamic resources becomes one of the plugin's, and back, without a call that changes it."""
    plugged.up(DYNAMIC)
    before = changes(tenant)
    assert ops(plugged.up(API), "orders") in ([("update", "orders")], [("same", "orders")])
    assert plugged.state()["orders"]["type"] == "auth0-apis:index:ResourceServer"
    assert not plugged.up(API).has_changes
    back = DYNAMIC.replace(
        '"orders",',
        '"orders", opts=ResourceOptions(aliases=[pulumi.Alias(type_="auth0-apis:index:ResourceServer")]),',
    )
    plugged.up(back)
    assert plugged.state()["orders"]["type"] == "pulumi-python:dynamic/auth0:ResourceServer"
    assert not plugged.up(DYNAMIC).has_changes
    assert changes(tenant) == before
    assert list(tenant.apis) == [ORDERS]


def test_secrets(plugged: TestStack, tenant: TenantUnderTest) -> None:
    """A secret input is one in the state, and so is a secret that the tenant makes."""
    source = f'{IMPORTS}api = ResourceServer("orders", identifier="{ORDERS}", signingAlg="HS256")\n'
    result = plugged.up(f'{source}pulumi.export("s", api.signingSecret)')
    assert isinstance(result.outputs["s"], Secret)
    assert result.outputs["s"].value == tenant.apis[ORDERS]["signing_secret"]
    text = (plugged.folder / ".pulumi/stacks/tests/dev.json").read_text()
    assert tenant.apis[ORDERS]["signing_secret"] not in text


def test_a_secret_to_come_needs_a_passphrase(plugged: TestStack, tenant: TenantUnderTest) -> None:
    """Where nothing could encrypt the secret that the tenant will make, nothing is made."""
    del plugged.environment["PULUMI_CONFIG_PASSPHRASE"]
    plugged.engine = opened(plugged, tenant)
    plugged.program(f'{IMPORTS}ResourceServer("orders", identifier="{ORDERS}", signingAlg="HS256")\n')
    assert plugged.engine.preview().lacks_passphrase
    assert plugged.engine.up().lacks_passphrase
    assert tenant.apis == {}


def test_what_is_wrong_is_told_of_the_resource(plugged: TestStack) -> None:
    """A failed check is the resource's, in the words of the plugin's program."""
    result = plugged.program(API.replace("3600", "-1")).engine.preview()
    assert result.exit_code == 1
    (told,) = [each for each in result.diagnostics if "tokenLifetime" in each["message"]]
    assert told["urn"].endswith("::orders")


def test_policies_judge_them_as_they_judge_classes(plugged: TestStack, tenant: TenantUnderTest) -> None:
    """In a preview too, where only the tenant can say the outputs; properties are named as in the program."""
    pack = PolicyPack(Path(__file__).parents[2] / "policies")
    served, by_class = (
        plugged.program(program.replace("3600", "2000000")).engine.preview(policy_packs=[pack]).violations
        for program in (API, DYNAMIC)
    )
    assert {each["policyName"] for each in served} == {each["policyName"] for each in by_class}
    (told,) = [each["message"] for each in served if each["policyName"] == "access-token-lifetime"]
    assert "tokenLifetime is 2000000 s" in told
    assert "Fix: lower tokenLifetime;" in told


def test_what_is_imported_already(plugged: TestStack, tenant: TenantUnderTest) -> None:
    """`import_` of what the state manages means nothing; of anything else it is refused before it is made."""
    plugged.up(API)
    id_ = plugged.state()["orders"]["id"]
    imported = API.replace('"orders",', f'"orders", ResourceOptions(import_="{id_}"),')
    assert not plugged.up(imported).has_changes
    assert plugged.state()["orders"]["importID"] == id_
    result = plugged.program(imported.replace(id_, "another")).engine.up()
    assert result.exit_code == 1
    assert "The resource option `import_` (on 'orders'" in said(result)
    assert list(tenant.apis) == [ORDERS]


PLAIN = (
    "def plain(name, opts=None, **props):\n"
    "    return pulumi.CustomResource('plain:index:Plain', name, props, opts)\n"
)


@pytest.fixture
def plain(stack: TestStack) -> TestStack:
    """A stack whose programs may use a plugin of its own folder, which answers no more than it must."""
    shutil.copy(THINGS.with_name("plain_plugin.py"), stack.folder)
    stack.engine = with_plugin(stack, plain="plain_plugin")
    return stack


def with_plugin(stack: TestStack, **plugins: str) -> Engine:
    url, environment = stack.folder.as_uri(), stack.environment
    return Engine(stack.folder, "dev", backend_url=url, environment=environment, plugins=plugins)


def test_a_plugin_that_takes_secrets_and_no_part_in_previews(plain: TestStack) -> None:
    """It gets secrets marked, is not asked to create in a preview, and need not look at its configuration."""
    source = f'{PLAIN}a = plain("a", s=pulumi.Output.secret("hidden"), t="seen")\n'
    plain.configure("config:\n  plain:region: eu\n")
    succeeded(plain.program(source).engine.preview())
    assert not (plain.folder / "created.json").exists()
    plain.up(source)
    sent = json.loads((plain.folder / "created.json").read_text())
    assert sent == {"s": {SIGNATURE: SECRET, "value": "hidden"}, "t": "seen"}
    assert plain.state()["default"]["inputs"] == {"region": "eu"}
    assert "ciphertext" in plain.state()["a"]["outputs"]["s"]
    assert not plain.up(source).has_changes
    plain.configure("config:\n  plain:region: us\n")
    assert ops(plain.up(source), "a") == [("same", "a")]
    assert plain.state()["default"]["inputs"] == {"region": "us"}


def test_a_function_that_fails_ends_the_run(plain: TestStack) -> None:
    """What the plugin objects to is told with the function's name."""
    result = plain.program("pulumi.runtime.invoke('plain:index:f', {}).value").engine.preview()
    assert result.exit_code == 1
    assert "plain:index:f: of: is missing" in said(result)


def test_an_interrupt_reaches_the_plugin(plain: TestStack) -> None:
    """What runs is told that the run ends, and comes to its end; what it says is told of its resource."""
    heard: list[str] = []

    def interrupt(event: dict[str, Any]) -> None:
        if "creating" in event.get("diagnosticEvent", {}).get("message", ""):
            heard.append(event["diagnosticEvent"]["urn"].rpartition("::")[2])
            os.kill(os.getpid(), signal.SIGINT)

    source = f'{PLAIN}a = plain("a", waits=True)\nplain("b", ResourceOptions(depends_on=[a]))\n'
    result = plain.program(source).engine.up(on_event=interrupt)
    assert result.exit_code == 1
    assert heard == ["a"]
    assert plain.state().keys() >= {"a"}
    assert "b" not in plain.state()


def test_a_plugin_that_is_not_there(stack: TestStack) -> None:
    """Where the program's Python has not the module, the run ends and tells so."""
    shutil.copy(THINGS.with_name("plugin_sdk.py"), stack.folder)
    stack.engine = with_plugin(stack, **{"auth0-apis": "no_such_plugin"})
    result = stack.program(API).engine.up()
    assert result.exit_code == 1
    assert "No module named no_such_plugin" in said(result)
    assert "The provider auth0-apis ended with exit code 1 before it was ready" in said(result)
