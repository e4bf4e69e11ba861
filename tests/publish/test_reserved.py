"""Folders of pages that are written elsewhere, each into a folder of two levels: only stale ones are removed."""

from __future__ import annotations

from pathlib import Path

import pytest

from liaison.publish.leaf import put_leaf
from liaison.publish.tree import Tally, Tree, TwiceError
from support.sites import contents

CODES = ("3F7K2MC", "3FTK58C", "TK58CWB")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "site"


def build(root: Path, codes: tuple[str, ...] = CODES, home: bytes = b"home") -> Tally:
    """A home page, and a page for each code."""
    tree = Tree(root)
    tree.reserve("S", lambda two, rest: two + rest in codes)
    tree.claim(["index.html"])
    tree.write("index.html", home)
    for code in codes:
        put_leaf(root, f"S/{code[:2]}/{code[2:]}", {"index.html": code.encode()}, Tally())
    return tree.finish()


def expected(codes: tuple[str, ...] = CODES) -> dict[str, bytes]:
    return {"index.html": b"home"} | {f"S/{code[:2]}/{code[2:]}/index.html": code.encode() for code in codes}


def empty_folders(root: Path) -> list[Path]:
    return [path for path in root.rglob("*") if path.is_dir() and not any(path.iterdir())]


def test_pages_that_are_held_stay(root: Path) -> None:
    """They are not claimed, and yet not swept away; nor are they counted here."""
    assert build(root) == Tally(written=1, unchanged=0, removed=0)
    assert build(root) == Tally(written=0, unchanged=1, removed=0)
    assert contents(root) == expected()


@pytest.mark.parametrize("codes", [CODES[:1], CODES[1:], CODES[::2], ()])
def test_pages_that_are_no_more_go_with_their_folders(codes: tuple[str, ...], root: Path) -> None:
    """Every file of theirs is counted; no empty folder is left, at any height."""
    build(root)
    (root / "S/3F/7K2MC/photo.jpg").write_bytes(b"photo")
    (root / "S/3F/TK58C/inner").mkdir()
    (root / "S/3F/TK58C/inner/file").write_bytes(b"strange")
    gone = {"3F7K2MC": 2, "3FTK58C": 2, "TK58CWB": 1}
    assert build(root, codes).removed == sum(gone[code] for code in CODES if code not in codes)
    assert contents(root) == expected(codes)
    assert empty_folders(root) == []


def test_strange_files_beside_pages_go(root: Path, tmp_path: Path) -> None:
    """Files and links at both heights, half-written ones too; what links led to stays."""
    build(root)
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs/kept").write_bytes(b"kept")
    for name in ("S/stray", "S/.new-half", "S/3F/stray", "S/3F/.hidden"):
        (root / name).write_bytes(b"strange")
    for name in ("S/link", "S/3F/link"):
        (root / name).symlink_to(tmp_path / "theirs")
    (root / "S/XX/empty").mkdir(parents=True)
    (root / "S/YY").mkdir()
    assert build(root).removed == 6
    assert contents(root) == expected()
    assert contents(tmp_path / "theirs") == {"kept": b"kept"}
    assert empty_folders(root) == []


def test_a_link_in_the_place_of_the_folder_is_replaced_not_followed(root: Path, tmp_path: Path) -> None:
    """The pages stand in the site, and nothing is written where the link led."""
    root.mkdir()
    (tmp_path / "theirs").mkdir()
    (root / "S").symlink_to(tmp_path / "theirs")
    build(root)
    assert not (root / "S").is_symlink()
    assert contents(root) == expected()
    assert contents(tmp_path / "theirs") == {}


def test_a_file_in_the_place_of_the_folder_makes_way(root: Path) -> None:
    """And a folder that nobody needs any more goes."""
    root.mkdir()
    (root / "S").write_bytes(b"old")
    build(root)
    assert contents(root) == expected()
    build(root, ())
    assert not (root / "S").exists()
    (root / "S").write_bytes(b"old")
    assert build(root, ()).removed == 1
    assert contents(root) == {"index.html": b"home"}


@pytest.mark.parametrize("path", ["S/index.html", "S/3F/7K2MC/index.html", "S/robots.txt", "S"])
def test_no_other_file_is_claimed_inside(path: str, root: Path) -> None:
    """A file of `static/` there would be swept away without a word, or stand in the way of a page."""
    tree = Tree(root)
    tree.reserve("S", lambda _two, _rest: True)
    with pytest.raises(TwiceError, match=rf"^S/ 里只放按编号生成的页面，不能放别的文件：{path}$"):
        tree.claim(["index.html", path])
    tree.claim(["s/index.html", "SS/index.html", "r/S/index.html"])
