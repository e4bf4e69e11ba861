"""Which day it is for a site."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from liaison.model.site import Site
from liaison.problems import ProblemsError
from liaison.records.today import today_for

EVENING = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)  # 01:30 the next day in Beijing


def site(*, sample: bool) -> Site:
    return Site(
        name="示例", url="https://a.cn/", home_region="43", sample_notice=sample, sample_today=date(2026, 10, 1)
    )


def test_what_was_asked_for_comes_first() -> None:
    """The command's own date wins over the environment, the sample and the clock."""
    given = date(2027, 1, 1)
    assert today_for(site(sample=True), given, {"LIAISON_TODAY": "2027-02-02"}, EVENING) == given


def test_then_the_environment() -> None:
    """LIAISON_TODAY wins over the sample and the clock."""
    assert today_for(site(sample=True), None, {"LIAISON_TODAY": "2027-02-02"}, EVENING) == date(2027, 2, 2)


def test_then_the_sample() -> None:
    """A sample is judged on its own day, but only while it says that it is one."""
    assert today_for(site(sample=True), None, {}, EVENING) == date(2026, 10, 1)
    assert today_for(site(sample=False), None, {}, EVENING) == date(2026, 11, 21)


def test_then_the_date_in_china() -> None:
    """The day begins at midnight in Beijing, whatever the server's time zone is."""
    assert today_for(site(sample=False), None, {}, EVENING) == date(2026, 11, 21)
    assert today_for(site(sample=False), None, {}, EVENING.replace(hour=15, minute=59)) == date(2026, 11, 20)


def test_a_wrong_date_in_the_environment_is_a_problem() -> None:
    """A slip in LIAISON_TODAY is said in Chinese, and never taken for today."""
    with pytest.raises(ProblemsError, match="LIAISON_TODAY"):
        today_for(site(sample=False), None, {"LIAISON_TODAY": "明天"}, EVENING)
