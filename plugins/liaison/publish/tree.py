"""A folder that is brought to hold exactly the files of one build: the one door to disk."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


class TwiceError(ValueError):
    """Two parts of the program want to write one file."""


@dataclass(slots=True)
class Tally:
    """What a build did to the folder."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0


def put(root: Path, path: str, data: bytes) -> bool:
    """Make `path` below `root` hold `data`; equal bytes are left alone. Says whether anything was written.

    A reader sees the old file or the new one, never a part of either.
    """
    target = root / path
    try:
        if target.stat().st_size == len(data) and target.read_bytes() == data:
            return False
    except (FileNotFoundError, NotADirectoryError):
        pass
    _make_folder(target.parent, root)
    if target.is_dir() and not target.is_symlink():
        _remove_tree(target)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.chmod(temporary, 0o644)  # noqa: PTH101 - public files, whatever the umask
        os.replace(temporary, target)  # noqa: PTH105 - the temporary name is text
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    return True


class Tree:
    """Files of one build below `root`; `finish` removes what is not among them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tally = Tally()
        self._claimed: set[str] = set()

    def claim(self, paths: Iterable[str]) -> None:
        """Declare files that are about to be written. Raises `TwiceError` where one is declared already."""
        for path in paths:
            if path in self._claimed:
                raise TwiceError(f"两处都要写同一个文件：{path}")
            self._claimed.add(path)

    def confirm(self, paths: Iterable[str]) -> None:
        """Check that files written elsewhere were claimed. Raises `TwiceError` on one that nobody planned."""
        for path in paths:
            if path not in self._claimed:
                raise TwiceError(f"写了没有计划的文件：{path}")

    def write(self, path: str, data: bytes) -> None:
        """Claim a file and write it."""
        self.claim((path,))
        self.count(changed=put(self.root, path, data))

    def count(self, *, changed: bool, times: int = 1) -> None:
        """Note files that were written or left alone elsewhere, in a worker."""
        if changed:
            self.tally.written += times
        else:
            self.tally.unchanged += times

    def finish(self) -> Tally:
        """Remove files of earlier builds and empty folders; names that begin with a dot at the root are kept."""
        for folder, folders, names in os.walk(self.root, topdown=False):
            at = Path(folder)
            below = at.relative_to(self.root).as_posix()
            if below.split("/")[0].startswith(".") and below != ".":
                continue
            for name in names:
                path = name if below == "." else f"{below}/{name}"
                if path not in self._claimed and not (below == "." and name.startswith(".")):
                    (at / name).unlink()
                    self.tally.removed += 1
            if folders or below != ".":
                _remove_if_empty(at, self.root)
        return self.tally


def _make_folder(folder: Path, root: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):  # a file of an earlier build where a folder must be
        at = folder
        while at != root and not at.is_file():
            at = at.parent
        at.unlink()
        folder.mkdir(parents=True, exist_ok=True)


def _remove_if_empty(folder: Path, root: Path) -> None:
    if folder != root and not any(folder.iterdir()):
        folder.rmdir()


def _remove_tree(folder: Path) -> None:
    for inner in sorted(folder.rglob("*"), reverse=True):
        inner.rmdir() if inner.is_dir() and not inner.is_symlink() else inner.unlink()
    folder.rmdir()
