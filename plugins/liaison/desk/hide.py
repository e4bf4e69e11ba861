"""A deputy taken off the site at once: the record says so; its code stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from liaison.desk.edits import Edits
from liaison.model.names import Reading, reading
from liaison.records.document import Document
from liaison.records.loader import read
from liaison.records.text import decode

Way = Literal["withheld", "paused", "consent"]
"""Nothing is shown of the person; or only what needs consent is taken away."""


_TEXTS = {".yml", ".md", ".vtt"}


class HideError(ValueError):
    """The record cannot be changed; says why and what to do in Chinese."""


@dataclass(frozen=True, slots=True)
class Hiding:
    """What is taken off, and the edit that does it: not yet written."""

    code: str
    name: str
    file: str
    way: Way
    edits: Edits
    photo: str = ""
    """The picture that is no longer wanted on file, relative to the site's root."""
    reading: Reading | None = None


def hiding(root: Path, file: str, code: str, way: Way) -> Hiding:
    """Take the deputy whose record is in a file off the site. Raises `HideError`; writes nothing."""
    text = decode((root / file).read_bytes())
    if not isinstance(text, str):
        raise HideError(f"{file} 读不出来，先运行 liaison check")
    document = read(text, with_marks=True)
    tree = document.tree
    if not isinstance(tree, dict) or document.faults or not isinstance(tree.get("name"), str):
        raise HideError(f"{file} 里有错误，先运行 liaison check 改好")
    if any(mark.key_column != 1 for path, mark in document.marks.items() if len(path) == 1):
        raise HideError(f"{file} 没有写成一行一项，请手工把 status 改成 {way}")
    name, pinyin = str(tree["name"]), tree.get("pinyin")
    photo = tree.get("photo")
    edits = Edits(root)
    if way == "consent":
        new = _without(text, document, _needing_consent(tree))
        dropped = f"{file.rpartition('/')[0]}/{photo}" if isinstance(photo, str) else ""
    else:
        new, dropped = _with_status(text, document, way), ""
    if new != text:
        edits.texts[file] = new
    read_as = reading(name, pinyin if isinstance(pinyin, str) else None)
    return Hiding(code, name, file, way, edits, dropped, read_as)


def mentions(root: Path, hidden: Hiding) -> list[str]:
    """Where else the name is written, `file:line`: in texts, reviews, other records of the same name."""
    found = []
    for folder in ("stations", "content"):
        for file in sorted((root / folder).rglob("*")):
            name = file.relative_to(root).as_posix()
            if name == hidden.file or file.suffix not in _TEXTS or not file.is_file() or file.is_symlink():
                continue
            lines = file.read_text("utf-8", errors="replace").splitlines()
            found += [f"{name}:{number}" for number, line in enumerate(lines, 1) if hidden.name in line]
    return found


def _needing_consent(tree: Mapping[str, object]) -> list[str]:
    """Keys of what may stand there by consent alone, and of the consent itself. Raises `HideError` where none does."""
    contact = tree.get("contact")
    is_own = isinstance(contact, dict) and contact.get("phone_is") == "本人"
    found = [key for key in ("photo", "consent") if key in tree] + (["contact"] if is_own else [])
    if not found:
        raise HideError("这位代表没有要凭同意才能公开的内容（照片、本人电话）")
    return found


def _with_status(text: str, document: Document, status: str) -> str:
    """The record with another status; what stands beside it stays."""
    lines = text.splitlines(keepends=True)
    mark = document.marks.get(("status",))
    if mark is None:
        ending = "" if not lines or lines[-1].endswith("\n") else "\n"
        return f"{text}{ending}status: {status}\n"
    line = lines[mark.line - 1]
    before, after = line[: mark.column - 1], line[mark.column - 1 :]
    lines[mark.line - 1] = before + re.sub(r"""^(?:"[^"]*"|'[^']*'|[^\s#]+)""", status, after, count=1)
    return "".join(lines)


def _without(text: str, document: Document, keys: list[str]) -> str:
    """The record without some of its keys; comments between keys stay."""
    lines = text.splitlines(keepends=True)
    tops = sorted(mark.key_line for path, mark in document.marks.items() if len(path) == 1)
    for key in sorted(keys, key=lambda key: -document.marks[key,].key_line):
        first = document.marks[key,].key_line
        last = next((line for line in tops if line > first), len(lines) + 1)
        while last - 1 > first and _is_aside(lines[last - 2]):
            last -= 1
        del lines[first - 1 : last - 1]
        removed = last - first
        tops = [line if line <= first else line - removed for line in tops if line != first]
    return "".join(lines)


def _is_aside(line: str) -> bool:
    """Whether a line is blank or a comment: it belongs to what comes after it."""
    return not line.strip() or line.startswith("#")
