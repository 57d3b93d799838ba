"""A stack's settings reach programs as the CLI passes them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from pulumi_auth0_apis.engine.files.yaml_files import FileError
from pulumi_auth0_apis.engine.model.problems import UnsupportedError
from pulumi_auth0_apis.engine.project import secrets
from pulumi_auth0_apis.engine.project.project import Project
from pulumi_auth0_apis.engine.project.secrets import SecretsError
from pulumi_auth0_apis.engine.project.stack_config import ConfigError, StackConfig

RIGHT = {"PULUMI_CONFIG_PASSPHRASE": "test"}
# Written by `pulumi config set`, with the passphrase "test".
WRITTEN = """\
config:
  app:plain: text
  app:s:
    secure: v1:Ggi/WwKs9wMghoNp:EhfvwAl35ouFSv+xfhpFXCUU7sS7Cw==
  app:o:
    inner:
      p:
        secure: v1:UrDcC9YXHshISP44:MK0KnM+wiAj9Spgli3Q9dKyheeM=
      q: 5
  auth0:domain: x.example.com
encryptionsalt: v1:KvrWjTLBOoo=:v1:i/WCBDm1q4+bmv8K:EKPawkzlfYxogQgPJViogCdWOPmV8g==
"""

Load = Callable[..., StackConfig]


@pytest.fixture
def load(tmp_path: Path) -> Load:
    """Load the settings of the stack `dev`, with given files."""

    def load(text: str | None, declared: str = "", environment: dict[str, str] = RIGHT) -> StackConfig:
        (tmp_path / "Pulumi.yaml").write_text(f"name: app\nruntime: python\n{declared}")
        if text is not None:
            (tmp_path / "Pulumi.dev.yaml").write_text(text)
        return StackConfig.load(Project.load(tmp_path), "dev", environment)

    return load


def test_what_the_cli_wrote(load: Load) -> None:
    """Secrets are decrypted at any depth; objects are JSON; a key that holds a secret is secret."""
    config = load(WRITTEN)
    assert config.values == {
        "app:plain": "text",
        "app:s": "S3CRET",
        "app:o": '{"inner":{"p":"hush","q":5}}',
        "auth0:domain": "x.example.com",
    }
    assert config.secret_keys == ("app:s", "app:o")
    assert config.secret_texts == ("S3CRET", "hush")


def test_the_form_of_values(load: Load) -> None:
    """Everything is text; JSON has sorted keys and Go's escapes, so that both engines record the same."""
    config = load(
        "config: {a: true, b: 3, c: 2.5, d: , e: [1, '<&>'], f: {z: 1, y: null}, app:config:g: x}\n"
    )
    assert config.values == {
        "app:a": "true",
        "app:b": "3",
        "app:c": "2.5",
        "app:d": "",
        "app:e": r'[1,"\u003c\u0026\u003e"]',
        "app:f": '{"y":null,"z":1}',
        "app:g": "x",
    }


def test_no_file_and_no_passphrase(load: Load, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stack without settings has none, and nothing asks for a passphrase."""
    monkeypatch.setattr(secrets, "_derive", None)
    assert load(None, environment={}).values == {}


def test_a_secret_needs_the_passphrase(load: Load) -> None:
    """Loading does not; reading the secret does."""
    config = load(WRITTEN, environment={})
    assert config.secret_keys == ("app:s", "app:o")
    with pytest.raises(SecretsError, match="PULUMI_CONFIG_PASSPHRASE"):
        _ = config.values


DECLARED = """\
config:
  size: {type: integer, default: 3}
  name: {type: string}
  token: {secret: true, default: x}
  auth0:domain: from-project
"""


def test_the_projects_defaults(load: Load) -> None:
    """A stack's own value wins over the project's; a default is as good as a value."""
    config = load("config: {name: own, auth0:domain: own}\n", DECLARED)
    assert config.values == {
        "app:size": "3",
        "app:token": "x",
        "auth0:domain": "own",
        "app:name": "own",
    }


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("config: {}\n", "lacks configuration that .* asks for: app:name"),
        ("config: {size: x, name: n}\n", "app:size of the stack dev must be of the type integer"),
        ("config: {name: [n]}\n", "app:name of the stack dev must be of the type string"),
        ("config: {name: n, token: hush}\n", "app:token of the stack dev must be a secret"),
    ],
)
def test_what_the_project_asks_for(load: Load, text: str, why: str) -> None:
    """A missing value, one of the wrong type and a secret in clear are refused by key, never by value."""
    declared = DECLARED.replace("secret: true", "type: string, secret: true")
    with pytest.raises(ConfigError, match=why) as caught:
        load(text, declared)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("config: [a]\n", "`config`: input should be a valid dictionary"),
        ("confg: {a: b}\n", "there is no field `confg`"),
        ("encryptionsalt: 5\n", "`encryptionsalt`: input should be a valid string"),
        ("config: {'a:b:c': d}\n", "`config.a:b:c` is no key"),
        ("config: {':b': d}\n", "`config.:b` is no key"),
    ],
)
def test_mistakes(load: Load, tmp_path: Path, text: str, why: str) -> None:
    """Every mistake is one paragraph that names file and field."""
    with pytest.raises(FileError, match=rf"^{tmp_path}/Pulumi.dev.yaml is not valid: .*{why}"):
        load(text)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("secretsprovider: awskms://x\nencryptedkey: k\n", "The secrets provider awskms://x"),
        ("environment: [dev]\n", "A Pulumi ESC environment"),
    ],
)
def test_what_only_the_real_command_does(load: Load, text: str, what: str) -> None:
    """Cloud secrets providers and ESC environments are refused by name."""
    with pytest.raises(UnsupportedError, match=f"^{what}"):
        load(text)


def test_setting_values(load: Load, tmp_path: Path) -> None:
    """What is set is in the file, next to what was there; a secret as ciphertext, with its salt."""
    config = load("# mine\nconfig:\n  app:a: b  # keep\n")
    config.set("n", 5)
    config.set("auth0:clientSecret", "hush", secret=True)
    assert config.values == {"app:a": "b", "app:n": "5", "auth0:clientSecret": "hush"}
    text = (tmp_path / "Pulumi.dev.yaml").read_text()
    assert "hush" not in text
    assert text.startswith(
        "# mine\nconfig:\n  app:a: b  # keep\n  app:n: 5\n  auth0:clientSecret:\n    secure: v1:"
    )
    again = StackConfig.load(config.project, "dev", RIGHT)
    assert (again.values, again.secret_keys) == (config.values, ("auth0:clientSecret",))


def test_setting_a_secret_without_a_passphrase(load: Load, tmp_path: Path) -> None:
    """It is refused, and the file stays as it is."""
    config = load("config: {}\n", environment={})
    with pytest.raises(SecretsError, match="PULUMI_CONFIG_PASSPHRASE"):
        config.set("s", "hush", secret=True)
    assert (tmp_path / "Pulumi.dev.yaml").read_text() == "config: {}\n"
