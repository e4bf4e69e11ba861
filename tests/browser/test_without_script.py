"""What a reader gets with scripts off and the network closed but for the site."""

from __future__ import annotations

import re

from support.browser import Address, Opener


def test_from_home_to_a_deputy_by_links_alone(opener: Opener, at: Address) -> None:
    """Home, city, county, township, station, deputy: each step is a link on the page before."""
    page = opener(at(""), java_script_enabled=False)
    for name in ("娄底市", "涟源市", "三甲乡", "三甲乡玉峰社区人大代表联络站", "曾示例"):
        page.locator("main a", has_text=name).first.click()
        assert name in page.locator("h1").inner_text().replace("\n", "")
    assert page.url == at("D/7K/3M9TY/")


def test_rules_stand_before_dates_and_the_last_date_is_named(opener: Opener, at: Address) -> None:
    """The rule holds on every day and comes first; then absolute dates, and how far they go."""
    for path in ("S/3F/7K2MC/", "D/7K/3M9TY/"):
        text = opener(at(path), java_script_enabled=False).locator("main").inner_text()
        rule, first_date = text.index("每月15日"), re.search(r"2026年12月\d+日", text)
        assert first_date is not None
        assert rule < first_date.start() < text.index("日期列至")
        assert "今天" not in text[: text.index("日期列至")]


def test_a_moved_date_and_an_unannounced_one_say_so(opener: Opener, at: Address) -> None:
    """The exception on file and the year without announced holidays are plain words on the page."""
    text = opener(at("S/3F/7K2MC/"), java_script_enabled=False).locator("#dates").inner_text()
    assert "12月17日（周四）" in text
    assert "原15日改期：换届选举" in text
    assert text.count("待节假日安排公布后确认") == 5


def test_the_entry_page_says_how_to_go_on(opener: Opener, at: Address) -> None:
    """Where nothing can be looked up, words and links lead on."""
    page = opener(at("c/"), java_script_enabled=False)
    assert "没有开启脚本" in page.locator("noscript").inner_text()
    page.get_by_role("link", name="按地区查找联络站").click()
    assert page.url == at("r/43/")
