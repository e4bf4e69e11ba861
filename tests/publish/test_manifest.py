"""The manifest: read as it was written, or not at all; what is uploaded in which order."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.publish.manifest import NAME, Difference, Entry, Manifest, ManifestError, upload_order
from support.releases import release, small_files

PATHS = [
    "index.html",
    "404.html",
    "S/3F/7K2MC/index.html",
    "liaison/assets/liaison.css",
    "episodes/feed.xml",
    "sitemap.xml",
    "sitemap-1.xml",
    "robots.txt",
    "D/7K/3M9TY/photo.jpg",
    NAME,
]


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    """From the file and from the folder of the release."""
    made = release(tmp_path)
    assert Manifest.read(tmp_path) == Manifest.read(tmp_path / NAME) == made
    assert json.loads(made.as_bytes())["tree"] == made.tree


def test_the_day_is_no_part_of_what_is_signed(tmp_path: Path) -> None:
    """The same files give the same check value, whatever day, commit and version made them; other bytes another."""
    one, two = release(tmp_path / "a"), release(tmp_path / "b", small_files("二"))
    held = json.loads(one.as_bytes())
    assert Manifest.of(json.dumps(held | {"today": "2027-01-01", "commit": ""}).encode()).tree == one.tree
    assert two.tree != one.tree


@pytest.mark.parametrize(
    "change",
    [
        lambda held: held | {"format": 2},
        lambda held: held | {"tree": "0" * 64},
        lambda held: held | {"files": held["files"][1:]},
        lambda held: held | {"files": [{**held["files"][0], "path": "../etc/passwd"}]},
        lambda held: held | {"files": [{**held["files"][0], "path": "/etc/passwd"}]},
        lambda held: held | {"files": [{**held["files"][0], "size": -1}]},
        lambda held: held | {"files": [{**held["files"][0], "size": "5"}]},
        lambda held: held | {"codes": {"3F7K2MC": {"kind": "village", "status": "active"}}},
        lambda held: held | {"made_on": "2026-11-20T08:00:00"},
        lambda held: held | {"today": None},
        lambda _held: {},
        lambda _held: [],
    ],
)
def test_what_is_damaged_is_no_manifest(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]  # noqa: ANN001
    """Paths that lead elsewhere, files that were left out, and other formats are refused, in Chinese."""
    held = json.loads(release(tmp_path).as_bytes())
    with pytest.raises(ManifestError, match=re.escape(NAME)):
        Manifest.of(json.dumps(change(held)).encode())


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(data: bytes) -> None:
    """Whatever lies there is a manifest or is refused."""
    with pytest.raises(ManifestError):
        Manifest.of(data)


@given(st.permutations(PATHS))
def test_what_pages_load_goes_up_before_them(paths: list[str]) -> None:
    """Assets, then pages, home last; then what lists pages; then the manifest."""
    order = upload_order(paths)
    assert sorted(order) == sorted(PATHS)
    assert order[:2] == ["D/7K/3M9TY/photo.jpg", "liaison/assets/liaison.css"]
    assert order[2] == "S/3F/7K2MC/index.html"
    assert set(order[3:5]) == {"404.html", "index.html"}
    assert order[-1] == NAME


STATES = st.dictionaries(st.sampled_from(PATHS[:-1]), st.sampled_from([b"one", b"two"]))


@given(STATES, STATES)
def test_a_difference_leads_from_one_release_to_the_other(before: dict[str, bytes], after: dict[str, bytes]) -> None:
    """Taking added and changed files and removing the removed gives the later one, and no file is named in vain."""
    base = Manifest.of(EMPTY)
    first, second = (
        replace(base, files={path: Entry.of(data) for path, data in held.items()}) for held in (before, after)
    )
    found = Difference.between(first, second)
    made = dict(before)
    for path in found.added:
        assert path not in before
    for path in found.changed:
        assert before[path] != after[path]
    made |= {path: after[path] for path in (*found.added, *found.changed)}
    for path in found.removed:
        del made[path]
    assert made == after
    assert found.is_none == (before == after)


EMPTY = json.dumps(
    {
        "format": 1,
        "url": "https://www.example.gov.cn/",
        "code_base": "https://www.example.gov.cn/",
        "today": "2026-11-22",
        "made_on": "2026-11-20T08:00:00Z",
        "commit": "",
        "versions": {},
        "tree": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "files": [],
        "codes": {},
    }
).encode()
