from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.render import words

GENTLE = settings(deadline=None, database=None)
WEEK = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"]


def at(text: str) -> time:
    return time.fromisoformat(text)


def test_dates_are_written_out() -> None:
    """Without zeros in front, with the weekday a citizen looks for: 17 December 2026 is a Thursday."""
    day = date(2026, 12, 17)
    assert words.day(day) == "2026年12月17日"
    assert words.weekday(day) == "周四"
    assert words.full_day(day) == "2026年12月17日（周四）"
    assert words.short_day(date(2027, 1, 5)) == "1月5日（周二）"
    assert words.month(date(2021, 2, 1)) == "2021年2月"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("09:00", "11:30", "上午9:00—11:30"),
        ("15:00", "16:00", "下午3:00—4:00"),
        ("09:00", "17:00", "上午9:00—下午5:00"),
        ("09:00", "12:00", "上午9:00—中午12:00"),
        ("11:30", "12:30", "上午11:30—中午12:30"),
        ("12:00", "13:00", "中午12:00—下午1:00"),
        ("12:00", "12:45", "中午12:00—12:45"),
        ("14:05", "18:00", "下午2:05—晚上6:00"),
        ("19:00", "20:30", "晚上7:00—8:30"),
        ("05:30", "06:00", "凌晨5:30—上午6:00"),
        ("00:00", "23:59", "凌晨0:00—晚上11:59"),
    ],
)
def test_spans_are_spoken(start: str, end: str, expected: str) -> None:
    """The part of the day is named once where both ends lie in it; noon is 中午12:00, never 上午12:00 or 下午0:00."""
    assert words.span(at(start), at(end)) == expected


@settings(GENTLE)
@given(st.times().map(lambda one: one.replace(second=0, microsecond=0)))
def test_a_clock_can_be_read_back(moment: time) -> None:
    """Part of the day and hour together tell every minute of the day apart."""
    said = words.clock(moment)
    part, hour, minute = said[:2], *map(int, said[2:].split(":"))
    if part in ("下午", "晚上"):
        hour += 12
    assert (hour, minute) == (moment.hour, moment.minute)
    assert part in ("凌晨", "上午", "中午", "下午", "晚上")


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("周一 周二 周三 周四 周五", "周一至周五"),
        ("周二 周四", "周二、周四"),
        ("周一 周二", "周一、周二"),
        ("周三 周一 周二", "周一至周三"),
        ("周一 周三 周四 周五 周日", "周一、周三至周五、周日"),
        ("周一 周二 周三 周五 周六 周日", "周一至周三、周五至周日"),
        ("周六 周日 周一", "周一、周六、周日"),
        ("周五 周五", "周五"),
        (" ".join(WEEK), "周一至周日"),
        ("", ""),
    ],
)
def test_weekdays_in_a_row_become_a_span(days: str, expected: str) -> None:
    """From three on, in the order of the week, each once."""
    assert words.weekdays(days.split()) == expected


@settings(GENTLE)
@given(st.lists(st.sampled_from(WEEK)))
def test_a_list_of_weekdays_says_exactly_those_days(days: list[str]) -> None:
    """Spread out again it gives the same days."""
    found = set()
    for part in filter(None, words.weekdays(days).split("、")):
        first, _, last = part.partition("至")
        found |= set(WEEK[WEEK.index(first) : WEEK.index(last or first) + 1])
    assert found == set(days)


def test_what_is_missing_leaves_no_separator() -> None:
    """None and empty text are left out."""
    assert words.joined(("甲", None, "", "乙")) == "甲 · 乙"
    assert words.joined(("甲", "乙"), "；") == "甲；乙"
    assert words.joined((None, "")) == ""
