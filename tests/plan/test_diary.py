from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.register import Register
from liaison.model.stations import Change, Reception
from liaison.plan.diary import DATES_SHOWN, Diary, Sitting
from support.registers import TODAY, deputy, reception, register, station

GENTLE = settings(deadline=None, database=None, max_examples=60)
RULES = (
    "每月15日",
    "每月9日、19日",
    "单月15日",
    "每月第一个周五",
    "每月第二个周三",
    "每周五",
    "每季度首月10日",
    "每月31日",
)
RECEPTIONS = st.lists(
    st.builds(
        lambda rule, start, holiday: reception(rule, start, "17:30", holiday=holiday),
        st.sampled_from(RULES),
        st.sampled_from(["08:30", "09:00", "14:30"]),
        st.sampled_from(["顺延", "顺延一周", "照常", "取消"]),
    ),
    min_size=1,
    max_size=4,
)
ANNOUNCED = st.dates(date(2026, 1, 1), date(2026, 12, 31))
FAR_OFF = st.dates(date(2083, 1, 1), date(2083, 12, 31))  # nobody announced its holidays


def days(sittings: tuple[Sitting, ...]) -> list[str]:
    return [one.occurrence.day.isoformat() for one in sittings]


def diary(*receptions: Reception, today: date = TODAY, **more: str) -> Diary:
    return Diary(register([station("A", receptions=receptions, **more)]), today)


def people_at(receptions: dict[str, tuple[Reception, ...]], **more: str) -> Register:
    stations = [station(code, receptions=found, **more) for code, found in receptions.items()]
    return register(stations, {"A": [deputy("1"), deputy("2")], "B": [deputy("3")]})


def test_coming_dates_of_a_station() -> None:
    """The expected dates of the field: the 15th, moved to the first working day after; six of them, from today on."""
    found = diary(reception("每月15日"), today=date(2026, 2, 16)).coming("A")
    assert days(found) == ["2026-02-24", "2026-03-16", "2026-04-15", "2026-05-15", "2026-06-15", "2026-07-15"]
    assert [one.occurrence.nominal.day for one in found] == [15] * 6


def test_dates_of_several_receptions_stand_in_order_of_day_and_hour() -> None:
    """Whatever the order in the record."""
    found = diary(
        reception("每月9日", "14:30", "16:00"), reception("每月9日", "09:00"), reception("每月8日", "15:00")
    ).coming("A")
    assert [(one.occurrence.day.day, one.reception.from_.hour) for one in found] == [
        (8, 15), (9, 9), (9, 14), (8, 15), (11, 9), (11, 14),
    ]  # fmt: skip


def test_today_counts_and_yesterday_does_not() -> None:
    """A reception in the afternoon is still to come in the morning of its day."""
    rule = reception("每月8日")
    assert days(diary(rule, today=date(2026, 9, 8)).coming("A"))[0] == "2026-09-08"
    assert days(diary(rule, today=date(2026, 9, 9)).coming("A"))[0] == "2026-10-08"


def test_closed_and_merged_stations_receive_nobody() -> None:
    """One that is being upgraded does."""
    for status, expected in (("active", 6), ("upgrading", 6), ("merged", 0), ("closed", 0)):
        found = diary(reception(), status=status)
        assert len(found.coming("A")) == expected
        assert len(found.regular("A")) == (1 if expected else 0)


def test_a_rule_that_cannot_be_read_is_left_out() -> None:
    """The records' own check reports it; the other rules of the station stand."""
    found = diary(reception("逢场天"), reception("每月15日"))
    assert [one.reception.rule for one in found.regular("A")] == ["每月15日"]


def test_who_is_named_has_those_receptions_and_no_others() -> None:
    """Anywhere, in the order of the stations; a name written twice counts once."""
    named = reception("每周五", deputies=("2", "1", "2"))
    there = reception("每月9日", deputies=("2",))
    found = Diary(people_at({"A": (reception("每月15日"), named), "B": (there,)}), TODAY)
    assert [one.reception.rule for one in found.regular_of("1")] == ["每周五"]
    assert [one.reception.rule for one in found.regular_of("2")] == ["每周五", "每月9日"]
    assert {one.station.code for one in found.regular_of("2")} == {"A", "B"}


def test_who_is_named_nowhere_has_those_of_the_home_station_that_name_nobody() -> None:
    """Neither receptions that name others, nor those of other stations."""
    receptions = {"A": (reception("每月15日"), reception("每周五", deputies=("2",))), "B": (reception("每月9日"),)}
    found = Diary(people_at(receptions), TODAY)
    assert [one.reception.rule for one in found.regular_of("1")] == ["每月15日"]
    assert [one.reception.rule for one in found.regular_of("3")] == ["每月9日"]
    assert [one.occurrence.day.day for one in found.coming_of("3")][:1] == [9]


def test_a_closed_home_has_no_receptions_for_anybody() -> None:
    """Named there or not."""
    found = Diary(people_at({"A": (reception(deputies=("1",)), reception()), "B": ()}, status="closed"), TODAY)
    assert found.regular_of("1") == found.regular_of("2") == found.coming_of("1") == ()


def test_the_first_dates_of_many_stations() -> None:
    """Those held, in order, no more than asked for; cancelled ones are left out."""
    off = (Change(date=date(2026, 12, 9), change="取消", note="换届选举"),)
    receptions = {"A": (reception("每月9日", exceptions=off),), "B": (reception("每月15日"), reception("每周四"))}
    found = Diary(people_at(receptions), TODAY)
    assert days(found.first(["A", "B"], 3)) == ["2026-12-10", "2026-12-15", "2026-12-17"]
    assert days(found.coming("A"))[0] == "2026-12-09"
    assert days(found.first([], 3)) == []


@settings(GENTLE)
@given(RECEPTIONS, ANNOUNCED | FAR_OFF)
def test_a_page_lists_at_most_six_dates_in_the_order_that_is_printed(receptions: list[Reception], today: date) -> None:
    """Never a day before today; also where the nominal date is printed because holidays are not announced."""
    found = diary(*receptions, today=today).coming("A")
    printed = [(one.occurrence.shown, one.reception.from_) for one in found]
    assert len(found) <= DATES_SHOWN == 6
    assert printed == sorted(printed)
    assert all(one.occurrence.day >= today for one in found)


@settings(GENTLE)
@given(RECEPTIONS, ANNOUNCED)
def test_a_new_day_changes_nothing_until_a_date_has_passed(receptions: list[Reception], today: date) -> None:
    """A site that is built every day keeps its bytes; when a date passes, the others stay and later ones follow."""
    now = diary(*receptions, today=today).coming("A")
    later = diary(*receptions, today=today + timedelta(days=1)).coming("A")
    passed = [one for one in now if one.occurrence.day == today]
    assert later[: len(now) - len(passed)] == now[len(passed) :]
    assert len(later) == len(now)


@settings(GENTLE)
@given(RECEPTIONS, ANNOUNCED)
def test_the_dates_of_a_station_are_the_earliest_of_all_its_receptions(
    receptions: list[Reception], today: date
) -> None:
    """As if each were asked alone: none is pushed out by a later one."""
    alone = [one for it in receptions for one in diary(it, today=today).coming("A")]
    earliest = sorted(one.order for one in alone)[:6]
    assert [one.order for one in diary(*receptions, today=today).coming("A")] == earliest
