"""What a host serves compared with the manifest of a release, byte for byte, over http or https.

Redirects are not followed: a file of the release answers for itself.
"""

from __future__ import annotations

import hashlib
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import quote, urljoin, urlsplit

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, exceptions
from urllib3.util import Timeout

from liaison.plan.urls import opened
from liaison.workers import Progress, unseen

from .audit import MISSING_PATH, Amiss, entries
from .manifest import NAME, Entry, Manifest, upload_order
from .visit import Route, WrongError, fault, host_of, is_passing, netloc

_PORTS = {"http": 80, "https": 443}
_CHUNK = 1 << 16
_SLOWEST = 50_000
"""Bytes in a second; a host that is slower is not waited for."""
_AT_ONCE = 8
_GIVE_UP = 16
"""So many files in a row without an answer mean that the server is out of reach."""
_BATCH = 512
_ASKS = {"User-Agent": "Mozilla/5.0 (compatible; liaison verify)", "Accept": "*/*", "Accept-Encoding": "identity"}
_MOVED = range(300, 400)
_GONE = {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}


@dataclass(frozen=True, slots=True)
class Online:
    """What a look at a host found."""

    amiss: tuple[Amiss, ...]
    """In order of paths."""
    looked: int
    """Files that were asked for."""
    left: int
    """Files that were not, since the server was out of reach."""
    nowhere: Amiss | None
    """What is wrong with the answer for an address that does not exist."""

    @property
    def is_good(self) -> bool:
        """Whether everything was looked at and is right."""
        return not self.amiss and not self.left and self.nowhere is None


def audit_online(
    base: str,
    manifest: Manifest,
    paths: Sequence[str] | None = None,
    *,
    route: Route | None = None,
    patience: float = 10,
    progress: Progress = unseen,
) -> Online:
    """Fetch files below `base`, every one where `paths` is left out, and an address that must not exist.

    `a/b/index.html` is asked for as `a/b/`, which people open. `patience` is how long to wait for an answer, in
    seconds. Raises `KeyError` on a path that the manifest does not have, `ValueError` on a base that is no address.
    """
    wanted = entries(manifest, upload_order((*manifest.files, NAME)) if paths is None else paths)
    fetcher = _Fetcher(base, route or Route.of(), patience)
    amiss: list[Amiss] = []
    looked = 0
    try:
        nowhere = fetcher.missing(f"none-{manifest.tree[:12]}.html")
        with progress("核对网上的文件", len(wanted)) as step:
            for path, words in fetcher.look(wanted):
                looked += 1
                amiss += [Amiss(path, words)] if words else []
                step(1)
    finally:
        fetcher.close()
    return Online(tuple(sorted(amiss)), looked, len(wanted) - looked, nowhere)


class _Fetcher:
    """Fetches files over connections that are kept open until `close`."""

    def __init__(self, base: str, route: Route, patience: float) -> None:
        self._base = urlsplit(base if base.endswith("/") else f"{base}/")
        if self._base.scheme not in _PORTS or not self._base.hostname:
            raise ValueError(base)
        self._patience = patience
        self._unanswered = 0
        self._lock = threading.Lock()
        self._pool = self._opened(route)

    def _opened(self, route: Route) -> HTTPConnectionPool:
        host, port = host_of(self._base), self._base.port or _PORTS[self._base.scheme]
        address, at = route.resolve.get((host, port), (host, port))
        timeout = Timeout(connect=self._patience, read=self._patience)
        if self._base.scheme == "http":
            return HTTPConnectionPool(address, at, timeout=timeout, maxsize=_AT_ONCE)
        return HTTPSConnectionPool(
            address, at, timeout=timeout, maxsize=_AT_ONCE, ssl_context=route.tls, server_hostname=host
        )

    def close(self) -> None:
        """End all connections."""
        self._pool.close()

    def look(self, wanted: Sequence[tuple[str, Entry]]) -> Iterator[tuple[str, str]]:
        """Each path with what is wrong there. Ends early where the server is out of reach."""
        crew = ThreadPoolExecutor(_AT_ONCE)
        try:
            for start in range(0, len(wanted), _BATCH):
                batch = wanted[start : start + _BATCH]
                for (path, _), words in zip(batch, crew.map(self._amiss, batch), strict=True):
                    yield path, words
                    if self._unanswered >= _GIVE_UP:
                        return
        finally:
            crew.shutdown(cancel_futures=True)

    def missing(self, path: str) -> Amiss | None:
        """What is wrong with the answer for a path that is nowhere; silence is left to the files to tell."""
        try:
            response = self._answer(path)
        except WrongError:
            return None
        try:
            if response.status in _GONE:
                return None
            return Amiss(path, f"没有这个网页，服务器应当回答 404，实际{_said(response, self._url(path))}")
        finally:
            response.close()

    def _amiss(self, one: tuple[str, Entry]) -> str:
        path, entry = one
        try:
            self._compare(path, entry)
        except WrongError as error:
            return str(error)
        return ""

    def _compare(self, path: str, entry: Entry) -> None:
        """Raises `WrongError` where the host serves something else."""
        response = self._answer(path)
        try:
            is_shown_for_missing = path == MISSING_PATH  # some hosts give it with the status it is shown for
            if response.status in _GONE and not is_shown_for_missing:
                raise WrongError(f"网站上没有这个文件（{response.status}）")
            if response.status not in {HTTPStatus.OK, *_GONE}:
                raise WrongError(f"取不到，服务器{_said(response, self._url(path))}")
            size, sha256 = self._read(response, entry)
        except (exceptions.HTTPError, OSError) as error:
            raise WrongError(fault(error, host_of(self._base), self._patience)) from error
        finally:
            response.close()  # what was read whole has given its connection back
        if size > entry.size:
            raise WrongError(f"内容不对：比应有的 {entry.size} 字节长")
        if size < entry.size:
            raise WrongError(f"内容不对：应有 {entry.size} 字节，网站上只有 {size} 字节")
        if sha256 != entry.sha256:
            raise WrongError("内容不对：大小一样，校验值不一样")

    def _read(self, response: BaseHTTPResponse, entry: Entry) -> tuple[int, str]:
        """Size and SHA-256 of the body, unpacked where the host packs all the same; read no further than it may be."""
        end = time.monotonic() + self._patience + entry.size / _SLOWEST
        made, size = hashlib.sha256(), 0
        while chunk := response.read1(_CHUNK, decode_content=True):
            made.update(chunk)
            size += len(chunk)
            if size > entry.size:
                break
            if time.monotonic() > end:
                raise TimeoutError
        return size, made.hexdigest()

    def _answer(self, path: str) -> BaseHTTPResponse:
        """What the server says, the body unread; where the connection fails it is asked once more."""
        for is_last in (False, True):
            try:
                found = self._pool.urlopen(
                    "GET",
                    urlsplit(self._url(path)).path,
                    headers={**_ASKS, "Host": netloc(self._base)},
                    redirect=False,
                    retries=False,
                    preload_content=False,
                )
            except (exceptions.HTTPError, OSError, ValueError) as error:
                if is_passing(error) and not is_last:
                    continue
                self._count(1)
                raise WrongError(fault(error, host_of(self._base), self._patience)) from error
            self._count(0)
            return found
        raise AssertionError

    def _url(self, path: str) -> str:
        return f"{self._base.scheme}://{netloc(self._base)}{self._base.path}{quote(opened(path))}"

    def _count(self, unanswered: int) -> None:
        with self._lock:
            self._unanswered = self._unanswered + unanswered if unanswered else 0


def _said(response: BaseHTTPResponse, url: str) -> str:
    location = response.headers.get("Location", "")
    if response.status in _MOVED and location:
        return f"回答 {response.status}，跳转到 {urljoin(url, location)[:120]}"
    return f"回答 {response.status}"
