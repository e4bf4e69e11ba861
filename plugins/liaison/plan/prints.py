"""Which things are printed: kinds with their sizes, what a run makes of them, and in which order it is packed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from liaison.model.library import Lecture
from liaison.model.register import Register

from . import urls
from .land import Land
from .lectures import Lectures

Subject = Literal["station", "deputy", "lesson", "deputy codes", "all codes"]
"""What one file is about: a single record or lesson, or the codes of a township."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Something that is printed. Measures are of the trimmed sheet and true size, in millimetres."""

    name: str
    """How it is asked for; also the folder its files lie in."""
    title: str
    subject: Subject
    template: str
    """The Typst file below `overrides/print`, without `.typ`."""
    width: float
    height: float
    symbol: float
    """Width of the QR symbol without its quiet zone."""
    design: float = 210
    """Width of the sheet in the measures of its template: A3 is A4 enlarged."""
    times: int = 1
    """How often the symbol of a record stands on it."""
    least: float = 9
    """Size of the smallest type, in points."""
    material: str
    """What the printer is told of paper and finish."""
    names_deputies: bool = False
    """Whether the thing of a station lists its deputies, unless it is to outlive a term."""
    is_large: bool = False
    """Whether it is usually sent to the printer reduced, 1:n."""

    @property
    def reach(self) -> float:
        """From how far it scans, in metres: ten times the width of the symbol (rule of thumb)."""
        return self.symbol / 100

    @property
    def is_shared(self) -> bool:
        """Whether one file holds what belongs to many records."""
        return self.subject.endswith("codes")


_PAPER = "157克铜版纸，覆哑膜"
_OFFICE = "80克以上复印纸，办公打印机即可"
_CARD = "300克白卡纸，双面覆哑膜"
_PLATE = "UV印刷铝板或亚克力，亚光表面"

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            name="station-a3",
            title="联络站海报 A3",
            subject="station",
            template="station",
            width=297,
            height=420,
            symbol=153,
            names_deputies=True,
            material=_PAPER,
        ),
        Kind(
            name="station-a4",
            title="联络站海报 A4",
            subject="station",
            template="station",
            width=210,
            height=297,
            symbol=108,
            names_deputies=True,
            material=_PAPER,
        ),
        Kind(
            name="deputy-a4",
            title="代表海报 A4",
            subject="deputy",
            template="deputy",
            width=210,
            height=297,
            symbol=100,
            material=_PAPER,
        ),
        Kind(
            name="plate",
            title="门牌 60×40厘米",
            subject="station",
            template="plate",
            width=600,
            height=400,
            symbol=200,
            design=297,
            material=_PLATE,
        ),
        Kind(
            name="plate-a4",
            title="门牌 A4",
            subject="station",
            template="plate",
            width=297,
            height=210,
            symbol=100,
            design=297,
            material=_PAPER,
        ),
        Kind(
            name="desk-card",
            title="桌牌（对折A5）",
            subject="deputy",
            template="desk_card",
            width=210,
            height=297,
            symbol=60,
            times=2,
            material="250克白卡纸，横向对折",
        ),
        Kind(
            name="badge",
            title="胸卡 90×54毫米",
            subject="deputy codes",
            template="badge",
            width=90,
            height=54,
            symbol=26,
            design=90,
            least=7,
            material=_CARD,
        ),
        Kind(
            name="badge-9",
            title="胸卡 9张拼A4",
            subject="deputy codes",
            template="badge",
            width=297,
            height=210,
            symbol=26,
            design=297,
            least=7,
            material=_CARD,
        ),
        Kind(
            name="badge-10",
            title="胸卡 10张拼A4",
            subject="deputy codes",
            template="badge",
            width=210,
            height=297,
            symbol=26,
            least=7,
            material=_CARD,
        ),
        Kind(
            name="rollup",
            title="易拉宝 80×200厘米",
            subject="station",
            template="rollup",
            width=800,
            height=2000,
            symbol=400,
            material="PP胶或相纸，覆哑膜，装易拉宝架",
            is_large=True,
        ),
        Kind(
            name="board",
            title="展板 60×90厘米",
            subject="station",
            template="board",
            width=600,
            height=900,
            symbol=200,
            names_deputies=True,
            material="KT板或PVC板，覆哑膜",
            is_large=True,
        ),
        Kind(
            name="codes",
            title="乡镇编号总表",
            subject="all codes",
            template="codes",
            width=210,
            height=297,
            symbol=26,
            material=_OFFICE,
        ),
        Kind(
            name="notice",
            title="接待公告",
            subject="station",
            template="notice",
            width=210,
            height=297,
            symbol=100,
            material=_OFFICE,
        ),
        Kind(
            name="opinion",
            title="意见卡 A5",
            subject="station",
            template="opinion",
            width=148,
            height=210,
            symbol=40,
            design=148,
            material="100克双胶纸",
        ),
        Kind(
            name="lesson-a4",
            title="普法课海报 A4",
            subject="lesson",
            template="lesson",
            width=210,
            height=297,
            symbol=100,
            material=_PAPER,
        ),
        Kind(
            name="handout",
            title="普法课讲义 A4",
            subject="lesson",
            template="handout",
            width=210,
            height=297,
            symbol=36,
            material=_OFFICE,
        ),
    )
}
"""All kinds by name, in the order they are listed."""  # fmt: skip

LINKED: Mapping[str, str] = {"station": "station-a4", "deputy": "deputy-a4"}
"""The kind whose file the page of a record links to."""


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


class _Chosen:
    """The records that were asked for, by township; no more of them is fetched than has to be."""

    def __init__(self, register: Register, land: Land, choice: Choice) -> None:
        self.choice, self.land, self.register = choice, land, register
        self.stations: dict[str, list[str]] = {}
        self.deputies: dict[str, list[str]] = {}
        self.labels: dict[str, str] = {}
        self._townships: dict[str, str | None] = {}
        for code in register.stations:
            if self._is_named(code, code) and (township := self._township_of(code)):
                station = register.stations[code]
                if station.is_open:
                    self.stations.setdefault(township, []).append(code)
                    self.labels[code] = station.label
        for code in register.deputies:
            home = register.home_of[code]
            if self._is_named(code, home) and (township := self._township_of(home)):
                deputy = register.deputies[code]
                if deputy.status == "active":
                    self.deputies.setdefault(township, []).append(code)
                    self.labels[code] = deputy.name

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


def too_near(kinds: Iterable[Kind], distance: float) -> list[Kind]:
    """Kinds that do not scan from so far, in metres."""
    return [kind for kind in kinds if kind.reach < distance]


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
