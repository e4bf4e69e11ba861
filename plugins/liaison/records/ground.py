"""What every record is judged against, from its files: the site's facts, regions, holidays, areas and laws."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, TypeVar

from liaison.model.laws import Keyword, Law
from liaison.model.regions import Region
from liaison.model.site import Site
from liaison.model.stations import Area
from liaison.model.workdays import HolidayYear
from liaison.problems import ProblemsError
from liaison.shelf import Shelf, digest

from .case import Ground
from .filed import Filed
from .files import REGIONS_FILE, SITE_FILE, Layout
from .folder import Folder
from .print_files import there

T = TypeVar("T")

GROUND = "ground"
"""Under which these records lie on the shelf."""


def read_ground(folder: Folder, shelf: Shelf, layout: Layout, today: date | Callable[[Site], date]) -> Ground:
    """The ground of a site; what is amiss goes to `folder`. Raises `ProblemsError` where `site.yml` is unusable."""
    kept = _Kept(folder, shelf.get(GROUND))
    site: Filed[Site] | None = next(iter(kept.records(Site, SITE_FILE)), None)
    if site is None:
        raise ProblemsError(folder.all_problems())
    regions = kept.records(Region, layout.regions, listed=True)
    years = kept.records(HolidayYear, layout.holidays, listed=True)
    laws = tuple(filed for file in layout.laws for filed in kept.records(Law, file))
    keywords = kept.records(Keyword, layout.keywords, listed=True)
    areas = tuple(filed for file in layout.areas for filed in kept.records(Area, file))
    if layout.regions is None:
        folder.unsound[REGIONS_FILE] = ()
    if kept.has_news:
        shelf.put(GROUND, kept.found)
    return Ground(
        today=today if isinstance(today, date) else today(site.record),
        site=site,
        regions=regions,
        years=years,
        areas=areas,
        laws=laws,
        keywords=keywords,
        unsound=folder.unsound,
        digests=kept.digests,
        print_files=there(folder.root, site.record.print),
    )


class _Kept:
    """Records of single files, from an earlier run as long as the file is the same."""

    def __init__(self, folder: Folder, before: Any) -> None:  # noqa: ANN401 - off the shelf
        self._folder = folder
        self._before: Mapping[str, tuple[bytes, tuple[Filed[Any], ...]]] = before if isinstance(before, dict) else {}
        self.found: dict[str, tuple[bytes, tuple[Filed[Any], ...]]] = {}
        self.digests: dict[str, bytes] = {}

    def records(self, shape: type[T], file: str | None, *, listed: bool = False) -> tuple[Filed[T], ...]:
        """The records of a file that holds one, or a list of them."""
        if file is None:
            return ()
        folder = self._folder
        self.digests[file] = made = digest(folder.held(file))
        known = self._before.get(file)
        if known is not None and known[0] == made:
            self.found[file] = known
            return known[1]
        said = folder.said
        one = None if listed else folder.one(shape, file)
        records = folder.listed(shape, file) if listed else () if one is None else (one,)
        if folder.said == said:
            self.found[file] = (made, records)
        return records

    @property
    def has_news(self) -> bool:
        """Whether something is not as it was kept."""
        return self.found != self._before
