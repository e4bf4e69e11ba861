"""Readers of a site: threads that open pages and what these load, as fast as they can, and note whatever is wrong."""

from __future__ import annotations

import http.client
import itertools
import posixpath
import re
import threading
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

_LOADS = re.compile(rb'href="([^"]+)"')


@dataclass
class Found:
    """What readers met."""

    answers: int = 0
    wrong: list[str] = field(default_factory=list)
    """Missing, empty or mixed files: path and what came."""
    seen: dict[str, set[bytes]] = field(default_factory=dict)
    """By path, the versions that came."""


@contextmanager
def reading(port: int, known: Iterable[Mapping[str, bytes]], threads: int = 3, pause: float = 0) -> Iterator[Found]:
    """Read all pages that every one of the releases has, until the end; each answer must be of one of them.

    After each page a reader rests for so many seconds, to leave the processor to slow work.
    """
    releases = list(known)
    versions: dict[str, set[bytes]] = {}
    for one in releases:
        for path, data in one.items():
            versions.setdefault(path, set()).add(data)
    pages = sorted(path for path in versions if path.endswith(".html") and all(path in one for one in releases))
    found, stop = Found(), threading.Event()
    starts = [pages[n:] + pages[:n] for n in range(threads)]
    crew = [threading.Thread(target=_read, args=(port, one, versions, found, stop, pause)) for one in starts]
    for one in crew:
        one.start()
    try:
        yield found
    finally:
        stop.set()
        for one in crew:
            one.join()


def _read(
    port: int,
    pages: list[str],
    versions: Mapping[str, set[bytes]],
    found: Found,
    stop: threading.Event,
    pause: float,
) -> None:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        for page in itertools.cycle(pages):
            if stop.wait(pause):
                return
            body = _get(line, page, versions, found)
            for link in _LOADS.findall(body):
                _get(line, posixpath.normpath(posixpath.join(posixpath.dirname(page), link.decode())), versions, found)
    except Exception as error:  # noqa: BLE001 - a reader that gives up is a fault of its own
        found.wrong.append(f"{type(error).__name__}: {error}")
    finally:
        line.close()


def _get(line: http.client.HTTPConnection, path: str, versions: Mapping[str, set[bytes]], found: Found) -> bytes:
    line.request("GET", f"/{path}")
    answer = line.getresponse()
    body = answer.read()
    found.answers += 1
    if answer.status != 200:
        found.wrong.append(f"{path}: {answer.status}")
        return b""
    if body not in versions.get(path, ()):
        found.wrong.append(f"{path}: {len(body)} bytes of no release: {body[:60]!r}")
    found.seen.setdefault(path, set()).add(body)
    return body
