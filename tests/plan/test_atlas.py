from hypothesis import given, settings
from hypothesis import strategies as st
from listings import atlas_of

from liaison.model.regions import Region
from liaison.model.register import Register
from liaison.model.stations import Place
from liaison.plan.atlas import Atlas
from support.registers import (
    CITY,
    COUNTY,
    FAR_TOWN,
    OTHER_COUNTY,
    OTHER_TOWN,
    PROVINCE,
    REGIONS,
    TOWN,
    VILLAGE,
    deputy,
    reception,
    register,
    station,
)

GENTLE = settings(deadline=None, database=None)
ALL = (PROVINCE, CITY, COUNTY, OTHER_COUNTY, TOWN, OTHER_TOWN, FAR_TOWN)


def codes(regions: tuple[Region, ...]) -> list[str]:
    return [one.code for one in regions]


def counts(found: Register) -> dict[str, int]:
    atlas = atlas_of(found)
    return {region: atlas.count_deputies(region) for region in ALL}


def posts(atlas: Atlas, region: str) -> list[str]:
    return [one.code for one in atlas.posts(region)]


def posts_inside(atlas: Atlas, region: str) -> list[str]:
    """Those of the region itself and of all regions inside."""
    return posts(atlas, region) + [code for one in atlas.subregions(region) for code in posts_inside(atlas, one.code)]


def roll(atlas: Atlas, region: str) -> list[str]:
    return [one.code for one in atlas.roll(region)]


def test_a_person_at_two_stations_of_a_county_counts_once() -> None:
    """一人多职按一人计: once in each township, once in county, city and province."""
    found = register(
        [station("A", TOWN), station("B", OTHER_TOWN), station("C", OTHER_TOWN)],
        {"A": [deputy("D", also_at=("B", "C"))]},
    )
    assert counts(found) == dict.fromkeys(ALL, 1) | {OTHER_COUNTY: 0, FAR_TOWN: 0}


def test_a_person_at_stations_of_two_counties_counts_once_in_the_city() -> None:
    """And stands on the rolls of both counties."""
    found = register([station("A", TOWN), station("B", FAR_TOWN)], {"A": [deputy("D", also_at=("B",))]})
    assert counts(found) == dict.fromkeys(ALL, 1) | {OTHER_TOWN: 0}
    atlas = atlas_of(found)
    assert {region: roll(atlas, region) for region in atlas.rolls} == {COUNTY: ["D"], OTHER_COUNTY: ["D"]}
    assert atlas.count_on_roll(COUNTY) == atlas.count_on_roll(OTHER_COUNTY) == 1


def test_closed_and_merged_stations_are_left_out() -> None:
    """They have no place in a directory, and who is only there is on no roll."""
    found = register(
        [
            station("A", TOWN, status="closed"),
            station("B", TOWN, status="merged", merged_into="C"),
            station("C", FAR_TOWN),
        ],
        {"A": [deputy("1"), deputy("2", also_at=("C",))], "B": [deputy("3")], "C": [deputy("4")]},
    )
    atlas = atlas_of(found)
    assert codes(atlas.regions()) == [PROVINCE, CITY, OTHER_COUNTY, FAR_TOWN]
    assert posts_inside(atlas, PROVINCE) == ["C"]
    assert atlas.count_stations(PROVINCE) == 1
    assert roll(atlas, OTHER_COUNTY) == ["2", "4"]
    assert atlas.count_deputies(PROVINCE) == 2
    assert atlas.roll(COUNTY) == ()
    assert list(atlas.rolls) == [OTHER_COUNTY]


def test_a_station_being_upgraded_counts_as_open() -> None:
    """Citizens still go there."""
    atlas = atlas_of(register([station("A", TOWN, status="upgrading")], {"A": [deputy("1")]}))
    assert atlas.count_deputies(TOWN) == 1


def test_former_and_hidden_people_are_on_no_roll() -> None:
    """Nor in any count."""
    people = [deputy(status, status=status) for status in ("active", "paused", "former", "withheld")]
    atlas = atlas_of(register([station("A", TOWN)], {"A": people}))
    assert roll(atlas, COUNTY) == ["active"]
    assert atlas.count_on_roll(COUNTY) == atlas.count_deputies(PROVINCE) == 1
    assert list(atlas.rolls) == [COUNTY]
    assert [one.deputies for one in atlas.posts(TOWN)] == [1]


def test_stations_belong_to_the_innermost_region_that_is_shown() -> None:
    """A station of a village stands with its township; one of the county itself directly with the county."""
    atlas = atlas_of(register([station("A", VILLAGE), station("B", COUNTY)]))
    assert posts(atlas, TOWN) == ["A"]
    assert posts(atlas, COUNTY) == ["B"]
    assert atlas.count_stations(COUNTY) == 2
    assert [one.code for one in atlas.posts_on_roll(COUNTY)] == ["A", "B"]
    assert VILLAGE not in atlas
    assert codes(atlas.subregions(COUNTY)) == [TOWN]


def test_the_roll_is_kept_by_the_county_around_a_station() -> None:
    """Or by the development zone; a station of the city itself stands on the city's own."""
    zone = Region(code="431391", name="经开区", level="功能区", parent=CITY)
    inside = Region(code="431391001", name="大埠街道", level="乡级")
    found = register(
        [station("A", TOWN), station("B", COUNTY), station("C", "431391001"), station("D", CITY)],
        regions=[*REGIONS, zone, inside],
    )
    atlas = atlas_of(found)
    rolls = {region: [one.code for one in atlas.posts_on_roll(region)] for region in (COUNTY, "431391", CITY, PROVINCE)}
    assert rolls == {COUNTY: ["A", "B"], "431391": ["C"], CITY: ["D"], PROVINCE: []}


def test_the_home_region_cuts_off_what_lies_around_it() -> None:
    """A county's site shows no city and no province."""
    atlas = atlas_of(register([station("A", TOWN)], {"A": [deputy("1")]}, home_region=COUNTY))
    assert codes(atlas.regions()) == [COUNTY, TOWN]
    assert atlas.top == COUNTY
    assert codes(atlas.areas()) == [TOWN]


def test_the_site_of_one_township_keeps_its_own_roll() -> None:
    """Nothing but the township is shown, and its deputies stand on its roll."""
    found = register([station("A", VILLAGE)], {"A": [deputy("1")]}, home_region=TOWN)
    atlas = atlas_of(found)
    assert codes(atlas.regions()) == [TOWN]
    assert [one.code for one in atlas.posts_on_roll(TOWN)] == ["A"]
    assert roll(atlas, TOWN) == ["1"]
    assert codes(atlas.areas()) == [TOWN]


def test_a_village_that_lies_in_nothing_stands_for_itself() -> None:
    """No rule asks that the township be on file, so nothing may break."""
    village = Region(code=VILLAGE, name="玉峰社区", level="村级")
    found = register([station("A", VILLAGE)], {"A": [deputy("1")]}, regions=[village], home_region=VILLAGE)
    atlas = atlas_of(found)
    assert codes(atlas.regions()) == [VILLAGE]
    assert roll(atlas, VILLAGE) == ["1"]


def test_a_site_without_open_stations_has_no_regions() -> None:
    """And no top; the home page offers nothing."""
    atlas = atlas_of(register([station("A", status="closed")]))
    assert (atlas.regions(), atlas.top, atlas.areas()) == ((), None, ())


def test_where_the_home_region_is_empty_the_outermost_shown_is_the_top() -> None:
    """Stations of another county than the home region still have a way in."""
    atlas = atlas_of(register([station("A", FAR_TOWN)], home_region=COUNTY))
    assert atlas.top == PROVINCE


def test_a_roll_goes_by_the_reading_of_names() -> None:
    """曾 under Z, 单 under S; equal readings by the characters; unreadable names last; `pinyin` decides."""
    names = {"1": "曾示例", "2": "单示例", "3": "\ue000示例", "4": "王示例", "5": "山示例", "6": "哈示例"}
    people = [deputy(code, name, pinyin="a shili" if code == "6" else None) for code, name in names.items()]
    atlas = atlas_of(register([station("A", TOWN)], {"A": people}))
    assert roll(atlas, COUNTY) == ["6", "2", "5", "4", "1", "3"]
    assert atlas.roll(COUNTY) == atlas.roll(COUNTY)


def test_villages_are_counted_with_the_stations_that_serve_them() -> None:
    """Those of open stations, in every region around; a list stands where the roll does, if there is one to list."""
    served = (Place(name="玉峰社区"), Place(name="石桥村"))
    atlas = atlas_of(
        register(
            [
                station("A", VILLAGE, covers=served),
                station("B", OTHER_TOWN, covers=served[:1]),
                station("C", TOWN, covers=served, status="closed"),
                station("D", FAR_TOWN),
            ]
        )
    )
    found = {region: atlas.count_covers(region) for region in ALL}
    assert found == dict.fromkeys(ALL, 3) | {TOWN: 2, OTHER_TOWN: 1, OTHER_COUNTY: 0, FAR_TOWN: 0}
    assert atlas.places == {COUNTY}


def test_who_holds_a_value_stands_in_the_order_of_the_roll() -> None:
    """Levels, specialties and groups, each person once, also where a record names a value twice."""
    people = [
        deputy("1", "王示例", specialties=("教育",), groups=("甲",)),
        deputy("2", "安示例", specialties=("教育", "教育"), groups=("乙",)),
        deputy("3", "李示例", groups=("甲",)),
    ]
    atlas = atlas_of(register([station("A", TOWN)], {"A": people}))
    assert [one.code for one in atlas.holders(COUNTY, "specialty", "教育")] == ["2", "1"]
    assert [one.code for one in atlas.holders(COUNTY, "group", "甲")] == ["3", "1"]
    assert [one.code for one in atlas.holders(COUNTY, "level", "县级")] == ["2", "3", "1"]
    assert atlas.holders(COUNTY, "group", "丙") == atlas.holders(OTHER_COUNTY, "group", "甲") == ()
    assert atlas.rolls[COUNTY].values["specialty"] == {"教育": 2}


def test_the_first_receptions_are_those_inside_the_top() -> None:
    """Of stations that no shown region connects with the home region the home page says nothing."""
    far = station("B", FAR_TOWN, receptions=(reception("每月9日"),))
    near = station("A", TOWN, receptions=(reception("每月15日"),))
    inside = atlas_of(register([near, far], home_region=COUNTY)).first()
    assert {one.station.code for one in inside} == {"A"}
    assert len(inside) == 5
    everywhere = atlas_of(register([near, far])).first()
    assert [one.station.code for one in everywhere] == ["B", "A", "B", "A", "B"]


STATIONS = ("A", "B", "C", "D", "E")
PLACES = st.sampled_from([PROVINCE, CITY, COUNTY, TOWN, OTHER_TOWN, FAR_TOWN, VILLAGE])
PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(STATIONS),
        st.lists(st.sampled_from(STATIONS), max_size=3),
        st.sampled_from(["active", "active", "active", "former", "paused", "withheld"]),
    ),
    max_size=12,
)


@settings(GENTLE)
@given(st.fixed_dictionaries(dict.fromkeys(STATIONS, PLACES)), st.sets(st.sampled_from(STATIONS)), PEOPLE)
def test_counts_are_those_of_distinct_people_at_open_stations(
    places: dict[str, str], closed: set[str], people: list[tuple[str, list[str], str]]
) -> None:
    """Counted again from the codes of the regions, which name what they lie in."""
    stations = [station(code, at, status="closed" if code in closed else "active") for code, at in places.items()]
    at_home: dict[str, list[object]] = {}
    for number, (home, also_at, status) in enumerate(people):
        at_home.setdefault(home, []).append(deputy(str(number), also_at=tuple(also_at), status=status))
    atlas = atlas_of(register(stations, at_home))  # type: ignore[arg-type]
    for region in ALL:
        there = {code for code, at in places.items() if at.startswith(region) and code not in closed}
        seated = [status == "active" and bool(there & {home, *also_at}) for home, also_at, status in people]
        assert atlas.count_deputies(region) == sum(seated)
        assert atlas.count_stations(region) == len(there)
