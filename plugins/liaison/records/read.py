"""All records of a site: read every file, build what can be built, judge it, and report everything in one go."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from liaison.model.register import Register
from liaison.model.site import Site
from liaison.problems import Problem, ProblemsError, errors
from liaison.shelf import Shelf, passing
from liaison.workers import Crew, uncollected

from .case import Ground
from .curriculum import Curriculum
from .files import SITE_FILE, Layout, survey_top, unlisted
from .findings import locate
from .folder import Folder, in_order
from .gather import Gathered, files_name, gather, records_name
from .ground import GROUND, read_ground
from .index import Index, Place
from .issued_codes import Unkept, codes_at
from .judge import ALONE_UP_TO, Docket, Extra, Groups, Verdict, judge_ground, judge_parts, part_keys, verdict_name
from .kept_codes import Present, unkept
from .lessons import STUDIED, Against, read_lessons
from .parts import Part, parts
from .reader import Reader, Source
from .registers import whole_register
from .rules import RULES
from .rules.rule import GroupRule
from .versions import Version


@dataclass(frozen=True)
class Reading:
    """What reading a site gave: every problem in file order, and the way to all that is on file."""

    ground: Ground
    curriculum: Curriculum
    source: Source
    verdicts: tuple[Verdict, ...]
    """Of the parts, in their order."""
    keys: tuple[bytes, ...]
    """Of all that the parts were judged from, but for records of other parts."""
    problems: tuple[Problem, ...]
    stations: int
    """How many files of stations were read, sound or not."""
    deputies: int

    @property
    def today(self) -> date:
        """The day it was judged on."""
        return self.ground.today

    @property
    def has_errors(self) -> bool:
        """Whether something must be mended before a site can be built."""
        return bool(errors(self.problems))

    @cached_property
    def register(self) -> Register:
        """Everything on file, of a site without errors; records are fetched when they are asked for."""
        return whole_register(self.ground, Reader(self.source), self.source)


def read_site_facts(root: Path) -> Site:
    """The facts in `site.yml`. Raises `ProblemsError` where they cannot be read whole."""
    folder = Folder(root)
    site = folder.one(Site, SITE_FILE)
    problems = folder.all_problems()
    if site is None or errors(problems):
        raise ProblemsError(problems)
    return site.record


def read_site(
    root: Path,
    today: date | Callable[[Site], date],
    crew: Crew | None = None,
    shelf: Shelf | None = None,
    extra: Extra | None = None,
    against: Against | None = None,
) -> Reading:
    """Every record below `root`, judged as of `today`, which the site's facts may decide.

    What `shelf` holds of an earlier run is used as far as nothing it was made from changed. `extra` is also made of
    each part that has no errors. Raises `ProblemsError` only where `site.yml` is unusable, and `BaseError`.
    """
    with uncollected():
        return _Run(root, crew or Crew(), shelf or passing(), extra, against or Against()).reading(today)


class _Run:
    """One reading of a site."""

    def __init__(self, root: Path, crew: Crew, shelf: Shelf, extra: Extra | None, against: Against) -> None:
        self._root, self._crew, self._shelf, self._extra, self._against = root, crew, shelf, extra, against
        self._folder = Folder(root)

    def reading(self, today: date | Callable[[Site], date]) -> Reading:
        folder = self._folder
        layout, folders = survey_top(self._root)
        ground = read_ground(folder, self._shelf, layout, today)
        curriculum = read_lessons(folder, layout, ground, self._crew, self._shelf, self._against)
        all_parts = parts(folders)
        gathered = self._gathered(all_parts)
        holding = [part.area.rpartition("/")[2] for part, one in zip(all_parts, gathered, strict=True) if one.size]
        folder.findings += [*layout.findings, *unlisted(layout, holding)]
        ground = replace(
            ground,
            unsound=dict(folder.unsound) | {file: words for one in gathered for file, words in one.unsound.items()},
        )
        index = Index.of([one.brief for one in gathered])
        source = Source(self._root, self._shelf, all_parts, tuple(one.digest for one in gathered), index)
        reader = Reader(source)
        doubled = _doubled(index, reader)
        judge_ground(ground, curriculum, self._unkept(source, gathered, ground, layout), reader, folder)
        keys = part_keys(source, ground, doubled)
        own = folder.all_problems()
        is_refused = bool(errors(own)) or any(errors(one.problems) for one in gathered)
        docket = Docket(
            source=source,
            ground=ground,
            doubled=doubled,
            layouts=dict(enumerate(gathered)),
            keys=dict(enumerate(keys)),
            besides=None if is_refused else self._extra,
        )
        verdicts = self._verdicts(docket)
        return Reading(
            ground=ground,
            curriculum=curriculum,
            source=source,
            verdicts=verdicts,
            keys=keys,
            problems=self._problems(own, gathered, verdicts),
            stations=sum(len(one.layout.stations) for one in gathered),
            deputies=sum(len(one.layout.deputies) for one in gathered),
        )

    def _gathered(self, all_parts: Sequence[Part]) -> tuple[Gathered, ...]:
        numbers = range(len(all_parts))
        sizes = [len(part.folders) for part in all_parts]
        done = self._crew.do(
            _gather,
            numbers,
            _start,
            (self._root, all_parts, self._shelf),
            title="读取记录",
            sizes=sizes,
            alone_up_to=ALONE_UP_TO // 16,
        )
        found = dict(done)
        names = [name(part) for part in all_parts for name in (files_name, records_name, verdict_name)]
        self._shelf.keep_only([GROUND, STUDIED, *names])
        return tuple(found[number] for number in numbers)

    def _unkept(self, source: Source, gathered: Sequence[Gathered], ground: Ground, top: Layout) -> tuple[Unkept, ...]:
        base = self._against.base
        if base is None:
            return ()
        odd = [one.file for layout in (top, *(one.layout for one in gathered)) for one in layout.findings]
        return unkept(codes_at(Version.of(self._root, base)), Present(source, gathered, ground, odd))

    def _verdicts(self, docket: Docket) -> tuple[Verdict, ...]:
        """Those that still hold off the shelf, and the others anew."""
        source, with_extra = docket.source, self._extra is not None
        known: dict[int, Verdict] = {}
        for number, part in enumerate(source.parts):
            before = self._shelf.get(verdict_name(part))
            if isinstance(before, Verdict) and before.holds(docket.keys[number], source, with_extra=with_extra):
                known[number] = before
        wanted = [number for number in docket.keys if number not in known]
        only = replace(docket, layouts={number: docket.layouts[number] for number in wanted})
        known |= judge_parts(only, wanted, self._crew)
        return tuple(known[number] for number in docket.keys)

    def _problems(
        self, own: Sequence[Problem], gathered: Sequence[Gathered], verdicts: Sequence[Verdict]
    ) -> tuple[Problem, ...]:
        groups: Groups = {}
        for verdict in verdicts:
            for key, group in verdict.groups.items():
                groups[key] = groups[key] + group if key in groups else group
        by_id = {rule.id: rule for rule in RULES if isinstance(rule, GroupRule)}
        together = [by_id[rule].finding(key, group) for (rule, key), group in groups.items()]
        found = [*own, *locate(together, self._folder.bytes_of)]
        for part, verdict in zip(gathered, verdicts, strict=True):
            found += (*part.problems, *verdict.problems)
        return in_order(found)


def _doubled(index: Index, reader: Reader) -> dict[str, tuple[str, ...]]:
    """The files of every code that is written more than once; the first record of each kind is the one meant by it."""
    found: dict[str, tuple[str, ...]] = {}
    for code in index.twice:
        by_order: dict[tuple[str, ...], Place] = {}
        for number, one in enumerate(index.briefs):
            for place, written in enumerate(one.codes):
                if written == code:
                    by_order[tuple(reader.at((number, place)).file.split("/"))] = (number, place)
        inside = {"station": index.station, "deputy": index.deputy}
        for order in sorted(by_order, reverse=True):
            number, place = by_order[order]
            kind = "station" if place < index.briefs[number].stations else "deputy"
            inside[kind][code] = (number, place)
        found[code] = tuple("/".join(order) for order in sorted(by_order))
    return found


_at: tuple[Path, Sequence[Part], Shelf] | None = None


def _start(root: Path, all_parts: Sequence[Part], shelf: Shelf) -> None:
    global _at  # noqa: PLW0603 - the state of a worker, set when it starts
    _at = (root, all_parts, shelf)


def _gather(number: int) -> Gathered:
    assert _at is not None  # noqa: S101 - _start ran first
    root, all_parts, shelf = _at
    with uncollected():
        return gather(root, all_parts[number], shelf)
