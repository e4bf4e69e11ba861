"""All records of a site: read every file, build what can be built, judge it, and report everything in one go."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from liaison.model.deputies import Deputy
from liaison.model.regions import Region, RegionTree
from liaison.model.register import Register
from liaison.model.site import Site
from liaison.model.stations import Area, Station
from liaison.model.workdays import HolidayYear, Workdays
from liaison.problems import Problem, ProblemsError, errors

from . import pictures
from .case import Case, Filed
from .files import REGIONS_FILE, SITE_FILE, Layout, survey
from .folder import Folder
from .rules import RULES


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a site gave: the register of all that is sound, and every problem in file order."""

    register: Register
    problems: tuple[Problem, ...]
    today: date
    """The day it was judged on."""
    stations: int
    """How many files of stations were read, sound or not."""
    deputies: int

    @property
    def has_errors(self) -> bool:
        """Whether something must be mended before a site can be built."""
        return bool(errors(self.problems))


def read_site_facts(root: Path) -> Site:
    """The facts in `site.yml`. Raises `ProblemsError` where they cannot be read whole."""
    folder = Folder(root)
    site = folder.one(Site, SITE_FILE)
    problems = folder.all_problems()
    if site is None or errors(problems):
        raise ProblemsError(problems)
    return site.record


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles, which would walk millions of records again and again and find none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def read_site(root: Path, today: date | Callable[[Site], date], workers: int = 1) -> Reading:
    """Every record below `root`, judged as of `today`, which the site's facts may decide; files by so many workers.

    Raises `ProblemsError` only where `site.yml` is unusable.
    """
    with uncollected():
        return _read_site(root, today, workers)


def _read_site(root: Path, today: date | Callable[[Site], date], workers: int) -> Reading:
    folder = Folder(root, workers)
    site = folder.one(Site, SITE_FILE)
    if site is None:
        raise ProblemsError(folder.all_problems())
    layout = survey(root)
    folder.findings += layout.findings
    folder.findings += pictures.findings(root, layout.pictures)
    folder.front_matter(layout.lessons)
    case = _case(folder, layout, site, today if isinstance(today, date) else today(site.record))
    for rule in RULES:
        folder.findings += rule.findings(case)
    return Reading(_register(case), folder.all_problems(), case.today, len(layout.stations), len(layout.deputies))


def _case(folder: Folder, layout: Layout, site: Filed[Site], today: date) -> Case:
    regions = folder.listed(Region, layout.regions)
    years = folder.listed(HolidayYear, layout.holidays)
    if layout.regions is None:
        folder.unsound[REGIONS_FILE] = ()
    return Case(
        today=today,
        site=site,
        regions=regions,
        tree=RegionTree(filed.record for filed in regions if not filed.lacks("code")),
        years=years,
        workdays=Workdays(tuple(filed.record for filed in years)),
        areas=folder.each(Area, layout.areas),
        stations=folder.each(Station, layout.stations),
        deputies=folder.each(Deputy, layout.deputies),
        pictures=layout.pictures,
        refused=layout.refused,
        unsound=folder.unsound,
    )


def _register(case: Case) -> Register:
    """The sound records, each code once, that lie in a sound area or at a sound station."""
    stations: dict[str, Station] = {}
    area_of: dict[str, str] = {}
    for code, station in case.station.items():
        area = case.area(station)
        if not station.lost and area is not None:
            stations[code], area_of[code] = station.record, area.folder.rpartition("/")[2]
    deputies: dict[str, Deputy] = {}
    home_of: dict[str, str] = {}
    photos: dict[str, str] = {}
    for code, deputy in case.deputy.items():
        home = case.home(deputy)
        if deputy.lost or home is None or stations.get(home.record.code) is not home.record:
            continue
        deputies[code], home_of[code] = deputy.record, home.record.code
        if deputy.record.photo and (photo := f"{deputy.folder}/{deputy.record.photo}") in case.pictures:
            photos[code] = photo
    return Register(
        site=case.site.record,
        regions=case.tree,
        workdays=case.workdays,
        areas={area.folder.rpartition("/")[2]: area.record for area in case.areas},
        stations=stations,
        deputies=deputies,
        area_of=area_of,
        home_of=home_of,
        photos=photos,
    )
