import json
from datetime import date

import pytest
from rendering import QR, planned, shown

from liaison.model.stations import (
    Area,
    Channel,
    Guest,
    Hours,
    Location,
    Organ,
    Place,
    Staff,
    Station,
    StationStatus,
)
from liaison.plan import urls
from liaison.plan.pages import Plan
from liaison.render.pages.station import station_view
from liaison.render.pages.views import Link, StationView
from support.registers import COUNTY, TODAY, TOWN, clock, code, deputy, reception, register, station

ONE, TWO, THREE = code(1), code(2), code(3)
WEEKDAYS = ("周一", "周二", "周三", "周四", "周五")
AREA = Area(
    region=COUNTY,
    organs=(Organ(name="涟源市人大常委会", kind="常委会", region=COUNTY, phone="0738-4420000"),),
    channels=(Channel(kind="留言平台", label="市里的留言", url="https://example.gov.cn/write"),),
)
FULL = {
    "phone": "0738-1110000",
    "location": Location(lng=111.8123, lat=27.7012, crs="gcj02"),
    "hours": (Hours(days=WEEKDAYS, from_=clock("09:00"), to=clock("17:00")),),
    "covers": (Place(name="玉峰社区", formerly=("石桥村",), includes=("北岸小区", "大屋场")),),
    "staff": (Staff(role="站长", name="王示例"),),
    "receptions": (reception(guests=(Guest(role="法官"),)),),
    "checkin_url": "https://example.gov.cn/checkin",
    "channels": (Channel(kind="来信", address="三甲乡政府"),),
}


def plan_of(*stations: Station, today: date = TODAY, area: Area = AREA) -> Plan:
    people = {stations[0].code: [deputy(code(10), "曾示例"), deputy(code(11), "旧示例", status="former")]}
    return planned(register(stations, people, area=area), today)


def view(*stations: Station, today: date = TODAY, area: Area = AREA) -> StationView:
    return station_view(plan_of(*stations, today=today, area=area), stations[0].code, QR)


def facts(found: StationView) -> dict[str, list[str]]:
    return {label: [one.text for one in links] for label, links in found.facts}


def test_an_open_station_shows_all_there_is() -> None:
    """Hours, receptions, phone, way, channels, people, villages, staff."""
    found = view(station(ONE, landmark="社区广场旁", access="有坡道", **FULL))
    assert found.lead == "党群服务中心一楼 · 社区广场旁 · 有坡道"
    assert found.banner is None
    assert found.hours is not None
    assert found.hours.words == ("周一至周五 上午9:00—下午5:00",)
    assert len(found.receptions.dates) == 6
    assert [one.text for one in found.maps] == ["高德地图", "腾讯地图"]
    assert [one.name for one in found.deputies] == ["曾示例"]
    assert [(one.name, one.note) for one in found.covers] == [("玉峰社区", "原石桥村；含北岸小区、大屋场")]
    assert facts(found) == {
        "工作人员": ["站长：王示例"],
        "主管机构": ["涟源市人大常委会"],
        "扫码签到": ["到站后点这里签到"],
    }
    assert found.verified == "2026年10月1日"


def test_a_station_with_the_least_there_can_be() -> None:
    """No empty heading, no dash: what is not written is not there."""
    found = view(station(ONE, short_name=None), area=Area(region=COUNTY))
    assert (found.hours, found.phone, found.message, found.maps, found.channels, found.covers, found.facts) == (
        *(None, None, None),
        *((), (), (), ()),
    )
    assert found.report is None
    text = shown(plan_of(station(ONE, short_name=None), area=Area(region=COUNTY)), "station", ONE).text
    assert "None" not in text
    assert not [word for word in ("打电话", "联系渠道", "服务范围", "接待日期", "本站信息") if word in text]


def test_a_merged_station_leads_to_where_its_work_went() -> None:
    """Over several steps to the last one; nothing of its own that no longer holds."""
    old = station(ONE, status="merged", merged_into=TWO, **FULL)
    found = view(old, station(TWO, status="merged", merged_into=THREE), station(THREE))
    assert found.banner is not None
    assert found.banner.words == f"本站已并入{THREE}人大代表联络站，请到新站反映情况。"
    assert found.banner.links == (Link(text=f"{THREE}站", path=urls.station(THREE)),)


@pytest.mark.parametrize(("status", "into"), [("merged", TWO), ("closed", None)])
def test_a_station_that_is_gone_offers_nothing_that_no_longer_holds(status: StationStatus, into: str | None) -> None:
    """No hours, dates, way, people, staff, check-in or villages; the phone is that of the organ above."""
    found = view(station(ONE, status=status, merged_into=into, **FULL), station(TWO))
    assert found.hours is None
    assert (found.receptions.rules, found.receptions.dates) == ((), ())
    assert (found.maps, found.channels, found.deputies, found.covers) == ((), (), (), ())
    assert list(facts(found)) == ["主管机构"]
    assert found.phone is not None
    assert (found.phone.shown, found.phone.whose) == ("0738-4420000", "涟源市人大常委会")
    page = shown(plan_of(station(ONE, status=status, merged_into=into, **FULL), station(TWO)), "station", ONE)
    assert "0738-1110000" not in page.text
    assert "怎么去" not in page.text


def test_a_closed_station_leads_to_the_stations_nearby() -> None:
    """The directory of the innermost region that still has one."""
    found = view(station(ONE, TOWN, status="closed"), station(TWO, COUNTY))
    assert found.banner is not None
    assert found.banner.words == "本站已停止使用。附近的联络站见下面的目录。"
    assert found.banner.links == (Link(text="涟源市", path=urls.region(COUNTY)),)


def test_a_station_being_upgraded_is_open_and_says_so() -> None:
    """It asks to call first, and shows everything else."""
    found = view(station(ONE, status="upgrading", **FULL))
    assert found.banner is not None
    assert found.banner.words == "本站正在升级改造，来之前请先打电话。"
    assert found.hours
    assert found.deputies
    assert found.maps


@pytest.mark.parametrize(
    ("number", "shown_number", "whose"),
    [("0738-1110000", "0738-1110000", "站"), (None, "0738-4420000", "涟源市人大常委会")],
)
def test_the_phone_is_the_stations_or_else_the_organs(number: str | None, shown_number: str, whose: str) -> None:
    """And says whose it is; the link holds digits only."""
    found = view(station(ONE, phone=number)).phone
    assert found is not None
    assert (found.shown, found.tel, found.whose) == (shown_number, shown_number.replace("-", ""), whose)


def test_the_message_button_is_the_first_channel_that_can_be_written_to() -> None:
    """A channel with an address on the web; the hotline and a postal address are none."""
    channels = (
        Channel(kind="12345"),
        Channel(kind="来信", address="三甲乡政府"),
        Channel(kind="留言平台", url="https://example.gov.cn/here", hours="全天", reply_within="5个工作日"),
    )
    found = view(station(ONE, channels=channels))
    assert found.message is not None
    assert (found.message.url, found.message.label) == ("https://example.gov.cn/here", "网上留言")
    assert found.message.promise == "全天；5个工作日内答复"
    assert [(one.label, one.phone.tel if one.phone else "", one.warns) for one in found.channels] == [
        ("政务服务便民热线", "12345", False),
        ("写信", "", True),
        ("网上留言", "", True),
    ]


def test_who_comes_from_another_station_is_marked() -> None:
    """来站: their home is elsewhere."""
    people = {TWO: [deputy(code(10), "单示例", also_at=(ONE,))], ONE: [deputy(code(11), "曾示例")]}
    plan = planned(register([station(ONE), station(TWO)], people))
    assert [(one.name, one.tag) for one in station_view(plan, ONE, QR).deputies] == [("曾示例", ""), ("单示例", "来站")]


def test_the_hours_for_the_script_know_the_holidays_that_are_announced() -> None:
    """Weekdays by number; days off and worked from the year's first day; how far the arrangement reaches."""
    hours = view(station(ONE, **FULL), today=date(2026, 12, 8)).hours
    assert hours is not None
    data = json.loads(hours.data)
    assert data["hours"] == [[[1, 2, 3, 4, 5], "09:00", "17:00"]]
    assert data["until"] >= "2026-12-31"
    assert "2026-10-01" in data["off"]
    assert "2026-10-10" in data["work"]
    assert all("2026-01-01" <= day <= data["until"] for day in data["off"] + data["work"])


def test_in_a_year_nobody_announced_the_script_knows_no_holidays() -> None:
    """It may then say open only with the reservation that the date carries."""
    hours = view(station(ONE, **FULL), today=date(2083, 5, 3)).hours
    assert hours is not None
    data = json.loads(hours.data)
    assert (data["off"], data["work"], data["until"]) == ([], [], "2082-12-31")


def test_stations_above_and_below_are_named_while_they_are_open() -> None:
    """A parent that closed is no way on."""
    home, below = station(ONE, kind="代表之家"), station(TWO, parent=ONE)
    shut = station(THREE, parent=ONE, status="closed")
    assert facts(view(home, below, shut))["下设"] == [f"{TWO}站"]
    assert facts(view(below, home))["上级站"] == [f"{ONE}站"]
    assert "上级站" not in facts(view(station(TWO, parent=THREE), station(THREE, status="closed")))
