"""Dates against each other and against today."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from liaison.model.deputies import Deputy
from liaison.model.stations import Station
from liaison.records.case import Case
from liaison.records.document import Path
from liaison.records.filed import Filed
from liaison.records.findings import Finding

from .rule import error, notice

STALE_DAYS = 180
"""After so many days somebody should look at a record again."""


@error("date/order")
def order(case: Case) -> Iterator[Finding]:
    """届满日期（end）不能早于开始日期（start）；改期的新日期不能就是原来那一天。"""
    for filed in case.deputies:
        for number, mandate in enumerate(filed.record.mandates):
            if mandate.end is not None and mandate.end < mandate.start and not filed.lacks("mandates", number):
                message = f"届满日期 {mandate.end} 早于开始日期 {mandate.start}"
                yield filed.at("mandates", number, "end", message=message, hint="核对两个日期，改正写错的一个")
    for station in case.stations:
        for number, reception in enumerate(station.record.receptions):
            for place, change in enumerate(reception.exceptions):
                if change.to == change.date:
                    path = ("receptions", number, "exceptions", place, "to")
                    hint = "写改到的那一天；日子没有变的，删去这条变动"
                    yield station.at(*path, message="改到的日期就是原来那一天", hint=hint)


@error("date/future")
def future(case: Case) -> Iterator[Finding]:
    """核验日期和同意书日期不能晚于今天。"""
    for filed, path, day in _past_days(case):
        if day > case.today:
            message = f"{day} 还没有到，今天是 {case.today}"
            yield filed.at(*path, message=message, hint="写实际核验或签字的日期")


def _past_days(case: Case) -> Iterator[tuple[Filed[Station] | Filed[Deputy], Path, date]]:
    for station in case.stations:
        yield station, ("verified_on",), station.record.verified_on
    for deputy in case.deputies:
        yield deputy, ("verified_on",), deputy.record.verified_on
        if deputy.record.consent is not None:
            yield deputy, ("consent", "date"), deputy.record.consent.date


@notice("verified/stale")
def stale(case: Case) -> Iterator[Finding]:
    """开放的站和在任代表，超过 180 天没有核验。"""
    for station in case.stations:
        if station.record.is_open:
            yield from _stale(case, station)
    for deputy in case.deputies:
        if deputy.record.status == "active":
            yield from _stale(case, deputy)


def _stale(case: Case, filed: Filed[Station] | Filed[Deputy]) -> Iterator[Finding]:
    days = (case.today - filed.record.verified_on).days
    if days > STALE_DAYS:
        message = f"上次核验是 {filed.record.verified_on}，已过 {days} 天"
        hint = "打电话或到站核对地址、电话、接待时间，无误后把 verified_on 改成核对的日期"
        yield filed.at("verified_on", message=message, hint=hint)
