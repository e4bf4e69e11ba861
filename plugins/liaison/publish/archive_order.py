"""In which order an update is packed, and whether it can be unpacked over what is there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from .manifest import NAME, Difference, upload_order


def update_order(difference: Difference, gone: Sequence[str]) -> list[str]:
    """What is new in the order of an upload, then what overwrites that which is gone, and the manifest last.

    So nothing that an old page still loads is overwritten before the pages are new.
    """
    return [*upload_order((*difference.added, *difference.changed)), *gone, NAME]


def burial(removed: Collection[str]) -> list[str]:
    """Pages first, then what they loaded."""
    return upload_order(removed)[::-1]


def clashes(removed: Collection[str], files: Collection[str]) -> bool:
    """Whether something that is gone is in the way of a file that is there, on Windows at the latest."""
    here = {path.casefold() for path in files}
    folders = {folder for path in here for folder in _above(path)}
    return any(
        path in here or path in folders or any(folder in here for folder in _above(path))
        for path in map(str.casefold, removed)
    )


def _above(path: str) -> list[str]:
    found = []
    while path := path.rpartition("/")[0]:
        found.append(path)
    return found
