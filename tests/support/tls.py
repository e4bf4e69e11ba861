"""An https host on loopback with a certificate of its own: trees, or whatever a test wants said under a path."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import trustme

from support.server import StaticHost, _Handler

HOST = "db.example.gov.cn"


@dataclass(frozen=True, slots=True)
class Reply:
    """What is said under one path."""

    status: int = 200
    body: bytes = b""
    kind: str = "text/html; charset=utf-8"
    location: str = ""
    pause: float = 0
    """Seconds before a word is said."""
    drip: float = 0
    """Seconds between two bytes of the body."""
    hangs_up: bool = False
    """Nothing is said; the connection ends."""


class TlsHost(StaticHost):
    """A static host over TLS. `replies` go before what the trees hold."""

    def __init__(self, mounts: dict[str, Path], name: str, ca: Path, tls: ssl.SSLContext) -> None:
        super().__init__(mounts)
        self.RequestHandlerClass = _Replying
        self.name, self.ca = name, ca
        self.replies: dict[str, Reply] = {}
        """By path."""
        self.asked_for: list[str] = []
        """The `Host` of every request that a reply was for, in order."""
        self.over = threading.Event()
        self._tls = tls

    @property
    def port(self) -> int:
        """On 127.0.0.1."""
        return int(self.server_address[1])

    @property
    def resolve(self) -> str:
        """What `--resolve` is told to come here for the host that the certificate names first."""
        return self.resolve_for(self.name)

    def resolve_for(self, name: str) -> str:
        """The same for another host."""
        return f"{name}:443:127.0.0.1:{self.port}"

    def get_request(self) -> tuple[Any, Any]:
        """A connection; the handshake waits for the thread that answers."""
        plain, address = super().get_request()
        assert isinstance(plain, socket.socket)
        return self._tls.wrap_socket(plain, server_side=True, do_handshake_on_connect=False), address


class _Replying(_Handler):
    server: TlsHost
    disable_nagle_algorithm = True

    def _answer(self, *, with_body: bool) -> None:
        path = urlsplit(self.path).path
        reply = self.server.replies.get(path)
        if reply is None:
            super()._answer(with_body=with_body)
            return
        self.server.log.append((self.command, path, reply.status))
        self.server.asked_for.append(self.headers["Host"])
        self.server.over.wait(reply.pause)
        if reply.hangs_up:
            self.close_connection = True
            return
        self.send_response(reply.status)
        if reply.location:
            self.send_header("Location", reply.location)
        if reply.kind:
            self.send_header("Content-Type", reply.kind)
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if with_body:
            self._say(reply)

    def _say(self, reply: Reply) -> None:
        if not reply.drip:
            self.wfile.write(reply.body)
            return
        for byte in reply.body:
            self.wfile.write(bytes([byte]))
            self.server.over.wait(reply.drip)


@contextmanager
def serving_tls(
    folder: Path,
    *names: str,
    mounts: Mapping[str, Path] | None = None,
    not_after: datetime | None = None,
) -> Iterator[TlsHost]:
    """A host in a thread of its own, gone at the end. Its certificate holds for `names`, else for `HOST`.

    `folder` gets `ca.pem`, the authority that signed it; `not_after` ends its time.
    """
    names = names or (HOST,)
    authority = trustme.CA()
    ca = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(ca))
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, not_after=not_after).configure_cert(tls)
    with TlsHost(dict(mounts or {}), names[0], ca, tls) as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield host
        finally:
            host.over.set()
            host.shutdown()
            thread.join()
