"""What is not printed: every reason is told, and nothing that lies there is changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.paper import sheets
from support.printing import YUFENG, ZENG, liaison, posters, printable_base
from support.sites import edit
from support.trees import must_be, tree_of

ZENG_FILE = "stations/lianyuan/yufeng/deputies/zeng.yml"
ONLY_ZENG = ("--kind", "deputy-a4", "--kind", "badge", "--code", ZENG)
NEAR_THE_END = ("--today", "2027-02-01")
"""Within a year of 2027-12-31, when the terms of the small site end."""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """The small site."""
    return printable_base(tmp_path / "site")


def test_a_character_that_no_font_can_write(site: Path) -> None:
    """The place in the record, its code, the character and its number are told; earlier files stay as they are."""
    posters(site, *ONLY_ZENG)
    before = tree_of(site / "posters")
    edit(site / ZENG_FILE, r"(?m)^name: 曾示例$", "name: 曾示例𠮷")
    done = liaison("posters", site, *ONLY_ZENG, "--yes")
    assert done.returncode == 1
    assert f"{ZENG_FILE}:2:10: 错误 print/glyph-missing" in done.stderr
    assert f"{ZENG}：名称里的“𠮷”（U+20BB7）字体里没有，印不出来" in done.stderr
    assert "什么也没有改" in done.stderr
    assert done.stderr.count("U+20BB7") == 1
    must_be(site / "posters", before)


def test_one_bad_record_keeps_back_all(site: Path) -> None:
    """Where one of several records cannot be printed, none is; a name is found in the file of its deputy."""
    edit(site / ZENG_FILE, r"(?m)^name: 曾示例$", "name: 曾示例𠮷")
    done = liaison("posters", site, "--kind", "station-a4", "--kind", "plate")
    assert done.returncode == 1
    assert f"{ZENG_FILE}:2:10: 错误 print/glyph-missing\n  {YUFENG}：" in done.stderr
    assert [path for path in tree_of(site / "posters") if path.endswith(".pdf") or "manifest" in path] == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("short_url: HTTP://DB.EXAMPLE.GOV.CN/", "https"),
        ("short_url: HTTPS://LOCALHOST/", "localhost"),
        ("url: https://127.0.0.1:8000/", "IP"),
    ],
)
def test_an_address_that_nobody_can_follow(site: Path, line: str, reason: str) -> None:
    """Not even for the office is anything made with an address that leads nowhere."""
    name = line.partition(":")[0]
    edit(site / "site.yml", r"(?m)^url: .*$", line if name == "url" else f"url: https://db.example.gov.cn/\n{line}")
    done = liaison("posters", site, *ONLY_ZENG, "--yes")
    assert done.returncode == 1
    assert reason in done.stderr
    assert tree_of(site / "posters") == {}


def test_terms_that_end_soon_are_asked_about(site: Path) -> None:
    """With nobody to ask nothing is made where a term ends within a year; it is said whose, and when."""
    done = liaison("posters", site, "--kind", "station-a4", *NEAR_THE_END)
    assert done.returncode == 1
    assert f"{ZENG} 曾示例（2027年12月31日届满）" in done.stderr
    assert "--yes" in done.stderr
    assert tree_of(site / "posters") == {}


@pytest.mark.parametrize(
    "args",
    [
        ("--kind", "station-a4", "--without-deputies", *NEAR_THE_END),
        ("--kind", "deputy-a4", "--yes", *NEAR_THE_END),
    ],
)
def test_what_needs_no_answer(site: Path, args: tuple[str, ...]) -> None:
    """Nothing is asked where no deputy is named, or where it was answered before."""
    done = liaison("posters", site, *args)
    assert done.returncode == 0, done.stderr
    (file,) = (site / "posters/office").glob(f"*/*{YUFENG if 'station-a4' in args else ZENG}.pdf")
    assert ("曾示例" in "".join(page.words for page in sheets(file))) is ("--yes" in args)
    assert ("届满" in done.stderr) is ("--yes" in args)
