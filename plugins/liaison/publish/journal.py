"""The log of publications: a line of JSON for each, beside the releases on the host and below the site's root."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Literal

FILE = "publish.log"

Event = Literal["begun", "published", "failed", "rolled back", "packed"]

_WORDS = {
    "begun": "没有做完",
    "published": "发布",
    "failed": "发布没有成功",
    "rolled back": "退回",
    "packed": "出上传包",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One event."""

    when: str
    """In UTC: `2026-11-22T01:30:00Z`."""
    who: str
    """`login@computer`."""
    outcome: Event
    """`begun` is written before the site changes, so that what was cut short can be seen."""
    target: str
    came_from: str = ""
    """Name of the release that was published before."""
    to: str = ""
    """Name of the release that is published now, or was to be."""
    tree: str = ""
    """Of that release, see `Manifest.tree`."""
    today: str = ""
    commit: str = ""
    files: int = 0
    added: int = 0
    changed: int = 0
    removed: int = 0
    approval: str = ""
    """Where the approval is recorded, or why it follows."""
    note: str = ""
    """What went wrong, or why somebody went back."""

    def as_bytes(self) -> bytes:
        """For the log."""
        held = {name: value for name, value in asdict(self).items() if value not in {"", 0}}
        return f"{json.dumps(held, ensure_ascii=False)}\n".encode()


_KEYS = {field.name: field.type for field in fields(Line)}


def lines_of(data: bytes) -> list[Line]:
    """From a log; what is damaged, as by a loss of power, is passed over."""
    found = []
    for raw in data.splitlines():
        try:
            held = json.loads(raw)
            if not all(isinstance(value, int if _KEYS[key] == "int" else str) for key, value in held.items()):
                continue
            line = Line(**held)
            datetime.fromisoformat(line.when)
            found.append(line)
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            continue
    return found


def read(file: Path) -> list[Line]:
    """From a file; nothing where there is none. Raises `OSError`."""
    try:
        return lines_of(file.read_bytes())
    except FileNotFoundError:
        return []


def append(file: Path, line: Line) -> None:
    """Add a line that stays, even if power fails. Raises `OSError`."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o644)
    with os.fdopen(handle, "rb+", buffering=0) as log:
        size = os.fstat(handle).st_size
        is_cut = size > 0 and os.pread(handle, 1, size - 1) != b"\n"  # a line that a crash cut short
        log.write((b"\n" if is_cut else b"") + line.as_bytes())
        os.fsync(handle)


def previous_name(history: Sequence[Line], kept: Sequence[str], name: str) -> str:
    """What was published before the release `name` was: to go back to. Empty where nothing is known or kept.

    After going back, the release that was left does not count: who goes back once more wants one that is older still.
    """
    for line in reversed(history):
        if line.to == name and line.outcome in {"begun", "published"}:
            if line.came_from in kept:
                return line.came_from
            break
    older = [one for one in kept if one < name]
    return older[-1] if older else ""


def told(history: Iterable[Line]) -> list[str]:
    """The log as lines to read, newest first, times as on this computer's clock."""
    found: list[str] = []
    ended: set[tuple[str, str]] = set()
    for line in reversed(list(history)):
        if line.outcome == "begun" and (line.target, line.to) in ended:
            continue  # its end stands in a line of its own
        ended.add((line.target, line.to))
        found.append(_told(line))
    return found


def _told(line: Line) -> str:
    when = f"{datetime.fromisoformat(line.when).astimezone():%Y-%m-%d %H:%M:%S}"
    parts = [f"{when} {line.who} {_WORDS.get(line.outcome, line.outcome)} {line.to or line.tree[:8]} → {line.target}"]
    if line.outcome in {"published", "packed"}:
        parts.append(f"{line.files} 个文件，新增 {line.added}、改动 {line.changed}、删去 {line.removed}")
    if line.outcome == "rolled back" and line.came_from:
        parts.append(f"原来是 {line.came_from}")
    if line.commit:
        parts.append(f"源文件版本 {line.commit[:12]}")
    if line.approval:
        parts.append(f"审批 {line.approval}")
    if line.note:
        parts.append(line.note)
    return "；".join(parts)
