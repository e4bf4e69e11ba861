"""Dates, times and counts in the words a citizen reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, time
from functools import lru_cache

_kept = lru_cache(maxsize=4096)
"""A site speaks of few days and times, and of each on many pages."""

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@_kept
def day(value: date) -> str:
    """「2026年12月17日」"""
    return f"{value.year}年{value.month}月{value.day}日"


def weekday(value: date) -> str:
    """「周四」"""
    return WEEKDAYS[value.weekday()]


@_kept
def full_day(value: date) -> str:
    """「2026年12月17日（周四）」"""
    return f"{day(value)}（{weekday(value)}）"


@_kept
def short_day(value: date) -> str:
    """「12月17日（周四）」"""
    return f"{value.month}月{value.day}日（{weekday(value)}）"


def year(value: date) -> str:
    """「2026年」"""
    return f"{value.year}年"


@_kept
def month(value: date) -> str:
    """「2021年12月」"""
    return f"{value.year}年{value.month}月"


_PARTS = ((6, "凌晨"), (12, "上午"), (13, "中午"), (18, "下午"), (24, "晚上"))


def part_of_day(value: time) -> str:
    """「上午」「下午」…, as spoken."""
    return next(name for end, name in _PARTS if value.hour < end)


def clock(value: time) -> str:
    """「下午3:00」"""
    return part_of_day(value) + _digits(value)


def figures(value: time) -> str:
    """`15:00`, for scripts"""
    return value.isoformat("minutes")


@_kept
def span(start: time, end: time) -> str:
    """「上午9:00—11:30」「上午9:00—下午5:00」"""
    later = _digits(end) if part_of_day(start) == part_of_day(end) else clock(end)
    return f"{clock(start)}—{later}"


def _digits(value: time) -> str:
    hour = value.hour - 12 if value.hour > 12 else value.hour  # noqa: PLR2004 - noon
    return f"{hour}:{value.minute:02}"


def weekdays(days: Sequence[str]) -> str:
    """「周一至周五」「周二、周四」: three or more in a row become a span."""
    places = sorted({WEEKDAYS.index(one) for one in days})
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][-1] == place - 1:
            runs[-1].append(place)
        else:
            runs.append([place])
    return "、".join(_run(run) for run in runs)


def _run(places: list[int]) -> str:
    if len(places) > 2:  # noqa: PLR2004 - two days are named one by one
        return f"{WEEKDAYS[places[0]]}至{WEEKDAYS[places[-1]]}"
    return "、".join(WEEKDAYS[place] for place in places)


def joined(parts: Iterable[str | None], between: str = " · ") -> str:
    """What there is of the parts, with a separator."""
    return between.join(filter(None, parts))


def minutes(seconds: int) -> str:
    """「06:30」, 「1:02:30」: a place in a recording."""
    hours, rest = divmod(seconds, 3600)
    return (f"{hours}:" if hours else "") + f"{rest // 60:02d}:{rest % 60:02d}"


def span_of_time(seconds: int) -> str:
    """「6分30秒」, 「1小时2分」, 「50秒」"""
    hours, rest = divmod(seconds, 3600)
    if hours:
        return f"{hours}小时" + (f"{rest // 60}分" if rest >= 60 else "")  # noqa: PLR2004 - seconds of a minute
    return (f"{rest // 60}分" if rest >= 60 else "") + (f"{rest % 60}秒" if rest % 60 else "")  # noqa: PLR2004
