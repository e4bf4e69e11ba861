"""Mandates: which congress elects where, what one person may hold at the same time, and when terms end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice

from liaison.model.deputies import Deputy, Mandate
from liaison.records.case import Case
from liaison.records.document import Path
from liaison.records.filed import Filed
from liaison.records.findings import Finding
from liaison.records.text import shown

from .rule import Group, Key, error, notice_together

_MOST = 40  # mandates of one person that are compared: five levels over eight terms
_TERM_HINT = "换届后给连任的代表补上新一届的任职，不再担任的把 status 改成 former"


def _sound(filed: Filed[Deputy]) -> list[tuple[int, Mandate]]:
    """The mandates that fit their type, with their place in the record."""
    numbered = (
        (number, one) for number, one in enumerate(filed.record.mandates) if not filed.lacks("mandates", number)
    )
    return list(islice(numbered, _MOST))


def _together(one: Mandate, other: Mandate) -> bool:
    """Whether both are held at the same time.

    A term lasts until the first session of the next congress (地方组织法), so two that share only that day do not.
    """
    return one.start < (other.end or date.max) and other.start < (one.end or date.max)


@error("mandate/level-disagrees")
def level_disagrees(case: Case) -> Iterator[Finding]:
    """任职的级别要与区划的级别一致；全国人大代表写选出的省；功能区不设人大。"""
    for filed in case.deputies:
        for number, mandate in enumerate(filed.record.mandates):
            region = case.region.get(mandate.region)
            if region is None or region.lacks("level") or filed.lacks("mandates", number):
                continue
            level, name = region.record.level, shown(region.record.name)
            expected = "省级" if mandate.level == "全国" else mandate.level
            if level == expected:
                continue
            message = f"{mandate.level}人大代表的区划应是{expected}，{name}是{level}"
            hint = "核对级别和区划代码，改正写错的一项"
            if level == "功能区":
                message, hint = f"{name}是功能区，不设人大", "写选举这位代表的县、乡的区划代码"
            yield filed.at("mandates", number, "region", message=message, hint=hint)


@error("mandate/township-in-subdistrict")
def township_in_subdistrict(case: Case) -> Iterator[Finding]:
    """街道不设人大，没有街道的乡级人大代表。"""
    for filed in case.deputies:
        for number, mandate in enumerate(filed.record.mandates):
            region = case.region.get(mandate.region)
            if mandate.level != "乡级" or region is None or region.record.level != "乡级" or region.lacks("name"):
                continue
            if region.record.is_subdistrict:
                message = f"{shown(region.record.name)}是街道，不设人民代表大会，没有乡级代表"
                hint = "街道选出的代表是县级人大代表：level 写县级，region 写所在县（市、区）的代码"
                yield filed.at("mandates", number, "region", message=message, hint=hint)


@error("mandate/overlap")
def overlap(case: Case) -> Iterator[Finding]:
    """同一级同一区划的人大代表，两届任期不能重叠。"""
    for filed in case.deputies:
        mandates = _sound(filed) if len(filed.record.mandates) > 1 else []
        for place, (number, mandate) in enumerate(mandates):
            for earlier, other in mandates[:place]:
                if (mandate.level, mandate.region) == (other.level, other.region) and _together(mandate, other):
                    message = f"任期与第 {earlier + 1} 项任职重叠（{_term(other)}），是同一个人大"
                    hint = "核对届别和起止日期：上一届写 end，下一届从那一天或以后开始"
                    yield filed.at("mandates", number, "start", message=message, hint=hint)
                    break


def _term(mandate: Mandate) -> str:
    return f"{mandate.start} 至 {mandate.end or '今'}"


@error("mandate/not-on-one-chain")
def not_on_one_chain(case: Case) -> Iterator[Finding]:
    """同一时间的任职，区划必须一个包含另一个：公民不得同时担任两个无隶属关系的行政区域的人大代表（选举法第四十八条）。"""
    if not case.is_region_list_sound:
        return
    for filed in case.deputies:
        mandates = _sound(filed) if len(filed.record.mandates) > 1 else []
        known = [(number, mandate) for number, mandate in mandates if mandate.region in case.tree]
        for place, (number, mandate) in enumerate(known):
            for earlier, other in known[:place]:
                if _together(mandate, other) and not case.tree.on_one_chain(mandate.region, other.region):
                    here, there = (shown(case.tree[one.region].name) for one in (mandate, other))
                    message = f"{here}与第 {earlier + 1} 项任职的{there}没有隶属关系，不能同时担任两地的人大代表"
                    hint = "核对区划代码；原任职已经终止的，在那一项写上 end"
                    yield filed.at("mandates", number, "region", message=message, hint=hint)
                    break


def _ends(key: Key, group: Group) -> tuple[str, str]:
    congress, end = key
    return f"{shown(str(congress))}的任期将于 {end} 届满，涉及在任代表 {_people(group)}", _TERM_HINT


def _ended(key: Key, group: Group) -> tuple[str, str]:
    congress, end = key
    return f"{shown(str(congress))}的任期已于 {end} 届满，仍登记为在任的有 {_people(group)}", _TERM_HINT


def _people(group: Group) -> str:
    names = "、".join(shown(one.name) for one in group.first)
    return f"{group.count} 位：{names}{'等' if group.count > len(group.first) else ''}"


@notice_together("mandate/ends-soon", _ends)
def ends_soon(case: Case) -> Iterator[tuple[Key, Filed[Deputy], Path, str]]:
    """任期将在 12 个月内届满，要准备换届；同一届人大只提示一次。"""
    until = _in_a_year(case.today)
    for filed in case.deputies:
        if filed.record.status != "active" or filed.lacks("status"):
            continue
        for number, mandate in _sound(filed):
            end = mandate.end
            if end is not None and case.today <= end <= until and not _is_followed(filed.record, mandate):
                yield (mandate.congress, end), filed, ("mandates", number, "end"), filed.record.name


def _in_a_year(today: date) -> date:
    """The same day a year on; 28 February for the 29th."""
    if today.year == date.max.year:
        return date.max
    return today.replace(year=today.year + 1, day=28 if (today.month, today.day) == (2, 29) else today.day)


def _is_followed(deputy: Deputy, mandate: Mandate) -> bool:
    same = (other for other in deputy.mandates if (other.level, other.region) == (mandate.level, mandate.region))
    return any(other.start > mandate.start for other in same)


@notice_together("mandate/all-ended", _ended)
def all_ended(case: Case) -> Iterator[tuple[Key, Filed[Deputy], Path, str]]:
    """登记为在任的代表，全部任职的任期都已届满；同一届人大只提示一次。"""
    for filed in case.deputies:
        record = filed.record
        if record.status != "active" or filed.lacks("status") or filed.lacks("mandates"):
            continue
        ended = [(one.end, number) for number, one in enumerate(record.mandates) if one.end and one.end < case.today]
        if len(ended) == len(record.mandates):
            end, number = max(ended)
            yield (record.mandates[number].congress, end), filed, ("mandates", number, "end"), record.name
