"""Reading captions: WebVTT and SRT as editors hand them in, with everything that is wrong with a file.

Nothing but plain text and its times is read; which characters a text may hold is judged elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain, islice, pairwise
from typing import Literal
from xml.sax.saxutils import unescape

from .caption_rules import MOST_BYTES, MOST_CUES, CaptionFault, empty, order, shown, syntax, too_long, too_many
from .cues import Cue, clock

Form = Literal["vtt", "srt"]

_FAULTS = 100  # a file with more was not written by hand
_LINE_END = re.compile(r"\r\n|\n|\r")
_LONGEST_TIMES = 200
_EXACT = r"(?:(\d{2,4}):)?([0-5]\d):([0-5]\d)"
_TIMES: dict[Form, re.Pattern[str]] = {
    "vtt": re.compile(rf"{_EXACT}\.(\d{{3}})[ \t]+-->[ \t]+{_EXACT}\.(\d{{3}})", re.ASCII),
    "srt": re.compile(rf"{_EXACT},(\d{{3}})[ \t]+-->[ \t]+{_EXACT},(\d{{3}})", re.ASCII),
}
_LOOSE = r"(?:(\d{1,4})\s?[:：]\s?)?([0-5]?\d)\s?[:：]\s?([0-5]?\d)(?:\s?[.,:。，：]\s?(\d{1,3}))?"
_LOOSE_TIMES = re.compile(rf"{_LOOSE}(\D{{1,12}}){_LOOSE}(\s.*)?", re.ASCII)
_MARK = {"vtt": ".", "srt": ","}
_NAMED = {"vtt": ("WebVTT", "英文句点"), "srt": ("SRT", "英文逗号")}
_NO_TEXT = re.compile(r"(NOTE|STYLE|REGION)(?:[ \t]|$)")
_ODD_TEXT = re.compile(r"<|\{\\|&(?!(?:amp|lt|gt);)#?\w{1,32};", re.ASCII)


@dataclass(frozen=True, slots=True)
class Captions:
    """What a file holds: which of the two forms it is, its captions as far as they can be read, and what is wrong."""

    form: Form
    cues: tuple[Cue, ...]
    faults: tuple[CaptionFault, ...]


def read_captions(text: str) -> Captions:
    """The captions in a text, with all that is wrong with them in the order of its lines; never raises.

    A text is WebVTT if it begins with that word, or if its times are written as WebVTT writes them; else it is SRT.
    """
    if len(text.encode(errors="surrogatepass")) > MOST_BYTES:
        return Captions("vtt" if text.startswith("WEBVTT") else "srt", (), tuple(too_many(None)))
    rows = _LINE_END.split(text.removeprefix("\ufeff"))
    form, head, faults = _header(rows)
    reader = _Reader(form, faults)
    for line, block in _blocks(rows, head):
        reader.take(line, block)
    cues, faults = reader.cues, reader.faults
    if not cues and not faults:
        faults.append(empty())
    faults += islice(chain(too_many(cues), order(cues), too_long(cues)), _FAULTS)
    return Captions(form, tuple(cues[:MOST_CUES]), tuple(sorted(faults, key=lambda one: (one.line, one.column))))


@dataclass(slots=True)
class _Reader:
    """Takes the blocks of a file one after another."""

    form: Form
    faults: list[CaptionFault]
    cues: list[Cue] = field(default_factory=list)

    def wrong(self, line: int, column: int, message: str, hint: str) -> None:
        if len(self.faults) < _FAULTS:
            self.faults.append(syntax(line, column, message, hint))

    def take(self, line: int, rows: list[str]) -> None:
        """A block of rows, the first of which is this line of the file."""
        if self.form == "vtt" and (found := _NO_TEXT.match(rows[0])):
            self.aside(line, rows, found[1])
            return
        at = next((number for number, row in enumerate(rows[:2]) if _tells_times(row)), None)
        if at is None:
            hint = "文字写在时间行的下一行，一条字幕里不空行；不是字幕的文字删去"
            self.wrong(line, 1, f"这段文字没有时间：“{shown(rows[0])}”", hint)
            return
        if at and self.form == "srt" and not rows[0].strip().isdecimal():
            self.wrong(line, 1, f"时间行上面只写序号，这里是“{shown(rows[0])}”", "改成序号，如 1；文字写到时间行下面")
        times, text = self.times(line + at, rows[at]), self.text(line + at + 1, rows[at + 1 :])
        if len(rows) == at + 1:
            self.wrong(line + at, 1, "这条字幕没有文字", "在时间行的下一行写上文字，中间不空行；不要的字幕整条删去")
        if times and text:
            self.cues.append(Cue(*times, text, line + at))

    def aside(self, line: int, rows: list[str], word: str) -> None:
        """A note, which is passed over, or a block of looks, which we have none of."""
        if word != "NOTE":
            self.wrong(line, 1, f"字幕里不写样式（{word}）", "删去这一段，到下一个空行为止")
        elif inside := next((number for number, row in enumerate(rows) if "-->" in row), 0):
            self.wrong(line + inside, 1, "注释（NOTE）到空行才结束，这条字幕被当成了注释", "在注释和字幕之间空一行")

    def times(self, line: int, row: str) -> tuple[int, int] | None:
        """Start and end; also where it can be guessed what was meant, so that nothing more is said of it."""
        row = row.strip()
        if found := _TIMES[self.form].fullmatch(row):
            return _milliseconds(*found.groups()[:4]), _milliseconds(*found.groups()[4:])
        mark, (name, called) = _MARK[self.form], _NAMED[self.form]
        loose = _LOOSE_TIMES.fullmatch(row) if len(row) <= _LONGEST_TIMES else None
        if loose is None:
            example = "00:00:01.000 --> 00:00:04.000".replace(".", mark)
            self.wrong(line, 1, f"看不懂这个时间行：“{shown(row, 40)}”", f"写成 {example} 的形式，分和秒都不超过 59")
            return None
        start, end = _milliseconds(*loose.groups()[:4]), _milliseconds(*loose.groups()[5:9])
        written = f"{clock(start, mark)} --> {clock(end, mark)}"
        if loose[5].strip() != "-->":
            message = "两个时间之间要写 -->"
        elif loose[10]:
            message = "时间后面不写位置、对齐等设置"
        elif written.replace(mark, "") == re.sub("[,.]", "", row):
            message = f"{name} 的毫秒前面用{called}"
        else:
            message = "时间要写成两位的时、分、秒和三位的毫秒，箭头两边各空一格"
        self.wrong(line, 1, message, f"写成 {written}")
        return start, end

    def text(self, line: int, rows: list[str]) -> str:
        """The text of a caption, the first row of which is this line of the file."""
        kept: list[str] = []
        for number, row in enumerate(rows, line):
            if "-->" in row:
                self.wrong(number, 1, "上一条字幕还没有结束，这里又是时间行", "两条字幕之间空一行")
                break
            if odd := _ODD_TEXT.search(row) if self.form == "vtt" else re.search(r"<|\{\\", row):
                message = f"字幕只写文字，不写标签和代码：“{shown(row[odd.start() :])}”"
                self.wrong(number, odd.start() + 1, message, "删去标签和代码，只留文字；小于号写成“小于”")
            kept.append(row.strip())
        text = "\n".join(kept)
        return unescape(text) if self.form == "vtt" else text


def _header(rows: list[str]) -> tuple[Form, int, list[CaptionFault]]:
    """Which form a file has, how many rows its header takes, and what is wrong with that."""
    first = next((number for number, row in enumerate(rows) if row.strip()), 0)
    hint = "文件第一行只写 WEBVTT，大写，下面空一行"
    if rows[first].strip()[:6].upper() == "WEBVTT":
        is_right = first == 0 and re.match(r"WEBVTT(?:[ \t]|$)", rows[0])
        return "vtt", first + 1, [] if is_right else [syntax(first + 1, 1, "文件的第一行不是 WEBVTT", hint)]
    times = next((row for row in rows if "-->" in row), "")[:_LONGEST_TIMES]
    if "." in times and "," not in times:
        return "vtt", 0, [syntax(1, 1, "WebVTT 字幕的第一行必须是 WEBVTT", hint)]
    return "srt", 0, []


def _blocks(rows: list[str], head: int) -> Iterator[tuple[int, list[str]]]:
    """What stands between empty lines, with the number of its first line."""
    bounds = [head - 1, *(number for number in range(head, len(rows)) if not rows[number].strip()), len(rows)]
    for before, after in pairwise(bounds):
        if after - before > 1:
            yield before + 2, rows[before + 1 : after]


def _tells_times(row: str) -> bool:
    row = row.strip()
    return "-->" in row or (len(row) <= _LONGEST_TIMES and _LOOSE_TIMES.fullmatch(row) is not None)


def _milliseconds(hours: str | None, minutes: str, seconds: str, fraction: str | None) -> int:
    whole = (int(hours or 0) * 60 + int(minutes)) * 60 + int(seconds)
    return whole * 1000 + int((fraction or "0").ljust(3, "0"))
