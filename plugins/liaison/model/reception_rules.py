"""A reception rule (接待规则) as a value: the dates it names, the period each belongs to, and its words for citizens.

How a rule is read from text is in `reception_parser`; what becomes of a date on a holiday is in `receptions`.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Literal

from .workdays import Workdays

Unit = Literal["day", "week", "month", "quarter", "year"]

LAST = -1
DAY = "日"
WORKDAY = "工作日"
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
TARGETS = (DAY, *WEEKDAYS, WORKDAY)
NUMERALS = "零一二三四五六七八九十"
QUARTER_MONTHS = ("首月", "次月", "末月")

_HUNDRED = 100
_RANGE = 3  # weekdays in a row from which on words say 周一至周三

EVERY_MONTH = tuple(range(1, 13))
ODD_MONTHS = EVERY_MONTH[::2]
EVEN_MONTHS = EVERY_MONTH[1::2]


@dataclass(frozen=True, slots=True)
class Pick:
    """One day of a month: the nth of `of`, which is one of TARGETS. The `LAST` one is 最后一天 or 最后一个周五."""

    of: str
    nth: int

    @property
    def order(self) -> tuple[int, int]:
        """Where the pick stands in the words: days first, the last of each after the counted ones."""
        return TARGETS.index(self.of), self.nth if self.nth != LAST else 99

    def day_of(self, year: int, month: int, workdays: Workdays) -> int | None:
        """The day of the month, or None in a month that has no such day."""
        weekday, length = monthrange(year, month)
        if self.of == DAY:
            days = range(1, length + 1)
        elif self.of == WORKDAY:
            return self._workday_of(year, month, length, workdays)
        else:
            days = range(1 + (WEEKDAYS.index(self.of) - weekday) % 7, length + 1, 7)
        if self.nth == LAST:
            return days[-1]
        return days[self.nth - 1] if self.nth <= len(days) else None

    def _workday_of(self, year: int, month: int, length: int, workdays: Workdays) -> int | None:
        days = [day for day in range(1, length + 1) if workdays.is_workday(date(year, month, day))]
        if not days or self.nth > len(days):
            return None
        return days[-1] if self.nth == LAST else days[self.nth - 1]


@dataclass(frozen=True, slots=True)
class Rule:
    """When a reception takes place, before holidays are looked at.

    A weekly rule has `weekdays` (0 is Monday); a rule by month, quarter or year has `months` (1 to 12) and `picks`
    in each of them; the rule 每个工作日 has none of these. All are sorted and without repeats.
    """

    unit: Unit
    weekdays: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    picks: tuple[Pick, ...] = ()

    @property
    def words(self) -> str:
        """The rule as a citizen reads it (每月9日、19日); parsing the words gives the same rule."""
        if self.unit == "day":
            return "每个工作日"
        if self.unit == "week":
            return "每" + _weekday_words(self.weekdays)
        return self._months_words() + _pick_words(self.picks)

    @property
    def by_workdays(self) -> bool:
        """Whether the nominal dates themselves depend on which days are working days."""
        return self.unit == "day" or any(pick.of == WORKDAY for pick in self.picks)

    @property
    def gap(self) -> int:
        """About how many days lie between two nominal dates; never less than one."""
        if self.unit == "day":
            return 2
        if self.unit == "week":
            return 1 + 6 // len(self.weekdays)
        return 1 + 365 // (len(self.months) * len(self.picks))

    def nominal_dates(self, first: date, last: date, workdays: Workdays) -> tuple[date, ...]:
        """The dates the rule names from `first` to `last`, both inclusive, sorted; a month without the day has none."""
        if self.unit == "day":
            return tuple(day for day in _days(first, last) if workdays.is_workday(day))
        if self.unit == "week":
            return tuple(day for day in _days(first, last) if day.weekday() in self.weekdays)
        return tuple(
            day
            for year in range(first.year, last.year + 1)
            for month in self.months
            if (first.year, first.month) <= (year, month) <= (last.year, last.month)
            for day in self._dates_in(year, month, workdays)
            if first <= day <= last
        )

    def names(self, day: date, workdays: Workdays) -> bool:
        """Whether the day is a nominal date of the rule."""
        return bool(self.nominal_dates(day, day, workdays))

    def period(self, nominal: date) -> tuple[date, date]:
        """First and last day of the day, week (Monday to Sunday), month, quarter or year a nominal date stands for."""
        if self.unit == "day":
            return nominal, nominal
        if self.unit == "week":
            monday = nominal - timedelta(days=nominal.weekday())
            return monday, monday + timedelta(days=6)
        months = {"month": 1, "quarter": 3}.get(self.unit, 12)
        start = nominal.month - (nominal.month - 1) % months
        end = start + months - 1
        return date(nominal.year, start, 1), date(nominal.year, end, monthrange(nominal.year, end)[1])

    def _dates_in(self, year: int, month: int, workdays: Workdays) -> list[date]:
        days = {day for pick in self.picks if (day := pick.day_of(year, month, workdays))}
        return [date(year, month, day) for day in sorted(days)]

    def _months_words(self) -> str:
        if self.unit == "quarter":
            return "每季度" + "、".join(
                QUARTER_MONTHS[month - 1] for month in self.months if month <= len(QUARTER_MONTHS)
            )
        if self.unit == "year":
            return "每年" + "、".join(f"{month}月" for month in self.months)
        return {ODD_MONTHS: "单月", EVEN_MONTHS: "双月"}.get(self.months, "每月")


def _days(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _weekday_words(weekdays: tuple[int, ...]) -> str:
    if len(weekdays) >= _RANGE and weekdays[-1] - weekdays[0] == len(weekdays) - 1:
        return f"{WEEKDAYS[weekdays[0]]}至{WEEKDAYS[weekdays[-1]]}"
    return "、".join(WEEKDAYS[weekday] for weekday in weekdays)


def _pick_words(picks: tuple[Pick, ...]) -> str:
    """9日、19日、最后一天 · 第一个、第三个周二 · 最后一个工作日."""
    words = []
    for of, group in groupby(picks, key=lambda pick: pick.of):
        if of == DAY:
            words += ["最后一天" if pick.nth == LAST else f"{pick.nth}日" for pick in group]
        else:
            words.append("、".join(_ordinal(pick.nth) for pick in group) + of)
    return "、".join(words)


def _ordinal(nth: int) -> str:
    return "最后一个" if nth == LAST else f"第{numeral(nth)}个"


def numeral(number: int) -> str:
    """A number in Chinese: 三, 十五, 二十三; in digits where it is no number from 1 to 99."""
    if not 0 < number < _HUNDRED:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else NUMERALS[tens] + "十"
    return head + (NUMERALS[ones] if ones else "")
