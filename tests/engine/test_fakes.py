"""Fakes play the resources of other providers, and nobody takes them for real."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from pulumi_auth0_apis.engine import Engine, EngineError, Fake, Fakes, digest
from pulumi_auth0_apis.engine.model.values import Secret

from .stacks import THINGS, TestStack, ops, said, succeeded

IMPORTS = "from other import Aws, Bucket, RandomPassword, region\n"
PASSWORD = f'{IMPORTS}p = RandomPassword("p", length=3)\npulumi.export("p", p.result)\n'
FAKES: Fakes = {
    "random:index/randomPassword:RandomPassword": lambda inputs: {"result": "x" * inputs["length"]},
    "aws:s3/bucket:Bucket": lambda inputs: {"id": "the-bucket", "arn": f"arn:{inputs.get('bucket')}"},
    "aws:index/getRegion:getRegion": lambda arguments: {"name": arguments.get("name", "eu-west-1")},
}


@pytest.fixture
def other(stack: TestStack) -> TestStack:
    """A stack whose programs may use other providers, with fakes for them."""
    shutil.copy(THINGS.with_name("other.py"), stack.folder)
    stack.engine = engine(stack, FAKES)
    return stack


def engine(stack: TestStack, fakes: Fakes | None) -> Engine:
    return Engine(
        stack.folder,
        "dev",
        backend_url=f"file://{stack.folder}",
        environment=stack.environment,
        fakes=fakes,
    )


def plain(value: Any) -> Any:
    return value.value if isinstance(value, Secret) else value


def test_a_fake_computes_what_it_is_told(other: TestStack) -> None:
    """A fake's answer goes over the inputs, its id is the resource's, and a dependent gets both."""
    other.up(
        f'{IMPORTS}b = Bucket("b", bucket="n")\n'
        'Thing("t", arn=b.arn, of=b.id)\n'
        'pulumi.export("arn", b.arn)\npulumi.export("id", b.id)'
    )
    state = other.state()
    assert state["b"]["outputs"] == {"bucket": "n", "arn": "arn:n"}
    assert state["b"]["id"] == "the-bucket"
    assert (state["t"]["inputs"]["arn"], state["t"]["inputs"]["of"]) == ("arn:n", "the-bucket")


def test_a_fake_that_is_told_nothing_echoes(other: TestStack) -> None:
    """Without more said the outputs are the inputs, and the id stays the same from run to run."""
    other.engine = engine(other, {})
    program = f'{IMPORTS}b = Bucket("b", bucket="n")\npulumi.export("id", b.id)\npulumi.export("arn", b.arn)'
    first = other.up(program)
    assert first.outputs["id"].startswith("b-")
    assert first.outputs.get("arn") is None
    again = other.up(program)
    assert ops(again) == [("same", "b")]
    assert again.outputs == first.outputs
    assert ops(other.up(program.replace('"n"', '"m"'))) == [("update", "b")]
    assert other.state()["b"]["id"] == first.outputs["id"]


def test_a_preview_knows_nothing_computed(other: TestStack) -> None:
    """In a preview a computed output is unknown to what depends on it, and the fake is not asked."""
    other.engine = engine(other, {"aws:s3/bucket:Bucket": lambda _: pytest.fail("asked")})
    other.program(f'{IMPORTS}b = Bucket("b", bucket="n")\nThing("t", arn=b.arn, of=b.bucket)')
    foreseen = succeeded(other.engine.preview())
    inputs = next(s["new"]["inputs"] for s in foreseen.steps if s["urn"].endswith("::t"))
    assert inputs["of"] == "n"
    assert inputs["arn"] == "04da6b54-80e4-46f7-96ec-b56ff0331ba9"


def test_named_outputs_of_a_fake_are_secret(other: TestStack) -> None:
    """What the class names as secret is ciphertext in the state, and a secret output of the stack."""
    result = other.up(PASSWORD)
    assert result.outputs["p"] == Secret("xxx")
    assert "ciphertext" in other.state()["p"]["outputs"]["result"]


def test_a_secret_needs_a_passphrase_before_it_is_made(other: TestStack) -> None:
    """Where nothing can encrypt a named output, the preview says so, as does the update, before any step."""
    del other.environment["PULUMI_CONFIG_PASSPHRASE"]
    other.engine = engine(other, FAKES)
    other.program(PASSWORD)
    for result in (other.engine.preview(), other.engine.up()):
        assert result.exit_code == 1
        assert result.lacks_passphrase


def test_what_a_fake_makes_of_a_secret_is_secret(other: TestStack) -> None:
    """Whatever is computed from a secret input is secret too: nobody can tell which part of it is not."""
    other.up(f'{IMPORTS}Bucket("b", bucket=pulumi.Output.secret("hidden"))')
    text = (other.folder / ".pulumi/stacks/tests/dev.json").read_text()
    assert "hidden" not in text


def test_functions(other: TestStack) -> None:
    """A function is answered by its fake."""
    result = other.up(f'{IMPORTS}pulumi.export("r", region(name="eu"))\npulumi.export("d", region())')
    assert result.outputs == {"r": {"name": "eu"}, "d": {"name": "eu-west-1"}}


def test_a_function_without_a_fake_is_refused(other: TestStack) -> None:
    """Nobody can guess what a function would answer: the error names it and how to tell."""
    other.engine = engine(other, {})
    result = other.program(f"{IMPORTS}region()").engine.up()
    assert result.exit_code == 1
    assert "The function aws:index/getRegion:getRegion without a fake" in said(result)
    assert '{"aws:index/getRegion:getRegion": lambda' in said(result)


def test_explicit_providers(other: TestStack) -> None:
    """An explicit provider is kept with its configuration, and its resources are deleted through it."""
    other.up(f'{IMPORTS}Bucket("b", ResourceOptions(provider=Aws("eu", region="eu-west-1")))')
    state = other.state()
    assert state["eu"]["inputs"] == {"region": "eu-west-1"}
    assert state["b"]["provider"].startswith(f"{state['eu']['urn']}::")
    assert ops(other.up(IMPORTS)) == [("delete", "b"), ("delete", "eu")]


def test_a_default_provider_has_the_configuration_of_its_package(other: TestStack) -> None:
    """A default provider gets the stack's keys of its own namespace alone."""
    other.configure("config:\n  aws:region: eu-west-1\n  tests:x: y\n")
    other.up(f'{IMPORTS}Bucket("b")\nThing("t")')
    document = json.loads((other.folder / ".pulumi/stacks/tests/dev.json").read_text())
    providers = {
        each["type"]: each["inputs"]
        for each in document["checkpoint"]["latest"]["resources"]
        if each["type"].startswith("pulumi:providers:")
    }
    assert providers["pulumi:providers:aws"] == {"region": "eu-west-1"}
    assert providers["pulumi:providers:pulumi-python"] == {"aws:region": "eu-west-1", "tests:x": "y"}


def test_resources_that_are_only_read(other: TestStack) -> None:
    """A resource that something else manages is played too, and forgotten without a deletion."""
    result = other.up(
        f'{IMPORTS}b = Bucket("b", ResourceOptions(id="theirs"), bucket="n")\npulumi.export("a", b.arn)'
    )
    assert result.outputs == {"a": "arn:n"}
    assert other.state()["b"]["external"]
    assert ops(other.up(IMPORTS)) == [("discard", "b")]


def test_lifecycle(other: TestStack) -> None:
    """A refresh finds what the state says, and a destroy leaves nothing."""
    other.up(
        f'{IMPORTS}b = Bucket("b", bucket="n")\nRandomPassword("p", ResourceOptions(parent=b), length=2)'
    )
    assert not succeeded(other.engine.refresh()).has_changes
    succeeded(other.engine.destroy())
    assert other.state() == {}


@pytest.mark.parametrize(
    ("fake", "why"),
    [
        (lambda _: 1 / 0, "raised ZeroDivisionError: division by zero"),
        (lambda _: "text", "returned str"),
        (lambda _: {"arn": object()}, "returned dict, which is, or holds, no property value"),
    ],
)
def test_a_broken_fake_fails_its_resource(other: TestStack, fake: Any, why: str) -> None:
    """What is wrong with a fake is told at the resource that it should play, and nothing of it is kept."""
    other.engine = engine(other, {"aws:s3/bucket:Bucket": fake})
    result = other.program(f'{IMPORTS}Bucket("b")').engine.up()
    assert result.exit_code == 1
    (told,) = [each for each in result.diagnostics if each.get("urn", "").endswith("::b")]
    assert f"the fake of aws:s3/bucket:Bucket {why}" in told["message"]
    assert "b" not in other.state()


def test_a_broken_fake_quotes_no_secret(other: TestStack) -> None:
    """The error of a fake that was given a secret is told by its kind alone."""

    def refuse(inputs: dict[str, Any]) -> dict[str, Any]:
        raise ValueError(f"no bucket {inputs['bucket']}")

    other.engine = engine(other, {"aws:s3/bucket:Bucket": refuse})
    result = other.program(f'{IMPORTS}Bucket("b", bucket=pulumi.Output.secret("hidden"))').engine.up()
    assert "raised ValueError" in said(result)
    assert "hidden" not in json.dumps(result.events)


def test_the_summary_counts_fakes(other: TestStack) -> None:
    """Every run says how many resources were played, by package; providers are not counted."""
    program = PASSWORD + 'Bucket("b", ResourceOptions(provider=Aws("eu")))\nThing("t")'
    other.program(program)
    for result in (other.engine.preview(), other.engine.up(), other.engine.up(), other.engine.refresh()):
        assert result.fakes == {"aws": 1, "random": 1}
        (summary,) = [each["summaryEvent"] for each in result.events if "summaryEvent" in each]
        assert summary["fakes"] == {"aws": 1, "random": 1}
        assert digest(result.events)["fakes"] == {"aws": 1, "random": 1}
    assert other.engine.destroy().fakes == {"aws": 1, "random": 1}


def test_no_fakes_are_not_counted(stack: TestStack) -> None:
    """A run without fakes says nothing of them."""
    result = stack.up('Thing("a")')
    assert "fakes" not in digest(result.events)
    assert not any("fakes" in each.get("summaryEvent", ()) for each in result.events)


@pytest.mark.parametrize("operation", ["preview", "up", "refresh", "destroy"])
def test_fakes_are_gone_on_with_by_fakes_alone(other: TestStack, operation: str) -> None:
    """A run without fakes refuses a state that holds some, says what to do, and changes nothing."""
    other.up(PASSWORD)
    before = other.state()
    with pytest.raises(EngineError, match=r"^Fakes have played .*::p of this stack.*--fakes fakes.py"):
        getattr(engine(other, None), operation)()
    assert other.state() == before


@pytest.mark.parametrize("operation", ["preview", "up", "refresh", "destroy"])
def test_fakes_take_nothing_real_over(other: TestStack, operation: str) -> None:
    """A run with fakes refuses a state that real providers have made."""
    other.up(PASSWORD)
    file = other.folder / ".pulumi/stacks/tests/dev.json"
    file.write_text(file.read_text().replace("played-by-fake-", "").replace("fake-", ""))
    with pytest.raises(EngineError, match=r"holds .*::p of real providers, which no fake may take over"):
        getattr(other.engine, operation)()


def test_without_fakes_the_error_names_them(other: TestStack) -> None:
    """Another provider's resource is refused by its type; the way on is in the same paragraph."""
    result = engine(other.program(PASSWORD), None).up()
    assert result.exit_code == 1
    assert "The provider of random:index/randomPassword:RandomPassword is not supported" in said(result)
    assert "--fakes fakes.py" in said(result)


def test_a_state_of_fakes_is_marked(other: TestStack) -> None:
    """In the file a fake refers to a provider that is not there, so that the CLI refuses to deploy."""
    other.up(PASSWORD)
    document = json.loads((other.folder / ".pulumi/stacks/tests/dev.json").read_text())
    resources = document["checkpoint"]["latest"]["resources"]
    provided = {f"{each['urn']}::{each.get('id')}" for each in resources}
    reference = next(each["provider"] for each in resources if each["urn"].endswith("::p"))
    assert reference not in provided
    assert reference.replace("::played-by-fake-", "::fake-") in provided


def test_policies_see_fakes_as_they_are(other: TestStack, tmp_path: Path) -> None:
    """A rule judges a fake's inputs, and the outputs that it has computed."""
    from pulumi_auth0_apis.engine import PolicyPack

    pack = tmp_path / "pack"
    pack.mkdir()
    (pack / "PulumiPolicy.yaml").write_text("runtime: python\n")
    (pack / "__main__.py").write_text(
        "from pulumi_policy import *\n"
        "def long(args, report):\n"
        "    if args.resource_type.startswith('random:') and args.props['length'] < 16:\n"
        "        report('too short')\n"
        "def seen(args, report):\n"
        "    for each in args.resources:\n"
        "        if each.resource_type.startswith('random:'):\n"
        "            report(each.props['result'])\n"
        "PolicyPack('pack', [ResourceValidationPolicy('long', 'Long.', long, EnforcementLevel.ADVISORY),"
        " StackValidationPolicy('seen', 'Seen.', seen, EnforcementLevel.ADVISORY)])\n"
    )
    result = other.up(PASSWORD, policy_packs=[PolicyPack(pack)])
    told = {(each["policyName"], each["message"].strip()) for each in result.violations}
    assert any(name == "long" and "too short" in message for name, message in told)
    assert any(name == "seen" and "xxx" in message for name, message in told)


def test_methods(other: TestStack) -> None:
    """A method of a resource is a function whose arguments name the resource."""
    token = "aws:s3/bucket:Bucket/sign"
    other.engine = engine(other, {**FAKES, token: lambda arguments: {"url": f"signed {arguments['path']}"}})
    result = other.up(
        f'{IMPORTS}b = Bucket("b", bucket="n")\n'
        f'signed = pulumi.runtime.call("{token}", {{"__self__": b, "path": "x"}}, b)\n'
        'pulumi.export("url", signed["url"])'
    )
    assert result.outputs == {"url": "signed x"}


def test_parameterized_packages(other: TestStack) -> None:
    """A package that the SDK has made of another one is taken: its resources say what they are."""
    other.up(
        f"{IMPORTS}from pulumi.runtime.proto import resource_pb2\n"
        "request = resource_pb2.RegisterPackageRequest(name='tls', version='1.0.0')\n"
        "answer = pulumi.runtime.settings.get_monitor().RegisterPackage(request)\n"
        'pulumi.export("ref", answer.ref)\n'
    )


def test_a_fake_says_which_inputs_replace(other: TestStack) -> None:
    """A change of such an input replaces, with the rest of a replacement; any other updates in place."""
    bucket = Fake(outputs=lambda _: {"arn": "a"}, replace_on=["bucket", "tags.team"])
    other.engine = engine(other, {"aws:s3/bucket:Bucket": bucket})
    other.up(f'{IMPORTS}b = Bucket("b", bucket="n", tags={{"team": "x", "cost": 1}})\nThing("t", of=b.id)')
    first = other.state()["b"]
    program = f'{IMPORTS}b = Bucket("b", bucket="m", tags={{"team": "x", "cost": 1}})\nThing("t", of=b.id)'
    assert ("replace", "b") in ops(other.up(program))
    assert other.state()["b"]["id"] != first["id"]
    assert ops(other.up(program.replace("1", "2")), "b") == [("update", "b")]
    result = other.up(program.replace("1", "2").replace('"x"', '"y"'))
    (step,) = [each for each in result.steps if each["op"] == "replace"]
    assert step["detailedDiff"] == {"tags.team": {"diffKind": "update-replace", "inputDiff": True}}
    assert other.state()["b"]["outputs"]["arn"] == "a"


def test_paths_are_a_list() -> None:
    """A single text would be taken letter by letter: the error says how to write it."""
    with pytest.raises(TypeError, match=r'replace_on=\["name"\]'):
        Fake(replace_on="name")
