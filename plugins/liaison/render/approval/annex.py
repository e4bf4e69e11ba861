"""The annex of an approval sheet: every change, and everything that is to be printed again, a row each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from liaison.plan.changes import Changes, What
from liaison.render.print.sheets import Book, Column

from .form import Form
from .topics import Topic

_CHANGES = (
    Column("序号", 7, "center"),
    Column("变动", 22),
    Column("编号", 12, "center"),
    Column("名称", 44, wraps=True),
    Column("所在站", 40, wraps=True),
    Column("说明", 40, wraps=True),
)
_PRINTS = (
    Column("序号", 7, "center"),
    Column("要做什么", 12, "center"),
    Column("品种", 24),
    Column("编号", 16, "center"),
    Column("名称", 44, wraps=True),
    Column("原因", 40, wraps=True),
)
_PAGES = (Column("序号", 7, "center"), Column("变动", 10, "center"), Column("页面", 90, wraps=True))
_WORDS = {What.ADDED: "新增", What.ALTERED: "修改", What.VANISHED: "删除"}


@dataclass(frozen=True, slots=True)
class PrintRow:
    """Something printed that no longer holds."""

    deed: str
    """「重印」「取下」"""
    kind: str
    key: str
    name: str
    reason: str


def write_annex(file: Path, form: Form, changes: Changes, prints: Sequence[PrintRow], made_on: datetime) -> None:
    """The workbook; sheets without rows are left out, but for the first."""
    book = Book(f"{form.site}发布变动清单", form.site, made_on)
    heading = f"{form.site}　发布变动清单　{form.number}"
    table = book.sheet("变动", _CHANGES, heading=heading)
    for number, row in enumerate(_rows(form.topics), 1):
        table.add((number, *row))
    table.let_filter()
    if prints:
        table = book.sheet("印刷品", _PRINTS, heading=heading)
        for number, one in enumerate(prints, 1):
            table.add((number, one.deed, one.kind, one.key, one.name, one.reason))
        table.let_filter()
    if changes.others:
        table = book.sheet("其他页面", _PAGES, heading=heading)
        for number, (path, what) in enumerate(changes.others, 1):
            table.add((number, _WORDS[what], path))
        table.let_filter()
    book.save(file)


def _rows(topics: Sequence[Topic]) -> list[tuple[str, str, str, str, str]]:
    found = []
    for topic in topics:
        found += [(topic.title, one.code, one.subject, one.station, one.detail) for one in topic.items]
        if not topic.items:
            found.append((topic.title, "", "", "", f"{topic.count}{topic.unit}：{topic.detail}"))
    return found
