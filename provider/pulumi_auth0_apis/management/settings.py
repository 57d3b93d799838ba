"""Where the tenant is and how to reach it, from Pulumi's configuration and the environment.

Credentials come from the environment before the configuration: refresh and destroy are handed the
configuration of the last `up`, where a secret that was rotated since is the old one, but the environment as
it is now. The domain comes from the configuration before the environment, and the two must not differ: a
leftover variable must not send a stack to another tenant.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pulumi_auth0_apis.errors import ConfigurationError, CredentialsError

NAMESPACE = "auth0:"

KEYS = {
    "auth0:domain": "AUTH0_DOMAIN",
    "auth0:audience": "AUTH0_AUDIENCE",
    "auth0:clientId": "AUTH0_CLIENT_ID",
    "auth0:clientSecret": "AUTH0_CLIENT_SECRET",
    "auth0:apiToken": "AUTH0_API_TOKEN",
    "auth0:clientAssertionPrivateKey": "AUTH0_CLIENT_ASSERTION_PRIVATE_KEY",
    "auth0:clientAssertionSigningAlg": "AUTH0_CLIENT_ASSERTION_SIGNING_ALG",
    "auth0:maxRequestShare": "AUTH0_MAX_REQUEST_SHARE",
    "auth0:tenant": "",
}
"""Configuration keys and the environment variables that speak for them, named as the Terraform provider and
pulumi-auth0 name them. `auth0:tenant` is set by the explicit provider `Tenant` alone: it shuts the
environment out."""

MEANINGS = {
    "auth0:domain": "The tenant's domain, such as `my-tenant.eu.auth0.com`; `http://` for a sandbox on this "
    "machine only.",
    "auth0:audience": "Identifier of the Management API, `https://<domain>/api/v2/` unless given; needed "
    "behind a custom domain.",
    "auth0:clientId": "The machine-to-machine application that manages the tenant.",
    "auth0:clientSecret": "Its secret; encrypted in state.",
    "auth0:apiToken": "A Management API token instead of an application. It expires, so it suits trials "
    "only.",
    "auth0:clientAssertionPrivateKey": "Instead of the secret, the PEM of a key that is registered with the "
    "application (private-key JWT).",
    "auth0:clientAssertionSigningAlg": "The algorithm of that key: `RS256` unless given, `RS384` or `PS256`.",
    "auth0:maxRequestShare": "What part of the tenant's rate limit to take, above 0 up to 1. 1 unless given.",
}
"""What each setting is, for README, the plugin's schema and `Tenant` (`make docs`)."""

SECRET_KEYS = ("auth0:clientSecret", "auth0:clientAssertionPrivateKey", "auth0:apiToken")

LOOPBACK_ONLY = "AUTH0_APIS_LOOPBACK_ONLY"
"""Set to 1 by the local engine, which must not touch a real tenant."""

SIGNING_ALGS = ("RS256", "RS384", "PS256")
"""What Auth0 accepts for private-key JWT (Auth0 docs, "Authenticate with Private Key JWT")."""

TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""What a header carries as a token (RFC 6750, section 2.1)."""

ODD = {
    "a line break": r"[\r\n]",
    "a control character": r"[\x00-\x1f\x7f]",
    "a character that is not ASCII": r"[^\x00-\x7f]",
}
"""What no id and no secret of a client holds, the most telling first (RFC 6749, appendix A)."""

ODD_IN_TOKENS = {**ODD, "a blank": " ", "a sign that no token has": r"[^A-Za-z0-9._~+/=-]"}

_LABEL = "[a-z0-9_-]{1,63}"
_HOST = re.compile(rf"(\[::1\]|(?!.{{254}}){_LABEL}(\.{_LABEL})*\.?)(:[0-9]{{1,5}})?")


@dataclass(frozen=True, slots=True)
class ConnectionSettings:
    """One way into one tenant: a token, a client id with a secret, or a client id with a private key.

    `max_request_share` is the part of the tenant's rate limit that this process may take, above 0 up to 1.
    """

    domain: str
    base_url: str
    audience: str
    client_id: str = ""
    api_token: str = field(default="", repr=False)
    client_secret: str = field(default="", repr=False)
    client_assertion_private_key: str = field(default="", repr=False)
    client_assertion_signing_alg: str = "RS256"
    max_request_share: float = 1.0

    @classmethod
    def resolve(
        cls, config: Mapping[str, str], environ: Mapping[str, str] | None = None
    ) -> ConnectionSettings:
        """Settle every setting. Raises a ConfigurationError that says what is missing or contradicts what."""
        sources = _Sources(config, os.environ if environ is None else environ)
        domain = sources.domain()
        base_url = _base_url(domain)
        _refuse_a_real_tenant(domain, sources.environ)
        return cls(
            domain=domain,
            base_url=base_url,
            audience=sources.first("auth0:audience") or f"{base_url}/api/v2/",
            max_request_share=_share(sources.first("auth0:maxRequestShare")),
            **sources.credentials(),
        )


@dataclass(frozen=True, slots=True)
class _Sources:
    """The configuration and what of the environment may speak beside it."""

    config: Mapping[str, str]
    environ: Mapping[str, str]

    def from_config(self, key: str) -> str:
        return str(self.config.get(key) or "").strip()

    def from_environment(self, key: str) -> str:
        isolated = bool(self.from_config("auth0:tenant"))
        return "" if isolated else self.environ.get(KEYS[key], "").strip()

    def first(self, key: str) -> str:
        return self.from_environment(key) or self.from_config(key)

    def domain(self) -> str:
        configured = normalised(self.from_config("auth0:domain"))
        exported = normalised(self.from_environment("auth0:domain"))
        if configured and exported and configured != exported:
            raise ConfigurationError(
                f"The stack is configured for the tenant {configured} (auth0:domain), but AUTH0_DOMAIN in "
                f"the environment says {exported}. Nothing was called.",
                f"Unset AUTH0_DOMAIN, or set it to {configured}.",
            )
        if domain := configured or exported:
            return domain
        raise ConfigurationError(
            "There is no Auth0 tenant to talk to: auth0:domain is not set.",
            "Start one on this machine with `auth0-apis sandbox`, which says what to set."
            if self.environ.get(LOOPBACK_ONLY) == "1"
            else "Run `pulumi config set auth0:domain example.eu.auth0.com`, or set AUTH0_DOMAIN in the "
            "environment; `auth0-apis sandbox` starts a tenant on this machine.",
        )

    def credentials(self) -> dict[str, str]:
        """The first complete ones: the environment before the configuration, a token before a client."""
        client_id = self.first("auth0:clientId")
        for read in (self.from_environment, self.from_config):
            if token := read("auth0:apiToken"):
                return {"api_token": _sendable("auth0:apiToken", token)}
            if client_id and (secret := read("auth0:clientSecret")):
                return {
                    "client_id": _sendable("auth0:clientId", client_id),
                    "client_secret": _sendable("auth0:clientSecret", secret),
                }
            if client_id and (key := read("auth0:clientAssertionPrivateKey")):
                alg = _signing_alg(self.first("auth0:clientAssertionSigningAlg"))
                return {
                    "client_id": _sendable("auth0:clientId", client_id),
                    "client_assertion_private_key": key,
                    "client_assertion_signing_alg": alg,
                }
        raise self._incomplete(client_id)

    def _incomplete(self, client_id: str) -> CredentialsError:
        missing = (
            "a secret (auth0:clientSecret) is"
            if client_id
            else "a client id (auth0:clientId) and its secret are"
        )
        return CredentialsError(
            f"There are no complete credentials for the tenant {self.domain()}: {missing} not set.",
            "Set AUTH0_CLIENT_ID and AUTH0_CLIENT_SECRET in the environment, or `pulumi config set --secret "
            "auth0:clientSecret …`; AUTH0_API_TOKEN or AUTH0_CLIENT_ASSERTION_PRIVATE_KEY do as well.",
        )


def _sendable(key: str, value: str) -> str:
    """The credential, if it can be sent. The error names it, and shows nothing of it."""
    patterns = ODD_IN_TOKENS if key == "auth0:apiToken" else ODD
    for odd, pattern in patterns.items():
        if re.search(pattern, value):
            raise CredentialsError(
                f"{key} ({KEYS[key]}) holds {odd}, which is no part of it.",
                "Set it anew, as Auth0 shows it.",
            )
    return value


def refuse_malformed(key: str, value: str) -> None:
    """Raise a ConfigurationError where the value of a key cannot be one, whatever the others are."""
    match key:
        case "auth0:domain":
            _refuse_a_real_tenant(normalised(value), os.environ)
            _base_url(normalised(value))
        case "auth0:maxRequestShare":
            _share(value)
        case "auth0:clientAssertionSigningAlg":
            _signing_alg(value)
        case "auth0:clientId" | "auth0:clientSecret" | "auth0:apiToken":
            _sendable(key, value.strip())


def normalised(domain: str) -> str:
    """`https://Example.EU.auth0.com/` and `example.eu.auth0.com` are the same tenant."""
    return domain.rstrip("/").lower().removeprefix("https://")


def _base_url(domain: str) -> str:
    url = domain if domain.startswith("http://") else f"https://{domain}"
    scheme, _, host = url.partition("://")
    if not _HOST.fullmatch(host):
        raise ConfigurationError(
            f'"{domain}" is not the domain of an Auth0 tenant.',
            "Set auth0:domain to a host name such as example.eu.auth0.com, without a path.",
        )
    if scheme == "http" and not is_loopback(url):
        raise ConfigurationError(
            f"auth0:domain is {domain}, but credentials are sent over https only; http:// is for a sandbox "
            "on this machine.",
            "Leave the scheme out.",
        )
    return url


def is_loopback(domain: str) -> bool:
    """Whether a domain, or the URL of one, is a sandbox on this machine."""
    url = domain if "//" in domain else f"//{domain}"
    return urlsplit(url).hostname in ("127.0.0.1", "::1", "localhost")


def _refuse_a_real_tenant(domain: str, environ: Mapping[str, str]) -> None:
    if environ.get(LOOPBACK_ONLY) == "1" and not is_loopback(_base_url(domain)):
        raise ConfigurationError(
            f"The local engine works on a sandbox on this machine only, and auth0:domain is {domain}.",
            "Run `pulumi` itself against a real tenant; it reads the same project and state.",
        )


def refuse_a_real_tenant(config: Mapping[str, str], environ: Mapping[str, str]) -> None:
    """Raises a ConfigurationError where LOOPBACK_ONLY is set and the configured domain is not this machine.

    Asked before anything runs; without a domain there is nothing to refuse, a preview needs none.
    """
    if domain := domain_of(config, environ):
        _refuse_a_real_tenant(domain, environ)


def domain_of(config: Mapping[str, str], environ: Mapping[str, str] = os.environ) -> str:
    """The tenant that is said, whatever else is wrong; empty where none is."""
    sources = _Sources(config, environ)
    return normalised(sources.from_config("auth0:domain") or sources.from_environment("auth0:domain"))


def _share(text: str) -> float:
    try:
        share = float(text or 1)
    except ValueError:
        share = 0
    if not 0 < share <= 1:
        raise ConfigurationError(
            f"auth0:maxRequestShare is {text!r}.",
            "Set it to a part of the tenant's rate limit, above 0 up to 1.",
        )
    return share


def _signing_alg(text: str) -> str:
    if text and text not in SIGNING_ALGS:
        raise ConfigurationError(
            f"auth0:clientAssertionSigningAlg is {text!r}.",
            f"Auth0 accepts {', '.join(SIGNING_ALGS)}.",
        )
    return text or "RS256"
