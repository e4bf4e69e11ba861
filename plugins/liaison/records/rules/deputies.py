"""Deputies: the stations they belong to, and who followed them."""

from __future__ import annotations

from collections.abc import Iterator

from liaison.model import codes
from liaison.records.case import Case
from liaison.records.findings import Finding
from liaison.records.text import shown

from .rule import error
from .stations import missing_station


@error("deputy/station-dangling")
def station_dangling(case: Case) -> Iterator[Finding]:
    """代表所属的站（文件夹里的 station.yml）和 also_at（同时在站）里的站都必须登记在册。"""
    for filed in case.deputies:
        home = f"{filed.folder.rpartition('/')[0]}/station.yml"
        if case.home(filed) is None and home not in case.unsound and home not in case.refused:
            hint = f"补上 {home}，或把这份记录移到代表所属站的 deputies 文件夹"
            yield filed.at(message=f"这个文件夹没有站的记录：缺 {home}", hint=hint)
        for number, code in enumerate(filed.record.also_at):
            if codes.is_valid(code) and not case.knows_station(code):
                message, hint = missing_station(case, code)
                yield filed.at("also_at", number, message=message, hint=hint)


@error("deputy/successor-dangling")
def successor_dangling(case: Case) -> Iterator[Finding]:
    """接任代表（successor）必须是登记在册的另一位代表。"""
    for filed in case.deputies:
        code = filed.record.successor
        if code is None or not codes.is_valid(code):
            continue
        if code == filed.record.code:
            yield filed.at("successor", message="接任代表写成了本人的编号", hint="写接任者的编号，或删去这一行")
        elif not case.knows_deputy(code):
            message, hint = missing_deputy(case, code)
            yield filed.at("successor", message=message, hint=hint)


def missing_deputy(case: Case, code: str) -> tuple[str, str]:
    """Message and remedy where no deputy has a code that is otherwise in order."""
    if code in case.station:
        return f"{code} 是站“{shown(case.station[code].record.label)}”的编号，不是代表的编号", "写代表的编号"
    return f"没有编号是 {code} 的代表", "核对编号；代表卸任后记录也要保留，误删的从版本历史里找回"
