"""`sitemap.xml`, an index of sitemaps of at most 50,000 addresses (sitemaps.org), and `robots.txt` (RFC 9309)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

LARGEST = 50_000
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def files(url: str, paths: Sequence[str], changed: Mapping[str, str] | None = None) -> Iterator[tuple[str, bytes]]:
    """The index and its parts for the pages of a site at `url`; `changed` says when pages were changed, if known."""
    when = changed or {}
    parts = [paths[start : start + LARGEST] for start in range(0, len(paths), LARGEST)]
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield name, _document("urlset", "url", ((url + path, when.get(path)) for path in part))
    yield "sitemap.xml", _document("sitemapindex", "sitemap", ((url + name, None) for name in names))


def _document(outer: str, inner: str, entries: Iterator[tuple[str, str | None]]) -> bytes:
    lines = "".join(
        f"<{inner}><loc>{escape(address)}</loc>{f'<lastmod>{when}</lastmod>' if when else ''}</{inner}>\n"
        for address, when in entries
    )
    return f"{_HEAD}<{outer} {_SPACE}>\n{lines}</{outer}>\n".encode()


def robots(url: str) -> bytes:
    """Everything may be read. It counts only where the site has a domain of its own."""
    path = urlsplit(url).path or "/"
    return f"User-agent: *\nAllow: {path}\nSitemap: {url}sitemap.xml\n".encode()
