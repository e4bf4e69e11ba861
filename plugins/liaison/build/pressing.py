"""The files of a release, looked at by workers: each is hashed, and each code is read back from its page."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from liaison.model.writings import stands_in
from liaison.publish.leaf import Stamp, stamp
from liaison.publish.manifest import Entry
from liaison.render.qr import readback
from liaison.shelf import digest
from liaison.workers import Crew, uncollected

_ALONE_UP_TO = 1_500
"""Files up to which starting workers costs more than it saves."""
_TOGETHER = 256
"""Files that make one task."""

Proven = frozenset[bytes]
"""Digests of pictures that were read, each with what it must say."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What came of some files."""

    entries: Mapping[str, Entry]
    stamps: Mapping[str, Stamp]
    """How each file looks from outside."""
    amiss: tuple[str, ...]
    """Codes that do not say what they should, in Chinese."""
    proven: frozenset[bytes]
    """What was read this time."""
    found: Mapping[str, tuple[str, ...]]
    """By path: which of the words sought for stand in the file."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """All that a worker needs."""

    folder: Path
    codes: Mapping[str, str]
    """Payload of the code on a page, by the page's path."""
    proven: Proven
    sought: Mapping[str, Collection[bytes]]
    """Words that are looked for in every file, with the ways they can be written."""


def files_below(folder: Path) -> list[str]:
    """Paths of all files below a folder; links are not followed."""
    found: list[str] = []
    base = len(str(folder)) + 1
    for at, _, names in os.walk(folder):
        found += [f"{at}/{name}"[base:] for name in names]
    return sorted(found)


def look(sheet: Sheet, paths: Sequence[str], crew: Crew) -> Seen:
    """Look at all files. Raises `OSError`."""
    tasks = [tuple(paths[at : at + _TOGETHER]) for at in range(0, len(paths), _TOGETHER)]
    sizes = [len(task) for task in tasks]
    entries: dict[str, Entry] = {}
    stamps: dict[str, Stamp] = {}
    amiss: list[str] = []
    proven: set[bytes] = set()
    found: dict[str, tuple[str, ...]] = {}
    for _, seen in crew.do(_work, tasks, _start, (sheet,), title="核对文件", sizes=sizes, alone_up_to=_ALONE_UP_TO):
        entries |= seen.entries
        stamps |= seen.stamps
        amiss += seen.amiss
        proven |= seen.proven
        found |= seen.found
    return Seen(entries, stamps, tuple(sorted(amiss)), frozenset(proven), found)


_here = threading.local()
"""What a worker works from: set once, when it starts."""


def _start(sheet: Sheet) -> None:
    _here.sheet = sheet
    _here.salt = readback.reader().encode()


def _work(paths: tuple[str, ...]) -> Seen:
    sheet: Sheet = _here.sheet
    entries: dict[str, Entry] = {}
    stamps: dict[str, Stamp] = {}
    amiss: list[str] = []
    proven: set[bytes] = set()
    found: dict[str, tuple[str, ...]] = {}
    with uncollected():
        for path in paths:
            file = f"{sheet.folder}/{path}"
            with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - called for every page: quicker
                data = opened.read()
            if (outside := stamp(file)) is not None:
                stamps[path] = outside
            entries[path] = Entry(hashlib.sha256(data).hexdigest(), len(data))
            if payload := sheet.codes.get(path):
                amiss += _misread(path, data, payload, sheet.proven, proven)
            if words := tuple(_standing(data, sheet.sought)):
                found[path] = words
    return Seen(entries, stamps, tuple(amiss), frozenset(proven), found)


def _standing(data: bytes, sought: Mapping[str, Collection[bytes]]) -> Iterator[str]:
    """The words that stand in a file in any way of writing."""
    for word, ways in sought.items():
        if stands_in(data, ways):
            yield word


def _misread(path: str, page: bytes, payload: str, known: Proven, proven: set[bytes]) -> Iterator[str]:
    """What is wrong with the code on a page; a picture that was read before with the same outcome is not read again."""
    pictures = readback.pictures(page)
    if len(pictures) != 1:
        yield f"{path}：页面上有 {len(pictures)} 个二维码，应当只有一个"
        return
    key = digest(_here.salt, pictures[0], payload.encode())
    if key in known:
        proven.add(key)
        return
    read = readback.payloads(pictures[0])
    if read == [payload]:
        proven.add(key)
    else:
        yield f"{path}：二维码扫出来是 {'、'.join(read) or '空的'}，应当是 {payload}"
