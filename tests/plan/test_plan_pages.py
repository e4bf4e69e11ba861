import random
from collections import Counter
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.deputies import Deputy, DeputyStatus
from liaison.model.stations import Place
from liaison.plan import pages, urls
from liaison.plan.pages import Chunk, Page, Plan, plan, record_pages
from support.registers import (
    CITY,
    COUNTY,
    FAR_TOWN,
    OTHER_COUNTY,
    PROVINCE,
    TODAY,
    TOWN,
    code,
    deputy,
    mandate,
    register,
    station,
)

GENTLE = settings(deadline=None, database=None, max_examples=40)
SURNAMES = "安陈邓方高黄贾康李马倪欧彭秦任苏唐王向余周"


def crowd(count: int, surnames: str = SURNAMES) -> list[Deputy]:
    draw = random.Random(count)
    return [deputy(code(number), f"{draw.choice(surnames)}示{chr(0x4E00 + number)}") for number in range(count)]


def planned(people: list[Deputy], today: date = TODAY) -> Plan:
    return plan(register([station("A", TOWN)], {"A": people}), today)


def every_page(found: Plan) -> list[Page]:
    """The planned pages, then those of all stations and deputies."""
    return [*found.pages, *record_pages(found.register, found.register.stations, found.register.deputies)]


def of_kind(found: Plan, kind: str) -> list[Page]:
    return [page for page in every_page(found) if page.kind == kind]


def on_page(found: Plan, chunk: Chunk) -> list[str]:
    return [one.code for one in found.atlas.roll(COUNTY)[chunk.first : chunk.first + chunk.count]]


def test_the_pages_of_a_small_site() -> None:
    """Ways in, regions by code, rolls and views of the county, then a page for every code."""
    place = (Place(name="玉峰社区"),)
    found = plan(
        register(
            [station("A", TOWN, covers=place)], {"A": [deputy("D", specialties=("婚姻家庭",))]}, home_region=COUNTY
        ),
        TODAY,
    )
    assert [(page.kind, page.path, page.title) for page in every_page(found)] == [
        ("home", "", "示例联络站"),
        ("entry", "c/", "按编号查找"),
        ("map", "map/", "网站地图"),
        ("region", "r/431382/", "涟源市人大代表联络站"),
        ("region", "r/431382200/", "三甲乡人大代表联络站"),
        ("villages", "r/431382/villages/", "涟源市村（社区）名录"),
        ("roll", "r/431382/deputies/", "涟源市代表名册"),
        ("views", "r/431382/level/", "涟源市代表：按级别"),
        ("view", "r/431382/level/county/", "涟源市代表：县级"),
        ("views", "r/431382/specialty/", "涟源市代表：按领域"),
        ("view", "r/431382/specialty/hun-yin-jia-ting/", "涟源市代表：婚姻家庭"),
        ("station", urls.station("A"), "A人大代表联络站"),
        ("deputy", urls.deputy("D"), "李示例代表"),
    ]


def test_pages_of_records_are_those_that_are_asked_for() -> None:
    """Stations, then deputies, in the order of the codes; the plan itself does not grow with the records."""
    found = register([station("A"), station("B")], {"A": [deputy("D"), deputy("E")]})
    assert [page.key for page in record_pages(found, ["B", "A"], ["E"])] == [("B",), ("A",), ("E",)]
    assert not {"station", "deputy"} & {page.kind for page in plan(found, TODAY).pages}


def test_pages_of_regions_stand_with_the_roll_they_belong_to() -> None:
    """Every page but the three that lead into the site, each with one county, or with itself around counties."""
    stations = [station("A", TOWN, covers=(Place(name="玉峰社区"),)), station("B", FAR_TOWN), station("C", CITY)]
    found = plan(register(stations, {"A": [deputy("D")], "B": [deputy("E", groups=("甲",))]}), TODAY)
    assert [page.kind for page in found.front] == ["home", "entry", "map"]
    inside = {
        region: {page.path.split("/")[1] for page in pages if page.kind == "region"}
        for region, pages in found.by_region.items()
    }
    assert inside == {
        PROVINCE: {PROVINCE},
        CITY: {CITY},
        COUNTY: {COUNTY, TOWN},
        OTHER_COUNTY: {OTHER_COUNTY, FAR_TOWN},
    }
    assert sorted(page.path for pages in (found.front, *found.by_region.values()) for page in pages) == sorted(
        page.path for page in found.pages
    )
    assert [page.path for page in found.by_region[OTHER_COUNTY]][2:] == [
        "r/431321/deputies/",
        "r/431321/level/",
        "r/431321/level/county/",
        "r/431321/group/",
        "r/431321/group/jia/",
    ]


@pytest.mark.parametrize("status", ["paused", "withheld"])
def test_the_page_of_a_hidden_person_is_planned_without_a_name(status: DeputyStatus) -> None:
    """The code's page never dies; nothing in the plan's titles and keys tells who it was."""
    found = planned([deputy("D", "呼延示例", status=status, specialties=("某领域",), groups=("某小组",))])
    (page,) = of_kind(found, "deputy")
    assert page == Page("deputy", urls.deputy("D"), "该代表信息暂不展示", ("D",))
    assert not [one for one in every_page(found) if any(word in str(one) for word in ("呼延", "某领域", "某小组"))]
    assert of_kind(found, "roll") == []


def test_a_former_deputy_keeps_the_page_and_leaves_the_lists() -> None:
    """The title says that the term is over."""
    found = planned([deputy("D", "钟离示例", status="former", groups=("某小组",)), deputy("E", groups=("另一组",))])
    assert [page.title for page in of_kind(found, "deputy")] == ["钟离示例（曾任代表）", "李示例代表"]
    assert list(found.values(COUNTY, "group")) == ["另一组"]
    assert [code for chunk in found.roll_chunks(COUNTY) for code in on_page(found, chunk)] == ["E"]


def test_closed_and_merged_stations_keep_their_pages() -> None:
    """A code on a wall never leads nowhere."""
    stations = [station("A", status="closed"), station("B", status="merged", merged_into="A")]
    found = plan(register(stations), TODAY)
    assert [page.path for page in of_kind(found, "station")] == [urls.station("A"), urls.station("B")]
    assert of_kind(found, "region") == []


def test_a_roll_of_200_is_one_page_and_of_201_one_a_letter() -> None:
    """The limit of one page, exactly."""
    assert [page.path for page in of_kind(planned(crowd(200)), "roll")] == ["r/431382/deputies/"]
    paths = [page.path for page in of_kind(planned(crowd(201)), "roll")]
    assert paths[:3] == ["r/431382/deputies/", "r/431382/deputies/a/", "r/431382/deputies/c/"]
    assert len(paths) == 1 + len({name[0] for name in "acdfghjklmnopqrstwxyz"})


def test_a_long_letter_fills_several_pages_and_those_without_one_stand_last() -> None:
    """Pages of a letter are numbered from the second on; labels are what a citizen reads."""
    people = [
        *crowd(430, "赵周郑"),
        *(deputy(code(1000 + one), f"\ue000示{one}") for one in range(201)),
        deputy(code(1), "安示例"),
    ]
    found = planned(people)
    assert [(chunk.path, chunk.label, chunk.count) for chunk in found.roll_chunks(COUNTY)] == [
        ("r/431382/deputies/a/", "A", 1),
        ("r/431382/deputies/z/", "Z", 200),
        ("r/431382/deputies/z/2/", "Z2", 200),
        ("r/431382/deputies/z/3/", "Z3", 29),
        ("r/431382/deputies/other/", "其他", 200),
        ("r/431382/deputies/other/2/", "其他2", 1),
    ]
    assert [page.title for page in of_kind(found, "roll")][-2:] == ["涟源市代表名册 其他", "涟源市代表名册 其他2"]


@settings(GENTLE)
@given(st.integers(1, 700), st.text(SURNAMES, min_size=1, max_size=6))
def test_every_deputy_stands_on_exactly_one_page_of_the_roll(count: int, surnames: str) -> None:
    """In one order over all pages, none with more than 200; and every page is planned."""
    found = planned(crowd(count, surnames))
    chunks = found.roll_chunks(COUNTY)
    assert [one for chunk in chunks for one in on_page(found, chunk)] == [one.code for one in found.atlas.roll(COUNTY)]
    assert len(found.atlas.roll(COUNTY)) == count
    assert all(0 < len(on_page(found, chunk)) == chunk.count <= 200 for chunk in chunks)
    for chunk in chunks if len(chunks) > 1 else ():
        there = found.atlas.roll(COUNTY)[chunk.first : chunk.first + chunk.count]
        assert {one.reading.initial for one in there} == {chunk.label[0]}
    assert {page.path for page in of_kind(found, "roll")} == {"r/431382/deputies/", *(chunk.path for chunk in chunks)}


def test_a_view_of_many_is_paged_as_well() -> None:
    """Each deputy of the value on exactly one of its pages; the first has no number."""
    found = planned([deputy(code(number), groups=("法治组",)) for number in range(401)])
    chunks = found.view_chunks(COUNTY, "group", "法治组")
    assert [chunk.path for chunk in chunks] == [f"r/431382/group/fa-zhi-zu/{number}" for number in ("", "2/", "3/")]
    assert [(chunk.first, chunk.count) for chunk in chunks] == [(0, 200), (200, 200), (400, 1)]
    assert len(found.atlas.holders(COUNTY, "group", "法治组")) == 401
    assert [page.path for page in of_kind(found, "view") if "group" in page.path] == [chunk.path for chunk in chunks]


def test_views_list_every_value_the_most_frequent_first() -> None:
    """A value named twice in a record counts once; ties by the words themselves; no page for a sort without values."""
    people = [
        deputy("1", specialties=("教育", "婚姻", "教育")),
        deputy("2", specialties=("婚姻",)),
        deputy("3", specialties=("宅基地",)),
        deputy("4"),
    ]
    found = planned(people)
    counted = found.values(COUNTY, "specialty")
    assert list(counted.items()) == [("婚姻", 2), ("宅基地", 1), ("教育", 1)]
    listed = {value: [one.code for one in found.atlas.holders(COUNTY, "specialty", value)] for value in counted}
    assert listed == {"婚姻": ["1", "2"], "宅基地": ["3"], "教育": ["1"]}
    assert [page.key[1] for page in of_kind(found, "views")] == ["level", "specialty"]


def test_after_a_term_there_is_no_view_by_level() -> None:
    """When all mandates have ended (换届) the deputies stay on the roll, and no empty view is made."""
    people = [deputy("D", mandates=(mandate(end="2026-12-31"),), groups=("某小组",))]
    found = planned(people, date(2027, 1, 1))
    assert [page.key[1] for page in of_kind(found, "views")] == ["group"]
    assert [one.code for one in found.atlas.roll(COUNTY)] == ["D"]


def test_slugs_of_groups_that_sound_alike_give_pages_of_their_own() -> None:
    """Two groups, two pages, each with its own people."""
    found = planned([deputy("1", groups=("公益组",)), deputy("2", groups=("工艺组",))])
    views = [page for page in of_kind(found, "view") if page.key[1] == "group"]
    assert len({page.path for page in views}) == 2
    assert [[one.code for one in found.atlas.holders(COUNTY, "group", page.key[2])] for page in views] == [["1"], ["2"]]
    assert [found.view_chunks(COUNTY, "group", page.key[2])[0].path for page in views] == [page.path for page in views]


def test_pages_that_share_an_address_stop_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of the program, told before anything is written."""
    monkeypatch.setattr(pages, "slugs", lambda names: dict.fromkeys(names, "same"))
    people = [deputy("1", groups=("甲",)), deputy("2", groups=("乙",))]
    with pytest.raises(ValueError, match=r"two pages share an address.*r/431382/group/same/"):
        planned(people)


@settings(GENTLE)
@given(st.integers(0, 320), st.sampled_from([TOWN, COUNTY, OTHER_COUNTY]), st.integers())
def test_no_two_pages_share_an_address_and_the_same_records_give_the_same_plan(count: int, at: str, seed: int) -> None:
    """Paths are unique, also when case is folded as some disks do; nothing depends on anything but records and day."""
    chance = random.Random(seed)
    values = ["法治", "教育", "公益", "工艺", "医疗 A", "医疗a"]
    people = [
        deputy(code(number), f"{chance.choice(SURNAMES)}示例", groups=tuple(chance.sample(values, 2)), also_at=("B",))
        for number in range(count)
    ]
    found = register([station("A", TOWN), station("B", at)], {"A": people})
    first, again = plan(found, TODAY), plan(found, TODAY)
    assert max(Counter(page.path.casefold() for page in every_page(first)).values()) == 1
    assert first.pages == again.pages
