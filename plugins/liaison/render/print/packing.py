"""What goes with a print run: the lists of files and codes as rows, and what is packed for each township.

Rows are plain; where names come from is not known here. `Book` writes the workbook, Typst the papers.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from math import ceil
from pathlib import Path
from typing import Any

from liaison.model.codes import grouped
from liaison.plan.kinds import KINDS, Kind

from .sheets import MOST_BREAKS, Book, Column, Sheet

EVERYWHERE = "全站通用"
"""Heading of what belongs to no township: lessons."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """One file of a run, as those know it who print it and hand it out."""

    region: str
    """Code of the township; empty where the thing belongs to none."""
    place: str
    kind: Kind
    scale: int = 1
    """1:n, as it is sent to the printer."""
    name: str
    code: str
    """Empty where the file holds several."""
    holds: int = 1
    """How many codes there are in it."""
    path: str
    pages: int
    copies: int
    url: str
    reason: str = ""
    sha256: str

    @property
    def heading(self) -> str:
        """「三甲乡（431382200）」"""
        return f"{self.place}（{self.region}）" if self.region else self.place

    @property
    def size(self) -> str:
        """「210×297」, and to which scale the file is where it is not true size."""
        return self.sized()

    def sized(self, unit: str = "") -> str:
        """The size with its unit."""
        size = f"{self.kind.width:g}×{self.kind.height:g}{unit}"
        return size if self.scale == 1 else f"{size}（文件1:{self.scale}）"

    @property
    def spoken_code(self) -> str:
        """The code as it is printed, 「3F7 K2MC」; lessons have a key instead."""
        return self.code if self.kind.subject == "lesson" or not self.code else grouped(self.code)


@dataclass(frozen=True, slots=True)
class Listed:
    """One printed code, and where it leads."""

    code: str
    category: str
    name: str
    station: str
    place: str
    url: str


@dataclass(frozen=True, slots=True)
class Load:
    """The files of one kind that go to one township, or to all."""

    kind: Kind
    files: tuple[Packed, ...]

    @property
    def pages(self) -> int:
        """Of all files, each counted once."""
        return sum(one.pages for one in self.files)

    @property
    def copies(self) -> int:
        """How many things are packed: each file as often as it is ordered."""
        return sum(one.copies for one in self.files)

    def as_data(self) -> dict[str, Any]:
        """For a template."""
        return {
            "title": self.kind.title,
            "files": len(self.files),
            "each": self.files[0].copies,
            "copies": self.copies,
            "pages": self.pages,
            "lines": [[one.name, one.spoken_code, one.pages] for one in self.files],
        }


def loads(files: Iterable[Packed]) -> list[Load]:
    """The files by kind, kinds in the order they are packed."""
    by_kind: dict[str, list[Packed]] = {}
    for one in files:
        by_kind.setdefault(one.kind.name, []).append(one)
    return [Load(KINDS.get(name, found[0].kind), tuple(found)) for name, found in by_kind.items()]


def townships(files: Iterable[Packed]) -> Iterator[list[Packed]]:
    """The files by township; they come in packing order, and stay in it."""
    for _, found in groupby(files, key=lambda one: one.region):
        yield list(found)


def hand_out(files: Sequence[Packed]) -> list[dict[str, Any]]:
    """For the template of the packing list: a mapping for each township."""
    return [
        {"heading": found[0].heading, "loads": [load.as_data() for load in loads(found)]} for found in townships(files)
    ]


_FILES = (
    Column("序号", 6, "center"),
    Column("区划代码", 11, "center"),
    Column("乡镇（街道）", 13, wraps=True),
    Column("品种", 16, wraps=True),
    Column("名称", 20, wraps=True),
    Column("编号", 11, "center"),
    Column("文件", 36, wraps=True),
    Column("页数", 6, "center"),
    Column("成品尺寸（毫米）", 11, "center", wraps=True),
    Column("份数", 6, "center"),
    Column("材料与工艺", 18, wraps=True),
    Column("二维码宽（毫米）", 9.5, "center"),
    Column("扫码距离（米）", 9.5, "center"),
    Column("二维码网址", 24, wraps=True),
    Column("SHA-256", 34, wraps=True),
)
"""241 characters, which an A3 sheet across takes at nine tenths."""

_REASON = Column("重印原因", 16, wraps=True)
_CODES = (
    Column("编号", 14, "center"),
    Column("类别", 9, "center"),
    Column("名称", 34),
    Column("所在站", 28),
    Column("乡镇（街道）", 20),
    Column("网址", 44),
)
_PACKING = (
    Column("序号", 6, "center"),
    Column("品种", 19, wraps=True),
    Column("名称", 28, wraps=True),
    Column("编号", 11, "center"),
    Column("文件", 44, wraps=True),
    Column("页数", 6, "center"),
    Column("份数", 6, "center"),
    Column("清点", 6, "center"),
)
"""127 characters, so that they fit across an A4 sheet at true size: page breaks do not hold where a sheet is shrunk."""

_SEVERAL = "见“编号表”"
_LINE_OF_SHEET = 58
"""Chinese characters in a row across the packing list."""
_TALL = 17.0
"""Points of a line of text."""


def write_index(
    file: Path, files: Sequence[Packed], codes: Iterable[Listed], *, site: str, day: str, made_on: datetime
) -> None:
    """The workbook of a run: 总表, 编号表 and 分发清单."""
    book = Book(f"{site}印刷品总表", site, made_on)
    heading = f"{site}　{{}}　{day}"
    is_again = any(one.reason for one in files)
    columns = (*_FILES[:-1], *((_REASON,) if is_again else ()), _FILES[-1])
    table = book.sheet("总表", columns, heading=heading.format("印刷品总表"), paper="A3")
    for number, one in enumerate(files, 1):
        table.add((*_row(number, one), *((one.reason,) if is_again else ()), one.sha256))
    table.let_filter()
    listed = book.sheet("编号表", _CODES, heading=heading.format("编号表"))
    for code in codes:
        listed.add((code.code, code.category, code.name, code.station, code.place, code.url))
    listed.let_filter()
    _write_packing(book, files, heading.format("分发清单"))
    book.save(file)


def _row(number: int, one: Packed) -> tuple[str | int | float, ...]:
    shared = one.holds > 1
    return (
        *(number, one.region, one.place, one.kind.title, one.name, _SEVERAL if shared else one.code, one.path),
        *(one.pages, one.size, one.copies, one.kind.material, one.kind.symbol, one.kind.reach),
        _SEVERAL if shared else one.url,
    )


def _write_packing(book: Book, files: Sequence[Packed], heading: str) -> None:
    sheet: Sheet | None = None
    for number, found in enumerate(townships(files)):
        if sheet is None or number % MOST_BREAKS == 0:
            name = f"分发清单{number // MOST_BREAKS + 1}" if number else "分发清单"
            sheet = book.sheet(name, _PACKING, heading=heading, fits=False)
        else:
            sheet.break_page()
        _write_township(sheet, found)


def _write_township(sheet: Sheet, files: Sequence[Packed]) -> None:
    sheet.add_wide(files[0].heading, height=26, bold=True)
    packed = "；".join(f"{load.kind.title} {load.copies} 份（{load.pages} 页）" for load in loads(files))
    text = f"应装：{packed}。合计 {sum(one.copies for one in files)} 份。"
    sheet.add_wide(text, height=_TALL * ceil(len(text) / _LINE_OF_SHEET) + 6)
    for number, one in enumerate(files, 1):
        code = _SEVERAL if one.holds > 1 else one.code
        sheet.add((number, one.kind.title, one.name, code, one.path, one.pages, one.copies, "□"))
    sheet.add_wide(f"发件人：{_BLANK}　签收人：{_BLANK}　签收日期：_______年____月____日", height=36)


_BLANK = "_" * 22
