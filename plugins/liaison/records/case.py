"""What every rule may look at: the records where they are written, and today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Generic, TypeVar

from liaison.model.citations import Citation
from liaison.model.cues import Cue
from liaison.model.deputies import Deputy
from liaison.model.doubts import Doubt
from liaison.model.laws import Keyword, Law, Laws
from liaison.model.lessons import Lesson, Place, Series
from liaison.model.regions import Region, RegionTree
from liaison.model.site import Site
from liaison.model.stations import Area, Station
from liaison.model.workdays import HolidayYear, Workdays
from liaison.quick import quick

from .document import Path
from .files import REGIONS_FILE
from .findings import Finding, Spot

T = TypeVar("T", covariant=True)  # noqa: PLC0105 - the usual short name


@quick
@dataclass(frozen=True, slots=True)
class Filed(Generic[T]):
    """A record, the file it stands in, and its path there (empty when it is the whole file)."""

    file: str
    path: Path
    record: T
    lost: frozenset[Path] = frozenset()
    """What did not fit and was reported: left out of the record, or a stand-in where it is required."""

    @property
    def folder(self) -> str:
        """The folder of the file."""
        return self.file.rpartition("/")[0]

    def at(self, *path: str | int, message: str, hint: str, spot: Spot = "value", offset: int = 0) -> Finding:
        """A finding at a path inside this record."""
        moot = bool(self.lost) and any(path[: len(lost)] == lost for lost in self.lost)
        return Finding(self.file, (*self.path, *path), message, hint, spot=spot, offset=offset, moot=moot)

    def lacks(self, *path: str | int) -> bool:
        """Whether something at, below or above this path did not fit, so that nothing may be concluded from it."""
        return bool(self.lost) and any(lost[: len(path)] == path[: len(lost)] for lost in self.lost)


def by_code(all_filed: Iterable[Filed[Region]]) -> dict[str, Filed[Region]]:
    """Regions by code; the first where a code is written twice."""
    found: dict[str, Filed[Region]] = {}
    for filed in all_filed:
        if not filed.lacks("code"):
            found.setdefault(filed.record.code, filed)
    return found


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A citation and where it stands: in the front matter at `path` from `offset` on, or in the body."""

    file: str
    path: Path
    offset: int
    line: int
    """0 in the front matter."""
    column: int
    citation: Citation
    doubt: Doubt | None = None

    def at(self, begin: int, *, message: str, hint: str) -> Finding:
        """A finding at a place of the text that the citation was found in, on the same line."""
        more = begin - self.citation.start
        place = (self.line, self.column + more) if self.line else (0, 0)
        offset = max(self.offset + more, 0)
        return Finding(self.file, self.path, message, hint, offset=offset, line=place[0], column=max(place[1], 1))


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Misquoted:
    """Words in quotation marks that are not those of the article they are said to be from, and where they stand."""

    file: str
    path: Path
    offset: int
    line: int
    column: int
    citation: Citation
    written: str
    expected: str

    def finding(self, message: str, hint: str) -> Finding:
        """A finding at the first character that differs."""
        return Finding(self.file, self.path, message, hint, offset=self.offset, line=self.line, column=self.column)


@quick
@dataclass(frozen=True, slots=True)
class Linked:
    """A link or picture within the site, and where it stands in a body."""

    file: str
    line: int
    column: int
    address: str


@dataclass(frozen=True, kw_only=True)
class Curriculum:
    """All law lessons on file, what they cite, and the laws they are judged by."""

    laws: Laws
    law_files: tuple[Filed[Law], ...] = ()
    series: tuple[Filed[Series], ...] = ()
    lessons: tuple[Filed[Lesson], ...] = ()
    unread: frozenset[str] = frozenset()
    """Files of lessons and series that gave no record."""
    has_body: frozenset[str] = frozenset()
    """Files of lessons that have more than front matter."""
    cited: tuple[Cited, ...] = ()
    misquoted: tuple[Misquoted, ...] = ()
    cues: Mapping[str, tuple[Cue, ...]] = field(default_factory=dict)
    """Captions by the file of the lesson."""
    links: tuple[Linked, ...] = ()
    pages: frozenset[str] = frozenset()
    """Every Markdown file below `content/`."""
    media: Mapping[str, int] = field(default_factory=dict)
    """Sizes of pictures and recordings below `content/`, in bytes."""
    issued: tuple[Issued, ...] = ()
    """Lessons that were published in the version compared with."""

    @cached_property
    def series_in(self) -> Mapping[str, Filed[Series]]:
        """Series by name of their folder."""
        return {filed.folder.rpartition("/")[2]: filed for filed in self.series}

    @cached_property
    def cited_in(self) -> Mapping[str, tuple[Cited, ...]]:
        """Citations by file."""
        found: dict[str, list[Cited]] = {}
        for one in self.cited:
            found.setdefault(one.file, []).append(one)
        return {file: tuple(cited) for file, cited in found.items()}


@quick
@dataclass(frozen=True, slots=True)
class Issued:
    """A lesson that was published in an earlier version."""

    place: Place
    title: str
    day: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What every record is judged against: the day, the site's facts, regions, holidays and areas."""

    today: date
    site: Filed[Site]
    regions: tuple[Filed[Region], ...]
    years: tuple[Filed[HolidayYear], ...]
    areas: tuple[Filed[Area], ...]
    unsound: Mapping[str, Collection[str]]
    """For each file that gave no record with a code: what it holds that may be one. What refers to it is not blamed."""
    digests: Mapping[str, bytes] = field(default_factory=dict)
    """Of the files' content, by file."""

    laws: tuple[Filed[Law], ...] = ()
    keywords: tuple[Filed[Keyword], ...] = ()

    @cached_property
    def tree(self) -> RegionTree:
        """How the regions lie in one another."""
        return RegionTree(filed.record for filed in self.regions if not filed.lacks("code"))

    @cached_property
    def region(self) -> Mapping[str, Filed[Region]]:
        """Regions by code; the first where a code is written twice."""
        return by_code(self.regions)

    @cached_property
    def workdays(self) -> Workdays:
        """The calendar."""
        return Workdays(tuple(filed.record for filed in self.years))

    @cached_property
    def area_in(self) -> Mapping[str, Filed[Area]]:
        """Areas by folder."""
        return {filed.folder: filed for filed in self.areas}


@dataclass(frozen=True, kw_only=True)
class Case:
    """What rules judge at a time, and all they may look up: unsound records and those with a doubled code too.

    Either the ground itself is judged, or the records of some stations' folders upon it.
    """

    ground: Ground
    judges_ground: bool = False
    stations: tuple[Filed[Station], ...] = ()
    deputies: tuple[Filed[Deputy], ...] = ()
    pictures: Collection[str] = ()
    """Photo files of these folders, relative to the site's root."""
    refused: Collection[str] = ()
    """Files of these folders that were not taken because of their name or kind."""
    station: Mapping[str, Filed[Station]]
    """All stations of the site by code; the first where a code is written twice."""
    deputy: Mapping[str, Filed[Deputy]]
    """All deputies of the site by code; the first where a code is written twice."""
    curriculum: Curriculum | None = None
    """The lessons, where they are judged."""
    doubled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes that are written more than once, with all files that hold them, in file order."""

    @property
    def today(self) -> date:
        """The day it is judged on."""
        return self.ground.today

    @property
    def site(self) -> Filed[Site]:
        """The facts of the site, to look something up."""
        return self.ground.site

    @property
    def sites(self) -> tuple[Filed[Site], ...]:
        """The facts of the site, where they are judged."""
        return (self.ground.site,) if self.judges_ground else ()

    @property
    def regions(self) -> tuple[Filed[Region], ...]:
        """The regions that are judged."""
        return self.ground.regions if self.judges_ground else ()

    @property
    def areas(self) -> tuple[Filed[Area], ...]:
        """The areas that are judged."""
        return self.ground.areas if self.judges_ground else ()

    @property
    def tree(self) -> RegionTree:
        """How the regions lie in one another."""
        return self.ground.tree

    @property
    def region(self) -> Mapping[str, Filed[Region]]:
        """Regions by code."""
        return self.ground.region

    @property
    def workdays(self) -> Workdays:
        """The calendar."""
        return self.ground.workdays

    @property
    def unsound(self) -> Mapping[str, Collection[str]]:
        """Files that gave no record with a code, and what in them may be one."""
        return self.ground.unsound

    @cached_property
    def station_in(self) -> Mapping[str, Filed[Station]]:
        """The stations that are judged, by folder."""
        return {filed.folder: filed for filed in self.stations}

    def may_stand_in(self, ending: str, code: str) -> bool:
        """Whether the code stands in a file with this ending that gave no record."""
        return any(ending in file and code in words for file, words in self.unsound.items())

    def knows_region(self, code: str) -> bool:
        """Whether the region is on file, be its entry sound or not."""
        return code in self.region or self.may_stand_in("/regions.yml", code)

    @property
    def knows_no_regions(self) -> bool:
        """Whether the list of regions could not be read at all, so that no reference to it may be blamed."""
        return not self.ground.regions and not self.is_region_list_sound

    @property
    def is_region_list_sound(self) -> bool:
        """Whether every region on the list has a code, so that it is known what lies in what."""
        return REGIONS_FILE not in self.unsound

    def knows_station(self, code: str) -> bool:
        """Whether a station has this code, be its record sound or not."""
        return code in self.station or self.may_stand_in("/station.yml", code)

    def knows_deputy(self, code: str) -> bool:
        """Whether a deputy has this code, be the record sound or not."""
        return code in self.deputy or self.may_stand_in("/deputies/", code)

    def home(self, deputy: Filed[Deputy]) -> Filed[Station] | None:
        """The station whose folder the deputy's record lies in, if it is on file."""
        return self.station_in.get(deputy.folder.rpartition("/")[0])

    def area(self, station: Filed[Station]) -> Filed[Area] | None:
        """The area whose folder the station's lies in, if it is on file."""
        return self.ground.area_in.get(station.folder.rpartition("/")[0])
