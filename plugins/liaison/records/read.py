"""All records of a site: read every file, build what can be built, judge it, and report everything in one go."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from liaison.model.deputies import Deputy
from liaison.model.regions import Region, RegionTree
from liaison.model.register import Register
from liaison.model.site import Site
from liaison.model.stations import Area, Station
from liaison.model.workdays import HolidayYear, Workdays
from liaison.problems import Problem, ProblemsError, errors

from . import characters, fields
from .case import Case, Filed
from .files import SITE_FILE, Layout, survey
from .findings import Finding, from_faults, locate
from .loader import Document, Fault, Node, decode, read
from .rules import RULES

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a site gave: the register of all that is sound, and every problem in file order."""

    register: Register
    problems: tuple[Problem, ...]

    @property
    def has_errors(self) -> bool:
        """Whether something must be mended before a site can be built."""
        return bool(errors(self.problems))


def read_site_facts(root: Path) -> Site:
    """The facts in `site.yml`. Raises `ProblemsError` where they cannot be read whole."""
    folder = _Folder(root)
    site = folder.one(Site, SITE_FILE)
    problems = folder.all_problems()
    if site is None or errors(problems):
        raise ProblemsError(problems)
    return site


def read_site(root: Path, today: date) -> Reading:
    """Every record below `root`, judged as of `today`. Raises `ProblemsError` only where `site.yml` is unusable."""
    folder = _Folder(root)
    site = folder.one(Site, SITE_FILE)
    if site is None:
        raise ProblemsError(folder.all_problems())
    layout = survey(root)
    folder.findings += layout.findings
    folder.front_matter(layout.lessons)
    case = _case(folder, layout, site, today)
    for rule in RULES:
        folder.findings += rule.findings(case)
    return Reading(case.register, folder.all_problems())


def _case(folder: _Folder, layout: Layout, site: Site, today: date) -> Case:
    regions = tuple(folder.listed(Region, layout.regions))
    years = tuple(folder.listed(HolidayYear, layout.holidays))
    areas = tuple(folder.each(Area, layout.areas))
    stations = tuple(folder.each(Station, layout.stations))
    deputies = tuple(folder.each(Deputy, layout.deputies))
    register = _register(site, regions, years, areas, stations, deputies, layout)
    return Case(
        register=register,
        today=today,
        site=Filed(SITE_FILE, (), site),
        regions=regions,
        years=years,
        areas=areas,
        stations=stations,
        deputies=deputies,
        pictures=frozenset(layout.pictures),
        unsound=folder.unsound,
    )


def _register(
    site: Site,
    regions: tuple[Filed[Region], ...],
    years: tuple[Filed[HolidayYear], ...],
    areas: tuple[Filed[Area], ...],
    stations: tuple[Filed[Station], ...],
    deputies: tuple[Filed[Deputy], ...],
    layout: Layout,
) -> Register:
    by_folder = {filed.folder: filed.record for filed in areas}
    station_codes: dict[str, str] = {}
    sound_stations: dict[str, Station] = {}
    area_of: dict[str, str] = {}
    for station in stations:
        area = station.folder.rpartition("/")[0]
        if area in by_folder and station.record.code not in sound_stations:
            sound_stations[station.record.code] = station.record
            station_codes[station.folder] = station.record.code
            area_of[station.record.code] = area.rpartition("/")[2]
    sound_deputies: dict[str, Deputy] = {}
    home_of: dict[str, str] = {}
    photos: dict[str, str] = {}
    for deputy in deputies:
        home = station_codes.get(deputy.folder.rpartition("/")[0])
        code = deputy.record.code
        if home is None or code in sound_deputies:
            continue
        sound_deputies[code], home_of[code] = deputy.record, home
        if deputy.record.photo and (photo := f"{deputy.folder}/{deputy.record.photo}") in layout.pictures:
            photos[code] = photo
    return Register(
        site=site,
        regions=RegionTree(filed.record for filed in regions),
        workdays=Workdays(tuple(filed.record for filed in years)),
        areas={folder.rpartition("/")[2]: area for folder, area in by_folder.items()},
        stations=sound_stations,
        deputies=sound_deputies,
        area_of=area_of,
        home_of=home_of,
        photos=photos,
    )


@dataclass(slots=True)
class _Folder:
    """The site's folder while it is read: gathers what is wrong."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsound: dict[str, Mapping[str, Node]] = field(default_factory=dict)
    """Plain content of files that gave no record, so that what refers to them is not blamed."""

    def bytes_of(self, file: str) -> bytes:
        """The bytes of a file of the site."""
        return (self.root / file).read_bytes()

    def document(self, file: str) -> Document:
        """A file, read; faults are noted."""
        try:
            text = decode(self.bytes_of(file))
        except OSError as error:
            fault = Fault("file/unreadable", 1, 1, f"文件读不出来：{error.strerror}", "检查文件是否存在、有没有权限")
            self.problems += from_faults(file, [fault], "")
            return Document()
        if isinstance(text, Fault):
            self.problems += from_faults(file, [text], "")
            return Document()
        document = read(text)
        self.problems += from_faults(file, document.faults, text)
        self.problems += characters.problems(file, text, document)
        if document.tree is None and not document.faults:
            empty = Fault("field/empty", 1, 1, "文件是空的", "按样例写上内容，或删去这个文件")
            self.problems += from_faults(file, [empty], text)
        return document

    def one(self, shape: type[T], file: str) -> T | None:
        """The record of a file, if it gave one."""
        document = self.document(file)
        if document.tree is None:
            return None
        record, findings = fields.build(shape, document, file)
        self.findings += findings
        if record is None and isinstance(document.tree, dict):
            self.unsound[file] = document.tree
        return record

    def each(self, shape: type[T], files: list[str]) -> list[Filed[T]]:
        """The records of many files, one in each."""
        return [Filed(file, (), record) for file in files if (record := self.one(shape, file)) is not None]

    def listed(self, shape: type[T], file: str | None) -> list[Filed[T]]:
        """The records of a file that holds a list of them."""
        document = self.document(file) if file is not None else Document()
        if file is None or document.tree is None:
            return []
        if not isinstance(document.tree, list):
            self.findings.append(
                Finding(file, (), "这个文件要写成列表", "每项以“- ”开头", rule="field/type"),
            )
            return []
        found: list[Filed[T]] = []
        for place, item in enumerate(document.tree):
            part = Document(tree=item, has_empty=document.has_empty)
            part.dropped = {path[1:] for path in document.dropped if path[:1] == (place,)}
            record, findings = fields.build(shape, part, file)
            self.findings += [finding.below((place,)) for finding in findings]
            if record is not None:
                found.append(Filed(file, (place,), record))
        return found

    def front_matter(self, files: list[str]) -> None:
        """Front matter of Markdown files passes the same loader."""
        for file in files:
            text = decode(self.bytes_of(file))
            if isinstance(text, Fault):
                self.problems += from_faults(file, [text], "")
                continue
            head = _head(text)
            if head is not None:
                self.problems += from_faults(file, read(head).faults, head, first_line=2)
            self.problems += characters.problems(file, text, Document())

    def all_problems(self) -> tuple[Problem, ...]:
        """Everything found, each once, in file order."""
        located = locate(self.findings, self.bytes_of)
        return tuple(sorted(dict.fromkeys(self.problems + located), key=Problem.order))


def _head(text: str) -> str | None:
    """The YAML between the two `---` lines at the start of a Markdown file."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        return None
    end = next((place for place, line in enumerate(lines[1:], 1) if line.rstrip() in {"---", "..."}), len(lines))
    return "".join(lines[1:end])
