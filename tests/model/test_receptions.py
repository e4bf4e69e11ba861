"""The dates of receptions under every policy, and what exceptions make of them."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path

import pytest

from liaison.model.receptions import (
    FORMS,
    Change,
    HolidayPolicy,
    Occurrence,
    next_occurrences,
    occurrences,
    parse_rule,
    policy_words,
    unmatched,
)
from liaison.model.workdays import HolidayYear, Workdays

LIBRARY = Workdays()  # knows the years to 2026; every test below holds as well when it learns another
POLICIES: tuple[HolidayPolicy, ...] = ("顺延", "顺延一周", "照常", "取消")
DAY = timedelta(days=1)
GOLDEN = Path(__file__).with_name("reception_dates.tsv")


def day(text: str) -> date:
    return date.fromisoformat(text)


def held(
    rule: str, policy: HolidayPolicy, first: str, last: str, *changes: Change, workdays: Workdays = LIBRARY
) -> list[tuple[str, str, str, str]]:
    """Nominal date, date held, reason and note of each occurrence, as short text."""
    found = occurrences(parse_rule(rule), policy, changes, workdays, day(first), day(last))
    return [(str(it.nominal)[5:], str(it.held)[5:] if it.held else "", it.why, it.note) for it in found]


def golden() -> Iterator[tuple[tuple[str, ...], list[tuple[str, ...]]]]:
    """Each rule, policy and span of the golden file with its dates."""
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    rows = [tuple(line.split("\t")) for line in lines if not line.startswith(("#", "rule\t"))]
    for case, group in groupby(rows, key=lambda row: row[:3]):
        yield case, [row[3:5] for row in group]


def span_of(text: str) -> tuple[date, date]:
    """First and last day of 2026, 2026-03 or 2025-12..2026-02."""
    start, _, end = text.partition("..")
    year, _, month = (end or start).partition("-")
    after = date(int(year) + 1, 1, 1) if month in {"", "12"} else date(int(year), int(month) + 1, 1)
    return day(f"{start}-01" if "-" in start else f"{start}-01-01"), after - DAY


@pytest.mark.parametrize(
    ("case", "expected"), [pytest.param(case, dates, id=" ".join(case)) for case, dates in golden()]
)
def test_golden_dates(case: tuple[str, str, str], expected: list[tuple[str, str]]) -> None:
    """A rule under a policy gives the dates that follow from the State Council's arrangements, and says why."""
    rule, policy, span = case
    assert policy in POLICIES
    found = occurrences(parse_rule(rule), policy, (), LIBRARY, *span_of(span))
    assert [(str(it.nominal), str(it.held) if it.held else "-") for it in found] == expected
    for it in found:
        assert it.why == ("取消" if it.held is None else "" if it.held == it.nominal else "顺延")
        assert not it.tentative


def test_golden_file_covers_forms_and_policies() -> None:
    """The golden file has every kind of rule and every policy, and some hundred dates."""
    cases = [case for case, _ in golden()]
    assert sum(len(dates) for _, dates in golden()) >= 300
    assert {case[1] for case in cases} == set(POLICIES)
    kinds = {parse_rule(form).unit for form in FORMS}
    assert {parse_rule(case[0]).unit for case in cases} == kinds


def test_policy_words() -> None:
    """Citizens read what happens on holidays in plain words."""
    assert [policy_words(policy) for policy in POLICIES] == [
        "遇节假日顺延",
        "遇节假日顺延一周",
        "节假日照常",
        "遇节假日取消",
    ]


def test_exceptions() -> None:
    """取消 leaves a date without a reception, 改期 moves one, 加开 adds one; each keeps its note."""
    changes = (
        Change(date=day("2026-11-15"), change="取消"),
        Change(date=day("2026-12-15"), change="改期", to=day("2026-12-17"), note="换届选举"),
        Change(date=day("2026-12-20"), change="加开", note="年终"),
    )
    assert held("每月15日", "顺延", "2026-10-01", "2026-12-31", *changes) == [
        ("10-15", "10-15", "", ""),
        ("11-15", "", "取消", ""),
        ("12-15", "12-17", "改期", "换届选举"),
        ("12-20", "12-20", "加开", "年终"),
    ]


def test_moved_across_the_span() -> None:
    """A reception is listed where it is held, from however far away 改期 brings it, and nowhere else."""
    moved = Change(date=day("2026-03-15"), change="改期", to=day("2026-09-01"))
    assert held("每月15日", "顺延", "2026-03-01", "2026-03-31", moved) == []
    assert held("每月15日", "顺延", "2026-09-01", "2026-09-01", moved) == [("03-15", "09-01", "改期", "")]
    earlier = Change(date=day("2026-09-15"), change="改期", to=day("2026-03-10"))
    assert held("每月15日", "顺延", "2026-03-10", "2026-03-10", earlier) == [("09-15", "03-10", "改期", "")]


def test_moved_onto_its_own_day() -> None:
    """改期 to the nominal date itself means that it is held that day after all: nothing moved."""
    stays = Change(date=day("2026-03-15"), change="改期", to=day("2026-03-15"), note="周日照常接待")
    assert held("每月15日", "顺延", "2026-03-01", "2026-03-31", stays) == [("03-15", "03-15", "", "周日照常接待")]


def test_added_on_a_day_already_held() -> None:
    """加开 on a day with a reception is that reception, and its note stays."""
    added = Change(date=day("2026-10-15"), change="加开", note="局长进站")
    assert held("每月15日", "顺延", "2026-10-01", "2026-10-31", added) == [("10-15", "10-15", "", "局长进站")]
    added = Change(date=day("2026-03-16"), change="加开", note="局长进站")
    assert held("每月15日", "顺延", "2026-03-01", "2026-03-31", added) == [("03-15", "03-16", "顺延", "局长进站")]


def test_added_on_a_cancelled_day() -> None:
    """加开 on a day that the policy cancels makes it a reception."""
    added = Change(date=day("2026-03-15"), change="加开")
    assert held("每月15日", "取消", "2026-03-01", "2026-03-31", added) == [("03-15", "03-15", "加开", "")]


def test_moved_onto_another_reception() -> None:
    """改期 onto the day of another reception leaves that one, with the notes of both."""
    changes = (
        Change(date=day("2026-10-09"), change="改期", to=day("2026-10-19"), note="培训"),
        Change(date=day("2026-10-19"), change="加开", note="局长进站"),
    )
    assert held("每月9日、19日", "顺延", "2026-10-01", "2026-10-31", *changes) == [
        ("10-19", "10-19", "", "培训；局长进站")
    ]


def test_meeting_on_one_day_is_one() -> None:
    """Dates that meet are one reception, known by the one that did not move, else by the earliest."""
    assert held("每周二、周四", "顺延", "2026-02-24", "2026-02-26") == [
        ("02-24", "02-24", "", ""),
        ("02-26", "02-26", "", ""),
    ]
    assert held("每周四、周五", "顺延", "2026-10-08", "2026-10-08") == [("10-08", "10-08", "", "")]
    assert held("每周五、周六", "顺延", "2026-10-08", "2026-10-08") == [("10-02", "10-08", "顺延", "")]


def test_exception_for_the_one_that_others_met() -> None:
    """Cancelling or moving the reception of a day takes along the dates that had moved onto it."""
    cancelled = Change(date=day("2026-10-08"), change="取消")
    assert held("每周一至周五", "顺延", "2026-10-01", "2026-10-09", cancelled) == [
        ("10-08", "", "取消", ""),
        ("10-09", "10-09", "", ""),
    ]
    moved = Change(date=day("2026-10-02"), change="改期", to=day("2026-10-10"))
    assert held("每周五、周六", "顺延", "2026-10-04", "2026-10-09", moved) == [("10-09", "10-09", "", "")]


def test_exception_for_one_that_met_another() -> None:
    """Cancelling a date that had moved onto another reception leaves that one as it is."""
    cancelled = Change(date=day("2026-10-02"), change="取消")
    assert held("每周四、周五", "顺延", "2026-10-01", "2026-10-08", cancelled) == [
        ("10-02", "", "取消", ""),
        ("10-08", "10-08", "", ""),
    ]


def test_exception_without_effect() -> None:
    """An exception for a date the rule does not name, or 改期 that does not say to when, changes nothing."""
    plain = held("每月15日", "顺延", "2026-01-01", "2026-12-31")
    for change in (
        Change(date=day("2026-03-16"), change="取消"),
        Change(date=day("2026-05-14"), change="改期", to=day("2026-05-20")),
        Change(date=day("2026-05-15"), change="改期"),
    ):
        assert held("每月15日", "顺延", "2026-01-01", "2026-12-31", change) == plain


def test_unmatched() -> None:
    """取消 and 改期 need a nominal date of the rule; the day it was held instead is none. 加开 needs nothing."""
    wrong = (
        Change(date=day("2026-03-16"), change="取消"),
        Change(date=day("2026-05-14"), change="改期", to=day("2026-05-20")),
    )
    right = Change(date=day("2026-03-15"), change="取消"), Change(date=day("2026-05-01"), change="加开")
    assert unmatched(parse_rule("每月15日"), (*right, *wrong), LIBRARY) == wrong
    workdays = Change(date=day("2026-02-14"), change="取消"), Change(date=day("2026-02-16"), change="取消")
    assert unmatched(parse_rule("每个工作日"), workdays, LIBRARY) == workdays[1:]


def test_a_week_later_on_weekends() -> None:
    """顺延一周 gives a Sunday the next worked Sunday within four weeks, else the first working day from a week on."""
    assert held("每月13日", "顺延一周", "2026-09-01", "2026-09-30") == [("09-13", "09-20", "顺延", "")]
    assert held("每月15日", "顺延一周", "2026-03-01", "2026-03-31") == [("03-15", "03-23", "顺延", "")]


def test_tentative_in_years_not_announced() -> None:
    """A date in a year nobody announced is tentative where the policy asks for holidays, and shown as nominal."""
    far = Workdays()
    year = max(year for year in range(2020, 2100) if far.announced(year)) + 2
    first, last = date(year, 1, 1), date(year, 12, 31)
    for policy in POLICIES:
        found = occurrences(parse_rule("每月15日"), policy, (), far, first, last)
        assert {it.tentative for it in found} == {policy != "照常"}
        assert [it.shown for it in found] == [date(year, month, 15) for month in range(1, 13)]
    by_workdays = occurrences(parse_rule("每个工作日"), "照常", (), far, first, last)
    assert all(it.tentative for it in by_workdays)


def test_exceptions_are_certain() -> None:
    """What the office has decided is certain in any year, also when it meets a tentative date."""
    changes = (
        Change(date=day("2097-01-15"), change="取消"),
        Change(date=day("2097-02-15"), change="改期", to=day("2097-02-18")),
        Change(date=day("2097-03-15"), change="加开"),
        Change(date=day("2097-04-01"), change="加开"),
    )
    found = occurrences(parse_rule("每月15日"), "顺延", changes, LIBRARY, day("2097-01-01"), day("2097-04-30"))
    assert [(str(it.day)[5:], it.tentative) for it in found] == [
        ("01-15", False),
        ("02-18", False),
        ("03-15", False),
        ("04-01", False),
        ("04-15", True),
    ]


def test_tentative_across_the_end_of_an_announced_year() -> None:
    """A date that moves out of the last announced year is tentative, and so is one whose search looked beyond it."""
    closed = Workdays((HolidayYear(2090, off=tuple(date(2090, 12, number) for number in range(25, 32))),))
    moved = occurrences(parse_rule("每月31日"), "顺延", (), closed, day("2091-01-01"), day("2091-01-07"))
    assert moved == (Occurrence(day("2090-12-31"), day("2091-01-01"), "顺延", tentative=True),)
    looked = occurrences(parse_rule("每月23日"), "顺延一周", (), closed, day("2090-12-20"), day("2091-01-31"))
    assert looked[0] == Occurrence(day("2090-12-23"), day("2091-01-01"), "顺延", tentative=True)


def test_next_occurrences() -> None:
    """The next receptions start today, count cancelled ones, and go on past the end of the year."""
    cancelled = Change(date=day("2026-11-15"), change="取消", note="调研")
    found = next_occurrences(parse_rule("单月15日"), "顺延", (cancelled,), LIBRARY, day("2026-09-15"), 3)
    assert [it.day for it in found] == [day("2026-09-15"), day("2026-11-15"), day("2027-01-15")]
    assert found[1] == Occurrence(day("2026-11-15"), None, "取消", note="调研")
    found = next_occurrences(parse_rule("单月15日"), "顺延", (), LIBRARY, day("2026-03-16"), 1)
    assert [(it.nominal, it.held) for it in found] == [(day("2026-03-15"), day("2026-03-16"))]


def test_next_occurrences_of_a_rare_rule() -> None:
    """Two years are searched: a leap day further away is not found, and nothing is not an error."""
    leap_day = parse_rule("每年2月29日")
    assert len(next_occurrences(leap_day, "照常", (), LIBRARY, day("2026-03-01"), 6)) == 1
    assert next_occurrences(leap_day, "照常", (), LIBRARY, day("2024-03-01"), 6) == ()
    assert next_occurrences(parse_rule("每周五"), "照常", (), LIBRARY, day("2024-03-01"), 0) == ()
