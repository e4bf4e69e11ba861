"""Problems as text: the caret stands under its place, and nothing written in a record can do harm."""

from __future__ import annotations

import re
import unicodedata

import pytest

from liaison.problems import Problem, Severity, Source
from liaison.records.report import columns, excerpt, report


def caret_under(line: str, column: int) -> str:
    """The character of the shown line that stands at the caret's column."""
    shown, pad = excerpt(line, column)
    reached = 0
    for char in shown:
        if reached == len(pad) and not unicodedata.combining(char):
            return char
        reached += columns(char)
    return ""


@pytest.mark.parametrize(
    ("line", "column", "char"),
    [
        ("name: 曾示例", 7, "曾"),
        ("name: 曾示例", 8, "示"),
        ("a: ＡＢ，c", 6, "，"),
        ("\tname: 曾", 8, "曾"),
        ("é e\u0301x", 5, "x"),
        ("ｶﾅ x", 4, "x"),
        ("𬱖䶮x", 3, "x"),
        ("\U000323af\U0002ebf0x", 3, "x"),  # newer than the tables of Python 3.11, and wide
        ("“引号”x", 5, "x"),
    ],
)
def test_caret_stands_under_its_character(line: str, column: int, char: str) -> None:
    """East Asian wide and fullwidth characters count two columns, combining ones none, a tab up to the next stop."""
    assert caret_under(line, column) == char


def test_a_long_line_is_cut_around_the_place() -> None:
    """Of a very long line only what is near the place is shown."""
    line = "a" * 70_000 + "这" + "b" * 70_000
    shown, pad = excerpt(line, 70_001)
    assert columns(shown) < 110
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert caret_under(line, 70_001) == "这"
    assert len(pad) < 60


def test_a_place_past_the_line_is_at_its_end() -> None:
    """A place after the last character has its caret there."""
    assert excerpt("name:", 6) == ("name:", "     ")
    assert excerpt("name:", 60) == ("name:", "     ")


def test_r4_nothing_in_a_record_steers_the_terminal() -> None:
    """Escape sequences, line ends and direction marks come out as their numbers, in every part of the text."""
    evil = "\x1b[2J\r\n::error::\u202e\u2028\U000e0041\udcff"
    problem = Problem("text/characters", Severity.ERROR, Source(f"a{evil}", 1, 2, f"b{evil}"), f"c{evil}", f"d{evil}")
    (text,) = report([problem])
    assert not re.search("[\x00-\x09\x0b-\x1f\u202e\u2028\U000e0041\udcff]", text)
    assert len(text.split("\n")) == 5
    assert "<U+001B>" in text


def test_parts_can_be_coloured() -> None:
    """A caller gives each part its colour without the text changing."""
    problem = Problem("a/b", Severity.NOTICE, Source("f.yml", 3, 1, "x: 1"), "不对", "改")
    seen: list[str] = []

    def paint(text: str, part: str) -> str:
        seen.append(part)
        return text

    assert report([problem], paint) == report([problem])
    assert report([problem]) == ["f.yml:3:1: 提示 a/b\n  不对\n    3 | x: 1\n      | ^\n  改法：改"]
    assert set(seen) == {"place", "notice", "gutter", "caret", "hint"}


def test_a_whole_file_has_no_line() -> None:
    """What is about a file as a whole shows no line of it."""
    assert report([Problem("a/b", Severity.ERROR, Source("f.yml"), "不对", "改")]) == [
        "f.yml:1:1: 错误 a/b\n  不对\n  改法：改"
    ]
