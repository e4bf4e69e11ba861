"""The paragraphs of a Markdown text as printed: without blanks and signs of Markdown, each knowing where it stood."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FULL_WIDTH = str.maketrans("０１２３４５６７８９", "0123456789")
_UNSAID = frozenset(" \t\r\n\u3000\xa0\u200b*_[]\\")
"""Blanks, and signs of Markdown that are not printed."""

_BARRIER = "\0"
_HIDDEN = re.compile(
    r"(?P<barrier>(?<!`)`{1,3}(?!`)[^`\n]{1,300}`{1,3}|https?://[!-'*-;=?-~]+)"
    r"|\]\([^()\s]{0,500}(?:\s\"[^\"\n]{0,100}\")?\)|</?[A-Za-z][^<>\n]{0,200}>|\[\^[^\]\s]{1,20}\]|\{[:.#][^{}\n]{0,99}\}"
    r"|~~|(?m:^[ >]{0,9}(?:>|(?:[-+*]|\d{1,3}[.)])(?=\s)))"
)
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_QUOTED = re.compile(r" {0,3}>")
_HEADING = re.compile(r" {0,3}#{1,6}\s")


@dataclass(frozen=True, slots=True)
class Plain:
    """The printed text of a paragraph, without blanks, and the place of each of its characters in the source."""

    text: str
    places: list[int]
    line_starts: frozenset[int]
    """Where a line of the source begins, in the plain text."""
    is_quote: bool = False
    """It is a block quotation."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the source of a stretch of the plain text."""
        return self.places[start], self.places[end - 1] + 1


def paragraphs(text: str) -> Iterator[Plain]:
    """The paragraphs of a Markdown text: code, addresses and tags are left out.

    They are divided by blank lines and headings; a block quotation is one paragraph.
    """
    hidden = _HIDDEN.sub(_blank, text).translate(_FULL_WIDTH)
    at = 0
    is_code = was_quote = False
    lines: list[tuple[int, int]] = []
    for line in hidden.splitlines(keepends=True):
        start, at = at, at + len(line)
        is_fence, is_heading = _FENCE.match(line) is not None, _HEADING.match(line) is not None
        is_quote = _QUOTED.match(text, start) is not None
        is_blank = not line.strip() and not is_quote
        if lines and (is_fence or is_code or is_heading or is_blank or is_quote != was_quote):
            yield _plain(hidden, lines, is_quote=was_quote)
            lines = []
        was_quote = is_quote
        is_code ^= is_fence
        if not is_code and not is_fence and line.strip():
            lines.append((start, at))
        if is_heading and lines:
            yield _plain(hidden, lines, is_quote=False)
            lines = []
    if lines:
        yield _plain(hidden, lines, is_quote=was_quote)


def _blank(found: re.Match[str]) -> str:
    return (_BARRIER if found["barrier"] else " ") * len(found[0])


def _plain(text: str, lines: list[tuple[int, int]], *, is_quote: bool) -> Plain:
    places: list[int] = []
    starts = set()
    for start, end in lines:
        starts.add(len(places))
        places += [place for place in range(start, end) if text[place] not in _UNSAID]
    return Plain("".join([text[place] for place in places]), places, frozenset(starts), is_quote)
