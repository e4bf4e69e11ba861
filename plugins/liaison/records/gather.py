"""A part's records from its files; what did not change since the last time comes from the cache."""

from __future__ import annotations

import os
import pickle
import time
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from liaison.model.deputies import Deputy
from liaison.model.stations import Station
from liaison.problems import Problem
from liaison.shelf import Shelf, digest

from . import media
from .filed import Filed
from .files import Layout, survey_into
from .folder import Folder
from .index import Brief, brief
from .parts import Part

Stamp = tuple[int, int, int, int]
"""Times of change of content and of anything, in nanoseconds; size; number on disk."""

_SETTLED = 2_000_000_000
"""Nanoseconds after which a file's times tell whether it changed: within one tick of a clock (two seconds on some
disks) it could change twice and look the same. Git looks at files in the same way."""


@dataclass(slots=True)
class Gathered:
    """What a part's files gave, but for the records themselves."""

    layout: Layout
    stamps: dict[str, Stamp | None]
    """By file; None while a time is too fresh to be trusted."""
    contents: dict[str, bytes]
    """Digests by file."""
    places: dict[str, int]
    """Of sound records without any problem, by file: where they stand among the part's records."""
    digest: bytes
    """Of everything in the part."""
    brief: Brief
    problems: tuple[Problem, ...] = ()
    unsound: dict[str, Collection[str]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many records there are."""
        return len(self.layout.stations) + len(self.layout.deputies)


def gather(root: Path, part: Part, shelf: Shelf, *, anew: bool = False) -> Gathered:
    """Look at a part's files and read those that changed, or all. Puts the records and what it returns on the shelf."""
    before = None if anew else shelf.get(files_name(part))
    layout = Layout()
    for folder in part.folders:
        survey_into(root, folder, layout)
    files = [*layout.stations, *layout.deputies, *sorted(layout.pictures)]
    stamps = _stamps(root, files)
    if isinstance(before, Gathered) and before.layout == layout and before.stamps == stamps and all(stamps.values()):
        return before
    gathered, records = _read(root, part, shelf, before if isinstance(before, Gathered) else None, layout, stamps)
    shelf.put(records_name(part), (gathered.digest, records))
    shelf.put(files_name(part), gathered)
    return gathered


def files_name(part: Part) -> str:
    """Under which `Gathered` lies on the shelf."""
    return f"{part.name}.files"


def records_name(part: Part) -> str:
    """Under which a part's digest and pickled records lie on the shelf."""
    return f"{part.name}.records"


def _stamps(root: Path, files: Iterable[str]) -> dict[str, Stamp | None]:
    fresh = time.time_ns() - _SETTLED
    stamps: dict[str, Stamp | None] = {}
    for file in files:
        try:
            found = os.stat(f"{root}/{file}")  # noqa: PTH116 - called for every file: paths as text are quicker
        except OSError:
            stamps[file] = None
            continue
        last = max(found.st_mtime_ns, found.st_ctime_ns)
        trusted = last < fresh
        stamps[file] = (found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino) if trusted else None
    return stamps


def _read(
    root: Path, part: Part, shelf: Shelf, before: Gathered | None, layout: Layout, stamps: dict[str, Stamp | None]
) -> tuple[Gathered, list[bytes]]:
    folder = Folder(root)
    folder.findings += layout.findings
    folder.findings += media.findings(root, layout.pictures)
    contents: dict[str, bytes] = {}
    for file, stamp in stamps.items():
        if before is not None and stamp is not None and before.stamps.get(file) == stamp:
            contents[file] = before.contents[file]
        elif file in layout.pictures:
            contents[file] = _picture(root / file)
        else:
            contents[file] = digest(folder.held(file))
    old = _Old(shelf, part, before, contents)
    places: dict[str, int] = {}
    packed: list[bytes] = []
    records: list[tuple[Filed[Any], bytes]] = []
    shapes: tuple[tuple[type[Any], list[str]], ...] = ((Station, layout.stations), (Deputy, layout.deputies))
    for shape, files in shapes:
        for file in files:
            said = folder.said
            data = old.record(file)
            filed = pickle.loads(data) if data else folder.one(shape, file)  # noqa: S301 - off our own shelf
            if filed is None:
                continue
            if folder.said == said and not filed.lost:
                places[file] = len(packed)
            packed.append(data or pickle.dumps(filed, pickle.HIGHEST_PROTOCOL))
            records.append((filed, digest(file.encode(), contents[file])))
    odd = (os.fsencode(path) for path in sorted((*layout.refused, *(one.file for one in layout.findings))))
    whole = digest(*(part for file in contents for part in (file.encode(), contents[file])), *odd)
    return Gathered(
        layout, stamps, contents, places, whole, brief(records, layout), folder.all_problems(), folder.unsound
    ), packed


class _Old:
    """Records that were read before, by file, as long as the file's content is the same; fetched when first asked."""

    def __init__(self, shelf: Shelf, part: Part, before: Gathered | None, contents: dict[str, bytes]) -> None:
        self._shelf, self._part, self._before, self._contents = shelf, part, before, contents
        self._records: Sequence[bytes] | None = None

    def record(self, file: str) -> bytes | None:
        """The pickled record, if it can be used again."""
        if self._before is None or file not in self._before.places:
            return None
        if self._before.contents.get(file) != self._contents[file]:
            return None
        if self._records is None:
            found = self._shelf.get(records_name(self._part))
            self._records = found[1] if isinstance(found, tuple) and found[0] == self._before.digest else ()
        place = self._before.places[file]
        return self._records[place] if place < len(self._records) else None


def _picture(file: Path) -> bytes:
    try:
        return digest(file.read_bytes())
    except OSError:
        return b""
