"""Two folders compared as a reader of a host would never do: every file, byte, mode, link and empty folder."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from pathlib import Path

Tree = Mapping[str, tuple[str, bytes]]
"""Kind and mode, and content, of everything below a folder, by path."""

_SHOWN = 8


def tree_of(folder: Path) -> Tree:
    """What lies below a folder; nothing where there is no folder."""
    return {path.relative_to(folder).as_posix(): _entry(path) for path in folder.rglob("*")}


def _entry(path: Path) -> tuple[str, bytes]:
    mode = stat.filemode(path.lstat().st_mode)
    if path.is_symlink():
        return mode, bytes(path.readlink())
    return mode, path.read_bytes() if path.is_file() else b""


def must_be(folder: Path, wanted: Tree, words: object = "") -> None:
    """What lies below a folder is this and nothing else; words say how it came about."""
    wrong = _differences(tree_of(folder), wanted)
    assert not wrong, "\n".join([f"{folder.name} is not what it should be", *wrong, str(words)])


def _differences(found: Tree, wanted: Tree) -> list[str]:
    """The first paths that differ, and how."""
    paths = sorted(path for path in {*found, *wanted} if found.get(path) != wanted.get(path))
    more = [f"and {len(paths) - _SHOWN} more"] if len(paths) > _SHOWN else []
    return [f"{path}: {_how(found.get(path), wanted.get(path))}" for path in paths[:_SHOWN]] + more


def _how(found: tuple[str, bytes] | None, wanted: tuple[str, bytes] | None) -> str:
    if found is None:
        return "is missing"
    if wanted is None:
        return "should not be there"
    if found[0] != wanted[0]:
        return f"is {found[0]}, should be {wanted[0]}"
    pairs = enumerate(zip(found[1], wanted[1], strict=False))
    at = next((place for place, (one, other) in pairs if one != other), min(len(found[1]), len(wanted[1])))
    return f"differs from byte {at} on: {_near(found[1], at)} should be {_near(wanted[1], at)}"


def _near(data: bytes, at: int) -> str:
    return repr(data[max(0, at - 30) : at + 50].decode("utf-8", "replace"))
