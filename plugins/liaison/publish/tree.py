"""A folder that is brought to hold exactly the files of one build: the one door to disk."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

_HALF = ".new-"
"""What the name of a file begins with until it is whole."""


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
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        pass
    _make_folder(target.parent, root)
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
    handle, temporary = tempfile.mkstemp(dir=target.parent, prefix=_HALF)
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
        """Write a file that was claimed."""
        self.confirm((path,))
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
                if path not in self._claimed and not (below == "." and _is_kept(name)):
                    (at / name).unlink()
                    self.tally.removed += 1
            if folders or below != ".":
                _remove_if_empty(at, self.root)
        return self.tally


def _is_kept(name: str) -> bool:
    """Whether a name at the root is someone else's; what a build that was killed left half written is not."""
    return name.startswith(".") and not name.startswith(_HALF)


def _make_folder(folder: Path, root: Path) -> None:
    """Make a folder and those around it, up to the root; a file of an earlier build in its place goes."""
    if folder.is_dir():
        return
    if folder == root:
        folder.mkdir(parents=True, exist_ok=True)
    else:
        _make_folder(folder.parent, root)
        try:
            folder.mkdir()
        except FileExistsError:  # an old file, or another worker was faster
            if not folder.is_dir():
                folder.unlink(missing_ok=True)
                folder.mkdir(exist_ok=True)
    folder.chmod(0o755)  # public, whatever the umask


def _remove_if_empty(folder: Path, root: Path) -> None:
    if folder != root and not any(folder.iterdir()):
        folder.rmdir()
