"""Stations: where they lie, what they belong to, and where those that merged went."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator

from liaison.model import codes
from liaison.model.stations import Station
from liaison.records.case import Case
from liaison.records.fields import not_among
from liaison.records.filed import Filed
from liaison.records.findings import Finding
from liaison.records.text import shown

from .rule import error

_NAMED = 5  # people named in one message


@error("field/choice")
def kind(case: Case) -> Iterator[Finding]:
    """站的类型是代表之家、联络站、联络点、代表工作室，或 site.yml 的 kinds 里列出的。"""
    kinds = list(case.site.record.station_kinds)
    for filed in case.stations:
        if filed.record.kind not in kinds and not case.site.lacks("kinds"):
            message, hint = not_among("kind", filed.record.kind, kinds)
            yield filed.at("kind", message=message, hint=hint)


@error("station/outside-area")
def outside_area(case: Case) -> Iterator[Finding]:
    """站所在的区划必须在区域文件夹（area.yml）的区划之内。"""
    if not case.is_region_list_sound:
        return
    for filed in case.stations:
        area = case.area(filed)
        region = filed.record.region
        if area is None or region not in case.tree or area.record.region not in case.tree:
            continue
        if not case.tree.lies_in(region, area.record.region):
            outer = case.tree[area.record.region]
            message = f"{region}（{shown(case.tree[region].name)}）不在本区域 {outer.code}（{shown(outer.name)}）之内"
            yield filed.at("region", message=message, hint="改正区划代码，或把站的文件夹移到它所在的区域文件夹里")


def missing_station(case: Case, code: str) -> tuple[str, str]:
    """Message and remedy where no station has a code that is otherwise in order."""
    if code in case.deputy:
        return f"{code} 是代表“{shown(case.deputy[code].record.name)}”的编号，不是站的编号", "写站的编号"
    return f"没有编号是 {code} 的站", "核对编号；站并入或关闭后记录也要保留，误删的从版本历史里找回"


def _dangles(case: Case, code: str | None) -> bool:
    return code is not None and codes.is_valid(code) and not case.knows_station(code)


@error("station/parent-dangling")
def parent_dangling(case: Case) -> Iterator[Finding]:
    """所属的代表之家或中心站（parent）必须是登记在册的站。"""
    for filed in case.stations:
        if _dangles(case, filed.record.parent):
            message, hint = missing_station(case, str(filed.record.parent))
            yield filed.at("parent", message=message, hint=hint)


@error("station/parent-loop")
def parent_loop(case: Case) -> Iterator[Finding]:
    """站的所属关系（parent）不能绕回自己。"""
    for filed in case.stations:
        if loop := _loop(case, filed.record, lambda station: station.parent):
            message = f"所属关系绕了一圈又回到本站：{_round(loop)}"
            yield filed.at("parent", message=message, hint="改正写错的一处；最上级的代表之家不写 parent")


@error("station/merged-into-missing")
def merged_into_missing(case: Case) -> Iterator[Finding]:
    """状态（status）是 merged 的站必须写 merged_into（并入哪个站）。"""
    for filed in case.stations:
        record = filed.record
        if record.status == "merged" and record.merged_into is None and not filed.lacks("merged_into"):
            hint = "补一行 merged_into: 接收站的编号；没有并入别的站、只是停用的，status 写 closed"
            yield filed.at("status", message="状态是 merged（已并入），却没有写并入了哪个站", hint=hint)


@error("station/merged-into-unexpected")
def merged_into_unexpected(case: Case) -> Iterator[Finding]:
    """只有状态（status）是 merged 的站才写 merged_into。"""
    for filed in case.stations:
        if filed.record.merged_into is not None and filed.record.status != "merged" and not filed.lacks("status"):
            message = f"写了并入的站，状态却是 {filed.record.status}"
            hint = "已经并入的，status 改成 merged；没有并入的，删去 merged_into"
            yield filed.at("merged_into", message=message, hint=hint)


@error("station/merged-into-dangling")
def merged_into_dangling(case: Case) -> Iterator[Finding]:
    """并入的站（merged_into）必须是登记在册的站。"""
    for filed in case.stations:
        if _dangles(case, filed.record.merged_into):
            message, hint = missing_station(case, str(filed.record.merged_into))
            yield filed.at("merged_into", message=message, hint=hint)


@error("station/merged-into-loop")
def merged_into_loop(case: Case) -> Iterator[Finding]:
    """并入的站（merged_into）不能绕回自己，最后必须有一个接着工作的站。"""
    for filed in case.stations:
        if loop := _loop(case, filed.record, lambda station: station.merged_into):
            message = f"并入关系绕了一圈又回到本站：{_round(loop)}"
            yield filed.at("merged_into", message=message, hint="改正写错的一处，让最后接收的站不写 merged_into")


def _loop(case: Case, start: Station, following: Callable[[Station], str | None]) -> list[Station]:
    """The stations from `start` back to itself; empty where the way ends, or turns without coming back."""
    way, seen = [start], {start.code}
    while (code := following(way[-1])) is not None:
        if code == start.code:
            return way
        if code in seen or code not in case.station:
            return []
        seen.add(code)
        way.append(case.station[code].record)
    return []


def _round(loop: list[Station]) -> str:
    names = [shown(station.label) for station in loop[:_NAMED]]
    return " → ".join([*names, *(["…"] if len(loop) > _NAMED else []), names[0]])


@error("station/merged-with-active-deputies")
def merged_with_active_deputies(case: Case) -> Iterator[Finding]:
    """已并入或已关闭的站不能再是在任代表的所属站。"""
    at_home: dict[str, list[str]] = defaultdict(list)
    for deputy in case.deputies:
        if deputy.record.status == "active" and not deputy.lacks("status"):
            at_home[deputy.folder.rpartition("/")[0]].append(shown(deputy.record.name))
    for filed in case.stations:
        names = at_home.get(filed.folder, [])
        if names and not filed.record.is_open:
            more = f"等 {len(names)} 位" if len(names) > _NAMED else ""
            message = f"本站已{_GONE[filed.record.status]}，仍有在任代表以它为所属站：{'、'.join(names[:_NAMED])}{more}"
            yield filed.at(
                "status", message=message, hint=f"把他们的记录文件移到{_receiver(case, filed)}的 deputies 文件夹"
            )


_GONE = {"merged": "并入别的站", "closed": "关闭"}


def _receiver(case: Case, filed: Filed[Station]) -> str:
    into = case.station.get(filed.record.merged_into or "")
    return f" {into.folder} " if into is not None and into.record.is_open else "现在所属的站"
