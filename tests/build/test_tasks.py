"""A task that stands is not done again; one that may come out otherwise is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import get_args

import pytest
from building import (
    BAIMAS,
    EVERYBODY,
    LANTIANS,
    MEIJIANGS,
    XINHUA,
    YUFENGS,
    Watch,
    Workshop,
    built_alike,
    change_template,
)

from liaison.build import Manual
from liaison.plan import urls
from liaison.plan.pages import LectureKind
from liaison.publish.tree import Tally
from liaison.render.shell import Shell
from support import small
from support.sites import contents
from support.small import BAIMA, LANTIAN, ZENG
from support.small import GULI as GULI_FILE

COUNTY, TOWN, SUBDISTRICT, OTHER_COUNTY, CITY, PROVINCE = "431382", "431382200", "431382001", "431322", "4313", "43"
IN_COUNTY, UPWARDS = {COUNTY, TOWN, SUBDISTRICT}, {CITY, PROVINCE}


def test_what_stands_is_not_done_again(built: Workshop, watch: Watch) -> None:
    """Of a site that did not change only the pages that lead into it are made, and all are counted as unchanged."""
    tally = built.build()
    assert {page.kind for page in watch.rendered} == {"home", "entry", "map", *get_args(LectureKind)}
    assert watch.encoded == 0
    assert tally == Tally(written=0, unchanged=len(contents(built.out)), removed=0)
    built_alike(built, tally)


@pytest.mark.parametrize(
    ("file", "was", "now", "codes", "regions"),
    [
        (f"{BAIMA}/station.yml", "一楼", "二楼", BAIMAS, IN_COUNTY),
        (f"{BAIMA}/deputies/li.yml", "status:", "bio: 示例\nstatus:", BAIMAS, set()),
        (f"{BAIMA}/deputies/li.yml", "李示例", "黎示例", BAIMAS, IN_COUNTY),
        (f"{BAIMA}/deputies/li.yml", "status: active", "status: former", BAIMAS, IN_COUNTY | UPWARDS),
        (f"{XINHUA}/meijiang/station.yml", "梅江站", "孟公站", MEIJIANGS, {OTHER_COUNTY}),
        (f"{LANTIAN}/station.yml", "人大代表之家", "代表之家", LANTIANS | YUFENGS, IN_COUNTY),
        (ZENG, "一句话简介", "另一句简介", YUFENGS | LANTIANS, set()),
        (GULI_FILE, "status: paused", "status: active", YUFENGS | LANTIANS, IN_COUNTY | UPWARDS),
    ],
    ids=["station", "bio", "name", "former", "other county", "parent", "receives elsewhere", "shown again"],
)
def test_a_record_changes_its_part_and_what_shows_it(
    file: str, was: str, now: str, codes: set[str], regions: set[str], built: Workshop, watch: Watch
) -> None:
    """Pages of its part, of parts that look at it, and directories that list it or count it; no others."""
    small.change(built.root, file, was, now)
    tally = built.build()
    assert (watch.codes, watch.regions) == (codes, regions)
    built_alike(built, tally)


LESSON = "content/episodes/shiyan/01-jiafeng.md"
OTHER_LESSON = "content/episodes/shiyan/02-xiaoxin.md"


@pytest.mark.parametrize(
    ("was", "now", "codes"),
    [
        ("title: 家风也写进了民法典", "title: 家风写进了民法典", LANTIANS | YUFENGS),
        ("status: published", "status: withdrawn", LANTIANS | YUFENGS),
        ("stations: [TK58CWB]", "stations: [CKYTPCB]", LANTIANS | BAIMAS),
        ("speakers: [Q2RX7DK,", "speakers: [9PN6FQT,", YUFENGS | MEIJIANGS),
        ("date: 2026-11-12", "date: 2026-11-14", LANTIANS | YUFENGS),
        ("summary: 民法典里有一条专讲家风。", "summary: 家风有专门的一条。", set()),
    ],
    ids=["title", "withdrawn", "station", "speaker", "date", "summary"],
)
def test_a_lesson_changes_the_parts_of_those_who_took_part(
    was: str, now: str, codes: set[str], built: Workshop, watch: Watch
) -> None:
    """Their pages name it, the newest first; what only the lesson's own page says changes none."""
    lesson = (built.root / LESSON).read_text("utf-8")
    small.write(built.root, OTHER_LESSON, lesson.replace("2026-11-12", "2026-11-13").replace("民法典\n", "另一讲\n"))
    built.build()
    watch.forget()
    small.change(built.root, LESSON, was, now)
    tally = built.build()
    assert (watch.codes, watch.regions) == (codes, set())
    built_alike(built, tally)


def new_template(shop: Workshop) -> None:
    (shop.hosted.templates / "liaison/more.html").write_text("", "utf-8")


def shell(shop: Workshop) -> None:
    pieces = tuple(piece.replace("doctype", "DOCTYPE") for piece in shop.hosted.shells[3].pieces)
    shop.hosted = replace(shop.hosted, shells={**shop.hosted.shells, 3: Shell(pieces)})


def asset(shop: Workshop) -> None:
    shop.hosted = replace(shop.hosted, assets={**shop.hosted.assets, "css": "b.css"})


def facts(shop: Workshop) -> None:
    small.change(shop.root, "site.yml", "name: 涟源市", "name: 示例市")


def region_name(shop: Workshop) -> None:
    small.change(shop.root, "stations/regions.yml", "娄底市", "示例市")


@pytest.mark.parametrize("change", [change_template, new_template, shell, asset, facts, region_name])
def test_what_all_pages_show_changes_all(change: Callable[[Workshop], None], built: Workshop, watch: Watch) -> None:
    """Templates, shells, addresses of assets, facts of the site, regions."""
    change(built)
    tally = built.build()
    assert watch.codes == EVERYBODY
    assert watch.regions == IN_COUNTY | UPWARDS | {OTHER_COUNTY}
    built_alike(built, tally)


def guide(shop: Workshop) -> None:
    shop.hosted = replace(shop.hosted, manuals=(Manual("guides/a/", "指南"),))


def finished_file(shop: Workshop) -> None:
    (shop.hosted.rendered / "more.html").write_text("<!doctype html>")
    (shop.root / "static/more.txt").write_text("示例")


def style(shop: Workshop) -> None:
    (shop.hosted.templates / "liaison/assets/more.css").write_text("p { color: red }")


@pytest.mark.parametrize("change", [guide, finished_file, style])
def test_what_no_record_page_shows_changes_none(
    change: Callable[[Workshop], None], built: Workshop, watch: Watch
) -> None:
    """Guides stand on the ways in; files of the host and of `static/` are copied."""
    change(built)
    tally = built.build()
    assert (watch.codes, watch.regions) == (set(), set())
    built_alike(built, tally)


def test_an_area_changes_the_pages_of_its_stations(built: Workshop, watch: Watch) -> None:
    """Its organ's phone stands on them, and in no directory."""
    small.change(built.root, "stations/lianyuan/area.yml", "0738-0000000", "0738-1111111")
    tally = built.build()
    assert (watch.codes, watch.regions) == (EVERYBODY - MEIJIANGS, set())
    built_alike(built, tally)


def test_a_region_that_comes_to_be_shown_is_linked_from_all_pages_inside(built: Workshop, watch: Watch) -> None:
    """The directory of a town whose last station closes is gone, and no page in it leads there any more."""
    small.change(built.root, f"{LANTIAN}/station.yml", "status: active", "status: closed")
    small.change(built.root, f"{BAIMA}/station.yml", "431382200", "431382001")
    built.build()
    watch.forget()
    small.change(built.root, f"{BAIMA}/station.yml", "431382001", "431382200")
    tally = built.build()
    assert not (built.out / urls.file(urls.region(SUBDISTRICT))).exists()
    assert watch.codes == BAIMAS | LANTIANS
    built_alike(built, tally)


def test_a_group_that_sounds_like_another_changes_where_both_are_linked(built: Workshop, watch: Watch) -> None:
    """Addresses of groups depend on which others there are in the county, in whatever part."""
    small.change(built.root, f"{BAIMA}/deputies/li.yml", "status:", "groups: [公益组]\nstatus:")
    small.change(built.root, f"{XINHUA}/meijiang/deputies/an.yml", "status:", "groups: [公益组]\nstatus:")
    built.build()
    watch.forget()
    small.change(built.root, ZENG, "法治乡村建设代表专业小组", "工艺组")
    tally = built.build()
    assert watch.codes == EVERYBODY - MEIJIANGS
    assert watch.regions == IN_COUNTY
    built_alike(built, tally)


def test_a_new_day_leaves_pages_that_come_out_equal_alone(built: Workshop) -> None:
    """They are made again, since dates may have passed, and not written."""
    built.today += timedelta(days=1)
    before = {path: (built.out / path).stat().st_mtime_ns for path in contents(built.out)}
    tally = built.build()
    assert tally.written == 0
    assert {path: (built.out / path).stat().st_mtime_ns for path in contents(built.out)} == before
    built_alike(built, tally)
