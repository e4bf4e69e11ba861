"""A page as it is read without a server: links to folders end in `index.html`, and a line says so.

Only addresses change; every other byte of the markup stays. Pure: whoever calls it reads and writes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape
from posixpath import normpath
from urllib.parse import unquote, urlsplit

CODES = "liaison/assets/offline-codes.js"
"""Which codes have a page: what a server would be asked for."""

_INDEX = "index.html"

_ATTRIBUTES = rb"""(?:[^>"']++|"[^"]*+"|'[^']*+')*+"""
_OPEN = rb"""["'].*|\Z"""
"""How a tag ends that is not closed: it takes the rest of the page, as it does in a browser, and is looked at once."""
_TAG = re.compile(
    rb"<!--.*?(?:-->|\Z)"
    rb"|<(?P<raw>(?i:script|style|textarea|title))(?P<of_raw>(?=[\s/>])" + _ATTRIBUTES + rb")"
    rb"(?:>.*?(?:</(?P=raw)(?=[\s/>])|\Z)|" + _OPEN + rb")"
    rb"|<(?P<name>[a-zA-Z][^\s/>]*+)(?P<of_name>" + _ATTRIBUTES + rb")" + rb"(?:>|" + _OPEN + rb")",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""(\s[^\s=>/"']++\s*=\s*)("[^"]*"|'[^']*'|[^\s>"']+)""")

_ADDRESSES = frozenset({b"href", b"src", b"action", b"formaction", b"poster", b"data"})
_WITHOUT_FILE = b"data-base"
"""An address that a script puts something behind."""
_ANYWHERE = frozenset({b"a", b"area"})
"""Elements that may name the site by its whole address and mean a page of this copy."""

_CANONICAL = re.compile(rb"""\srel\s*=\s*["']?[^"'>]*\bcanonical\b""", re.IGNORECASE)
_REFRESH = re.compile(rb"""http-equiv\s*=\s*["']?refresh\b""", re.IGNORECASE)
_TARGET = re.compile(rb"(\s*\d+\s*[;,]\s*url\s*=\s*)(.*)", re.IGNORECASE | re.DOTALL)
_HOST = re.compile(r"(?i)https?://[^/?#]*")
_ENTRY = re.compile(rb"""\ssrc\s*=\s*["']?[^"'>\s]*liaison/assets/entry\.js\b""")

_HEADER = re.compile(rb'<header class="top">.*?(?=</header>)', re.DOTALL)

_SEARCH = b'data-md-component="search"'
_SEARCH_BOX = re.compile(rb'<div\b[^>]*\bdata-md-component="search"[^>]*>')
_SEARCH_LABEL = re.compile(rb'<label\b[^>]*\bfor="__search"[^>]*>.*?</label>', re.DOTALL)
_DIV = re.compile(rb"<(/?)div\b")


@dataclass(frozen=True)
class Copy:
    """What holds for every page of a copy."""

    files: Collection[str]
    """Paths of all files that the copy will hold; to be asked often."""
    bases: tuple[str, ...]
    """Whole addresses under which the pages are known: that of the site first, and what codes begin with."""
    today: date
    """The day the release was made for."""

    @cached_property
    def mount(self) -> str:
        """The path of the site on its host, with slashes at both ends."""
        return urlsplit(self.bases[0]).path or "/"

    @cached_property
    def places(self) -> tuple[str, ...]:
        """Host and path of each base, host in lower case."""
        return tuple(_place(base) for base in self.bases)

    def page(self, path: str, data: bytes) -> bytes:
        """The page at `path` for the copy."""
        links = _Links(self, path)
        made = _tags(data, links)
        if _SEARCH in made:
            made = _without_search(made)
        return self._noted(made)

    def codes(self) -> bytes:
        """A script that says which codes have a page, for the page where they are typed."""
        parts = (path.split("/") for path in self.files if path[:2] in {"S/", "D/"})
        codes = sorted("".join(part[:3]) for part in parts if part[3:] == [_INDEX])
        return f"window.liaisonListed = '{' '.join(codes)}';\n".encode()

    def _noted(self, page: bytes) -> bytes:
        """With the line that says what it is: at the end of the emblem row, or first of all where there is none."""
        words = f"离线版：内容截至{self.today.year}年{self.today.month}月{self.today.day}日，以网站上公布的为准"
        header = _HEADER.search(page)
        end = header.end() if header else page.find(b">", page.find(b"<body")) + 1 if b"<body" in page else 0
        return page[:end] + f'<p class="sample">{words}</p>\n'.encode() + page[end:] if end else page


class _Links:
    """Addresses on one page."""

    def __init__(self, copy: Copy, path: str) -> None:
        self._copy = copy
        self._folder = path.rpartition("/")[0]
        self.up = "../" * path.count("/")

    def file(self, address: str, *, anywhere: bool = False) -> str:
        """The address, so that it leads to a file; as it is where it leads elsewhere or nowhere."""
        at, rest = _halves(address)
        here = self._here(at, anywhere=anywhere)
        if here is None or (not here and not at):
            return address
        named = unquote(unescape(here))
        is_folder = not named or named.endswith(("/", "/.", "/..")) or named in {".", ".."}
        target = normpath(f"{self._folder}/{named}" if self._folder else named or ".")
        index = _INDEX if target == "." else f"{target}/{_INDEX}"
        if not is_folder and target in self._copy.files:
            return here + rest
        if index in self._copy.files:
            return f"{here}{'' if here.endswith('/') or not here else '/'}{_INDEX}{rest}"
        return address if at != here and anywhere and _HOST.match(at) else here + rest

    def folder(self, address: str) -> str:
        """The address of a folder that a script goes on from."""
        here = self._here(address, anywhere=False)
        return address if here is None else here or "./"

    def _here(self, at: str, *, anywhere: bool) -> str | None:
        """The path as seen from this page; None where it leads out of the site."""
        if _HOST.match(at):
            place = _place(at)
            for base in self._copy.places if anywhere else ():
                if place.startswith(base):
                    return self.up + place[len(base) :]
            return None
        if re.match(r"//|[a-zA-Z][a-zA-Z0-9+.-]*:", at):
            return None
        if at.startswith("/"):
            mount = self._copy.mount
            return self.up + at[len(mount) :] if at.startswith(mount) else None
        return at


def _halves(address: str) -> tuple[str, str]:
    """The path, and what begins with `?` or `#`."""
    ends = [place for place in (address.find("?"), address.find("#")) if place >= 0]
    end = min(ends) if ends else len(address)
    return address[:end], address[end:]


def _place(url: str) -> str:
    """A whole address without its scheme, host in lower case, with a path."""
    host = _HOST.match(url)
    if host is None:
        return url
    return host[0].partition("//")[2].lower() + (url[host.end() :] or "/")


def _tags(data: bytes, links: _Links) -> bytes:
    made: list[bytes] = []
    at = 0
    for found in _TAG.finditer(data):
        group = "of_name" if found["name"] else "of_raw"
        if (attributes := found[group]) is None:
            continue
        name = (found["name"] or found["raw"]).lower()
        if name == b"script" and _ENTRY.search(attributes):
            made += [data[at : found.start()], f'<script src="{links.up}{CODES}"></script>\n'.encode()]
            at = found.start()
        changed = _attributes(name, attributes, links)
        if changed != attributes:
            made += [data[at : found.start(group)], changed]
            at = found.end(group)
    return b"".join((*made, data[at:]))


def _attributes(name: bytes, attributes: bytes, links: _Links) -> bytes:
    if name == b"link" and _CANONICAL.search(attributes):
        return attributes
    is_refresh = name == b"meta" and _REFRESH.search(attributes) is not None

    def renewed(found: re.Match[bytes]) -> bytes:
        head, value = found[1], found[2]
        key = head.rpartition(b"=")[0].strip().lower()
        quote = value[:1] if value[:1] in {b'"', b"'"} else b""
        inside = value[1:-1] if quote else value
        if key in _ADDRESSES:
            made = _moved(inside, lambda address: links.file(address, anywhere=name in _ANYWHERE))
        elif key == _WITHOUT_FILE:
            made = _moved(inside, links.folder)
        elif key == b"srcset" and b"data:" not in inside:
            made = re.sub(rb"(^|,)(\s*)([^\s,]+)", lambda one: one[1] + one[2] + _moved(one[3], links.file), inside)
        elif is_refresh and key == b"content" and (leads := _TARGET.fullmatch(inside)):
            made = leads[1] + _moved(leads[2], lambda address: links.file(address, anywhere=True))
        else:
            return found[0]
        return head + quote + made + quote

    return _ATTRIBUTE.sub(renewed, attributes)


def _moved(address: bytes, way: Callable[[str], str]) -> bytes:
    return way(address.decode()).encode() if address else address


def _without_search(page: bytes) -> bytes:
    """A manual page without its search box: no browser lets a script read the index of a folder. A sentence says so."""
    while box := _SEARCH_BOX.search(page):
        depth, end = 1, len(page)
        for found in _DIV.finditer(page, box.end()):
            depth += -1 if found[1] else 1
            if not depth:
                end = page.index(b">", found.end()) + 1
                break
        page = page[: box.start()] + page[end:]
    told = '<span class="sample">离线版不能搜索</span>'.encode()
    page = _SEARCH_LABEL.sub(lambda _: told, page, count=1)
    return _SEARCH_LABEL.sub(b"", page)
