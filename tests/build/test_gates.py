"""Why something is not printed, gate by gate."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.build import gates
from liaison.model.site import Printing
from liaison.plan.kinds import KINDS
from liaison.plan.prints import Piece, Target
from liaison.publish.livecheck import Report, Seen
from support.registers import SITE, deputy, mandate, register, station

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
GOOD = "HTTPS://DB.EXAMPLE.GOV.CN/"
CONFIRMED = Printing(confirmed_by="办公室", confirmed_on=TODAY, kept_until=date(2036, 12, 31))


@pytest.mark.parametrize(
    ("base", "reason"),
    [
        ("http://db.example.gov.cn/", "不以 https:// 开头"),
        ("https://localhost/", "localhost"),
        ("https://10.1.2.3/", "IP 地址"),
        ("https://[::1]/", "IP 地址"),
        ("https://intranet/", "内部网络"),
    ],
)
def test_addresses_that_nobody_can_follow(base: str, reason: str) -> None:
    """They are refused for the office and for the press, as short address and as the site's own."""
    for site in (replace(SITE, short_url=base), replace(SITE, url=base)):
        for mode in ("office", "proof", "press"):
            assert reason in gates.address_refusals(site, mode)[0]


@pytest.mark.parametrize("base", ["https://test.example.gov.cn/", "https://a.ngrok.io/", "https://db.example.com/"])
def test_hosts_for_tests_are_no_matter_in_the_office(base: str) -> None:
    """Only what goes to the press needs the real host."""
    site = replace(SITE, short_url=base)
    assert gates.address_refusals(site, "office") == gates.address_refusals(site, "proof") == []
    assert len(gates.address_refusals(site, "press")) == 1


def test_the_press_needs_a_short_address() -> None:
    """The site's own address may change, so it does not go onto walls."""
    assert gates.address_refusals(replace(SITE, short_url=GOOD), "press") == []
    assert "没有 short_url" in gates.address_refusals(SITE, "press")[0]
    assert gates.address_refusals(SITE, "office") == []


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({}, ""),
        ({"confirmed_by": None}, "写上 confirmed_by"),
        ({"confirmed_on": None, "kept_until": None}, "写上 confirmed_on、kept_until"),
        ({"confirmed_on": date(2026, 11, 21)}, "2026-11-21 还没有到"),
        ({"kept_until": TODAY}, "只保留到 2026-11-20，已经过期"),
        ({"kept_until": TODAY + timedelta(1)}, ""),
    ],
)
def test_somebody_answers_for_the_address(change: dict[str, Any], words: str) -> None:
    """Who confirmed it, since when and until when must be known, and today must lie between."""
    told = gates.confirmation_refusals(replace(SITE, print=replace(CONFIRMED, **change)), TODAY)
    assert len(told) == bool(words)
    assert words in "".join(told)


def test_what_was_seen_of_another_base_does_not_count() -> None:
    """Only a check of the printed address counts; the remedy is told behind all doubts, and only then."""
    site, target = replace(SITE, short_url=GOOD), Target("A", "站", "S/A/")
    seen = [Seen("A", is_good=True, reason="", at=f"{NOW:%Y-%m-%dT%H:%M:%SZ}")]
    good = Report().plus("https://db.example.gov.cn/", seen, "")
    other = Report().plus("https://test.example.gov.cn/", seen, "")
    assert gates.live_refusals(site, [target], good, NOW) == []
    for report in (Report(), other):
        told = gates.live_refusals(site, [target], report, NOW)
        assert len(told) == 2
        assert told[-1] == f"先运行 liaison verify {GOOD} --codes，全部正常后再制作"


def test_how_long_a_check_holds_is_set_in_the_site() -> None:
    """`verified_within` is in hours."""
    site = replace(SITE, short_url=GOOD, print=Printing(verified_within=1))
    seen = [Seen("A", is_good=True, reason="", at=f"{NOW:%Y-%m-%dT%H:%M:%SZ}")]
    report = Report().plus("https://db.example.gov.cn/", seen, "")
    target = Target("A", "站", "S/A/")
    assert gates.live_refusals(site, [target], report, NOW + timedelta(hours=1)) == []
    assert "最近 1 小时内" in gates.live_refusals(site, [target], report, NOW + timedelta(hours=1, seconds=1))[0]


def piece(kind: str, *keys: str) -> Piece:
    return Piece(KINDS[kind], "431382200", keys, "x.pdf")


PEOPLE = register(
    [station("S1"), station("S2")],
    {
        "S1": [
            deputy("D1", "一示例", mandates=(mandate(end="2027-11-20"),)),
            deputy("D2", "二示例", mandates=(mandate(end="2027-11-21"),)),
            deputy("D3", "三示例", mandates=(mandate(),)),
            deputy("D4", "四示例", mandates=(mandate(end="2026-12-31"),), status="former"),
            deputy("D5", "五示例", mandates=(mandate(), mandate("乡级", end="2026-12-31"))),
            deputy("D6", "六示例", mandates=(mandate(start="2016-01-01", end="2021-01-01"), mandate(end="2030-01-01"))),
        ],
        "S2": [deputy("D7", "七示例", mandates=(mandate(end="2026-12-31"),))],
    },
)
SOON = ["D1 一示例（2027年11月20日届满）", "D5 五示例（2026年12月31日届满）"]


def ending(*found: Piece, with_deputies: bool = True) -> list[str]:
    return gates.ending_terms(PEOPLE, found, TODAY, with_deputies=with_deputies)


def test_terms_that_end_within_a_year() -> None:
    """Up to the same day of the next year, by the first mandate to end; former deputies and mandates do not count."""
    assert ending(piece("badge", "D1", "D2", "D3", "D4", "D5", "D6")) == SOON
    assert ending(piece("deputy-a4", "D5")) == SOON[1:]


def test_what_names_no_deputies_is_not_asked_about() -> None:
    """Of a station's things only those that list deputies count, and these only if they do so in this run."""
    assert ending(piece("station-a4", "S1"), piece("board", "S1")) == SOON
    assert ending(piece("station-a4", "S1"), with_deputies=False) == []
    assert ending(piece("plate", "S1"), piece("notice", "S1"), piece("rollup", "S2")) == []
    assert ending(piece("station-a4", "S2"), piece("deputy-a4", "D7")) == ["D7 七示例（2026年12月31日届满）"]


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 48))
def test_months_from_a_day(day: date, months: int) -> None:
    """The same day of a later month, or its last where it is shorter."""
    found = gates._months_on(day, months)  # noqa: SLF001 - the arithmetic alone
    assert (found.year - day.year) * 12 + found.month - day.month == months
    assert found.day == min(day.day, monthrange(found.year, found.month)[1])


@pytest.mark.parametrize(("count", "last"), [(20, "line 19"), (21, "……另有 1 位"), (100, "……另有 80 位")])
def test_long_lists_are_cut(count: int, last: str) -> None:
    """Twenty lines stand, and how many there are besides."""
    lines = gates.shortened([f"line {number}" for number in range(count)])
    assert (lines[:20], lines[-1]) == ([f"line {number}" for number in range(20)], last)
