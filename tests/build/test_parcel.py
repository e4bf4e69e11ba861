"""What lies beside the pieces of a run, and the kit for shops with a layout of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2
import pytest

from liaison.build import kit, parcel, posters
from liaison.build.posters import Printed
from liaison.build.run import Order, Run, choose, prepare
from liaison.plan.kinds import KINDS
from liaison.plan.prints import Choice
from liaison.records.read import read_site
from liaison.render.print.proofreader import read_back
from liaison.render.print.setting import Mode
from liaison.render.print.typesetter import TypesetError
from liaison.render.print.vectors import symbol_pdf
from liaison.render.qr import encode
from liaison.workers import Crew
from support import small
from support.sites import REPOSITORY, contents
from support.small import TODAY

MADE_ON = datetime(2026, 1, 2, 3, 4, 6, tzinfo=UTC)
HOME, CENTRE, PERSON, HIDDEN = "3F7K2MC", "TK58CWB", "7K3M9TY", "Q2RX7DK"
PAPERS = {"index.xlsx", "签样单.pdf", "封面.pdf"}


@dataclass
class Office:
    """A site, and the folder its print lies in."""

    root: Path
    out: Path

    def run(self, *kinds: str, mode: Mode = "office", codes: tuple[str, ...] = ()) -> Run:
        """What is printed of it."""
        run = prepare(self.root, read_site(self.root, TODAY), Order(mode=mode))
        return choose(run, Choice(kinds=kinds, codes=codes))

    def print(self, *kinds: str, mode: Mode = "office", **more: Any) -> Printed:
        """Print it."""
        run = self.run(*kinds, mode=mode)
        return posters.produce(run, self.out, Crew(), made_on=MADE_ON, whole=tuple(KINDS), **more)

    def kit(self, mode: Mode = "press", codes: tuple[str, ...] = ()) -> kit.Kit:
        """Make the kit."""
        return kit.make(self.run(*kit.KINDS, mode=mode, codes=codes), self.out, Crew(), made_on=MADE_ON)

    @property
    def papers(self) -> set[str]:
        """The files beside the pieces."""
        return {file.name for file in self.out.iterdir() if file.is_file()} - {"manifest.json"}

    def cells(self, name: str, sheet: str) -> list[tuple[Any, ...]]:
        """A sheet of a workbook."""
        return list(openpyxl.load_workbook(self.out / name)[sheet].iter_rows(values_only=True))

    def text(self, name: str) -> str:
        """What can be read in a PDF."""
        return "\n".join(_pages(self.out / name))


def _pages(file: Path) -> Iterator[str]:
    document = pypdfium2.PdfDocument(file)
    for page in document:
        yield page.get_textpage().get_text_bounded()
    document.close()


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """The small site, with the templates of print."""
    root = small.base_site(tmp_path / "site")
    shutil.copytree(REPOSITORY / "overrides/print", root / "overrides/print")
    small.change(root, "site.yml", "  # print/copies", "  copies: {station-a4: 3}")
    return Office(root, tmp_path / "posters")


def test_papers_lie_beside_the_pieces(office: Office) -> None:
    """A run leaves the index, the packing list, the sign-off sheet and the cover."""
    office.print("station-a4", "badge")
    assert office.papers == {*PAPERS, "分发清单.pdf"}
    listed = office.text("分发清单.pdf")
    assert "三甲乡（431382200）" in listed
    assert "玉峰社区站" in listed
    assert "3F7 K2MC" in listed
    signed = office.text("签样单.pdf")
    for words in (
        "联络站海报 A4",
        "办公彩打",
        "157克铜版纸，覆哑膜",
        "https://db.example.gov.cn/",
        "制作",
        "审核",
        "签发",
    ):
        assert words.replace(" ", "") in signed.replace(" ", "")
    assert len(list(_pages(office.out / "封面.pdf"))) == 1


def test_rows_say_what_lies_there(office: Office) -> None:
    """Each file of the run is a row, with its digest, and as many copies as the site orders."""
    printed = office.print("station-a4", "badge")
    head, *rows = office.cells("index.xlsx", "总表")
    found = {row[head.index("文件")]: dict(zip(head, row, strict=True)) for row in rows}
    assert found.keys() == {one.piece.path for one in printed.made}
    for one in printed.made:
        row = found[one.piece.path]
        assert (row["SHA-256"], row["页数"]) == (one.sha256, one.pages)
        assert row["份数"] == (3 if one.piece.kind.name == "station-a4" else 1)


def test_codes_are_listed_once_each(office: Office) -> None:
    """Every code of the run has one row, a station before its deputies, a lesson with its key."""
    office.print("station-a4", "station-a3", "badge", "lesson-a4")
    rows = office.cells("index.xlsx", "编号表")[1:]
    assert [row[0] for row in rows] == ["shiyan/01", CENTRE, HOME, PERSON]
    assert [row[1] for row in rows] == ["普法课", "联络站", "联络站", "代表"]
    assert rows[-1][3] == "玉峰社区站"
    assert rows[-1][5] == "https://db.example.gov.cn/D/7K/3M9TY/"


def test_the_hidden_appear_nowhere(office: Office) -> None:
    """Who is withheld or paused stands on no paper and in no table, by name or by code."""
    run = office.run()
    assert run.register.deputies[HIDDEN].is_hidden
    name = run.register.deputies[HIDDEN].name
    office.print("station-a4", "deputy-a4", "badge", "codes")
    for file in ("分发清单.pdf", "签样单.pdf", "封面.pdf"):
        assert name not in office.text(file)
        assert HIDDEN[3:] not in office.text(file)
    for sheet in ("总表", "编号表", "分发清单"):
        assert not _mentions(office.cells("index.xlsx", sheet), name, HIDDEN)
    office.kit()
    assert not _mentions(office.cells("数据.xlsx", "数据"), name, HIDDEN)
    assert not list(office.out.glob(f"qr/{HIDDEN}*"))


def _mentions(rows: list[tuple[Any, ...]], *texts: str) -> bool:
    return any(text in str(value) for row in rows for value in row for text in texts)


def test_a_second_run_gives_the_same_bytes(office: Office) -> None:
    """What did not change is not another file."""
    office.print("station-a4", "badge")
    before = contents(office.out)
    office.print("station-a4", "badge")
    assert contents(office.out) == before


def test_reasons_stand_in_the_index(office: Office) -> None:
    """Where only what changed is printed, the row says which fields did."""
    office.print("station-a4", why={("station-a4", HOME): ("phone", "rules"), ("station-a4", CENTRE): ()})
    head, *rows = office.cells("index.xlsx", "总表")
    why = {row[head.index("编号")]: row[head.index("重印原因")] for row in rows}
    assert why == {HOME: "电话、接待日", CENTRE: "新增"}


def test_many_files_are_listed_by_county(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A large run has a packing list for each county, and none of an earlier run stays beside it."""
    office.print("station-a4", "lesson-a4")
    monkeypatch.setattr(parcel, "MOST_FILES", 2)
    office.print("station-a4", "lesson-a4")
    assert office.papers == {*PAPERS, "分发清单-431382.pdf", "分发清单-全站通用.pdf"}
    office.print("station-a4")
    assert office.papers == {*PAPERS, "分发清单.pdf"}


@pytest.mark.parametrize("mode", ["press", "proof"])
def test_papers_of_the_press_are_office_papers(office: Office, mode: Mode) -> None:
    """Pages for the press can be shown on the cover; the sign-off sheet names the profile and what to cut."""
    office.print("station-a4", "rollup", mode=mode)
    signed = office.text("签样单.pdf").replace(" ", "")
    for words in ("四色", "FOGRA39Lcoated", "出血各3毫米", "覆哑膜"):
        assert words in signed
    assert ("样张" in signed) == (mode == "proof")
    for name in ("签样单.pdf", "封面.pdf", "分发清单.pdf"):
        document = pypdfium2.PdfDocument(office.out / name)
        width, height = document[0].get_size()
        document.close()
        assert (round(width), round(height)) == (595, 842)


def test_where_a_paper_cannot_be_set_nothing_is_changed(office: Office) -> None:
    """Pieces are put in place only when their papers are good too."""
    (office.root / "overrides/print/cover.typ").write_text("#panic()", "utf-8")
    with pytest.raises(TypesetError, match=r"cover\.typ"):
        office.print("station-a4")
    assert contents(office.out) == {}


def test_a_kit_has_a_row_and_two_drawings_for_each_record(office: Office) -> None:
    """A shop finds what each thing says, and its code in either form."""
    made = office.kit()
    assert made == kit.Kit(records=3, removed=0)
    head, *rows = office.cells("数据.xlsx", "数据")
    by_code = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    assert list(by_code) == [CENTRE, HOME, PERSON]
    person, home = by_code[PERSON], by_code[HOME]
    assert (person["编号（分组显示）"], person["类别"], person["所在站"]) == ("7K3 M9TY", "代表", "玉峰社区站")
    assert (home["名称"], home["单位职务"], home["任职"]) == ("三甲乡玉峰社区人大代表联络站", None, None)
    assert "每月" in str(home["接待日"])
    for row in by_code.values():
        pdf = (office.out / row["二维码文件（PDF）"]).read_bytes()
        assert read_back(pdf, [row["网址"]], module=100 / 33).is_good
        assert (office.out / row["二维码文件（SVG）"]).is_file()
    assert (office.out / "说明.txt").read_bytes().startswith("\ufeff".encode())


def test_a_kit_takes_the_place_of_the_one_before(office: Office) -> None:
    """The same kit gives the same bytes, a smaller one leaves no drawings behind, and files of others stay."""
    office.kit()
    before = contents(office.out)
    office.kit()
    assert contents(office.out) == before
    (office.out / "排版.cdr").write_text("示例")
    (office.out / "qr/示例.pdf").write_text("示例")
    assert office.kit(codes=(PERSON,)) == kit.Kit(records=1, removed=4)
    assert {file.name for file in (office.out / "qr").iterdir()} == {f"{PERSON}.svg", f"{PERSON}.pdf", "示例.pdf"}
    assert (office.out / "排版.cdr").exists()


def test_a_proof_of_a_kit_says_so_in_every_name(office: Office) -> None:
    """Nobody takes a proof for what may be printed, and none lies beside what may."""
    office.kit()
    office.kit(mode="proof")
    names = {file.name for file in office.out.rglob("*") if file.is_file()}
    assert len(names) == 8
    assert all("-样张." in name for name in names)
    assert "不得印刷" in (office.out / "说明-样张.txt").read_text("utf-8-sig")


def test_a_drawing_that_is_amiss_stops_the_kit(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """A code that cannot be read back is named, and nothing is put in place."""
    monkeypatch.setattr(kit, "symbol_pdf", lambda _, width: symbol_pdf(encode("HTTPS://EXAMPLE.COM/", "Q"), width))
    with pytest.raises(kit.KitError, match="对不上"):
        office.kit()
    assert contents(office.out) == {}
