"""Names of people: characters that belong into them, and whether they can be read."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from liaison.model.names import unreadable
from liaison.model.stations import Staff
from liaison.records.case import Case
from liaison.records.document import Path
from liaison.records.filed import Filed
from liaison.records.findings import Finding
from liaison.records.text import HAN, shown

from .rule import error, notice

_UNIFIED = "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29"
"""Among the compatibility characters, the twelve that are characters of their own."""

_HAN = f"[{HAN}{_UNIFIED}]"
_LATIN = "[A-Za-zÀ-ÖØ-öø-ɏ]"
_NAME = re.compile(rf"{_HAN}+(?:·{_HAN}+)*|{_LATIN}+(?:(?:[ '’-]|\. ?){_LATIN}+)*\.?")
_IS_HAN = re.compile(_HAN)
_IS_LATIN = re.compile(_LATIN)
_DOTS = "•・･‧∙⋅●．.。∘ㆍ᛫"
"""What is typed for the dot in the names of minorities."""


def _names(case: Case) -> Iterator[tuple[Filed[object], Path, str]]:
    """Every name of a person, with its place."""
    for deputy in case.deputies:
        yield deputy, ("name",), deputy.record.name
    for station in case.stations:
        yield from _of(station, ("staff",), station.record.staff)
        for number, reception in enumerate(station.record.receptions):
            for place, guest in enumerate(reception.guests):
                if guest.name is not None:
                    yield station, ("receptions", number, "guests", place, "name"), guest.name
    for area in case.areas:
        for number, organ in enumerate(area.record.organs or ()):
            yield from _of(area, ("organs", number, "staff"), organ.staff)


def _of(filed: Filed[object], path: Path, staff: tuple[Staff, ...]) -> Iterator[tuple[Filed[object], Path, str]]:
    return ((filed, (*path, number, "name"), one.name) for number, one in enumerate(staff))


@error("name/characters")
def characters(case: Case) -> Iterator[Finding]:
    """姓名用汉字，少数民族姓名中间用间隔号“·”（U+00B7），或者全用拉丁字母。"""
    for filed, path, name in _names(case):
        if not _NAME.fullmatch(name):
            for place, message, hint in _amiss(name):
                yield filed.at(*path, message=f"姓名“{shown(name)}”{message}", hint=hint, offset=place)


def _amiss(name: str) -> Iterator[tuple[int, str, str]]:
    """Each character that does not belong: place, message and remedy."""
    mended = _mended(name)
    whole = f"写成 {mended}" if mended and mended != name else "照身份证件上的姓名改正"
    found = False
    for place, char in enumerate(name[:_LONGEST]):
        if _IS_HAN.match(char) or (not _IS_HAN.search(name) and (_IS_LATIN.match(char) or char in " '’-.")):
            continue
        if char == "·" and _IS_HAN.match(name[place - 1 : place]) and _IS_HAN.match(name[place + 1 : place + 2]):
            continue
        found = True
        yield place, _said(char), whole
    if not found:
        yield 0, "的写法不对", whole


_LONGEST = 60  # characters looked at


def _said(char: str) -> str:
    number = f"U+{ord(char):04X}"
    if char == "·":
        return "的间隔号“·”不在两个字中间"
    if char in _DOTS:
        return f"里的“{char}”（{number}）不是间隔号“·”（U+00B7）"
    if char.isspace():
        return f"里有{'全角' if char == _WIDE_SPACE else ''}空格（{number}）"
    if _IS_HAN.fullmatch(unicodedata.normalize("NFKC", char)):
        return f"里的“{char}”（{number}）是形近的符号，不是汉字"
    mixed = _IS_LATIN.match(char) is not None
    return f"里混用了汉字和字母“{char}”" if mixed else f"里不能有“{shown(char)}”（{number}）"


_WIDE_SPACE = "\u3000"


def _mended(name: str) -> str:
    """The name with what can be mended mended; empty where it still would not do."""
    plain = unicodedata.normalize("NFKC", name[:_LONGEST])
    if _IS_HAN.search(plain):
        plain = re.sub(rf"\s*[{re.escape(_DOTS)}·]+\s*", "·", plain).strip("·")
        plain = "".join(char for char in plain if not char.isspace())
    plain = plain.strip()
    return plain if _NAME.fullmatch(plain) else ""


def _han_only(name: str) -> str:
    """What of a name can have a reading; other characters are the matter of `characters`."""
    return name if name.isascii() else "".join(char for char in name if _IS_HAN.match(char))


@notice("name/no-reading")
def no_reading(case: Case) -> Iterator[Finding]:
    """姓名里有查不到读音的字时，要写 pinyin（拼音），否则排不进按音序的目录。"""
    for filed in case.deputies:
        record = filed.record
        if record.pinyin is None and not filed.lacks("pinyin") and (chars := unreadable(_han_only(record.name))):
            message = f"查不到“{shown(chars)}”的读音，按音序排列时会放在最后"
            yield filed.at("name", message=message, hint="补一行 pinyin: 全名的拼音，姓在前，如 zeng shili")
