"""Which days are working days: the holiday library, extended and overridden by `stations/holidays.yml`.

Holds no rule about receptions and reads no file. A year that nobody announced yet has its weekdays and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from chinese_calendar.constants import holidays as _library_off
from chinese_calendar.constants import workdays as _library_work
from pydantic import ConfigDict

from .values import Day, Text, Whole

_DAY = timedelta(days=1)
_SATURDAY = 5

# National Day is a holiday in every arrangement, so it tells a year the library knows from a year into which
# only the tail of another year's arrangement reaches.
_LIBRARY_YEARS = frozenset(day.year for day in _library_off if (day.month, day.day) == (10, 1))


@dataclass(frozen=True, slots=True)
class HolidayYear:
    """One entry of `stations/holidays.yml`: the State Council's arrangement for a year, where the library lacks it.

    `off` are days off, `work` are compensating working days (调休). Either may name a day of a neighbouring year, as
    the arrangement for 2019 named 31 December 2018. Within an entry `work` wins; over an earlier entry a later one.
    """

    __pydantic_config__ = ConfigDict(extra="forbid")

    year: Whole
    off: tuple[Day, ...] = ()
    work: tuple[Day, ...] = ()
    source: Text = ""


@dataclass(frozen=True, slots=True)
class Workdays:
    """Working days of every year. Equal, hashed and pickled by `years` alone; everything else follows from them."""

    years: tuple[HolidayYear, ...] = ()
    longest_break: int = field(init=False, repr=False, compare=False)
    """The most days in a row that are not working days."""
    _announced: frozenset[int] = field(init=False, repr=False, compare=False)
    _off: frozenset[date] = field(init=False, repr=False, compare=False)
    _work: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        off, work = set(_library_off), set(_library_work)
        for entry in self.years:
            off = (off | set(entry.off)) - set(entry.work)
            work = (work - set(entry.off)) | set(entry.work)
        assign = object.__setattr__
        assign(self, "_announced", _LIBRARY_YEARS | {entry.year for entry in self.years})
        assign(self, "_off", frozenset(off))
        assign(self, "_work", frozenset(work))
        assign(self, "longest_break", _longest_break(self._off, self.is_workday))

    def __reduce__(self) -> tuple[type[Workdays], tuple[tuple[HolidayYear, ...]]]:
        """Pickle the entries, not the library's thousand dates: workers have the library."""
        return Workdays, (self.years,)

    def announced(self, year: int) -> bool:
        """Whether the arrangement for the year is known, from `holidays.yml` or from the library."""
        return year in self._announced

    def is_workday(self, day: date) -> bool:
        """Whether people work that day. Compensating working days count; an unannounced year has Monday to Friday."""
        return day in self._work or (day.weekday() < _SATURDAY and day not in self._off)

    def special_days(self, first: date, last: date) -> tuple[tuple[date, ...], tuple[date, ...]]:
        """The weekdays off and the weekend days worked from `first` to `last`, both inclusive and sorted.

        Together with Monday to Friday they say the same as `is_workday`.
        """
        off = (day for day in self._off if first <= day <= last and day.weekday() < _SATURDAY)
        work = (day for day in self._work if first <= day <= last and day.weekday() >= _SATURDAY)
        return tuple(sorted(off)), tuple(sorted(work))


def _longest_break(off: frozenset[date], is_workday: Callable[[date], bool]) -> int:
    longest, counted = 2, date.min  # an ordinary weekend
    for holiday in sorted(off):
        if holiday <= counted or is_workday(holiday):
            continue
        first = last = holiday
        while not is_workday(first - _DAY):
            first -= _DAY
        while not is_workday(last + _DAY):
            last += _DAY
        longest, counted = max(longest, (last - first).days + 1), last
    return longest
