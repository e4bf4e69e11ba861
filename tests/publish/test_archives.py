"""Archives for an upload by hand: whoever unpacks them as the sheet says has the release, and never half a page."""

from __future__ import annotations

import hashlib
import os
import random
import re
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from liaison.model.site import Archiving
from liaison.publish.archive_tombstones import tombstone
from liaison.publish.archives import ArchiveError, Packed, pack
from liaison.publish.audit import audit_folder
from liaison.publish.manifest import NAME, Manifest
from support.releases import DEPUTY, MADE_ON, STATION, page, release, small_files
from support.unpacking import TOOLS, delete, held, names, unpack, update

ROUNDS = 4 * int(os.environ.get("LIAISON_TRUST", "1"))
STYLE = "liaison/assets/liaison.css"
PAGE, PERSON = f"S/{STATION[:2]}/{STATION[2:]}/index.html", f"D/{DEPUTY[:2]}/{DEPUTY[2:]}/index.html"
AROUND = {"SHA256SUMS.txt", "instructions.txt"}


def packed(site: Path, manifest: Manifest, before: Manifest | None = None, **asked: object) -> Packed:
    bounds = Archiving(**asked)  # type: ignore[arg-type]
    out = site.parent / "archives"
    return pack(site, manifest, before, out, archiving=bounds, made_on=MADE_ON, site_name="示例站")


def many_files(count: int, luck: random.Random) -> dict[str, bytes]:
    """Pages that load assets of their own, and pictures that cannot be packed."""
    files = small_files() | {"assets/home.css": b"x", "index.html": page("首页", STYLE, "assets/home.css")}
    for number in range(count):
        asset = f"assets/{number}.css"
        files[asset] = f"/* {luck.random()} */".encode() * 9
        files[f"p/{number % 7}/{number}/index.html"] = page(f"第{number}页", STYLE, asset, depth=3)
        files[f"p/{number % 7}/{number}/photo.jpg"] = luck.randbytes(luck.randrange(2_000))
    return files


def edited(files: dict[str, bytes], luck: random.Random, word: str) -> dict[str, bytes]:
    """Some pages are gone with their assets, some are new, and home loads another asset, the one of before is gone."""
    after = dict(files)
    for number in luck.sample(range(60), 5):
        after.pop(f"assets/{number}.css", None)
        after.pop(f"p/{number % 7}/{number}/index.html", None)
    for path in luck.sample(sorted(path for path in after if path.endswith(".jpg")), 5):
        after[path] = luck.randbytes(50)
    for number in luck.sample(range(100, 200), 5):
        after[f"assets/{number}-{word}.css"] = word.encode()
        after[f"q/{number}/index.html"] = page(word, STYLE, f"assets/{number}-{word}.css", depth=2)
    after["empty.txt"] = b""
    after = {path: data for path, data in after.items() if not path.startswith("assets/home")}
    home = f"assets/home-{word}.css"
    return after | {home: b"x", "index.html": page(f"首页{word}", STYLE, home)}


@pytest.mark.parametrize("tool", TOOLS)
def test_what_is_unpacked_is_the_release(tmp_path: Path, tool: str) -> None:
    """The full set, then update after update with its deletions: each time exactly the release, by every program."""
    luck = random.Random(tool)
    files, before, live = many_files(60, luck), None, tmp_path / "live"
    for number in range(ROUNDS):
        site = tmp_path / str(number) / "site"
        manifest = release(site, files)
        made = packed(site, manifest, before, files=70)
        assert len(made.full) > 1
        if before is None:
            unpack(made.full, live, tool)
        else:
            update(made, live, tool)
        assert audit_folder(live, manifest) == ()
        assert held(live) == held(site)
        again = tmp_path / str(number) / "again"
        unpack(made.full, again)
        assert held(again) == held(site)
        files, before = edited(files, luck, f"w{number}"), manifest


def test_one_changed_file(tmp_path: Path) -> None:
    """An update of one file holds that file and the manifest, and asks for no deletion."""
    before = release(tmp_path / "old")
    after = release(tmp_path / "new", {**small_files(), PAGE: b"<title>new</title>"})
    made = packed(tmp_path / "new", after, before)
    assert names(made.update) == [PAGE, NAME]
    assert (made.deletions, made.removed) == (None, ())
    assert [file.name for file in made.update] == [
        f"site-20261122-{after.tree[:8]}-update-{before.tree[:8]}-{after.tree[:8]}-1of1.zip"
    ]


def test_an_update_alone(tmp_path: Path) -> None:
    """Where only an update is asked for, nothing else is read; the sheet speaks of nothing else."""
    before = release(tmp_path / "old", small_files() | {"old.html": b"x"})
    after = release(tmp_path / "new", small_files() | {PAGE: b"<title>new</title>"})
    (tmp_path / "new" / STYLE).write_text("spoilt")
    asked = {"archiving": Archiving(), "made_on": MADE_ON, "site_name": "示例站", "with_full": False}
    (tmp_path / "out").mkdir()
    (tmp_path / "out/purge.txt").write_text("x")
    made = pack(tmp_path / "new", after, before, tmp_path / "out", **asked)  # type: ignore[arg-type]
    assert (made.full, names(made.update), made.removed) == ((), [PAGE, NAME], ("old.html",))
    assert "乙、网站上是别的版本：不能用这个增量包" in made.instructions.read_text("utf-8-sig")
    with pytest.raises(ArchiveError, match="没有上一版本的清单"):
        pack(tmp_path / "new", after, None, tmp_path / "out", **asked)  # type: ignore[arg-type]
    assert (
        held(made.instructions.parent).keys() == {file.name for file in (*made.update, made.deletions) if file} | AROUND
    )


def test_nothing_changed(tmp_path: Path) -> None:
    """Over the same release an update is the manifest alone."""
    manifest = release(tmp_path / "site")
    assert names(packed(tmp_path / "site", manifest, manifest).update) == [NAME]


def test_the_first_release(tmp_path: Path) -> None:
    """Without an earlier release there is a full set and nothing else."""
    made = packed(tmp_path / "site", release(tmp_path / "site"))
    assert (made.update, made.deletions, made.difference) == ((), None, None)
    assert set(held(made.sums.parent)) == {made.full[0].name} | AROUND


@pytest.mark.parametrize(("bounds", "most"), [({"files": 7}, 7), ({"megabytes": 1}, 65_000), ({"files": 1}, 1)])
def test_bounds(tmp_path: Path, bounds: dict[str, int], most: int) -> None:
    """No archive is larger, or has more files, than was asked for; each could not have taken the next file."""
    luck = random.Random(2)
    files = small_files() | {f"a/{number}.jpg": luck.randbytes(150_000) for number in range(20)}
    manifest = release(tmp_path / "site", files)
    made = packed(tmp_path / "site", manifest, **bounds)
    assert sorted(names(made.full)) == sorted([*files, NAME])
    for file in made.full:
        assert file.stat().st_size <= bounds.get("megabytes", 200) * 1_000_000
        assert len(names([file])) <= most
    if "files" in bounds:
        assert [len(names([file])) for file in made.full[:-1]] == [most] * (len(made.full) - 1)
    else:
        assert len(made.full) == 4
    count = len(made.full)
    assert made.full[0].name.endswith(f"-full-{1:0{len(str(count))}}of{count}.zip")


@pytest.mark.parametrize("deletions", ["list", "tombstones"])
def test_halting_anywhere(tmp_path: Path, deletions: str) -> None:
    """However far an upload came, no page lacks an asset that it loads, and the manifest is the last to come."""
    luck = random.Random(4)
    old = many_files(30, luck)
    new = edited(old, luck, "neu")
    before, after = release(tmp_path / "old", old), release(tmp_path / "new", new)
    made = packed(tmp_path / "new", after, before, files=20, deletions=deletions)
    for live, archives in (({}, made.full), (dict(old), made.update)):
        opened = [zipfile.ZipFile(file) for file in archives]
        order = [(name, one.read(name)) for one in opened for name in one.namelist()]
        assert order[-1][0] == NAME
        for name, data in order:
            live[name] = data
            assert not [lack for path, held_there in live.items() for lack in _lacking(path, held_there, live)]


def _lacking(path: str, data: bytes, live: dict[str, bytes]) -> list[str]:
    """What a page loads and is not there, or is empty."""
    if not path.endswith(".html"):
        return []
    loaded = re.findall(rb'<link rel="stylesheet" href="(?:\.\./)*([^"]+)"', data)
    return [one.decode() for one in loaded if not live.get(one.decode())]


def test_the_deletions_lack_nothing(tmp_path: Path) -> None:
    """After the deletions too every page has what it loads."""
    luck = random.Random(5)
    old = many_files(30, luck)
    new = edited(old, luck, "neu")
    before, after = release(tmp_path / "live", old), release(tmp_path / "new", new)
    made = packed(tmp_path / "new", after, before)
    unpack(made.update, tmp_path / "live")
    assert made.deletions is not None
    assert made.deletions.read_bytes().decode().split("\r\n")[:-1] == list(made.removed)
    delete(made.deletions, tmp_path / "live")
    live = held(tmp_path / "live")
    assert not [lack for path, data in live.items() for lack in _lacking(path, data, live)]


def test_tombstones(tmp_path: Path) -> None:
    """Where nothing can be deleted, what is gone is overwritten: a page by a notice, others by next to nothing."""
    gone = {f"x/old.{suffix}": b"x" for suffix in ("css", "js", "txt", "json", "pdf", "png", "jpg", "xml", "vtt")}
    before = release(tmp_path / "live", small_files() | gone)
    after = release(tmp_path / "new", {path: data for path, data in small_files().items() if path != PERSON})
    made = packed(tmp_path / "new", after, before, deletions="tombstones")
    assert made.deletions is None
    assert names(made.update) == [PERSON, *sorted(gone, reverse=True), NAME]
    update(made, tmp_path / "live")
    assert audit_folder(tmp_path / "live", after, paths=after.files) == ()
    for path in (PERSON, *gone):
        assert (tmp_path / "live" / path).read_bytes() == tombstone(path)
    assert "不用删除文件：撤下的 10 个文件" in made.instructions.read_text("utf-8-sig")


def test_a_name_in_the_way(tmp_path: Path) -> None:
    """Where a name only changed its capitals, an update would lose the file on Windows: the full set alone is made."""
    old = small_files() | {"a/Leaf.pdf": b"1"}
    new = small_files() | {"a/leaf.pdf": b"1"}
    before, after = release(tmp_path / "old", old), release(tmp_path / "new", new)
    made = packed(tmp_path / "new", after, before)
    assert (made.is_clashing, made.update, made.deletions) == (True, (), None)
    assert "只能用全量包" in made.instructions.read_text("utf-8-sig")
    other = release(tmp_path / "other", small_files() | {"a/Leaf.pdf/index.html": b"1"})
    assert packed(tmp_path / "other", other, before).is_clashing


def test_entries(tmp_path: Path) -> None:
    """Entries are plain: no folders, no flags, no extras, readable for all, at the time of the release in China."""
    made = packed(tmp_path / "site", release(tmp_path / "site"))
    for entry in zipfile.ZipFile(made.full[0]).infolist():
        assert (entry.flag_bits, entry.extra, entry.comment, entry.compress_type) == (0, b"", b"", zipfile.ZIP_DEFLATED)
        assert entry.external_attr >> 16 == 0o100644
        assert entry.date_time == (2026, 11, 20, 16, 0, 0)
        assert not entry.is_dir()


def test_a_time_before_the_format(tmp_path: Path) -> None:
    """A clock that stands in 1970 gives the first day that the format knows."""
    manifest = release(tmp_path / "site")
    at = datetime(1970, 1, 1, tzinfo=UTC)
    made = pack(
        tmp_path / "site", manifest, None, tmp_path / "o", archiving=Archiving(), made_on=at, site_name="示例站"
    )
    assert zipfile.ZipFile(made.full[0]).infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


def test_check_sums(tmp_path: Path) -> None:
    """The sums are those of the archives and of the list, as `sha256sum -c` reads them."""
    before = release(tmp_path / "old", small_files() | {"old.html": b"x"})
    made = packed(tmp_path / "new", release(tmp_path / "new"), before)
    lines = [line.split("  ") for line in made.sums.read_text("ascii").splitlines()]
    assert made.deletions is not None
    assert [name for _, name in lines] == [file.name for file in (*made.full, *made.update, made.deletions)]
    for sha256, name in lines:
        assert hashlib.sha256((made.sums.parent / name).read_bytes()).hexdigest() == sha256


def test_earlier_archives_are_replaced(tmp_path: Path) -> None:
    """A second call leaves its own files and none of the first."""
    first = packed(tmp_path / "a", release(tmp_path / "a"))
    second = packed(tmp_path / "b", release(tmp_path / "b", small_files("二")))
    assert set(held(tmp_path / "archives")) == {second.full[0].name} | AROUND
    assert first.full[0].name != second.full[0].name
