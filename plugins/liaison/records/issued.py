"""Lessons that an earlier version had published, read from Git: their numbers never change and never go away."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from liaison.model.lessons import Place

from .curriculum import Issued
from .files import EPISODES
from .front_matter import split
from .loader import read
from .text import decode
from .versions import BaseError, Version

__all__ = ["BaseError", "check_out", "issued_at"]


def issued_at(version: Version) -> tuple[Issued, ...]:
    """Lessons published in a version, or withdrawn after they were. Raises `BaseError`."""
    files = version.files(EPISODES)
    lessons = [(blob, place) for path, blob in files.items() if (place := Place.of(path)) is not None]
    return tuple(_published(lessons, version.contents([blob for blob, _ in lessons])))


def check_out(root: Path, ref: str, folder: Path) -> None:
    """Lay the site as it was at a version of its repository into a folder. Raises `BaseError`."""
    packed = Version.of(root, ref).packed()
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def _published(lessons: list[tuple[str, Place]], contents: Iterable[bytes]) -> Iterator[Issued]:
    for (_, place), data in zip(lessons, contents, strict=True):
        text = decode(data)
        head = split(text).head if isinstance(text, str) else None
        tree = read(head).tree if head is not None else None
        if isinstance(tree, dict) and tree.get("status") in {"published", "withdrawn"}:
            yield Issued(place, str(tree.get("title", "")), str(tree.get("date", "")))
