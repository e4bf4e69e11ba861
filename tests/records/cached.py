"""What is done anew while a site's records are read with a cache."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest

from liaison.records import gather, judge
from liaison.records.folder import Folder
from liaison.records.gather import Gathered
from liaison.records.parts import parts
from liaison.shelf import Shelf
from support.small import AREA


class Watch:
    """Files looked into, records made of them, stations judged."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.opened: list[str] = []
        self.read: list[str] = []
        self.judged: list[str] = []
        self._watch_files(monkeypatch)
        verdict = judge._verdict  # noqa: SLF001 - there is no other sign of it

        def judged(docket: judge.Docket, reader: Any, number: int) -> judge.Verdict:
            self.judged += [folder.rpartition("/")[2] for folder in docket.source.parts[number].folders]
            return verdict(docket, reader, number)

        monkeypatch.setattr(judge, "_verdict", judged)

    def _watch_files(self, monkeypatch: pytest.MonkeyPatch) -> None:
        one, bytes_of = Folder.one, Folder.bytes_of

        def read_one(folder: Folder, shape: type[Any], file: str) -> Any:
            self.read.append(file)
            return one(folder, shape, file)

        def opened(folder: Folder, file: str) -> bytes:
            self.opened.append(file)
            return bytes_of(folder, file)

        monkeypatch.setattr(Folder, "one", read_one)
        monkeypatch.setattr(Folder, "bytes_of", opened)

    def forget(self) -> None:
        """Begin anew."""
        for found in (self.opened, self.read, self.judged):
            found.clear()


def gathered(root: Path, kept: Shelf) -> Gathered:
    """The only part of a site, gathered."""
    folders = sorted(f"{AREA}/{path.name}" for path in (root / AREA).iterdir() if path.is_dir())
    (part,) = parts(folders)
    return gather.gather(root, part, kept)


def copied(kept: Shelf, to: Path) -> Shelf:
    """Another shelf of the same content."""
    shutil.copytree(kept.folder, to)
    return Shelf(to)
