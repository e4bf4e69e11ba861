"""Errors that an editor may leave behind: each makes the records unfit to be built, wherever else they are right."""

from __future__ import annotations

import shutil
from pathlib import Path

from support.editing.desk import Desk, Edit, Record
from support.editing.people import leave


def _elsewhere(desk: Desk, one: Record, found: list[Record]) -> Record:
    return desk.pick(other for other in found if other.home.parent != one.home.parent)


def _station(desk: Desk) -> Record:
    return desk.pick(desk.stations())


def _person(desk: Desk) -> Record:
    return desk.pick(desk.deputies())


def _said(desk: Desk, file: Path, what: str) -> str:
    return f"mistake: {desk.named(file)} {what}"


def deputy_twice(desk: Desk) -> str:
    """A file was copied to a station of another area instead of moved."""
    person = _person(desk)
    home = _elsewhere(desk, person, desk.stations()).home / "deputies"
    home.mkdir(exist_ok=True)
    shutil.copy(person.file, copy := desk.fresh(home, "copy", ".yml"))
    return _said(desk, person.file, f"is also {desk.named(copy)}")


def station_twice(desk: Desk) -> str:
    """Two stations of two areas have one code."""
    station = _station(desk)
    other = _elsewhere(desk, station, desk.stations())
    station.change(code=other.code)
    return _said(desk, station.file, f"has the code of {desk.named(other.file)}")


def code_of_a_deputy(desk: Desk) -> str:
    """A station has the code of a deputy of another area."""
    station = _station(desk)
    station.change(code=_elsewhere(desk, station, desk.deputies()).code)
    return _said(desk, station.file, "has a deputy's code")


def lost_station(desk: Desk) -> str:
    """A station's record is gone, its deputies are not."""
    station = desk.pick(one for one in desk.stations() if any(one.home.glob("deputies/*.yml")))
    station.file.unlink()
    return _said(desk, station.file, "is deleted")


def lost_deputy(desk: Desk) -> str:
    """Somebody's record is gone whom a reception of another area names."""
    person = _received_far_away(desk)
    person.file.unlink()
    return _said(desk, person.file, "is deleted, and receives far away")


def retired_deputy(desk: Desk) -> str:
    """Somebody is out of office whom a reception of another area names."""
    person = _received_far_away(desk)
    person.change(status="former")
    return _said(desk, person.file, "is former, and receives far away")


def _received_far_away(desk: Desk) -> Record:
    person = desk.pick(desk.deputies("active"))
    for station in desk.stations():
        leave(station, person.code)
    station = _elsewhere(desk, person, desk.open_stations())
    held = {"rule": "每月15日", "from": "09:00", "to": "11:30", "deputies": [person.code]}
    station.change(receptions=[*station.fields.get("receptions", ()), held])
    return person


def unknown_deputy(desk: Desk) -> str:
    """A reception names nobody's code."""
    station = desk.pick(desk.open_stations())
    station.change(receptions=[{"rule": "每周五", "from": "09:00", "to": "11:30", "deputies": [desk.code()]}])
    return _said(desk, station.file, "receives with nobody")


def dangling(desk: Desk) -> str:
    """A record leads to a code that nobody has."""
    key = desk.chance.choice(("also_at", "successor", "parent", "merged_into"))
    code = desk.code()
    record = _person(desk) if key in {"also_at", "successor"} else _station(desk)
    more = {"status": "merged"} if key == "merged_into" else {}
    record.change(**{key: [code] if key == "also_at" else code, **more})
    return _said(desk, record.file, f"has a {key} that is not there")


def loop(desk: Desk) -> str:
    """Two stations of two areas merged into each other, or belong to each other."""
    one = _station(desk)
    other = _elsewhere(desk, one, desk.stations())
    if desk.chance.random() < 0.5:
        one.change(status="merged", merged_into=other.code)
        other.change(status="merged", merged_into=one.code)
    else:
        one.change(parent=other.code)
        other.change(parent=one.code)
    return _said(desk, one.file, f"and {desk.named(other.file)} lead to each other")


def closed_with_people(desk: Desk) -> str:
    """A station is closed where somebody is in office."""
    person = desk.pick(desk.deputies("active"))
    station = desk.pick(one for one in desk.stations() if one.home == person.home)
    station.change(status="closed")
    return _said(desk, station.file, "is closed with people in office")


def broken_yaml(desk: Desk) -> str:
    """A file cannot be read as YAML."""
    record = desk.pick([*desk.stations(), *desk.deputies(), *desk.areas()])
    wrong = desk.chance.choice((b"  - [landmark:\n", b"\tname: x\n", b"---\nname: x\n", b"note: \xff\xfe\n"))
    record.file.write_bytes(record.file.read_bytes() + wrong)
    return _said(desk, record.file, f"ends with {wrong!r}")


def unknown_key(desk: Desk) -> str:
    """A key is written wrong."""
    record = desk.pick([*desk.stations(), *desk.deputies()])
    record.change(verifed_on=record.fields.get("verified_on", "2026-10-01"))
    return _said(desk, record.file, "has an unknown key")


def wrong_value(desk: Desk) -> str:
    """A value is none of those that can be."""
    record = desk.pick([*desk.stations(), *desk.deputies()])
    wrong = desk.chance.choice(({"verified_on": "2026-13-01"}, {"status": "gone"}, {"verified_on": "2030-01-01"}))
    record.change(**wrong)
    return _said(desk, record.file, f"has {wrong}")


def odd_name(desk: Desk) -> str:
    """A file has a name that is not read."""
    person = _person(desk)
    name = desk.chance.choice(("曾示例.yml", "Zeng Shili.yml", "zeng.yaml", "\udcff.yml"))
    person.file.rename(person.file.parent / name)
    return _said(desk, person.file, f"is now {name!r}")


def link(desk: Desk) -> str:
    """A link lies among the records."""
    person = _person(desk)
    (new := desk.fresh(person.file.parent, "link", ".yml")).symlink_to(person.file.name)
    return _said(desk, new, f"is a link to {person.file.name}")


def stray(desk: Desk) -> str:
    """A file lies where none is read."""
    (new := desk.fresh(_station(desk).home, "notes", ".txt")).write_text("notes", "utf-8")
    return _said(desk, new, "is not read")


def lost_region(desk: Desk) -> str:
    """A region that stations lie in is not on the list any more."""
    file = desk.pick(file for file in [desk.at("stations/regions.yml")] if file.exists())
    code = _station(desk).fields["region"]
    kept = [line for line in file.read_text("utf-8").splitlines() if str(code) not in line]
    file.write_text("\n".join([*kept, ""]), "utf-8")
    return _said(desk, file, f"has no {code}")


def lost_list(desk: Desk) -> str:
    """A file that all records lean on is gone or cannot be read."""
    lists = desk.at("stations/regions.yml"), desk.at("stations/holidays.yml"), desk.pick(desk.areas()).file
    file = desk.pick(file for file in lists if file.exists())
    if file.name == "holidays.yml" or desk.chance.random() < 0.5:
        file.write_text("- [\n", "utf-8")
        return _said(desk, file, "cannot be read")
    file.unlink()
    return _said(desk, file, "is deleted")


def wrong_area(desk: Desk) -> str:
    """An area is said to lie elsewhere."""
    area = desk.pick(desk.areas())
    others = [one.fields["region"] for one in desk.areas() if one.fields.get("region") != area.fields.get("region")]
    area.change(region=(new := desk.pick(others)))
    return _said(desk, area.file, f"has the region {new}")


def photo(desk: Desk) -> str:
    """A photo is no picture, is not there, or nobody consented to it."""
    person = _person(desk)
    kind = desk.chance.choice(("no picture", "not there", "without consent"))
    picture = desk.fresh(person.file.parent, "photo", ".jpg")
    if kind != "not there":
        picture.write_bytes(b"no picture")
    consent = {"scope": ["phone" if kind == "without consent" else "photo"], "date": "2026-01-05", "ref": "示例"}
    person.change(photo=picture.name, consent=consent)
    return _said(desk, person.file, f"has a photo: {kind}")


def site_facts(desk: Desk) -> str:
    """The facts of the site are wrong."""
    file = desk.at("site.yml")
    file.write_text(file.read_text("utf-8") + "nam: x\n", "utf-8")
    return _said(desk, file, "has an unknown key")


EDITS: tuple[Edit, ...] = (
    *(deputy_twice, station_twice, code_of_a_deputy, lost_station, lost_deputy, retired_deputy, unknown_deputy),
    *(dangling, loop, closed_with_people, broken_yaml, unknown_key, wrong_value, odd_name, link, stray, lost_region),
    *(lost_list, wrong_area, photo, site_facts),
)
