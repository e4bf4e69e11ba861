"""Every page that is made from records: kind, address and title. Two pages never share an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from liaison.model.deputies import CONGRESS_LEVELS, Deputy
from liaison.model.register import Register

from . import urls
from .atlas import Atlas
from .diary import Diary
from .slugs import slugs

Kind = Literal["home", "station", "deputy", "region", "villages", "roll", "views", "view", "entry", "map"]
Sort = Literal["level", "specialty", "group"]

SORTS: dict[Sort, str] = {"level": "按级别", "specialty": "按领域", "group": "按小组"}
LEVEL_SLUGS = dict(zip(CONGRESS_LEVELS, ("nation", "province", "city", "county", "township"), strict=True))

PEOPLE_ON_A_PAGE = 200
"""Rows of one page of a roll: about 12 KB gzipped, inside the budget of 30 KB."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: `key` says of what, in the terms of its kind."""

    kind: Kind
    path: str
    title: str
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a list of people that fills one page: its letter (其他 for none) or number, and who stands on it."""

    path: str
    label: str
    people: tuple[Deputy, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All that renderers need to know of the whole: the register, regions, coming dates, and the pages in order."""

    register: Register
    atlas: Atlas
    diary: Diary
    today: date
    pages: tuple[Page, ...] = ()
    slugs: dict[tuple[str, Sort], dict[str, str]] = field(default_factory=dict)
    """Slugs of the values of a sort of view, by region and sort."""
    places: frozenset[str] = frozenset()
    """Regions with a list of villages: those whose stations say what they cover."""
    _values: dict[tuple[str, Sort], dict[str, tuple[Deputy, ...]]] = field(default_factory=dict)

    def values(self, region: str, sort: Sort) -> dict[str, tuple[Deputy, ...]]:
        """The levels, specialties or groups found on a region's roll, each with its deputies."""
        if (region, sort) not in self._values:
            found: dict[str, list[Deputy]] = {}
            for deputy in self.atlas.roll(region):
                for value in values_of(deputy, sort, self.today):
                    found.setdefault(value, []).append(deputy)
            order = CONGRESS_LEVELS if sort == "level" else sorted(found, key=lambda one: (-len(found[one]), one))
            self._values[region, sort] = {value: tuple(found[value]) for value in order if value in found}
        return self._values[region, sort]

    def roll_chunks(self, region: str) -> tuple[Chunk, ...]:
        """The pages of a region's roll: one, or one a letter, a long letter on several."""
        people = self.atlas.roll(region)
        if len(people) <= PEOPLE_ON_A_PAGE:
            return (Chunk(urls.roll(region), "", people),)
        by_letter: dict[str, list[Deputy]] = {}
        for one in people:
            by_letter.setdefault(self.atlas.readings[one.code].initial, []).append(one)
        return tuple(
            Chunk(urls.roll(region, _letter(letter), number), _label(letter, number), part)
            for letter, found in by_letter.items()
            for number, part in enumerate(_parts(found), 1)
        )

    def view_chunks(self, region: str, sort: Sort, value: str) -> tuple[Chunk, ...]:
        """The pages of one level, specialty or group of a region."""
        slug = self.slugs[region, sort][value]
        people = self.values(region, sort)[value]
        return tuple(
            Chunk(urls.view(region, sort, slug, number), str(number), part)
            for number, part in enumerate(_parts(people), 1)
        )


def values_of(deputy: Deputy, sort: Sort, today: date) -> tuple[str, ...]:
    """The levels (of mandates not yet ended), specialties or groups of a deputy."""
    if sort == "specialty":
        return tuple(dict.fromkeys(deputy.specialties))
    if sort == "group":
        return tuple(dict.fromkeys(deputy.groups))
    return levels(deputy, today)


def levels(deputy: Deputy, today: date) -> tuple[str, ...]:
    """Levels of the congresses a deputy sits in on a day, highest first."""
    held = {mandate.level for mandate in deputy.mandates if mandate.end is None or mandate.end >= today}
    return tuple(level for level in CONGRESS_LEVELS if level in held)


def plan(register: Register, today: date) -> Plan:
    """Decide every page. Raises `ValueError` where two pages would share an address: a fault of the program."""
    atlas = Atlas(register)
    covering = (code for code, station in register.stations.items() if station.is_open and station.covers)
    places = frozenset(atlas.roll_region(code) for code in covering)
    bare = Plan(register, atlas, Diary(register, today), today, places=places)
    for region in bare.atlas.rolls:
        for sort in SORTS:
            names = bare.values(region, sort)
            bare.slugs[region, sort] = LEVEL_SLUGS if sort == "level" else slugs(names)  # type: ignore[assignment]
    pages = tuple(_pages(bare))
    if len({page.path for page in pages}) != len(pages):
        counted = Counter(page.path for page in pages)
        doubled = [path for path, count in counted.items() if count > 1]
        raise ValueError(f"two pages share an address: {doubled[:3]}")
    return replace(bare, pages=pages)


def _pages(bare: Plan) -> Iterator[Page]:
    register, atlas = bare.register, bare.atlas
    yield Page("home", urls.HOME, register.site.name)
    yield Page("entry", urls.ENTRY, "按编号查找")
    yield Page("map", urls.MAP, "网站地图")
    for region in atlas.regions():
        yield Page("region", urls.region(region.code), f"{region.name}人大代表联络站", (region.code,))
    for code in sorted({*atlas.rolls, *bare.places}):
        yield from _roll_pages(bare, code)
    for code, station in register.stations.items():
        yield Page("station", urls.station(code), station.name, (code,))
    for code, deputy in register.deputies.items():
        yield Page("deputy", urls.deputy(code), _title(deputy), (code,))


def _title(deputy: Deputy) -> str:
    if deputy.is_hidden:
        return "该代表信息暂不展示"
    return f"{deputy.name}（曾任代表）" if deputy.status == "former" else f"{deputy.name}代表"


def _roll_pages(bare: Plan, region: str) -> Iterator[Page]:
    name = bare.register.regions[region].name
    if region in bare.places:
        yield Page("villages", urls.villages(region), f"{name}村（社区）名录", (region,))
    if region not in bare.atlas.rolls:
        return
    chunks = bare.roll_chunks(region)
    if chunks[0].path != urls.roll(region):
        yield Page("roll", urls.roll(region), f"{name}代表名册", (region, ""))
    for chunk in chunks:
        yield Page(
            "roll", chunk.path, f"{name}代表名册" + (f" {chunk.label}" if chunk.label else ""), (region, chunk.path)
        )
    for sort, words in SORTS.items():
        values = bare.values(region, sort)
        if not values:
            continue
        yield Page("views", urls.views(region, sort), f"{name}代表：{words}", (region, sort))
        for value in values:
            for chunk in bare.view_chunks(region, sort, value):
                yield Page("view", chunk.path, f"{name}代表：{value}", (region, sort, value, chunk.path))


def _letter(initial: str) -> str:
    return "other" if initial == "#" else initial


def _label(initial: str, number: int) -> str:
    return ("其他" if initial == "#" else initial) + (str(number) if number > 1 else "")


def _parts(people: Iterable[Deputy]) -> Iterator[tuple[Deputy, ...]]:
    everyone = tuple(people)
    for start in range(0, len(everyone), PEOPLE_ON_A_PAGE):
        yield everyone[start : start + PEOPLE_ON_A_PAGE]
