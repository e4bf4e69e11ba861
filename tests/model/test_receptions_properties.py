"""What holds for receptions of every rule, under every policy, with any exceptions."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.receptions import FORMS, Change, HolidayPolicy, next_occurrences, occurrences, parse_rule
from liaison.model.stations import ChangeKind
from liaison.model.workdays import HolidayYear, Workdays

DAY = timedelta(days=1)
LIBRARY = Workdays()
ANNOUNCED = Workdays(tuple(HolidayYear(year) for year in (2027, 2028)))
POLICIES: tuple[HolidayPolicy, ...] = ("顺延", "顺延一周", "照常", "取消")
Hit = tuple[int, int, ChangeKind]  # which date of the rule, by how many days it moves, the change

PROPERTY = settings(max_examples=100, deadline=None, database=None)
RULES = st.sampled_from(
    [*FORMS, "每周日", "每月31日", "每周六、周日", "每月1日、2日、3日", "每年2月29日", "每年10月1日"]
)
days = st.dates(date(2023, 6, 1), date(2028, 12, 31))
lengths = st.integers(0, 250)
anywhere = st.one_of(
    st.builds(Change, date=days, change=st.sampled_from(["取消", "加开"]), note=st.sampled_from([None, "甲", "乙"])),
    st.builds(Change, date=days, change=st.just("改期"), to=days),
)
hits = st.tuples(st.integers(0, 60), st.integers(-9, 40), st.sampled_from(["取消", "改期", "加开"]))
exceptions = st.tuples(st.lists(anywhere, max_size=8), st.lists(hits, max_size=8))
some_workdays = st.sampled_from([LIBRARY, ANNOUNCED])


def made(rule: str, first: date, exceptions: tuple[list[Change], list[Hit]]) -> tuple[Change, ...]:
    """Exceptions for any day, and some that hit dates of the rule and move them by some days."""
    anywhere, hits = exceptions
    dates = parse_rule(rule).nominal_dates(first - 30 * DAY, first + 400 * DAY, LIBRARY)
    on_dates = [(dates[at % len(dates)], by * DAY, kind) for at, by, kind in hits if dates]
    return (
        *anywhere,
        *(Change(date=it, change=kind, to=it + by if kind == "改期" else None) for it, by, kind in on_dates),
    )


@PROPERTY
@given(RULES, st.sampled_from(POLICIES), days, lengths, some_workdays)
def test_where_policies_put_dates(
    rule: str, policy: HolidayPolicy, first: date, length: int, workdays: Workdays
) -> None:
    """What is held under 顺延, 顺延一周 or 取消 is held on a working day; nothing is held before its nominal date."""
    for it in occurrences(parse_rule(rule), policy, (), workdays, first, first + length * DAY):
        assert it.held is None or policy == "照常" or workdays.is_workday(it.held)
        assert it.held is None or it.held >= it.nominal
        assert (it.held is None) == (it.why == "取消")
        assert it.held is not None or policy == "取消"
        assert (it.held == it.nominal) == (it.why == "")


@PROPERTY
@given(RULES, st.sampled_from(POLICIES), days, st.tuples(lengths, lengths), exceptions, some_workdays)
def test_occurrences_of_a_divided_span(
    rule: str,
    policy: HolidayPolicy,
    first: date,
    lengths: tuple[int, int],
    exceptions: tuple[list[Change], list[Hit]],
    workdays: Workdays,
) -> None:
    """The occurrences of a span are those of its parts, sorted, one a day and within it, whatever the exceptions."""
    parsed, changes = parse_rule(rule), made(rule, first, exceptions)
    middle, last = first + lengths[0] * DAY, first + sum(lengths) * DAY
    found = occurrences(parsed, policy, changes, workdays, first, last)
    parts = (
        *occurrences(parsed, policy, changes, workdays, first, middle),
        *occurrences(parsed, policy, changes, workdays, middle + DAY, last),
    )
    assert found == parts
    listed = [it.day for it in found]
    assert listed == sorted(set(listed))
    assert all(first <= listed_day <= last for listed_day in listed)


@PROPERTY
@given(RULES, st.sampled_from(POLICIES), days, st.integers(0, 9), exceptions, some_workdays)
def test_next_occurrences_agree(
    rule: str,
    policy: HolidayPolicy,
    today: date,
    count: int,
    exceptions: tuple[list[Change], list[Hit]],
    workdays: Workdays,
) -> None:
    """The next receptions are the first ones of the coming two years."""
    parsed, changes = parse_rule(rule), made(rule, today, exceptions)
    coming = occurrences(parsed, policy, changes, workdays, today, today + 731 * DAY)
    assert next_occurrences(parsed, policy, changes, workdays, today, count) == coming[:count]
