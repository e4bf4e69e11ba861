"""What is asked of captions, each rule a function that says what is wrong; how a file is read is not known here."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from .cues import Cue, clock

MOST_CUES = 5_000
MOST_BYTES = 1024 * 1024
MOST_LINES, WIDEST = 2, 18
"""Lines of a caption, and Han characters of a line, that can be read while somebody speaks."""


@dataclass(frozen=True, slots=True)
class CaptionFault:
    """What is wrong with a file of captions: place (from 1), message and remedy, and the rule's id."""

    line: int
    column: int
    message: str
    hint: str
    rule: str


def syntax(line: int, column: int, message: str, hint: str) -> CaptionFault:
    """字幕是 WebVTT（第一行写 WEBVTT）或 SRT 文件：时间行下面紧接文字，两条之间空一行，不写标签和位置设置。"""
    return CaptionFault(line, column, message, hint, "captions/syntax")


def empty() -> CaptionFault:
    """字幕文件里至少有一条字幕。"""
    hint = "写上字幕；没有字幕时删去这个文件，并删去 captions 一行"
    return CaptionFault(1, 1, "文件里没有字幕", hint, "captions/empty")


def too_many(cues: Sequence[Cue] | None) -> Iterator[CaptionFault]:
    """字幕文件不超过 1 MB，字幕不超过 5,000 条。"""
    if cues is None:
        yield CaptionFault(1, 1, "字幕文件超过 1 MB", "核对文件；录像太长时分成几期", "captions/too-many")
    elif len(cues) > MOST_CUES:
        message, hint = f"字幕超过 {MOST_CUES:,} 条", "核对文件；录像太长时分成几期"
        yield CaptionFault(cues[MOST_CUES].line, 1, message, hint, "captions/too-many")


def order(cues: Iterable[Cue]) -> Iterator[CaptionFault]:
    """每条字幕的结束晚于开始；字幕按开始时间排列，前一条结束后下一条才开始。"""
    rule, before = "captions/order", None
    for cue in cues:
        if cue.end <= cue.start:
            yield CaptionFault(cue.line, 1, "结束时间不晚于开始时间", "核对这一行的两个时间", rule)
        if before and cue.start < before.start:
            message = f"开始时间早于前一条（第 {before.line} 行，{clock(before.start)}）"
            yield CaptionFault(cue.line, 1, message, "核对时间，字幕按先后排列", rule)
        elif before and cue.start < before.end:
            message = f"与前一条（第 {before.line} 行，到 {clock(before.end)}）重叠"
            yield CaptionFault(cue.line, 1, message, "把前一条的结束时间改早，或把这一条的开始时间改晚", rule)
        before = cue


def too_long(cues: Iterable[Cue]) -> Iterator[CaptionFault]:
    """一条字幕不超过两行，一行不超过 18 个字（字母、数字两个算一个字）。"""
    rule = "captions/too-long"
    for cue in cues:
        rows = cue.text.split("\n")
        if len(rows) > MOST_LINES:
            place = cue.line + 1 + MOST_LINES
            yield CaptionFault(place, 1, f"一条字幕有 {len(rows)} 行", "不超过两行；拆成两条，时间也随着分开", rule)
        for number, row in enumerate(rows, 1):
            halves = sum(map(_halves, row))
            if halves > 2 * WIDEST:
                message = f"一行有 {halves / 2:g} 个字：“{shown(row)}”"
                hint = f"一行不超过 {WIDEST} 个字；分成两行，或拆成两条"
                yield CaptionFault(cue.line + number, 1, message, hint, rule)


RULES: dict[str, Callable[..., object]] = {
    "captions/syntax": syntax,
    "captions/order": order,
    "captions/too-long": too_long,
    "captions/too-many": too_many,
    "captions/empty": empty,
}
"""The rules held here, each a function whose docstring is its sentence."""


def shown(text: str, longest: int = 20) -> str:
    """The beginning of what was written, on one line."""
    words = " ".join(text[: longest * 4].split())
    return words if len(words) <= longest else words[:longest] + "…"


def _halves(char: str) -> int:
    """Width in halves of a Han character; what is put onto another character has none."""
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 1 if unicodedata.east_asian_width(char) in {"Na", "H", "N"} else 2
