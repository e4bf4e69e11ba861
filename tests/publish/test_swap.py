"""A folder is replaced whole, by one program at a time, and never half."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from liaison.publish import swap as swapping
from liaison.publish.swap import SwapError, beside, only_one, recover, room_for, swap


def laid(folder: Path, word: str) -> Path:
    folder.mkdir(parents=True)
    (folder / "index.html").write_text(word)
    return folder


def word_of(folder: Path) -> str:
    return (folder / "index.html").read_text()


@pytest.fixture(params=["in one step", "in two steps"])
def site(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a new one beside it, on systems that can exchange two names and on others."""
    if request.param == "in two steps":
        monkeypatch.setattr(swapping, "_exchanged", lambda _one, _other: False)
    target = laid(tmp_path / "site", "old")
    laid(beside(target, "new"), "new")
    return target


def test_the_new_folder_takes_the_place_of_the_old(site: Path) -> None:
    """Nothing of the old one is left beside it."""
    swap(site)
    assert word_of(site) == "new"
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_folder_that_was_not_there_is_put_there(site: Path) -> None:
    """The first time there is nothing to replace."""
    (site / "index.html").unlink()
    site.rmdir()
    swap(site)
    assert word_of(site) == "new"


def test_a_swap_that_fails_changes_nothing(site: Path) -> None:
    """The new folder is gone, so the old one stays."""
    (beside(site, "new") / "index.html").unlink()
    beside(site, "new").rmdir()
    with pytest.raises(FileNotFoundError):
        swap(site)
    assert word_of(site) == "old"


def test_what_a_killed_program_left_is_put_back(tmp_path: Path) -> None:
    """Between two steps the old folder has another name for a moment."""
    target = tmp_path / "site"
    laid(beside(target, "old"), "old")
    laid(beside(target, "new"), "new")
    recover(target)
    assert word_of(target) == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_only_one_program_holds_a_folder(tmp_path: Path) -> None:
    """Another process is told who does; when the first ends, however it ends, the folder is free."""
    code = (
        "import sys; from pathlib import Path; from liaison.publish.swap import only_one\n"
        "with only_one(Path(sys.argv[1]), '正在生成'):\n    print('held', flush=True); sys.stdin.read()"
    )
    target = tmp_path / "site"
    command = [sys.executable, "-c", code, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(SwapError, match=f"正在生成，进程 {other.pid}"), only_one(target, "正在生成"):
            pass
        other.kill()
        other.wait()
    with only_one(target, "正在生成"):
        pass


def test_a_worker_does_not_keep_what_the_killed_program_held(tmp_path: Path) -> None:
    """A program is killed while a process that it forked lives on: the folder is free all the same."""
    code = (
        "import os, sys, time; from pathlib import Path; from liaison.publish.swap import only_one\n"
        "with only_one(Path(sys.argv[1]), '正在生成'):\n"
        "    child = os.fork()\n"
        "    if child == 0: print(os.getpid(), flush=True); time.sleep(60); os._exit(0)\n"
        "    sys.stdin.read()"
    )
    target = tmp_path / "site"
    command = [sys.executable, "-c", code, str(target)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        child = int(other.stdout.readline())
        other.kill()
        other.wait()
        try:
            os.kill(child, 0)
            with only_one(target, "正在生成"):
                pass
        finally:
            os.kill(child, signal.SIGKILL)


def test_too_little_room_is_told(tmp_path: Path) -> None:
    """How much there is, and how much is wanted."""
    room_for(tmp_path, 1, 1)
    with pytest.raises(SwapError, match="磁盘空间不够"):
        room_for(tmp_path, 10**18, 1)
