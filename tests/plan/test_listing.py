from datetime import date

from listings import listed

from liaison.model.names import reading
from liaison.model.stations import Change, Place
from liaison.plan.listing import COMING, Next, Person, Post, Roll, levels
from support.registers import (
    CITY,
    COUNTY,
    FAR_TOWN,
    OTHER_COUNTY,
    OTHER_TOWN,
    PROVINCE,
    TOWN,
    VILLAGE,
    deputy,
    mandate,
    reception,
    register,
    station,
)


def test_levels_go_from_the_highest_and_count_mandates_not_yet_ended() -> None:
    """A mandate counts on its last day and no longer; one without an end goes on."""
    one = deputy(
        "D",
        mandates=(mandate("乡级", TOWN), mandate("县级", end="2026-12-31"), mandate("全国", "43", end="2026-12-07")),
    )
    assert levels(one, date(2026, 12, 7)) == ("全国", "县级", "乡级")
    assert levels(one, date(2026, 12, 31)) == ("县级", "乡级")
    assert levels(one, date(2027, 1, 1)) == ("乡级",)


def test_a_row_of_a_station_says_what_a_directory_shows() -> None:
    """Address, phone, villages, how many can be met there, rules in words, and the first date that is held."""
    off = (Change(date=date(2026, 12, 15), change="取消", note="换届选举"),)
    here = station(
        "A",
        VILLAGE,
        phone="0738-0000000",
        covers=(Place(name="玉峰社区"),),
        receptions=(
            reception("每月15日", exceptions=off),
            reception("每月20日", "14:00", "16:00"),
            reception("每月15日"),
        ),
    )
    people = {"A": [deputy("1"), deputy("2", status="former")], "B": [deputy("3", also_at=("A",))]}
    found = listed(register([here, station("B", FAR_TOWN)], people))
    (post,) = found.posts[TOWN]
    assert post.next is not None
    assert post == Post(
        order=(0,),
        code="A",
        name="A人大代表联络站",
        label="A站",
        kind="联络站",
        region=VILLAGE,
        address="党群服务中心一楼",
        phone="0738-0000000",
        covers=(Place(name="玉峰社区"),),
        deputies=2,
        rules=("每月15日", "每月20日"),
        next=Next(post.next.occurrence, here.receptions[2].from_, here.receptions[2].to),
    )
    assert post.next.occurrence.held == date(2026, 12, 15)


def test_a_station_without_receptions_has_no_next_one() -> None:
    """Nor one whose receptions are all called off."""
    days = [date(2026, 12, 15), *(date(2027, month, 15) for month in range(1, 8))]
    off = reception("每月15日", exceptions=tuple(Change(date=day, change="取消") for day in days))
    found = listed(register([station("A", TOWN), station("B", TOWN, receptions=(off,))])).posts[TOWN]
    assert [(post.rules, post.next) for post in found] == [((), None), (("每月15日",), None)]


def test_a_row_of_a_person_holds_what_lists_show_and_nothing_else() -> None:
    """Name, reading, levels, and each specialty and group once; no phone, no word of the biography."""
    one = deputy("D", "曾示例", specialties=("教育", "医疗", "教育"), groups=("甲", "甲"), bio="简介", employer="单位")
    found = listed(register([station("A", TOWN)], {"A": [one]}))
    assert found.people[COUNTY] == [
        Person("D", "曾示例", reading("曾示例", None), ("县级",), ("教育", "医疗"), ("甲",))
    ]


def test_people_who_are_not_in_office_are_in_no_row() -> None:
    """Not a word of a hidden or former person gets into what is kept for directories."""
    people = [deputy(status, "呼延示例", status=status) for status in ("paused", "withheld", "former")]
    found = listed(register([station("A", TOWN)], {"A": people}))
    assert (found.people, found.tally.deputies, found.tally.rolls) == ({}, {}, {})
    assert "呼延" not in repr(found)


def test_closed_stations_are_in_no_row() -> None:
    """Nor what they served, nor their receptions; who is only there stands nowhere."""
    closed = [
        station("A", TOWN, status="closed", covers=(Place(name="玉峰社区"),), receptions=(reception(),)),
        station("B", TOWN, status="merged", merged_into="C"),
    ]
    found = listed(register([*closed, station("C", FAR_TOWN)], {"A": [deputy("1")], "B": [deputy("2")]}))
    assert {region: [one.code for one in there] for region, there in found.posts.items()} == {FAR_TOWN: ["C"]}
    assert found.people == {}
    assert found.tally.covers == {FAR_TOWN: 0}
    assert found.tally.first == {PROVINCE: ()}


def test_a_person_is_listed_with_the_home_station_and_counted_wherever_open() -> None:
    """A listing counts those whose home is in it; who comes from elsewhere is counted there."""
    found = register(
        [station("A", TOWN), station("B", FAR_TOWN), station("C", OTHER_TOWN)],
        {"A": [deputy("1", also_at=("B", "C"))], "B": [deputy("2", also_at=("A",))]},
    )
    one, other = listed(found, ["A", "C"]), listed(found, ["B"])
    assert {region: [row.code for row in there] for region, there in one.people.items()} == {
        COUNTY: ["1"],
        OTHER_COUNTY: ["1"],
    }
    assert one.tally.deputies == dict.fromkeys((PROVINCE, CITY, COUNTY, TOWN, OTHER_TOWN, OTHER_COUNTY, FAR_TOWN), 1)
    assert other.tally.deputies == dict.fromkeys((PROVINCE, CITY, COUNTY, TOWN, OTHER_COUNTY, FAR_TOWN), 1)
    assert [row.deputies for row in one.posts[TOWN]] == [2]


def test_figures_of_a_roll_are_those_of_its_rows() -> None:
    """Letters, levels, specialties and groups, each person counted once for each value."""
    people = [
        deputy("1", "安示例", specialties=("教育", "教育"), mandates=(mandate(), mandate("乡级", TOWN))),
        deputy("2", "艾示例", specialties=("教育",), groups=("甲",)),
        deputy("3", "\ue000示例"),
    ]
    roll = listed(register([station("A", TOWN)], {"A": people})).tally.rolls[COUNTY]
    assert (roll.people, roll.letters) == (3, {"A": 2, "#": 1})
    assert roll.values == {"level": {"县级": 3, "乡级": 1}, "specialty": {"教育": 2}, "group": {"甲": 1}}
    assert Roll().values == {"level": {}, "specialty": {}, "group": {}}


def test_no_more_receptions_are_kept_than_the_home_page_lists() -> None:
    """The soonest, by the outermost region around their station."""
    stations = [station(code, TOWN, receptions=(reception("每周四"), reception("每周五"))) for code in "ABC"]
    first = listed(register(stations)).tally.first
    assert list(first) == [PROVINCE]
    assert [one.station.code for one in first[PROVINCE]] == ["A", "B", "C", "A", "B"]
    assert len(first[PROVINCE]) == COMING
