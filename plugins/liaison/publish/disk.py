"""Files of a release on a local disk: copied or linked, written through to the disk, and the lock of a folder."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from . import lock
from .manifest import Entry
from .place import PublishError
from .tree import make_folder

HALF = ".new-"
"""What the name of something begins with until it is whole."""

LOCK = ".lock"
_BLOCK = 4096
_SPARE = 16_000_000
"""Bytes that must stay free, for logs and folders."""
_NO_LINKS = {errno.EXDEV, errno.EPERM, errno.EMLINK, errno.EOPNOTSUPP, errno.EACCES}


@contextmanager
def held(folder: Path, holder: str) -> Iterator[None]:
    """Hold a folder for one publisher; the system lets go when the program ends, however. Raises `PublishError`."""
    try:
        with lock.held(folder / LOCK, holder):
            yield
    except lock.HeldError as error:
        other = error.holder or "不知道是谁"
        raise PublishError(f"有人正在往 {folder} 发布（{other}），等那边做完再来；什么也没有改") from None


def copy(source: Path, target: Path, root: Path) -> None:
    """Copy a file below `root`, readable for a web server whatever the umask; folders are made. Raises `OSError`."""
    if not target.parent.is_dir():
        make_folder(target.parent, root)
    shutil.copyfile(source, target, follow_symlinks=False)
    target.chmod(0o644)


def link(source: Path, target: Path, root: Path, size: int) -> bool:
    """Make a second name for a file that has this size; says whether it could be. Raises `OSError`."""
    try:
        if os.lstat(source).st_size != size:
            return False
        if not target.parent.is_dir():
            make_folder(target.parent, root)
        os.link(source, target, follow_symlinks=False)
    except (FileNotFoundError, NotADirectoryError):
        return False  # damaged; what is missing is copied
    except OSError as error:
        if error.errno in _NO_LINKS:
            return False  # this disk has no links; copying does as well
        raise
    return True


def room_wanted(entries: Iterable[Entry], folders: int) -> int:
    """Bytes of disk that files and folders take, at most."""
    return sum((entry.size // _BLOCK + 1) * _BLOCK for entry in entries) + folders * _BLOCK + _SPARE


def check_room(label: str, free: int, wanted: int) -> None:
    """Raises `PublishError` where there is too little."""
    if free < wanted:
        raise PublishError(
            f"{label} 的磁盘空间不够：还有 {free / 1_000_000:,.0f} MB，至少要 {wanted / 1_000_000:,.0f} MB；"
            "请腾出空间以后再来，网站没有变"
        )


def free_bytes(folder: Path) -> int:
    """Bytes that may still be written beside a folder."""
    state = os.statvfs(folder)
    return state.f_bavail * state.f_frsize


def sync_disk(folder: Path) -> None:
    """Write everything on the disk of a folder through to it. Raises `OSError` where that fails."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if call is None:
        os.sync()
        return
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        if call(handle) != 0:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Write the names in a folder through to the disk. Raises `OSError`."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def folders_of(paths: Iterable[str]) -> set[str]:
    """All folders that files lie in, at any depth."""
    found: set[str] = set()
    for path in paths:
        at = path
        while (at := at.rpartition("/")[0]) and at not in found:
            found.add(at)
    return found
