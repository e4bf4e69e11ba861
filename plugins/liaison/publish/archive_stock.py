"""Files of a release, read and compared with the manifest once, and kept packed on the disk until archives are made.

Worker processes do it; a full set and an update both take from here.
"""

from __future__ import annotations

import hashlib
import os
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import FileIO
from pathlib import Path

from liaison.workers import Crew

from .archive_zip import ArchiveError, Member
from .manifest import Entry

_CHUNK = 1 << 20
_LEVEL = 6
_SPOOL = ".packed-"
_BATCH_BYTES, _BATCH_FILES = 16 << 20, 1_000
"""Of one task of a worker."""
_ALONE_UP_TO = 32 << 20
"""Bytes below which starting workers costs more than it saves."""
_OPENING = 20_000
"""What opening a file costs, in bytes that could be packed meanwhile."""

Batch = tuple[int, int]
"""First of the files, and the one after the last."""


@dataclass(slots=True)
class Stock:
    """Packed files below a folder, each in one file there with its neighbours."""

    folder: Path
    members: dict[str, Member] = field(default_factory=dict)
    _places: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Number of the file it lies in, and where."""
    _open: tuple[int, FileIO] | None = None
    """The one that is read from: neighbours are asked for one after another."""

    def fill(self, release: Path, wanted: Sequence[tuple[str, Entry]], crew: Crew) -> None:
        """Take files of a release. Raises `ArchiveError` where one is not as the manifest says, and `OSError`."""
        batches = list(_batches(wanted))
        sizes = [sum(entry.size + _OPENING for _, entry in wanted[start:stop]) for start, stop in batches]
        given = str(release), str(self.folder), wanted
        for batch, packed in crew.do(
            _work, batches, _start, given, title="压缩文件", sizes=sizes, alone_up_to=_ALONE_UP_TO
        ):
            self._note(batch[0], packed)

    def add(self, files: Mapping[str, bytes]) -> None:
        """Take files that are not of the release, beside those that are."""
        with _spool(self.folder, -1).open("xb") as stream:
            packed = [_pack(path, iter([data]), stream.write) for path, data in files.items()]
        self._note(-1, packed)

    def packed(self, member: Member) -> Iterator[bytes]:
        """The bytes of a file, deflated."""
        number, at = self._places[member.path]
        if self._open is None or self._open[0] != number:
            self.close()
            self._open = number, _spool(self.folder, number).open("rb", buffering=0)
        stream, left = self._open[1], member.packed
        stream.seek(at)
        while left:
            chunk = stream.read(min(left, _CHUNK))
            if not chunk:
                raise ArchiveError(f"{self.folder} 里的临时文件被别的程序改动了；请再来一次")
            left -= len(chunk)
            yield chunk

    def close(self) -> None:
        """Let go of the file that is open."""
        if self._open is not None:
            self._open[1].close()
            self._open = None

    def clear(self) -> None:
        """Remove what was kept on the disk."""
        self.close()
        for file in self.folder.glob(f"{_SPOOL}*"):
            file.unlink()

    def _note(self, number: int, packed: Sequence[Member]) -> None:
        at = 0
        for member in packed:
            self.members[member.path] = member
            self._places[member.path] = number, at
            at += member.packed


def _batches(wanted: Sequence[tuple[str, Entry]]) -> Iterator[Batch]:
    start, size = 0, 0
    for stop, (_, entry) in enumerate(wanted):
        if size + entry.size > _BATCH_BYTES or stop - start == _BATCH_FILES:
            if stop > start:
                yield start, stop
            start, size = stop, 0
        size += entry.size
    if wanted:
        yield start, len(wanted)


def _spool(folder: Path, number: int) -> Path:
    return folder / f"{_SPOOL}{number}"


_here = threading.local()
"""What a worker reads and where it writes: set once, when it starts."""


def _start(release: str, folder: str, wanted: Sequence[tuple[str, Entry]]) -> None:
    _here.release, _here.folder, _here.wanted = release, Path(folder), wanted


def _work(batch: Batch) -> list[Member]:
    wanted: Sequence[tuple[str, Entry]] = _here.wanted[slice(*batch)]
    folder: Path = _here.folder
    found: list[Member] = []
    with _spool(folder, batch[0]).open("xb") as stream:
        for path, entry in wanted:
            read = _read(f"{_here.release}/{path}", path, entry)
            found.append(_pack(path, read, stream.write))
    return found


def _pack(path: str, chunks: Iterator[bytes], put: Callable[[bytes], int]) -> Member:
    """Deflate a file."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    crc = size = packed = 0
    for chunk in chunks:
        crc = zlib.crc32(chunk, crc)
        size += len(chunk)
        packed += put(packer.compress(chunk))
    packed += put(packer.flush())
    return Member(path, crc, size, packed)


def _read(file: str, path: str, entry: Entry) -> Iterator[bytes]:
    """The bytes of a file. Raises `ArchiveError`, at its end, where they are not those of the manifest."""
    try:
        handle = os.open(file, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError as error:
        raise ArchiveError(f"{path} 读不出来（{error.strerror}）；{_AGAIN}") from error
    made, size = hashlib.sha256(), 0
    with os.fdopen(handle, "rb", buffering=0) as stream:
        while chunk := stream.read(_CHUNK):
            made.update(chunk)
            size += len(chunk)
            yield chunk
    if size != entry.size or made.hexdigest() != entry.sha256:
        raise ArchiveError(f"{path} 和清单不一样，生成以后被改动过；{_AGAIN}")


_AGAIN = "没有做上传包，请用 liaison build 重新生成站点再来"
