"""Workbooks for the office: rows are written as they come, text stays text, and the same rows give the same bytes.

Knows nothing of what is printed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook  # type: ignore[import-untyped]
from openpyxl.cell.cell import Cell, WriteOnlyCell  # type: ignore[import-untyped]
from openpyxl.packaging.core import DocumentProperties  # type: ignore[import-untyped]
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side  # type: ignore[import-untyped]
from openpyxl.utils import get_column_letter  # type: ignore[import-untyped]
from openpyxl.worksheet.cell_range import CellRange  # type: ignore[import-untyped]
from openpyxl.worksheet.pagebreak import Break  # type: ignore[import-untyped]
from openpyxl.writer.excel import ExcelWriter  # type: ignore[import-untyped]

Value = str | int | float
Raw: TypeAlias = Any
"""A sheet of the library, which ships no types."""

Paper = Literal["A3", "A4"]
Align = Literal["left", "center", "right"]

RISKY = ("=", "+", "-", "@", "\t", "\r", "'")
"""How text begins that a spreadsheet might take for a formula, or lose the first character of."""

MOST_BREAKS = 1000
"""Page breaks in a sheet; Excel takes 1,026 and calls a file with more damaged."""

_FONT = "宋体"
_LINE = Side(style="thin", color="FFBFBFBF")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_SHADE = PatternFill("solid", fgColor="FFEDEDED")
_PAPERS = {"A3": 8, "A4": 9}
_MARGIN = 0.4  # inch
_OLDEST = datetime(1980, 1, 1, tzinfo=UTC)
"""What a zip can date."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its heading, how wide it is in characters, and how its values stand."""

    title: str
    width: float
    align: Align = "left"
    wraps: bool = False


class Book:
    """A workbook that is being written."""

    def __init__(self, title: str, creator: str, made_on: datetime) -> None:
        self._made_on = max(made_on.astimezone(UTC), _OLDEST)
        self._book = Workbook(write_only=True)
        when = self._made_on.replace(tzinfo=None, microsecond=0)
        self._book.properties = DocumentProperties(title=title, creator=creator, created=when, modified=when)

    def sheet(
        self, name: str, columns: Sequence[Column], *, heading: str, paper: Paper = "A4", fits: bool = True
    ) -> Sheet:
        """A further sheet, printed across; `fits` shrinks it to one page's width, which leaves out page breaks."""
        return Sheet(self._book.create_sheet(name), columns, heading, paper=paper, fits=fits)

    def save(self, file: Path) -> None:
        """Write it; nothing can be added after that."""
        with ZipFile(file, "w", ZIP_DEFLATED) as archive:
            ExcelWriter(self._book, _Dated(archive, self._made_on)).write_data()


class Sheet:
    """A table with a heading row that stays in view and is printed on each page."""

    def __init__(self, sheet: Raw, columns: Sequence[Column], heading: str, *, paper: Paper, fits: bool) -> None:
        self._sheet, self._count, self._last = sheet, len(columns), get_column_letter(len(columns))
        self.rows = 0
        sheet.merged_cells = _Merged()
        sheet.freeze_panes = "A2"
        sheet.print_title_rows = "1:1"
        _set_up_page(sheet, heading, paper=paper, fits=fits)
        for number, column in enumerate(columns, 1):
            sheet.column_dimensions[get_column_letter(number)].width = column.width
        self._heads = [_styled(sheet, "center", bold=True, wraps=True, shaded=True) for _ in columns]
        self._pens = [_Pen(sheet, column) for column in columns]
        self._wide = _styled(sheet, "left", bold=False, wraps=True)
        self._wide_bold = _styled(sheet, "left", bold=True, wraps=True, shaded=True)
        sheet.row_dimensions[1].height = 30
        self._append(_written(cell, column.title) for cell, column in zip(self._heads, columns, strict=True))

    def add(self, values: Sequence[Value]) -> None:
        """A row; text is never taken for a formula."""
        self._append(pen.write(value) for pen, value in zip(self._pens, values, strict=True))

    def add_wide(self, text: str, *, height: float, bold: bool = False) -> None:
        """A row of one cell across the table, `height` points tall: such cells do not grow with their text."""
        number = self.rows + 1
        self._sheet.row_dimensions[number].height = height
        self._sheet.merged_cells.ranges.append(
            CellRange(min_col=1, max_col=self._count, min_row=number, max_row=number)
        )
        style = self._wide_bold if bold else self._wide
        self._append(_written(style, text if at == 0 else "") for at in range(self._count))

    def break_page(self) -> None:
        """Begin a new page when printed, before the next row."""
        self._sheet.row_breaks.append(Break(id=self.rows))

    def let_filter(self) -> None:
        """Offer filters over all rows there are."""
        self._sheet.auto_filter.ref = f"A1:{self._last}{max(self.rows, 2)}"

    def _append(self, cells: Iterator[Cell] | list[Cell]) -> None:
        self._sheet.append(cells)
        self.rows += 1


class _Merged:
    """Merged cells in the order in which they were; the library's own set has none, and looks at all for each."""

    def __init__(self) -> None:
        self.ranges: list[CellRange] = []

    def __iter__(self) -> Iterator[CellRange]:
        return iter(self.ranges)

    def __len__(self) -> int:
        return len(self.ranges)


class _Pen:
    """Writes a column: one cell is used again and again, since each is on disk before the next is asked for."""

    def __init__(self, sheet: Raw, column: Column) -> None:
        self._plain, self._quoted = (_styled(sheet, column.align, bold=False, wraps=column.wraps) for _ in range(2))
        self._quoted.quotePrefix = True

    def write(self, value: Value) -> Cell:
        risky = isinstance(value, str) and value.startswith(RISKY)
        return _written(self._quoted if risky else self._plain, value)


def _written(cell: Cell, value: Value) -> Cell:
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # the library takes 「=…」 for a formula, and 「#N/A」 for a fault
    return cell


def _styled(sheet: Raw, align: Align, *, bold: bool, wraps: bool, shaded: bool = False) -> Cell:
    cell: Cell = WriteOnlyCell(sheet)
    cell.font = Font(name=_FONT, size=10.5, bold=bold)
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wraps)
    cell.border = _GRID
    if shaded:
        cell.fill = _SHADE
    return cell


def _set_up_page(sheet: Raw, heading: str, *, paper: Paper, fits: bool) -> None:
    setup, margins = sheet.page_setup, sheet.page_margins
    setup.orientation, setup.paperSize = "landscape", _PAPERS[paper]
    if fits:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True
        setup.fitToWidth, setup.fitToHeight = 1, 0
    margins.left = margins.right = _MARGIN
    margins.top = margins.bottom = 2 * _MARGIN
    margins.header = margins.footer = _MARGIN
    sheet.print_options.horizontalCentered = True
    sheet.oddHeader.center.text = heading.replace("&", "&&")
    sheet.oddFooter.center.text = "第 &P 页，共 &N 页"


class _Dated:
    """An archive whose entries are all of one time; has what the library asks of a `ZipFile`."""

    def __init__(self, archive: ZipFile, when: datetime) -> None:
        self._archive, self._when = archive, when

    def writestr(self, name: str, data: str | bytes) -> None:
        self._archive.writestr(self._entry(name), data)

    def write(self, file: str, name: str) -> None:
        with Path(file).open("rb") as source, self._archive.open(self._entry(name), "w") as target:
            shutil.copyfileobj(source, target, 1 << 20)

    def namelist(self) -> list[str]:
        return self._archive.namelist()

    def _entry(self, name: str) -> ZipInfo:
        entry = ZipInfo(name, self._when.timetuple()[:6])
        entry.compress_type = ZIP_DEFLATED
        entry.external_attr = 0o644 << 16
        return entry
