from dataclasses import replace
from itertools import pairwise

import pytest

from liaison.model.register import Register
from liaison.model.stations import Area, Channel, ChannelKind, Organ, Station
from support.registers import (
    COUNTY,
    FAR_TOWN,
    OTHER_COUNTY,
    OTHER_TOWN,
    PROVINCE,
    TOWN,
    VILLAGE,
    deputy,
    register,
    station,
)


def channel(kind: ChannelKind, label: str, received_by: str | None = None) -> Channel:
    return Channel(kind=kind, label=label, received_by=received_by)


def organ(region: str, name: str) -> Organ:
    return Organ(name=name, kind="常委会", region=region)


def listed(found: tuple[tuple[Channel, str], ...]) -> list[tuple[str, str | None, str]]:
    return [(one.kind, one.label, to) for one, to in found]


COMMITTEE = organ(COUNTY, "涟源市人大常委会")
AREA = Area(
    region=COUNTY,
    organs=(COMMITTEE,),
    channels=(
        channel("留言平台", "市里的留言"),
        channel("12345", "热线", "市政务热线中心"),
        channel("来信", "市里的信箱"),
    ),
)


def channels_of(
    *, of_station: tuple[Channel, ...] = (), of_deputy: tuple[Channel, ...] = (), area: Area = AREA
) -> Register:
    return register([station("S", channels=of_station)], {"S": [deputy("D", channels=of_deputy)]}, area=area)


def test_a_station_without_channels_has_those_of_its_area() -> None:
    """Received by whom the channel says, else by the organ."""
    assert listed(channels_of().station_channels("S")) == [
        ("留言平台", "市里的留言", "涟源市人大常委会"),
        ("12345", "热线", "市政务热线中心"),
        ("来信", "市里的信箱", "涟源市人大常委会"),
    ]


def test_a_channel_of_the_station_replaces_the_areas_of_its_kind() -> None:
    """Its own come first; all of the area's of that kind go; the others stay."""
    own = (channel("来信", "站里的信箱"), channel("留言平台", "给本站留言", "站长"), channel("留言平台", "第二个"))
    assert listed(channels_of(of_station=own).station_channels("S")) == [
        ("来信", "站里的信箱", "S站"),
        ("留言平台", "给本站留言", "站长"),
        ("留言平台", "第二个", "S站"),
        ("12345", "热线", "市政务热线中心"),
    ]


def test_a_deputy_has_own_channels_then_those_of_the_home_station() -> None:
    """Kinds of the deputy replace those of station and area alike."""
    of_station = (channel("来信", "站里的信箱"), channel("电话", "站里的电话"))
    of_deputy = (channel("留言平台", "给代表留言"), channel("电话", "代表的电话", "代表本人"))
    found = channels_of(of_station=of_station, of_deputy=of_deputy).deputy_channels("D")
    assert listed(found) == [
        ("留言平台", "给代表留言", "李示例"),
        ("电话", "代表的电话", "代表本人"),
        ("来信", "站里的信箱", "S站"),
        ("12345", "热线", "市政务热线中心"),
    ]


def test_what_the_area_offers_is_received_by_the_organ_of_the_areas_own_region() -> None:
    """Not by the township inside it; where the area names no such organ, by the station."""
    inside = replace(AREA, organs=(organ(TOWN, "三甲乡人大主席团"), COMMITTEE))
    assert channels_of(area=inside).station_channels("S")[0][1] == "涟源市人大常委会"
    for organs in ((organ(TOWN, "三甲乡人大主席团"),), None):
        area = replace(AREA, organs=organs)
        assert [to for _, to in channels_of(area=area).station_channels("S")] == ["S站", "市政务热线中心", "S站"]
    assert channels_of(area=Area(region=COUNTY)).deputy_channels("D") == ()


@pytest.mark.parametrize(
    ("region", "expected"),
    [(TOWN, "乡主席团"), (VILLAGE, "乡主席团"), (OTHER_TOWN, "涟源市人大常委会"), (FAR_TOWN, "娄底市人大常委会")],
)
def test_the_organ_of_the_innermost_region_is_the_stations(region: str, expected: str) -> None:
    """Presidium of the township, else the county's committee, else the city's."""
    organs = (organ("4313", "娄底市人大常委会"), COMMITTEE, organ(TOWN, "乡主席团"), organ(TOWN, "第二个"))
    found = register([station("S", region)], area=Area(region="4313", organs=organs)).organ_for("S")
    assert found is not None
    assert found.name == expected


def test_an_organ_elsewhere_is_better_than_none() -> None:
    """Where no organ's region holds the station the first is taken; without organs there is none."""
    organs = (organ(OTHER_COUNTY, "第一个"), organ(FAR_TOWN, "第二个"))
    found = register([station("S", TOWN)], area=Area(region=PROVINCE, organs=organs)).organ_for("S")
    assert found == organs[0]
    assert register([station("S")]).organ_for("S") is None


def merged(code: str, into: str | None) -> Station:
    return station(code, status="merged", merged_into=into)


def test_the_successor_is_the_end_of_the_chain() -> None:
    """A into B into C: all lead to C; C to itself."""
    found = register([merged("A", "B"), merged("B", "C"), station("C"), station("X")])
    assert [found.successor(one).code for one in "ABCX"] == ["C", "C", "C", "X"]


def test_a_chain_that_leads_nowhere_ends_at_its_last_station() -> None:
    """A code that is on no file is not followed."""
    assert register([merged("A", "B"), merged("B", "GONE")]).successor("A").code == "B"


@pytest.mark.parametrize("way", ["AA", "ABA", "ABCA", "ABCB"])
def test_a_loop_of_successors_ends(way: str) -> None:
    """The rules refuse it; here nothing hangs, and the station found is one of the way."""
    found = register([merged(one, into) for one, into in dict(pairwise(way)).items()])
    assert {found.successor(one).code for one in set(way)} <= set(way)


def test_a_deputy_stands_at_home_first_then_elsewhere() -> None:
    """In the order of the record; the home station is named once, and so is every other."""
    found = register(
        [station("A"), station("B"), station("C")],
        {"B": [deputy("D", also_at=("C", "B", "A", "C"))]},
    )
    assert [one.code for one in found.stations_of("D")] == ["B", "C", "A"]
    for one in "ABC":
        assert [person.code for person in found.deputies_at(one)] == ["D"]


def test_those_at_home_come_before_those_who_come_as_well() -> None:
    """Of every status: what may be shown is decided elsewhere."""
    found = register(
        [station("A"), station("B")],
        {"A": [deputy("1", also_at=("B",)), deputy("2", status="former")], "B": [deputy("3"), deputy("4")]},
    )
    assert [one.code for one in found.deputies_at("B")] == ["3", "4", "1"]
    assert [one.code for one in found.deputies_at("A")] == ["1", "2"]


def test_a_station_that_is_on_no_file_is_left_out() -> None:
    """The rules report it; nothing breaks."""
    found = register([station("A")], {"A": [deputy("D", also_at=("GONE",))]})
    assert [one.code for one in found.stations_of("D")] == ["A"]
    assert found.deputies_at("NEVER") == ()


def test_stations_below_are_those_that_name_the_parent() -> None:
    """In the order of the files; none below a station that nobody names."""
    found = register([station("B", parent="A"), station("A"), station("C", parent="A")])
    assert [one.code for one in found.stations_below("A")] == ["B", "C"]
    assert found.stations_below("B") == ()


def test_a_changed_copy_lists_nobody_twice() -> None:
    """Indexes belong to one register and are made anew for another."""
    found = register([station("A")], {"A": [deputy("D")]})
    copy = replace(found, photos={"D": "photo.jpg"})
    assert [one.code for one in copy.deputies_at("A")] == ["D"]
    assert [one.code for one in found.deputies_at("A")] == ["D"]
