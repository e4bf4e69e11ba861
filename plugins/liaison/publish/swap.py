"""A folder that is replaced by another as a whole: one at a time, with enough room, and never half."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .lock import HeldError, held

_AT_FDCWD = -100
_EXCHANGE = 2
"""Of renameat2(2), see its manual page."""
_UNKNOWN = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


class SwapError(ValueError):
    """The folder cannot be replaced; says why and what to do in Chinese."""


def beside(target: Path, what: str) -> Path:
    """A name beside a folder, on the same disk: `.site.new` for `site` and `new`."""
    return target.with_name(f".{target.name}.{what}")


@contextmanager
def only_one(target: Path, doing: str) -> Iterator[None]:
    """Hold the folder for one program; the system lets go of it when that ends, however it ends. Raises `SwapError`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        with held(beside(target, "lock"), f"{doing}，进程 {os.getpid()}"):
            yield
    except HeldError as error:
        holder = error.holder or "不知道是哪一个"
        raise SwapError(f"另一个程序正在处理 {target}（{holder}），等它做完再来") from None


def room_for(folder: Path, wanted: int, files: int) -> None:
    """Hold that so many bytes and files still fit beside a folder. Raises `SwapError`."""
    state = os.statvfs(folder)
    free = state.f_bavail * state.f_frsize
    if free < wanted:
        raise SwapError(f"磁盘空间不够：{folder} 所在的磁盘还有 {_megabytes(free)}，至少要 {_megabytes(wanted)}")
    if state.f_files and state.f_favail < files:
        raise SwapError(f"磁盘放不下这么多文件：还能放 {state.f_favail} 个，至少要 {files} 个")


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.0f} MB"


def recover(target: Path) -> None:
    """Put back what a program that was killed between two steps left beside the folder."""
    old = beside(target, "old")
    if old.exists() and not target.exists():
        old.rename(target)
    for what in ("old", "new"):
        shutil.rmtree(beside(target, what), ignore_errors=True)


def swap(target: Path) -> None:
    """Put `beside(target, "new")` in the folder's place, in one step where the system can, and remove what was there.

    Raises `OSError`; then the folder is as it was.
    """
    new, old = beside(target, "new"), beside(target, "old")
    os.sync()  # nothing is switched to before it is on the disk
    if not target.exists():
        new.rename(target)
    elif _exchanged(new, target):
        new.rename(old)
    else:
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
    _flush(target.parent)
    shutil.rmtree(old, ignore_errors=True)


def exchange(target: Path, other: Path) -> None:
    """Let two folders change places, in one step where the system can; where there is no `target`, move `other` there.

    Raises `OSError`; then both are where they were.
    """
    os.sync()
    if not target.exists():
        other.rename(target)
    elif not _exchanged(other, target):
        old = beside(target, "old")
        target.rename(old)
        try:
            other.rename(target)
        except OSError:
            old.rename(target)
            raise
        old.rename(other)
    _flush(target.parent)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two names in one step; says whether the system can."""
    call = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if call is None:
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _UNKNOWN:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _flush(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
