"""A site whose records are changed at random: what is there, chances, and the way back."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import yaml

from liaison.model import codes
from support.lessons import Written, lessons_of

T = TypeVar("T")

EARLIEST = date(2026, 10, 2)
"""No record of a site on a desk was checked later, so any day from here on leaves it without errors."""

_SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
_GIVEN = "安邦成德恩福冠海济嘉康立茂宁平庆仁瑞升泰维文贤晓学雅益永育远"


class UnfitError(Exception):
    """An edit finds nothing it could change."""


@dataclass(slots=True)
class Record:
    """One YAML file, every scalar as text."""

    file: Path
    fields: dict[str, Any]

    @property
    def code(self) -> str:
        """The permanent code."""
        return str(self.fields["code"])

    @property
    def home(self) -> Path:
        """The folder of the station that a deputy or a station itself belongs to."""
        return self.file.parent.parent if self.file.parent.name == "deputies" else self.file.parent

    def change(self, **fields: object) -> None:
        """Write some fields anew; None takes one away."""
        self.fields = {key: value for key, value in {**self.fields, **fields}.items() if value is not None}
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(yaml.safe_dump(self.fields, allow_unicode=True, sort_keys=False), "utf-8")


@dataclass
class Desk:
    """A site, where it is built, and all that a random edit needs."""

    root: Path
    out: Path
    cache: Path
    chance: random.Random
    day: date | None = None
    """`LIAISON_TODAY`; the sample's own day where there is none."""
    earlier: dict[str, bytes] = field(default_factory=dict)
    """The records before the last edit."""

    def at(self, path: str) -> Path:
        """A file or folder of the site."""
        return self.root / path

    def named(self, path: Path) -> str:
        """How a file is called in a message."""
        return path.relative_to(self.root).as_posix()

    def files(self) -> dict[str, bytes]:
        """Everything the site is made of, caches aside."""
        tops = [path for path in self.root.iterdir() if path.name != ".cache"]
        found = [file for top in tops for file in (top.rglob("*") if top.is_dir() else [top])]
        return {self.named(file): file.read_bytes() for file in found if file.is_file()}

    @property
    def today(self) -> dict[str, str]:
        """The variable that says which day it is."""
        return {"LIAISON_TODAY": self.day.isoformat()} if self.day else {}

    def areas(self) -> list[Record]:
        """Every area that can be read."""
        return self._read("*/area.yml")

    def stations(self, *statuses: str) -> list[Record]:
        """Stations in a status; all without one."""
        return _in_status(self._read("*/*/station.yml"), statuses)

    def deputies(self, *statuses: str) -> list[Record]:
        """Deputies in a status; all without one."""
        return _in_status(self._read("*/*/deputies/*.yml"), statuses)

    def lessons(self, *statuses: str) -> list[Written]:
        """Lessons in a status; all without one."""
        return list(lessons_of(self.root, *statuses))

    def open_stations(self) -> list[Record]:
        """Stations that receive citizens."""
        return self.stations("active", "upgrading")

    def pick(self, found: Iterable[T]) -> T:
        """One of what was found. Raises `UnfitError` where that is nothing."""
        if not (listed := list(found)):
            raise UnfitError
        return self.chance.choice(listed)

    def code(self) -> str:
        """A code that nobody has."""
        taken = {record.code for record in (*self.stations(), *self.deputies())}
        return codes.draw(self.chance.choice, taken)

    def name(self) -> str:
        """Of a person who does not exist."""
        return f"{self.chance.choice(_SURNAMES)}示例{self.chance.choice(_GIVEN)}"

    def fresh(self, folder: Path, start: str, end: str = "") -> Path:
        """A path that is free."""
        while (path := folder / f"{start}-{self.chance.randrange(10_000):04}{end}").exists():
            pass
        return path

    def do(self, edit: Edit) -> str:
        """Make an edit, keeping the way back; says it in words. Raises `UnfitError`."""
        before = self.files()
        words = edit(self)
        self.earlier = before
        return words

    def restore(self, files: Mapping[str, bytes]) -> None:
        """Bring the site back to what it was, writing only what differs."""
        there = self.files()
        for path in there.keys() - files.keys():
            self.at(path).unlink()
        for path, data in files.items():
            if there.get(path) != data:
                self.at(path).parent.mkdir(parents=True, exist_ok=True)
                self.at(path).write_bytes(data)
        self.tidy()

    def tidy(self) -> None:
        """Folders that hold nothing are not kept by Git, nor here."""
        for folder, _, _ in sorted(os.walk(self.root / "stations"), reverse=True):
            if not os.listdir(folder):  # noqa: PTH208 - of a path as text
                Path(folder).rmdir()

    def _read(self, pattern: str) -> list[Record]:
        found = []
        for file in sorted(self.at("stations").glob(pattern)):
            try:
                fields = yaml.load(file.read_bytes(), yaml.CBaseLoader)
            except (yaml.YAMLError, OSError):
                continue
            if isinstance(fields, dict):
                found.append(Record(file, fields))
        return found


Edit = Callable[[Desk], str]
"""Changes something, and says what in words."""


def _in_status(found: Iterable[Record], statuses: tuple[str, ...]) -> list[Record]:
    return [one for one in found if not statuses or one.fields.get("status") in statuses]
