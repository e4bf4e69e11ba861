"""All law lessons of a site, each file read by itself and kept as long as it is the same."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from liaison.model.laws import Laws
from liaison.model.lessons import Lesson, Place, Series
from liaison.model.library import Lecture, Library
from liaison.shelf import Shelf, digest
from liaison.workers import Crew, uncollected

from . import media
from .case import Ground
from .curriculum import Curriculum
from .files import CAPTIONS, EPISODES, Layout
from .folder import Folder
from .issued import issued_at
from .lawbook import read_laws
from .study import Studied, study
from .versions import Version

STUDIED = "lessons"
"""Under which they lie on the shelf."""

_AT_A_TIME = 32
_ALONE_UP_TO = 64
"""Files below which starting workers costs more than it saves."""


@dataclass(frozen=True, slots=True)
class Against:
    """What else a site is judged against."""

    base: str | None = None
    """A version in Git: lessons published there must still be, and codes stay with those who have them there."""
    texts: Path | None = None
    """A folder with texts of laws, in place of the site's own."""


def read_lessons(
    folder: Folder, layout: Layout, ground: Ground, crew: Crew, shelf: Shelf, against: Against
) -> Curriculum:
    """Everything below `content/`; what is wrong with single files goes to `folder`. Raises `BaseError`."""
    issued = () if against.base is None else issued_at(Version.of(folder.root, against.base))
    laws, made_from = read_laws(folder, ground, against.texts)
    keys = _keys(folder, layout, made_from)
    studied = _studied(folder.root, layout, laws, keys, crew, shelf)
    folder.findings += media.findings(folder.root, layout.media)
    for one in studied.values():
        folder.problems += one.problems
    records = [one.record for one in studied.values() if one.record is not None]
    return Curriculum(
        laws=laws,
        series=tuple(filed for filed in records if isinstance(filed.record, Series)),
        lessons=tuple(filed for filed in records if isinstance(filed.record, Lesson)),
        unread=frozenset(file for file, one in studied.items() if file.startswith(EPISODES) and one.record is None),
        has_body=frozenset(file for file, one in studied.items() if one.has_body),
        cited=tuple(cited for one in studied.values() for cited in one.cited),
        misquoted=tuple(wrong for one in studied.values() for wrong in one.misquoted),
        cues={file: one.cues for file, one in studied.items() if one.cues},
        links=tuple(link for one in studied.values() for link in one.links),
        pages=frozenset(studied),
        media=layout.media,
        issued=issued,
    )


def library(curriculum: Curriculum) -> Library:
    """The lessons of a site without errors."""
    cited = curriculum.cited_in
    lessons = (
        Lecture(
            file=filed.file,
            place=place,
            lesson=filed.record,
            cited=tuple(one.citation for one in cited.get(filed.file, ())),
            cues=curriculum.cues.get(filed.file, ()),
        )
        for filed in curriculum.lessons
        if (place := Place.of(filed.file)) is not None
    )
    series = {name: filed.record for name, filed in curriculum.series_in.items()}
    return Library(curriculum.laws, series, tuple(lessons), curriculum.media)


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a worker reads lessons with."""

    root: Path
    laws: Laws
    media: Mapping[str, int]


def _studied(
    root: Path, layout: Layout, laws: Laws, keys: Mapping[str, bytes], crew: Crew, shelf: Shelf
) -> dict[str, Studied]:
    """What every Markdown file gave, in file order; from the shelf where nothing it was made from changed."""
    found = shelf.get(STUDIED)
    before: Mapping[str, tuple[bytes, Studied]] = found if isinstance(found, dict) else {}
    known = {file: before[file][1] for file, key in keys.items() if file in before and before[file][0] == key}
    wanted = [file for file in keys if file not in known]
    bundles = [tuple(wanted[start : start + _AT_A_TIME]) for start in range(0, len(wanted), _AT_A_TIME)]
    sizes = [len(one) for one in bundles]
    desk = (_Desk(root, laws, layout.media),)
    for bundle, results in crew.do(
        _read, bundles, _start, desk, title="读取课程", sizes=sizes, alone_up_to=_ALONE_UP_TO
    ):
        known |= dict(zip(bundle, results, strict=True))
    if wanted or before.keys() != keys.keys():
        shelf.put(STUDIED, {file: (keys[file], known[file]) for file in keys})
    return {file: known[file] for file in keys}


def _keys(folder: Folder, layout: Layout, laws: bytes) -> dict[str, bytes]:
    """For every file a digest of what it is read from: itself, captions that lie beside it, the laws."""
    beside: dict[str, list[bytes]] = {}
    for file in layout.media:
        if file.endswith(CAPTIONS):
            beside.setdefault(file.rpartition("/")[0], []).extend((file.encode(), _content(folder, file)))
    return {
        file: digest(laws, _content(folder, file), *beside.get(file.rpartition("/")[0], ())) for file in layout.pages
    }


def _content(folder: Folder, file: str) -> bytes:
    try:
        return digest(folder.bytes_of(file))
    except OSError:
        return b""


_here = threading.local()
"""What a worker works from: set once, when it starts."""


def _start(desk: _Desk) -> None:
    _here.desk = desk


def _read(files: Sequence[str]) -> list[Studied]:
    desk: _Desk = _here.desk
    with uncollected():
        return [study(desk.root, file, desk.laws, desk.media) for file in files]
