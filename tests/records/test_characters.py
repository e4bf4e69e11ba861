"""Which characters may stand in records, over all of Unicode."""

from __future__ import annotations

import sys
import unicodedata

from liaison.records.characters import refused

PLAIN = {"\t", "\n", "\r", " "}


def category(char: str) -> str:
    return unicodedata.category(char)


def test_s10_every_unseen_character_is_refused() -> None:
    """Each control, format, surrogate, private and separating character of Unicode is found (S10)."""
    wrong = {"Cc", "Cf", "Cs", "Co", "Zl", "Zp", "Zs"}
    text = [chr(number) for number in range(sys.maxunicode + 1) if category(chr(number)) in wrong]
    found = {char for _, char in refused("".join(text))}
    assert set(text) - found == PLAIN


def test_s10_every_han_character_passes() -> None:
    """Han characters of all extensions pass, those that this Python's tables do not know yet too."""
    blocks = [(0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0x20000, 0x2A6DF), (0x2A700, 0x2EBE0), (0x2EBF0, 0x2EE5D)]
    blocks += [(0x30000, 0x3134A), (0x31350, 0x323AF), (0x323B0, 0x33479)]
    for first, last in blocks:
        assert not list(refused("".join(map(chr, range(first, last + 1)))))


def test_usual_punctuation_passes() -> None:
    """Chinese and Western punctuation, numerals and letters of other scripts are text."""
    assert not list(refused("“你好”——（一）《法》、；：？！…%°·①Ⅳ½é Ж ﷼ ꀀ ཀ ᠮ 가 あ ア ①"))


def test_places_are_those_of_the_characters() -> None:
    """Each refused character is given with its place in the text."""
    assert list(refused("甲\u200b乙\u3000")) == [(1, "\u200b"), (3, "\u3000")]
