"""Today's state in words, on pages that were built days or months ago."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from support.browser import Address, Opener

STATION = "S/3F/7K2MC/"  # 每月15日 9:00—11:30, 15 December moved to the 17th; open Monday to Friday 9 to 17


def at_clock(opener: Opener, url: str, utc: str, zone: str = "Asia/Shanghai") -> Page:
    """The page as a visitor sees it at a moment, given in UTC."""
    page = opener("about:blank", timezone_id=zone)
    page.clock.set_fixed_time(utc)
    page.goto(url)
    return page


@pytest.mark.parametrize("zone", ["Asia/Shanghai", "America/New_York", "Pacific/Auckland"])
@pytest.mark.parametrize(
    ("utc", "said"),
    [
        ("2026-12-17T00:30:00Z", ["今天有接待", "12月17日（周四）", "上午9:00—11:30"]),
        ("2026-12-17T02:00:00Z", ["现在开放，到下午5:00", "正在接待，到上午11:30"]),
        ("2026-12-17T03:31:00Z", ["今天的接待已结束；下次：", "1月15日（周五）"]),
        ("2026-12-16T15:59:00Z", ["今天没有接待；明天有：", "12月17日（周四）"]),
        ("2026-12-14T01:00:00Z", ["今天没有接待；下次：", "12月17日（周四）", "原15日改期"]),
        ("2026-12-19T02:00:00Z", ["现在不开放；周一上午9:00开放"]),
        ("2026-12-21T10:00:00Z", ["现在不开放；明天上午9:00开放"]),
        ("2027-03-01T02:00:00Z", ["现在开放，到下午5:00；节假日请先打电话"]),
        ("2028-01-01T02:00:00Z", ["列出的日期已过，请打电话确认"]),
    ],
)
def test_the_first_card_says_what_holds_now(opener: Opener, at: Address, utc: str, said: list[str], zone: str) -> None:
    """Whatever the visitor's time zone, the card speaks of the time in China."""
    page = at_clock(opener, at(STATION), utc, zone)
    text = page.locator("#now .live").inner_text()
    assert [words for words in said if words not in text] == []


def test_a_holiday_closes_the_station(opener: Opener, at: Address) -> None:
    """On an announced day off the opening hours do not hold."""
    page = at_clock(opener, at(STATION), "2026-10-02T02:00:00Z")
    assert "今天放假" in page.locator("#now .live").inner_text()


def test_a_compensating_workday_opens_it(opener: Opener, at: Address) -> None:
    """A Saturday that is worked has the hours of a working day."""
    page = at_clock(opener, at(STATION), "2026-10-10T02:00:00Z")
    assert "现在开放，到下午5:00" in page.locator("#now .live").inner_text()


def test_dates_that_have_passed_are_not_shown(opener: Opener, at: Address) -> None:
    """An old page never offers a date that is over."""
    page = at_clock(opener, at(STATION), "2027-02-20T02:00:00Z")
    shown = [row.get_attribute("data-d") for row in page.locator("#dates [data-d]").all() if row.is_visible()]
    assert shown == ["2027-03-15", "2027-04-15", "2027-05-15"]
    home = at_clock(opener, at(""), "2027-06-01T02:00:00Z")
    assert not home.locator("#coming").is_visible()


def test_the_card_follows_the_clock_while_the_page_is_open(opener: Opener, at: Address) -> None:
    """When the hour of opening comes, the words change without a reload."""
    page = opener("about:blank")
    page.clock.install(time="2026-12-16T00:59:30Z")
    page.goto(at(STATION))
    assert "今天上午9:00开放" in page.locator("#now .live").inner_text()
    page.clock.run_for(60_000)
    assert "现在开放" in page.locator("#now .live").inner_text()
