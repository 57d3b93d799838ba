"""A certificate authority of the sandbox's own, made when it starts and gone when it stops."""

from __future__ import annotations

import ssl
from collections.abc import Callable
from pathlib import Path
from typing import Any


class Certificate:
    """The server's certificate for `host`; `path` holds the authority that clients are to trust."""

    def __init__(self, host: str, directory: Path) -> None:
        import trustme  # here, because most sandboxes serve in clear

        authority = trustme.CA()
        self._certificate = authority.issue_cert(host, "localhost")
        self.path = directory / "sandbox-ca.pem"
        authority.cert_pem.write_to_path(str(self.path))

    def context(self, _config: Any, _default: Callable[[], ssl.SSLContext]) -> ssl.SSLContext:
        """The server's TLS settings, in the form that uvicorn asks for."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._certificate.configure_cert(context)
        return context
