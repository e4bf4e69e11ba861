"""A Markdown file in two: its front matter, which is YAML, and its body."""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+\Z")


@dataclass(frozen=True, slots=True)
class Halves:
    """A Markdown file in two: its front matter as YAML, and its body."""

    head: str | None
    """With an empty line in place of the first `---`, so that lines count as in the file; None where there is none."""
    body: str
    first_line: int
    """Line of the file on which the body begins."""
    is_closed: bool = True
    """Whether the second `---` is there."""


def for_host(text: str) -> str:
    """The file so that MkDocs takes the same for front matter: it needs a line behind the second `---`.

    Where there is none it would take first lines like `title: …` for it, if they were not behind an empty line.
    """
    halves = split(text)
    return f"\n{halves.body}" if halves.head is None else f"---{halves.head}\n---\n{halves.body}"


def split(text: str) -> Halves:
    """Front matter and body of a file."""
    all_lines = _LINE.findall(text)
    if not all_lines or all_lines[0].rstrip() != "---":
        return Halves(None, text, 1)
    end = next((number for number, line in enumerate(all_lines[1:], 1) if line.rstrip() in {"---", "..."}), None)
    if end is None:
        return Halves("\n" + "".join(all_lines[1:]), "", len(all_lines) + 1, is_closed=False)
    return Halves("\n" + "".join(all_lines[1:end]), "".join(all_lines[end + 1 :]), end + 2)
