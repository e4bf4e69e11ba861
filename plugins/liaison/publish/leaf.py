"""The folder of one page: it holds the page's files and nothing else, and whoever touches it is noticed."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Mapping
from pathlib import Path

from .tree import Tally, create, make_folder, put

Stamp = tuple[int, int, int, int]
"""Times of change of content and of anything, in nanoseconds; size; number on disk."""


Leaf = tuple[str, Stamp, tuple[tuple[str, Stamp], ...]]
"""A page's folder as it was left: path below the site, its stamp, and name and stamp of each file."""


_MODE = 0o755
"""Open to a web server."""


def stamp(path: str) -> Stamp | None:
    """How a file or folder looks from outside; None where there is none. Links are not followed."""
    try:
        found = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino


def is_intact(root: Path, leaf: Leaf) -> bool:
    """Whether nothing touched the folder or its files since."""
    path, was_folder, files = leaf
    folder = f"{root}/{path}"
    if stamp(folder) != was_folder:
        return False
    for name, was in files:  # noqa: SIM110 - called for every page: quicker than a generator
        if stamp(f"{folder}/{name}") != was:
            return False
    return True


def put_leaf(root: Path, path: str, files: Mapping[str, bytes], done: Tally) -> Leaf:
    """Make the folder at `path` below `root` hold exactly these files; equal bytes are left alone."""
    folder = f"{root}/{path}"
    if _is_new(folder, root):
        for name, data in files.items():
            create(f"{folder}/{name}", data, root)
        done.written += len(files)
    else:
        changed = sum(put(root, f"{path}/{name}", data) for name, data in files.items())
        done.written += changed
        done.unchanged += len(files) - changed
        done.removed += _clear(folder, files)
    stamps = tuple((name, _sure(stamp(f"{folder}/{name}"))) for name in files)
    return path, _sure(stamp(folder)), stamps


def _is_new(folder: str, root: Path) -> bool:
    """Make the folder; says whether it was not there."""
    try:
        os.mkdir(folder)  # noqa: PTH102 - called for every page: paths as text are quicker
    except FileExistsError:
        if os.path.islink(folder):  # noqa: PTH114
            os.unlink(folder)  # noqa: PTH108 - what it leads to is not ours
            return _is_new(folder, root)
        if not os.path.isdir(folder):  # noqa: PTH112
            make_folder(Path(folder), root)
        elif stat.S_IMODE(os.lstat(folder).st_mode) != _MODE:
            os.chmod(folder, _MODE)  # noqa: PTH101
        return False
    except (FileNotFoundError, NotADirectoryError):
        make_folder(Path(folder), root)
        return False
    os.chmod(folder, _MODE)  # noqa: PTH101 - whatever the umask
    return True


def _clear(folder: str, files: Mapping[str, bytes]) -> int:
    """Remove what does not belong; says how many files that were."""
    removed = 0
    with os.scandir(folder) as scanned:
        strange = [entry for entry in scanned if entry.name not in files]
    for entry in strange:
        if entry.is_dir(follow_symlinks=False):
            removed += sum(len(names) for _, _, names in os.walk(entry.path))
            shutil.rmtree(entry.path)
        else:
            os.unlink(entry.path)  # noqa: PTH108 - as above
            removed += 1
    return removed


def _sure(found: Stamp | None) -> Stamp:
    if found is None:
        raise FileNotFoundError("a file that was just written is gone")
    return found
