"""Zip archives of files that are packed already: plain deflate, the same bytes for the same files.

Python's `zipfile` would pack again, in one process.
"""

from __future__ import annotations

import hashlib
import os
import struct
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from pathlib import Path

from liaison.model.site import Archiving

_LOCAL, _CENTRAL, _END = struct.Struct("<4s5H3L2H"), struct.Struct("<4s4B4H3L5H2L"), struct.Struct("<4s4H2LH")
_NEEDS, _UNIX, _DEFLATED = 20, 3, 8
_MODE = 0o100644
"""A file that everybody may read."""
_BEIJING = timezone(timedelta(hours=8))
_FIRST_YEAR = 1980
_MEGABYTE = 1_000_000
MOST_MEGABYTES, MOST_FILES = 2_000, 65_000
"""Beyond these an archive takes an extension of the format (zip64) that old programs do not know."""


class ArchiveError(ValueError):
    """No archives can be made; says why and what to do in Chinese."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file as it lies in an archive."""

    path: str
    crc: int
    size: int
    packed: int
    """Bytes when packed."""

    @property
    def cost(self) -> int:
        """Bytes that it takes of an archive."""
        return _LOCAL.size + _CENTRAL.size + 2 * len(self.path) + self.packed


def parts(members: Sequence[Member], bounds: Archiving) -> Iterator[list[Member]]:
    """The files, in their order, in as few archives as their order and the bounds allow.

    Raises `ArchiveError` where a file alone is too large.
    """
    megabytes, files = min(bounds.megabytes, MOST_MEGABYTES), max(1, min(bounds.files, MOST_FILES))
    room = megabytes * _MEGABYTE - _END.size
    part: list[Member] = []
    left = room
    for member in members:
        if member.cost > room:
            raise ArchiveError(
                f"{member.path} 压缩后有 {member.packed / _MEGABYTE:.1f} MB，一个上传包最多 {megabytes} MB，放不下："
                f"把 site.yml 里 publish 下 archive 的 megabytes 改大（最多 {MOST_MEGABYTES}），"
                "或者把这个文件放到别的网站"
            )
        if member.cost > left or len(part) == files:
            yield part
            part, left = [], room
        part.append(member)
        left -= member.cost
    if part:
        yield part


def write(file: Path, members: Sequence[Member], packed: Callable[[Member], Iterator[bytes]], made_on: datetime) -> str:
    """Write an archive and bring it to the disk; gives its SHA-256. `packed` gives the bytes of a file, deflated."""
    made, at = hashlib.sha256(), 0
    ends: list[bytes] = []
    stamp = _stamp(made_on)
    with file.open("xb") as stream:

        def put(data: bytes) -> int:
            made.update(data)
            return stream.write(data)

        for member in members:
            name = member.path.encode("ascii")
            sizes = member.crc, member.packed, member.size
            kind = 0, _DEFLATED, *stamp, *sizes, len(name), 0
            ends.append(_CENTRAL.pack(b"PK\1\2", _NEEDS, _UNIX, _NEEDS, 0, *kind, 0, 0, 0, _MODE << 16, at) + name)
            at += put(_LOCAL.pack(b"PK\3\4", _NEEDS, *kind)) + put(name)
            at += sum(put(chunk) for chunk in packed(member))
        length = sum(put(end) for end in ends)
        put(_END.pack(b"PK\5\6", 0, 0, len(ends), len(ends), length, at, 0))
        stream.flush()
        os.fsync(stream.fileno())
    return made.hexdigest()


def _stamp(made_on: datetime) -> tuple[int, int]:
    """Time and day as the format has them, which knows no zone: as clocks show it in China."""
    at = made_on.astimezone(_BEIJING)
    if at.year < _FIRST_YEAR:
        return 0, 1 << 5 | 1
    return at.hour << 11 | at.minute << 5 | at.second // 2, (at.year - _FIRST_YEAR) << 9 | at.month << 5 | at.day
