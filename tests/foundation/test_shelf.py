"""Files of the cache: whole and of this version, or as if they were not there."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import stat
import subprocess
import sys
import time
from importlib import metadata
from pathlib import Path

import pytest

from liaison import shelf
from liaison.shelf import VARIABLE, Shelf, digest, lend, open_for, packed, passing, unpacked, version
from support.limits import files_end_at

VALUE = {"stations": ["3F7K2MC"], "deputies": ("示例", 7, None)}
DAY = 86_400


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    (tmp_path / "shelf").mkdir()
    return Shelf(tmp_path / "shelf")


def names(kept: Shelf) -> set[str]:
    return {path.name for path in kept.folder.iterdir()}


def test_what_was_put_is_found_again(kept: Shelf) -> None:
    """Under its name, the last of several; nothing under another."""
    kept.put("one", "old")
    kept.put("one", VALUE)
    kept.put_packed("two", packed(3))
    assert (kept.get("one"), kept.get("two"), kept.get("three")) == (VALUE, 3, None)
    assert names(kept) == {"one", "two"}


def test_a_damaged_file_is_as_if_it_were_not_there(kept: Shelf) -> None:
    """Whichever byte of it changed."""
    data = packed(VALUE)
    for place in range(len(data)):
        for flipped in (1, 0x80, 0xFF):
            (kept.folder / "one").write_bytes(data[:place] + bytes([data[place] ^ flipped]) + data[place + 1 :])
            assert kept.get("one") is None
    kept.put("one", VALUE)
    assert kept.get("one") == VALUE


def test_a_file_that_is_too_short_or_too_long_is_not_believed() -> None:
    """Cut off anywhere, empty, or with something behind it."""
    data = packed(VALUE)
    assert unpacked(data) == VALUE
    assert [unpacked(data[:length]) for length in range(len(data))] == [None] * len(data)
    assert unpacked(data + b"\0") is None
    assert unpacked(data + data) is None


@pytest.mark.parametrize("kind", ["folder", "link into nothing", "link in a circle"])
def test_what_is_no_file_is_not_there(kind: str, kept: Shelf) -> None:
    """Whatever else stands under the name."""
    place = kept.folder / "one"
    if kind == "folder":
        place.mkdir()
    else:
        place.symlink_to(place if kind == "link in a circle" else "nowhere")
    assert kept.get("one") is None


def test_a_shelf_that_is_gone_holds_nothing(tmp_path: Path) -> None:
    """To look there is no error."""
    assert Shelf(tmp_path / "gone").get("one") is None
    Shelf(tmp_path / "gone").keep_only(["one"])


def test_what_another_version_made_is_not_there(kept: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither an older one's to a newer nor the reverse."""
    kept.put("one", VALUE)
    monkeypatch.setattr(shelf, "version", lambda: b"another version.")
    assert kept.get("one") is None
    kept.put("one", "newer")
    assert kept.get("one") == "newer"
    monkeypatch.undo()
    assert kept.get("one") is None


def test_the_version_is_that_of_everything_results_depend_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """Own source, libraries, Python: another of any is another version; else it is always the same."""
    anew = version.__wrapped__
    assert anew() == version()
    script = "from liaison.shelf import version; print(version().hex())"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    assert said.strip() == version().hex()
    real = metadata.version
    for library in ("jinja2", "pillow", "pydantic", "pypinyin", "pyyaml", "chinesecalendar"):
        monkeypatch.setattr(metadata, "version", lambda name, library=library: "0.0" if name == library else real(name))
        assert anew() != version()
    monkeypatch.undo()
    monkeypatch.setattr(sys, "version", "4.0")
    assert anew() != version()
    monkeypatch.undo()
    read = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda file: read(file) + b"#" * (file.name == "shelf.py"))
    assert anew() != version()


def test_borders_between_parts_count_in_a_digest() -> None:
    """Or a text could move from one field to the next unnoticed."""
    assert len({digest(b"ab", b"c"), digest(b"a", b"bc"), digest(b"abc"), digest(b"abc", b""), digest()}) == 5
    assert digest(b"ab", b"c") == digest(b"ab", b"c")


LONG = 300_000


def _write(folder: Path, mark: int, until: float) -> None:
    while time.monotonic() < until:
        Shelf(folder).put("one", [mark] * LONG)


def test_two_writers_at_once_leave_one_of_both_values_whole(kept: Shelf) -> None:
    """A reader never sees a part, or nothing."""
    kept.put("one", [0] * LONG)
    until = time.monotonic() + 1
    fork = multiprocessing.get_context("fork")
    writers = [fork.Process(target=_write, args=(kept.folder, mark, until)) for mark in (1, 2)]
    for one in writers:
        one.start()
    seen = set()
    while time.monotonic() < until:
        found = kept.get("one")
        assert len(found) == LONG
        assert len(set(found)) == 1
        seen.add(found[0])
    for one in writers:
        one.join()
    assert seen & {1, 2}
    assert names(kept) == {"one"}


def _be_killed_before_it_is_put(folder: Path) -> None:
    os.replace = lambda *_: os.kill(os.getpid(), signal.SIGKILL)  # type: ignore[assignment]
    Shelf(folder).put("one", "new")


def test_a_writer_that_is_killed_leaves_the_old_value(kept: Shelf) -> None:
    """And a file beside it that nobody takes for a value; after a day it is swept away."""
    kept.put("one", VALUE)
    child = multiprocessing.get_context("fork").Process(target=_be_killed_before_it_is_put, args=(kept.folder,))
    child.start()
    child.join()
    assert child.exitcode == -signal.SIGKILL
    assert kept.get("one") == VALUE
    (half,) = names(kept) - {"one"}
    kept.keep_only(["one"])
    assert names(kept) == {"one", half}
    os.utime(kept.folder / half, (time.time() - 2 * DAY,) * 2)
    kept.keep_only(["one"])
    assert names(kept) == {"one"}


def test_killed_at_any_moment_a_writer_leaves_something_whole(kept: Shelf) -> None:
    """The old value or the new one."""
    kept.put("one", [0] * LONG)
    fork = multiprocessing.get_context("fork")
    for number in range(12):
        child = fork.Process(target=_write, args=(kept.folder, number, time.monotonic() + 60))
        child.start()
        time.sleep(0.003 * number)
        child.kill()
        child.join()
        found = kept.get("one")
        assert len(found) == LONG
        assert len(set(found)) == 1


def test_a_full_disk_leaves_the_old_value(kept: Shelf) -> None:
    """It is told, and nothing half written is left."""
    kept.put("one", VALUE)
    with files_end_at(1_000), pytest.raises(OSError, match="File too large"):
        kept.put("one", "x" * 5_000)
    assert kept.get("one") == VALUE
    assert names(kept) == {"one"}


def test_only_what_is_wanted_is_kept(kept: Shelf) -> None:
    """Other files go; folders, names with a dot and what somebody may be writing stay."""
    for name in ("one", "two", "three"):
        kept.put(name, name)
    kept.below("inner").put("one", 1)
    for name in (".about", ".new-young"):
        (kept.folder / name).write_bytes(b"")
    kept.keep_only(["one", "never there"])
    assert names(kept) == {"one", "inner", ".about", ".new-young"}
    assert kept.get("one") == "one"
    assert kept.below("inner").get("one") == 1


def test_a_shelf_inside_another_is_nobody_elses_to_read(kept: Shelf) -> None:
    """Made where it is not there yet."""
    inner = kept.below("inner")
    assert inner == kept.below("inner") == Shelf(kept.folder / "inner")
    assert stat.S_IMODE(inner.folder.stat().st_mode) == 0o700


def test_a_passing_shelf_goes_with_the_last_that_holds_it() -> None:
    """It can be used meanwhile, also by workers, who leave it alone when they end."""
    made = passing()
    folder = made.folder
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    child = multiprocessing.get_context("fork").Process(target=made.put, args=("one", VALUE))
    child.start()
    child.join()
    assert made.get("one") == VALUE
    copy = pickle.loads(pickle.dumps(made))
    assert copy == made
    del copy
    assert folder.exists()
    del made, child
    assert not folder.exists()


@pytest.mark.parametrize(("end", "code"), [("", 0), ("; raise SystemExit(3)", 3), ("; 1 / 0", 1)])
def test_a_passing_shelf_ends_with_the_program(end: str, code: int, tmp_path: Path) -> None:
    """However that ends, nothing is left in the folder for what passes."""
    script = f"from liaison.shelf import passing; kept = passing(); kept.put('one', 1); print(kept.folder){end}"
    command, scratch = [sys.executable, "-c", script], {"TMPDIR": str(tmp_path)}
    done = subprocess.run(command, env=scratch, capture_output=True, text=True, check=False)
    assert done.returncode == code
    assert done.stdout.startswith(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_a_twin_begins_with_what_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that is kept for a site is at hand for another; what the one renews later does not touch the other."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "cache"))
    one, other = tmp_path / "one", tmp_path / "other"
    for folder in (one, other):
        folder.mkdir()
    source = open_for(one)
    assert source is not None
    source.put("name", "kept")
    source.below("inside").put("deep", "kept too")
    lend(one, other)
    target = open_for(other)
    assert target is not None
    assert (target.get("name"), target.below("inside").get("deep")) == ("kept", "kept too")
    target.put("name", "renewed")
    assert source.get("name") == "kept"
    lend(one, other)
    assert target.get("name") == "kept"
    target.put("name", "its own")
    target.below("inside").put("more", "new")
    lend(other, one, "inside")
    assert (source.get("name"), source.below("inside").get("more")) == ("kept", "new")
