"""What this engine does not do: the one list from which every refusal and the page's table of limits come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from pulumi_auth0_apis.engine.model.problems import UnsupportedError

THE_COMMAND: Final = "Use the real command, `pulumi`, instead."
HOW_TO_FAKE: Final = (
    "Let fakes play it: `auth0-apis … --fakes fakes.py`, or `fakes=` of a test's program; or use the real "
    "command, `pulumi`."
)


@dataclass(frozen=True)
class Unsupported:
    """Something that is refused, by name and before anything is made."""

    what: str
    """What is not here, in the documentation's Markdown."""
    why: str
    """Why not, and what to do instead."""
    instead: str = THE_COMMAND
    """The next step that an error names."""

    def error(self, what: str, instead: str = "") -> UnsupportedError:
        """The error for one program that asks for it; `what` begins its sentence."""
        return UnsupportedError(what, instead or self.instead)


BACKENDS: Final = Unsupported("backends but `file://`", "they need a service: use the CLI")
SECRETS_PROVIDERS: Final = Unsupported(
    "secrets providers but the passphrase", "they need a service: use the CLI"
)
ENVIRONMENTS: Final = Unsupported("environments of Pulumi ESC", "they need a service: use the CLI")
LANGUAGES: Final = Unsupported(
    "programs and policy packs in another language than Python",
    "the provider is Python, and runs where the program does",
)
RUNTIME_OPTIONS: Final = Unsupported(
    "runtime options of Pulumi.yaml but `virtualenv` and `toolchain`; toolchains but pip and uv",
    "they choose a Python that nobody here can find",
)
OTHER_PROVIDERS: Final = Unsupported(
    "plugins of other providers",
    "their resources are played by [fakes](#other-providers-fakes), or refused",
    HOW_TO_FAKE,
)
FUNCTIONS: Final = Unsupported(
    "functions of other providers that have no fake", "nobody can guess what they would answer: tell it"
)
REMOTE_COMPONENTS: Final = Unsupported(
    "components of a plugin (`remote`), Automation of them",
    "what is in them, only the plugin knows: put a fake of each resource in their place in the test's "
    "program",
)
IMPORTS: Final = Unsupported(
    "`import_` of what the state does not hold, on resources of others and of a plugin",
    "a fake has nothing to import, and a plugin's resources the CLI imports, after which they run here; our "
    "classes [take `import_` themselves](renaming.md)",
)
PLUGIN_OPTIONS: Final = Unsupported(
    "`version` and `plugin_download_url` on dynamic resources",
    "there is no plugin to choose; on others they are taken, and mean nothing: the plugin that is installed "
    "runs, or a fake plays",
)
ENV_VAR_MAPPINGS: Final = Unsupported(
    "`env_var_mappings`", "not asked for yet: set the variables for the run, or configure the provider"
)
STATE_MIGRATIONS: Final = Unsupported("`state_migrations`", "the SDK has them, the CLI does not yet")
ASSETS: Final = Unsupported(
    "assets and archives of dynamic resources",
    "neither Auth0's APIs nor their permissions and grants have files; resources of others take them",
)
REMOTE_ASSETS: Final = Unsupported(
    "assets and archives that are not on this machine (`RemoteAsset` of `https://`)",
    "a run on a sandbox asks nobody else: put a file or a text in their place",
    "Put a file or a text in its place.",
)
BUILTINS: Final = Unsupported(
    "`pulumi.Stash`, `getResource` of another stack", "not asked for yet: use the CLI"
)
STATES: Final = Unsupported(
    "states of another version than 3 and 4, or with features that this engine does not know",
    "what it does not know it could lose: use the CLI for such a stack",
)
VALUES: Final = Unsupported(
    "text that is not UTF-8, and numbers that are infinite or none", "a state has no form for them"
)

ALL: Final = (
    BACKENDS,
    SECRETS_PROVIDERS,
    ENVIRONMENTS,
    LANGUAGES,
    RUNTIME_OPTIONS,
    OTHER_PROVIDERS,
    FUNCTIONS,
    REMOTE_COMPONENTS,
    IMPORTS,
    PLUGIN_OPTIONS,
    ENV_VAR_MAPPINGS,
    STATE_MIGRATIONS,
    ASSETS,
    REMOTE_ASSETS,
    BUILTINS,
    STATES,
    VALUES,
)
"""All of them, in the order of the page."""

OPTIONS: Final = {
    "env_var_mappings": ("envVarMappings", ENV_VAR_MAPPINGS),
    "remote (a component of a plugin)": ("remote", REMOTE_COMPONENTS),
    "state_migrations": ("state_migrations", STATE_MIGRATIONS),
}
"""Options of resources that are refused, and the fields by which an SDK asks for them."""

OPTIONS_OF_A_PLUGIN: Final = {
    "plugin_download_url": ("pluginDownloadURL", PLUGIN_OPTIONS),
    "version": ("version", PLUGIN_OPTIONS),
}
"""Options that choose a plugin: there is none of a dynamic provider, and a fake needs none."""
