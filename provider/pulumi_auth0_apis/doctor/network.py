"""The way to the tenant: settings, name, certificate."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from urllib.parse import SplitResult, urlsplit

from pulumi_auth0_apis.doctor.result import Diagnosis, ok, problem, skipped, told, warning
from pulumi_auth0_apis.doctor.surroundings import SECONDS, Surroundings
from pulumi_auth0_apis.management.settings import ConnectionSettings

_PROXIES = ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy")


def check_connection_settings(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Whether domain and credentials are there and do not contradict each other."""
    settings = surroundings.connection
    if settings is None:
        yield skipped("connection", "The configuration cannot be read.")
    elif isinstance(settings, ConnectionSettings):
        how = "an API token" if settings.api_token else f"the application {settings.client_id}"
        yield ok("connection", f"{settings.domain}, by {how}")
    elif surroundings.has_tenants_alone:
        yield skipped(
            "connection", "Each resource goes by a tenant that the program names, with its own settings."
        )
    elif surroundings.will_make_a_tenant:
        yield warning(
            "connection",
            f"{settings.problem} The program names a tenant, which has settings of its own; nothing is "
            "deployed yet, so that nobody knows whether each resource goes by one.",
            "If each does, this is well. Else: " + settings.next_step,
        )
    else:
        yield told("connection", settings)


def check_network(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Whether the domain has an address, and its certificate is one that this machine trusts."""
    settings = surroundings.connection
    if not isinstance(settings, ConnectionSettings):
        yield skipped("dns", "There is no connection to check.")
        return
    proxy = next(
        (surroundings.environment[name] for name in _PROXIES if surroundings.environment.get(name)), ""
    )
    if proxy:
        yield skipped("dns", "A proxy is configured (HTTPS_PROXY), which looks names up by itself.")
        return
    for result in _route(urlsplit(settings.base_url), surroundings):
        if result.status == "problem":
            surroundings.unreachable = result.check
        yield result


def _route(url: SplitResult, surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Name, then certificate; each only where the one before is well."""
    host, port = url.hostname or "", url.port or 443
    try:
        surroundings.resolve(host, port)
    except OSError as error:
        yield problem(
            "dns",
            f"{host} has no address ({error}).",
            "Check the network, and the spelling of auth0:domain: the Dashboard shows it under Settings.",
        )
        return
    yield ok("dns", f"{host} has an address")
    yield (
        _tls(host, port) if url.scheme == "https" else skipped("tls", "A sandbox on http has no certificate.")
    )


def _tls(host: str, port: int) -> Diagnosis:
    try:
        with (
            socket.create_connection((host, port), timeout=SECONDS) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=host) as secure,
        ):
            return ok("tls", f"{secure.version()}, {_expiry(secure)}")
    except ssl.SSLCertVerificationError as error:
        return problem(
            "tls",
            f"The certificate of {host} is not trusted: {error.verify_message}.",
            "Where a proxy of your company or a sandbox with --tls answers, set SSL_CERT_FILE to the "
            "certificate of its authority; otherwise do not go on.",
        )
    except OSError as error:
        return problem(
            "tls",
            f"{host}:{port} does not accept a TLS connection ({error}).",
            "Check the network, a firewall, and HTTPS_PROXY where connections must go through a proxy.",
        )


def _expiry(secure: ssl.SSLSocket) -> str:
    until = (secure.getpeercert() or {}).get("notAfter")
    return f"certificate valid until {until}"
