"""The RFC 7638 thumbprint of an RSA public key: all that Auth0 says back of an encryption key's PEM."""

from __future__ import annotations


def thumbprint(pem: str) -> str:
    """The SHA-256 thumbprint of the RSA key in `pem`, a public key or a certificate, without padding.

    Raises ValueError where `pem` holds neither, or another kind of key.
    """
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
    from cryptography.x509 import load_pem_x509_certificate
    from joserfc.jwk import RSAKey

    data = pem.encode()
    is_certificate = "BEGIN CERTIFICATE" in pem
    key = load_pem_x509_certificate(data).public_key() if is_certificate else load_pem_public_key(data)
    if not isinstance(key, RSAPublicKey):
        raise ValueError("not an RSA key")
    return RSAKey.import_key(key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)).thumbprint()
