from datetime import date

import pytest
from rendering import planned, shown

from liaison.model.stations import Change, Guest, HolidayPolicy, Reception
from liaison.plan.pages import Plan
from liaison.render.pages import parts
from liaison.render.pages.views import DateView
from support.registers import TODAY, code, deputy, reception, register, station

HERE, THERE = code(1), code(2)
HOME, GUEST, HIDDEN, FORMER = code(3), code(4), code(5), code(6)


def plan_of(*receptions: Reception, today: date = TODAY) -> Plan:
    people = {
        HERE: [
            deputy(HOME, "曾示例"),
            deputy(HIDDEN, "呼延示隐", status="paused"),
            deputy(FORMER, "旧示例", status="former"),
        ],
        THERE: [deputy(GUEST, "单示例")],
    }
    return planned(register([station(HERE, receptions=receptions), station(THERE)], people), today)


def dates(*receptions: Reception, today: date = TODAY) -> tuple[DateView, ...]:
    plan = plan_of(*receptions, today=today)
    return tuple(parts.date_view(plan, one, with_station=False) for one in plan.diary.coming(HERE))


def changed(change: Change, holiday: HolidayPolicy = "顺延") -> Reception:
    return reception("每月15日", holiday=holiday, exceptions=(change,))


def on(text: str) -> date:
    return date.fromisoformat(text)


def test_an_ordinary_date() -> None:
    """Day, weekday and hours in words, and the same for the script; no remark."""
    first = dates(reception("每月15日"))[0]
    assert (first.iso, first.start, first.end) == ("2026-12-15", "09:00", "11:30")
    assert (first.day, first.short_day, first.time) == ("2026年12月15日（周二）", "12月15日（周二）", "上午9:00—11:30")
    assert (first.remark, first.cancelled, first.tentative) == ("", False, False)


def test_a_date_that_was_moved() -> None:
    """The day it is held, and 「原15日改期：换届选举」."""
    first = dates(changed(Change(date=on("2026-12-15"), change="改期", to=on("2026-12-17"), note="换届选举")))[0]
    assert (first.short_day, first.remark, first.cancelled) == ("12月17日（周四）", "原15日改期：换届选举", False)


def test_a_date_that_was_moved_into_another_month_names_the_month() -> None:
    """「原12月15日」, or a citizen would take it for the 15th of the month on the line."""
    first = dates(changed(Change(date=on("2026-12-15"), change="改期", to=on("2027-01-08"))))[0]
    assert (first.iso, first.remark) == ("2027-01-08", "原12月15日改期")


def test_a_date_that_is_cancelled() -> None:
    """The day it would have been stays on the list, struck out, with the reason."""
    first = dates(changed(Change(date=on("2026-12-15"), change="取消", note="换届选举")))[0]
    assert (first.iso, first.remark, first.cancelled) == ("2026-12-15", "取消：换届选举", True)
    assert dates(changed(Change(date=on("2026-12-15"), change="取消")))[0].remark == "取消"


def test_a_date_that_is_added() -> None:
    """In its place among the others, as an extra one."""
    found = dates(changed(Change(date=on("2026-12-10"), change="加开", note="宪法宣传周")))
    assert [(one.iso, one.remark) for one in found[:2]] == [("2026-12-10", "加开：宪法宣传周"), ("2026-12-15", "")]


@pytest.mark.parametrize(
    ("rule", "holiday", "iso", "remark", "cancelled"),
    [
        ("每月15日", "顺延", "2026-11-16", "原15日顺延", False),
        ("每月15日", "顺延一周", "2026-11-23", "原15日顺延", False),
        ("每月15日", "照常", "2026-11-15", "", False),
        ("每月15日", "取消", "2026-11-15", "取消", True),
        ("每月31日", "顺延", "2026-11-02", "原10月31日顺延", False),
    ],
)
def test_a_date_on_a_day_off(rule: str, holiday: HolidayPolicy, iso: str, remark: str, *, cancelled: bool) -> None:
    """15 November 2026 is a Sunday, 31 October a Saturday: what each policy makes of them."""
    first = dates(reception(rule, holiday=holiday), today=on("2026-10-31"))[0]
    if rule == "每月15日":
        first = dates(reception(rule, holiday=holiday), today=on("2026-11-01"))[0]
    assert (first.iso, first.remark, first.cancelled) == (iso, remark, cancelled)


def test_a_date_that_depends_on_holidays_nobody_announced() -> None:
    """The nominal date, tentative: no guess is printed as a fact (15 August 2083 is a Sunday)."""
    first = dates(reception("每月15日"), today=on("2083-08-01"))[0]
    assert (first.iso, first.remark, first.tentative, first.cancelled) == ("2083-08-15", "", True, False)
    certain = dates(reception("每月15日", holiday="照常"), today=on("2083-08-01"))[0]
    assert not certain.tentative


@pytest.mark.parametrize(
    ("receptions", "today", "expected"),
    [
        (
            (changed(Change(date=on("2026-12-15"), change="取消", note="换届选举")),),
            TODAY,
            "12月15日（周二） 上午9:00—11:30 取消：换届选举",
        ),
        ((reception(holiday="取消"),), on("2026-11-01"), "11月15日（周日） 上午9:00—11:30 取消"),
        ((reception(),), on("2083-08-01"), "8月15日（周日） 上午9:00—11:30 待节假日安排公布后确认"),
        ((reception(),), on("2026-11-01"), "11月16日（周一） 上午9:00—11:30 原15日顺延"),
    ],
)
def test_what_a_reader_sees_of_it(receptions: tuple[Reception, ...], today: date, expected: str) -> None:
    """One line on the station's page, complete without script."""
    page = shown(plan_of(*receptions, today=today), "station", HERE)
    assert any(line.endswith(expected) for line in page.lines), page.lines


def test_a_cancelled_date_is_told_apart_for_the_script_too() -> None:
    """It has the class that is struck through and never counts as today's reception."""
    plan = plan_of(changed(Change(date=on("2026-12-15"), change="取消")))
    lines = {one["data-d"]: one["class"] for one in shown(plan, "station", HERE).elements if one["data-d"]}
    assert lines["2026-12-15"] == "x"
    assert set(lines.values()) == {"x", ""}


def test_the_list_says_how_far_it_goes() -> None:
    """「日期列至」 and the last day listed, never today; nothing where there is no date."""
    plan = plan_of(reception("每月15日"))
    view = parts.receptions(plan, plan.diary.regular(HERE), plan.diary.coming(HERE), with_station=False)
    assert view.until == "日期列至2027年5月15日"
    assert parts.receptions(plan, (), (), with_station=False).until == ""


@pytest.mark.parametrize(
    ("holiday", "expected"),
    [
        ("顺延", "每月15日 上午9:00—11:30，遇节假日顺延"),
        ("顺延一周", "每月15日 上午9:00—11:30，遇节假日顺延一周"),
        ("照常", "每月15日 上午9:00—11:30，节假日照常"),
        ("取消", "每月15日 上午9:00—11:30，遇节假日取消"),
    ],
)
def test_a_rule_in_words(holiday: HolidayPolicy, expected: str) -> None:
    """True on every day, so it comes before any date."""
    plan = plan_of(reception(holiday=holiday, mode=("固定", "线下"), place="二楼会议室"))
    (one,) = plan.diary.regular(HERE)
    view = parts.rule_view(plan, one, with_station=True)
    assert (view.words, view.mode) == (expected, "固定 · 线下 · 二楼会议室")
    assert view.station == parts.station_link(plan.register.stations[HERE])


def test_who_receives() -> None:
    """Those in office, each once; who comes from another station is marked; hidden and former people are left out."""
    plan = plan_of(reception(deputies=(HOME, GUEST, HIDDEN, FORMER, code(99), HOME)))
    found = parts.people(plan, plan.diary.regular(HERE)[0].reception, plan.register.stations[HERE])
    assert [(one.text, one.note) for one in found] == [("曾示例", ""), ("单示例", "来站代表")]


def test_guests_in_words() -> None:
    """Organ, office and name as far as they are written."""
    both = reception(guests=(Guest(role="法官", org="涟源市人民法院"), Guest(role="局长", name="王示例")))
    assert parts.guests(both) == "涟源市人民法院法官、局长王示例同时在站"
    assert parts.guests(reception()) == ""
