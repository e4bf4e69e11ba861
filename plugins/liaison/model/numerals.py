"""Numbers from 1 to 9999 in Chinese and Arabic numerals: 一千零四十三, 1043."""

from __future__ import annotations

import re

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))
_HIGHEST = 9999

NUMERAL_SIGNS = "零〇一二两三四五六七八九十百千"
"""Every sign a Chinese number may be written with."""

_ARABIC = re.compile(r"0{0,3}[1-9]\d{0,3}", re.ASCII)
_FULL_WIDTH = str.maketrans("０１２３４５６７８９〇", "0123456789零")
_CHINESE = re.compile(
    "(?:([一二两三四五六七八九])千)?(零)?(?:([一二两三四五六七八九])百)?(零)?"
    "(?:([一二三四五六七八九])?(十))?([一二三四五六七八九])?"
)
_SPELT = re.compile("[一二三四五六七八九](?:零|[零一二三四五六七八九]{2,3})")


def number(text: str) -> int | None:
    """The number that `text` is, or None where it is none from 1 to 9999.

    Read besides the standard forms: full-width digits, zeros in front, 〇 for 零, 两百 and 两千, 一千四十三 and 一百十
    for 一千零四十三 and 一百一十, and digits spelt one by one (一〇四三). Refused is what can be two numbers (一百五,
    一二), what is out of order (十百), and what has a 零 out of place (一百零十).
    """
    text = text.translate(_FULL_WIDTH)
    if _ARABIC.fullmatch(text):
        value = int(text)
        return value if value <= _HIGHEST else None
    if _SPELT.fullmatch(text):
        return int("".join(str(_DIGITS.index(sign)) for sign in text))
    found = _CHINESE.fullmatch(text)
    return _value(found) if found and text else None


def _value(found: re.Match[str]) -> int | None:
    thousands, first_zero, hundreds, second_zero, tens, ten, ones = found.groups()
    if first_zero and (not thousands or hundreds or not (ten or ones)):
        return None
    if second_zero and (not hundreds or ten or not ones):
        return None
    if ones and not ten and (thousands or hundreds) and not (second_zero if hundreds else first_zero):
        return None
    return (
        1000 * _digit(thousands)
        + 100 * _digit(hundreds)
        + 10 * (_digit(tens) if tens else int(bool(ten)))
        + _digit(ones)
    )


def _digit(sign: str | None) -> int:
    return _DIGITS.index("二" if sign == "两" else sign) if sign else 0


def chinese(value: int) -> str:
    """A number from 1 to 9999 as laws write it: 十二, 一百一十, 一千零四十三. Raises ValueError for any other."""
    if not 1 <= value <= _HIGHEST:
        raise ValueError(f"{value} is not from 1 to {_HIGHEST}")
    signs, rest, skipped = "", value, False
    for worth, place in _PLACES:
        digit, rest = divmod(rest, worth)
        if digit:
            signs += "零" * skipped + _DIGITS[digit] + place
            skipped = False
        else:
            skipped = bool(signs)
    if rest:
        signs += "零" * skipped + _DIGITS[rest]
    return signs.removeprefix("一") if signs.startswith("一十") else signs
