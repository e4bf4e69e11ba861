"""A host on loopback that serves a small site well, but for what a test has it do on the wire."""

from __future__ import annotations

import gzip
import hashlib
import socket
import socketserver
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

_TYPES = {
    "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8",
    "json": "application/json", "xml": "text/xml; charset=utf-8", "svg": "image/svg+xml", "txt": "text/plain",
    "vtt": "text/vtt; charset=utf-8", "jpg": "image/jpeg", "png": "image/png", "pdf": "application/pdf",
    "mp4": "video/mp4", "woff2": "font/woff2",
}  # fmt: skip

_TEXT = ("text", "application/json", "image/svg")

Manner = Callable[[str, Mapping[str, str], bytes], bytes | Iterator[bytes] | None]
"""What is sent for a path, given the request's headers and the answer that would be right; None for just that."""


class RudeHost(socketserver.ThreadingTCPServer):
    """Serves files by path; its manner may be set anew at any time."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 64

    def __init__(self, files: Mapping[str, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.files = files
        self.manner: Manner = lambda _path, _headers, _right: None
        self.over = threading.Event()

    @property
    def url(self) -> str:
        """The address of the site."""
        return f"http://127.0.0.1:{self.server_address[1]}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that has had enough is no fault."""

    def right(self, path: str, headers: Mapping[str, str]) -> bytes:
        """The answer of a good server."""
        name = path.partition("?")[0].lstrip("/")
        file = f"{name}index.html" if not name or name.endswith("/") else name
        if f"{name}/index.html" in self.files:
            return answer(301, b"", Location=f"{path.partition('?')[0]}/" + path[len(path.partition("?")[0]) :])
        status = 200 if file in self.files else 404
        body = self.files.get(file, self.files["404.html"])
        more = {"Content-Type": _TYPES.get(file.rpartition(".")[2] if status == 200 else "html", "text/plain")}
        more |= {"ETag": f'"{hashlib.sha256(body).hexdigest()[:16]}"', "Cache-Control": "max-age=300"}
        if headers.get("if-none-match") == more["ETag"]:
            return answer(304, b"", **more)
        if asked := headers.get("range"):
            start, _, end = asked.removeprefix("bytes=").partition("-")
            part = body[int(start) : int(end) + 1]
            return answer(206, part, **more, Content_Range=f"bytes {start}-{end}/{len(body)}")
        if "gzip" in headers.get("accept-encoding", "") and more["Content-Type"].startswith(
            ("text", "application/json", "image/svg")
        ):
            body, more = gzip.compress(body, 1), {**more, "Content-Encoding": "gzip", "Vary": "Accept-Encoding"}
        return answer(status, body, **more)


def answer(status: int, body: bytes, **headers: str) -> bytes:
    """An answer as it goes over the wire; names have `_` for `-`."""
    headers = {
        "X_Content_Type_Options": "nosniff", "X_Frame_Options": "DENY", "Referrer_Policy": "origin",
        "Content_Length": str(len(body)), **headers,
    }  # fmt: skip
    lines = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} OK\r\n{lines}\r\n".encode() + body


class _Handler(socketserver.StreamRequestHandler):
    server: RudeHost
    disable_nagle_algorithm = True

    def handle(self) -> None:
        while line := self.rfile.readline():
            path = line.split()[1].decode()
            headers = {}
            while (one := self.rfile.readline().decode().strip()) != "":
                name, _, value = one.partition(":")
                headers[name.lower()] = value.strip()
            right = self.server.right(path, headers)
            said = self.server.manner(path, headers, right)
            for part in [right] if said is None else [said] if isinstance(said, bytes) else said:
                self.wfile.write(part)
                if self.server.over.is_set():
                    return
            if not _is_whole(right if said is None else said):
                self.connection.shutdown(socket.SHUT_WR)
                return


def _is_whole(said: bytes | Iterator[bytes]) -> bool:
    """Whether who reads it knows where it ends."""
    if not isinstance(said, bytes):
        return False
    head, _, body = said.partition(b"\r\n\r\n")
    return f"Content-Length: {len(body)}\r\n".encode() in head + b"\r\n"


@contextmanager
def rude(files: Mapping[str, bytes]) -> Iterator[RudeHost]:
    """A host in a thread of its own, gone at the end."""
    with RudeHost(files) as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield host
        finally:
            host.over.set()
            host.shutdown()
            thread.join()
