"""When citizens are received: nominal dates, what holidays make of them, and the exceptions of the office.

Pure functions of their arguments; "today" is one of them. Reading a rule is in `reception_parser`, its dates in
`reception_rules`; both are offered here too.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal

from liaison.quick import quick

from .reception_parser import parse_rule
from .reception_rules import Rule
from .reception_wording import FORMS, RuleError
from .stations import Change, HolidayPolicy
from .workdays import Workdays

__all__ = [
    "FORMS",
    "Change",
    "HolidayPolicy",
    "Occurrence",
    "Rule",
    "RuleError",
    "Why",
    "next_occurrences",
    "occurrences",
    "parse_rule",
    "policy_words",
    "unmatched",
]

Why = Literal["", "顺延", "改期", "取消", "加开"]

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_WEEKS_TRIED = 4
"""顺延一周 adds weeks until the day is a working day. For a Sunday that never comes, unless one is worked: after this
many weeks the first working day from one week on is taken. No holiday is that long, so Monday to Friday keep their
weekday."""
_LOOK_AHEAD = timedelta(days=731)


@quick
@dataclass(frozen=True, slots=True)
class Occurrence:
    """One reception: `nominal` is the date the rule names, `held` the date it takes place, None where it is cancelled.

    `tentative` says that it depends on a year whose holidays are not announced yet (待节假日安排公布后确认); `held` is
    then a guess from the weekdays.
    """

    nominal: date
    held: date | None
    why: Why = ""
    tentative: bool = False
    note: str = ""

    @property
    def day(self) -> date:
        """The day it is listed under: the day held, or the nominal one of what is cancelled."""
        return self.held or self.nominal

    @property
    def shown(self) -> date:
        """The day to print: as `day`, but while the holidays are not announced the nominal date."""
        return self.nominal if self.tentative else self.day


def policy_words(policy: HolidayPolicy) -> str:
    """What happens on holidays, in words for citizens: 遇节假日顺延, 节假日照常."""
    return "节假日照常" if policy == "照常" else f"遇节假日{policy}"


def occurrences(
    rule: Rule, policy: HolidayPolicy, changes: Sequence[Change], workdays: Workdays, first: date, last: date
) -> tuple[Occurrence, ...]:
    """Every reception held, or cancelled, from `first` to `last`, both inclusive, sorted by day, one a day.

    Where dates meet on one day they are one reception, known by the date that did not move, else by the earliest; an
    exception for that date is one for all of them. A cancelled date is left out when another is held that day.
    An exception that `unmatched` lists, or 改期 without `to`, has no effect.
    """
    nominal_dates = rule.nominal_dates(first - _reach(policy, workdays), last, workdays)
    found = [_by_policy(rule, policy, workdays, nominal) for nominal in nominal_dates]
    if changes:
        changed = {change.date: change for change in changes if change.change == "取消" or _moves(change)}
        known_by = _known_by(found)
        found = [it for it in found if it.nominal not in changed and known_by.get(it.held, it.nominal) not in changed]
        found += [
            it
            for change in (*changed.values(), *(change for change in changes if change.change == "加开"))
            if first <= (it := _by_change(change)).day <= last
            and (it.why == "加开" or rule.names(it.nominal, workdays))
        ]
    return _one_a_day(it for it in found if first <= it.day <= last)


def next_occurrences(
    rule: Rule, policy: HolidayPolicy, changes: Sequence[Change], workdays: Workdays, today: date, count: int
) -> tuple[Occurrence, ...]:
    """The first `count` receptions from `today` on, cancelled ones included; fewer where two years hold no more."""
    return _next_occurrences(rule, policy, tuple(changes), workdays, today, count)


@lru_cache(maxsize=1024)
def _next_occurrences(
    rule: Rule, policy: HolidayPolicy, changes: tuple[Change, ...], workdays: Workdays, today: date, count: int
) -> tuple[Occurrence, ...]:
    """The same; kept, since many stations receive by the same few rules and announce no exceptions."""
    found: list[Occurrence] = []
    first, end = today, today + _LOOK_AHEAD
    while len(found) < count and first <= end:
        last = min(end, first + timedelta(days=rule.gap * (count - len(found) + 1)))
        found += occurrences(rule, policy, changes, workdays, first, last)
        first = last + _DAY
    return tuple(found[:count])


def unmatched(rule: Rule, changes: Sequence[Change], workdays: Workdays) -> tuple[Change, ...]:
    """The exceptions whose date the rule does not name. 加开 adds a day and needs none."""
    return tuple(it for it in changes if it.change != "加开" and not rule.names(it.date, workdays))


def _reach(policy: HolidayPolicy, workdays: Workdays) -> timedelta:
    """How far the policy can move a date."""
    if policy == "顺延":
        return workdays.longest_break * _DAY
    if policy == "顺延一周":
        return max(_WEEKS_TRIED * _WEEK, _WEEK + workdays.longest_break * _DAY)
    return timedelta(0)


def _by_policy(rule: Rule, policy: HolidayPolicy, workdays: Workdays, nominal: date) -> Occurrence:
    held: date | None = nominal
    consulted = nominal
    if policy != "照常" and not workdays.is_workday(nominal):
        if policy == "取消":
            held = None
        elif policy == "顺延":
            held = consulted = _workday_from(nominal + _DAY, workdays)
        else:
            held, consulted = _weeks_later(nominal, workdays)
    certain = policy == "照常" and not rule.by_workdays
    tentative = not (certain or (workdays.announced(nominal.year) and workdays.announced(consulted.year)))
    why: Why = "" if held == nominal else "顺延" if held else "取消"
    return Occurrence(nominal, held, why, tentative)


def _workday_from(day: date, workdays: Workdays) -> date:
    while not workdays.is_workday(day):
        day += _DAY
    return day


def _weeks_later(nominal: date, workdays: Workdays) -> tuple[date, date]:
    """The day held under 顺延一周, and the latest day that was looked at."""
    for weeks in range(1, _WEEKS_TRIED + 1):
        day = nominal + weeks * _WEEK
        if workdays.is_workday(day):
            return day, day
    held = _workday_from(nominal + _WEEK, workdays)
    return held, max(held, nominal + _WEEKS_TRIED * _WEEK)


def _moves(change: Change) -> bool:
    return change.change == "改期" and change.to is not None


def _by_change(change: Change) -> Occurrence:
    held = None if change.change == "取消" else change.to if _moves(change) else change.date
    why: Why = "" if _moves(change) and held == change.date else change.change
    return Occurrence(change.date, held, why, note=change.note or "")


def _known_by(found: Iterable[Occurrence]) -> dict[date | None, date]:
    """For each day held, the nominal date by which the one reception of that day is known."""
    known: dict[date | None, date] = {}
    for it in found:  # by nominal date, so the earliest comes first
        if it.held and (it.held not in known or it.held == it.nominal):
            known[it.held] = it.nominal
    return known


def _one_a_day(found: Iterable[Occurrence]) -> tuple[Occurrence, ...]:
    by_day: dict[date, list[Occurrence]] = {}
    for it in found:
        by_day.setdefault(it.day, []).append(it)
    return tuple(_one(by_day[day]) if len(by_day[day]) > 1 else by_day[day][0] for day in sorted(by_day))


def _one(same_day: list[Occurrence]) -> Occurrence:
    """The one reception of a day on which several fall; certain as soon as one of them is."""
    held = sorted((it for it in same_day if it.held), key=lambda it: (it.why != "", it.nominal)) or same_day
    note = "；".join(dict.fromkeys(it.note for it in held if it.note))
    return replace(held[0], note=note, tentative=all(it.tentative for it in held))
