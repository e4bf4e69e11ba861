"""Requests as a browser makes them, each answer kept, so that many checks may look at the same one.

No request outlasts its time, no body its size; a server that keeps silent again and again is left alone.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import SplitResult, urljoin, urlsplit

from liaison.publish.visit import host_of

from .coding import CodingError, decoded
from .silence import SilenceError
from .wire import Address, Line, Raw, Reach

MOST = 5_000_000
"""Bytes of a body that are read."""
_REDIRECTS = 10
_MOVED = {301, 302, 303, 307, 308}
_GIVE_UP = 3
"""So many slow answers in a row end the examination."""
_LONGEST = 300
"""Seconds after which nothing more is asked in any case."""
_AGENT = "Mozilla/5.0 (compatible; liaison doctor)"


class GivenUpError(Exception):
    """The server keeps silent again and again; nothing more is asked of it."""


@dataclass(frozen=True)
class Answer:
    """What came for one request."""

    url: str
    raw: Raw

    @property
    def status(self) -> int:
        """The status code."""
        return self.raw.status

    @cached_property
    def headers(self) -> Mapping[str, str]:
        """By name in lower case; values of the same name are joined by commas."""
        joined: dict[str, str] = {}
        for name, value in self.raw.headers:
            joined[name] = f"{joined[name]}, {value}" if name in joined else value
        return joined

    @property
    def kind(self) -> str:
        """The type of the content, without its parameters."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def codings(self) -> list[str]:
        """How the body is compressed."""
        return [one.strip().lower() for one in self.headers.get("content-encoding", "").split(",") if one.strip()]

    @cached_property
    def body(self) -> bytes:
        """The body as it was before it was compressed. Raises `CodingError`."""
        return decoded(self.raw.body, self.codings, max(MOST, 20 * len(self.raw.body)))

    @cached_property
    def text(self) -> str:
        """The body as text; empty where it cannot be decoded."""
        try:
            return self.body.decode(errors="replace")
        except CodingError:
            return ""

    @property
    def to(self) -> str:
        """Where a redirect leads; empty where it is none, or leads nowhere."""
        if self.status not in _MOVED:
            return ""
        try:
            there = urljoin(self.url, self.headers.get("location", ""))
            port_of(urlsplit(there))
        except ValueError:
            return ""
        return there if there.startswith(("http://", "https://")) else ""

    @property
    def is_moved(self) -> bool:
        """Whether it is a redirect."""
        return self.status in _MOVED


@dataclass(frozen=True, slots=True)
class Way:
    """A chain of redirects, the last answer at its end."""

    answers: tuple[Answer, ...]
    trouble: str = ""
    """`loop`, `endless`, `nowhere` or `silent`, where it does not end in a page."""
    why: str = ""
    """The reason, where it is `silent`."""

    @property
    def urls(self) -> list[str]:
        """Every address of the chain, where it leads to last included."""
        last = self.answers[-1]
        return [one.url for one in self.answers] + ([last.to] if last.to else [])

    @property
    def hops(self) -> int:
        """How many redirects there were."""
        return len(self.urls) - 1

    @property
    def last(self) -> Answer:
        """What came at its end."""
        return self.answers[-1]


def port_of(parts: SplitResult) -> int:
    """The port that is meant. Raises `ValueError`."""
    return parts.port or (443 if parts.scheme == "https" else 80)


class Client:
    """Makes requests over connections that are kept open until `close`."""

    def __init__(self, reach: Reach, tls: ssl.SSLContext) -> None:
        self.reach = reach
        self.tls = tls
        """For all connections; set anew where the certificate proves bad, so that the rest can be examined."""
        self.asked = 0
        """How many requests were made."""
        self.reused = 0
        """How many of them over a connection that was open already."""
        self._slow = 0
        self._end = time.monotonic() + _LONGEST
        self._lines: dict[tuple[str, str, int], Line] = {}
        self._answers: dict[tuple[str, frozenset[tuple[str, str]]], Answer] = {}

    def close(self) -> None:
        """End all connections."""
        for line in self._lines.values():
            line.close()
        self._lines.clear()

    def get(
        self, url: str, headers: Mapping[str, str] | None = None, *, most: int = MOST, fresh: bool = False
    ) -> Answer:
        """What is said at an address, redirects not followed; names of `headers` have `_` for `-`.

        The same question is asked once, unless `fresh`. Raises `SilenceError`, and `GivenUpError`.
        """
        asks = {"Accept_Encoding": "gzip", **(headers or {})}
        key = url, frozenset({**asks, "most": str(most)}.items())
        if fresh or key not in self._answers:
            self._answers[key] = Answer(url, self._patiently(url, asks, most))
        return self._answers[key]

    def follow(self, url: str) -> Way:
        """The chain of redirects from an address. Raises `SilenceError` where the first of it keeps silent."""
        answers = [self.get(url)]
        while answers[-1].is_moved:
            there = answers[-1].to
            if not there:
                return Way(tuple(answers), "nowhere")
            if there.partition("#")[0] in {one.url for one in answers}:
                return Way(tuple(answers), "loop")
            if len(answers) > _REDIRECTS:
                return Way(tuple(answers), "endless")
            try:
                answers.append(self.get(there.partition("#")[0]))
            except SilenceError as error:
                return Way(tuple(answers), "silent", str(error))
        return Way(tuple(answers))

    def at(self, address: Address, url: str) -> Answer:
        """What one of the addresses of a host says, over a connection of its own. Raises `SilenceError`."""
        parts = urlsplit(url)
        tls = self.tls if parts.scheme == "https" else None
        line = Line(address, self.reach, tls, host_of(parts))
        try:
            return Answer(url, line.ask(_request(parts, {"Accept_Encoding": "gzip", "Connection": "close"}), MOST))
        finally:
            line.close()

    def _patiently(self, url: str, asks: Mapping[str, str], most: int) -> Raw:
        if self._slow >= _GIVE_UP or time.monotonic() > self._end:
            raise GivenUpError
        try:
            found = self._raw(urlsplit(url), asks, most)
        except SilenceError as error:
            error.url = url
            self._slow += error.kind == "slow"
            raise
        self._slow = 0
        return found

    def _raw(self, parts: SplitResult, asks: Mapping[str, str], most: int) -> Raw:
        host, port = host_of(parts), port_of(parts)
        key = parts.scheme, host, port
        request, patience = _request(parts, asks), 4 * self.reach.patience if most > MOST else None
        self.asked += 1
        if line := self._lines.pop(key, None):
            try:
                found = line.ask(request, most, patience)
            except SilenceError as error:
                if error.kind == "slow":
                    raise
            else:
                self.reused += 1
                return self._kept(key, line, found)
        line = self.connected(host, port, self.tls if parts.scheme == "https" else None)
        return self._kept(key, line, line.ask(request, most, patience))

    def connected(self, host: str, port: int, tls: ssl.SSLContext | None) -> Line:
        """A connection to the first address of a host that answers. Raises `SilenceError`."""
        trouble = SilenceError("dns", "找不到域名的地址")
        for address in self.reach.addresses(host, port):
            try:
                return Line(address, self.reach, tls, host)
            except SilenceError as error:
                trouble = error
                if error.is_certificate or error.kind == "slow":
                    break
        raise trouble

    def _kept(self, key: tuple[str, str, int], line: Line, found: Raw) -> Raw:
        if found.is_kept:
            self._lines[key] = line
        return found


def _request(parts: SplitResult, asks: Mapping[str, str]) -> bytes:
    """The request as it goes over the wire."""
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    host = host_of(parts)
    named = f"[{host}]" if ":" in host else host
    usual = 443 if parts.scheme == "https" else 80
    at = named if parts.port in {None, usual} else f"{named}:{parts.port}"
    lines = [f"GET {_plain(target)} HTTP/1.1", f"Host: {at}", f"User-Agent: {_AGENT}", "Accept: */*"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in asks.items() if value]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("ascii", "replace")


def _plain(target: str) -> str:
    """The target as it may stand on the first line: nothing but printable ASCII."""
    return "".join(char if "!" <= char <= "~" else "".join(f"%{byte:02X}" for byte in char.encode()) for char in target)
