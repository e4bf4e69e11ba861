"""A part's records from its files: what did not change is not read again."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import cached
import pytest
from cached import Watch, gathered

from liaison.records import gather
from liaison.records.gather import records_name
from liaison.records.parts import parts
from liaison.shelf import Shelf
from support import small
from support.small import LANTIAN, PHOTO, YUFENG, ZENG

RECORDS = [f"{LANTIAN}/station.yml", f"{YUFENG}/station.yml", f"{YUFENG}/deputies/guli.yml", ZENG]
"""Of the base site: stations, then deputies, in file order."""


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    small.trust_times(monkeypatch)
    made = small.base_site(tmp_path / "site")
    small.settle()
    return made


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    return small.shelf(tmp_path / "shelf")


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def test_a_part_says_what_is_in_it(root: Path, kept: Shelf) -> None:
    """Files, records by code, where deputies are at home, photos, regions, and whom outside it refers to."""
    found = gathered(root, kept)
    assert [*found.layout.stations, *found.layout.deputies] == RECORDS
    assert found.size == 4
    assert found.brief.codes == ("TK58CWB", "3F7K2MC", "Q2RX7DK", "7K3M9TY")
    assert (found.brief.stations, found.brief.homes, found.brief.hidden) == (2, (1, 1), {2})
    assert found.brief.photos == ((3, PHOTO),)
    assert found.brief.regions == {"431382001", "431382200201"}
    assert (found.brief.references, found.brief.has_lost, found.problems, found.unsound) == ((), False, (), {})
    assert found.places == {file: place for place, file in enumerate(RECORDS)}


def test_nothing_changed_nothing_is_read(root: Path, kept: Shelf, watch: Watch) -> None:
    """Not one file is opened; what was found is the same."""
    first = gathered(root, kept)
    assert watch.read == RECORDS
    records = kept.get(records_name(parts([LANTIAN, YUFENG])[0]))
    watch.forget()
    second = gathered(root, kept)
    assert (watch.read, watch.opened) == ([], [])
    assert second == first
    assert kept.get(records_name(parts([LANTIAN, YUFENG])[0])) == records


@pytest.mark.parametrize(
    ("file", "was", "now"),
    [
        (ZENG, "bio: 一句话简介", "bio: 另一句话简介"),
        (ZENG, "bio: 一句话简介", "bio: 简介一句话"),
        (f"{YUFENG}/station.yml", "社区广场旁", "村口"),
    ],
)
def test_only_the_record_that_changed_is_read(
    file: str, was: str, now: str, root: Path, kept: Shelf, watch: Watch
) -> None:
    """Longer, shorter or as long as before; the digest of the part changes with it, and comes back with it."""
    first = gathered(root, kept)
    watch.forget()
    small.change(root, file, was, now)
    second = gathered(root, kept)
    assert watch.read == [file]
    assert second.digest != first.digest
    small.change(root, file, now, was)
    assert gathered(root, kept).digest == first.digest


def test_a_file_that_was_only_touched_is_not_made_into_a_record_again(root: Path, kept: Shelf, watch: Watch) -> None:
    """Checking out another branch and coming back changes the times of every file."""
    first = gathered(root, kept)
    for file in RECORDS:
        os.utime(root / file)
    small.settle()
    watch.forget()
    second = gathered(root, kept)
    assert watch.read == []
    assert sorted(watch.opened) == sorted(RECORDS)
    assert (second.digest, second.brief) == (first.digest, first.brief)
    watch.forget()
    assert gathered(root, kept) == second
    assert watch.opened == []


def test_a_change_that_hides_behind_old_times_is_found(root: Path, kept: Shelf, watch: Watch) -> None:
    """Same size, and the time of change set back, as some programs that copy files do."""
    gathered(root, kept)
    watch.forget()
    was = (root / ZENG).stat()
    small.change(root, ZENG, "bio: 一句话简介", "bio: 两句话简介")
    os.utime(root / ZENG, ns=(was.st_atime_ns, was.st_mtime_ns))
    assert (root / ZENG).stat().st_size == was.st_size
    gathered(root, kept)
    assert watch.read == [ZENG]


def test_times_are_not_believed_while_they_are_fresh(
    root: Path, kept: Shelf, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file could change twice within one tick of the clock: for two seconds its content decides."""
    monkeypatch.setattr(gather, "_SETTLED", 2_000_000_000)
    first = gathered(root, kept)
    assert set(first.stamps.values()) == {None}
    watch.forget()
    second = gathered(root, kept)
    assert sorted(watch.opened) == sorted(RECORDS)
    assert watch.read == []
    assert second.digest == first.digest


def test_files_that_come_and_go_are_noticed(root: Path, kept: Shelf, watch: Watch) -> None:
    """A new record is read, and no other; one that is gone is in nothing that is kept."""
    first = gathered(root, kept)
    watch.forget()
    new = f"{YUFENG}/deputies/li.yml"
    small.write(root, new, small.deputy_text("MQR6M65"))
    second = gathered(root, kept)
    assert watch.read == [new]
    assert second.brief.codes == ("TK58CWB", "3F7K2MC", "Q2RX7DK", "MQR6M65", "7K3M9TY")
    (root / new).unlink()
    watch.forget()
    third = gathered(root, kept)
    assert (watch.read, third.digest, third.brief) == ([], first.digest, first.brief)


def test_a_renamed_file_is_another_record(root: Path, kept: Shelf, watch: Watch) -> None:
    """Problems name the file, so what was found of the old one does not hold."""
    first = gathered(root, kept)
    watch.forget()
    (root / ZENG).rename(root / f"{YUFENG}/deputies/zeng-shili.yml")
    second = gathered(root, kept)
    assert watch.read == [f"{YUFENG}/deputies/zeng-shili.yml"]
    assert second.digest != first.digest
    assert second.brief.digest(3) != first.brief.digest(3)


def test_a_record_with_a_problem_is_read_until_it_has_none(root: Path, kept: Shelf, watch: Watch) -> None:
    """Its problem is told every time, of this file alone."""
    small.change(root, ZENG, "verified_on: 2026-10-01", "verified_on: 2026-13-01")
    first = gathered(root, kept)
    assert [(one.rule, one.source.file) for one in first.problems] == [("date/impossible", ZENG)]
    assert first.brief.has_lost
    watch.forget()
    small.change(root, f"{LANTIAN}/station.yml", "一楼", "二楼")
    second = gathered(root, kept)
    assert set(watch.read) == {f"{LANTIAN}/station.yml", ZENG}
    assert second.problems == first.problems
    small.change(root, ZENG, "verified_on: 2026-13-01", "verified_on: 2026-10-01")
    assert gathered(root, kept).problems == ()


def test_a_picture_is_part_of_what_counts(root: Path, kept: Shelf, watch: Watch) -> None:
    """Another picture, or none, is another part; no record is read for it, unless it is no picture."""
    first = gathered(root, kept)
    watch.forget()
    (root / PHOTO).write_bytes((root / PHOTO).read_bytes() + b"\0")
    small.settle()
    other = gathered(root, kept)
    (root / PHOTO).write_bytes(b"no picture")
    small.settle()
    wrong = gathered(root, kept)
    (root / PHOTO).unlink()
    none = gathered(root, kept)
    assert len({one.digest for one in (first, other, wrong, none)}) == 4
    assert [one.rule for one in wrong.problems] == ["picture/content"]
    assert (other.problems, none.problems, none.brief.photos) == ((), (), ())
    assert watch.read == []


@pytest.mark.parametrize("name", ["文件.yml", "Upper.yml"])
def test_what_is_refused_is_part_of_what_counts(name: str, root: Path, kept: Shelf) -> None:
    """It is told again as long as it lies there."""
    first = gathered(root, kept)
    (root / YUFENG / name).write_text("x")
    second, third = gathered(root, kept), gathered(root, kept)
    assert first.digest != second.digest == third.digest
    assert [one.rule for one in second.problems] == [one.rule for one in third.problems] == ["file/name"]


def test_what_the_cache_lost_is_read_again(root: Path, kept: Shelf, watch: Watch, tmp_path: Path) -> None:
    """Whichever of its files is gone or damaged; the result is the same."""
    first = gathered(root, kept)
    whole = cached.copied(kept, tmp_path / "whole")
    for name in sorted(path.name for path in whole.folder.iterdir()):
        for spoil in (Path.unlink, lambda file: file.write_bytes(file.read_bytes()[:-1])):
            shutil.rmtree(kept.folder)
            cached.copied(whole, kept.folder)
            spoil(kept.folder / name)
            small.change(root, ZENG, "bio: 一句话简介", "bio: 另一句话")
            small.change(root, ZENG, "bio: 另一句话", "bio: 一句话简介")
            watch.forget()
            assert gathered(root, kept).digest == first.digest
            assert gathered(root, kept).brief == first.brief


def test_asked_to_read_anew_nothing_old_is_used(root: Path, kept: Shelf, watch: Watch) -> None:
    """As where the cache turned out to hold something else."""
    first = gathered(root, kept)
    watch.forget()
    (part,) = parts([LANTIAN, YUFENG])
    assert gather.gather(root, part, kept, anew=True) == first
    assert watch.read == RECORDS
