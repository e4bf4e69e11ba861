"""Opening hours and receptions: times, rules, who takes part, and the exceptions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from functools import lru_cache

from liaison.model import codes
from liaison.model.receptions import Rule, RuleError, parse_rule, unmatched
from liaison.model.stations import Change, Reception, Station
from liaison.records.case import Case
from liaison.records.document import Path
from liaison.records.filed import Filed
from liaison.records.findings import Finding
from liaison.records.text import shown

from .deputies import missing_deputy
from .rule import error


@lru_cache(maxsize=4096)
def _parsed(text: str) -> Rule | RuleError:
    """The rule, or what is wrong with it; a site has few different ones."""
    try:
        return parse_rule(text)
    except RuleError as wrong:
        return wrong


def _receptions(case: Case) -> Iterator[tuple[Filed[Station], int, Reception]]:
    for filed in case.stations:
        for number, reception in enumerate(filed.record.receptions):
            yield filed, number, reception


def _changes(case: Case) -> Iterator[tuple[Filed[Station], Path, Change]]:
    for filed, number, reception in _receptions(case):
        for place, change in enumerate(reception.exceptions):
            yield filed, ("receptions", number, "exceptions", place), change


def _times(case: Case) -> Iterator[tuple[Filed[Station], Path, time, time]]:
    for filed in case.stations:
        for number, hours in enumerate(filed.record.hours):
            yield filed, ("hours", number), hours.from_, hours.to
    for filed, number, reception in _receptions(case):
        yield filed, ("receptions", number), reception.from_, reception.to


@error("hours/order")
def hours_order(case: Case) -> Iterator[Finding]:
    """结束时间（to）必须晚于开始时间（from）。"""
    for filed, path, start, end in _times(case):
        if start >= end and not filed.lacks(*path):
            message = f"结束时间 {end:%H:%M} 不晚于开始时间 {start:%H:%M}"
            hint = "核对两个时间；下午用 24 小时制，如下午 5 点写 17:00"
            yield filed.at(*path, "to", message=message, hint=hint)


@error("reception/rule")
def rule_unreadable(case: Case) -> Iterator[Finding]:
    """接待规则必须是能排出日期的写法，如每月15日、每月第一个周五。"""
    for filed, number, reception in _receptions(case):
        if isinstance(wrong := _parsed(reception.rule), RuleError):
            yield filed.at("receptions", number, "rule", message=shown(wrong.message, 120), hint=wrong.hint)


@error("reception/unknown-deputy")
def unknown_deputy(case: Case) -> Iterator[Finding]:
    """接待代表的编号必须登记在册；别的站的代表也可以。"""
    for filed, number, reception in _receptions(case):
        for place, code in enumerate(reception.deputies):
            if codes.is_valid(code) and not case.knows_deputy(code):
                message, hint = missing_deputy(case, code)
                yield filed.at("receptions", number, "deputies", place, message=message, hint=hint)


@error("reception/former-deputy")
def former_deputy(case: Case) -> Iterator[Finding]:
    """开放的站，接待代表不能是已卸任的代表。"""
    for filed, number, reception in _receptions(case):
        for place, code in enumerate(reception.deputies):
            deputy = case.deputy.get(code)
            if deputy is None or deputy.record.status != "former" or not filed.record.is_open:
                continue
            message = f"{shown(deputy.record.name)}（{code}）已不再担任代表，不能排接待"
            yield filed.at(
                "receptions", number, "deputies", place, message=message, hint="换成在任代表，或删去这个编号"
            )


@error("reception/exception-without-date")
def exception_without_date(case: Case) -> Iterator[Finding]:
    """改期和取消的日期（date）必须是接待规则排出的日子。"""
    for filed, path, change in _changes(case):
        rule = _parsed(filed.record.receptions[int(path[1])].rule)
        if isinstance(rule, Rule) and unmatched(rule, (change,), case.workdays):
            message = f"规则“{rule.words}”在 {_day(change.date)} 没有接待，无从{change.change}"
            hint = "date 写规则排出的那一天（遇节假日也写原来的日子）；另外增加的写 change: 加开；过去的可以删去"
            yield filed.at(*path, "date", message=message, hint=hint)


def _day(day: date) -> str:
    return f"{day}（周{'一二三四五六日'[day.weekday()]}）"


@error("reception/exception-twice")
def exception_twice(case: Case) -> Iterator[Finding]:
    """同一次接待，同一天只写一条变动。"""
    for filed, number, reception in _receptions(case):
        seen: set[date] = set()
        for place, change in enumerate(reception.exceptions):
            path = ("receptions", number, "exceptions", place)
            if change.date in seen and not filed.lacks(*path):
                message = f"{change.date} 的变动前面已经写过"
                yield filed.at(*path, "date", message=message, hint="只留最后决定的一条")
            seen.add(change.date)


@error("reception/exception-to")
def exception_to(case: Case) -> Iterator[Finding]:
    """改期必须写 to（改到哪一天）；取消和加开不写 to。"""
    for filed, path, change in _changes(case):
        if change.change == "改期" and change.to is None and not filed.lacks(*path, "to"):
            hint = "补上 to: 改到的日期；还没定的先写 change: 取消"
            yield filed.at(*path, "change", message="改期没有写改到哪一天", hint=hint)
        elif change.change != "改期" and change.to is not None and not filed.lacks(*path, "change"):
            hint = "改到另一天的写 change: 改期；否则删去 to"
            yield filed.at(*path, "to", message=f"{change.change}不写 to", hint=hint)
