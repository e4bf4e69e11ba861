"""What has to be printed again: what is printed now against what was, by a manifest or a version of the site."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from liaison.build.pressroom import Pressroom
from liaison.build.run import Run, choose, prepare, shop_of, tasks_of, workspace_below
from liaison.plan.prints import Choice
from liaison.problems import ProblemsError
from liaison.publish.ledger import NAME, Fields, Item, Ledger, LedgerError, changed
from liaison.records.issued import BaseError, check_out
from liaison.records.read import read_site

ByDay = Mapping[date, Mapping[Item, Fields]]
"""What is printed of each thing, by the day it was printed for."""


def only_changed(run: Run, before: ByDay) -> tuple[Run, dict[Item, tuple[str, ...]]]:
    """The run with what is printed differently from `before`, and in which fields.

    Each thing is compared as of the day it was printed for, so that days going by are no change.
    """
    wanted = {(piece.kind.name, key) for piece in run.pieces for key in piece.keys}
    differing: dict[Item, tuple[str, ...]] = dict.fromkeys(wanted, ())
    for today, printed in before.items():
        now = fields_of(_as_of(_narrowed(run, printed.keys()), today))
        found = changed(printed, now)
        for item in now:
            del differing[item]
        differing |= found
    return _narrowed(run, differing.keys()), differing


def _narrowed(run: Run, items: Collection[Item]) -> Run:
    """The run with no more than these things."""
    kept = []
    for piece in run.pieces:
        keys = tuple(key for key in piece.keys if (piece.kind.name, key) in items)
        if len(keys) == len(piece.keys):
            kept.append(piece)
        elif keys:
            kept.append(piece.part(keys, run.reading.today))
    return replace(run, pieces=tuple(kept))


def printed_before(run: Run, since: str) -> ByDay:
    """What was printed of the same kinds, by a ledger or in a version of the site. Raises `BeforeError`."""
    file = Path(since)
    if file.is_dir():
        file /= NAME
    if file.is_file():
        try:
            return Ledger.read(file).items_by_day()
        except LedgerError as error:
            raise BeforeError(str(error)) from error
    today = run.reading.today
    with workspace_below(None) as folder:
        try:
            check_out(run.root, since, folder)
        except BaseError as error:
            raise BeforeError(f"{since} 不是清单文件，也不是 Git 里的版本：{error}") from error
        try:
            earlier = prepare(folder, read_site(folder, today), run.order)
        except ProblemsError as error:
            raise BeforeError(f"{since} 里的记录有错误，不能比较：{error}") from error
        kinds = {piece.kind.name for piece in run.pieces}
        return {today: fields_of(choose(earlier, Choice(kinds=kinds)))}


class BeforeError(ValueError):
    """What is to be compared with cannot be read; says why in Chinese."""


def fields_of(run: Run) -> dict[Item, Fields]:
    """What is printed of each record, in digests, without printing it."""
    with workspace_below(None) as workspace:
        room = Pressroom(shop_of(run, workspace))
        tasks = tasks_of(run)
        return {(piece.kind.name, key): fields for task in tasks for piece, key, fields in room.fields(task)}


def _as_of(run: Run, today: date) -> Run:
    reading = run.reading
    return replace(run, reading=replace(reading, ground=replace(reading.ground, today=today)))
