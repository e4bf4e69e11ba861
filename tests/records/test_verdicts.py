"""What was found of a part holds until something it was found from changes, and no longer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cached import Watch

from liaison.model.register import Register
from liaison.records.case import Ground
from liaison.records.read import Reading, read_site
from liaison.shelf import Shelf
from support import small
from support.small import AREA, BAIMA, LANTIAN, TODAY, YUFENG, ZENG

OTHER = "stations/xinhua"
EVERYWHERE = {"yufeng", "lantian", "baima", "meijiang"}
LI = f"{BAIMA}/deputies/li.yml"


@pytest.fixture
def kept(tmp_path: Path) -> Shelf:
    return small.shelf(tmp_path / "shelf")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Yufeng and Lantian, which refer to each other, Baima in their area and Meijiang in another, which do not."""
    small.part_by_station(monkeypatch)
    made = small.base_site(tmp_path / "site")
    reception = "receptions: [{rule: 每月1日, from: 09:00, to: 10:00, deputies: [7K3M9TY]}]\n"
    small.change(made, f"{LANTIAN}/station.yml", "status:", f"{reception}status:")
    small.write(made, f"{BAIMA}/station.yml", small.station_text("CKYTPCB", "白马站"))
    small.write(made, LI, small.deputy_text("MQR6M65"))
    small.write(made, f"{OTHER}/area.yml", "region: 431322\n")
    meijiang = small.station_text("PNRTHK5", "梅江站").replace("431382200", "431322")
    small.write(made, f"{OTHER}/meijiang/station.yml", meijiang)
    return made


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    return Watch(monkeypatch)


def rules(reading: Reading) -> list[tuple[str, str]]:
    return [(one.rule, one.source.file) for one in reading.problems]


def judged_after(change: Callable[[], object], root: Path, kept: Shelf, watch: Watch, today: date = TODAY) -> set[str]:
    """Which stations are judged again after a change; what is found must be what a reading without a cache finds."""
    read_site(root, TODAY, None, kept)
    change()
    watch.forget()
    warm = read_site(root, today, None, kept)
    judged = set(watch.judged)
    assert warm.problems == read_site(root, today).problems
    watch.forget()
    assert read_site(root, today, None, kept).problems == warm.problems
    assert watch.judged == []
    return judged


def test_nothing_is_judged_twice(root: Path, kept: Shelf, watch: Watch) -> None:
    """A second reading of the same files finds the same without judging."""
    assert rules(read_site(root, TODAY, None, kept)) == []
    assert sorted(watch.judged) == sorted(EVERYWHERE)
    assert judged_after(lambda: None, root, kept, watch) == set()


@pytest.mark.parametrize(
    ("file", "was", "now", "judged"),
    [
        (f"{BAIMA}/station.yml", "一楼", "二楼", {"baima"}),
        (LI, "李示例", "黎示例", {"baima"}),
        (f"{OTHER}/meijiang/station.yml", "一楼", "二楼", {"meijiang"}),
        (f"{LANTIAN}/station.yml", "一楼", "二楼", {"lantian", "yufeng"}),
        (f"{YUFENG}/station.yml", "社区广场旁", "村口", {"lantian", "yufeng"}),
        (ZENG, "一句话简介", "另一句话简介", {"lantian", "yufeng"}),
        (f"{YUFENG}/deputies/guli.yml", "gender: 女", "gender: 男", {"lantian", "yufeng"}),
    ],
    ids=["alone", "deputy alone", "other area", "asked for", "belongs to it", "receives there", "is there too"],
)
def test_a_change_is_judged_where_it_may_matter(
    file: str, was: str, now: str, judged: set[str], root: Path, kept: Shelf, watch: Watch
) -> None:
    """In its own part, in those that looked at the record, and in those it refers to; nowhere else."""
    assert judged_after(lambda: small.change(root, file, was, now), root, kept, watch) == judged


@pytest.mark.parametrize(
    ("file", "was", "now", "judged"),
    [
        ("site.yml", "kinds: [流动联络点]", "kinds: []", EVERYWHERE),
        ("stations/regions.yml", "三甲乡", "三乙乡", EVERYWHERE),
        ("stations/holidays.yml", "source: 示例", "source: 另一个示例", EVERYWHERE),
        (f"{AREA}/area.yml", "0738-0000000", "0738-1111111", {"yufeng", "lantian", "baima"}),
        (f"{OTHER}/area.yml", "region: 431322", "region: 4313", {"meijiang"}),
    ],
)
def test_what_many_are_judged_by_is_looked_at_for_all_of_them(
    file: str, was: str, now: str, judged: set[str], root: Path, kept: Shelf, watch: Watch
) -> None:
    """Facts of the site, regions and holidays everywhere, an area's file in the area."""
    assert judged_after(lambda: small.change(root, file, was, now), root, kept, watch) == judged


def test_what_records_do_not_depend_on_moves_nothing(root: Path, kept: Shelf, watch: Watch) -> None:
    """Lessons are read every time, and no record is judged by them."""
    lesson = "---\ntitle: [\n---\n正文\n"
    assert judged_after(lambda: small.write(root, "content/a.md", lesson), root, kept, watch) == set()
    assert rules(read_site(root, TODAY, None, kept)) == [("yaml/syntax", "content/a.md")]


def test_a_new_day_is_judged_anew(root: Path, kept: Shelf, watch: Watch) -> None:
    """What time brings is found on the day."""
    later = TODAY + timedelta(days=400)
    assert judged_after(lambda: None, root, kept, watch, later) == EVERYWHERE
    assert {rule for rule, _ in rules(read_site(root, later, None, kept))} >= {"verified/stale", "mandate/ends-soon"}


def test_who_refers_to_what_is_gone_is_told(root: Path, kept: Shelf, watch: Watch) -> None:
    """Though the file that refers to it did not change; and no longer, once it is there again."""
    text = (root / f"{LANTIAN}/station.yml").read_text("utf-8")
    gone = judged_after((root / f"{LANTIAN}/station.yml").unlink, root, kept, watch)
    assert gone >= {"yufeng"}
    assert not gone & {"baima", "meijiang"}
    assert set(rules(read_site(root, TODAY, None, kept))) == {
        ("station/parent-dangling", f"{YUFENG}/station.yml"),
        ("deputy/station-dangling", f"{YUFENG}/deputies/guli.yml"),
        ("lesson/station-unknown", "content/episodes/shiyan/01-jiafeng.md"),
    }
    back = judged_after(lambda: small.write(root, f"{BAIMA}-2/station.yml", text), root, kept, watch)
    assert back == {"yufeng", "baima-2"}
    assert rules(read_site(root, TODAY, None, kept)) == []


def test_a_loop_is_found_in_every_part_it_goes_through(root: Path, kept: Shelf, watch: Watch) -> None:
    """A station belongs to one that belongs to a third: a change of the last is seen by the first."""
    small.change(root, f"{LANTIAN}/station.yml", "kind:", "parent: CKYTPCB\nkind:")
    judged = judged_after(
        lambda: small.change(root, f"{BAIMA}/station.yml", "kind:", "parent: 3F7K2MC\nkind:"), root, kept, watch
    )
    assert judged == {"yufeng", "lantian", "baima"}
    assert {rule for rule, _ in rules(read_site(root, TODAY, None, kept))} == {"station/parent-loop"}
    assert len(rules(read_site(root, TODAY, None, kept))) == 3


def test_an_unreadable_file_is_blamed_alone(root: Path, kept: Shelf, watch: Watch) -> None:
    """Also by what was judged while it could be read."""
    judged_after(lambda: small.change(root, ZENG, "name: 曾示例", "name: '曾示例"), root, kept, watch)
    assert {file for _, file in rules(read_site(root, TODAY, None, kept))} == {ZENG}


def test_what_stands_in_an_unreadable_file_is_not_gone(root: Path, kept: Shelf) -> None:
    """Who was told that a station is missing is told so no longer once a file may hold it, be it broken."""
    file = root / LANTIAN / "station.yml"
    text = file.read_text("utf-8")
    file.unlink()
    assert ("station/parent-dangling", f"{YUFENG}/station.yml") in rules(read_site(root, TODAY, None, kept))
    small.write(root, f"{LANTIAN}/station.yml", text.replace("name: ", "name: ["))
    assert rules(read_site(root, TODAY, None, kept)) == [("yaml/syntax", f"{LANTIAN}/station.yml")]


def test_what_is_said_once_for_many_counts_all_parts(root: Path, kept: Shelf, watch: Watch) -> None:
    """Of parts that were judged now and of those that were judged before; named in file order."""
    later, ends = date(2027, 6, 1), "涟源市第十八届人民代表大会的任期将于 2027-12-31 届满，涉及在任代表 "
    assert said(read_site(root, later, None, kept), "mandate/ends-soon")[0] == f"{ends}2 位：李示例、曾示例"
    watch.forget()
    small.change(root, LI, "李示例", "黎示例")
    assert said(read_site(root, later, None, kept), "mandate/ends-soon")[0] == f"{ends}2 位：黎示例、曾示例"
    small.write(root, f"{BAIMA}/deputies/an.yml", small.deputy_text("9PN6FQT", "安示例"))
    assert said(read_site(root, later, None, kept), "mandate/ends-soon")[0] == f"{ends}3 位：安示例、黎示例、曾示例"
    (root / LI).unlink()
    assert said(read_site(root, later, None, kept), "mandate/ends-soon")[0] == f"{ends}2 位：安示例、曾示例"
    assert set(watch.judged) == {"baima"}


def said(reading: Reading, rule: str) -> list[str]:
    return [one.message for one in reading.problems if one.rule == rule]


def extra(register: Register, ground: Ground, stations: Mapping[str, tuple[str, ...]]) -> Any:
    """Names of the stations and of those at them, with the order of the files."""
    people = {code: [one.name for one in register.deputies_at(code)] for code in stations}
    return [(register.stations[code].name, stations[code], people[code]) for code in stations], ground.today


def test_something_else_may_be_made_of_each_part(root: Path, kept: Shelf, watch: Watch) -> None:
    """While its records are at hand: kept with the verdict, and made again only with it."""
    found = read_site(root, TODAY, None, kept, extra)
    by_part = {part.folders[0]: one.extra for part, one in zip(found.source.parts, found.verdicts, strict=True)}
    order = ("stations", "lianyuan", "lantian", "station.yml")
    assert by_part[LANTIAN] == ([("蓝田街道人大代表之家", order, ["古丽·示例"])], TODAY)
    watch.forget()
    again = read_site(root, TODAY, None, kept, extra)
    assert watch.judged == []
    assert [one.extra for one in again.verdicts] == [one.extra for one in found.verdicts]
    small.change(root, f"{YUFENG}/deputies/guli.yml", "古丽·示例", "古力·示例")
    after = {
        file: one.extra for file, one in zip(by_part, read_site(root, TODAY, None, kept, extra).verdicts, strict=True)
    }
    assert after[LANTIAN] == ([("蓝田街道人大代表之家", order, ["古力·示例"])], TODAY)


def test_a_verdict_without_what_else_is_wanted_does_not_do(root: Path, kept: Shelf, watch: Watch) -> None:
    """`liaison check` comes before a build; after a build, it finds all it needs."""
    read_site(root, TODAY, None, kept)
    watch.forget()
    read_site(root, TODAY, None, kept, extra)
    assert set(watch.judged) == EVERYWHERE
    watch.forget()
    read_site(root, TODAY, None, kept)
    assert watch.judged == []


def test_nothing_else_is_made_of_a_part_with_errors(root: Path, kept: Shelf) -> None:
    """There is nothing to build from; of the others it may be made or not."""
    small.change(root, f"{YUFENG}/station.yml", "phone: 0738-0000000", "phone: 无")
    found = read_site(root, TODAY, None, kept, extra)
    by_part = {part.folders[0]: one.extra for part, one in zip(found.source.parts, found.verdicts, strict=True)}
    assert found.has_errors
    assert by_part[YUFENG] is None
