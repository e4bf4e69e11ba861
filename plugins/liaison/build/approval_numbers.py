"""Numbers of approval sheets, `<day>-<count>`, and which release each of those made here is about."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liaison.publish.manifest import Manifest
from liaison.publish.tree import put
from liaison.records.approvals import FOLDER, is_sheet_number

PLACE = "internal/approval"
"""Where sheets lie below the site's root; never published."""

_NOTE = "sheet.json"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was made earlier, as its note says."""

    number: str
    tree: str
    published: str
    """Check value of what it was compared with; empty for none."""


def earlier_sheets(root: Path) -> list[Sheet]:
    """Sheets made on this machine, the newest last."""
    found = []
    for file in sorted((root / PLACE).glob(f"*/{_NOTE}")):
        try:
            note = json.loads(file.read_bytes())
            if is_sheet_number(file.parent.name):
                found.append(Sheet(file.parent.name, str(note["tree"]), str(note["published"])))
        except (OSError, ValueError, KeyError, TypeError):  # not ours, or half of it: then a new one is made
            continue
    return sorted(found, key=lambda one: _order(one.number))


def note_sheet(root: Path, number: str, manifest: Manifest, published: Manifest | None) -> None:
    """Remember which release a sheet is about."""
    note = {"tree": manifest.tree, "published": published.tree if published else ""}
    put(root, f"{PLACE}/{number}/{_NOTE}", f"{json.dumps(note, indent=1)}\n".encode())


def next_number(root: Path, day: date, manifest: Manifest, published: Manifest | None) -> str:
    """`2026-11-22-1`; a sheet about the same things on the same day keeps its number."""
    was = published.tree if published else ""
    for one in reversed(earlier_sheets(root)):
        if one.number.startswith(f"{day}-") and (one.tree, one.published) == (manifest.tree, was):
            return one.number
    taken = [*_numbers(root / PLACE, day, ""), *_numbers(root / FOLDER, day, r"\.[a-z]+")]
    return f"{day}-{max(taken, default=0) + 1}"


def _numbers(folder: Path, day: date, ending: str) -> list[int]:
    if not folder.is_dir():
        return []
    names = (re.fullmatch(rf"{day}-([1-9]\d*){ending}", one.name) for one in folder.iterdir())
    return [int(found[1]) for found in names if found]


def _order(number: str) -> tuple[str, int]:
    day, _, count = number.rpartition("-")
    return day, int(count)
