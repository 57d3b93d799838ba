"""A Git server on this machine that is reached as one of the internet is: over https, by a name.

The engine clones a plugin from `https://` alone, and takes no port in the URL. So a proxy (`HTTPS_PROXY`)
leads every connection to the server, which has a certificate of its own.
"""

from __future__ import annotations

import os
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

HOST = "git.example.com"


@contextmanager
def git_server(root: Path, folder: Path) -> Iterator[dict[str, str]]:
    """Serve the bare repositories below `root`; the environment of a command that is to reach them.

    `folder` is for the certificate of the authority.
    """
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "ca.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(HOST).configure_cert(context)
    repositories = type("Repositories", (_Repositories,), {"root": root, "context": context})
    with _serving(repositories) as port, _serving(type("Proxy", (_Proxy,), {"port": port})) as proxy:
        yield {
            "HTTPS_PROXY": f"http://127.0.0.1:{proxy}",
            "NO_PROXY": "127.0.0.1,localhost",
            "SSL_CERT_FILE": str(folder / "ca.pem"),
        }


class _Repositories(BaseHTTPRequestHandler):
    """Git's own server, which is a CGI program (`git help http-backend`)."""

    root: Path
    context: ssl.SSLContext

    def setup(self) -> None:
        self.request = self.context.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def do_GET(self) -> None:
        path, _, query = self.path.partition("?")
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        asked = {
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "REQUEST_METHOD": self.command,
            "CONTENT_TYPE": self.headers.get("content-type", ""),
            "CONTENT_LENGTH": str(len(body)),
        }
        ended = subprocess.run(
            ["git", "http-backend"],
            input=body,
            env=os.environ | asked,
            stdout=subprocess.PIPE,
            check=True,
        )
        header, _, content = ended.stdout.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in header.decode().splitlines())
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in {**fields, "Content-Length": str(len(content))}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(content)

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Proxy(BaseHTTPRequestHandler):
    """Leads every connection to one port of this machine."""

    port: int

    def do_CONNECT(self) -> None:
        with socket.create_connection(("127.0.0.1", self.port)) as there:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=_pass_on, args=(there, self.connection))
            back.start()
            _pass_on(self.connection, there)
            back.join()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    """Pass on all that comes, and the end of it."""
    try:
        while data := source.recv(65536):
            target.sendall(data)
        target.shutdown(socket.SHUT_WR)
    except OSError:
        return  # one of both has gone


@contextmanager
def _serving(handler: type[BaseHTTPRequestHandler]) -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
