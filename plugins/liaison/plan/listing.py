"""What directories say of some stations and their deputies: rows, and how many there are of each kind.

Made of a part of the records at a time, so that a directory can be put together without looking at every record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any, Literal

from liaison.model.deputies import CONGRESS_LEVELS, Deputy
from liaison.model.names import Reading, reading
from liaison.model.receptions import Occurrence
from liaison.model.register import Register
from liaison.model.stations import Place, Station
from liaison.quick import quick

from .diary import Diary, Sitting
from .land import Land

Sort = Literal["level", "specialty", "group"]
Order = tuple[Any, ...]
"""Place of a station's record among all files."""

COMING = 5
"""Receptions that the home page lists."""


@quick
@dataclass(frozen=True, slots=True)
class Person:
    """A deputy in office who can be met at an open station."""

    code: str
    name: str
    reading: Reading
    levels: tuple[str, ...]
    specialties: tuple[str, ...]
    groups: tuple[str, ...]

    @property
    def order(self) -> tuple[bool, Reading, str, str]:
        """Sort key: by the reading of the name."""
        return self.reading.initial == "#", self.reading, self.name, self.code

    def values(self, sort: Sort) -> tuple[str, ...]:
        """The levels, specialties or groups."""
        return {"level": self.levels, "specialty": self.specialties, "group": self.groups}[sort]


@quick
@dataclass(frozen=True, slots=True)
class Next:
    """A coming reception with its hours."""

    occurrence: Occurrence
    from_: time
    to: time


@quick
@dataclass(frozen=True, slots=True)
class Post:
    """An open station."""

    order: Order
    code: str
    name: str
    label: str
    kind: str
    region: str
    address: str
    phone: str | None
    covers: tuple[Place, ...]
    deputies: int
    """Active ones, those who come from elsewhere too."""
    rules: tuple[str, ...]
    """Its regular receptions in words."""
    next: Next | None
    """The first reception that is held."""


@dataclass(frozen=True, slots=True)
class Roll:
    """How many people stand on a roll: under each letter, and with each level, specialty and group."""

    people: int = 0
    letters: Counter[str] = field(default_factory=Counter)
    values: Mapping[Sort, Counter[str]] = field(
        default_factory=lambda: {"level": Counter(), "specialty": Counter(), "group": Counter()}
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """How much there is in some records, by region."""

    stations: Mapping[str, int]
    """Open stations, by the region they belong to directly."""
    covers: Mapping[str, int]
    """Villages and communities they serve, by the same."""
    deputies: Mapping[str, int]
    """Active deputies, each once in a region, whatever lies between it and the station (一人多职按一人计)."""
    rolls: Mapping[str, Roll]
    """By the region that keeps the roll."""
    first: Mapping[str, tuple[Sitting, ...]]
    """The soonest receptions, by the outermost region around their station."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What directories need of some records."""

    tally: Tally
    posts: Mapping[str, Sequence[Post]]
    """By the region they belong to directly, in file order."""
    people: Mapping[str, Sequence[Person]]
    """By the region that keeps the roll, in no order."""


def listing(register: Register, land: Land, diary: Diary, stations: Mapping[str, Order]) -> Listing:
    """The listing of these stations, with the order of their files, and of the deputies who have their home there."""
    found = [(code, order, register.stations[code]) for code, order in stations.items()]
    posts: dict[str, list[Post]] = defaultdict(list)
    outermost: dict[str, list[str]] = defaultdict(list)
    for code, order, station in found:
        if station.is_open:
            outermost[land.outermost(station.region)].append(code)
            posts[land.direct(station.region)].append(_post(register, diary, code, order, station))
    people: dict[str, list[Person]] = defaultdict(list)
    deputies: Counter[str] = Counter()
    for code, _, _ in found:
        for deputy in (register.deputies[one] for one in register.links.at_home.get(code, ())):
            regions = {one.region for one in register.stations_of(deputy.code) if one.is_open}
            if deputy.status != "active" or not regions:
                continue
            deputies.update({around.code for region in regions for around in land.chain(region)})
            person = _person(deputy, diary.today)
            for roll in {land.roll_region(region) for region in regions}:
                people[roll].append(person)
    tally = Tally(
        stations={region: len(there) for region, there in posts.items()},
        covers={region: sum(len(one.covers) for one in there) for region, there in posts.items()},
        deputies=dict(deputies),
        rolls={region: _roll(there) for region, there in people.items()},
        first={region: diary.first(codes, COMING) for region, codes in outermost.items()},
    )
    return Listing(tally, dict(posts), dict(people))


def _post(register: Register, diary: Diary, code: str, order: Order, station: Station) -> Post:
    first = next((one for one in diary.coming(code) if one.occurrence.held), None)
    return Post(
        order=order,
        code=code,
        name=station.name,
        label=station.label,
        kind=station.kind,
        region=station.region,
        address=station.address,
        phone=station.phone,
        covers=station.covers,
        deputies=sum(1 for one in register.deputies_at(code) if one.status == "active"),
        rules=tuple(dict.fromkeys(one.rule.words for one in diary.regular(code))),
        next=Next(first.occurrence, first.reception.from_, first.reception.to) if first else None,
    )


def _person(deputy: Deputy, today: date) -> Person:
    return Person(
        code=deputy.code,
        name=deputy.name,
        reading=reading(deputy.name, deputy.pinyin),
        levels=levels(deputy, today),
        specialties=tuple(dict.fromkeys(deputy.specialties)),
        groups=tuple(dict.fromkeys(deputy.groups)),
    )


def levels(deputy: Deputy, today: date) -> tuple[str, ...]:
    """Levels of the congresses a deputy sits in on a day, highest first."""
    held = {mandate.level for mandate in deputy.mandates if mandate.end is None or mandate.end >= today}
    return tuple(level for level in CONGRESS_LEVELS if level in held)


def _roll(people: Sequence[Person]) -> Roll:
    values: dict[Sort, Counter[str]] = {
        "level": Counter(value for one in people for value in one.levels),
        "specialty": Counter(value for one in people for value in one.specialties),
        "group": Counter(value for one in people for value in one.groups),
    }
    return Roll(len(people), Counter(one.reading.initial for one in people), values)
