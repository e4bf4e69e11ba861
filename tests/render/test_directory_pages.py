from datetime import date

import pytest
from rendering import pages_of, planned, renderer, shown

from liaison.model.stations import Place
from liaison.plan import urls
from liaison.plan.pages import Plan
from liaison.render.pages import directory
from liaison.render.pages.front import entry_view, home_view, map_view
from liaison.render.pages.views import Link
from support.registers import (
    CITY,
    COUNTY,
    FAR_TOWN,
    OTHER_COUNTY,
    OTHER_TOWN,
    PROVINCE,
    TODAY,
    TOWN,
    VILLAGE,
    code,
    deputy,
    mandate,
    reception,
    register,
    station,
)

A, B, C, D = code(1), code(2), code(3), code(4)


def places(*names: str) -> tuple[Place, ...]:
    return tuple(Place(name=name) for name in names)


def plan_of(today: date = TODAY) -> Plan:
    """Two stations in townships of one county, one of the city itself, one in another county."""
    people = {
        A: [deputy(code(11), "曾示例", also_at=(B,), groups=("法治组",), mandates=(mandate(end="2026-12-31"),))],
        C: [deputy(code(12), "单示例", mandates=(mandate(end="2026-12-31"),))],
    }
    stations = [
        station(A, VILLAGE, covers=places("玉峰社区", "石桥村", "大屋村", "小屋村"), receptions=(reception(),)),
        station(B, OTHER_TOWN, covers=places("安平村")),
        station(C, CITY, covers=places("城里社区")),
        station(D, FAR_TOWN, status="closed", covers=places("关了村")),
    ]
    return planned(register(stations, people), today)


def texts(links: tuple[Link, ...]) -> list[tuple[str, str]]:
    return [(one.text, one.note) for one in links]


def test_a_region_shows_what_lies_in_it_and_counts_people_once() -> None:
    """One person at two stations of the county; the city's own station stands apart from its counties."""
    plan = plan_of()
    city, county = directory.region_view(plan, CITY), directory.region_view(plan, COUNTY)
    assert (city.lead, county.lead) == (
        "3个联络站 · 2位代表（一人多职按一人计）",
        "2个联络站 · 1位代表（一人多职按一人计）",
    )
    assert texts(city.subregions) == [("涟源市", "2个站 · 1位代表")]
    assert [(group.title, [row.path for row in group.stations]) for group in city.groups] == [
        ("本级联络站", [urls.station(C)])
    ]
    assert texts(county.subregions) == [("安平镇", "1个站 · 1位代表"), ("三甲乡", "1个站 · 1位代表")]
    assert county.groups == ()
    assert [link.text for link in county.crumbs] == ["湖南省", "娄底市"]


def test_a_station_in_a_list_says_when_and_whom_it_serves() -> None:
    """Next date, rule, how many deputies, and the first three villages."""
    (group,) = directory.region_view(plan_of(), TOWN).groups
    (row,) = group.stations
    assert (row.rule, row.deputies, row.covers) == ("每月15日接待", 1, "玉峰社区、石桥村、大屋村等4个村（社区）")
    assert row.next is not None
    assert row.next.iso == "2026-12-15"


@pytest.mark.parametrize("today", [date(2026, 12, 31), date(2027, 1, 1)])
def test_ways_lead_only_to_pages_that_are_there(today: date) -> None:
    """Also on the day after all mandates ended, when no list by level is made (换届)."""
    plan = plan_of(today)
    paths = {page.path for page in pages_of(plan)}
    ways = directory.ways(plan, COUNTY, urls.region(COUNTY))
    assert [one.text for one in ways][:3] == ["联络站", "村（社区）名录", "代表名册"]
    assert ("按级别" in [one.text for one in ways]) == (today.year == 2026)
    assert {one.path for one in ways if one.path is not None} <= paths
    assert ways[0].path is None


def test_a_region_without_roll_and_villages_offers_no_ways() -> None:
    """One way is none."""
    assert directory.ways(plan_of(), TOWN, urls.region(TOWN)) == ()


def test_villages_stand_by_township_and_lead_to_their_station() -> None:
    """Old names and hamlets beside them; closed stations serve nobody."""
    found = directory.villages_view(plan_of(), COUNTY)
    assert [(group.title, [one.text for one in group.places]) for group in found.groups] == [
        ("三甲乡", ["玉峰社区", "石桥村", "大屋村", "小屋村"]),
        ("安平镇", ["安平村"]),
    ]
    assert found.groups[0].places[0] == Link(text="玉峰社区", path=urls.station(A), note=f"三甲乡 · {A}站")


def test_villages_of_a_city_are_those_of_its_own_stations() -> None:
    """Each county has its own list; the city's does not repeat them all."""
    found = directory.villages_view(plan_of(), CITY)
    assert [one.text for group in found.groups for one in group.places] == ["城里社区"]


def test_every_village_is_on_exactly_one_list() -> None:
    """Of all lists of the site together."""
    plan = plan_of()
    listed = [
        one.text
        for region in sorted(plan.places)
        for group in directory.villages_view(plan, region).groups
        for one in group.places
    ]
    assert sorted(listed) == sorted(["玉峰社区", "石桥村", "大屋村", "小屋村", "安平村", "城里社区"])


def crowd(count: int, surname: str) -> list[tuple[str, str]]:
    return [(code(100 + ord(surname) % 7 * 1000 + number), f"{surname}示{number}") for number in range(count)]


def big() -> Plan:
    people = [deputy(key, name) for key, name in (*crowd(210, "赵"), *crowd(3, "\ue000"), *crowd(40, "安"))]
    return planned(register([station(A)], {A: people}))


def test_the_pages_of_a_long_roll_name_each_other() -> None:
    """Letters with how many stand there; the present one has no link; people without a reading under 其他."""
    plan = big()
    path = urls.roll(COUNTY, "Z")
    found = directory.roll_view(plan, COUNTY, path)
    assert texts(found.pages) == [("A", "40位"), ("Z", "200位"), ("Z2", "10位"), ("其他", "3位")]
    assert [one.path for one in found.pages] == [
        urls.roll(COUNTY, "A"),
        None,
        urls.roll(COUNTY, "Z", 2),
        urls.roll(COUNTY, "other"),
    ]
    assert [(group.title, group.anchor, len(group.people)) for group in found.groups] == [("Z", "Z", 200)]
    assert found.lead == "共253位代表，按姓氏读音排列。"


def test_the_entrance_of_a_long_roll_lists_letters_and_nobody() -> None:
    """Its address is that of the whole roll; the last page has those nobody can read."""
    plan = big()
    entrance = directory.roll_view(plan, COUNTY, "")
    assert entrance.groups == ()
    assert all(one.path for one in entrance.pages)
    last = directory.roll_view(plan, COUNTY, urls.roll(COUNTY, "other"))
    assert [(group.title, group.anchor) for group in last.groups] == [("其他", "other")]


def test_a_short_roll_is_one_page_with_its_letters_as_headings() -> None:
    """In the order of the letters, no links to pages."""
    found = directory.roll_view(plan_of(), COUNTY, urls.roll(COUNTY))
    assert found.pages == ()
    assert [(group.title, [row.name for row in group.people]) for group in found.groups] == [("Z", ["曾示例"])]


def test_the_list_of_values_leads_to_each_of_them() -> None:
    """With how many people; the page of a value lists them."""
    plan = plan_of()
    views = directory.views_view(plan, COUNTY, "group")
    assert [(one.text, one.path, one.note) for one in views.subregions] == [
        ("法治组", f"r/{COUNTY}/group/fa-zhi-zu/", "1位代表")
    ]
    view = directory.view_view(plan, COUNTY, "group", "法治组", f"r/{COUNTY}/group/fa-zhi-zu/")
    assert (view.title, view.lead) == ("法治组", "涟源市，共1位代表。")
    assert directory.view_view(plan, COUNTY, "level", "县级", f"r/{COUNTY}/level/county/").title == "县级人大代表"


def test_the_home_page_offers_what_there_is() -> None:
    """Figures over the whole site, each with its way; several rolls and lists lead through the map."""
    found = home_view(plan_of(), ())
    assert [(tile.title, tile.note, tile.path) for tile in found.tiles] == [
        ("联络站", "3个", urls.region(PROVINCE)),
        ("代表", "2人（一人多职按一人计）", "map/#rolls"),
        ("村（社区）名录", "6个村、社区", "map/#villages"),
        ("按编号查找", "海报、门牌上的7位编号", "c/"),
    ]
    assert [one.iso for one in found.coming] == ["2026-12-15", "2027-01-15", "2027-02-15", "2027-03-15", "2027-04-15"]
    assert texts(found.areas) == [("娄底市", "3个站 · 2位代表")]


def test_a_site_that_has_nothing_yet_has_its_ways_in_all_the_same() -> None:
    """No station, no deputy: no empty heading, no figure of people, and no link that leads nowhere."""
    plan = planned(register([station(A, status="closed")]))
    assert [tile.title for tile in home_view(plan, ()).tiles] == ["联络站", "按编号查找"]
    assert entry_view(plan).ways == ()
    assert [title for title, _, _ in map_view(plan, ()).sections] == ["首页与查找"]
    assert shown(plan, "home").all("h1")


def test_the_map_has_every_roll_list_and_county() -> None:
    """Townships are reached through their county."""
    sections = {
        anchor: texts(links)
        for _, anchor, links in map_view(plan_of(), (Link(text="指南", path="guides/a/"),)).sections
    }
    assert [text for text, _ in sections["regions"]] == ["湖南省", "娄底市", "涟源市"]
    assert sections["rolls"] == [("娄底市", "1位代表"), ("涟源市", "1位代表")]
    assert [text for text, _ in sections["villages"]] == ["娄底市", "涟源市"]
    assert sections["guides"] == [("指南", "")]


def test_another_county_without_open_stations_is_nowhere() -> None:
    """An empty column is left out."""
    plan = plan_of()
    render = renderer(plan)
    assert OTHER_COUNTY not in plan.atlas
    for page in pages_of(plan):
        for path, data in render.files(page):
            assert page.key == (D,) or "双峰县".encode() not in data, path
