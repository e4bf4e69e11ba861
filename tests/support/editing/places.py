"""Edits of stations and areas: what they say, whom they receive with, where they went."""

from __future__ import annotations

import shutil
from typing import Any

import yaml

from support.editing.desk import Desk, Edit, Record, UnfitError
from support.editing.people import carry

_RULES = ("每月15日", "每月9日、19日", "单月15日", "每月第一周周五", "每月第二个周三", "每周五", "每季度首月10日")
_CHANGES: tuple[dict[str, str], ...] = (
    {"date": "2026-12-15", "change": "取消", "note": "会场另有安排"},
    {"date": "2026-12-15", "change": "改期", "to": "2026-12-17"},
    {"date": "2026-12-24", "change": "加开"},
)
"""What may happen to a reception on the 15th of each month."""


def _told(desk: Desk, station: Record, what: str) -> str:
    return f"{desk.named(station.home)} {what}"


def _reception(desk: Desk, code: str | None = None) -> dict[str, Any]:
    time = {"from": "09:00", "to": desk.chance.choice(("11:30", "12:00"))}
    return {"rule": desk.chance.choice(_RULES), **time, **({"deputies": [code]} if code else {})}


def newcomer(desk: Desk) -> str:
    """A station beside another of the same area, with a deputy of any station at its receptions."""
    beside = desk.pick(desk.stations())
    guest = desk.pick(desk.deputies("active"))
    folder = desk.fresh(beside.home.parent, "new")
    fields = {
        "code": desk.code(),
        "name": f"示例{desk.chance.randrange(1000)}村人大代表联络站",
        "kind": "联络站",
        "region": beside.fields["region"],
        "covers": [f"示例{desk.chance.randrange(1000)}村"],
        "address": "党群服务中心一楼",
        "receptions": [_reception(desk, guest.code)],
        "status": "active",
        "verified_on": "2026-10-01",
    }
    Record(folder / "station.yml", fields).change()
    return f"new station {desk.named(folder)}, receiving with {guest.code}"


def name(desk: Desk) -> str:
    """Another name, long and short: it stands on pages of other areas too."""
    station = desk.pick(desk.stations())
    number = desk.chance.randrange(1000)
    station.change(name=f"第{number}示例人大代表联络站", short_name=desk.chance.choice((None, f"第{number}示例站")))
    return _told(desk, station, f"is called the {number}th")


def way(desk: Desk) -> str:
    """Another address, phone and hours."""
    station = desk.pick(desk.open_stations())
    hours = [{"days": desk.chance.sample(["周一", "周三", "周六"], 2), "from": "08:30", "to": "16:00"}]
    phone = f"0738-{desk.chance.randrange(2_000_000, 9_999_999)}"
    station.change(address=f"示例路{desk.chance.randrange(100)}号", phone=phone, hours=hours, landmark=None)
    return _told(desk, station, f"has the phone {phone}, another address and other hours")


def covers(desk: Desk) -> str:
    """Other villages, so another list of villages."""
    station = desk.pick(desk.stations())
    new = [f"示例{number}村" for number in desk.chance.sample(range(50), desk.chance.randint(0, 3))]
    station.change(covers=[{"name": one, "formerly": [f"旧{one}"]} for one in new] or None)
    return _told(desk, station, f"covers {new}")


def channels(desk: Desk) -> str:
    """Another way to write, which its deputies inherit."""
    station = desk.pick(desk.open_stations())
    channel = {"kind": "信箱", "label": f"第{desk.chance.randrange(100)}号信箱", "address": "门口"}
    station.change(channels=desk.chance.choice(([channel], None)))
    return _told(desk, station, f"has the channel {channel['label']} or none")


def parent(desk: Desk) -> str:
    """Belongs to another station, anywhere; one that belongs to none."""
    station = desk.pick(desk.stations())
    tops = [one for one in desk.stations() if "parent" not in one.fields and one.code != station.code]
    station.change(parent=(new := desk.chance.choice((None, desk.pick(tops).code))))
    return _told(desk, station, f"belongs to {new}")


def rule(desk: Desk) -> str:
    """Receives on other days; nothing is left of exceptions and participants."""
    station = desk.pick(desk.open_stations())
    new = [_reception(desk) for _ in range(desk.chance.randint(0, 2))]
    station.change(receptions=new or None)
    return _told(desk, station, f"receives {[one['rule'] for one in new]}")


def guest(desk: Desk) -> str:
    """A deputy of another area takes part."""
    station = desk.pick(desk.open_stations())
    person = desk.pick(one for one in desk.deputies("active") if one.home.parent != station.home.parent)
    station.change(receptions=[*station.fields.get("receptions", ()), _reception(desk, person.code)])
    return _told(desk, station, f"receives with {person.code} of {desk.named(person.home)}")


def fewer(desk: Desk) -> str:
    """Nobody is named at the receptions any more."""
    station = desk.pick(one for one in desk.open_stations() if one.fields.get("receptions"))
    left = [{key: value for key, value in one.items() if key != "deputies"} for one in station.fields["receptions"]]
    station.change(receptions=left)
    return _told(desk, station, "names nobody at its receptions")


def exception(desk: Desk) -> str:
    """One day of a reception is moved, called off or added."""
    station = desk.pick(desk.open_stations())
    change = desk.chance.choice(_CHANGES)
    held = {**_reception(desk), "rule": "每月15日", "exceptions": [change]}
    station.change(receptions=[*station.fields.get("receptions", ()), held])
    return _told(desk, station, f"has an exception: {change['change']}")


def _merge(desk: Desk, *, near: bool) -> str:
    station = desk.pick(desk.open_stations())
    others = [one for one in desk.open_stations() if one.code != station.code]
    into = desk.pick(one for one in others if (one.home.parent == station.home.parent) == near)
    for person in desk.deputies():
        if person.home == station.home:
            carry(desk, person, into)
    station.change(status="merged", merged_into=into.code)
    return _told(desk, station, f"merges into {desk.named(into.home)}, its deputies move there")


def merge(desk: Desk) -> str:
    """Merges into one of its own area."""
    return _merge(desk, near=True)


def merge_away(desk: Desk) -> str:
    """Merges into one of another area."""
    return _merge(desk, near=False)


def close(desk: Desk) -> str:
    """Closes; whoever is in office goes elsewhere."""
    station = desk.pick(desk.open_stations())
    target = desk.pick(one for one in desk.open_stations() if one.code != station.code)
    for person in desk.deputies("active"):
        if person.home == station.home:
            carry(desk, person, target)
    station.change(status="closed")
    return _told(desk, station, f"closes, its active deputies move to {desk.named(target.home)}")


def reopen(desk: Desk) -> str:
    """A closed or merged one works again, without receptions."""
    station = desk.pick(desk.stations("closed", "merged"))
    station.change(status=desk.chance.choice(("active", "upgrading")), merged_into=None, receptions=None)
    return _told(desk, station, "is open again")


def rename(desk: Desk) -> str:
    """The folder gets another name; nothing inside changes."""
    station = desk.pick(desk.stations())
    station.home.rename(new := desk.fresh(station.home.parent, "renamed"))
    return _told(desk, station, f"is now {new.name}")


def trade_folders(desk: Desk) -> str:
    """Two stations of an area swap their folders."""
    one = desk.pick(desk.stations())
    other = desk.pick(two for two in desk.stations() if two.home.parent == one.home.parent and two.home != one.home)
    spare = desk.fresh(one.home.parent, "spare")
    one.home.rename(spare)
    other.home.rename(one.home)
    spare.rename(other.home)
    return f"{desk.named(one.home)} and {other.home.name} swap names"


def move(desk: Desk) -> str:
    """To another area, where it takes the region of its neighbour."""
    station = desk.pick(desk.stations())
    neighbour = desk.pick(one for one in desk.stations() if one.home.parent != station.home.parent)
    before = _told(desk, station, "moves to")
    station.change(region=neighbour.fields["region"])
    shutil.move(station.home, new := desk.fresh(neighbour.home.parent, "moved"))
    return f"{before} {desk.named(new)}"


def rename_area(desk: Desk) -> str:
    """The folder of an area gets another name."""
    area = desk.pick(desk.areas())
    area.file.parent.rename(new := desk.fresh(desk.at("stations"), "renamed"))
    return f"{desk.named(area.file.parent)} is now {new.name}"


def split_area(desk: Desk) -> str:
    """One station gets an area folder of its own, of the same region."""
    station = desk.pick(desk.stations())
    if len(list(station.home.parent.glob("*/station.yml"))) == 1:
        raise UnfitError
    folder = desk.fresh(desk.at("stations"), "split")
    folder.mkdir()
    shutil.copy(station.home.parent / "area.yml", folder)
    shutil.move(station.home, folder / station.home.name)
    return f"{desk.named(station.home)} moves to the new area {folder.name}"


def organ(desk: Desk) -> str:
    """Another phone of an organ of an area."""
    area = desk.pick(one for one in desk.areas() if one.fields.get("organs"))
    first, *rest = area.fields["organs"]
    phone = f"0738-{desk.chance.randrange(2_000_000, 9_999_999)}"
    area.change(organs=[*rest, {**first, "phone": phone}])
    return f"{desk.named(area.file)}: {first['name']} has the phone {phone} and stands last"


def area_channels(desk: Desk) -> str:
    """Other ways to write, which every station and deputy of the area inherits."""
    area = desk.pick(desk.areas())
    new = {"kind": "留言平台", "label": f"第{desk.chance.randrange(100)}号留言板", "url": "https://www.example.gov.cn/"}
    area.change(channels=desk.chance.choice(([new], [{"kind": "12345"}, new], None)))
    return f"{desk.named(area.file)} has the channel {new['label']} or none"


def region(desk: Desk) -> str:
    """A region, or one above it, is called otherwise."""
    file = desk.at("stations/regions.yml")
    listed: list[dict[str, str]] = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)
    code = desk.pick(desk.stations()).fields["region"]
    one = desk.pick(one for one in listed if code.startswith(one["code"]))
    before = one["name"]
    one["name"] = f"新{before}"[-12:]
    file.write_text(yaml.safe_dump(listed, allow_unicode=True, sort_keys=False), "utf-8")
    return f"{before} is called {one['name']}"


EDITS: tuple[Edit, ...] = (
    *(newcomer, name, way, covers, channels, parent, rule, guest, fewer, exception, merge, merge_away, close, reopen),
    *(rename, trade_folders, move, rename_area, split_area, organ, area_channels, region),
)
