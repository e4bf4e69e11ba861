"""A print run: what is printed of a site, printed in workers, and put in place when all of it is good."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from liaison.build import parcel
from liaison.build.places import problem
from liaison.build.pressroom import Fault, Made, Shop, Task, start, unwritable, work
from liaison.build.run import Run, shop_of, tasks_of, workspace_below
from liaison.problems import ProblemsError
from liaison.publish.ledger import Entry, Item, Ledger
from liaison.records.files import REGIONS_FILE
from liaison.render.print.copies import reasons
from liaison.render.print.fonts import texts
from liaison.workers import Crew, spawned

ALONE_UP_TO = 200
"""Copies up to which starting workers costs more than it saves: of a large site each is handed a long index."""


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


def produce(
    run: Run,
    out: Path,
    crew: Crew,
    *,
    made_on: datetime,
    whole: Collection[str],
    why: Mapping[Item, Iterable[str]] | None = None,
) -> Printed:
    """Print everything, then put it below `out`; of what is wrong with anything all is told, and nothing is changed.

    Files of kinds that are printed `whole` are removed where nothing stands behind them. `why` names the fields for
    which something is printed again. Raises `ProblemsError`, `TypesetError`, `PressError`, `FontError`,
    `ProfileError`, and `OSError`.
    """
    with workspace_below(out) as workspace:
        shop = shop_of(run, workspace, made_on)
        shop.look.check({piece.kind.template for piece in run.pieces} | parcel.TEMPLATES)
        if common := _unwritable(run, shop):
            raise ProblemsError(problem(run, fault) for fault in common)
        made = sorted(_printed(shop, tasks_of(run), crew), key=lambda one: one.piece.order)
        faults = [fault for one in made for fault in one.faults]
        if faults:
            raise ProblemsError(problem(run, fault) for fault in dict.fromkeys(faults))
        papers = parcel.pack(run.plan, shop, made, {item: reasons(fields) for item, fields in (why or {}).items()})
        removed = _put_in_place(run, made, shop.finished, out, whole)
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


def _put_in_place(run: Run, made: Sequence[Made], finished: Path, out: Path, whole: Collection[str]) -> int:
    before = Ledger.found(out) or Ledger()
    new = {
        one.piece.path: Entry(
            one.piece.kind.name, one.piece.township, run.reading.today, one.pages, one.sha256, one.fields
        )
        for one in made
    }
    stale = _stale(before.files, made, whole) - new.keys()
    for path in new:
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        (finished / path).replace(target)
    for path in stale:
        (out / path).unlink(missing_ok=True)
    kept = Ledger({path: entry for path, entry in before.files.items() if path not in stale})
    kept.renewed(new).write(out)
    return len(stale)


def _stale(files: Mapping[str, Entry], made: Sequence[Made], whole: Collection[str]) -> set[str]:
    """Earlier files of kinds that were printed as a whole, and of single things that now have another name."""
    again = {(one.piece.kind.name, one.piece.keys) for one in made if not one.piece.kind.is_shared}
    return {path for path, entry in files.items() if entry.kind in whole or (entry.kind, tuple(entry.items)) in again}
