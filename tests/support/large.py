"""A site large enough that a build of it can be met at work: killed, or beside another."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from support.sites import environment
from support.trees import Tree

DAY, LATER = "2026-11-22", "2026-12-22"


@dataclass(frozen=True)
class Large:
    """A site, and the trees that clean builds give: of `DAY`, and of `LATER` with every page changed."""

    root: Path
    first: Tree
    second: Tree

    def copy(self, to: Path) -> Path:
        """The site elsewhere."""
        shutil.copytree(self.root, to)
        return to


def change_every_page(root: Path) -> None:
    """Another header and footer, so that no page stays as it was."""
    for name, end in (("chrome.html", "</footer>"), ("shell.html", "</main>")):
        file = root / "overrides/liaison" / name
        text = file.read_text("utf-8")
        assert end in text
        file.write_text(text.replace(end, f"<p>第二版</p>\n{end}"), "utf-8")


def start_build(root: Path, out: Path, log: Path, **variables: str) -> subprocess.Popen[bytes]:
    """`mkdocs build` at work, leader of a group of its own to which its workers belong."""
    command = ["-m", "mkdocs", "build", "--strict", "-f", str(root / "mkdocs.yml"), "-d", str(out)]
    return _start(command, log, variables)


def start_check(root: Path, log: Path, **variables: str) -> subprocess.Popen[bytes]:
    """`liaison check` at work; what it prints goes to the log."""
    return _start(["-c", "from liaison.cli import main; main()", "check", "--site", str(root)], log, variables)


def _start(command: list[str], log: Path, variables: dict[str, str]) -> subprocess.Popen[bytes]:
    with log.open("wb") as told:
        return subprocess.Popen(
            [sys.executable, *command],
            env=environment(**variables),
            stdout=told,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def written_since(folder: Path, moment: int) -> int:
    """How many files below a folder are newer than a moment in nanoseconds."""
    count, folders = 0, [str(folder)]
    while folders:
        try:
            entries = list(os.scandir(folders.pop()))
        except OSError:
            continue
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(entry.path)
            else:
                count += _is_newer(entry, moment)
    return count


def _is_newer(entry: os.DirEntry[str], moment: int) -> bool:
    try:
        return entry.stat(follow_symlinks=False).st_mtime_ns >= moment
    except OSError:
        return False
