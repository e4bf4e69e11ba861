"""A file's text: from bytes, in lines as an editor counts them, and quoted short in messages."""

from __future__ import annotations

import codecs
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable

from .faults import Fault
from .limits import YAML_BYTES

HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ebe0\U0002ebf0-\U0002ee5d\U00030000-\U0003347f"
"""Han characters of all extensions, those newer than this Python's tables included; for a regular expression."""

_HAN = re.compile(f"[{HAN}]")
_LINE_END = re.compile(r"\r\n|\n|\r")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def decode(data: bytes, most: int = YAML_BYTES) -> str | Fault:
    """The text of a file, without a byte order mark; or what stands against reading it."""
    if len(data) > most:
        return Fault("yaml/too-large", 1, 1, f"文件超过 {most // 1024 // 1024} MB", "拆分内容，或删去多余部分")
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = data[: error.start].decode()
        [(line, column)] = places(before, [len(before)])
        message = f"这里不是 UTF-8 文字{_other(data)}"
        return Fault("yaml/not-text", line, column, message, "用编辑器打开，把文件“另存为”UTF-8 编码")
    if odd := _CONTROL.search(text):
        found = f"这里有看不见的控制字符 U+{ord(odd[0]):04X}"
        [(line, column)] = places(text, [odd.start()])
        return Fault("yaml/not-text", line, column, found, "删去这个字符；整个文件应是普通文字")
    return text


def _other(data: bytes) -> str:
    """Which other encoding it looks like."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "，看来是 UTF-16 编码"
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return ""
    return "，看来是 GBK（ANSI）编码"


def lines(text: str) -> list[str]:
    """The lines of a text without their ends; only CR LF, LF and CR end a line, as in every editor."""
    return _LINE_END.split(text)


def places(text: str, offsets: Iterable[int]) -> list[tuple[int, int]]:
    """Line and column, from 1, of the characters at these offsets."""
    starts = [0, *(end.end() for end in _LINE_END.finditer(text))]
    found = ((bisect_right(starts, offset), offset) for offset in offsets)
    return [(line, offset - starts[line - 1] + 1) for line, offset in found]


def line_of(all_lines: list[str], number: int) -> str:
    """The line with this number, from 1; empty where the text has fewer."""
    return all_lines[number - 1] if 0 < number <= len(all_lines) else ""


def is_unseen(char: str) -> bool:
    """Whether a character cannot be seen, or steers what shows it."""
    return not (char.isprintable() or unicodedata.category(char) == "Zs" or _HAN.match(char))


def shown(value: object, longest: int = 30) -> str:
    """What was written, on one line, bounded, and without characters that cannot be seen."""
    words = " ".join(str(value)[: longest * 8].split())
    seen = "".join(char for char in words if not is_unseen(char))
    return seen if len(seen) <= longest else seen[:longest] + "…"
