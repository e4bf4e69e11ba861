"""A folder that is brought to hold exactly the files of one build: the one door to disk."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

_HALF = ".new-"
"""What the name of a file begins with until it is whole."""

_MODE = 0o644
"""Readable for a web server."""


Holds = Callable[[str, str], bool]


class TwiceError(ValueError):
    """Two parts of the program want to write one file."""


@dataclass(slots=True)
class Tally:
    """What a build did to the folder."""

    written: int = 0
    unchanged: int = 0
    removed: int = 0

    def add(self, other: Tally) -> None:
        """Count what was done elsewhere too."""
        self.written += other.written
        self.unchanged += other.unchanged
        self.removed += other.removed


def put(root: Path, path: str, data: bytes) -> bool:
    """Make `path` below `root` hold `data`; equal bytes are left alone. Says whether anything was written.

    A file that is there already is replaced in one step: a reader sees the old one or the new one.
    """
    target = f"{root}/{path}"
    try:
        handle = os.open(target, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except FileNotFoundError:
        create(target, data, root)
    except NotADirectoryError:
        _clear_way(Path(target), root)
        create(target, data, root)
    except OSError:  # a link, or a file that may not be read
        _replace(target, data)
    else:
        return _renew(handle, target, data, root)
    return True


def _renew(handle: int, target: str, data: bytes, root: Path) -> bool:
    """Replace what is there, unless it is a file of the same bytes; says whether anything was written."""
    try:
        found = os.fstat(handle)
        if stat.S_ISREG(found.st_mode) and found.st_size == len(data) and os.read(handle, len(data) + 1) == data:
            if stat.S_IMODE(found.st_mode) != _MODE:
                os.fchmod(handle, _MODE)
            return False
    finally:
        os.close(handle)
    if stat.S_ISDIR(found.st_mode):
        _clear_way(Path(target), root)
        create(target, data, root)
    else:
        _replace(target, data)
    return True


def create(target: str, data: bytes, root: Path) -> None:
    """Write a file that is not there yet."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
    try:
        handle = os.open(target, flags, _MODE)
    except FileNotFoundError:
        make_folder(Path(target).parent, root)
        handle = os.open(target, flags, _MODE)
    except FileExistsError:  # a link that leads nowhere
        _replace(target, data)
        return
    _fill(handle, target, data)


def _replace(target: str, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=Path(target).parent, prefix=_HALF)
    _fill(handle, temporary, data)
    os.replace(temporary, target)  # noqa: PTH105 - as above


def _fill(handle: int, file: str, data: bytes) -> None:
    """Write everything, readable for a web server whatever the umask; what cannot be written whole is taken away."""
    try:
        with os.fdopen(handle, "wb", buffering=0) as stream:
            os.fchmod(handle, _MODE)
            view = memoryview(data)
            while view:
                view = view[stream.write(view) or 0 :]
    except BaseException:
        Path(file).unlink(missing_ok=True)
        raise


class Tree:
    """Files of one build below `root`; `finish` removes what is not among them."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.tally = Tally()
        self._claimed: set[str] = set()
        self._folders: set[str] = set()
        self._reserved: dict[str, Holds] = {}

    def reserve(self, folder: str, holds: Holds) -> None:
        """Keep a folder at the root for pages that are written elsewhere, each into `<folder>/<two>/<rest>`.

        `holds` says whether there is a page for a `<two>` and `<rest>`.
        """
        self._reserved[folder] = holds
        at = self.root / folder
        for one in (at, *(at.iterdir() if at.is_dir() and not at.is_symlink() else ())):
            if one.is_symlink():  # written through, it would be taken for stale afterwards
                one.unlink()
                self.tally.removed += 1

    def claim(self, paths: Iterable[str]) -> None:
        """Declare files that are about to be written.

        Raises `TwiceError` where one is declared already, or where a file would stand in the way of a folder.
        """
        for path in paths:
            if path in self._claimed:
                raise TwiceError(f"两处都要写同一个文件：{path}")
            if path.partition("/")[0] in self._reserved:
                raise TwiceError(f"{path.partition('/')[0]}/ 里只放按编号生成的页面，不能放别的文件：{path}")
            self._claimed.add(path)
            at = path
            while (at := at.rpartition("/")[0]) and at not in self._folders:
                self._folders.add(at)
                if at in self._claimed:
                    raise TwiceError(f"同一个名字又是文件又是文件夹：{at}")
            if path in self._folders:
                raise TwiceError(f"同一个名字又是文件又是文件夹：{path}")

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
        if self.root.is_dir():
            self._sweep("")
        return self.tally

    def _sweep(self, folder: str) -> bool:
        """Remove what was not claimed below a folder, given with a slash; says whether nothing is left in it."""
        with os.scandir(f"{self.root}/{folder}") as scanned:
            entries = list(scanned)
        left = len(entries)
        for entry in entries:
            path = folder + entry.name
            if not folder and _is_kept(entry.name):
                continue
            if not folder and entry.name in self._reserved and entry.is_dir(follow_symlinks=False):
                self._sweep_reserved(entry.name)
                continue
            if entry.is_dir(follow_symlinks=False):
                if self._sweep(f"{path}/"):
                    Path(entry.path).rmdir()
                    left -= 1
            elif path not in self._claimed:
                Path(entry.path).unlink()
                self.tally.removed += 1
                left -= 1
        return not left

    def _sweep_reserved(self, folder: str) -> None:
        """Remove folders of pages that are no more."""
        holds = self._reserved[folder]
        for outer in list(os.scandir(f"{self.root}/{folder}")):
            is_folder = outer.is_dir(follow_symlinks=False)
            inside = list(os.scandir(outer.path)) if is_folder else []
            stale = [one for one in inside if not holds(outer.name, one.name)]
            for inner in stale:
                if inner.is_dir(follow_symlinks=False):
                    self._sweep(f"{folder}/{outer.name}/{inner.name}/")
                    Path(inner.path).rmdir()
                else:
                    Path(inner.path).unlink()
                    self.tally.removed += 1
            if not is_folder:
                Path(outer.path).unlink()
                self.tally.removed += 1
            elif len(stale) == len(inside):
                Path(outer.path).rmdir()
        if not os.listdir(f"{self.root}/{folder}"):  # noqa: PTH208 - whether it is empty
            Path(f"{self.root}/{folder}").rmdir()


def _is_kept(name: str) -> bool:
    """Whether a name at the root is someone else's; what a build that was killed left half written is not."""
    return name.startswith(".") and not name.startswith(_HALF)


def make_folder(folder: Path, root: Path) -> None:
    """Make a folder and those above it, open to a web server whatever the umask; another worker may do the same."""
    try:
        folder.mkdir()
    except FileNotFoundError:
        make_folder(folder.parent, root)
        make_folder(folder, root)
        return
    except (FileExistsError, NotADirectoryError):
        if folder.is_dir():
            return
        _clear_way(folder, root)
        make_folder(folder, root)
        return
    folder.chmod(0o755)


def _clear_way(target: Path, root: Path) -> None:
    """Remove what an earlier build left where something else must be: a folder at a file's place, or the reverse."""
    if target.is_dir() and not target.is_symlink():
        shutil.rmtree(target)
        return
    for at in (target, *target.parents):
        if at == root:
            return
        if at.is_file() or at.is_symlink():
            at.unlink()
            return
