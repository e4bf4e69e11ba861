"""What is examined: a site at an address, what it should hold, and which of it is looked at."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from urllib.parse import quote, urljoin, urlsplit

from liaison.plan.urls import opened
from liaison.publish.manifest import Manifest
from liaison.publish.visit import host_of

from .client import MOST, Answer, Client
from .markup import Markup
from .silence import SilenceError

_OK = 200
_PAGES = 8
"""Pages that are looked at."""
_ENOUGH = 4000
"""Bytes of a file that every server thinks worth compressing: IIS does from 2,700."""
_BINARY = {"pdf", "mp4", "mp3", "m4a", "jpg", "jpeg", "png", "webp", "gif", "zip", "woff", "woff2", "xlsx", "ico"}
_SOME = 65_536
"""Bytes of such a file that are read."""
WECHAT = "MP_verify_"
"""What the name of the file begins with by which WeChat knows a site."""
_CODE_PAGE = re.compile(r"([SD])/([A-Z0-9]{2})/([A-Z0-9]{5})/index\.html")


def extension(path: str) -> str:
    """`html` of a page; empty where there is none."""
    return path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""


@dataclass(frozen=True)
class Subject:
    """A site that answers, for all checks of its pages."""

    base: str
    """Its address; ends in a slash."""
    client: Client
    now: datetime
    hosts: frozenset[str]
    """Hosts that are the site's own."""
    release: Manifest | None = None
    """What it should hold."""
    is_live: bool = False
    """Whether the site itself says so: its own manifest."""
    media_hosts: frozenset[str] = frozenset()
    """Hosts that recordings may lie on."""

    @property
    def is_secure(self) -> bool:
        """Whether it is examined over https."""
        return self.base.startswith("https://")

    @property
    def host(self) -> str:
        """In lower case."""
        return host_of(urlsplit(self.base))

    def url(self, path: str) -> str:
        """The address of something below the site."""
        return self.base + quote(path, safe="/~.-_?=&%")

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """What is said below the site. Raises `SilenceError`."""
        return self.client.get(self.url(path), headers)

    def part(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """The same of a file; only the beginning of one that may be large."""
        most = _SOME if extension(path) in _BINARY else MOST
        return self.client.get(self.url(opened(path)), headers, most=most)

    @cached_property
    def home(self) -> Answer:
        """The home page."""
        return self.get("")

    @cached_property
    def missing(self) -> Answer:
        """What is said where there is nothing."""
        return self.get("liaison-doctor-none/none.html")

    @cached_property
    def files(self) -> dict[str, int]:
        """Paths of files with their sizes; without a manifest what the home page leads to, sizes unknown (0)."""
        if self.release is not None:
            return {path: entry.size for path, entry in self.release.files.items()}
        found = Markup.of(self.home.text)
        below = {self._below(link): 0 for link in [*found.loaded, *found.links]}
        return {"index.html": 0, **{path: size for path, size in below.items() if path}}

    def _below(self, link: str) -> str:
        """A link of the home page as a path below the site; empty where it is none."""
        try:
            there = urljoin(self.base, link).partition("#")[0].partition("?")[0]
        except ValueError:
            return ""
        if not there.startswith(self.base) or there == self.base:
            return ""
        path = there.removeprefix(self.base)
        return f"{path}index.html" if path.endswith("/") else path

    @cached_property
    def codes(self) -> list[str]:
        """Pages of codes that are looked at: one station, one deputy."""
        found = {match[1]: path for path in sorted(self.files, reverse=True) if (match := _CODE_PAGE.fullmatch(path))}
        return [found[kind] for kind in ("S", "D") if kind in found]

    @cached_property
    def pages(self) -> list[str]:
        """Pages that are looked at: home, codes, one of each further part of the site."""
        parts: dict[str, str] = {}
        for path in sorted(self.files):
            if path.endswith("/index.html"):
                parts.setdefault(path.partition("/")[0], path)
        return list(dict.fromkeys(["index.html", *self.codes, *parts.values()]))[:_PAGES]

    @cached_property
    def live_pages(self) -> dict[str, Answer]:
        """Those of them that are there."""
        return {path: answer for path, answer in self._there(self.pages) if answer.kind in {"", "text/html"}}

    @cached_property
    def samples(self) -> list[str]:
        """One file for each extension, of a size that tells most."""
        best: dict[str, str] = {}
        for path in sorted(self.files, key=lambda one: (*_fitness(self.files[one]), one)):
            if path != "404.html" and not path.startswith(WECHAT):
                best.setdefault(extension(path), path)
        return [path for kind, path in sorted(best.items()) if kind]

    @cached_property
    def live_samples(self) -> dict[str, Answer]:
        """Those of them that are there."""
        return dict(self._there(self.samples))

    def _there(self, paths: Iterable[str]) -> Iterator[tuple[str, Answer]]:
        for path in paths:
            try:
                answer = self.part(path)
            except SilenceError:
                continue
            if self.is_there(path, answer):
                yield path, answer

    def is_there(self, path: str, answer: Answer) -> bool:
        """Whether an answer is what lies at a path, and not the page that some servers give for everything missing."""
        is_filler = self.missing.status == _OK and answer.text == self.missing.text and path != "index.html"
        return answer.status == _OK and not is_filler

    def is_as_signed(self, path: str, body: bytes) -> bool:
        """Whether bytes are those that the site's own manifest promises; true where it promises nothing."""
        if self.release is None or not self.is_live or path not in self.release.files:
            return True
        return hashlib.sha256(body).hexdigest() == self.release.files[path].sha256


def _fitness(size: int) -> tuple[bool, int]:
    """The smallest of those that are large enough comes first, else the largest."""
    return size < _ENOUGH, size if size >= _ENOUGH else -size
