"""A print run before anything is printed: the site, what was asked for, and what that comes to in tasks for workers."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from liaison.build.pressroom import Shop, Task
from liaison.model.register import Register
from liaison.plan.pages import Plan, bare_plan
from liaison.plan.prints import Choice, Piece, pieces
from liaison.problems import ProblemsError, errors
from liaison.records.lessons import library
from liaison.records.read import Reading
from liaison.render.print.copies import Wording
from liaison.render.print.fonts import font_set
from liaison.render.print.profiles import Profile, read, usual
from liaison.render.print.setting import Mode, Setting
from liaison.render.print.typesetter import Look

TEMPLATES = "overrides/print"

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


def prepare(root: Path, reading: Reading, order: Order) -> Run:
    """The site, without any pieces yet. Raises `ProblemsError` where something is written wrong."""
    if reading.has_errors:
        raise ProblemsError(errors(reading.problems))
    plan = bare_plan(reading.register, reading.today, library(reading.curriculum))
    return Run(root, reading, plan, order, ())


def choose(run: Run, choice: Choice) -> Run:
    """The run with the pieces that were chosen."""
    return replace(run, pieces=tuple(pieces(run.register, run.plan.land, run.plan.lectures, choice)))


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
