import gzip
import posixpath
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from support.heavy import STATION
from support.sites import Built

KB = 1024
FIRST_VISIT = {
    "home": 20,
    "station": 20,
    "deputy": 20,
    "directory": 30,
    "entry": 10,
    "map": 30,
    "lesson": 40,
    "series": 40,
    "lessons": 40,
    "article": 20,
    "law": 20,
    "topic": 20,
    "missing": 20,
    "manual": 110,
}
"""KB of HTML, style sheets and scripts, gzipped, without recordings and posters: "Pages" of the design."""

_KINDS = {"S": "station", "D": "deputy", "r": "directory", "c": "entry", "map": "map", "guides": "manual"}
_KINDS |= {"about": "manual", "404.html": "missing", "index.html": "home"}
_BY_DEPTH = {
    "episodes": ("lessons", "series", "lesson"),
    "laws": ("law", "law", "article"),
    "topics": ("topic", "topic"),
}


def kind_of(path: str) -> str:
    top, *rest = path.split("/")
    return _BY_DEPTH[top][len(rest) - 1] if top in _BY_DEPTH else _KINDS[top]


def zipped(site: Built, path: str) -> int:
    return _zipped(site.tree / path)


@cache
def _zipped(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 6, mtime=0))


def needed(site: Built, path: str) -> Iterator[str]:
    """Files a page loads before it can be read: style sheets and scripts."""
    for element, address in site.pages[path].links():
        if element.tag == "script" or (element.tag == "link" and element["rel"] == "stylesheet"):
            plain = address.partition("?")[0]
            if path == "404.html":
                yield plain.removeprefix(site.mount)
            else:
                yield posixpath.normpath(posixpath.join(posixpath.dirname(path), plain))


@pytest.mark.parametrize("kind", FIRST_VISIT)
@pytest.mark.parametrize("which", ["sample", "heavy"])
def test_a_first_visit_keeps_its_budget(which: str, kind: str, request: pytest.FixtureRequest) -> None:
    """The heaviest page of each kind, with all it loads, gzipped."""
    site: Built = request.getfixturevalue(which)
    weights = {
        path: zipped(site, path) + sum(zipped(site, file) for file in set(needed(site, path)))
        for path in site.pages
        if kind_of(path) == kind
    }
    heaviest = max(weights, key=lambda path: weights[path])
    assert weights[heaviest] <= FIRST_VISIT[kind] * KB, heaviest


def test_a_deputy_page_is_small_and_asks_for_little(site: Built) -> None:
    """At most 12 KB raw, four requests with itself, and a photo of at most 15 KB."""
    for path, page in site.pages.items():
        if kind_of(path) == "deputy":
            assert len(site.data(path)) <= 12 * KB, path
            pictures = {one["src"] for one in page.all("img") if not one["src"].startswith("data:")}
            assert 1 + len(set(needed(site, path))) + len(pictures) <= 4, path
    photos = [path for path in site.files if path.endswith("photo.jpg")]
    assert photos
    assert max(len(site.data(path)) for path in photos) <= 15 * KB


def test_a_station_of_eighty_deputies_stays_small(heavy: Built) -> None:
    """At most 40 KB raw, and all eighty are named."""
    path = f"S/{STATION[:2]}/{STATION[2:]}/index.html"
    assert len(heavy.data(path)) <= 40 * KB
    assert len([one for one in heavy.pages[path].links_inside("main") if "/D/" in one]) == 80


def test_a_long_roll_comes_in_pages(heavy: Built) -> None:
    """A county of more than 200 deputies has a page a letter, a long letter several, and nobody is lost or doubled."""
    pages = [path for path in heavy.pages if path.startswith("r/431382/deputies/")]
    assert {"r/431382/deputies/l/index.html", "r/431382/deputies/l/2/index.html"} <= set(pages)
    people = [
        link.replace("../", "") for path in pages for link in heavy.pages[path].links_inside("main") if "D/" in link
    ]
    assert len(people) == len(set(people)) > 320
    for path in pages:
        assert len([link for link in heavy.pages[path].links_inside("main") if "D/" in link]) <= 200
