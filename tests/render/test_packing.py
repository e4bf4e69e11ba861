"""The workbook of a run, read back cell by cell, and the drawings of codes alone."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import openpyxl
import pikepdf
import pytest

from liaison.model.site import Site
from liaison.plan.kinds import KINDS
from liaison.render.print import packing, sheets
from liaison.render.print.kit_words import readme
from liaison.render.print.packing import Listed, Packed, hand_out, write_index
from liaison.render.print.proofreader import read_back
from liaison.render.print.vectors import shows, side_of, symbol_pdf
from liaison.render.qr import Matrix, encode, svg

URL = "HTTPS://DB.EXAMPLE.GOV.CN/S/3F/7K2MC/"
MADE_ON = datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC)
ONE = Packed(
    region="431382200",
    place="三甲乡",
    kind=KINDS["station-a4"],
    name="玉峰社区站",
    code="3F7K2MC",
    path="station-a4/431382200-三甲乡-玉峰社区站-3F7K2MC.pdf",
    pages=2,
    copies=3,
    url=URL,
    sha256="a" * 64,
)
CARDS = replace(ONE, kind=KINDS["badge"], name="曾示例等12人", code="", holds=12, path="badge/431382200-三甲乡.pdf")
LESSON = replace(ONE, region="", place="全站通用", kind=KINDS["lesson-a4"], name="示例课", code="minfadian/07")
CODE = Listed("3F7K2MC", "联络站", "玉峰社区站", "", "三甲乡", URL)

Index = Callable[..., Path]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    """Write a workbook of files and codes."""

    def write(files: Iterable[Packed] = (ONE,), codes: Iterable[Listed] = (CODE,), name: str = "index.xlsx") -> Path:
        write_index(tmp_path / name, list(files), codes, site="示例站", day="2026年11月22日", made_on=MADE_ON)
        return tmp_path / name

    return write


def rows(file: Path, sheet: str) -> list[tuple[Any, ...]]:
    return list(openpyxl.load_workbook(file)[sheet].iter_rows(values_only=True))


def test_a_row_says_all_of_a_file(index: Index) -> None:
    """The printer finds size, number, material, code and digest of each file."""
    head, row = rows(index(), "总表")
    said = dict(zip(head, row, strict=True))
    assert said["成品尺寸（毫米）"] == "210×297"
    assert (said["页数"], said["份数"], said["二维码宽（毫米）"], said["扫码距离（米）"]) == (2, 3, 108, 1.08)
    assert (said["编号"], said["二维码网址"], said["SHA-256"]) == ("3F7K2MC", URL, "a" * 64)
    assert "重印原因" not in said


def test_reasons_have_a_column_where_there_are_any(index: Index) -> None:
    """Why a thing is printed again is said beside it."""
    head, row, other = rows(index([replace(ONE, reason="电话、接待日"), CARDS]), "总表")
    at = head.index("重印原因")
    assert (row[at], other[at]) == ("电话、接待日", None)


def test_a_file_of_many_codes_points_to_their_table(index: Index) -> None:
    """A sheet of cards has no code of its own."""
    head, row = rows(index([CARDS]), "总表")
    assert row[head.index("编号")] == row[head.index("二维码网址")] == "见“编号表”"


@pytest.mark.parametrize("text", ["=1+1示例", "+示例", "-示例", "@示例", "\t示例", "#N/A"])
def test_text_is_never_a_formula(index: Index, text: str) -> None:
    """A name that begins like a formula stays text, also when its cell is edited in Excel."""
    file = index([replace(ONE, name=text)], [replace(CODE, name=text)])
    book = openpyxl.load_workbook(file)
    for sheet, column in (("总表", 5), ("编号表", 3), ("分发清单", 3)):
        row = 4 if sheet == "分发清单" else 2
        cell = book[sheet].cell(row, column)
        assert (cell.value, cell.data_type) == (text, "s")
        assert bool(cell.quotePrefix) == (text != "#N/A")
    assert not any(b"<f>" in part or b"<f " in part for part in parts(file).values())


def parts(file: Path) -> dict[str, bytes]:
    with ZipFile(file) as archive:
        return {one.filename: archive.read(one) for one in archive.infolist()}


def test_the_same_rows_give_the_same_bytes(index: Index) -> None:
    """The time of the records is on every entry, so that a second run changes nothing."""
    first = index([ONE, CARDS])
    assert first.read_bytes() == index([ONE, CARDS], name="again.xlsx").read_bytes()
    with ZipFile(first) as archive:
        assert {one.date_time for one in archive.infolist()} == {(2026, 1, 2, 3, 4, 6)}
    properties = openpyxl.load_workbook(first).properties
    assert properties.created == properties.modified == MADE_ON.replace(tzinfo=None)


def test_a_time_before_zips_is_their_first(tmp_path: Path) -> None:
    """A site whose last commit has no date can be packed too."""
    write_index(tmp_path / "a.xlsx", [ONE], [], site="示例站", day="", made_on=datetime.fromtimestamp(0, UTC))
    with ZipFile(tmp_path / "a.xlsx") as archive:
        assert {one.date_time[0] for one in archive.infolist()} == {1980}


def test_every_part_is_xml(index: Index) -> None:
    """What Excel would have to repair is not written."""
    for name, data in parts(index([ONE, CARDS, LESSON])).items():
        assert ET.fromstring(data) is not None, name


def test_each_township_begins_a_page(index: Index) -> None:
    """Packing lists are torn apart by township: a heading, the load, the files, and who signs."""
    there = replace(ONE, region="431382201", place="四乡")
    sheet = openpyxl.load_workbook(index([LESSON, ONE, CARDS, there]))["分发清单"]
    first = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert [one.id for one in sheet.row_breaks.brk] == [5, 10]
    assert (first[1], first[5], first[10]) == ("全站通用", "三甲乡（431382200）", "四乡（431382201）")
    assert first[6] == "应装：联络站海报 A4 3 份（2 页）；胸卡 90×54毫米 3 份（2 页）。合计 6 份。"
    assert str(first[9]).startswith("发件人：")
    assert "签收日期" in str(first[9])
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage


def test_a_province_has_several_packing_sheets(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel takes no more than 1,026 page breaks in a sheet."""
    assert sheets.MOST_BREAKS <= 1026
    monkeypatch.setattr(packing, "MOST_BREAKS", 2)
    names = openpyxl.load_workbook(index(replace(ONE, region=f"43138220{n}") for n in range(5))).sheetnames
    assert names == ["总表", "编号表", "分发清单", "分发清单2", "分发清单3"]


def test_a_list_to_tick_counts_what_is_packed() -> None:
    """Three copies each of two files of a kind are six things."""
    (town,) = hand_out([ONE, replace(ONE, name="另一站"), CARDS])
    posters, cards = town["loads"]
    assert (posters["files"], posters["each"], posters["copies"], posters["pages"]) == (2, 3, 6, 4)
    assert posters["lines"][0] == ["玉峰社区站", "3F7 K2MC", 2]
    assert cards["lines"] == [["曾示例等12人", "", 2]]


def test_a_reduced_file_says_so() -> None:
    """Size is that of the finished thing; the printer is told of a file to a smaller scale."""
    assert replace(ONE, kind=KINDS["rollup"], scale=4).sized("毫米") == "800×2000毫米（文件1:4）"


def test_a_symbol_is_one_path_of_black_ink() -> None:
    """Nothing but K100 on unprinted white, true to size with its quiet zone, and it reads."""
    matrix = encode(URL, "Q")
    pdf = symbol_pdf(matrix, 100)
    assert pdf == symbol_pdf(matrix, 100)
    assert read_back(pdf, [URL], module=100 / matrix.size).is_good
    with pikepdf.open(io.BytesIO(pdf)) as document:
        (page,) = document.pages
        drawn = pikepdf.parse_content_stream(page)
        inks = [tuple(map(float, one.operands)) for one in drawn if str(one.operator) == "k"]
        painted = [str(one.operator) for one in drawn if str(one.operator) in {"f", "f*", "S", "B", "Do", "sh"}]
        width = float(page.mediabox[2]) / 72 * 25.4
    assert (inks, painted) == ([(0, 0, 0, 0), (0, 0, 0, 1)], ["f", "f*"])
    assert width == pytest.approx(side_of(matrix, 100), abs=0.001)


def test_a_drawing_is_compared_module_by_module() -> None:
    """One module more or less, another quiet zone, or what is no such drawing, is told."""
    matrix = encode(URL, "Q")
    drawing = svg(matrix, quiet=4)
    assert shows(drawing, matrix)
    assert not shows(drawing, Matrix(matrix.size, matrix.bits ^ (1 << 400)))
    assert not shows(svg(matrix, quiet=3), matrix)
    assert not shows(drawing.replace("z", "l1 1z", 1), matrix)
    assert not shows("<svg/>", matrix)


@pytest.mark.parametrize("is_proof", [False, True])
def test_a_shop_is_told_what_it_must_not_do(is_proof: bool) -> None:
    """The note names ink, quiet zone, lamination, and the least size, rounded up; a proof says what it is."""
    site = Site(name="示例站", url="https://db.example.gov.cn/", home_region="43")
    said = readme(site, "2026年11月22日", 5, 33, 100, is_proof=is_proof)
    for words in ("K100", "各留 4 格", "覆哑膜", "不能窄于 14 毫米", "以 https://db.example.gov.cn/ 开头", "共 5 行"):
        assert words in said
    assert ("样张" in said.partition("一、")[0]) == is_proof
