"""What is on file anywhere: every code and the part that holds its record, without the records themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from liaison.model.deputies import Deputy
from liaison.model.stations import Station
from liaison.quick import quick

from .filed import Filed
from .files import Layout

Kind = Literal["station", "deputy"]
Relation = Literal["also_at", "parent", "receives"]

DIGEST = 16
"""Bytes of a digest."""


@quick
@dataclass(frozen=True, slots=True)
class Reference:
    """A record that names one of another part: seen from the one named, it has to know."""

    relation: Relation
    order: tuple[str, ...]
    """Of the file, among all files."""
    source: str
    target: str

    @property
    def kind(self) -> Kind:
        """Of the record that names the other."""
        return "deputy" if self.relation == "also_at" else "station"


@dataclass(frozen=True, slots=True)
class Brief:
    """What the rest of a site must know of a part. Columns over its records: stations first, then deputies."""

    codes: tuple[str | None, ...]
    """None where the record has no code that could be read."""
    stations: int
    """How many of them are stations."""
    homes: tuple[int, ...]
    """For each deputy the place of the home station among the records; -1 where there is none."""
    digests: bytes
    files: tuple[str, ...]
    """Of each record."""
    hidden: frozenset[int]
    """Places of deputies of whom nothing may be shown."""
    photos: tuple[tuple[int, str], ...]
    """Places of deputies with a photo on file, and its path."""
    regions: frozenset[str]
    """In which the stations lie."""
    references: tuple[Reference, ...]
    """To records that do not lie in the part."""
    has_lost: bool
    """Whether some record is not whole."""

    def digest(self, place: int) -> bytes:
        """Of a record: of where it stands and what it says."""
        return self.digests[DIGEST * place : DIGEST * (place + 1)]


def brief(records: Sequence[tuple[Filed[Any], bytes]], layout: Layout) -> Brief:
    """The brief of a part's records, each with its digest."""
    stations: list[Filed[Station]] = [filed for filed, _ in records if isinstance(filed.record, Station)]
    deputies: list[Filed[Deputy]] = [filed for filed, _ in records if isinstance(filed.record, Deputy)]
    everyone: tuple[Filed[Station] | Filed[Deputy], ...] = (*stations, *deputies)
    place_of = {filed.folder: place for place, filed in enumerate(stations)}
    codes = tuple(None if filed.lacks("code") else filed.record.code for filed in everyone)
    photos = (
        (place, f"{filed.folder}/{filed.record.photo}")
        for place, filed in enumerate(deputies, len(stations))
        if filed.record.photo
    )
    own = set(codes)
    return Brief(
        codes=codes,
        stations=len(stations),
        homes=tuple(place_of.get(filed.folder.rpartition("/")[0], -1) for filed in deputies),
        digests=b"".join(made for _, made in records),
        files=tuple(filed.file for filed in everyone),
        hidden=frozenset(place for place, filed in enumerate(deputies, len(stations)) if filed.record.is_hidden),
        photos=tuple((place, path) for place, path in photos if path in layout.pictures),
        regions=frozenset(filed.record.region for filed in stations),
        references=tuple(one for one in references(stations, deputies) if one.target not in own),
        has_lost=any(filed.lost for filed in everyone),
    )


def references(stations: Iterable[Filed[Station]], deputies: Iterable[Filed[Deputy]]) -> list[Reference]:
    """All that others must know of: who is there too, what belongs to whom, who receives where; in file order."""
    found = []
    for station in stations:
        record, order = station.record, tuple(station.file.split("/"))
        if record.parent is not None:
            found.append(Reference("parent", order, record.code, record.parent))
        receiving = dict.fromkeys(code for one in record.receptions for code in one.deputies)
        found += [Reference("receives", order, record.code, code) for code in receiving]
    for deputy in deputies:
        if deputy.record.also_at:
            order = tuple(deputy.file.split("/"))
            found += [
                Reference("also_at", order, deputy.record.code, code) for code in dict.fromkeys(deputy.record.also_at)
            ]
    return found


Place = tuple[int, int]
"""Number of a part, and place among its records."""


@dataclass(frozen=True)
class Index:
    """Places of all codes; of a code that is written twice one of them."""

    briefs: tuple[Brief, ...]
    station: dict[str, Place] = field(default_factory=dict)
    deputy: dict[str, Place] = field(default_factory=dict)
    twice: tuple[str, ...] = ()
    """Codes written more than once, over stations and deputies."""
    incoming: dict[int, list[Reference]] = field(default_factory=dict)
    """References from other parts, by number of the part that holds what they name."""

    @classmethod
    def of(cls, briefs: Sequence[Brief]) -> Index:
        """The index of a site's parts."""
        station: dict[str, Place] = {}
        deputy: dict[str, Place] = {}
        total = 0
        for number, one in enumerate(briefs):
            for place, code in enumerate(one.codes):
                if code is not None:
                    (station if place < one.stations else deputy)[code] = (number, place)
                    total += 1
        twice: tuple[str, ...] = ()
        if len(station) + len(deputy) != total or station.keys() & deputy.keys():
            twice = _twice(briefs)
        incoming: dict[int, list[Reference]] = defaultdict(list)
        for one in briefs:
            for reference in one.references:
                place_of = (deputy if reference.relation == "receives" else station).get(reference.target)
                if place_of is not None:
                    incoming[place_of[0]].append(reference)
        for found in incoming.values():
            found.sort(key=lambda reference: reference.order)
        return cls(tuple(briefs), station, deputy, twice, dict(incoming))

    def places(self, kind: Kind) -> dict[str, Place]:
        """Places of the codes of stations or of deputies."""
        return self.station if kind == "station" else self.deputy

    def digest(self, kind: Kind, code: str) -> bytes | None:
        """Of the record with this code; None where there is none."""
        place = self.places(kind).get(code)
        return None if place is None else self.briefs[place[0]].digest(place[1])

    def file(self, kind: Kind, code: str) -> str | None:
        """Where the record with this code is written; None where there is none."""
        place = self.places(kind).get(code)
        return None if place is None else self.briefs[place[0]].files[place[1]]

    def home_of(self, deputy: str) -> str:
        """Code of the home station. Raises `KeyError` where the deputy or the station is not on file."""
        number, place = self.deputy[deputy]
        found = self.briefs[number]
        home = found.homes[place - found.stations]
        code = found.codes[home] if home >= 0 else None
        if code is None:
            raise KeyError(deputy)
        return code

    def homes(self) -> dict[str, str]:
        """Code of the home station by deputy, of all whose station is on file: at once, quicker than one by one."""
        found = {}
        for one in self.briefs:
            for deputy, home in zip(one.codes[one.stations :], one.homes, strict=True):
                station = one.codes[home] if home >= 0 else None
                if deputy is not None and station is not None:
                    found[deputy] = station
        return found


def _twice(briefs: Sequence[Brief]) -> tuple[str, ...]:
    seen: set[str] = set()
    doubled: dict[str, None] = {}
    for one in briefs:
        for code in one.codes:
            if code is not None and code in seen:
                doubled[code] = None
            elif code is not None:
                seen.add(code)
    return tuple(doubled)
