"""A stack with its configuration in clear and its tenant, wherever its state and its key are kept."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from functools import cached_property

from pulumi_auth0_apis.engine import EngineError, LocalStack
from pulumi_auth0_apis.engine.model.values import unwrapped
from pulumi_auth0_apis.errors import ConfigurationError
from pulumi_auth0_apis.management.settings import ConnectionSettings
from pulumi_auth0_apis.stacks.provider_settings import settings_of_stack
from pulumi_auth0_apis.stacks.pulumi_command import PulumiCommand


class TenantStack(LocalStack):
    """A stack of a project in a folder, and the tenant that it names."""

    @cached_property
    def configuration(self) -> Mapping[str, str]:
        """The values by full key, from the stack's file or, where its key is kept elsewhere, from `pulumi`.

        A key of Pulumi Cloud or of a cloud's key management only `pulumi` can use. Raises EngineError where
        the file cannot be read and `pulumi` is not on PATH or cannot read it either.
        """
        try:
            return self.config.values
        except EngineError:
            values = self._through_pulumi()
            if values is None:
                raise
            return values

    @cached_property
    def connection(self) -> ConnectionSettings:
        """How the stack reaches its tenant; outside of a project, what the environment says of it.

        Raises Auth0ApisError where that is nothing or contradicts itself, EngineError as `configuration`.
        """
        config = settings_of_stack(self.configuration) if self._has_project else {}
        return ConnectionSettings.resolve(config, self._environment)

    @property
    def _has_project(self) -> bool:
        try:
            return bool(self.project)
        except EngineError:
            return False

    def _through_pulumi(self) -> Mapping[str, str] | None:
        if shutil.which("pulumi") is None:
            return None
        try:
            values = PulumiCommand(self.project.root, self.name).configuration()
        except ConfigurationError:
            return None
        return {key: str(unwrapped(value)) for key, value in values.items()}
