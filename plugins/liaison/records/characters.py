"""Characters that do not belong into records: invisible, directional, private or look-alike ones."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from liaison.problems import Problem, Severity, Source

from .loader import Document, Node, Path, read

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebe0\U0002ebf0-\U0002ee5d\U00030000-\U0003347f"
"""Han characters of all extensions, those newer than this Python's tables included."""

_KNOWN = re.compile(rf"[{HAN}]")
_PLAIN = re.compile(rf"[\t\n\r -~·°–—‘’“”…、。〇〈〉《》「」『』【】〔〕（），：；？！～％＋－×①-⑳Ⅰ-Ⅻ{HAN}]*")
_MENDED = {
    "\u3000": ("全角空格", "改成普通空格，或删去"),
    "\u2022": ("“•”", "姓名中间用间隔号“·”（U+00B7）"),
    "\u30fb": ("“・”", "姓名中间用间隔号“·”（U+00B7）"),
    "\uff65": ("“･”", "姓名中间用间隔号“·”（U+00B7）"),
    "\u2027": ("“‧”", "姓名中间用间隔号“·”（U+00B7）"),
    "\u00a0": ("不换行空格", "改成普通空格，或删去"),
}
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
    if _PLAIN.fullmatch(text):
        return
    for place, char in enumerate(text):
        if char in "\t\n\r " or _KNOWN.match(char):
            continue
        if char in _MENDED or unicodedata.category(char) in _REFUSED:
            yield place, char


def characters(text: str, char: str) -> tuple[str, str]:
    """文字里不能有控制字符、看不见的字符、自造字、特殊空格和形近的间隔号。"""
    found, hint = _MENDED.get(char, ("", ""))
    if not found:
        found, hint = _REFUSED[unicodedata.category(char)], "删去这个字符；复制来的文字先粘贴到记事本里清一遍"
    shown = "".join(c for c in text if c not in "\r\n" and unicodedata.category(c) not in _REFUSED)[:12]
    return f"“{shown}”里有{found} U+{ord(char):04X}", hint


RULES = {"text/characters": characters}
"""The rule held here."""


def problems(file: str, text: str, document: Document) -> list[Problem]:
    """Every refused character of a file, at its place; also those written as escapes."""
    found: list[Problem] = []
    for place, char in refused(text):
        start = text.rfind("\n", 0, place) + 1
        line = text[start:].split("\n", 1)[0].rstrip("\r")
        source = Source(file, text.count("\n", 0, place) + 1, place - start + 1, line)
        found.append(_problem(source, line[max(0, place - start - 6) :], char))
    if "\\" in text:
        marks = read(text, with_marks=True).marks
        lines = text.splitlines()
        for path, value in _scalars((), document.tree):
            for _place, char in refused(value):
                if char not in text and (mark := marks.get(path)):
                    source = Source(file, mark.line, mark.column, lines[mark.line - 1])
                    found.append(_problem(source, value, char))
    return found


def _problem(source: Source, text: str, char: str) -> Problem:
    return Problem("text/characters", Severity.ERROR, source, *characters(text, char))


def _scalars(path: Path, node: Node | None) -> Iterator[tuple[Path, str]]:
    if isinstance(node, str):
        yield path, node
    elif isinstance(node, dict):
        for key, value in node.items():
            yield from _scalars((*path, key), value)
    elif isinstance(node, list):
        for place, value in enumerate(node):
            yield from _scalars((*path, place), value)
