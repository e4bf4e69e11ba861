"""A page that anybody touched is noticed, whatever he did to hide it."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from liaison.publish.leaf import Leaf, is_intact, put_leaf
from liaison.publish.tree import Tally

PATH = "D/7K/3M9TY"
PAGE = {"index.html": b"page", "photo.jpg": b"photo"}


@pytest.fixture
def page(tmp_path: Path) -> tuple[Path, Leaf]:
    """A folder that was made a moment ago, longer than one tick of the clock."""
    leaf = put_leaf(tmp_path, PATH, PAGE, Tally())
    time.sleep(0.05)
    return tmp_path, leaf


def restoring(file: Path, change: Callable[[], object]) -> None:
    """Do something and set the times back."""
    was = file.stat()
    change()
    os.utime(file, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert file.stat().st_mtime_ns == was.st_mtime_ns


def touched(folder: Path) -> None:
    os.utime(folder / "index.html")


def touched_to_the_same_time(folder: Path) -> None:
    restoring(folder / "index.html", lambda: None)


def touched_folder(folder: Path) -> None:
    restoring(folder, lambda: None)


def other_mode(folder: Path) -> None:
    (folder / "photo.jpg").chmod(0o600)


def other_mode_of_folder(folder: Path) -> None:
    folder.chmod(0o700)


def a_byte(folder: Path) -> None:
    (folder / "index.html").write_bytes(b"pagE")


def a_byte_with_size_and_time_restored(folder: Path) -> None:
    restoring(folder / "index.html", lambda: (folder / "index.html").write_bytes(b"pagE"))


def the_same_bytes_written_again(folder: Path) -> None:
    restoring(folder / "index.html", lambda: (folder / "index.html").write_bytes(b"page"))


def longer(folder: Path) -> None:
    with (folder / "photo.jpg").open("ab") as file:
        file.write(b"!")


def added(folder: Path) -> None:
    restoring(folder, lambda: (folder / "strange").write_bytes(b""))


def added_and_removed(folder: Path) -> None:
    restoring(folder, lambda: ((folder / "strange").mkdir(), (folder / "strange").rmdir()))


def removed(folder: Path) -> None:
    restoring(folder, (folder / "photo.jpg").unlink)


def replaced(folder: Path) -> None:
    shutil.copy2(folder / "index.html", folder / "new")
    (folder / "new").replace(folder / "index.html")


def a_link(folder: Path) -> None:
    (folder / "photo.jpg").rename(folder.parent / "photo.jpg")
    (folder / "photo.jpg").symlink_to("../photo.jpg")


def a_folder(folder: Path) -> None:
    (folder / "photo.jpg").unlink()
    (folder / "photo.jpg").mkdir()


def all_gone(folder: Path) -> None:
    shutil.rmtree(folder)


def an_equal_copy(folder: Path) -> None:
    shutil.copytree(folder, folder.parent / "copy")
    shutil.rmtree(folder)
    (folder.parent / "copy").rename(folder)


def a_file_instead(folder: Path) -> None:
    shutil.rmtree(folder)
    folder.write_bytes(b"")


CHANGES = [
    *(touched, touched_to_the_same_time, touched_folder, other_mode, other_mode_of_folder),
    *(a_byte, a_byte_with_size_and_time_restored, the_same_bytes_written_again, longer),
    *(added, added_and_removed, removed, replaced, a_link, a_folder, all_gone, an_equal_copy, a_file_instead),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_page_that_was_touched_is_not_intact(change: Callable[[Path], None], page: tuple[Path, Leaf]) -> None:
    """And is brought back to what it must be, after which it is intact again."""
    root, leaf = page
    assert is_intact(root, leaf)
    change(root / PATH)
    assert not is_intact(root, leaf)
    again = put_leaf(root, PATH, PAGE, Tally())
    assert {file.name: file.read_bytes() for file in (root / PATH).iterdir()} == PAGE
    assert not [file for file in (root / PATH).iterdir() if file.is_symlink()]
    assert is_intact(root, again)


def test_who_only_looks_is_not_noticed(page: tuple[Path, Leaf]) -> None:
    """A web server reads, a backup copies: the page stands."""
    root, leaf = page
    assert [file.read_bytes() for file in sorted((root / PATH).iterdir())] == list(PAGE.values())
    shutil.copytree(root, root.parent / "backup")
    (root / "D/7K/other").mkdir()
    assert is_intact(root, leaf)
