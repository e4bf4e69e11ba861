"""A register listed in parts, as it is read from the cache, is planned as if it were listed as a whole."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from listings import facts, listed

from liaison.model.regions import Region
from liaison.model.register import Register
from liaison.model.stations import Place
from liaison.plan.pages import plan
from support.registers import (
    CITY,
    COUNTY,
    FAR_TOWN,
    OTHER_TOWN,
    PROVINCE,
    REGIONS,
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

GENTLE = settings(deadline=None, database=None)
ZONE, INSIDE_ZONE = "431391", "431391001"
WITH_ZONE = (
    *REGIONS,
    Region(code=ZONE, name="经开区", level="功能区", parent=CITY),
    Region(code=INSIDE_ZONE, name="大埠街道", level="乡级"),
)
STATIONS = tuple(code(number) for number in range(8))
TODAYS = st.sampled_from([TODAY, date(2027, 1, 1)])
RECEPTIONS = st.lists(
    st.sampled_from([reception("每月15日"), reception("每周四", "14:00", "16:00"), reception("每月第二个周三")]),
    max_size=2,
).map(tuple)


@st.composite
def registers(draw: st.DrawFn) -> Register:
    """Up to eight stations of every status in regions of every level, and people of every status at them."""
    codes = draw(st.lists(st.sampled_from(STATIONS), unique=True, max_size=len(STATIONS)))
    stations = [station(one, **draw(_of_station(codes))) for one in codes]
    at_home: dict[str, list[Any]] = {}
    for number in range(draw(st.integers(0, 12)) if codes else 0):
        home = draw(st.sampled_from(codes))
        at_home.setdefault(home, []).append(deputy(code(100 + number), **draw(_of_deputy(codes))))
    home_region = draw(st.sampled_from([PROVINCE, CITY, COUNTY, TOWN, ZONE]))
    return register(stations, at_home, regions=WITH_ZONE, home_region=home_region)


def _of_station(codes: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {
            "region": st.sampled_from([PROVINCE, CITY, COUNTY, TOWN, VILLAGE, OTHER_TOWN, FAR_TOWN, ZONE, INSIDE_ZONE]),
            "status": st.sampled_from(["active", "active", "active", "upgrading", "closed", "merged"]),
            "covers": st.lists(st.just(Place(name="玉峰社区")), max_size=2).map(tuple),
            "receptions": RECEPTIONS,
            "parent": st.none() | st.sampled_from(codes),
        }
    )


def _of_deputy(codes: list[str]) -> st.SearchStrategy[dict[str, Any]]:
    ending = mandate("乡级", TOWN, end="2026-12-31")
    return st.fixed_dictionaries(
        {
            "name": st.sampled_from(["曾示例", "单示例", "山示例", "\ue000示例", "安示例"]),
            "status": st.sampled_from(["active", "active", "active", "former", "paused", "withheld"]),
            "also_at": st.lists(st.sampled_from(codes), max_size=3).map(tuple),
            "mandates": st.sampled_from([(mandate(),), (ending,), (mandate("省级", PROVINCE), ending)]),
            "specialties": st.lists(st.sampled_from(["教育", "公益", "工艺"]), max_size=3).map(tuple),
            "groups": st.lists(st.sampled_from(["法治", "法制"]), max_size=2).map(tuple),
        }
    )


@settings(GENTLE)
@given(registers(), TODAYS, st.data())
def test_any_parts_in_any_order_give_the_plan_of_the_whole(found: Register, today: date, data: st.DataObject) -> None:
    """The same pages, counts, rolls, rows, values and first receptions, to the order of everything."""
    parts: dict[int, list[str]] = {number: [] for number in range(data.draw(st.integers(1, 5)))}
    for one in data.draw(st.permutations(list(found.stations))):
        parts[data.draw(st.sampled_from(sorted(parts)))].append(one)
    listings = [listed(found, codes, today) for codes in parts.values()]
    assert facts(plan(found, today, listings)) == facts(plan(found, today))


def test_without_any_part_there_is_nothing_to_list() -> None:
    """A site whose last station is gone keeps its ways in."""
    assert facts(plan(register([]), TODAY, [])) == facts(plan(register([]), TODAY))
    assert [page.kind for page in plan(register([]), TODAY, []).pages] == ["home", "entry", "map"]
