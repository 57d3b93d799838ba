"""What one engine writes, the other takes as its own: states, secrets, settings, locks and history."""

from __future__ import annotations

import json

import pytest

from pulumi_auth0_apis.engine import Engine, EngineError, LocalStack, mark

from ..engine.stacks import TestStack
from .renaming_scenarios import urn
from .scenarios import pack
from .sides import Local, Pulumi, write_pack

PROGRAM = """
a = Thing("a", size=pulumi.Output.secret(3), o={"in": pulumi.Output.secret("hush")})
pulumi.export("key", pulumi.Config().get_secret("key"))
"""


def opened(stack: TestStack) -> LocalStack:
    """The stack as our engine opens it."""
    folder = stack.folder
    return Engine(folder, "dev", backend_url=f"file://{folder}", environment=stack.environment).open()


def test_settings_written_by_us(local: Local, pulumi: Pulumi) -> None:
    """The command reads what we set, secrets included, and finds nothing in clear."""
    config = opened(local.stack).config
    config.set("key", "hush", secret=True)
    config.set("auth0:domain", "acme.example.com")
    local.stack.up(PROGRAM)
    assert pulumi.cli(local.stack, "config", "get", "key") == (0, "hush\n")
    assert pulumi.cli(local.stack, "config", "get", "auth0:domain") == (0, "acme.example.com\n")
    assert "hush" not in (local.stack.folder / "Pulumi.dev.yaml").read_text()


def test_settings_written_by_the_command(pulumi: Pulumi) -> None:
    """We read what the command has set, at any depth."""
    pulumi.cli(pulumi.stack, "config", "set", "--secret", "key", "hush")
    pulumi.cli(pulumi.stack, "config", "set", "--secret", "--path", "o.in[0].k", "deep")
    pulumi.cli(pulumi.stack, "config", "set", "--path", "o.n", "5")
    config = opened(pulumi.stack).config
    assert config.values == {"tests:key": "hush", "tests:o": '{"in":[{"k":"deep"}],"n":5}'}
    assert config.secret_keys == ("tests:key", "tests:o")
    assert config.secret_texts == ("hush", "deep")


def test_a_state_written_by_us(local: Local, pulumi: Pulumi) -> None:
    """The command exports it with every secret decrypted, and exactly as we mean it."""
    local.stack.up(PROGRAM)
    code, said = pulumi.cli(local.stack, "stack", "export", "--show-secrets")
    assert code == 0, said
    meant = opened(local.stack).store.load()
    assert json.loads(said)["deployment"]["resources"] == [each.to_json(None) for each in meant.resources]


def test_a_state_written_by_the_command(pulumi: Pulumi) -> None:
    """We load it and write it back as it was, but for the time of the writing."""
    pulumi.stack.program(PROGRAM)
    assert pulumi.run("up").exit_code == 0
    store = opened(pulumi.stack).store
    before = json.loads(store.file.read_bytes())
    store.save(store.load())
    after = json.loads(store.file.read_bytes())
    for document in (before, after):
        document["checkpoint"]["latest"]["manifest"].pop("time")
        document["checkpoint"]["latest"]["manifest"] = dict.fromkeys(("magic", "version"))
    assert after == before


def test_a_lock_of_ours(local: Local, pulumi: Pulumi) -> None:
    """The command waits for us as for itself."""
    local.stack.up('Thing("a")')
    with opened(local.stack).store.lock():
        code, said = pulumi.cli(local.stack, "up", "--yes", "--skip-preview")
    assert code != 0
    assert "the stack is currently locked by 1 lock(s)" in said


def test_our_event_log(local: Local, pulumi: Pulumi) -> None:
    """The command reads and shows our events as its own; that we name ourselves there does not disturb it."""
    local.stack.program('Thing("a", size=9)\nThing("b", raises="create")')
    packs = write_pack(local.stack.folder, pack(small="ADVISORY", few="ADVISORY"))
    result = local.stack.engine.up(policy_packs=packs)
    log = local.stack.folder / "events"
    log.write_text("".join(json.dumps(event) + "\n" for event in result.events))
    code, said = pulumi.command(local.stack, "replay-events", "update", str(log))
    assert code == 0, said
    for told in ("[advisory]  small", "Small.\n", "the cloud refuses to create b", "+ 2 created"):
        assert told in said, said


def test_our_history(local: Local, pulumi: Pulumi) -> None:
    """The command lists our updates among its own."""
    local.stack.up('Thing("a")')
    code, said = pulumi.cli(local.stack, "stack", "history", "--json")
    assert code == 0, said
    (update,) = json.loads(said)
    assert (update["kind"], update["result"]) == ("update", "succeeded")
    assert update["resourceChanges"] == {"create": 2}


def test_taints(pulumi: Pulumi) -> None:
    """Either heeds what the other has marked, and takes it back."""
    pulumi.stack.up('Thing("a")\nThing("b")')
    store = opened(pulumi.stack).store
    for name in ("a", "b"):
        code, said = pulumi.cli(pulumi.stack, "state", "taint", "--yes", urn(name))
        assert code == 0, said
    mark(store, [urn("a")], taint=False)
    assert pulumi.stack.engine.preview().change_summary == {"replace": 1, "same": 2}
    mark(store, [urn("a")], taint=True)
    code, said = pulumi.cli(pulumi.stack, "state", "untaint", "--yes", urn("b"))
    assert code == 0, said
    assert pulumi.run("preview").summary == {"replace": 1, "same": 2}


@pytest.mark.parametrize("command", ["refresh", "destroy"])
def test_a_target_that_is_not_there(pulumi: Pulumi, command: str) -> None:
    """Neither begins, and both say so in the same words."""
    pulumi.stack.up('Thing("a")')
    code, said = pulumi.cli(pulumi.stack, command, "--yes", "--skip-preview", "--target", urn("b"))
    told = f"no resource named '{urn('b')}' found"
    assert (code != 0, told in said) == (True, True), said
    with pytest.raises(EngineError, match=told):
        getattr(pulumi.stack.engine, command)(targets=[urn("b")])


def test_taking_turns(pulumi: Pulumi) -> None:
    """One stack, updated by either engine in turn: each does only what is new, and nothing twice."""
    stack = pulumi.stack
    stack.program('Thing("a", kind="x", size=1)')
    assert pulumi.run("up").summary == {"create": 2}
    assert stack.up('Thing("a", kind="x", size=2)\nThing("b")').change_summary == {
        "create": 1,
        "same": 1,
        "update": 1,
    }
    stack.program('Thing("a", kind="y", size=2)\nThing("b")')
    assert pulumi.run("up").summary == {"replace": 1, "same": 2}
    assert stack.engine.destroy().change_summary == {"delete": 3}
    assert stack.things() == {}
