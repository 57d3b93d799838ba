"""The settings of one stack: `Pulumi.<stack>.yaml`, joined with what the project declares for all stacks.

The format is described at https://www.pulumi.com/docs/iac/concepts/config/.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from pulumi_auth0_apis.engine.files.atomic import write_atomically
from pulumi_auth0_apis.engine.files.yaml_files import FileError, check, read_yaml, set_entry
from pulumi_auth0_apis.engine.model import unsupported
from pulumi_auth0_apis.engine.model.problems import EngineError
from pulumi_auth0_apis.engine.project.project import Declaration, Project, fits, full_key
from pulumi_auth0_apis.engine.project.secrets import SecretsError, SecretsProvider


class ConfigError(EngineError):
    """A stack's configuration does not fit what the project declares."""


class _StackFile(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)

    config: dict[str, Any] | None = None
    secretsprovider: str | None = None
    encryptedkey: str | None = None
    encryptionsalt: str | None = None
    environment: Any = None


class StackConfig:
    """The configuration of a stack. Nothing is decrypted before somebody asks for a value."""

    def __init__(
        self,
        project: Project,
        stack: str,
        written: Mapping[str, Any],
        salt: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.project = project
        self.stack = stack
        self.written = written
        """By full key, as the file has it: a secret is `{"secure": ciphertext}`."""
        self.secrets = SecretsProvider(salt, environment=environment, on_new_salt=self._keep_salt)

    @classmethod
    def load(cls, project: Project, stack: str, environment: Mapping[str, str] | None = None) -> StackConfig:
        """Load a stack's settings; a stack without a file has none.

        Raises what `read` does, and `ConfigError` where a declared value is missing or of the wrong type.
        """
        config = cls.read(project, stack, environment)
        config.require_complete()
        return config

    @classmethod
    def read(cls, project: Project, stack: str, environment: Mapping[str, str] | None = None) -> StackConfig:
        """Read them as they are written, be they complete or not.

        Raises `FileError` for a file that is not valid, `UnsupportedError` for one that only `pulumi` can
        take.
        """
        file = project.stack_file(stack)
        content = check(_StackFile, read_yaml(file) if file.exists() else {}, file)
        _refuse(content, file)
        own = {_key(project.name, key, file): value for key, value in (content.config or {}).items()}
        return cls(project, stack, {**_declared(project), **own}, content.encryptionsalt, environment)

    @cached_property
    def values(self) -> Mapping[str, str]:
        """The values for programs and providers: text by full key, secrets in clear, objects as JSON."""
        return {key: _text(self._decrypted(value)) for key, value in self.written.items()}

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The keys whose value is a secret or holds one."""
        return tuple(key for key, value in self.written.items() if any(_ciphertexts(value)))

    @cached_property
    def secret_texts(self) -> tuple[str, ...]:
        """Every secret in clear, to hide it in what is shown."""
        return tuple(self.secrets.decrypt(each) for each in _ciphertexts(dict(self.written)))

    def set(self, key: str, value: Any, *, secret: bool = False) -> None:
        """Write a value to the stack's file. Raises `SecretsError` where a secret has no passphrase."""
        key = full_key(self.project.name, key)
        written = {"secure": self.secrets.encrypt(_text(value))} if secret else value
        self._write(("config", key), written)
        self.written = {**self.written, key: written}
        self.__dict__.pop("values", None)
        self.__dict__.pop("secret_texts", None)

    def _decrypted(self, value: Any) -> Any:
        if _is_secure(value):
            return self.secrets.decrypt(value["secure"])
        if isinstance(value, dict):
            return {str(key): self._decrypted(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._decrypted(item) for item in value]
        return value

    def _keep_salt(self, salt: str) -> None:
        try:
            self._write(("encryptionsalt",), salt)
        except OSError as error:
            raise SecretsError(
                f"The salt of the passphrase cannot be kept in {self.project.stack_file(self.stack)}: "
                f"{error.strerror}.",
                "Make the file writable; nothing is encrypted before that.",
            ) from None

    def _write(self, path: tuple[str, ...], value: Any) -> None:
        file = self.project.stack_file(self.stack)
        text = file.read_text(encoding="utf-8") if file.exists() else ""
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, set_entry(text, path, value).encode())

    def require_complete(self) -> None:
        """Raise `ConfigError` where a value that the project declares is missing, or of another type."""
        declared = self.project.declared
        missing = [
            key for key in declared if key not in self.written and key.startswith(f"{self.project.name}:")
        ]
        if missing:
            names = ", ".join(sorted(missing))
            raise ConfigError(
                f"The stack {self.stack} lacks configuration that {self.project.file} asks for: {names}.",
                f"Set it with `pulumi config set`, or in {self.project.stack_file(self.stack)}.",
            )
        for key, declaration in declared.items():
            self._check_value(key, declaration)

    def _check_value(self, key: str, declared: Declaration) -> None:
        if declared.type is None:
            return
        value = self.written[key]
        if declared.secret and not any(_ciphertexts(value)):
            raise ConfigError(
                f"{key} of the stack {self.stack} must be a secret, because {self.project.file} says so.",
                f"Set it with `pulumi config set --secret {key}`.",
            )
        is_structure = isinstance(value, dict | list) and not _is_secure(value)
        if not fits(declared, value if is_structure else _text(self._decrypted(value))):
            raise ConfigError(f"{key} of the stack {self.stack} must be of the type {declared.type}.")


def _refuse(content: _StackFile, file: Path) -> None:
    if content.environment:
        raise unsupported.ENVIRONMENTS.error(f"A Pulumi ESC environment ({file.name})")
    if content.encryptedkey or content.secretsprovider not in (None, "", "passphrase"):
        raise unsupported.SECRETS_PROVIDERS.error(
            f"The secrets provider {content.secretsprovider} ({file.name})"
        )


def _key(project: str, key: str, file: Path) -> str:
    namespace, *rest = full_key(project, key).split(":")
    if len(rest) == 2 and rest[0] == "config":  # an older way to write it
        rest = rest[1:]
    if len(rest) != 1 or not namespace or not rest[0]:
        raise FileError(f"{file} is not valid: `config.{key}` is no key. Keys are written `namespace:name`.")
    return f"{namespace}:{rest[0]}"


def _declared(project: Project) -> dict[str, Any]:
    """The values that a project gives to stacks that have none of their own."""
    values = {
        key: each.value if each.default is None else each.default for key, each in project.declared.items()
    }
    return {key: value for key, value in values.items() if value is not None}


def _is_secure(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"secure"} and isinstance(value["secure"], str)


def _ciphertexts(value: Any) -> Iterator[str]:
    if _is_secure(value):
        yield value["secure"]
    elif isinstance(value, dict):
        for item in value.values():
            yield from _ciphertexts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _ciphertexts(item)


_GO_ESCAPES = str.maketrans(
    {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"}
)


def _text(value: Any) -> str:
    """The text of a value; JSON exactly as Go writes it, so that both engines record the same."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    written = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return written.translate(_GO_ESCAPES)
