"""Every page that is made from records: kind, address and title. Two pages never share an address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Literal, get_args

from liaison.model.deputies import CONGRESS_LEVELS, Deputy
from liaison.model.library import Library
from liaison.model.register import Register

from . import urls
from .atlas import Atlas
from .diary import Diary
from .land import Land
from .lectures import BY_TOPIC, CITED, ROOM, Lectures, article_title
from .listing import Listing, Sort, listing
from .slugs import slugs

RecordKind = Literal["station", "deputy"]
RegionKind = Literal["region", "villages", "roll", "views", "view"]
LectureKind = Literal["lessons", "topics", "topic", "laws", "law", "article"]
Kind = Literal["home", "entry", "map"] | RecordKind | RegionKind | LectureKind

SORTS: dict[Sort, str] = {"level": "按级别", "specialty": "按领域", "group": "按小组"}
LEVEL_SLUGS = dict(zip(CONGRESS_LEVELS, ("nation", "province", "city", "county", "township"), strict=True))

PEOPLE_ON_A_PAGE = 200
"""Rows of one page of a roll: about 12 KB gzipped, inside the budget of 30 KB."""


_OF_REGIONS = get_args(RegionKind)


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: `key` says of what, in the terms of its kind."""

    kind: Kind
    path: str
    title: str
    key: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Chunk:
    """A part of a list of people that fills one page: its letter (其他 for none) or number, and where it lies there."""

    path: str
    label: str
    first: int
    count: int


@dataclass(frozen=True)
class Plan:
    """All that renderers need to know of the whole: the register, regions, coming dates, and the directories' pages."""

    register: Register
    atlas: Atlas
    diary: Diary
    today: date
    lectures: Lectures = field(default_factory=lambda: Lectures(Library()))
    """The law lessons."""
    pages: tuple[Page, ...] = ()
    """All but those of lessons and series, which the host makes of Markdown, and those of stations and deputies, which
    are as many as there are codes: see `record_pages`."""
    slugs: dict[tuple[str, Sort], dict[str, str]] = field(default_factory=dict)
    """Slugs of the values of a sort of view, by region and sort."""

    @property
    def land(self) -> Land:
        """How the site sees its regions."""
        return self.atlas.land

    @property
    def places(self) -> frozenset[str]:
        """Regions with a list of villages."""
        return self.atlas.places

    def values(self, region: str, sort: Sort) -> dict[str, int]:
        """The levels, specialties or groups found on a region's roll, with how many deputies have each."""
        found = self.atlas.rolls[region].values[sort] if region in self.atlas.rolls else Counter[str]()
        order = CONGRESS_LEVELS if sort == "level" else sorted(found, key=lambda one: (-found[one], one))
        return {value: found[value] for value in order if found[value]}

    def roll_chunks(self, region: str) -> tuple[Chunk, ...]:
        """The pages of a region's roll: one, or one a letter, a long letter on several."""
        total = self.atlas.count_on_roll(region)
        if total <= PEOPLE_ON_A_PAGE:
            return (Chunk(urls.roll(region), "", 0, total),)
        letters = self.atlas.rolls[region].letters
        chunks: list[Chunk] = []
        first = 0
        for letter in sorted(letters, key=lambda one: (one == "#", one)):
            chunks += [
                Chunk(urls.roll(region, _letter(letter), number), _label(letter, number), first + start, count)
                for number, (start, count) in enumerate(_parts(letters[letter]), 1)
            ]
            first += letters[letter]
        return tuple(chunks)

    def view_chunks(self, region: str, sort: Sort, value: str) -> tuple[Chunk, ...]:
        """The pages of one level, specialty or group of a region."""
        slug = self.slugs[region, sort][value]
        return tuple(
            Chunk(urls.view(region, sort, slug, number), str(number), start, count)
            for number, (start, count) in enumerate(_parts(self.values(region, sort)[value]), 1)
        )

    @cached_property
    def by_region(self) -> dict[str, tuple[Page, ...]]:
        """The pages of regions, by the region that keeps the roll around them, itself where none does."""
        found: dict[str, list[Page]] = {}
        for page in self.pages:
            if page.kind in _OF_REGIONS:
                found.setdefault(self.land.roll_region(page.key[0]), []).append(page)
        return {region: tuple(pages) for region, pages in found.items()}

    @property
    def front(self) -> tuple[Page, ...]:
        """All others: home, code entry, site map, and what leads to lessons and laws."""
        return tuple(page for page in self.pages if page.kind not in _OF_REGIONS)


def land_of(register: Register) -> Land:
    """How a register's site sees its regions."""
    return Land(register.regions, register.site.home_region)


def bare_plan(register: Register, today: date, library: Library) -> Plan:
    """What there is to say of records and lessons, without the directories, for which all would have to be listed."""
    return Plan(register, Atlas(land_of(register), ()), Diary(register, today), today, Lectures(library))


def plan(
    register: Register, today: date, listings: Sequence[Listing] | None = None, library: Library | None = None
) -> Plan:
    """Decide every page. Without `listings` of parts the register is listed as a whole.

    Raises `ValueError` where two pages would share an address: a fault of the program.
    """
    land, diary = land_of(register), Diary(register, today)
    if listings is None:
        order = {code: (number,) for number, code in enumerate(register.stations)}
        listings = (listing(register, land, diary, order),)
    bare = Plan(register, Atlas(land, listings), diary, today, Lectures(library or Library()))
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


def record_pages(register: Register, stations: Iterable[str], deputies: Iterable[str]) -> Iterator[Page]:
    """The pages of stations and deputies with these codes."""
    for code in stations:
        yield Page("station", urls.station(code), register.stations[code].name, (code,))
    for code in deputies:
        yield Page("deputy", urls.deputy(code), _title(register.deputies[code]), (code,))


def _pages(bare: Plan) -> Iterator[Page]:
    yield Page("home", urls.HOME, bare.register.site.name)
    yield Page("entry", urls.ENTRY, "按编号查找")
    yield Page("map", urls.MAP, "网站地图")
    for region in bare.atlas.regions():
        yield Page("region", urls.region(region.code), f"{region.name}人大代表联络站", (region.code,))
    for code in sorted({*bare.atlas.rolls, *bare.places}):
        yield from _roll_pages(bare, code)
    yield from _lecture_pages(bare.lectures)


def _lecture_pages(lectures: Lectures) -> Iterator[Page]:
    """What leads to lessons; nothing where there are none."""
    laws = lectures.library.laws
    if lectures.library.series:
        yield Page("lessons", urls.lessons(), ROOM)
    if lectures.topics:
        yield Page("topics", urls.topics(), BY_TOPIC)
    for topic in lectures.topics:
        yield Page("topic", urls.topic(lectures.slugs[topic]), topic, (topic,))
    if lectures.articles:
        yield Page("laws", urls.laws(), CITED)
    for law, articles in lectures.articles.items():
        yield Page("law", urls.law(law), laws.by_id[law].name, (law,))
        for article in articles:
            _, number, inserted = article
            title = article_title(laws, article)
            yield Page("article", urls.article(*article), title, (law, str(number), str(inserted)))


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


def _parts(count: int) -> Iterator[tuple[int, int]]:
    """Where each page of so many people begins, and how many it holds."""
    for start in range(0, count, PEOPLE_ON_A_PAGE):
        yield start, min(PEOPLE_ON_A_PAGE, count - start)
