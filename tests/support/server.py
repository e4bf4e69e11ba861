"""A static host on loopback: trees under paths, `404.html` for what is missing, and a log of what was asked for."""

from __future__ import annotations

import mimetypes
import re
import socket
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("text/vtt", ".vtt")


class StaticHost(ThreadingHTTPServer):
    """Serves each tree below its mount, a path with slashes at both ends."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, mounts: dict[str, Path]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mounts = {mount: mounts[mount] for mount in sorted(mounts, key=len, reverse=True)}
        self.log: list[tuple[str, str, int]] = []
        """Method, path and status of every request, in order."""

    @property
    def origin(self) -> str:
        """`http://127.0.0.1:…`, without a slash."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def answer(self, path: str) -> tuple[int, str, bytes]:
        """Status, place to go or kind of content, and body."""
        plain = unquote(path)
        mount = next((one for one in self.mounts if plain.startswith(one)), None)
        if mount is None:
            return HTTPStatus.NOT_FOUND, "text/plain", b"no site here"
        root = self.mounts[mount]
        file = root / plain.removeprefix(mount)
        if file.is_dir():
            if not plain.endswith("/"):
                return HTTPStatus.MOVED_PERMANENTLY, f"{path}/", b""
            file /= "index.html"
        if file.is_file() and not plain.endswith("/.."):
            kind = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
            return HTTPStatus.OK, kind, file.read_bytes()
        return HTTPStatus.NOT_FOUND, "text/html", (root / "404.html").read_bytes()

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of an answer is no fault."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StaticHost

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        path = urlsplit(self.path).path
        status, kind, body = self.server.answer(path)
        span = _span(self.headers.get("Range"), len(body)) if status == HTTPStatus.OK else None
        if span:
            status = HTTPStatus.PARTIAL_CONTENT
        self.server.log.append((self.command, path, status))
        self.send_response(status)
        if span:
            self.send_header("Content-Range", f"bytes {span.start}-{span.stop - 1}/{len(body)}")
            body = body[span.start : span.stop]
        self.send_header("Accept-Ranges", "bytes")
        if status == HTTPStatus.MOVED_PERMANENTLY:
            self.send_header("Location", kind)
        else:
            charset = "; charset=utf-8" if kind.startswith("text/") else ""
            self.send_header("Content-Type", kind + charset)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if with_body:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
        """Nothing to the terminal; the host keeps its own log."""


def _span(asked: str | None, length: int) -> range | None:
    """The bytes that a `Range` asks for, as players do to seek; None where it asks for all."""
    found = re.fullmatch(r"bytes=(\d+)-(\d*)", asked or "")
    if found is None or int(found[1]) >= length:
        return None
    return range(int(found[1]), min(int(found[2] or length - 1), length - 1) + 1)


@contextmanager
def serving(mounts: dict[str, Path]) -> Iterator[StaticHost]:
    """A host in a thread of its own, gone at the end."""
    with StaticHost(mounts) as host:
        thread = threading.Thread(target=host.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield host
        finally:
            host.shutdown()
            thread.join()


def free_port() -> int:
    """A port on loopback that nobody uses at the moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(port: int, running: subprocess.Popen[bytes]) -> None:
    """Until a server that was started answers on loopback."""
    for _ in range(500):
        assert running.poll() is None, "the server ended"
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.01)
        else:
            return
    raise AssertionError("the server does not answer")
