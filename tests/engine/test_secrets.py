"""Secrets are kept as the CLI's passphrase provider keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from pulumi_auth0_apis.engine.project import secrets
from pulumi_auth0_apis.engine.project.secrets import SecretsError, SecretsProvider

# Made by the CLI with the passphrase "test".
SALT = "v1:KvrWjTLBOoo=:v1:i/WCBDm1q4+bmv8K:EKPawkzlfYxogQgPJViogCdWOPmV8g=="
CIPHERTEXT = "v1:Ggi/WwKs9wMghoNp:EhfvwAl35ouFSv+xfhpFXCUU7sS7Cw=="
RIGHT = {"PULUMI_CONFIG_PASSPHRASE": "test"}


def test_the_clis_ciphertext() -> None:
    """What the CLI encrypted is read, and what we encrypt is read back."""
    provider = SecretsProvider(SALT, environment=RIGHT)
    assert provider.decrypt(CIPHERTEXT) == "S3CRET"
    assert provider.decrypt(provider.encrypt("é")) == "é"


def test_every_encryption_is_its_own() -> None:
    """The same secret twice does not show that it is the same."""
    provider = SecretsProvider(SALT, environment=RIGHT)
    assert provider.encrypt("a") != provider.encrypt("a")


def test_a_new_salt_is_made_once_and_only_for_a_secret() -> None:
    """Without a salt, the first secret makes one, and hands it on to be kept."""
    kept: list[str] = []
    provider = SecretsProvider(environment=RIGHT, on_new_salt=kept.append)
    assert provider.to_state() is None
    ciphertext = provider.encrypt("a")
    provider.encrypt("b")
    assert kept == [provider.salt]
    assert provider.to_state() == {"type": "passphrase", "state": {"salt": provider.salt}}
    assert SecretsProvider(kept[0], environment=RIGHT).decrypt(ciphertext) == "a"


def test_nothing_is_derived_without_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """A provider that meets no secret needs no passphrase and costs nothing."""
    monkeypatch.setattr(secrets, "_derive", None)
    assert SecretsProvider(SALT, environment={}).to_state() == {"type": "passphrase", "state": {"salt": SALT}}


def test_the_passphrase_may_be_in_a_file(tmp_path: Path) -> None:
    """PULUMI_CONFIG_PASSPHRASE_FILE names a file; white space around the passphrase does not count."""
    file = tmp_path / "passphrase"
    file.write_text("test\n")
    provider = SecretsProvider(SALT, environment={"PULUMI_CONFIG_PASSPHRASE_FILE": str(file)})
    assert provider.decrypt(CIPHERTEXT) == "S3CRET"


@pytest.mark.parametrize(
    ("environment", "why"),
    [
        ({}, r"there is no passphrase.*Set PULUMI_CONFIG_PASSPHRASE"),
        ({"PULUMI_CONFIG_PASSPHRASE": "wrong"}, r"passphrase is not the one of this stack"),
        ({"PULUMI_CONFIG_PASSPHRASE_FILE": "/nowhere/at all"}, r"/nowhere/at all .* cannot be read"),
    ],
)
def test_without_the_right_passphrase(environment: dict[str, str], why: str) -> None:
    """No secret is read or written; the message says which variable to set."""
    provider = SecretsProvider(SALT, environment=environment)
    with pytest.raises(SecretsError, match=why):
        provider.encrypt("hush")
    with pytest.raises(SecretsError, match=why):
        provider.decrypt(CIPHERTEXT)


@pytest.mark.parametrize("ciphertext", ["", "v2:a:b", CIPHERTEXT[:-6] + "AAAA==", "v1:x:y", "plain"])
def test_ciphertext_that_was_changed(ciphertext: str) -> None:
    """It is refused, without telling what could be read of it."""
    with pytest.raises(SecretsError, match="cannot be decrypted"):
        SecretsProvider(SALT, environment=RIGHT).decrypt(ciphertext)


@pytest.mark.parametrize("salt", ["", "v2:a:b", "v1:%%:v1:a:b"])
def test_malformed_salt(salt: str) -> None:
    """A damaged encryptionsalt is named as such."""
    with pytest.raises(SecretsError, match="encryptionsalt of this stack is malformed"):
        SecretsProvider(salt, environment=RIGHT).encrypt("a")


def test_other_kinds_of_providers() -> None:
    """A state whose secrets a cloud service keeps is left to the real command."""
    with pytest.raises(SecretsError, match=r"'awskms'.*`pulumi` command"):
        SecretsProvider(environment=RIGHT).of_state({"type": "awskms", "state": {}})
