"""The key with which an API's access tokens are encrypted: what is kept of it and how it is shown."""

from __future__ import annotations

from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from joserfc.jwk import RSAKey

from pulumi_auth0_apis.emulator.errors import invalid_body


def load(pem: str) -> RSAKey:
    """The RSA public key of a certificate or public key in PEM; 400 for anything else."""
    try:
        return _load(pem.encode())
    except ValueError as cause:
        # No public source has Auth0's words for a key that it cannot read.
        raise invalid_body("The PEM does not hold an RSA public key") from cause


def _load(pem: bytes) -> RSAKey:
    certified = b"BEGIN CERTIFICATE" in pem
    key = x509.load_pem_x509_certificate(pem).public_key() if certified else load_pem_public_key(pem)
    if not isinstance(key, RSAPublicKey):
        raise ValueError("not an RSA key")
    return RSAKey(key, key)


def show(token_encryption: dict[str, Any]) -> dict[str, Any]:
    """`token_encryption` as it is read back: the RFC 7638 thumbprint in the place of the PEM (recorded)."""
    key = dict(token_encryption["encryption_key"])
    thumbprint = load(key.pop("pem")).thumbprint()
    shown = {name: key[name] for name in ("name", "alg", "kid") if name in key}
    shown["thumbprint_sha256"] = thumbprint
    return {"encryption_key": shown, "format": token_encryption["format"]}
