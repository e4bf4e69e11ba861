"""What comes next: the receptions of every station and deputy from `today` on, each station's rules read once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from liaison.model.receptions import Occurrence, Rule, RuleError, next_occurrences, parse_rule
from liaison.model.register import Register
from liaison.model.stations import Reception, Station
from liaison.quick import quick

DATES_SHOWN = 6
"""How many coming dates a page lists: a new day changes a page only when one of them has passed."""


@quick
@dataclass(frozen=True, slots=True)
class Sitting:
    """One coming reception of a station."""

    station: Station
    reception: Reception
    occurrence: Occurrence

    @property
    def order(self) -> tuple[date, str, str]:
        """Sort key: the day that is printed, time, station."""
        return self.occurrence.shown, self.reception.from_.isoformat(), self.station.code


@dataclass(frozen=True, slots=True)
class Regular:
    """A regular reception of a station with its rule read."""

    station: Station
    reception: Reception
    rule: Rule


class Diary:
    """Regular receptions and coming dates, computed on demand and kept."""

    def __init__(self, register: Register, today: date) -> None:
        self.today = today
        self._register = register
        self._regular: dict[str, tuple[Regular, ...]] = {}
        self._coming: dict[str, tuple[Sitting, ...]] = {}

    def regular(self, station: str) -> tuple[Regular, ...]:
        """The regular receptions of a station that is open; none of others."""
        if station not in self._regular:
            record = self._register.stations[station]
            found = [(one, _rule(one)) for one in record.receptions] if record.is_open else []
            self._regular[station] = tuple(Regular(record, one, rule) for one, rule in found if rule)
        return self._regular[station]

    def coming(self, station: str) -> tuple[Sitting, ...]:
        """The next dates of a station over all its receptions."""
        if station not in self._coming:
            self._coming[station] = self._next(self.regular(station))
        return self._coming[station]

    def regular_of(self, deputy: str) -> tuple[Regular, ...]:
        """Receptions anywhere that name the deputy; where none does, those of the home station that name nobody."""
        stations = self._register.links.receives.get(deputy, ())
        named = tuple(one for station in stations for one in self.regular(station) if deputy in one.reception.deputies)
        if named:
            return named
        return tuple(one for one in self.regular(self._register.home_of[deputy]) if not one.reception.deputies)

    def coming_of(self, deputy: str) -> tuple[Sitting, ...]:
        """The next dates of a deputy."""
        return self._next(self.regular_of(deputy))

    def first(self, stations: Sequence[str], count: int) -> tuple[Sitting, ...]:
        """The first dates held over many stations."""
        sittings = (one for code in stations for one in self.coming(code) if one.occurrence.held)
        return tuple(sorted(sittings, key=lambda one: one.order)[:count])

    def _next(self, regular: Sequence[Regular]) -> tuple[Sitting, ...]:
        workdays = self._register.workdays
        found = [
            Sitting(one.station, one.reception, occurrence)
            for one in regular
            for occurrence in next_occurrences(
                one.rule, one.reception.holiday, one.reception.exceptions, workdays, self.today, DATES_SHOWN
            )
        ]
        return tuple(sorted(found, key=lambda one: one.order)[:DATES_SHOWN])


def _rule(reception: Reception) -> Rule | None:
    """The rule read; one that cannot be read is a problem of the records, reported there."""
    try:
        return parse_rule(reception.rule)
    except RuleError:
        return None
