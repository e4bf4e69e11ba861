"""A folder of ours that is replaced whole, and never somebody else's: a note in it says that it is ours."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .swap import SwapError, beside, only_one, recover, swap


@contextmanager
def replaced(out: Path, doing: str, note: str, mark: str) -> Iterator[Path]:
    """An empty folder to fill; at the end it stands at `out`, and what stood there is gone. After a fault it stays.

    The file `note`, which must be written among the others, begins with `mark`. Raises `SwapError`, also where `out`
    holds something and no such note.
    """
    out = out.absolute()
    _check(out, note, mark)
    with only_one(out, doing):
        recover(out)
        _check(out, note, mark)
        new = beside(out, "new")
        new.mkdir()
        try:
            yield new
            swap(out)
        except BaseException:
            shutil.rmtree(new, ignore_errors=True)
            raise


def _check(out: Path, note: str, mark: str) -> None:
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise SwapError(f"{out} 不是文件夹；请换一个名字")
    if not out.exists() or not any(out.iterdir()):
        return
    try:
        is_ours = (out / note).read_text("utf-8-sig").startswith(mark)
    except (OSError, ValueError):
        is_ours = False
    if not is_ours:
        raise SwapError(f"{out} 里已经有别的文件，怕盖掉；请换一个文件夹，或者先把它移走")
