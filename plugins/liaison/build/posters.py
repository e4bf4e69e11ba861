"""A print run: what is printed of a site, printed in workers, and put in place when all of it is good."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from liaison.build import parcel
from liaison.build.pressroom import Fault, Made, Shop, Task, start, unwritable, work
from liaison.model.register import Register
from liaison.plan.pages import Plan, bare_plan
from liaison.plan.prints import Choice, Piece, key_of, pieces
from liaison.problems import Problem, ProblemsError, Severity, Source, errors
from liaison.publish.ledger import Entry, Item, Ledger
from liaison.records.files import REGIONS_FILE
from liaison.records.lessons import library
from liaison.records.read import Reading
from liaison.records.reader import Reader
from liaison.render.print.copies import Wording, reasons
from liaison.render.print.fonts import font_set, texts
from liaison.render.print.profiles import Profile, read, usual
from liaison.render.print.setting import Mode, Setting
from liaison.render.print.typesetter import Look
from liaison.workers import Crew, spawned

TEMPLATES = "overrides/print"
ALONE_UP_TO = 60
"""Pages below which starting workers costs more than it saves."""

_TOGETHER = 24
"""Files of single records that make one task."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a run is asked for, apart from the choice of records."""

    mode: Mode = "office"
    wording: Wording = field(default_factory=Wording)
    scale: int = 1
    has_marks: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """A site read, and what is printed of it."""

    root: Path
    reading: Reading
    plan: Plan
    order: Order
    pieces: tuple[Piece, ...]

    @property
    def register(self) -> Register:
        """Everything on file."""
        return self.plan.register


@dataclass(frozen=True, slots=True)
class Printed:
    """What a run made."""

    made: tuple[Made, ...]
    removed: int
    """Files of earlier runs that nothing stands behind any more."""

    @property
    def pages(self) -> int:
        """Of all files together."""
        return sum(one.pages for one in self.made)

    @property
    def codes(self) -> int:
        """How many codes were read back."""
        return sum(len(one.piece.keys) * one.piece.kind.times for one in self.made)

    @property
    def typeset(self) -> float:
        """Seconds that files took until they were set, all workers together."""
        return sum(one.typeset for one in self.made)

    @property
    def proofed(self) -> float:
        """Seconds that reading codes back took, all workers together."""
        return sum(one.proofed for one in self.made)


def prepare(root: Path, reading: Reading, order: Order) -> Run:
    """The site, without any pieces yet. Raises `ProblemsError` where something is written wrong."""
    if reading.has_errors:
        raise ProblemsError(errors(reading.problems))
    plan = bare_plan(reading.register, reading.today, library(reading.curriculum))
    return Run(root, reading, plan, order, ())


def choose(run: Run, choice: Choice) -> Run:
    """The run with the pieces that were chosen."""
    return replace(run, pieces=tuple(pieces(run.register, run.plan.land, run.plan.lectures, choice)))


def produce(
    run: Run,
    out: Path,
    crew: Crew,
    *,
    made_on: datetime,
    is_whole: bool,
    why: Mapping[Item, Iterable[str]] | None = None,
) -> Printed:
    """Print everything, then put it below `out`; of what is wrong with anything all is told, and nothing is changed.

    Where the run `is_whole`, files of the same kinds that nothing stands behind are removed. `why` names the fields
    for which something is printed again. Raises `ProblemsError`, `TypesetError`, `PressError`, `FontError`,
    `ProfileError`, and `OSError`.
    """
    with workspace_below(out) as workspace:
        shop = shop_of(run, workspace, made_on)
        if common := _unwritable(run, shop):
            raise ProblemsError(_problem(run, fault) for fault in common)
        made = sorted(_printed(shop, tasks_of(run), crew), key=lambda one: one.piece.order)
        faults = [fault for one in made for fault in one.faults]
        if faults:
            raise ProblemsError(_problem(run, fault) for fault in dict.fromkeys(faults))
        papers = parcel.pack(run.plan, shop, made, {item: reasons(fields) for item, fields in (why or {}).items()})
        removed = _put_in_place(run, made, shop.finished, out, is_whole=is_whole)
        parcel.put_beside(papers, shop.finished, out)
    return Printed(tuple(made), removed)


def _unwritable(run: Run, shop: Shop) -> list[Fault]:
    """Characters that no font can write, in what stands on all sheets: facts of the site and names of townships."""
    regions = run.register.regions
    townships = dict.fromkeys(piece.township for piece in run.pieces)
    names = "".join(known.name for code in townships if (known := regions.get(code)))
    found = {"site.yml": "".join(texts(shop.setting.facts())), REGIONS_FILE: names}
    return [unwritable(file, file, one) for file, text in found.items() for one in shop.look.fonts.missing(text)]


def _printed(shop: Shop, tasks: Sequence[Task], crew: Crew) -> Iterator[Made]:
    sizes = [sum(len(piece.keys) for piece in task[1]) for task in tasks]
    alone = Crew(crew.workers, crew.engine or spawned, crew.progress)
    for _, found in alone.do(work, tasks, start, (shop,), title="排版和核对", sizes=sizes, alone_up_to=ALONE_UP_TO):
        yield from found


def shop_of(run: Run, workspace: Path, made_on: datetime | None = None) -> Shop:
    """All that a worker of this run needs. Raises `FontError` and `ProfileError`."""
    site, order = run.register.site, run.order
    further = run.root / site.print.fonts if site.print.fonts else None
    look = Look(run.root / TEMPLATES, font_set(further), run.root / site.print.logo if site.print.logo else None)
    setting = Setting(
        site=site,
        today=run.reading.today,
        mode=order.mode,
        scale=order.scale,
        has_marks=order.has_marks,
        profile=None if order.mode == "office" else profile_of(run),
    )
    when = made_on or datetime.fromtimestamp(0, UTC)
    reading = run.reading
    return Shop(
        reading.ground, reading.source, run.plan.lectures.library, setting, look, order.wording, when, workspace
    )


def profile_of(run: Run) -> Profile:
    """The press's own profile, or the usual one. Raises `ProfileError`."""
    printing = run.register.site.print
    if printing.icc is None:
        return usual()
    return read(run.root / printing.icc, printing.condition)


def tasks_of(run: Run) -> list[Task]:
    """Pieces about single records by the part these lie in, a few at a time; all others one by one."""
    index = run.reading.source.index
    by_part: dict[int, list[Piece]] = {}
    tasks: list[Task] = []
    for piece in run.pieces:
        known = {"station": index.station, "deputy": index.deputy}.get(piece.kind.subject)
        if known is None:
            tasks.append((None, (piece,)))
        else:
            by_part.setdefault(known[piece.keys[0]][0], []).append(piece)
    for number, found in by_part.items():
        tasks += [(number, tuple(found[at : at + _TOGETHER])) for at in range(0, len(found), _TOGETHER)]
    return tasks


@contextmanager
def workspace_below(out: Path | None) -> Iterator[Path]:
    """A folder on the same disk as `out`, gone at the end."""
    if out is not None:
        out.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix=".new-", dir=out))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put_in_place(run: Run, made: Sequence[Made], finished: Path, out: Path, *, is_whole: bool) -> int:
    before = Ledger.found(out) or Ledger()
    new = {
        one.piece.path: Entry(
            one.piece.kind.name, one.piece.township, run.reading.today, one.pages, one.sha256, one.fields
        )
        for one in made
    }
    kinds = {entry.kind for entry in new.values()}
    stale = _stale(before.files, made, kinds if is_whole else set()) - new.keys()
    for path in new:
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (finished / path).replace(target)
    for path in stale:
        (out / path).unlink(missing_ok=True)
    kept = Ledger({path: entry for path, entry in before.files.items() if path not in stale})
    kept.renewed(new).write(out)
    return len(stale)


def _stale(files: Mapping[str, Entry], made: Sequence[Made], whole: set[str]) -> set[str]:
    """Earlier files of kinds that were printed as a whole, and of single things that now have another name."""
    again = {(one.piece.kind.name, one.piece.keys) for one in made if not one.piece.kind.is_shared}
    return {path for path, entry in files.items() if entry.kind in whole or (entry.kind, tuple(entry.items)) in again}


def _problem(run: Run, fault: Fault) -> Problem:
    """A fault with the place in the record's file."""
    file = fault.key if fault.key in {"site.yml", REGIONS_FILE} else _file_of(run, fault.key)
    line = column = 1
    text = ""
    if fault.sought:
        for number, found in enumerate((run.root / file).read_text("utf-8").splitlines(), 1):
            if fault.sought in found:
                line, column, text = number, found.index(fault.sought) + 1, found
                break
    words = f"{fault.key}：{fault.words}"
    return Problem(fault.rule, Severity.ERROR, Source(file, line, column, text), words, fault.remedy)


def _file_of(run: Run, key: str) -> str:
    index, reader = run.reading.source.index, Reader(run.reading.source)
    if key in index.station:
        return reader.get("station", key).file
    if key in index.deputy:
        return reader.get("deputy", key).file
    lesson = next((one for one in run.plan.lectures.published if key_of(one) == key), None)
    return lesson.file if lesson else "site.yml"
