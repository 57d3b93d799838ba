"""The passphrase secrets provider, exactly as Pulumi's.

A key is derived from the passphrase and a random salt by a million rounds of PBKDF2-SHA256, about 0.3 s; so
it happens only when something secret is met, and once in a process. A secret is AES-256-GCM, written as
`v1:<nonce>:<ciphertext>`. The salt is written `v1:<salt>:` followed by the word "pulumi" encrypted, which
tells a wrong passphrase. See `pkg/secrets/passphrase/manager.go` of pulumi/pulumi.
"""

from __future__ import annotations

import base64
import hashlib
import os
from collections.abc import Callable, Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pulumi_auth0_apis.engine.model.problems import EngineError

ITERATIONS = 1_000_000
KEY_BYTES = 32
NONCE_BYTES = 12
SALT_BYTES = 8

PASSPHRASE = "PULUMI_CONFIG_PASSPHRASE"  # noqa: S105 - the name of the variable
_FILE = "PULUMI_CONFIG_PASSPHRASE_FILE"


class SecretsError(EngineError):
    """Something secret cannot be read or written. The message never holds the secret."""


class MissingPassphraseError(SecretsError):
    """There is no passphrase. Whoever has a user to ask may ask for it."""


class WrongPassphraseError(SecretsError):
    """The passphrase is not the one that the salt was made with."""


class SecretsProvider:
    """Encrypts and decrypts the secrets of one stack.

    Costs nothing until the first secret. Without a `salt` it makes one then and hands it to `on_new_salt`,
    which has to keep it.
    """

    def __init__(
        self,
        salt: str | None = None,
        *,
        environment: Mapping[str, str] | None = None,
        on_new_salt: Callable[[str], None] | None = None,
    ) -> None:
        self.salt = salt
        self._environment = os.environ if environment is None else environment
        self._on_new_salt = on_new_salt

    def of_state(self, written: Mapping[str, Any]) -> SecretsProvider:
        """The provider that a checkpoint names, with the same passphrase.

        Raises `SecretsError` for any other kind than a passphrase.
        """
        if written.get("type") != "passphrase":
            raise SecretsError(
                f"The secrets of this stack's state are kept by {written.get('type')!r}. The local engine "
                "only knows passphrases: use the `pulumi` command for this stack."
            )
        return SecretsProvider(written["state"]["salt"], environment=self._environment)

    @classmethod
    def new(cls, passphrase: str) -> Self:
        """A provider with a salt of its own."""
        provider = cls(environment={PASSPHRASE: passphrase})
        provider.encrypt("")
        return provider

    def to_state(self) -> dict[str, Any] | None:
        """The provider as a checkpoint names it; None as long as there was no secret and so no salt."""
        return {"type": "passphrase", "state": {"salt": self.salt}} if self.salt else None

    def unlock(self, *, required: bool = False) -> None:
        """Check the passphrase by the salt, before anything depends on it.

        Without a salt there is nothing to check it by; it has to be there only where it is `required`.
        Raises `MissingPassphraseError`, `WrongPassphraseError`, or `SecretsError` for a file or a salt that
        cannot be read.
        """
        if self.salt is not None:
            _unlock(_passphrase(self._environment), self.salt)
        elif required or self._environment.get(_FILE):
            _passphrase(self._environment)

    def encrypt(self, text: str) -> str:
        """Raises `SecretsError` without the right passphrase."""
        return _seal(self._cipher, text)

    def decrypt(self, ciphertext: str) -> str:
        """Raises `SecretsError` without the right passphrase, or when the ciphertext was changed."""
        try:
            return _open(self._cipher, ciphertext)
        except (ValueError, InvalidTag):
            raise SecretsError(
                "A secret of this stack cannot be decrypted: its ciphertext was changed, or belongs to "
                "another stack or passphrase.",
                "Set the secret again.",
            ) from None

    @cached_property
    def _cipher(self) -> AESGCM:
        phrase = _passphrase(self._environment)
        if self.salt is None:
            salt = _new_salt(phrase)
            if self._on_new_salt is not None:
                self._on_new_salt(salt)
            self.salt = salt
        return _unlock(phrase, self.salt)


def hidden(_ciphertext: str) -> str:
    """Decrypt for somebody who need not know the secret: JSON of nothing."""
    return "null"


def elided(_ciphertext: str) -> str:
    """Decrypt for somebody who cannot, as the CLI does for a stack reference: JSON of an empty object."""
    return "{}"


def _passphrase(environment: Mapping[str, str]) -> str:
    if PASSPHRASE in environment:
        return environment[PASSPHRASE]
    path = environment.get(_FILE)
    if not path:
        raise MissingPassphraseError(
            "This stack has a secret, and there is no passphrase to protect it with.",
            "Set PULUMI_CONFIG_PASSPHRASE, or PULUMI_CONFIG_PASSPHRASE_FILE to a file that holds it.",
        )
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SecretsError(
            f"The passphrase file {path} ({_FILE}) cannot be read: {error.strerror}."
        ) from None


@lru_cache
def _derive(phrase: str, salt: bytes) -> AESGCM:
    return AESGCM(hashlib.pbkdf2_hmac("sha256", phrase.encode(), salt, ITERATIONS, KEY_BYTES))


def _new_salt(phrase: str) -> str:
    salt = os.urandom(SALT_BYTES)
    return f"v1:{base64.b64encode(salt).decode()}:{_seal(_derive(phrase, salt), 'pulumi')}"


def _unlock(phrase: str, state: str) -> AESGCM:
    try:
        version, salt, proof = state.split(":", 2)
        if version != "v1":
            raise ValueError(version)
        cipher = _derive(phrase, base64.b64decode(salt, validate=True))
    except ValueError:
        raise SecretsError(
            "The encryptionsalt of this stack is malformed.", "Restore it from version control."
        ) from None
    try:
        right = _open(cipher, proof) == "pulumi"
    except (ValueError, InvalidTag):
        right = False
    if not right:
        raise WrongPassphraseError(
            "The passphrase is not the one of this stack.",
            "Set PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE to the right one.",
        )
    return cipher


def _seal(cipher: AESGCM, text: str) -> str:
    nonce = os.urandom(NONCE_BYTES)
    sealed = cipher.encrypt(nonce, text.encode(), None)
    return f"v1:{base64.b64encode(nonce).decode()}:{base64.b64encode(sealed).decode()}"


def _open(cipher: AESGCM, ciphertext: str) -> str:
    version, nonce, sealed = ciphertext.split(":")
    if version != "v1":
        raise ValueError(version)
    opened = cipher.decrypt(
        base64.b64decode(nonce, validate=True), base64.b64decode(sealed, validate=True), None
    )
    return opened.decode()
