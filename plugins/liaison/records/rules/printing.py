"""What `site.yml` says of printing (`print`); nothing is said where it says nothing."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from math import floor

from liaison.model.colours import LEAST_CONTRAST, contrast_with_white
from liaison.model.site import PRINT_COLOUR
from liaison.plan.kinds import KINDS
from liaison.records.case import Case
from liaison.records.findings import Finding
from liaison.records.labels import labelled
from liaison.records.print_files import FONTS, LOGOS, is_within
from liaison.records.text import shown

from .rule import error, notice

_COLOUR = re.compile(r"#[0-9a-fA-F]{6}", re.ASCII)
_SHORT = re.compile(r"#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})", re.ASCII)
_CONFIRMATION = ("confirmed_by", "confirmed_on", "kept_until")
_HANGS = timedelta(days=365)
"""How long a poster that is printed today should lead somewhere at the least; they hang for years."""

_COPIES = range(1, 10_001)
_HOURS = range(1, 7 * 24 + 1)


@error("print/colour-form")
def colour_form(case: Case) -> Iterator[Finding]:
    """印刷的颜色（colour）写 # 和六位十六进制数字，加英文引号，如 "#9b1c20"。"""
    for filed in case.sites:
        colour = filed.record.print.colour
        if not _COLOUR.fullmatch(colour):
            message = f"{labelled('colour')}“{shown(colour)}”不是颜色的写法"
            yield filed.at("print", "colour", message=message, hint=f'写成 "{_meant(colour)}"，引号也要写')


def _meant(colour: str) -> str:
    """The colour that was probably meant, else the usual one."""
    found = _SHORT.fullmatch(unicodedata.normalize("NFKC", colour[:20]).strip())
    if found is None:
        return PRINT_COLOUR
    return "#" + (found[1] if len(found[1]) == len("rrggbb") else "".join(2 * digit for digit in found[1]))


@error("print/colour-contrast")
def colour_contrast(case: Case) -> Iterator[Finding]:
    """印刷的颜色（colour）要够深：白字印在上面，对比度不低于 4.5:1（WCAG 1.4.3）。"""
    for filed in case.sites:
        colour = filed.record.print.colour
        if _COLOUR.fullmatch(colour) and (contrast := contrast_with_white(colour)) < LEAST_CONTRAST:
            below = floor(contrast * 10) / 10
            message = f"白字印在 {colour} 上看不清：对比度 {below}:1，不到 {LEAST_CONTRAST}:1"
            yield filed.at("print", "colour", message=message, hint=f'换深一些的颜色，如 "{PRINT_COLOUR}"')


@error("print/file-missing")
def file_missing(case: Case) -> Iterator[Finding]:
    """标识（logo，svg 或 png）、字体文件夹（fonts，放 otf、ttf、ttc）、ICC 文件（icc）要在网站文件夹里。"""
    for filed in case.sites:
        for key in ("logo", "fonts", "icc"):
            name = getattr(filed.record.print, key)
            if name is None:
                continue
            if not is_within(name):
                message = f"{key} 的路径“{shown(name, 60)}”不在网站文件夹里"
                hint = f"把文件放进网站文件夹，写相对路径，用 / 分隔，不写 ..，如 {_EXAMPLES[key]}"
            elif key == "logo" and not name.lower().endswith(LOGOS):
                message = f"标识文件“{shown(name, 60)}”的类型不对"
                hint = "用 svg 或 png 文件"
            elif key in case.ground.print_files:
                continue
            else:
                message, hint = _absent(key, name)
            yield filed.at("print", key, message=message, hint=hint)


_EXAMPLES = {"logo": "print/logo.svg", "fonts": "print/fonts", "icc": "print/press.icc"}


def _absent(key: str, name: str) -> tuple[str, str]:
    if key == "fonts":
        message = f"没有字体文件夹“{shown(name, 60)}”，或里面没有字体"
        return message, f"把字体文件（{'、'.join(FONTS)}）放进这个文件夹，或删去这一行"
    return f"网站文件夹里没有文件“{shown(name, 60)}”", "把文件放到这个位置（不用链接指到别处），或删去这一行"


@error("print/dates-order")
def dates_order(case: Case) -> Iterator[Finding]:
    """网址的确认日期（confirmed_on）不能晚于今天，保留期限（kept_until）不能早于确认日期。"""
    for filed in case.sites:
        confirmed, kept = filed.record.print.confirmed_on, filed.record.print.kept_until
        if confirmed is None:
            continue
        if confirmed > case.today:
            message = f"{confirmed} 还没有到，今天是 {case.today}"
            yield filed.at("print", "confirmed_on", message=message, hint="写实际确认的日期")
        if kept is not None and kept < confirmed:
            message = f"保留期限 {kept} 早于确认日期 {confirmed}"
            yield filed.at("print", "kept_until", message=message, hint="核对两个日期，改正写错的一个")


@error("print/copies-kind")
def copies_kind(case: Case) -> Iterator[Finding]:
    """份数（copies）按印刷品的名称写，如 station-a3，每种 1 到 10000 份。"""
    for filed in case.sites:
        for name, count in filed.record.print.copies.items():
            if name not in KINDS:
                message, hint = _no_kind(name)
                yield filed.at("print", "copies", name, spot="key", message=message, hint=hint)
            elif count not in _COPIES:
                message = f"{KINDS[name].title}的份数不能是 {count}"
                hint = f"写 {_COPIES[0]} 到 {_COPIES[-1]} 之间的数；不印的，删去这一项"
                yield filed.at("print", "copies", name, message=message, hint=hint)


def _no_kind(name: str) -> tuple[str, str]:
    """Message and remedy for the name of no kind; its Chinese title is understood."""
    known = {word: kind.name for kind in KINDS.values() for word in (kind.title.lower(), kind.name)}
    message = f"没有“{shown(name)}”这种印刷品"
    if close := difflib.get_close_matches(name[:40].lower(), known, n=1, cutoff=0.6):
        meant = known[close[0]]
        return f"{message}，是不是想写“{meant}”（{KINDS[meant].title}）？", f"改成 {meant}"
    return message, f"可以写：{'、'.join(KINDS)}"


@error("print/hours")
def hours(case: Case) -> Iterator[Finding]:
    """二维码实测的有效时间（verified_within）是 1 到 168 小时（七天）。"""
    for filed in case.sites:
        value = filed.record.print.verified_within
        if value not in _HOURS:
            message = f"{labelled('verified_within')}不能是 {value} 小时"
            hint = f"写 {_HOURS[0]} 到 {_HOURS[-1]} 之间的小时数，或删去这一行（24 小时）"
            yield filed.at("print", "verified_within", message=message, hint=hint)


@notice("print/unconfirmed")
def unconfirmed(case: Case) -> Iterator[Finding]:
    """谁确认网址长期不变（confirmed_by）、哪天确认（confirmed_on）、保留到哪天（kept_until），三项要一起写。"""
    for filed in case.sites:
        values = {key: getattr(filed.record.print, key) for key in _CONFIRMATION}
        there = [key for key, value in values.items() if value is not None]
        lacking = [key for key, value in values.items() if value is None and not filed.lacks("print", key)]
        if there and lacking:
            message = f"写了 {_listed(there)}，没有写 {_listed(lacking)}"
            hint = "问清楚后补齐三项；还没有人确认的，三项都删去"
            yield filed.at("print", there[0], spot="key", message=message, hint=hint)


def _listed(keys: list[str]) -> str:
    return "、".join(labelled(key) for key in keys)


@notice("print/kept-too-short")
def kept_too_short(case: Case) -> Iterator[Finding]:
    """海报和门牌要挂几年，网址的保留期限（kept_until）至少还有一年。"""
    for filed in case.sites:
        confirmed, kept = filed.record.print.confirmed_on, filed.record.print.kept_until
        if kept is None or kept - case.today >= _HANGS or (confirmed is not None and kept < confirmed):
            continue
        left = (kept - case.today).days
        rest = f"只剩 {left} 天" if left >= 0 else "已经过了"
        message = f"网址只保留到 {kept}，{rest}，海报要挂几年"
        hint = "请负责域名的单位续期，把 kept_until 改成新的日期，再付印"
        yield filed.at("print", "kept_until", message=message, hint=hint)
