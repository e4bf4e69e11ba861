"""The papers of an approval: one page always, the same words in PDF and Word, the same bytes everywhere."""

from __future__ import annotations

import random
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from liaison.build.approval import ApprovalError, Order, Papers, changes_of, produce
from liaison.build.approval_numbers import next_number
from liaison.model import codes as model_codes
from liaison.publish.manifest import Manifest
from support.approvals import (
    GULI,
    HOME,
    STATION,
    ZENG,
    bare,
    change_records,
    keep_as_published,
    lay_release,
    reading_of,
    small_site,
    with_status,
    words_of_pdf,
    words_of_word,
    words_of_workbook,
)
from support.releases import MADE_ON
from support.sites import contents, edit, environment

_TELL = """
import sys
from liaison.cli import main
main(["approval", "--site", sys.argv[1], "--today", "2026-11-20"])
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_site(tmp_path / "root")


def papers(root: Path, before: Manifest | None = None, out: Path | None = None) -> Papers:
    """Those of what lies in `site/`."""
    order = Order(
        root=root,
        reading=reading_of(root),
        release=root / "site",
        manifest=Manifest.read(root / "site"),
        published=before,
    )
    return produce(order, changes_of(order), out, lambda _: None)


def test_first(root: Path) -> None:
    """The first sheet says who comes, what to look at, what the release is, and asks every role to sign."""
    manifest = lay_release(root)
    made = papers(root)
    pages, words = words_of_pdf(made.folder / "approval.pdf")
    assert pages == 1
    for expected in (
        "信息发布审批单",
        "编号：2026-11-20-1",
        "涟源市人大代表联络站（示例数据）",
        "https://www.example.gov.cn/zt/jiazhan/",
        "首次发布。新增代表2名，新增联络站2个，新增普法课1讲，涉及页面6个。",
        "新增代表2名：曾示例（7K3M9TY）、古丽·示例（Q2RX7DK，不公开）",
        "新增普法课1讲：《家风也写进了民法典》",
        "二维码4个，都是新的。",
        "没有印刷清单",
        "本站还是示例数据",
        "新增或更换本人照片1张：曾示例（7K3M9TY，同意书2026-7）；核对本人同意书",
        "启用新编号4个",
        "全部检查通过，没有错误",
        manifest.tree[:8],
        "拟稿",
        "审核",
        "保密审查",
        "签发",
        "日期和时间",
        "双击index.html",
    ):
        assert bare(expected) in words, expected
    assert manifest.tree in words
    for jargon in ("commit", "hash", "tree", "manifest", "Git", "SHA"):
        assert jargon.lower() not in words.lower()


def test_word_says_the_same(root: Path) -> None:
    """Every sentence of the PDF stands in the .docx, in the same order, and the other way round."""
    lay_release(root)
    before = Manifest.read(root / "site")
    change_records(root)
    lay_release(root)
    folder = papers(root, before).folder
    _, pdf = words_of_pdf(folder / "approval.pdf")
    word = words_of_word(folder / "approval.docx")
    for sentence in ("恢复公开代表1名：古丽·示例（Q2RX7DK）", "修改电话1处：三甲乡玉峰社区人大代表联络站（3F7K2MC）"):
        assert sentence in pdf
        assert sentence in word
    tail = "编号2026-11-20-1第1页，共1页"
    left = sorted(set(_sentences(pdf.replace(tail, ""))) ^ set(_sentences(word)))
    assert all("校验值" in one or "全文" in one or "资料版本" in one for one in left), left


def _sentences(text: str) -> list[str]:
    return [one for part in text.split("。") for one in part.split("·") if one]


def test_annex_has_everything(root: Path) -> None:
    """Each change has a row in the workbook, with code, name and station; further pages are listed by path."""
    lay_release(root)
    words = words_of_workbook(papers(root).folder / "changes.xlsx")
    for expected in (
        STATION,
        HOME,
        ZENG,
        GULI,
        "曾示例",
        "玉峰社区站",
        "蓝田街道人大代表之家",
        "404.html",
        "新增普法课",
    ):
        assert expected in words, expected


def test_preview(root: Path) -> None:
    """The preview opens as one folder with the pages of the release in it."""
    lay_release(root)
    with zipfile.ZipFile(papers(root).folder / "preview.zip") as packed:
        assert packed.testzip() is None
        names = packed.namelist()
    assert {name.split("/")[0] for name in names} == {"preview-2026-11-20-1"}
    assert "preview-2026-11-20-1/S/3F/7K2MC/index.html" in names


def test_made_anew_in_place(root: Path) -> None:
    """A sheet about the same release keeps its number and its bytes; another release gets the next number."""
    first = lay_release(root)
    was = contents(papers(root).folder)
    made = papers(root)
    assert (made.number, contents(made.folder)) == ("2026-11-20-1", was)
    change_records(root)
    lay_release(root)
    assert papers(root, first).number == "2026-11-20-2"
    assert sorted(one.name for one in (root / "internal/approval").iterdir() if one.name[0] != ".") == [
        "2026-11-20-1",
        "2026-11-20-2",
    ]


def test_numbers_count_records_too(root: Path) -> None:
    """A number that was signed is never given again, even where the sheet itself is gone."""
    manifest = lay_release(root)
    (root / "approvals").mkdir()
    for name in ("2026-11-20-9.yml", "2026-11-20-10.pdf", "2026-11-21-30.yml"):
        (root / "approvals" / name).touch()
    assert next_number(root, date(2026, 11, 20), manifest, None) == "2026-11-20-11"


def test_elsewhere(root: Path, tmp_path: Path) -> None:
    """Papers can be laid elsewhere; the number is remembered with the site."""
    manifest = lay_release(root)
    made = papers(root, out=tmp_path / "桌面")
    assert made.folder == tmp_path / "桌面" / "2026-11-20-1"
    assert (made.folder / "approval.pdf").is_file()
    assert next_number(root, date(2026, 11, 20), manifest, None) == "2026-11-20-1"


def test_same_bytes(root: Path, tmp_path: Path) -> None:
    """PDF, Word, workbook and preview are the same under another time zone, locale, hash seed, umask and folder."""
    lay_release(root)
    keep_as_published(root)
    change_records(root)
    lay_release(root)
    other = tmp_path / "elsewhere" / "里"
    other.parent.mkdir()
    subprocess.run(["cp", "-r", root, other], check=True)
    for site, variables, umask in (
        (root, {"TZ": "UTC", "PYTHONHASHSEED": "1"}, 0o022),
        (other, {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"}, 0o077),
    ):
        done = subprocess.run(
            [sys.executable, "-c", _TELL, str(site)],
            env=environment(**variables),
            umask=umask,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
    at = "internal/approval/2026-11-20-1"
    first, second = contents(root / at), contents(other / at)
    assert sorted(first) == ["approval.docx", "approval.pdf", "changes.xlsx", "preview.zip", "sheet.json"]
    assert [name for name in first if first[name] != second[name]] == []
    for name in ("approval.docx", "changes.xlsx", "preview.zip"):
        with zipfile.ZipFile(root / at / name) as packed:
            assert {one.date_time for one in packed.infolist()} == {MADE_ON.timetuple()[:6]}


@pytest.fixture
def crowded(root: Path) -> list[str]:
    """Makes 200 more deputies with names of 53 characters, on a site with a name of 60; gives their codes."""
    edit(root / "site.yml", r"(?m)^name: .*$", f"name: {'长' * 60}")
    source = (root / "stations/lianyuan/yufeng/deputies/zeng.yml").read_text("utf-8")
    codes = _codes(200)
    for number, code in enumerate(codes):
        text = source.replace("7K3M9TY", code).replace("曾示例", "曾示例" + "长" * 50)
        (root / f"stations/lianyuan/yufeng/deputies/d{number}.yml").write_text(text, "utf-8")
    return codes


def ask_roles(root: Path, count: int) -> list[str]:
    """Let so many sign."""
    roles = [f"第{number}环节审核" for number in range(count)]
    edit(root / "site.yml", r"(?m)^sample_notice: on$", f"sample_notice: on\napproval: {{roles: [{', '.join(roles)}]}}")
    return roles


@pytest.mark.parametrize("count", [1, 8])
def test_one_page(root: Path, crowded: list[str], count: int) -> None:
    """With one role or eight, long names and 200 changes, the PDF has one page and says where the rest is."""
    roles = ask_roles(root, count)
    lay_release(root)
    made = papers(root)
    pages, words = words_of_pdf(made.folder / "approval.pdf")
    assert pages == 1
    assert "新增代表202名" in words
    assert "见附件清单" in words
    assert all(role in words for role in roles)
    listed = words_of_workbook(made.folder / "changes.xlsx")
    assert [code for code in crowded if code not in listed] == []


@pytest.mark.usefixtures("crowded")
def test_one_page_by_itself(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The PDF keeps to one page on its own account, even where the .docx would have room."""
    monkeypatch.setattr("liaison.build.approval.fits", lambda _: True)
    ask_roles(root, 8)
    lay_release(root)
    assert words_of_pdf(papers(root).folder / "approval.pdf")[0] == 1


@pytest.mark.usefixtures("crowded")
def test_one_page_in_word(root: Path, tmp_path: Path) -> None:
    """A word processor sets the .docx on one page too, with the widest fonts it falls back on."""
    if shutil.which("soffice") is None:
        pytest.skip("needs soffice")
    ask_roles(root, 8)
    lay_release(root)
    file = papers(root).folder / "approval.docx"
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages, words = words_of_pdf(tmp_path / "approval.pdf")
    assert pages == 1
    assert "第7环节审核" in words


def _codes(count: int) -> list[str]:
    """Codes that nobody has."""
    taken = {STATION, HOME, ZENG, GULI}
    chance = random.Random(7)
    while len(taken) < count + 4:
        taken.add(model_codes.draw(chance.choice, taken))
    return sorted(taken - {STATION, HOME, ZENG, GULI})


def test_damaged_ledger(root: Path) -> None:
    """A ledger of prints that cannot be read is said to be so, not taken for none."""
    lay_release(root)
    (root / "posters/office").mkdir(parents=True)
    (root / "posters/office/manifest.json").write_text("{", "utf-8")
    _, words = words_of_pdf(papers(root).folder / "approval.pdf")
    assert "印刷清单posters/office/manifest.json读不出来，无法比较" in words


def test_missing_letter(root: Path) -> None:
    """A letter that the font lacks is named with what stands around it, and no sheet is left."""
    edit(root / "stations/lianyuan/lantian/station.yml", r"(?m)^name: .*$", "name: 蓝田\U00031200街道人大代表之家")
    lay_release(root)
    with pytest.raises(ApprovalError, match=r"字体里没有“.”（U\+31200）这个字.*在 site.yml 的 print 里用 fonts 加一个"):
        papers(root)
    assert not list((root / "internal/approval").glob("[!.]*"))
    assert not list((root / "internal/approval").glob(".*new*"))


def test_codes_that_did_not_stay(root: Path) -> None:
    """A release in which a published code is gone gets no sheet; the code is named, with what to do."""
    manifest = lay_release(root)
    before = replace(manifest, holders={**manifest.holders, "9H4PQRT": manifest.holders[HOME]}, files={})
    with pytest.raises(ApprovalError) as caught:
        papers(root, before)
    assert str(caught.value).splitlines()[:2] == [
        "已公布的编号有 1 个不再是原来的站或代表，不能发布，也不出审批单：",
        "  9H4PQRT（站）：编号不见了",
    ]


def test_records_that_went_on(root: Path) -> None:
    """Where records changed after the release was built, names would not fit it: so there is no sheet."""
    before = with_status(lay_release(root), ZENG, "former")
    edit(root / "stations/lianyuan/yufeng/deputies/zeng.yml", r"(?m)^name: .*$", "name: 曾别名")
    with pytest.raises(ApprovalError, match=r"生成站点以后记录又改过（7K3M9TY）.*先运行 liaison build"):
        papers(root, before)


def test_nothing_half(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sheet that fails on the way leaves the earlier one as it was."""
    lay_release(root)
    was = contents(papers(root).folder)

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("liaison.build.approval.pack_preview", full)
    with pytest.raises(OSError, match="No space left"):
        papers(root)
    assert contents(root / "internal/approval/2026-11-20-1") == was
    assert not list((root / "internal/approval").glob(".*new*"))
