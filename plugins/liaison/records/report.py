"""Problems as text for people: place, message, the source line with a caret under the place, remedy.

Pure: gives strings and prints nothing. Whatever was written in a record comes out visible and harmless.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from typing import Literal

from liaison.problems import Problem, Severity

from .text import is_unseen

Part = Literal["place", "error", "notice", "gutter", "caret", "hint"]
Paint = Callable[[str, Part], str]
"""Gives a part its colour."""

WORDS = {Severity.ERROR: "错误", Severity.NOTICE: "提示"}

_TAB = 4
_BEFORE, _AFTER = 50, 50  # columns shown of a long line on either side of the place


def plain(text: str, _part: Part) -> str:
    """No colour."""
    return text


def report(problems: Iterable[Problem], paint: Paint = plain) -> list[str]:
    """Each problem as a text of a few lines, without a line end, in the order given."""
    return [_text(problem, paint) for problem in problems]


def _text(problem: Problem, paint: Paint) -> str:
    source = problem.source
    kind: Part = "error" if problem.severity is Severity.ERROR else "notice"
    place = visible(f"{source.file}:{source.line}:{source.column}:")
    head = f"{paint(place, 'place')} {paint(f'{WORDS[problem.severity]} {problem.rule}', kind)}"
    told = [head, f"  {visible(problem.message)}"]
    if source.text.strip():
        line, caret = excerpt(source.text, source.column)
        number = f"{source.line:>5} | "
        told += [
            paint(number, "gutter") + line,
            paint(" " * (len(number) - 2) + "| ", "gutter") + paint(f"{caret}^", "caret"),
        ]
    return "\n".join([*told, paint(f"  改法：{visible(problem.hint)}", "hint")])


def visible(text: str) -> str:
    """The text on one line; characters that cannot be seen, or that steer a terminal, as their number."""
    return "".join(cell for cell, _ in _cells(text))


def columns(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return _width(_cells(text))


def excerpt(line: str, column: int) -> tuple[str, str]:
    """The part of a line around a column, from 1, and the spaces that bring a caret under it."""
    cells = _cells(line)
    at = min(column - 1, len(cells))
    first = last = at
    while first > 0 and _width(cells[first - 1 : at]) <= _BEFORE:
        first -= 1
    while last < len(cells) and _width(cells[at : last + 1]) <= _AFTER:
        last += 1
    head = [("…", 1)] if first else []
    tail = [("…", 1)] if last < len(cells) else []
    text = "".join(cell for cell, _ in [*head, *cells[first:last], *tail])
    return text.rstrip(), " " * _width([*head, *cells[first:at]])


def _cells(line: str) -> list[tuple[str, int]]:
    """What is shown for each character, and how many columns that takes: East Asian wide ones take two."""
    cells: list[tuple[str, int]] = []
    reached = 0
    for char in line:
        cell = _cell(char, reached)
        reached += cell[1]
        cells.append(cell)
    return cells


def _cell(char: str, reached: int) -> tuple[str, int]:
    if char == "\t":
        width = _TAB - reached % _TAB
        return " " * width, width
    if char.isascii() and char.isprintable():
        return char, 1
    if is_unseen(char):
        spelled = f"<U+{ord(char):04X}>"
        return spelled, len(spelled)
    if unicodedata.combining(char) or unicodedata.category(char) in {"Mn", "Me"}:
        return char, 0
    return char, 2 if unicodedata.east_asian_width(char) in "WF" else 1


def _width(cells: list[tuple[str, int]]) -> int:
    return sum(width for _, width in cells)
