"""Posters that were made for the office, as far as they still say what is on file: pages link to them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from liaison.plan.diary import Diary
from liaison.plan.kinds import KINDS, LINKED
from liaison.plan.pages import Plan
from liaison.plan.prints import Piece, is_printed
from liaison.publish.ledger import Entry, Fields, Ledger
from liaison.render.pages import Poster
from liaison.render.print.copies import Wording, copies
from liaison.render.print.setting import Setting
from liaison.render.print.subjects import Copy
from liaison.shelf import digest

FOLDER = "posters"
"""Where print runs lie, below the site's root."""

OFFICE = f"{FOLDER}/office"
_SHORT = 12


@dataclass(frozen=True, slots=True)
class Hung:
    """The posters that pages may link to, by code."""

    root: Path
    by_code: Mapping[str, tuple[str, Entry]]

    @classmethod
    def found(cls, root: Path) -> Hung | None:
        """Those below the site's root; None where none were made."""
        ledger = Ledger.found(root / OFFICE)
        if ledger is None:
            return None
        linked = set(LINKED.values())
        found = {
            key: (path, entry) for path, entry in ledger.files.items() if entry.kind in linked for key in entry.items
        }
        return cls(root, found) if found else None

    def digest(self, code: str) -> str:
        """Of the poster of a record; empty where there is none."""
        return self.by_code[code][1].sha256 if code in self.by_code else ""

    def poster(self, plan: Plan, code: str) -> Poster | None:
        """The poster, if it is whole and would say the same if it were made again for the day it was made."""
        if code not in self.by_code or not is_printed(plan.register, code):
            return None
        path, entry = self.by_code[code]
        then = entry.today
        as_then = replace(plan, today=then, diary=Diary(plan.register, then))
        piece = Piece(KINDS[entry.kind], entry.township, (code,), path)
        facts = Setting(site=plan.register.site, today=then).facts()
        (item,) = copies(as_then, piece, Wording(with_deputies="deputies" in entry.items[code]))
        if printed_fields(item, facts, self.root) != entry.items[code]:
            return None
        try:
            data = (self.root / OFFICE / path).read_bytes()
        except OSError:
            return None
        return Poster(data, entry.pages) if hashlib.sha256(data).hexdigest() == entry.sha256 else None


def printed_fields(item: Copy, facts: Mapping[str, Any], root: Path) -> Fields:
    """A short digest of each field that is printed; of a photo that of its file, not of its name."""
    found = {name: _digest(value) for name, value in item.items()}
    if path := item.get("photo"):
        found["photo"] = digest((root / path).read_bytes()).hex()[:_SHORT]
    return found | {"site": _digest(facts)}


def _digest(value: object) -> str:
    return digest(json.dumps(value, ensure_ascii=False, sort_keys=True).encode()).hex()[:_SHORT]
