"""Small registers made by hand: what a test does not care about is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from liaison.model.codes import ALPHABET, check_symbol
from liaison.model.deputies import CongressLevel, Deputy, Mandate
from liaison.model.regions import Region, RegionTree
from liaison.model.register import Register
from liaison.model.site import Site
from liaison.model.stations import Area, Reception, Station
from liaison.model.workdays import Workdays

TODAY = date(2026, 12, 8)
"""A Tuesday near the end of the term; holidays of the year are announced."""

PROVINCE, CITY, COUNTY, OTHER_COUNTY = "43", "4313", "431382", "431321"
TOWN, OTHER_TOWN, FAR_TOWN = "431382200", "431382101", "431321100"
VILLAGE = "431382200001"

REGIONS = (
    Region(code=PROVINCE, name="湖南省", level="省级"),
    Region(code=CITY, name="娄底市", level="市级"),
    Region(code=COUNTY, name="涟源市", level="县级"),
    Region(code=OTHER_COUNTY, name="双峰县", level="县级"),
    Region(code=TOWN, name="三甲乡", level="乡级"),
    Region(code=OTHER_TOWN, name="安平镇", level="乡级"),
    Region(code=FAR_TOWN, name="永丰镇", level="乡级"),
    Region(code=VILLAGE, name="玉峰社区", level="村级"),
)

SITE = Site(name="示例联络站", url="https://example.gov.cn/zt/", home_region=PROVINCE)


def code(number: int) -> str:
    """A valid code of its own for each number."""
    six = ""
    for _ in range(5):
        number, place = divmod(number, len(ALPHABET))
        six += ALPHABET[place]
    return (whole := f"B{six}") + check_symbol(whole)


def station(code: str, region: str = TOWN, **more: Any) -> Station:
    """An open station."""
    usual: dict[str, Any] = {
        "name": f"{code}人大代表联络站",
        "short_name": f"{code}站",
        "kind": "联络站",
        "address": "党群服务中心一楼",
        "status": "active",
        "verified_on": date(2026, 10, 1),
    }
    return Station(code=code, region=region, **usual | more)


def mandate(
    level: CongressLevel = "县级",
    region: str = COUNTY,
    *,
    start: str = "2021-12-20",
    end: str | None = None,
    **more: Any,
) -> Mandate:
    """A seat; without an end it goes on."""
    until = date.fromisoformat(end) if end else None
    usual = {"congress": f"{region}第十八届人民代表大会"}
    return Mandate(level=level, region=region, start=date.fromisoformat(start), end=until, **usual | more)


def deputy(code: str, name: str = "李示例", **more: Any) -> Deputy:
    """A deputy in office."""
    usual: dict[str, Any] = {"gender": "女", "mandates": (mandate(),), "status": "active"}
    return Deputy(code=code, name=name, verified_on=date(2026, 10, 1), **usual | more)


def clock(text: str) -> time:
    """A time of day from `HH:MM`."""
    return time.fromisoformat(text)


def reception(rule: str = "每月15日", start: str = "09:00", end: str = "11:30", **more: Any) -> Reception:
    """A regular reception in the morning."""
    return Reception(rule=rule, from_=clock(start), to=clock(end), **more)


def register(
    stations: Sequence[Station],
    deputies: Mapping[str, Sequence[Deputy]] | None = None,
    *,
    area: Area | None = None,
    regions: Sequence[Region] = REGIONS,
    photos: Mapping[str, str] | None = None,
    **site: Any,
) -> Register:
    """Stations of one area, deputies by their home station, facts of the site by name."""
    people = [(home, one) for home, found in (deputies or {}).items() for one in found]
    return Register(
        site=replace(SITE, **site),
        regions=RegionTree(regions),
        workdays=Workdays(),
        areas={"area": area or Area(region=PROVINCE)},
        stations={one.code: one for one in stations},
        deputies={one.code: one for _, one in people},
        area_of={one.code: "area" for one in stations},
        home_of={one.code: home for home, one in people},
        photos=photos or {},
    )
