"""Captions once they are read: their one written form (WebVTT), and the transcript made of them.

Times are whole milliseconds from the start of the recording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from xml.sax.saxutils import escape

from liaison.quick import quick

_LINE_END = re.compile(r"\r\n|\n|\r")
_PAUSE = 1_500  # milliseconds of silence that part two thoughts
_ENOUGH, _MOST = 80, 160  # characters from which a sentence may end a paragraph, and any caption must
_SENTENCE = re.compile("[。！？!?…][”’」』）)]*$")
_CARRIES_ON = tuple("，、；：,;:")
_POINTS = re.compile("[，。！？；：]")


@quick
@dataclass(frozen=True, slots=True)
class Cue:
    """One caption: from `start` to `end` in milliseconds, its text with a line feed between lines."""

    start: int
    end: int
    text: str
    line: int
    """The line of the file on which its times stand, from 1; the text begins on the next."""


@quick
@dataclass(frozen=True, slots=True)
class Line:
    """A caption within a paragraph, on one line; a space that parts it from the next is at its end."""

    start: int
    text: str


@quick
@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a transcript; every line of it knows its time, so that a reader can seek to it."""

    lines: tuple[Line, ...]

    @property
    def start(self) -> int:
        """Milliseconds at which it begins."""
        return self.lines[0].start

    @property
    def text(self) -> str:
        """The whole paragraph."""
        return "".join(line.text for line in self.lines)


def clock(time: int, mark: str = ".") -> str:
    """A time as captions write it, with this mark before the milliseconds."""
    seconds, rest = divmod(time, 1000)
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}{mark}{rest:03}"


def vtt(cues: Iterable[Cue]) -> str:
    """The captions as WebVTT in its one form: line feeds, full times, no identifiers, `&<>` escaped."""
    parts = ["WEBVTT\n"]
    for cue in cues:
        rows = (row.strip() for row in _LINE_END.split(cue.text))
        text = escape("\n".join(row for row in rows if row))
        parts.append(f"{clock(cue.start)} --> {clock(cue.end)}\n{text}\n")
    return "\n".join(parts)


def transcript(cues: Sequence[Cue]) -> tuple[Paragraph, ...]:
    """The captions as paragraphs to be read.

    A paragraph ends at a pause of more than 1.5 seconds, unless a comma says that the sentence carries on; with the
    sentence that brings it to 80 characters; and in any case at 160, since many captions have no punctuation at all.
    Captions without punctuation are parted by a space, as it is usual.
    """
    gap = "" if any(_POINTS.search(cue.text) for cue in cues) else " "
    paragraphs: list[Paragraph] = []
    lines: list[Line] = []
    length = 0
    said = [_joined(cue.text.split("\n"), gap) for cue in cues]
    for number, (cue, text) in enumerate(zip(cues, said, strict=True)):
        length += len(text)
        after = number + 1
        if after == len(cues) or _ends(text, length, cues[after].start - cue.end):
            paragraphs.append(Paragraph((*lines, Line(cue.start, text))))
            lines, length = [], 0
        else:
            lines.append(Line(cue.start, text + _between(text, said[after], gap)))
    return tuple(paragraphs)


def _ends(text: str, length: int, pause: int) -> bool:
    if length >= _MOST:
        return True
    if length >= _ENOUGH and _SENTENCE.search(text):
        return True
    return pause > _PAUSE and not text.endswith(_CARRIES_ON)


def _joined(rows: list[str], gap: str) -> str:
    return "".join(row + _between(row, after, gap) for row, after in pairwise([*rows, ""]))


def _between(before: str, after: str, gap: str) -> str:
    """What stands between two pieces of text: between Latin words and numbers a space in any case."""
    if not before or not after:
        return ""
    return " " if before[-1].isascii() and after[0].isascii() else gap
