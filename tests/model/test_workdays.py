import pickle
from datetime import date, timedelta

import pytest

from liaison.model.workdays import HolidayYear, Workdays

LIBRARY = Workdays()  # years it may yet learn are not used here: 2083 has the weekdays of 2027
YEAR_2083 = HolidayYear(
    2083,
    off=(date(2083, 1, 1), date(2083, 2, 8), date(2082, 12, 31)),
    work=(date(2083, 2, 20), date(2083, 1, 2)),
    source="示例",
)


def days_of(year: int) -> list[date]:
    return [date(year, 1, 1) + timedelta(days=day) for day in range(365)]


@pytest.mark.parametrize(
    ("year", "off", "work"),
    [
        (
            2024,
            "0101 0212 0213 0214 0215 0216 0404 0405 0501 0502 0503 0610 0916 0917 1001 1002 1003 1004 1007",
            "0204 0218 0407 0428 0511 0914 0929 1012",
        ),
        (
            2025,
            "0101 0128 0129 0130 0131 0203 0204 0404 0501 0502 0505 0602 1001 1002 1003 1006 1007 1008",
            "0126 0208 0427 0928 1011",
        ),
        (
            2026,
            "0101 0102 0216 0217 0218 0219 0220 0223 0406 0501 0504 0505 0619 0925 1001 1002 1005 1006 1007",
            "0104 0214 0228 0509 0920 1010",
        ),
    ],
)
def test_arrangements_of_the_state_council(year: int, off: str, work: str) -> None:
    """Weekdays off and weekend days worked are those of the published arrangement, no more and no fewer."""

    def listed(days: str) -> tuple[date, ...]:
        return tuple(date(year, int(day[:2]), int(day[2:])) for day in days.split())

    assert LIBRARY.special_days(date(year, 1, 1), date(year, 12, 31)) == (listed(off), listed(work))


@pytest.mark.parametrize("workdays", [LIBRARY, Workdays((YEAR_2083,))])
@pytest.mark.parametrize("year", [2015, 2025, 2026, 2083])
def test_special_days_say_what_is_workday_says(workdays: Workdays, year: int) -> None:
    """Monday to Friday with the special days put in give exactly the working days."""
    off, work = workdays.special_days(date(year, 1, 1), date(year, 12, 31))
    for day in days_of(year):
        assert workdays.is_workday(day) == (day in work or (day.weekday() < 5 and day not in off))


def test_special_days_keep_to_the_span() -> None:
    """Both ends of the span count, and nothing outside it."""
    assert LIBRARY.special_days(date(2026, 9, 20), date(2026, 9, 25)) == ((date(2026, 9, 25),), (date(2026, 9, 20),))
    assert LIBRARY.special_days(date(2026, 9, 21), date(2026, 9, 24)) == ((), ())


def test_year_nobody_announced() -> None:
    """A year neither source knows is not announced and has Monday to Friday, however far away."""
    for year in (1950, 2003, 2083, 2300):
        assert not LIBRARY.announced(year)
        assert all(LIBRARY.is_workday(day) == (day.weekday() < 5) for day in days_of(year))


def test_year_from_holidays_yml() -> None:
    """A year of holidays.yml counts as announced; its days are off or worked, the others follow the weekday."""
    workdays = Workdays((YEAR_2083,))
    assert workdays.announced(2083)
    assert not workdays.is_workday(date(2083, 1, 1))
    assert workdays.is_workday(date(2083, 1, 2))
    assert workdays.is_workday(date(2083, 2, 20))
    assert workdays.is_workday(date(2083, 2, 9))
    assert not workdays.is_workday(date(2083, 2, 21))


def test_day_of_the_year_before() -> None:
    """An arrangement may name a day of the year before, and changes that day only."""
    workdays = Workdays((YEAR_2083,))
    assert LIBRARY.is_workday(date(2082, 12, 31))
    assert not workdays.is_workday(date(2082, 12, 31))
    assert workdays.is_workday(date(2082, 12, 30))


def test_day_named_outside_an_announced_year() -> None:
    """A day named by another year's arrangement does not make its own year announced."""
    assert not Workdays((YEAR_2083, HolidayYear(2085, off=(date(2084, 12, 29),)))).announced(2084)


def test_entry_overrides_the_library() -> None:
    """Days of holidays.yml go before the library's, which still answers for the others of that year."""
    workdays = Workdays((HolidayYear(2026, off=(date(2026, 1, 4), date(2026, 3, 2)), work=(date(2026, 10, 7),)),))
    assert not workdays.is_workday(date(2026, 1, 4))
    assert not workdays.is_workday(date(2026, 3, 2))
    assert workdays.is_workday(date(2026, 10, 7))
    assert not workdays.is_workday(date(2026, 10, 6))
    assert workdays.is_workday(date(2026, 10, 10))


def test_later_entry_wins() -> None:
    """Where two entries name one day, the later one decides."""
    day = date(2083, 3, 1)
    assert Workdays((HolidayYear(2083, off=(day,)), HolidayYear(2083, work=(day,)))).is_workday(day)
    assert not Workdays((HolidayYear(2083, work=(day,)), HolidayYear(2083, off=(day,)))).is_workday(day)


def test_equal_hashed_and_pickled_by_the_entries() -> None:
    """Workdays of equal entries are equal, hash alike and survive pickling, which carries the entries alone."""
    workdays = Workdays((YEAR_2083,))
    copy = pickle.loads(pickle.dumps(workdays))
    assert copy == workdays == Workdays((YEAR_2083,)) != LIBRARY
    assert hash(copy) == hash(workdays)
    assert copy.is_workday(date(2083, 1, 2))
    assert len(pickle.dumps(LIBRARY)) < 200


def test_longest_break() -> None:
    """The longest break covers the longest run of days off that the sources know, also across a year's end."""
    assert LIBRARY.longest_break == 10  # 24 January to 2 February 2020
    january = tuple(date(2083, 1, day) for day in range(1, 16))
    assert Workdays((HolidayYear(2083, off=(date(2082, 12, 31), *january)),)).longest_break == 18
