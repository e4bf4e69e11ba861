"""The variable-data kit: codes as drawings and a table of what goes with them, for shops with a layout of their own."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from liaison.build.posters import ALONE_UP_TO
from liaison.build.pressroom import Pressroom, Shop, Task
from liaison.build.run import Run, shop_of, tasks_of, workspace_below
from liaison.model.codes import is_valid
from liaison.plan.prints import Piece
from liaison.publish.tree import put
from liaison.render import words
from liaison.render.print.kit_words import COLUMNS, readme, row
from liaison.render.print.proofreader import read_back
from liaison.render.print.sheets import Book, Value
from liaison.render.print.subjects import Copy
from liaison.render.print.symbols import LEVEL, QUIET
from liaison.render.print.vectors import shows, side_of, symbol_pdf
from liaison.render.qr import encode, svg
from liaison.workers import Crew, spawned

KINDS = ("notice", "deputy-a4")
"""The kinds whose fields are all that the table needs: one thing for each open station, and for each deputy."""

WIDTH = 100.0
"""Millimetres of a symbol without its quiet zone; wide enough for any address, so none is too dense."""

FOLDER = "qr"
TABLE, README = "数据", "说明"
_MARK = "-样张"


class KitError(ValueError):
    """A drawing does not hold what it should; says which in Chinese."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A record whose code is drawn."""

    key: str
    township: str
    modules: int
    row: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Kit:
    """What was made."""

    records: int
    removed: int
    """Drawings of an earlier kit that are not in this one."""


def make(run: Run, out: Path, crew: Crew, *, made_on: datetime) -> Kit:
    """Draw and read back every code of the run, then put the kit below `out`; if one is amiss, nothing is changed.

    The run is one of `KINDS`. Raises `KitError`, `FontError`, `ProfileError` and `OSError`.
    """
    mark = _MARK if run.order.mode == "proof" else ""
    with workspace_below(out) as workspace:
        shop = shop_of(run, workspace, made_on)
        drawn = sorted(_drawn(shop, tasks_of(run), crew), key=lambda one: _place(run, one))
        shop.finished.mkdir(exist_ok=True)
        _write_table(run, drawn, shop.finished / f"{TABLE}{mark}.xlsx", made_on)
        site, modules = run.register.site, max(one.modules for one in drawn)
        text = readme(site, words.day(run.reading.today), len(drawn), modules, WIDTH, is_proof=bool(mark))
        put(shop.finished, f"{README}{mark}.txt", text.replace("\n", "\r\n").encode("utf-8-sig"))
        removed = _put_in_place(shop.finished, out)
    return Kit(len(drawn), removed)


def _drawn(shop: Shop, tasks: Sequence[Task], crew: Crew) -> Iterator[Drawn]:
    sizes = [len(pieces) for _, pieces in tasks]
    alone = Crew(crew.workers, crew.engine or spawned, crew.progress)
    for _, found in alone.do(work, tasks, start, (shop,), title="画二维码和核对", sizes=sizes, alone_up_to=ALONE_UP_TO):
        yield from found


def _place(run: Run, one: Drawn) -> tuple[str, str, bool, str]:
    """By township, each station before its deputies."""
    is_deputy = one.key in run.register.deputies
    return one.township, run.register.home_of[one.key] if is_deputy else one.key, is_deputy, one.key


def _write_table(run: Run, drawn: Sequence[Drawn], file: Path, made_on: datetime) -> None:
    site = run.register.site.name
    book = Book(f"{site}可变数据", site, made_on)
    name = f"{TABLE}（样张）" if run.order.mode == "proof" else TABLE
    sheet = book.sheet(name, COLUMNS, heading=f"{site}　可变数据　{words.day(run.reading.today)}")
    for one in drawn:
        sheet.add(one.row)
    sheet.let_filter()
    book.save(file)


def _put_in_place(finished: Path, out: Path) -> int:
    """Move the kit, and remove what an earlier one left; files of others are not touched."""
    new = {file.relative_to(finished) for file in finished.rglob("*") if file.is_file()}
    (out / FOLDER).mkdir(exist_ok=True)
    for path in sorted(new):
        (finished / path).replace(out / path)
    stale = [file for file in (*out.iterdir(), *(out / FOLDER).iterdir()) if _is_ours(file.relative_to(out))]
    stale = [file for file in stale if file.relative_to(out) not in new]
    for file in stale:
        file.unlink()
    return len(stale)


def _is_ours(path: Path) -> bool:
    """Whether a kit may have put a file there."""
    stem = path.stem.removesuffix(_MARK)
    if path.parent == Path(FOLDER):
        return path.suffix in {".svg", ".pdf"} and is_valid(stem)
    return (stem, path.suffix) in {(TABLE, ".xlsx"), (README, ".txt")}


class _Drawer:
    """A worker that draws."""

    def __init__(self, shop: Shop) -> None:
        self._shop, self._room = shop, Pressroom(shop)
        self._mark = _MARK if shop.setting.mode == "proof" else ""

    def do(self, task: Task) -> list[Drawn]:
        """Draw the codes of a task. Raises `KitError`."""
        return [self._draw(piece, key, item) for piece, key, item in self._room.items(task)]

    def _draw(self, piece: Piece, key: str, item: Copy) -> Drawn:
        url = item["url"]
        matrix = encode(url, LEVEL)
        drawing = svg(matrix, quiet=QUIET, width_mm=side_of(matrix, WIDTH), title=f"二维码 {key}")
        pdf = symbol_pdf(matrix, WIDTH)
        if not read_back(pdf, [url], module=WIDTH / matrix.size).is_good or not shows(drawing, matrix):
            raise KitError(f"{key} 的二维码画出来和网址 {url} 对不上，这是程序的毛病，请告诉维护人员")
        names = {ending: f"{FOLDER}/{key}{self._mark}.{ending}" for ending in ("svg", "pdf")}
        put(self._shop.finished, names["svg"], drawing.encode())
        put(self._shop.finished, names["pdf"], pdf)
        return Drawn(key, piece.township, matrix.size, row(key, piece.kind.subject, item, names))


_here = threading.local()
"""What a worker works from: set once, when it starts."""


def start(shop: Shop) -> None:
    """Set up the worker of this process."""
    _here.drawer = _Drawer(shop)


def work(task: Task) -> list[Drawn]:
    """Let the worker of this process do a task."""
    drawer: Any = _here.drawer
    found: list[Drawn] = drawer.do(task)
    return found
