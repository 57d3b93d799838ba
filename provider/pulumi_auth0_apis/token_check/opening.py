"""The signed token inside an encrypted one, with the API's private key."""

from __future__ import annotations

from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import RSAKey

_CONTENT_ENCRYPTIONS = ("A256GCM", "A128CBC-HS256", "A256CBC-HS512")
_OAEP = {"RSA-OAEP-256": hashes.SHA256(), "RSA-OAEP-384": hashes.SHA384(), "RSA-OAEP-512": hashes.SHA512()}
"""What Auth0 offers; RFC 7518, and so the JOSE library, has the first alone."""


def open_sealed(token: str, private_key: str) -> str:
    """The JWT nested in a compact JWE. Raises ValueError when the key (PEM) is none, or does not open it."""
    for name, digest in _OAEP.items():
        model: Any = type(jwe.JWERegistry.algorithms["alg"]["RSA-OAEP-256"])
        jwe.JWERegistry.register(model(name, name, padding.OAEP(padding.MGF1(digest), digest, None)))
    try:
        key = RSAKey.import_key(private_key)
        opened = jwe.decrypt_compact(token, key, algorithms=[*_OAEP, *_CONTENT_ENCRYPTIONS])
    except (JoseError, ValueError) as error:
        raise ValueError(f"The private key does not open the token: {error}.") from error
    assert opened.plaintext is not None
    return opened.plaintext.decode()
