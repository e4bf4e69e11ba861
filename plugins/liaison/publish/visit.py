"""Visits to web pages over https, as a phone would make them that has just read a code: what is there, or why not."""

from __future__ import annotations

import ipaddress
import re
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from urllib.parse import SplitResult, urljoin, urlsplit

from urllib3 import HTTPSConnectionPool, exceptions

_PORT = 443
_LONGEST = 1_000_000
"""Bytes of a page that are read; those of ours have 40,000 at most."""
_REDIRECTS = 5
_MOVED = {301, 302, 303, 307, 308}
_HTML = {"text/html", "application/xhtml+xml"}
_ASKS = {"User-Agent": "Mozilla/5.0 (compatible; liaison verify)", "Accept": "text/html"}


class RouteError(ValueError):
    """The way to the server cannot be understood; the message is for the user."""


_ENTRY = re.compile(r"(\[[^][]+\]|[^][:]+):(\d{1,5}):(?:\[([^][]+)\]|([^][:]+))(?::(\d{1,5}))?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Route:
    """How servers are reached, and whose certificates are trusted."""

    tls: ssl.SSLContext
    resolve: Mapping[tuple[str, int], tuple[str, int]]
    """Address and port in place of a host, in lower case, and port."""
    words: str = ""
    """How it was asked for, where the way is not everybody's: 「--resolve db.example.gov.cn:443:10.1.2.3」."""

    @classmethod
    def of(cls, entries: Iterable[str] = (), ca: Path | None = None) -> Route:
        """From entries `HOST:PORT:ADDR[:PORT2]`, and a PEM file trusted besides the system's. Raises `RouteError`."""
        tls, entries = ssl.create_default_context(), tuple(entries)
        if ca is not None:
            try:
                tls.load_verify_locations(ca)
            except (OSError, ValueError):
                raise RouteError(f"证书文件读不了，或里面没有证书：{ca}") from None
        words = [f"--resolve {entry}" for entry in entries] + ([f"--ca {ca.name}"] if ca else [])
        return cls(tls, dict(_resolved(entry) for entry in entries), " ".join(words))


def _resolved(entry: str) -> tuple[tuple[str, int], tuple[str, int]]:
    try:
        host, port, inside, bare, other = _ENTRY.fullmatch(entry).groups()  # type: ignore[union-attr]
        address = ipaddress.ip_address(inside or bare).compressed
        return (host_of(urlsplit(f"//{host}")), _port(port)), (address, _port(other or port))
    except (AttributeError, ValueError):
        raise RouteError(f"看不懂“{entry}”，写成 主机:端口:IP地址，如 db.example.gov.cn:443:10.1.2.3") from None


def _port(text: str) -> int:
    if not 0 < int(text) < 1 << 16:
        raise ValueError
    return int(text)


def host_of(parts: SplitResult) -> str:
    """The host in lower case, a Chinese one as it is asked for in DNS."""
    host = parts.hostname or ""
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        return host


def netloc(parts: SplitResult) -> str:
    """Host and port as a server is told them. Raises `ValueError` on a port that is none."""
    host = host_of(parts)
    named = f"[{host}]" if ":" in host else host
    return named if parts.port in {None, _PORT} else f"{named}:{parts.port}"


class WrongError(Exception):
    """A page is not as it must be; the message is the reason."""


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes | None
    """None where it is too long."""


class Visitor:
    """Fetches pages over connections that are kept open until `close`."""

    def __init__(self, route: Route, bases: Iterable[str], *, patience: float = 10, at_once: int = 8) -> None:
        """Pages may lie on the hosts of `bases`; `patience` is how long to wait for an answer, in seconds."""
        self.at_once = at_once
        self.unanswered = 0
        """How many pages in a row got no answer."""
        self._route, self._patience = route, patience
        self._hosts = {host_of(urlsplit(base)) for base in bases}
        self._pools: dict[tuple[str, int], HTTPSConnectionPool] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """End all connections."""
        for pool in self._pools.values():
            pool.close()

    def page(self, url: str) -> str:
        """The markup at an address, redirects followed. Raises `WrongError`."""
        for _ in range(_REDIRECTS + 1):
            answer = self._answer(urlsplit(url))
            if answer.status in _MOVED and "Location" in answer.headers:
                url = self._onward(url, answer.headers["Location"])
            else:
                return _markup(answer)
        raise WrongError(f"一再跳转，超过 {_REDIRECTS} 次")

    def _onward(self, url: str, location: str) -> str:
        """Where a redirect leads."""
        try:
            there = urljoin(url, location)
            parts = urlsplit(there)
            named = netloc(parts)
        except ValueError:
            raise WrongError(f"跳转的地址写错了：{location[:80]}") from None
        if parts.scheme != "https":
            raise WrongError(f"跳转到不加密的地址：{there[:80]}")
        if host_of(parts) not in self._hosts:
            raise WrongError(f"跳转到别的网站：{named}")
        return there

    def _answer(self, parts: SplitResult) -> _Answer:
        """What the server says; where the connection fails, it is asked once more."""
        for is_last in (False, True):
            try:
                found = self._ask(parts)
            except (exceptions.HTTPError, OSError, ValueError) as error:
                if is_passing(error) and not is_last:
                    continue
                self.unanswered += 1
                raise WrongError(fault(error, host_of(parts), self._patience)) from error
            self.unanswered = 0
            return found
        raise AssertionError

    def _ask(self, parts: SplitResult) -> _Answer:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        headers = {**_ASKS, "Host": netloc(parts)}
        pool = self._pool(host_of(parts), parts.port or _PORT)
        response = pool.urlopen("GET", target, headers=headers, redirect=False, retries=False, preload_content=False)
        end, body = time.monotonic() + self._patience, bytearray()
        try:
            while chunk := response.read1(65_536, decode_content=True):
                body += chunk
                if len(body) > _LONGEST:
                    return _Answer(response.status, response.headers, None)
                if time.monotonic() > end:
                    raise TimeoutError
        finally:
            response.close()  # what was read whole has given its connection back
        return _Answer(response.status, response.headers, bytes(body))

    def _pool(self, host: str, port: int) -> HTTPSConnectionPool:
        with self._lock:
            if (host, port) not in self._pools:
                address, at = self._route.resolve.get((host, port), (host, port))
                self._pools[host, port] = HTTPSConnectionPool(
                    address,
                    at,
                    timeout=self._patience,
                    maxsize=self.at_once,
                    ssl_context=self._route.tls,
                    server_hostname=host,
                )
            return self._pools[host, port]


def _markup(answer: _Answer) -> str:
    """The text of a page. Raises `WrongError` where the answer is none."""
    if answer.status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        raise WrongError(f"网站上没有这个页面（{answer.status}）")
    if answer.status != HTTPStatus.OK:
        raise WrongError(f"打不开，服务器回答 {answer.status}")
    if answer.headers.get("Content-Type", "").partition(";")[0].strip().lower() not in _HTML:
        raise WrongError("打开的不是网页")
    if answer.body is None:
        raise WrongError("页面超过 1 MB，不是本站的页面")
    return answer.body.decode(errors="replace")


def is_passing(error: Exception) -> bool:
    """Whether the connection failed, rather than what was said over it; slow answers are not waited for twice."""
    if isinstance(error, exceptions.SSLError):
        return not isinstance(error.args[0], ssl.SSLCertVerificationError)
    return isinstance(error, exceptions.ConnectTimeoutError | exceptions.ProtocolError)


_CERTIFICATES = {
    **dict.fromkeys((18, 19, 20, 21), "证书不是受信任的机构签发的"),
    9: "证书还没有生效",
    10: "证书过期了",
    62: "证书不是发给 {host} 的",
}
"""What is wrong with a certificate, by the numbers of OpenSSL (`X509_V_ERR_…`)."""

_FAULTS = (
    (exceptions.SSLError, "没能建立加密连接（https）"),
    (exceptions.NameResolutionError, "找不到域名 {host}"),
    (exceptions.NewConnectionError, "连不上服务器"),
    ((exceptions.TimeoutError, TimeoutError), "等了 {patience:g} 秒没有回应"),
    (exceptions.ProtocolError, "连接中途断了"),
    (Exception, "连不上服务器"),
)
"""The first that fits is said; narrower kinds stand before wider ones."""


def fault(error: Exception, host: str, patience: float) -> str:
    """Why there was no answer, in words."""
    inner = error.args[0] if error.args else None
    if isinstance(inner, ssl.SSLCertVerificationError):
        words = _CERTIFICATES.get(inner.verify_code, "证书没有通过检查")
    elif isinstance(error.__cause__, ConnectionRefusedError):
        words = "服务器拒绝连接"
    else:
        words = next(words for kind, words in _FAULTS if isinstance(error, kind))
    return words.format(host=host, patience=patience)
