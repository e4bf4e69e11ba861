"""Edits of deputies: what changes in a term, and where their files lie."""

from __future__ import annotations

import io
from pathlib import Path

from PIL import Image

from support.editing.desk import Desk, Edit, Record, UnfitError

_CONSENT = {"scope": ["photo", "phone"], "date": "2026-01-05", "ref": "示例〔2026〕1号"}
_FIELDS = ("婚姻家庭", "宅基地", "乡村教育", "养老服务", "农村道路", "河道治理", "第一次出现的领域")
_GROUPS = ("法治乡村建设代表专业小组", "教育卫生代表专业小组", "第一次出现的代表专业小组")


def _told(desk: Desk, person: Record, what: str) -> str:
    return f"{desk.named(person.file)} {what}"


def _somebody(desk: Desk) -> Record:
    return desk.pick(desk.deputies())


def newcomer(desk: Desk) -> str:
    """Somebody like another deputy, at any open station."""
    model, home = _somebody(desk), desk.pick(desk.open_stations())
    kept = ("gender", "ethnicity", "mandates", "specialties", "bio", "verified_on")
    fields = {key: model.fields[key] for key in kept if key in model.fields}
    file = desk.fresh(home.file.parent / "deputies", "new", ".yml")
    Record(file, {"code": desk.code(), "name": desk.name(), **fields, "status": "active"}).change()
    return f"new deputy {desk.named(file)}"


def name(desk: Desk) -> str:
    """Another name, so another place in the lists."""
    person = _somebody(desk)
    person.change(name=(new := desk.name()), pinyin=None)
    return _told(desk, person, f"is called {new}")


def reading(desk: Desk) -> str:
    """Another reading of the same name."""
    person = _somebody(desk)
    person.change(pinyin=(new := desk.chance.choice(("an shili", "zuo shili", "mi shili"))))
    return _told(desk, person, f"reads {new}")


def bio(desk: Desk) -> str:
    """Another text about a person, or none."""
    person = _somebody(desk)
    new = desk.chance.choice((None, f"第{desk.chance.randrange(1000)}次改过的简介，有“引号”和 <尖括号>。"))
    person.change(bio=new)
    return _told(desk, person, f"has the bio {new}")


def phone(desk: Desk) -> str:
    """Another number of the station, none, or one's own with consent."""
    person = _somebody(desk)
    number = f"0738-{desk.chance.randrange(2_000_000, 9_999_999)}"
    kind = desk.chance.choice(("站", "本人", ""))
    consent = _CONSENT if kind == "本人" else person.fields.get("consent")
    was_own = person.fields.get("contact", {}).get("phone_is") == "本人"
    person.change(contact={"phone": number, "phone_is": kind} if kind else None, consent=consent)
    return _told(desk, person, f"has the phone {number} ({kind or 'none'}, was own: {was_own})")


def work(desk: Desk) -> str:
    """Another employer and post."""
    person = _somebody(desk)
    person.change(employer=f"示例单位{desk.chance.randrange(100)}", post="示例职务")
    return _told(desk, person, "works elsewhere")


def specialties(desk: Desk) -> str:
    """Other fields, so other lists by field; some of them new, some gone."""
    person = _somebody(desk)
    person.change(specialties=(new := desk.chance.sample(_FIELDS, desk.chance.randint(0, 2))) or None)
    return _told(desk, person, f"has the specialties {new}")


def groups(desk: Desk) -> str:
    """Another group, or none."""
    person = _somebody(desk)
    person.change(groups=(new := desk.chance.sample(_GROUPS, desk.chance.randint(0, 1))) or None)
    return _told(desk, person, f"is in the groups {new}")


def mandate(desk: Desk) -> str:
    """Another electoral unit, and a term that goes on."""
    person = _somebody(desk)
    first, *rest = person.fields["mandates"]
    unit = f"第{desk.chance.randrange(60)}选区"
    person.change(mandates=[{**first, "electoral_unit": unit}, *rest])
    return _told(desk, person, f"sits for {unit}")


def hide(desk: Desk) -> str:
    """Somebody in office is paused or withheld."""
    person = desk.pick(desk.deputies("active"))
    person.change(status=(new := desk.chance.choice(("paused", "withheld"))))
    return _told(desk, person, f"is {new}")


def show_again(desk: Desk) -> str:
    """Somebody comes back to office."""
    homes = {station.home for station in desk.open_stations()}
    person = desk.pick(one for one in desk.deputies("paused", "withheld", "former") if one.home in homes)
    person.change(status="active", successor=None)
    return _told(desk, person, "is active again")


def retire(desk: Desk) -> str:
    """Out of office, followed by anybody, and out of every reception."""
    person = desk.pick(desk.deputies("active", "paused"))
    for station in desk.stations():
        if any(person.code in one.get("deputies", ()) for one in station.fields.get("receptions", ())):
            leave(station, person.code)
    follower = desk.pick(one for one in desk.deputies() if one.code != person.code)
    person.change(status="former", successor=desk.chance.choice((None, follower.code)))
    return _told(desk, person, f"retires, followed by {follower.code} or nobody")


def leave(station: Record, code: str) -> None:
    """A deputy takes part in no reception of a station any more."""
    changed = []
    for reception in station.fields.get("receptions", ()):
        left = [one for one in reception.get("deputies", ()) if one != code]
        rest = {key: value for key, value in reception.items() if key != "deputies"}
        changed.append({**rest, "deputies": left} if left else rest)
    station.change(receptions=changed or None)


def also_at(desk: Desk) -> str:
    """Also at a station, most often of another area; or at none any more."""
    person = _somebody(desk)
    elsewhere = desk.pick(one for one in desk.stations() if one.home.parent != person.home.parent)
    new = desk.chance.choice(([elsewhere.code], [elsewhere.code], None))
    person.change(also_at=new)
    return _told(desk, person, f"is also at {new}")


def photo(desk: Desk) -> str:
    """A photo with consent, or another one."""
    person = desk.pick(desk.deputies("active"))
    if (old := person.fields.get("photo")) and desk.chance.random() < 0.5:
        (person.file.parent / old).write_bytes(_picture(desk))
        return _told(desk, person, "has other bytes in the same photo")
    file = desk.fresh(person.file.parent, "photo", ".jpg")
    file.write_bytes(_picture(desk))
    person.change(photo=file.name, consent=_CONSENT)
    return _told(desk, person, f"has the photo {file.name}")


def no_photo(desk: Desk) -> str:
    """Consent is taken back; the file may stay behind."""
    person = desk.pick(one for one in desk.deputies() if one.fields.get("photo"))
    file = person.file.parent / person.fields["photo"]
    own = person.fields.get("contact", {}).get("phone_is") == "本人"
    person.change(photo=None, consent=person.fields.get("consent") if own else None)
    shared = [one for one in desk.deputies() if one.fields.get("photo") == file.name and one.home == person.home]
    if not shared and desk.chance.random() < 0.7:
        file.unlink()
    return _told(desk, person, f"has no photo any more; file there: {file.exists()}")


def _picture(desk: Desk) -> bytes:
    colour = (desk.chance.randrange(256), desk.chance.randrange(256), desk.chance.randrange(256))
    held = io.BytesIO()
    Image.new("RGB", (60, 80), colour).save(held, "JPEG")
    return held.getvalue()


def move(desk: Desk) -> str:
    """The file goes to another station's folder, the photo with it."""
    person = _somebody(desk)
    target = desk.pick(one for one in desk.open_stations() if one.home != person.home)
    there = carry(desk, person, target)
    return _told(desk, person, f"moves to {desk.named(there)}")


def carry(desk: Desk, person: Record, target: Record) -> Path:
    """Move a deputy's file and photo to a station; where to."""
    folder = target.home / "deputies"
    folder.mkdir(exist_ok=True)
    file = folder / person.file.name
    file = desk.fresh(folder, person.file.stem, ".yml") if file.exists() else file
    if own := person.fields.get("photo"):
        picture = desk.fresh(folder, "photo", Path(own).suffix)
        picture.write_bytes((person.file.parent / own).read_bytes())
        person.change(photo=picture.name)
    person.file.rename(file)
    desk.tidy()
    return file


def rename_file(desk: Desk) -> str:
    """The file gets another name in the same folder."""
    person = _somebody(desk)
    person.file.rename(new := desk.fresh(person.file.parent, "renamed", ".yml"))
    return _told(desk, person, f"is now {new.name}")


def trade_files(desk: Desk) -> str:
    """Two files swap their names: same folder, same bytes, same times."""
    one = _somebody(desk)
    other = desk.pick(two for two in desk.deputies() if two.home == one.home and two.file != one.file)
    spare = desk.fresh(one.file.parent, "spare", ".yml")
    one.file.rename(spare)
    other.file.rename(one.file)
    spare.rename(other.file)
    return f"{desk.named(one.file)} and {other.file.name} swap names"


def delete(desk: Desk) -> str:
    """A deputy whom no other record names goes without a trace."""
    texts = {person.file: person.file.read_text("utf-8") for person in desk.deputies()}
    texts |= {station.file: station.file.read_text("utf-8") for station in desk.stations()}
    texts |= {lesson.file: lesson.file.read_text("utf-8") for lesson in desk.lessons()}

    def is_named(person: Record) -> bool:
        return any(person.code in text for file, text in texts.items() if file != person.file)

    person = desk.pick(one for one in desk.deputies() if not is_named(one))
    if person.fields.get("photo"):
        raise UnfitError
    person.file.unlink()
    desk.tidy()
    return _told(desk, person, "is deleted")


EDITS: tuple[Edit, ...] = (
    *(newcomer, name, reading, bio, phone, work, specialties, groups, mandate, hide, show_again, retire, also_at),
    *(photo, no_photo, move, rename_file, trade_files, delete),
)
