"""What print runs made, kept beside it as `manifest.json`: what is printed where, in digests, and for which day.

From it the next run tells what has to be printed again, and a build which posters still hold.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path, PurePosixPath
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
    today: date
    """The day it was made for: dates on it are reckoned from there."""
    pages: int
    sha256: str
    items: Mapping[str, Fields]
    """By key."""

    def as_json(self) -> dict[str, Any]:
        """For the file."""
        return {
            "kind": self.kind,
            "township": self.township,
            "today": self.today.isoformat(),
            "pages": self.pages,
            "sha256": self.sha256,
            "items": {key: dict(fields) for key, fields in self.items.items()},
        }

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Entry:
        """From the file. Raises `ValueError`, `KeyError` and `TypeError`."""
        return cls(**{**data, "today": date.fromisoformat(data["today"])})


@dataclass(frozen=True, slots=True)
class Ledger:
    """All files that lie there, by path."""

    files: Mapping[str, Entry] = field(default_factory=dict)

    @classmethod
    def read(cls, file: Path) -> Ledger:
        """Raises `LedgerError`, and `OSError`."""
        try:
            data = json.loads(file.read_bytes())
            if data["format"] != _FORMAT:
                raise LedgerError(f"{file} 是别的版本做的清单，请重新制作一次海报")
            return cls({_below(path): Entry.of(entry) for path, entry in data["files"].items()})
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
            "files": {path: self.files[path].as_json() for path in sorted(self.files)},
        }
        put(folder, NAME, json.dumps(data, ensure_ascii=False, indent=1).encode())

    def renewed(self, new: Mapping[str, Entry]) -> Ledger:
        """The ledger with further files. What they hold is no longer what earlier ones say of the same thing.

        A sheet that is printed again with some of its things keeps what was printed of the others.
        """
        again = {(entry.kind, key) for entry in new.values() for key in entry.items}
        files = {}
        for path, entry in self.files.items():
            items = {key: fields for key, fields in entry.items.items() if (entry.kind, key) not in again}
            files[path] = entry if len(items) == len(entry.items) else replace(entry, items=items)
        for path, entry in new.items():
            others = files[path].items if path in files else {}
            files[path] = replace(entry, items={**others, **entry.items})
        return Ledger(files)

    def items_by_day(self) -> dict[date, dict[Item, Fields]]:
        """What is printed of each record and lesson, by kind and key; apart for each day it was made for."""
        found: dict[date, dict[Item, Fields]] = {}
        for entry in self.files.values():
            for key, fields in entry.items.items():
                found.setdefault(entry.today, {})[entry.kind, key] = fields
        return found


def _below(path: str) -> str:
    """The path, if it lies below the folder of the ledger. Raises `ValueError`."""
    pure = PurePosixPath(path)
    if pure.is_absolute() or ".." in pure.parts or not pure.parts:
        raise ValueError(path)
    return path


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
