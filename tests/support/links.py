"""A fast link checker over the files of a tree: every address of every page and style sheet leads somewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from support.sites import Built

FOREIGN = re.compile(
    r"https://(uri\.amap\.com/marker\?|apis\.map\.qq\.com/uri/v1/marker\?|flk\.npc\.gov\.cn/|([a-z0-9-]+\.)+example\.gov\.cn/)"
)
"""Addresses elsewhere that a page of the sample may name: two map services, the national database of laws, and example
hosts of the authorities."""

_THEME_CREDITS = ("https://squidfunk.github.io/mkdocs-material/",)
_CSS_URL = re.compile(r"url\(\s*(['\"]?)(.*?)\1\s*\)")


def broken_links(site: Built) -> list[str]:
    """What is wrong with the addresses of a tree, a line each."""
    return [*_in_pages(site), *_in_styles(site)]


def _in_pages(site: Built) -> Iterator[str]:
    checked: dict[tuple[str, str], str | None] = {}
    for path, page in site.pages.items():
        ids = set(page.ids)
        for element, address in page.links():
            if element.tag == "link" and element["rel"] == "canonical":
                wrong = None if address.startswith(site.url) else "canonical lies outside the site"
            elif address.startswith("#"):
                wrong = None if address[1:] in ids or address == "#" else "no such id on this page"
            else:
                key = posixpath.dirname(path) if path != "404.html" else "404", address
                if key not in checked:
                    checked[key] = _wrong(site, path, address)
                wrong = checked[key]
            if wrong:
                yield f"{path}:{element.line} <{element.tag}> {address}: {wrong}"


def _in_styles(site: Built) -> Iterator[str]:
    for path in site.files:
        if path.endswith(".css"):
            for _, address in _CSS_URL.findall(site.text(path)):
                if not address.startswith(("#", "data:")) and (wrong := _wrong(site, path, address)):
                    yield f"{path} {address}: {wrong}"


def _wrong(site: Built, path: str, address: str) -> str | None:
    """Why an address on a page is no good; None where it is."""
    if address != address.strip() or not address:
        return "empty, or white space around it"
    parts = urlsplit(address)
    if parts.scheme in {"tel", "mailto"}:
        return None if re.fullmatch(r"tel:\+?\d{3,15}|mailto:\S+@\S+", address) else "malformed"
    if parts.scheme == "data":
        return None if address.startswith("data:image/") else "only images may stand in an address"
    if parts.scheme or parts.netloc:
        return None if FOREIGN.match(address) or address.startswith(_THEME_CREDITS) else "a host that is not allowed"
    return _wrong_here(site, path, address)


def _wrong_here(site: Built, path: str, address: str) -> str | None:
    parts = urlsplit(address)
    at = unquote(parts.path)
    if path == "404.html":
        if not at.startswith(site.mount):
            return f"must start at {site.mount}"
        at = at.removeprefix(site.mount)
    elif at.startswith("/"):
        return "starts at the root of the host"
    joined = posixpath.normpath(posixpath.join("" if path == "404.html" else posixpath.dirname(path), at))
    if joined.startswith(".."):
        return "leads out of the site"
    wants_folder = at.endswith(("/", "/.", "/..")) or at in {"", ".", ".."}
    target = posixpath.normpath(posixpath.join(joined, "index.html")) if wants_folder and at else joined
    target = path if not at else target
    if target not in site.known:
        return f"there is no {target}"
    fragment = unquote(parts.fragment)
    if fragment and target in site.pages and fragment not in site.pages[target].ids:
        return f"{target} has no id {fragment}"
    return None
