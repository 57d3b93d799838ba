"""The RFC 7638 thumbprint of an RSA public key: all that Auth0 says back of an encryption key's PEM."""

from __future__ import annotations

import base64
import hashlib
import json


def thumbprint(pem: str) -> str:
    """The SHA-256 thumbprint of the RSA key in `pem`, a public key or a certificate, without padding.

    Raises ValueError where `pem` holds neither, or another kind of key.
    """
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from cryptography.x509 import load_pem_x509_certificate

    data = pem.encode()
    is_certificate = "BEGIN CERTIFICATE" in pem
    key = load_pem_x509_certificate(data).public_key() if is_certificate else load_pem_public_key(data)
    if not isinstance(key, RSAPublicKey):
        raise ValueError("not an RSA key")
    numbers = key.public_numbers()
    members = {"e": _base64url(numbers.e), "kty": "RSA", "n": _base64url(numbers.n)}
    return _encoded(hashlib.sha256(json.dumps(members, separators=(",", ":")).encode()).digest())


def _base64url(number: int) -> str:
    return _encoded(number.to_bytes((number.bit_length() + 7) // 8, "big"))


def _encoded(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()
