"""Read a reception rule as offices write it (每月第一周周五, 单月15号, 每周二、周四) into a `Rule`.

What the text may look like is in `reception_wording`. Nothing here knows a calendar day or a holiday.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable

from .reception_rules import (
    DAY,
    EVEN_MONTHS,
    EVERY_MONTH,
    LAST,
    NUMERALS,
    ODD_MONTHS,
    QUARTER_MONTHS,
    WEEKDAYS,
    WORKDAY,
    Pick,
    Rule,
    numeral,
)
from .reception_wording import NUMBER, RuleError, nearest, plain_text, quoted, refuse_misplaced, unreadable

_LEAP_YEAR = 2024
_MOST = {DAY: 31, WORKDAY: 23} | dict.fromkeys(WEEKDAYS, 5)  # the most a month can have of each
_WEEKDAY_SIGNS = "一二三四五六日"

_WEEKDAY = f"周[{_WEEKDAY_SIGNS}]"
_WEEK_RANGE = re.compile(rf"周?([{_WEEKDAY_SIGNS}1-7])至周?([{_WEEKDAY_SIGNS}1-7])")
_WEEK_ONE = re.compile(rf"周?([{_WEEKDAY_SIGNS}1-7])")
_WEEK_RUN = re.compile(r"[一二三四五六]{2,5}|[一二三四五]*六日")  # 每周一三五; not 一日, which also means "one day"
_QUARTER_MONTH = rf"首月|次月|末月|最后一个月|第(?:{NUMBER})个?月"
_QUARTER_MONTHS = re.compile(rf"((?:、?(?:{_QUARTER_MONTH}))+)(.*)")
_YEAR_MONTHS = re.compile(rf"((?:(?:{NUMBER})月?、)*(?:{NUMBER})月)([^月]*)")
_DATE = re.compile(rf"第(?P<th>{NUMBER})[日天]|(?P<nth>{NUMBER})日|最后一?[日天]")
_COUNTED = re.compile(rf"(?:第?(?P<nth>{NUMBER})|最后一?)(?P<unit>[个周])?(?P<of>{_WEEKDAY}|{WORKDAY})?")


def parse_rule(text: str) -> Rule:
    """Read a rule. Arabic and Chinese numerals, 号 and 日, 周 and 星期, commas and spaces of any kind are the same.

    Raises RuleError, and nothing else, for every other text: among them a time of day and what happens on holidays
    (both have keys of their own) and 隔周, which does not say from which week on.
    """
    plain = plain_text(text)
    refuse_misplaced(plain, _suggested)
    if plain.removeprefix("每") == WORKDAY:
        return Rule("day")
    for head, read in _READERS.items():
        if plain.startswith(head) and plain != head:
            return read(head, plain.removeprefix(head))
    raise RuleError(f"看不懂接待规则「{quoted(plain)}」", nearest(plain))


def _suggested(rest: str) -> str:
    try:
        return parse_rule(rest).words
    except RuleError:
        return "每月15日"


def _week(head: str, body: str) -> Rule:
    weekdays: set[int] = set()
    for part in body.split("、"):
        if found := _WEEK_RANGE.fullmatch(part):
            first, last = _weekday(found[1]), _weekday(found[2])
            if first >= last:
                raise RuleError(f"「{part}」跨到了下一周", "把每一天都写出来，如「每周一、周五」")
            weekdays.update(range(first, last + 1))
        elif found := _WEEK_ONE.fullmatch(part):
            weekdays.add(_weekday(found[1]))
        elif _WEEK_RUN.fullmatch(part):
            weekdays.update(map(_weekday, part))
        else:
            raise unreadable(head + body, part)
    return Rule("week", weekdays=tuple(sorted(weekdays)))


def _weekday(sign: str) -> int:
    return int(sign) - 1 if sign.isdigit() else _WEEKDAY_SIGNS.index(sign)


def _month(head: str, body: str) -> Rule:
    months = {"单月": ODD_MONTHS, "双月": EVEN_MONTHS}.get(head, EVERY_MONTH)
    return Rule("month", months=months, picks=_picks(head, body))


def _quarter(head: str, body: str) -> Rule:
    found = _QUARTER_MONTHS.fullmatch(body)
    if not found:
        rest = body if re.search("[日周天]", body) else "10日"
        hint = f"写明首月、次月或末月，如「每季度首月{quoted(rest)}」"
        raise RuleError(f"「{quoted(head + body)}」没有说是季度里的哪个月", hint)
    places = [_place_in_quarter(part) for part in re.findall(_QUARTER_MONTH, found[1])]
    months = tuple(month for month in EVERY_MONTH if (month - 1) % 3 in places)
    return Rule("quarter", months=months, picks=_picks(head + found[1], found[2]))


def _place_in_quarter(part: str) -> int:
    if part in QUARTER_MONTHS:
        return QUARTER_MONTHS.index(part)
    place = len(QUARTER_MONTHS) if part.startswith("最后") else _number(part.strip("第个月"))
    if not 1 <= place <= len(QUARTER_MONTHS):
        raise RuleError(f"一个季度里没有「{part}」", "写首月、次月或末月，如「每季度首月10日」")
    return place - 1


def _year(head: str, body: str) -> Rule:
    if same := _same_day(body):
        body = same
    found = _YEAR_MONTHS.fullmatch(body)
    if not found:
        if body.count("月") > 1:
            hint = "分成几条规则写，如「每年3月5日」和「每年12月4日」"
            raise RuleError(f"「{quoted(head + body)}」里各月的日子不同", hint)
        raise unreadable(head + body, body)
    months = {_number(part.removesuffix("月")) for part in found[1].split("、")}
    if not months <= set(EVERY_MONTH):
        raise RuleError(f"一年里没有「{quoted(found[1])}」", "月份写1月至12月，如「每年3月15日」")
    picks = _picks(head + found[1], found[2])
    longest = max(monthrange(_LEAP_YEAR, month)[1] for month in months)
    if impossible := [pick.nth for pick in picks if pick.of == DAY and pick.nth > longest]:
        hint = f"{found[1]}最多到{longest}日；月末写「每年{found[1]}最后一天」"
        raise RuleError(f"{found[1]}没有{impossible[0]}日", hint)
    return Rule("year", months=tuple(sorted(months)), picks=picks)


def _same_day(body: str) -> str | None:
    """3月15日、9月15日 as 3月、9月15日; None where it is written otherwise."""
    parts = [part.partition("月") for part in body.split("、")]
    days = {day for _, _, day in parts}
    if len(parts) == 1 or len(days) > 1 or "" in days:
        return None
    return "、".join(f"{month}月" for month, _, _ in parts) + days.pop()


_READERS: dict[str, Callable[[str, str], Rule]] = {
    "每周": _week,
    "每月": _month,
    "单月": _month,
    "双月": _month,
    "每季度": _quarter,
    "每年": _year,
}


def _picks(head: str, body: str) -> tuple[Pick, ...]:
    """The days of a month, from a list in which a number may wait for what it counts: 9、19日, 第一、第三个周二."""
    picks: set[Pick] = set()
    waiting: list[tuple[int, bool]] = []  # numbers, and whether each counts weekdays (第一个) rather than days
    before: list[int] = []  # the numbers of the weekday just read
    for part in body.split("、") if body else ():
        if before and not waiting and re.fullmatch(_WEEKDAY, part):  # 第一个周二、周四
            picks.update(Pick(part, nth) for nth in before)
            continue
        nth, of, counts = _part(head + body, part)
        waiting.append((nth, counts))
        if not of:
            continue
        if of == DAY and any(counts for _, counts in waiting):
            raise unreadable(head + body, part)
        numbers = [_possible(nth, of) for nth, _ in waiting]
        picks.update(Pick(of, nth) for nth in numbers)
        before, waiting = numbers if of in WEEKDAYS else [], []
    if waiting or not picks:
        raise RuleError(f"「{quoted(head + body)}」没有写明是几日或周几", nearest(head + body))
    return tuple(sorted(picks, key=lambda pick: pick.order))


def _part(plain: str, part: str) -> tuple[int, str, bool]:
    """One part of the list: which one, of what (empty where a later part says it), and whether it counts weekdays."""
    if found := _DATE.fullmatch(part):
        number = found["th"] or found["nth"]
        return _number(number) if number else LAST, DAY, False
    if found := _COUNTED.fullmatch(part):
        nth = _number(found["nth"]) if found["nth"] else LAST
        return nth, found["of"] or "", bool(found["unit"]) or not found["nth"]
    raise unreadable(plain, part)


def _possible(nth: int, of: str) -> int:
    if nth == LAST or 1 <= nth <= _MOST[of]:
        return nth
    if of == DAY:
        raise RuleError(f"一个月里没有{nth}日", "日期写1日至31日；月末写「每月最后一天」")
    hint = f"最多写到第{numeral(_MOST[of])}个；每月最后一次写「每月最后一个{of}」"
    raise RuleError(f"一个月里没有第{numeral(nth)}个{of}", hint)


def _number(text: str) -> int:
    """A number in Arabic or Chinese numerals; 0, which nothing accepts, where it is none (一一)."""
    if text.isdigit():
        return int(text)
    text = re.sub("^卅", "三十", re.sub("^廿", "二十", text))
    found = re.fullmatch("(?:([二三])?(十))?([一二三四五六七八九])?", text)
    if not found:
        return 0
    tens = NUMERALS.index(found[1]) if found[1] else int(bool(found[2]))
    return tens * 10 + (NUMERALS.index(found[3]) if found[3] else 0)
