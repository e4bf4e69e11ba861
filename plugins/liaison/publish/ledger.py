"""What a print run made, kept beside it as `manifest.json`: what is printed where, in digests, and for which day.

From it the next run tells what has to be printed again, and a build which posters still hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from liaison.publish.tree import put

NAME = "manifest.json"
_FORMAT = 1

Fields = Mapping[str, str]
"""A short digest of every printed field, by its name."""

Item = tuple[str, str]
"""Kind, and key of a record or lesson."""


class LedgerError(ValueError):
    """The file is no ledger; says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a run."""

    kind: str
    township: str
    pages: int
    sha256: str
    items: Mapping[str, Fields]
    """By key."""

    def as_json(self) -> dict[str, Any]:
        """For the file."""
        return {
            "kind": self.kind,
            "township": self.township,
            "pages": self.pages,
            "sha256": self.sha256,
            "items": {key: dict(fields) for key, fields in self.items.items()},
        }


@dataclass(frozen=True, slots=True)
class Ledger:
    """All files that lie there, by path."""

    today: date
    """The day the last run was made for."""
    with_deputies: bool = True
    files: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Ledger:
        """Raises `LedgerError`, and `OSError`."""
        try:
            data = json.loads(file.read_bytes())
            if data["format"] != _FORMAT:
                raise LedgerError(f"{file} 是别的版本做的清单，请重新制作一次海报")
            files = {path: Entry(**entry) for path, entry in data["files"].items()}
            return cls(date.fromisoformat(data["today"]), bool(data["with_deputies"]), files)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            if isinstance(error, LedgerError):
                raise
            raise LedgerError(f"{file} 不是海报清单（manifest.json），或者内容不完整") from error

    @classmethod
    def found(cls, folder: Path) -> Ledger | None:
        """The ledger of a folder; None where there is none that can be used."""
        try:
            return cls.read(folder / NAME)
        except (OSError, LedgerError):
            return None

    def write(self, folder: Path) -> None:
        """Keep it in a folder."""
        data = {
            "format": _FORMAT,
            "today": self.today.isoformat(),
            "with_deputies": self.with_deputies,
            "files": {path: self.files[path].as_json() for path in sorted(self.files)},
        }
        put(folder, NAME, json.dumps(data, ensure_ascii=False, indent=1).encode())

    @property
    def items(self) -> dict[Item, Fields]:
        """What is printed of each record and lesson, by kind and key."""
        return {(entry.kind, key): fields for entry in self.files.values() for key, fields in entry.items.items()}


def changed(before: Mapping[Item, Fields], now: Mapping[Item, Fields]) -> dict[Item, tuple[str, ...]]:
    """Which things are printed differently now, with the fields that differ; of new ones no field is named."""
    found: dict[Item, tuple[str, ...]] = {}
    for item, fields in now.items():
        was = before.get(item)
        if was is None:
            found[item] = ()
        elif differing := tuple(name for name in dict.fromkeys((*fields, *was)) if fields.get(name) != was.get(name)):
            found[item] = differing
    return found


def gone(before: Iterable[Item], now: Iterable[Item]) -> list[Item]:
    """What was printed and is not any more: it has to be taken off the wall."""
    kept = set(now)
    return sorted(item for item in before if item not in kept)
