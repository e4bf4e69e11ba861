"""A folder against its manifest: whatever is wrong is named, and nothing that is right."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from liaison.publish.audit import audit_folder, sample, sentinels
from liaison.publish.manifest import NAME, Entry, Manifest
from liaison.workers import Crew
from support.releases import DEPUTY, MADE_ON, STATION, release, small_files

COUNT = 50 * int(os.environ.get("LIAISON_TRUST", "1"))
HOME, STYLE = "index.html", "liaison/assets/liaison.css"
PAGE = f"S/{STATION[:2]}/{STATION[2:]}/index.html"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "site"


@pytest.fixture
def manifest(folder: Path) -> Manifest:
    return release(folder)


def told(folder: Path, manifest: Manifest) -> dict[str, str]:
    return {one.path: one.words for one in audit_folder(folder, manifest)}


def test_a_good_release(folder: Path, manifest: Manifest) -> None:
    """Nothing is said of a folder that holds what it must, and dot files at its root."""
    (folder / ".well-known").mkdir()
    (folder / ".well-known/x").write_text("x")
    assert audit_folder(folder, manifest) == ()
    (folder.parent / "current").symlink_to("site")
    assert audit_folder(folder.parent / "current", manifest) == ()
    (folder / NAME).unlink()
    assert audit_folder(folder, manifest) == ()


def test_each_flipped_bit_is_found(folder: Path, manifest: Manifest) -> None:
    """One bit anywhere, in the manifest itself too, is found in exactly that file."""
    luck = random.Random(1)
    for _ in range(COUNT):
        path = luck.choice([*manifest.files, NAME])
        whole = (folder / path).read_bytes()
        data = bytearray(whole)
        data[luck.randrange(len(data))] ^= 1 << luck.randrange(8)
        (folder / path).write_bytes(data)
        assert [one.path for one in audit_folder(folder, manifest)] == [path]
        (folder / path).write_bytes(whole)
    assert audit_folder(folder, manifest) == ()


def _shorten(file: Path) -> None:
    os.truncate(file, 10)


def _link_to_the_same(file: Path) -> None:
    shutil.move(file, file.parent.parent / "same")
    file.symlink_to("../same")


def _folder_instead(file: Path) -> None:
    file.unlink()
    file.mkdir()


def _pipe_instead(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (Path.unlink, "没有这个文件"),
        (_shorten, "大小不对：应当是 {size} 字节，现在是 10 字节"),
        (_link_to_the_same, "是链接，不是文件"),
        (_folder_instead, "是文件夹，不是文件"),
        (_pipe_instead, "不是普通文件"),
    ],
)
def test_a_spoilt_file(folder: Path, manifest: Manifest, spoil: Callable[[Path], None], words: str) -> None:
    """A file that is missing, cut short, a link, a folder or a pipe is named with what it is."""
    spoil(folder / PAGE)
    assert told(folder, manifest)[PAGE] == words.format(size=manifest.files[PAGE].size)
    assert [one.path for one in audit_folder(folder, manifest, paths=[HOME, PAGE])] == [PAGE]


def test_a_linked_folder(folder: Path, manifest: Manifest) -> None:
    """A folder that is a link is no part of a release, even where it leads to the right files."""
    shutil.move(folder / "S", folder.parent / "S")
    (folder / "S").symlink_to("../S")
    assert told(folder, manifest) == {"S": "清单里没有这个文件", PAGE: "所在的文件夹 S 是链接"}


def test_strangers(folder: Path, manifest: Manifest) -> None:
    """What the manifest does not know is named, a folder of strangers once; names that cannot be printed too."""
    (folder / "old/a").mkdir(parents=True)
    (folder / "old/a/index.html").write_text("old")
    (folder / "S/.index.html.swp").write_text("x")
    (folder / "link.html").symlink_to(HOME)
    Path(os.fsdecode(os.fsencode(folder) + b"/\xff.html")).write_text("x")
    assert told(folder, manifest) == {
        "old": "清单里没有这个文件夹",
        "S/.index.html.swp": "清单里没有这个文件",
        "link.html": "清单里没有这个文件",
        "\\udcff.html": "清单里没有这个文件",
    }
    assert audit_folder(folder, manifest, paths=manifest.files) == ()


def test_a_file_where_a_folder_must_be(folder: Path, manifest: Manifest) -> None:
    """Both the file in the way and what it keeps out are named."""
    shutil.rmtree(folder / "S")
    (folder / "S").write_text("x")
    assert told(folder, manifest) == {"S": "清单里没有这个文件", PAGE: "没有这个文件"}


def test_no_folder_at_all(tmp_path: Path) -> None:
    """Where nothing is, every file is missing."""
    manifest = release(tmp_path / "site")
    assert set(told(tmp_path / "none", manifest)) == set(manifest.files)


def test_a_path_that_is_not_listed(folder: Path, manifest: Manifest) -> None:
    """Asking for what the manifest does not have is a mistake of the program."""
    with pytest.raises(KeyError):
        audit_folder(folder, manifest, paths=["none.html"])


def test_workers_find_the_same(tmp_path: Path) -> None:
    """Many files looked at by several processes give what one process finds."""
    files = {f"p/{number // 100}/{number}.html": b"%d" % number for number in range(4_500)}
    manifest = release(tmp_path / "site", files)
    for number in (7, 2_345, 4_400):
        (tmp_path / "site" / f"p/{number // 100}/{number}.html").write_bytes(b"%d" % (number ^ 1))
    (tmp_path / "site/p/x").write_bytes(b"")
    found = audit_folder(tmp_path / "site", manifest, crew=Crew(2))
    assert [one.path for one in found] == ["p/0/7.html", "p/23/2345.html", "p/44/4400.html", "p/x"]
    assert found == audit_folder(tmp_path / "site", manifest)


def test_what_must_be_right_everywhere() -> None:
    """Home, 404.html, a station, a deputy, the sitemap, one file of each sort, last the manifest."""
    files = {**small_files(), "S/ZZ/ZZZZZ/index.html": b"", "a/b.pdf": b"", "a/c.pdf": b"", "a/index.html": b""}
    made = _listed(files)
    deputy = f"D/{DEPUTY[:2]}/{DEPUTY[2:]}/index.html"
    assert set(sentinels(made)) == {
        HOME, "404.html", PAGE, deputy, "sitemap.xml", STYLE, "a/b.pdf", "a/index.html", NAME,
    }  # fmt: skip
    assert sentinels(made)[-1] == NAME


def test_a_sample_is_the_same_for_the_same_files() -> None:
    """A sample holds the sentinels and so many more, always the same ones of a release, others of another."""
    files = {f"p{number}.html": b"" for number in range(500)}
    made = _listed({**small_files(), **files})
    once = sample(made, 20)
    assert once == sample(_listed(dict(reversed(made.files.items()))), 20)
    assert len(once) == 20 + len(sentinels(made))
    assert set(sentinels(made)) < set(once)
    assert set(once) != set(sample(_listed({**small_files("二"), **files}), 20))
    assert set(sample(made, 10_000)) == {*made.files, NAME}


def _listed(files: dict[str, bytes] | dict[str, Entry]) -> Manifest:
    entries = {path: Entry.of(data) if isinstance(data, bytes) else data for path, data in files.items()}
    return Manifest(url="", code_base="", today=MADE_ON.date(), made_on=MADE_ON, files=entries)
