"""Connections with an end: addresses of a host, a socket that no server can keep longer than its time, one answer."""

from __future__ import annotations

import errno
import http.client
import io
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from .silence import SilenceError, why

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CHUNK = 65_536

Address = tuple[str, int]
"""IP address and port."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How hosts are reached."""

    resolve: Mapping[Address, Sequence[Address]] = field(default_factory=dict)
    """Addresses in place of those of a host, in lower case, and port."""
    patience: float = 15
    """Seconds that one request may take from the first byte to the last."""
    words: str = ""
    """How it was asked for, where the way is not everybody's."""

    def is_set(self, host: str) -> bool:
        """Whether addresses of a host were given, so that DNS is not asked."""
        return bool(self._others(host))

    def _others(self, host: str) -> list[str]:
        """The addresses given for any port of a host."""
        return [address for (name, _), given in self.resolve.items() if name == host for address, _ in given]

    def addresses(self, host: str, port: int) -> list[Address]:
        """All addresses of a host, those of IPv4 first. Raises `SilenceError`."""
        given = self.resolve.get((host, port))
        if given is None:
            given = [(one, port) for one in self._others(host) or _looked_up(host, self.patience)]
        return sorted(dict.fromkeys(given), key=lambda one: is_ipv6(one[0]))


def is_ipv6(address: str) -> bool:
    """Whether an IP address is one of IPv6."""
    return ipaddress.ip_address(address.partition("%")[0]).version == 6  # noqa: PLR2004 - the number is the name


def is_ip(host: str) -> bool:
    """Whether a host is given by its address and not by a name."""
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _looked_up(host: str, patience: float) -> list[str]:
    """Addresses from DNS; the system's resolver knows no time limit, so it is left behind where it takes too long."""
    if is_ip(host):
        return [host]
    found: list[str] = []

    def ask() -> None:
        try:
            found.extend(str(one[4][0]) for one in socket.getaddrinfo(host, 443, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError):
            return

    asking = threading.Thread(target=ask, daemon=True)
    asking.start()
    asking.join(patience)
    if not found:
        raise SilenceError("dns", f"找不到域名 {host} 的地址")
    return found


class _Timed(io.RawIOBase):
    """The receiving side of a socket, which fails when the time is over."""

    def __init__(self, sock: socket.socket, end: float) -> None:
        super().__init__()
        self._sock, self._end = sock, end

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill the buffer with what comes in time."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self._sock.settimeout(left)
        return self._sock.recv_into(buffer)


class _Source:
    """What `http.client` takes for a socket."""

    def __init__(self, sock: socket.socket, end: float) -> None:
        self._raw = _Timed(sock, end)

    def makefile(self, _mode: str) -> io.BufferedReader:
        """The receiving side."""
        return io.BufferedReader(self._raw)


@dataclass(frozen=True, slots=True)
class Raw:
    """An answer as it came over the wire."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    is_cut: bool
    """Whether there was more than was wanted."""
    waited: float
    """Seconds from the request to the first line of the answer."""
    is_kept: bool
    """Whether the connection may be used again."""


class Line:
    """One connection to one address."""

    def __init__(self, address: Address, reach: Reach, tls: ssl.SSLContext | None, host: str) -> None:
        """Connect; `tls` encrypts, for the name `host`. Raises `SilenceError`."""
        self.tls_version = ""
        self.alpn = ""
        """The protocol that was agreed on inside TLS."""
        end = time.monotonic() + reach.patience
        self._patience = reach.patience
        try:
            sock = socket.create_connection(address, timeout=reach.patience)
        except OSError as error:
            raise why(error, reach.patience) from error
        try:
            if tls is not None:
                sock.settimeout(max(0.01, end - time.monotonic()))
                sock = tls.wrap_socket(sock, server_hostname=host)
                self.tls_version = sock.version() or ""
                self.alpn = sock.selected_alpn_protocol() or ""
        except (OSError, ValueError) as error:
            sock.close()
            cause = why(error, reach.patience)
            is_told = cause.is_certificate or cause.kind == "tls"
            raise cause if is_told else SilenceError("tls", f"建立加密连接时，{cause}") from error
        self.sock = sock

    def ask(self, request: bytes, most: int, patience: float | None = None) -> Raw:
        """The answer to a request, its body up to `most` bytes. Raises `SilenceError`."""
        patience = patience or self._patience
        start = time.monotonic()
        end = start + patience
        try:
            self.sock.settimeout(patience)
            self.sock.sendall(request)
            return self._answer(start, end, most)
        except (OSError, http.client.HTTPException, ValueError) as error:
            self.close()
            raise why(error, patience) from error

    def _answer(self, start: float, end: float, most: int) -> Raw:
        answer = http.client.HTTPResponse(_Source(self.sock, end), method="GET")  # type: ignore[arg-type]
        answer.begin()
        waited = time.monotonic() - start
        body = bytearray()
        while len(body) <= most and (chunk := answer.read1(_CHUNK)):
            body += chunk
        is_cut = len(body) > most
        is_kept = (answer.isclosed() or answer.length == 0) and not answer.will_close
        if answer.length and not is_cut:
            raise http.client.IncompleteRead(bytes(body), answer.length)
        if is_cut or not is_kept:
            self.close()
        headers = tuple((name.lower(), _text(value)) for name, value in answer.getheaders())
        return Raw(answer.status, headers, bytes(body[:most]), is_cut, waited, is_kept and not is_cut)

    def close(self) -> None:
        """End the connection."""
        self.sock.close()


def _text(value: str) -> str:
    """A header as text: bytes beyond ASCII are UTF-8 where they can be."""
    try:
        return value.encode("latin-1").decode()
    except UnicodeError:
        return value


NO_WAY = {errno.ENETUNREACH, errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}
"""This machine has no network of the kind; nothing is known of the server."""
