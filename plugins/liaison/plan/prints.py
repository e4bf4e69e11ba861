"""Which things are printed of a site, in which files, and in which order they are packed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from liaison.model.library import Lecture
from liaison.model.register import Register

from . import urls
from .kinds import KINDS, Kind
from .land import Land
from .lectures import Lectures


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of a run."""

    kind: Kind
    township: str
    """Code of the region it is handed out in; empty for lessons."""
    keys: tuple[str, ...]
    """What it is made of, in order: codes of records, or the key of a lesson, `minfadian/07`."""
    path: str
    """Below the folder of the run, with `/`."""

    @property
    def order(self) -> tuple[str, str, str]:
        """Packing order: township, kind, name of the file."""
        return self.township, self.kind.name, self.path

    def part(self, keys: tuple[str, ...], today: date) -> Piece:
        """The piece with only some of its records: beside the whole one, not in its place."""
        stem = self.path.removesuffix(".pdf")
        return replace(self, keys=keys, path=f"{stem}-补印-{today:%Y%m%d}.pdf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a run is asked for; an empty collection means all of it."""

    kinds: Collection[str] = ()
    areas: Collection[str] = ()
    """Folders of areas, or codes of regions."""
    stations: Collection[str] = ()
    """Codes of stations: themselves and their deputies."""
    codes: Collection[str] = ()
    """Codes of records, and of nothing else."""

    @property
    def is_narrow(self) -> bool:
        """Whether only some records are asked for; lessons then come only where their kinds are named."""
        return bool(self.areas or self.stations or self.codes)


CODES_IN_A_FILE = 400
"""Records of a township that share one file; more go into further ones, so that no file outgrows a small machine."""


def pieces(register: Register, land: Land, lectures: Lectures, choice: Choice) -> list[Piece]:
    """Everything a run makes, in packing order.

    Only stations that are open, deputies who hold office and lessons in use are printed.
    """
    kinds = [kind for name, kind in KINDS.items() if not choice.kinds or name in choice.kinds]
    chosen = _Chosen(register, land, choice)
    found = [piece for kind in kinds for piece in _of_kind(kind, chosen, lectures)]
    return sorted(found, key=lambda piece: piece.order)


def is_printed(register: Register, code: str) -> bool:
    """Whether anything is printed of a record: of open stations and of deputies in office."""
    if code in register.stations:
        return register.stations[code].is_open
    return code in register.deputies and register.deputies[code].status == "active"


class _Chosen:
    """The records that were asked for, by township; no more of them is fetched than has to be."""

    def __init__(self, register: Register, land: Land, choice: Choice) -> None:
        self.choice, self.land, self.register = choice, land, register
        self.stations: dict[str, list[str]] = {}
        self.deputies: dict[str, list[str]] = {}
        self.labels: dict[str, str] = {}
        self._townships: dict[str, str | None] = {}
        for code in register.stations:
            named = self._is_named(code, code)
            if named and (township := self._township_of(code)) and is_printed(register, code):
                self.stations.setdefault(township, []).append(code)
                self.labels[code] = register.stations[code].label
        for code, home in register.home_of.items():
            named = self._is_named(code, home)
            if named and (township := self._township_of(home)) and is_printed(register, code):
                self.deputies.setdefault(township, []).append(code)
                self.labels[code] = register.deputies[code].name

    def _is_named(self, code: str, station: str) -> bool:
        """Whether the record is asked for, by itself or with its station; all are where nothing is named."""
        choice = self.choice
        return not (choice.stations or choice.codes) or code in choice.codes or station in choice.stations

    def _township_of(self, station: str) -> str | None:
        """The township a station lies in; None where its area is not asked for."""
        if station not in self._townships:
            region = self.register.stations[station].region
            self._townships[station] = self.land.direct(region) if self._is_in_area(station, region) else None
        return self._townships[station]

    def _is_in_area(self, station: str, region: str) -> bool:
        areas = self.choice.areas
        return not areas or any(
            area == self.register.area_of[station] or self.register.regions.lies_in(region, area) for area in areas
        )

    def township(self, region: str) -> str:
        """How the region is called in the name of a file: it sorts by code, and says its name."""
        known = self.register.regions.get(region)
        return f"{region}-{_plain(known.name)}" if known else region


def _of_kind(kind: Kind, chosen: _Chosen, lectures: Lectures) -> Iterator[Piece]:
    if kind.subject == "lesson":
        if kind.name in chosen.choice.kinds or not chosen.choice.is_narrow:
            yield from _lessons(kind, lectures)
        return
    by_township = chosen.stations if kind.subject == "station" else chosen.deputies
    if kind.is_shared:
        own = chosen.stations if kind.subject == "all codes" else {}
        for region in {**own, **chosen.deputies}:
            yield from _shared(kind, chosen, region, [*own.get(region, ()), *chosen.deputies.get(region, ())])
        return
    for region, codes in by_township.items():
        for code in codes:
            name = f"{chosen.township(region)}-{_plain(chosen.labels[code])}-{code}.pdf"
            yield Piece(kind, region, (code,), f"{kind.name}/{name}")


def _shared(kind: Kind, chosen: _Chosen, region: str, codes: list[str]) -> Iterator[Piece]:
    for number, start in enumerate(range(0, len(codes), CODES_IN_A_FILE), 1):
        suffix = f"-{number}" if len(codes) > CODES_IN_A_FILE else ""
        if chosen.choice.stations or chosen.choice.codes:
            suffix += "-选印"
        path = f"{kind.name}/{chosen.township(region)}{suffix}.pdf"
        yield Piece(kind, region, tuple(codes[start : start + CODES_IN_A_FILE]), path)


def _lessons(kind: Kind, lectures: Lectures) -> Iterator[Piece]:
    for one in lectures.published:
        key = key_of(one)
        path = f"{kind.name}/{key.replace('/', '-')}-{_plain(one.lesson.title)}.pdf"
        yield Piece(kind, "", (key,), path)


_FORBIDDEN = str.maketrans(dict.fromkeys('\\/:*?"<>|\t\r\n', "") | {" ": "", "\u3000": ""})
_LONGEST = 24


def _plain(name: str) -> str:
    """A name as part of a file name that every system takes; long ones are cut, since the code tells files apart."""
    return name.translate(_FORBIDDEN)[:_LONGEST].strip(". ")


@dataclass(frozen=True, slots=True)
class Target:
    """Where a printed code leads."""

    key: str
    """Code of a record, or key of a lesson."""
    name: str
    path: str
    """Below the base of all codes."""


def targets(found: Iterable[Piece], register: Register, lectures: Lectures) -> list[Target]:
    """Where the codes on these pieces lead, each once, in packing order."""
    lessons = {key_of(one): one for one in lectures.published}
    keys = dict.fromkeys(key for piece in found for key in piece.keys)
    return [_target(key, register, lessons) for key in keys]


def _target(key: str, register: Register, lessons: Mapping[str, Lecture]) -> Target:
    if key in lessons:
        return Target(key, lessons[key].lesson.title, urls.lesson(*lessons[key].key))
    if key in register.stations:
        return Target(key, register.stations[key].label, urls.station(key))
    return Target(key, register.deputies[key].name, urls.deputy(key))


def key_of(one: Lecture) -> str:
    """How a lesson is called: `minfadian/07`."""
    return f"{one.place.series}/{one.place.number:02d}"
