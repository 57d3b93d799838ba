"""The tenant's signing key: made when the first token is, once per process, and never written anywhere."""

from __future__ import annotations

from functools import cache

from joserfc.jwk import RSAKey


@cache
def signing_key() -> RSAKey:
    """The RSA key pair of 2,048 bits, what Auth0 signs with; its kid is its RFC 7638 thumbprint."""
    key = RSAKey.generate_key(2048, private=True)
    key.ensure_kid()
    return key


def key_set() -> dict[str, list[dict[str, str]]]:
    """The public key as `/.well-known/jwks.json` serves it, without `alg` bound: RS256 and PS256 share it."""
    public = dict(signing_key().as_dict(private=False))
    return {"keys": [{"kty": "RSA", "use": "sig", **{n: str(v) for n, v in public.items()}, "alg": "RS256"}]}
