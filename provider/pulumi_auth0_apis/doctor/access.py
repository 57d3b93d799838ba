"""Checks of access to the tenant: token, scopes, rate limit; and whether the clocks agree."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from pulumi_auth0_apis.doctor.result import Diagnosis, ok, problem, skipped, told, warning
from pulumi_auth0_apis.doctor.surroundings import Surroundings
from pulumi_auth0_apis.errors import Auth0ApisError
from pulumi_auth0_apis.management.settings import ConnectionSettings
from pulumi_auth0_apis.stacks.lifecycles import LIFECYCLES

NEEDED = tuple(dict.fromkeys(scope for provider in LIFECYCLES.values() for scope in provider.needs))
"""The scopes that the calls of all resources take."""
USEFUL = ("read:clients",)
"""For look-ups by name, and for the names of applications in an import."""

PLANS = {
    2: "the Free plan",
    10: "a self-service plan, or an Enterprise tenant that is not production",
    50: "an Enterprise production tenant",
    250: "a private cloud of 250 requests a second",
}
"""By the burst that the API states: https://auth0.com/docs/troubleshoot/customer-support/operational-policies/rate-limit-policy"""

WORRYING_SKEW, INTOLERABLE_SKEW = 10, 60
"""Seconds. An assertion of private-key JWT is made for 60 seconds."""


def check_token(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Whether Auth0 issues a token and takes it, and what it is good for."""
    answer = surroundings.answer
    if answer is None:
        cause = surroundings.unreachable
        yield skipped("token", f"See {cause} above." if cause else "There is no connection to ask for one.")
        return
    if isinstance(answer, Auth0ApisError):
        yield told("token", answer)
        return
    if isinstance(answer, httpx.HTTPError):
        yield problem(
            "token",
            f"The tenant does not answer: {answer}.",
            "Check that the tenant, or the sandbox (`auth0-apis sandbox`), runs at auth0:domain; then the "
            "network, a firewall, and HTTPS_PROXY where connections must go through a proxy.",
        )
        return
    claims = token_claims(answer)
    yield from _accepted(answer, claims, surroundings)
    yield _scopes(claims)


def _accepted(
    answer: httpx.Response, claims: Mapping[str, Any] | None, surroundings: Surroundings
) -> Iterator[Diagnosis]:
    settings = surroundings.connection
    assert isinstance(settings, ConnectionSettings)
    audience = (claims or {}).get("aud", settings.audience)
    if answer.status_code == 401:
        yield problem(
            "token", "The tenant does not take the token (401).", _why_refused(claims, surroundings)
        )
    elif settings.audience not in (audience if isinstance(audience, list) else [audience]):
        yield problem(
            "token",
            f"The token is for {audience}, and not for {settings.audience}.",
            "Ask for a token for the Management API; with a custom domain, set auth0:audience to "
            "https://<tenant>.auth0.com/api/v2/.",
        )
    elif answer.status_code not in (200, 403):
        yield warning("token", f"The tenant answered {answer.status_code}.", "See https://status.auth0.com.")
    else:
        yield ok("token", f"issued and taken by {settings.domain}")


def _why_refused(claims: Mapping[str, Any] | None, surroundings: Surroundings) -> str:
    if claims and claims.get("exp", surroundings.clock()) < surroundings.clock():
        return "It has expired. Fetch a new one into AUTH0_API_TOKEN, or use a client id and secret instead."
    return (
        "AUTH0_API_TOKEN comes before a client id and secret: unset it, or fetch a new one for this tenant's "
        "Management API."
    )


def _scopes(claims: Mapping[str, Any] | None) -> Diagnosis:
    if claims is None:
        return warning(
            "scopes",
            "The token cannot be read: it is no JWT.",
            "Ask for a token for the audience https://<tenant>/api/v2/.",
        )
    granted = set(str(claims.get("scope", "")).split())
    missing = [scope for scope in NEEDED if scope not in granted]
    if missing:
        return problem(
            "scopes",
            f"The token lacks {', '.join(missing)}; it has {_shown(granted)}.",
            "Grant them to the application in the Auth0 Dashboard: Applications → APIs → Auth0 Management "
            "API → Machine to Machine Applications. Previews need none of them.",
        )
    useful = [scope for scope in USEFUL if scope not in granted]
    if useful:
        return warning(
            "scopes",
            f"The token has all that is needed, and lacks {', '.join(useful)}.",
            "Grant it as well to look up applications by name.",
        )
    return ok("scopes", f"all of {', '.join((*NEEDED, *USEFUL))}")


def _shown(granted: set[str]) -> str:
    relevant = sorted(granted & {*NEEDED, *USEFUL})
    return ", ".join(relevant) or "none of those that are needed"


def check_rate_limit(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Check the rate limit that the headers of an answer tell."""
    answer = surroundings.answer
    if not isinstance(answer, httpx.Response):
        yield skipped("rate limit", "There is no answer to read it from.")
        return
    limit = answer.headers.get("x-ratelimit-limit", "")
    if answer.status_code == 429:
        yield warning(
            "rate limit",
            f"The limit of {limit} requests is used up at this moment.",
            "Something else calls the Management API; lower auth0:maxRequestShare to leave room for it.",
        )
    elif limit.isdecimal():
        plan = PLANS.get(int(limit), "a limit of its own")
        left = answer.headers.get("x-ratelimit-remaining", "?")
        yield ok("rate limit", f"bursts of {limit}, {left} left: {plan}")
    else:
        yield ok("rate limit", "the tenant states none")


def check_clock(surroundings: Surroundings) -> Iterator[Diagnosis]:
    """Whether this machine's clock agrees with the tenant's, by the Date of its answer."""
    answer = surroundings.answer
    date = answer.headers.get("date") if isinstance(answer, httpx.Response) else None
    if date is None:
        yield skipped("clock", "There is no answer with a Date to compare with.")
        return
    skew = round(surroundings.clock() - parsedate_to_datetime(date).timestamp())
    fix = "Set the clock of this machine by NTP: tokens and assertions are only good between two times."
    said = f"This machine's clock is {abs(skew)} s {'ahead of' if skew > 0 else 'behind'} the tenant's."
    if abs(skew) >= INTOLERABLE_SKEW:
        yield problem("clock", said, fix)
    elif abs(skew) >= WORRYING_SKEW:
        yield warning("clock", said, fix)
    else:
        yield ok("clock", "agrees with the tenant's")


def token_claims(answer: httpx.Response) -> dict[str, Any] | None:
    """The claims of the token that the request carried, unverified; None for one that is no JWT."""
    token = answer.request.headers.get("Authorization", "").removeprefix("Bearer ")
    try:
        payload = token.split(".")[1]
        claims = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    except (IndexError, ValueError):
        return None
    return claims if isinstance(claims, dict) else None
