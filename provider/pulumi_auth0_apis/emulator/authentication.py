"""Who calls the Management API, and may they?"""

from __future__ import annotations

from dataclasses import dataclass, field

from joserfc import jwt
from joserfc.errors import JoseError

from pulumi_auth0_apis.emulator.errors import (
    ApiError,
    AuthenticationError,
    insufficient_scope,
    missing_authentication,
)
from pulumi_auth0_apis.emulator.models.emulated_tenant import EmulatedTenant


@dataclass(frozen=True, slots=True)
class AccessToken:
    """A token that this tenant signed for its Management API."""

    client_id: str
    scopes: frozenset[str]
    expires_at: float


@dataclass(slots=True)
class Gate:
    """Checks bearer tokens; a token once verified is remembered, so that a call costs no RSA."""

    tenant: EmulatedTenant
    _seen: dict[str, AccessToken] = field(default_factory=dict)

    def admit(self, header: str | None, scopes: tuple[str, ...]) -> AccessToken:
        """The caller's token; 401 when it is not good, 403 when it lacks every one of `scopes`."""
        token = self._authenticate(header)
        if scopes and not token.scopes.intersection(scopes):
            raise insufficient_scope(scopes)
        return token

    def _authenticate(self, header: str | None) -> AccessToken:
        if header is None:
            raise missing_authentication()
        scheme, _, text = header.partition(" ")
        if scheme.lower() != "bearer" or not text:
            raise ApiError(400, "Bad HTTP authentication header format", "Bearer")
        token = self._seen.get(text) or self._remember(text)
        if token.expires_at <= self.tenant.clock():
            raise AuthenticationError("Expired token received for JSON Web Token validation")
        return token

    def _remember(self, text: str) -> AccessToken:
        if len(self._seen) > 10_000:
            self._seen.clear()
        token = self._seen[text] = self._verify(text)
        return token

    def _verify(self, text: str) -> AccessToken:
        try:
            claims = jwt.decode(text, self.tenant.signing_key, algorithms=["RS256"]).claims
        except (JoseError, ValueError) as cause:
            raise AuthenticationError("Invalid token") from cause
        if claims["iss"] != self.tenant.issuer or claims["aud"] != self.tenant.management_audience:
            raise AuthenticationError("Invalid token")
        return AccessToken(claims["azp"], frozenset(claims.get("scope", "").split()), claims["exp"])
