"""Whether pages that codes lead to are theirs; what is kept of it, and what of it speaks against printing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, timedelta
from pathlib import Path

import pytest
from looking import BASE, DEPUTY, LESSON, NOW, STATION, live, name_of, seen

from liaison.plan.prints import Target
from liaison.publish.livecheck import REPORT, Checked, Report, Seen, doubts, look, normalised
from liaison.publish.visit import Route, Visitor
from support.server import free_port
from support.tls import HOST, Reply, TlsHost


@pytest.fixture
def host(tmp_path: Path) -> Iterator[TlsHost]:
    """The live site of a station, a deputy and a lesson, all well."""
    with live(tmp_path) as running:
        yield running


def test_good_pages(host: TlsHost) -> None:
    """Every page that names itself as the one wanted is good, in the order asked for, at the time given."""
    assert seen(host, STATION, LESSON, DEPUTY) == [
        Seen(one.key, is_good=True, reason="", at="2026-11-22T01:30:05Z") for one in (STATION, LESSON, DEPUTY)
    ]
    assert sorted(host.log) == sorted(("GET", f"/{one.path}", 200) for one in (STATION, LESSON, DEPUTY))


def test_out_of_reach() -> None:
    """A check ends early where one page after another gets no answer."""
    route = Route.of([f"{HOST}:443:127.0.0.1:{free_port()}"])
    found = list(look(BASE, [STATION] * 500, Visitor(route, [BASE]), NOW, name_of))
    assert 0 < len(found) <= 40


def test_answers_between_failures_keep_it_going(host: TlsHost) -> None:
    """Pages without an answer do not end a check while others have one."""
    host.replies["/x/"] = Reply(hangs_up=True)
    found = seen(host, *[Target("x", "", "x/"), STATION] * 30)
    assert len(found) == 60
    assert found[0].reason == "连接中途断了"


@pytest.mark.parametrize(
    ("given", "same"),
    [
        ("HTTPS://DB.EXAMPLE.GOV.CN/", BASE),
        ("https://db.example.gov.cn", BASE),
        ("https://db.example.gov.cn:443/", BASE),
        ("https://db.example.gov.cn:8443/Zt", "https://db.example.gov.cn:8443/Zt/"),
        ("https://[", "https://["),
    ],
)
def test_bases(given: str, same: str) -> None:
    """Case of the host, the usual port and the last slash make no other base; the path is as written."""
    assert normalised(given) == same


OTHER_BASE = "https://other.example.cn/"


def found(hours: float = 1, **reasons: str) -> list[Seen]:
    at = f"{NOW.astimezone(UTC) - timedelta(hours=hours):%Y-%m-%dT%H:%M:%SZ}"
    return [Seen(key, not words, words, at) for key, words in reasons.items()]


def report(base: str = BASE, hours: float = 1, **reasons: str) -> Report:
    return Report().plus(base, found(hours, **reasons), "")


def test_reports_are_kept_and_added_to(tmp_path: Path) -> None:
    """A report is read as it was written; a later check goes before an earlier one of the same base."""
    assert Report.read(tmp_path) == Report()
    first = report(**{"3F7K2MC": "证书过期了", "minfadian/07": ""})
    first.write(tmp_path)
    assert Report.read(tmp_path) == first
    later = found(hours=0, **{"3F7K2MC": "", "7K3M9TY": ""})
    both = first.plus(BASE, later, "")
    assert both.by_base[BASE].seen == {**first.by_base[BASE].seen, **{one.key: one for one in later}}


def test_another_base_takes_nothing_away(tmp_path: Path) -> None:
    """What was found below one base stays when another is checked."""
    first = report(**{"3F7K2MC": ""})
    both = first.plus(OTHER_BASE, found(**{"3F7K2MC": "证书过期了"}), "")
    both.write(tmp_path)
    assert Report.read(tmp_path) == both
    assert both.by_base[BASE] == first.by_base[BASE]
    assert doubts(both, BASE, [STATION], NOW, 24) == []
    assert doubts(both, OTHER_BASE, [STATION], NOW, 24) == ["3F7K2MC 玉峰社区站：证书过期了"]


def test_the_way_is_kept(tmp_path: Path) -> None:
    """A report says how the server was reached, each way once, also after a check that took the usual one."""
    kept = Report()
    for way in ("--ca a.pem", "", "--ca a.pem", "--ca b.pem"):
        kept = kept.plus(BASE, found(**{"3F7K2MC": ""}), way)
    kept.write(tmp_path)
    assert Report.read(tmp_path).by_base[BASE].route == "--ca a.pem；--ca b.pem"


GOOD = {"key": "a", "is_good": True, "reason": "", "at": NOW.isoformat()}


def test_a_sound_report_by_hand(tmp_path: Path) -> None:
    """The damaged reports below are damaged only where they say so."""
    (tmp_path / REPORT).parent.mkdir()
    (tmp_path / REPORT).write_text(json.dumps({BASE: {"route": "", "pages": [GOOD]}}), "utf-8")
    assert Report.read(tmp_path) == Report({BASE: Checked({"a": Seen(**GOOD)})})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "[]", "1", '{"base": "x"}', '{"base": "x", "pages": []}', '{"x": {"pages": []}}', "\xff"),
        *('{"x": {"route": 1, "pages": []}}', '{"x": {"route": "", "pages": [{}]}}', "[" * 100_000),
        *(
            json.dumps({BASE: {"route": "", "pages": [GOOD | wrong]}})
            for wrong in ({"at": "x"}, {"at": 1}, {"at": "2026-11-22"}, {"is_good": "no"}, {"key": None}, {"more": 1})
        ),
    ],
)
def test_damaged_reports(tmp_path: Path, text: str) -> None:
    """A report that is not whole is as if it were not there."""
    (tmp_path / REPORT).parent.mkdir()
    (tmp_path / REPORT).write_bytes(text.encode("latin-1"))
    assert Report.read(tmp_path) == Report()


def test_no_doubts() -> None:
    """What was found good in time may be printed, up to the last second."""
    good = report(hours=24, **{"3F7K2MC": "", "7K3M9TY": ""})
    now = NOW.replace(microsecond=0)
    assert doubts(good, BASE.upper(), [STATION, DEPUTY], now, 24) == []
    assert doubts(Report(), BASE, [], now, 24) == []
    assert doubts(good, BASE, [STATION], now + timedelta(seconds=1), 24) == [
        "3F7K2MC 玉峰社区站：不是最近 24 小时内核对的"
    ]


def test_doubts() -> None:
    """Bad pages, those never checked and those checked too early or in the future are named, each once."""
    assert doubts(Report(), BASE, [STATION], NOW, 24) == ["3F7K2MC 玉峰社区站：没有核对过"]
    bad = report(hours=99, **{"7K3M9TY": "证书过期了"})
    assert doubts(bad, BASE, [STATION, DEPUTY], NOW, 24) == [
        "7K3M9TY 曾示例：证书过期了",
        "3F7K2MC 玉峰社区站：没有核对过",
    ]
    early = report(hours=-1, **{"3F7K2MC": ""})
    assert doubts(early, BASE, [STATION], NOW, 24) == ["3F7K2MC 玉峰社区站：不是最近 24 小时内核对的"]
    other = report(OTHER_BASE, **{"3F7K2MC": ""})
    assert doubts(other, BASE, [STATION], NOW, 24) == [f"核对过的是 https://other.example.cn/，二维码里印的是 {BASE}"]


def test_many_doubts() -> None:
    """Twenty of a sort are named, and how many more there are."""
    many = [Target(f"K{number}", "站", "") for number in range(25)]
    told = doubts(report(K0="证书过期了"), BASE, many, NOW, 24)
    assert len(told) == 22
    assert told[0] == "K0 站：证书过期了"
    assert told[-2:] == ["K20 站：没有核对过", "另有 4 个编号没有核对过"]
