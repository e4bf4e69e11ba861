"""Codes: whether each is one, whether its check symbol fits, and that nobody else has it."""

from __future__ import annotations

from collections.abc import Iterator

from liaison.model import codes
from liaison.model.deputies import Deputy
from liaison.model.stations import Station
from liaison.records.case import Case
from liaison.records.document import Path
from liaison.records.filed import Filed
from liaison.records.findings import Finding
from liaison.records.text import shown

from .rule import error

_OFFERED = 3  # more candidates than these help nobody
_ALPHABET = f"编号只用这些符号：{codes.ALPHABET}"


def _codes(case: Case) -> Iterator[tuple[Filed[Station] | Filed[Deputy], Path, str]]:
    """Every code that is written, own ones and references, with its place."""
    for station in case.stations:
        record = station.record
        yield station, ("code",), record.code
        if record.parent is not None:
            yield station, ("parent",), record.parent
        if record.merged_into is not None:
            yield station, ("merged_into",), record.merged_into
        for number, reception in enumerate(record.receptions):
            for place, code in enumerate(reception.deputies):
                yield station, ("receptions", number, "deputies", place), code
    for deputy in case.deputies:
        yield deputy, ("code",), deputy.record.code
        for place, code in enumerate(deputy.record.also_at):
            yield deputy, ("also_at", place), code
        if deputy.record.successor is not None:
            yield deputy, ("successor",), deputy.record.successor


@error("code/form")
def form(case: Case) -> Iterator[Finding]:
    """编号是七位，只用规定的符号，前六位里至少有一个字母。"""
    for filed, path, code in _codes(case):
        if codes.is_valid(code) or codes.is_well_formed(code):
            continue
        yield filed.at(*path, message=f"编号“{shown(code)}”{_amiss(code)}", hint=_meant(case, path, code) or _ALPHABET)


def _amiss(code: str) -> str:
    """What is wrong with the form of a code."""
    if codes.is_well_formed(code.upper()):
        return "里的字母要大写"
    found = []
    if foreign := codes.foreign_symbols(code):
        spelled = "、".join("空格" if symbol.isspace() else symbol for symbol in foreign[: codes.LENGTH])
        found.append(f"里有不用的符号：{shown(spelled)}")
    if len(code) != codes.LENGTH:
        found.append(f"应有 {codes.LENGTH} 位，这里是 {len(code)} 位")
    return "，".join(found) or "的前六位里至少要有一个字母"


@error("code/check-symbol")
def check_symbol(case: Case) -> Iterator[Finding]:
    """编号的第七位是校验位，必须与前六位相符。"""
    for filed, path, code in _codes(case):
        if codes.is_well_formed(code) and not codes.is_valid(code):
            message = f"编号“{code}”的校验位不对，多半有一位抄错了"
            hint = _meant(case, path, code) or "照牌匾、二维码旁或原记录里的编号重新抄一遍"
            yield filed.at(*path, message=message, hint=hint)


def _meant(case: Case, path: Path, code: str) -> str:
    """The codes that may have been meant: for a reference those on file, else every possible one."""
    possible = codes.candidates(code)
    if path != ("code",):
        known = case.deputy if path[0] in {"receptions", "successor"} else case.station
        named = [f"{code}（{known[code].record.name}）" for code in possible if code in known]
        if named:
            return f"可能是 {'、'.join(named[:_OFFERED])}"
    return f"可能是 {'、'.join(possible[:_OFFERED])}；照原件核对后改正" if possible else ""


@error("code/duplicate")
def duplicate(case: Case) -> Iterator[Finding]:
    """站和代表的编号不能重复。"""
    everyone: tuple[Filed[Station] | Filed[Deputy], ...] = (*case.stations, *case.deputies) if case.doubled else ()
    for filed in everyone:
        code = filed.record.code
        if others := "、".join(file for file in case.doubled.get(code, ()) if file != filed.file):
            hint = f"印过或公布过的一份不动；另一份从未公布的，运行 liaison renew-code {filed.file} 换一个编号"
            yield filed.at("code", message=f"编号 {shown(code)} 也写在 {shown(others, 120)}", hint=hint)
