"""Characters that do not belong into records: invisible, directional, private or unassigned ones, odd spaces."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import islice

from liaison.problems import Problem, Severity, Source

from .document import Document, Path, scalars
from .limits import FAULTS
from .loader import read
from .text import HAN, lines, places, shown

_ODD = re.compile(rf"[^\t\n\r -~·°–—‘’“”…、。〈〉《》「」『』【】〔〕（），：；？！～％＋－×①-⑳Ⅰ-Ⅻ{HAN}]")
_SEPARATORS = re.compile(r"[\s:\[\]{},\"']")
_SPACES = {"\u3000": "全角空格", "\u00a0": "不换行空格"}
_REFUSED = {
    "Cc": "控制字符",
    "Cf": "看不见的格式字符",
    "Cs": "残缺的字符",
    "Co": "自造字",
    "Cn": "没有编入 Unicode 的字符",
    "Zl": "行分隔符",
    "Zp": "段分隔符",
    "Zs": "特殊空格",
}


def refused(text: str) -> Iterator[tuple[int, str]]:
    """Places and characters that may not stand in a record; Han characters of every extension may."""
    for found in _ODD.finditer(text):
        if unicodedata.category(found[0]) in _REFUSED:
            yield found.start(), found[0]


def characters(text: str, char: str) -> tuple[str, str]:
    """文字里不能有控制字符、看不见的字符、自造字和特殊空格。"""
    kind = unicodedata.category(char)
    hint = "删去这个字符；复制来的文字先粘贴到记事本里清一遍"
    if kind == "Zs":
        hint = "改成普通空格，或删去"
    elif kind == "Co":
        hint = "换成这个字在 Unicode 里的正式编码；查不到时请单位信息中心协助"
    return f"“{shown(text, 12)}”里有{_SPACES.get(char, _REFUSED[kind])} U+{ord(char):04X}", hint


RULES = {"text/characters": characters}
"""The rule held here."""


def problems(file: str, text: str, document: Document) -> list[Problem]:
    """The refused characters of a file, each at its place; also those written as escapes."""
    found = list(islice(refused(text), FAULTS))
    escaped = list(islice(_escaped(text, document), FAULTS)) if "\\" in text and document.tree is not None else []
    if not found and not escaped:
        return []
    all_lines = lines(text)
    noted: list[Problem] = []
    for (_, char), (line, column) in zip(found, places(text, (offset for offset, _ in found)), strict=True):
        source = Source(file, line, column, all_lines[line - 1])
        before, after = _SEPARATORS.split(source.text[: column - 1])[-1], _SEPARATORS.split(source.text[column:])[0]
        noted.append(Problem("text/characters", Severity.ERROR, source, *characters(before[-6:] + after[:6], char)))
    marks = read(text, with_marks=True).marks if escaped else {}
    for path, value, char in escaped:
        if mark := marks.get(path):
            source = Source(file, mark.line, mark.column, all_lines[mark.line - 1])
            noted.append(Problem("text/characters", Severity.ERROR, source, *characters(value, char)))
    return noted


def _escaped(text: str, document: Document) -> Iterator[tuple[Path, str, str]]:
    """Refused characters that stand in no line of the file, since they are written as an escape."""
    for path, value in scalars(document.tree):
        for _, char in refused(value):
            if char not in text:
                yield path, value, char
