"""A file that one program at a time holds: the system lets go of it when that program ends, however it ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO
from weakref import WeakSet

_open: WeakSet[IO[str]] = WeakSet()
"""Files that are held here."""


class HeldError(Exception):
    """Another program holds the file; `holder` is what it wrote there."""

    def __init__(self, holder: str) -> None:
        super().__init__(holder)
        self.holder = holder


@contextmanager
def held(file: Path, holder: str) -> Iterator[None]:
    """Hold a file, and write there who does. Raises `HeldError`, and `OSError`."""
    with file.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise HeldError(lock.read(200).strip()) from None
        _open.add(lock)
        lock.truncate(0)
        lock.write(holder)
        lock.flush()
        try:
            yield
        finally:
            _open.discard(lock)
            lock.truncate(0)


def _let_go() -> None:
    """A forked worker shares what is held, and would keep it when the program itself is killed."""
    for lock in list(_open):
        lock.close()


os.register_at_fork(after_in_child=_let_go)
