"""The key with which a tenant signs: made when the first token is, and kept where the tenant is kept."""

from __future__ import annotations

from functools import cache

from joserfc.jwk import RSAKey

KeySet = dict[str, list[dict[str, str]]]


@cache
def generated_key() -> RSAKey:
    """An RSA key pair of 2,048 bits, what Auth0 signs with: one a process, because making it takes long."""
    return _with_id(RSAKey.generate_key(2048, private=True))


def load_key(pem: str) -> RSAKey:
    """The key pair that `as_pem` wrote."""
    return _with_id(RSAKey.import_key(pem))


def key_set(key: RSAKey) -> KeySet:
    """The public key as `/.well-known/jwks.json` serves it; RS256 and PS256 share it."""
    public = dict(key.as_dict(private=False))
    return {"keys": [{"kty": "RSA", "use": "sig", **{n: str(v) for n, v in public.items()}, "alg": "RS256"}]}


def _with_id(key: RSAKey) -> RSAKey:
    """`key` with its RFC 7638 thumbprint as kid, so that it is the same whenever it is loaded."""
    key.ensure_kid()
    return key
