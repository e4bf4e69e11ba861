"""The approval sheet for Word and WPS: the same form, to be filled in or corrected before it is printed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from math import ceil
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.enum.table import WD_ALIGN_VERTICAL, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

_SONG, _HEI = "宋体", "黑体"
_GRID = (23, 63, 25, 13, 10, 40)
"""Millimetres; rows above and below the words divide the width in different ways."""
_UPPER = ((0, 0), (1, 2), (3, 4), (5, 5))
_WHOLE = ((0, 0), (1, 5))
_SIGNED = ((0, 0), (1, 1), (2, 3), (4, 5))
_MARGIN, _EDGE = 18, 12
_PAD = 1.9
"""Millimetres between words and the rules left and right of them."""
_BODY, _LINE = 9.5, 12.8
"""Points: size of type, and from line to line."""
_TITLE, _NUMBER = 32.0, 17.0
"""Points that title and number take."""
_FOOT = 6.0
_LEAST, _MOST = 24.0, 60.0
"""Points that a role has to sign in."""
_HEIGHT = (297 - 2 * _EDGE) / 25.4 * 72 - 4
_SLACK = 1.04
"""Lines break earlier than reckoned where punctuation may not begin one."""
_LATIN = 0.63
"""Width of a letter in the widest of the fonts that stand in where 宋体 is missing."""
_LABEL = 10.5
"""Points: size of type of the left column."""
_OLDEST = datetime(1980, 1, 1, tzinfo=UTC)
"""What a zip can date."""

Point = tuple[str, str]
"""What is said in bold, and what follows it."""


def fits(item: Mapping[str, Any]) -> bool:
    """Whether the sheet takes no more than a page, as far as that can be told without setting it."""
    tall = [max(_LEAST, _tall([("", role)], _GRID[0], _LABEL)) for role in item["roles"]]
    return _room(item) * len(tall) >= sum(tall)


def document(item: Mapping[str, Any], made_on: datetime) -> bytes:
    """The sheet laid out by `form.laid_out`. The same words and time give the same bytes."""
    made = Document()
    _set_up(made, item, made_on)
    title = made.paragraphs[0] if made.paragraphs else made.add_paragraph()
    _write(title, item["title"], size=22, font=_HEI, line=_TITLE, align=WD_ALIGN_PARAGRAPH.CENTER)
    number = f"编号：{item['number']}"
    _write(made.add_paragraph(), number, size=10.5, line=_NUMBER, align=WD_ALIGN_PARAGRAPH.RIGHT)
    table = _table(made)
    for left, right in _facts(item):
        cells = _row(table, _UPPER if right else _WHOLE)
        for at, words in enumerate((*left, *right)):
            _fill(cells[at], ((words, ""),) if at % 2 == 0 else (("", words),), is_label=at % 2 == 0)
    for label, points in _parts(item):
        cells = _row(table, _WHOLE)
        _fill(cells[0], ((label, ""),), is_label=True)
        _fill(cells[1], points)
    _signatures(table, item)
    cells = _row(table, _WHOLE)
    _fill(cells[0], (("备　　注", ""),), is_label=True)
    _fill(cells[1], [("", one) for one in item["notes"]])
    _close(made)
    kept = BytesIO()
    made.save(kept)
    return _dated(kept.getvalue(), made_on)


def _facts(item: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], tuple[str, ...]]]:
    yield ("网站名称", item["site"]), ("日　　期", item["day"])
    yield ("发布位置", item["url"]), ()


def _parts(item: Mapping[str, Any]) -> Iterator[tuple[str, Sequence[Point]]]:
    yield "发布内容", [("", item["summary"]), *_points(item["topics"])]
    yield "印刷影响", [("", f"· {one}") for one in item["prints"]]
    yield "风险提示", _points(item["risks"])
    first, *rest = item["notices"]
    yield "检查结果", [("", first), *(("", f"· {one}") for one in rest)]
    facts = "　".join(f"{name}：{value}" for name, value in item["version"])
    yield "版本核对", [(f"校验值前8位　{item['large']}", ""), ("", f"全文 {item['tree']}"), ("", facts)]


def _points(found: Sequence[Mapping[str, str]]) -> list[Point]:
    return [(f"· {one['head']}" + ("：" if one["body"] else ""), one["body"]) for one in found]


def _signatures(table: Table, item: Mapping[str, Any]) -> None:
    for cell, words in zip(_row(table, _SIGNED), ("环　节", "意　　见", "签　　字", "日期和时间"), strict=True):
        _fill(cell, ((words, ""),), is_label=True)
    tall = min(max(_room(item), _LEAST), _MOST)
    for role in item["roles"]:
        cells = _row(table, _SIGNED, tall)
        _fill(cells[0], ((role, ""),), is_label=True)
        _fill(cells[3], (("", "年　　月　　日　　时　　分"),))
        cells[3].paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
        cells[3].vertical_alignment = WD_ALIGN_VERTICAL.BOTTOM


def _room(item: Mapping[str, Any]) -> float:
    """Points that are left for each role."""
    wide = sum(_GRID[1:])
    rows = [_tall([("", item["site"])], sum(_GRID[1:3])), _tall([("", item["url"])], wide), _tall([("", "环节")], wide)]
    rows += [max(_tall(points, wide), _tall([("", "一")], wide)) for _, points in _parts(item)]
    rows.append(_tall([("", one) for one in item["notes"]], wide))
    return (_HEIGHT - _TITLE - _NUMBER - _FOOT - sum(rows)) / len(item["roles"])


def _tall(points: Sequence[Point], wide: float, size: float = _BODY) -> float:
    """Points that a row takes."""
    inside = (wide - 2 * _PAD) / 25.4 * 72 / size
    lines = sum(ceil(_ems(head + body) * _SLACK / inside) or 1 for head, body in points)
    return lines * _LINE + 6.2


def _ems(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(one) in "WFA" else _LATIN for one in text)


def _set_up(made: Any, item: Mapping[str, Any], made_on: datetime) -> None:  # noqa: ANN401 - the library's own
    section = made.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(_MARGIN)
    section.top_margin = section.bottom_margin = Mm(_EDGE)
    section.header_distance = section.footer_distance = Mm(6)
    style = made.styles["Normal"]
    style.font.size = Pt(_BODY)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        fonts.set(qn(name), _SONG)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")  # where letters may break: not inside a code
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.get_or_add_rPr().append(language)
    about = made.core_properties
    when = max(made_on.astimezone(UTC), _OLDEST).replace(tzinfo=None, microsecond=0)
    about.created = about.modified = when
    about.author = about.last_modified_by = item["site"]
    about.title, about.language = f"{item['title']} {item['number']}", "zh-CN"
    about.comments = about.keywords = about.subject = about.category = ""
    about.revision = 1


def _table(made: Any) -> Table:  # noqa: ANN401 - the library's own
    table: Table = made.add_table(rows=0, cols=len(_GRID))
    table.style = "Table Grid"
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    for column, wide in zip(table.columns, _GRID, strict=True):
        column.width = Mm(wide)
    margins = OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:w"), str(round((_PAD / 25.4 * 72 if side in {"left", "right"} else 3) * 20)))
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    about = table._tbl.tblPr  # noqa: SLF001 - the library has no door to it
    look = about.find(qn("w:tblLook"))
    about.insert(len(about) if look is None else about.index(look), margins)  # Word wants them in this order
    return table


def _row(table: Table, spans: Sequence[tuple[int, int]], tall: float = 0) -> list[_Cell]:
    """A row whose cells each take some columns of the grid."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]  # the library left it out
    cells = [row.cells[first] if first == last else row.cells[first].merge(row.cells[last]) for first, last in spans]
    for cell, (first, last) in zip(cells, spans, strict=True):
        cell.width = Mm(sum(_GRID[first : last + 1]))
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    unbroken = OxmlElement("w:cantSplit")
    row._tr.get_or_add_trPr().append(unbroken)  # noqa: SLF001 - as above
    if tall:
        row.height, row.height_rule = Pt(tall), WD_ROW_HEIGHT_RULE.AT_LEAST
    return cells


def _fill(cell: _Cell, points: Sequence[Point], *, is_label: bool = False) -> None:
    for at, (head, body) in enumerate(points):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        is_large = head.startswith("校验值")
        if is_label:
            _write(paragraph, head, size=_LABEL, font=_HEI, align=WD_ALIGN_PARAGRAPH.CENTER)
        else:
            _write(paragraph, head, size=12 if is_large else _BODY, font=_HEI)
            _write(paragraph, body)


def _write(
    paragraph: Paragraph,
    words: str,
    *,
    size: float = _BODY,
    font: str = _SONG,
    line: float = _LINE,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> None:
    """Words at the end of a paragraph, in one font."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    if align is not None:
        paragraph.alignment = align
    if not words:
        return
    run = paragraph.add_run(words)
    run.font.size, run.font.bold = Pt(size), font == _HEI
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - the library names no Chinese font
    for name in ("w:ascii", "w:hAnsi", "w:eastAsia"):
        fonts.set(qn(name), font)


def _close(made: Any) -> None:  # noqa: ANN401 - the library's own
    """A document ends in a paragraph, which must not begin a page."""
    _write(made.add_paragraph(), "", line=1)


def _dated(data: bytes, made_on: datetime) -> bytes:
    """The same archive with one time for all entries."""
    when = max(made_on.astimezone(UTC), _OLDEST).timetuple()[:6]
    kept = BytesIO()
    with ZipFile(BytesIO(data)) as source, ZipFile(kept, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = ZipInfo(name, when)
            entry.compress_type, entry.external_attr, entry.create_system = ZIP_DEFLATED, 0o644 << 16, 3
            target.writestr(entry, source.read(name))
    return kept.getvalue()
