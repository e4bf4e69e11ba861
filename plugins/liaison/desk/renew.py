"""Another code for a record whose code was never published: in the record and wherever it is referred to."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from liaison.desk.edits import Edits
from liaison.desk.new import fresh_code
from liaison.records.codes_on_file import Written, codes_on_file


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a renewal would change: not yet written."""

    old: str
    new: str
    edits: Edits
    changed: tuple[Written, ...]
    left: tuple[Written, ...]
    """References that stay with the other record of a doubled code; somebody must look at them."""


def renewal(root: Path, file: str) -> Renewal | None:
    """A fresh code for the record in `file`; None where the file has no code.

    Where another record carries the same code, references stay as they are: nobody but the office can tell
    which of the two they mean.
    """
    everything = codes_on_file(root)
    own = next((one for one in everything if one.file == file and one.is_own), None)
    if own is None:
        return None
    same = [one for one in everything if one.code == own.code]
    doubled = any(one.is_own and one.file != file for one in same)
    changed = tuple(one for one in same if one is own or not (doubled or one.is_own))
    new = fresh_code({one.code for one in everything})
    edits = Edits(root)
    for path in sorted({one.file for one in changed}):
        edits.texts[path] = _with(root, path, [one for one in changed if one.file == path], new)
    return Renewal(own.code, new, edits, changed, tuple(one for one in same if one not in changed and not one.is_own))


def _with(root: Path, file: str, places: list[Written], new: str) -> str:
    lines = (root / file).read_bytes().decode("utf-8").splitlines(keepends=True)
    for one in places:
        line, at = lines[one.line - 1], one.column - 1
        at = line.index(one.code, at)
        lines[one.line - 1] = line[:at] + new + line[at + len(one.code) :]
    return "".join(lines)
