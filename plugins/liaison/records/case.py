"""What every rule may look at: the records where they are written, and today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from liaison.model.deputies import Deputy
from liaison.model.laws import Keyword, Law
from liaison.model.lessons import Lesson
from liaison.model.regions import Region, RegionTree
from liaison.model.site import Site
from liaison.model.stations import Area, Station
from liaison.model.workdays import HolidayYear, Workdays

from .curriculum import Curriculum
from .filed import Filed
from .files import REGIONS_FILE
from .issued_codes import Unkept


def by_code(all_filed: Iterable[Filed[Region]]) -> dict[str, Filed[Region]]:
    """Regions by code; the first where a code is written twice."""
    found: dict[str, Filed[Region]] = {}
    for filed in all_filed:
        if not filed.lacks("code"):
            found.setdefault(filed.record.code, filed)
    return found


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
    """What `laws/` registers."""
    keywords: tuple[Filed[Keyword], ...] = ()
    print_files: Collection[str] = ()
    """Keys of `print` in `site.yml` that name a file, or a folder of fonts, which is there."""

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
    curriculum: Curriculum = field(default_factory=Curriculum)
    """The lessons, where they are judged; else none."""
    doubled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Codes that are written more than once, with all files that hold them, in file order."""
    unkept: tuple[Unkept, ...] = ()
    """Codes of the version compared with that did not stay with their holders."""

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
    def laws(self) -> tuple[Filed[Law], ...]:
        """The laws that are judged."""
        return self.ground.laws if self.judges_ground else ()

    @property
    def lessons(self) -> tuple[Filed[Lesson], ...]:
        """The law lessons that are judged."""
        return self.curriculum.lessons

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
