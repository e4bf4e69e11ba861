"""Every code that is written in records and lessons, with its place: own codes and references."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path as FilePath

from liaison.records.document import Path
from liaison.records.files import EPISODES, survey
from liaison.records.front_matter import split
from liaison.records.loader import read
from liaison.records.text import decode

_REFERENCES = frozenset({"parent", "merged_into", "also_at", "successor", "deputies"})
_IN_LESSONS = frozenset({"speakers", "stations", "code"})


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
    lessons = [file for file in layout.pages if file.startswith(EPISODES)]
    found: list[Written] = []
    for file in sorted([*layout.stations, *layout.deputies, *lessons]):
        text = decode((root / file).read_bytes())
        if not isinstance(text, str):
            continue
        is_lesson = file.endswith(".md")
        document = read((split(text).head or "") if is_lesson else text, with_marks=True)
        for path, mark in document.marks.items():
            value, is_own = _value(document.tree, path), path == ("code",) and not is_lesson
            if isinstance(value, str) and (is_own or _refers(path, _IN_LESSONS if is_lesson else _REFERENCES)):
                found.append(Written(value, file, mark.line, mark.column, is_own=is_own))
    return found


def _refers(path: Path, keys: frozenset[str]) -> bool:
    """Whether a value at this path is the code of another record; lists of codes have the place last."""
    names = [part for part in path if isinstance(part, str)]
    return bool(names) and names[-1] in keys


def _value(tree: object, path: Path) -> object:
    for part in path:
        tree = tree[part] if isinstance(tree, (dict, list)) else None  # type: ignore[index]
    return tree
