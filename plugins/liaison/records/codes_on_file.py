"""Every code that is written in the records, with its place: own codes and references."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath

from liaison.records.document import Path
from liaison.records.files import survey
from liaison.records.loader import read
from liaison.records.text import decode

_REFERENCES = {"parent", "merged_into", "also_at", "successor", "deputies"}


@dataclass(frozen=True, slots=True)
class Written:
    """A code in a file; `is_own` where it is the record's own, else it refers to another record."""

    code: str
    file: str
    line: int
    column: int
    is_own: bool


def codes_on_file(root: FilePath) -> list[Written]:
    """All codes of stations and deputies below `root`, in file order; unreadable files have none."""
    layout = survey(root)
    found: list[Written] = []
    for file in sorted([*layout.stations, *layout.deputies]):
        text = decode((root / file).read_bytes())
        if not isinstance(text, str):
            continue
        document = read(text, with_marks=True)
        for path, mark in document.marks.items():
            value = _value(document.tree, path)
            if isinstance(value, str) and (path == ("code",) or _refers(path)):
                found.append(Written(value, file, mark.line, mark.column, is_own=path == ("code",)))
    return found


def _refers(path: Path) -> bool:
    """Whether a value at this path is the code of another record; lists of codes have the place last."""
    names = [part for part in path if isinstance(part, str)]
    return bool(names) and names[-1] in _REFERENCES


def _value(tree: object, path: Path) -> object:
    for part in path:
        tree = tree[part] if isinstance(tree, (dict, list)) else None  # type: ignore[index]
    return tree
