"""The dates and periods of rules, and the property that their words are read back."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.reception_parser import parse_rule
from liaison.model.reception_rules import EVEN_MONTHS, EVERY_MONTH, ODD_MONTHS, TARGETS, Pick, Rule
from liaison.model.workdays import HolidayYear, Workdays

WORKDAYS = Workdays()
PROPERTY = settings(max_examples=100, deadline=None, database=None)

picks = st.sets(
    st.builds(Pick, st.sampled_from(TARGETS), st.sampled_from((1, 2, 3, 4, 5, -1))), min_size=1, max_size=6
).map(lambda found: tuple(sorted(found, key=lambda pick: pick.order)))
weekly = st.sets(st.integers(0, 6), min_size=1).map(lambda days: Rule("week", weekdays=tuple(sorted(days))))
monthly = st.builds(
    lambda months, days: Rule("month", months=months, picks=days),
    st.sampled_from((EVERY_MONTH, ODD_MONTHS, EVEN_MONTHS)),
    picks,
)
quarterly = st.builds(
    lambda places, days: Rule(
        "quarter", months=tuple(month for month in EVERY_MONTH if month % 3 in places), picks=days
    ),
    st.sets(st.integers(0, 2), min_size=1),
    picks,
)
yearly = st.builds(
    lambda months, days: Rule("year", months=tuple(sorted(months)), picks=days),
    st.sets(st.sampled_from(EVERY_MONTH), min_size=1),
    picks,
)
rules = st.one_of(st.just(Rule("day")), weekly, monthly, quarterly, yearly)
days = st.dates(date(2003, 1, 1), date(2030, 12, 31))


@PROPERTY
@given(rules)
def test_words_are_read_back(rule: Rule) -> None:
    """The words of any rule parse to an equal rule."""
    assert parse_rule(rule.words) == rule


@PROPERTY
@given(rules, days)
def test_nominal_date_lies_in_its_period(rule: Rule, day: date) -> None:
    """Each nominal date lies in its period, and all dates of a period have the same one."""
    first, last = rule.period(day)
    assert first <= day <= last
    for nominal in rule.nominal_dates(first, last, WORKDAYS):
        assert rule.period(nominal) == (first, last)


@PROPERTY
@given(rules, days, st.integers(0, 400), st.integers(0, 400))
def test_nominal_dates_of_a_divided_span(rule: Rule, first: date, one: int, two: int) -> None:
    """The dates of a span are those of its parts, in order, without repeats, and each is named by the rule."""
    middle = date.fromordinal(first.toordinal() + one)
    last = date.fromordinal(middle.toordinal() + two)
    after = date.fromordinal(middle.toordinal() + 1)
    dates = rule.nominal_dates(first, last, WORKDAYS)
    assert dates == rule.nominal_dates(first, middle, WORKDAYS) + rule.nominal_dates(after, last, WORKDAYS)
    assert list(dates) == sorted(set(dates))
    assert all(rule.names(day, WORKDAYS) for day in dates)


@pytest.mark.parametrize(
    ("text", "nominal", "first", "last"),
    [
        ("每个工作日", date(2026, 2, 14), date(2026, 2, 14), date(2026, 2, 14)),
        ("每周五", date(2026, 1, 2), date(2025, 12, 29), date(2026, 1, 4)),
        ("每周日", date(2026, 1, 4), date(2025, 12, 29), date(2026, 1, 4)),
        ("每月15日", date(2026, 2, 15), date(2026, 2, 1), date(2026, 2, 28)),
        ("单月15日", date(2026, 11, 15), date(2026, 11, 1), date(2026, 11, 30)),
        ("每季度末月10日", date(2026, 12, 10), date(2026, 10, 1), date(2026, 12, 31)),
        ("每季度首月10日", date(2026, 1, 10), date(2026, 1, 1), date(2026, 3, 31)),
        ("每年3月15日", date(2026, 3, 15), date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_period(text: str, nominal: date, first: date, last: date) -> None:
    """A week runs from Monday to Sunday, the other periods are those of the calendar."""
    assert parse_rule(text).period(nominal) == (first, last)


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("每月31日", "2026-01-31 2026-03-31 2026-05-31 2026-07-31 2026-08-31 2026-10-31 2026-12-31"),
        ("双月31日", "2026-08-31 2026-10-31 2026-12-31"),
        ("每月第五个周日", "2026-03-29 2026-05-31 2026-08-30 2026-11-29"),
        ("每年2月29日", ""),
        ("每年2月最后一天", "2026-02-28"),
        ("每月第二十三个工作日", "2026-07-31 2026-12-31"),
        ("每季度第二个月最后一个周一", "2026-02-23 2026-05-25 2026-08-31 2026-11-30"),
        ("每年6月、7月第一个、最后一个周三", "2026-06-03 2026-06-24 2026-07-01 2026-07-29"),
        ("每年10月1日、第一个周四", "2026-10-01"),
    ],
)
def test_dates_of_2026(text: str, dates: str) -> None:
    """A month without the day is skipped, and a day named twice is one date."""
    found = parse_rule(text).nominal_dates(date(2026, 1, 1), date(2026, 12, 31), WORKDAYS)
    assert " ".join(map(str, found)) == dates


def test_leap_day() -> None:
    """29 February is a date in leap years only."""
    found = parse_rule("每年2月29日").nominal_dates(date(2023, 1, 1), date(2032, 12, 31), WORKDAYS)
    assert found == (date(2024, 2, 29), date(2028, 2, 29), date(2032, 2, 29))


def test_month_without_a_working_day() -> None:
    """A month in which nobody works has no last working day."""
    closed = Workdays((HolidayYear(2083, off=tuple(date(2083, 2, day) for day in range(1, 29))),))
    found = parse_rule("每月最后一个工作日").nominal_dates(date(2083, 1, 1), date(2083, 3, 31), closed)
    assert found == (date(2083, 1, 29), date(2083, 3, 31))
