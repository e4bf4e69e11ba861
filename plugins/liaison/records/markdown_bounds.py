"""Bounds on Markdown, counted without parsing anything (the trust report, S5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .faults import Fault
from .limits import MARKDOWN_BYTES, MARKDOWN_DEPTH, MARKDOWN_PARAGRAPH_BYTES, MARKDOWN_SIGNS
from .text import lines, places

_INDENT = re.compile(r"[ \t]*")
_MARK = re.compile(r"[ \t]*(?:>|(?:[-*+]|\d{1,9}\.)(?=[ \t]))")
"""What opens a quotation or an item of a list."""
_MARKS = re.compile(rf"(?:{_MARK.pattern})+")
_RULER = re.compile(r"[ \t]*([-*_])(?:[ \t]*\1)+[ \t]*")
_GAP = re.compile(r"\n(?:[ \t\r]*\n)+")


def fault_in(rule: str, body: str, offset: int, message: str, hint: str) -> Fault:
    """A fault at a character of a body."""
    [(line, column)] = places(body, [offset])
    return Fault(rule, line, column, message, hint)


def over_bounds(body: str) -> Iterator[Fault]:
    """Where a body is larger, deeper or fuller of signs than the Markdown parser can bear, at places of the body."""
    rule = "markdown/too-large"
    if len(body.encode()) > MARKDOWN_BYTES:
        yield Fault(rule, 1, 1, "正文超过 256 KB", "分成几讲")
        return
    start = 0
    for end, following in (*(gap.span() for gap in _GAP.finditer(body)), (len(body), len(body))):
        if len(body[start:end].encode()) > MARKDOWN_PARAGRAPH_BYTES:
            yield fault_in(rule, body, start, "这一段超过 8 KB（约 2,700 字）", "用空行分成几段")
        start = following
    for sign, most in MARKDOWN_SIGNS.items():
        if body.count(sign) > most:
            offset = -1
            for _ in range(most + 1):
                offset = body.index(sign, offset + 1)
            yield fault_in(rule, body, offset, f"符号 {sign} 太多，超过 {most:,} 个", "删去多余的符号，或分成几讲")
    for number, line in enumerate(lines(body), 1):
        marks = _MARKS.match(line)
        depth = len(_MARK.findall(marks[0])) if marks and not _RULER.fullmatch(line) else 0
        indent = len((_INDENT.match(line) or [""])[0].expandtabs(4)) // 4
        if max(depth, indent) > MARKDOWN_DEPTH:
            yield Fault(rule, number, 1, f"引用、列表或缩进超过 {MARKDOWN_DEPTH} 层", "减少层次")
            return
