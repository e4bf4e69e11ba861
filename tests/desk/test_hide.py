"""The edit that takes a deputy off the site: one line, or what needs consent; all else stays as it was written."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from liaison.desk.hide import HideError, hiding
from support.small import base_site, write

FILE = "stations/lianyuan/sanjia-yufeng/deputies/zeng-shili.yml"
CODE = "7K3M9TY"

RECORD = """\
# 代表记录
code: 7K3M9TY   # 永久编号
name: 曾示例
gender: 女
photo: photo.jpg         # 与本文件放在一起
mandates:
  - {congress: 涟源市第十八届人民代表大会, level: 县级, region: 431382, start: 2021-12-20}

# 联系方式
contact:
  phone: 13800000000
  # 本人的
  phone_is: 本人
consent: {scope: [photo, phone], date: 2026-01-05, ref: 档号}

# 状态
status: active             # active 在任
verified_on: 2026-10-01
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small site with a deputy who consented to photo and phone."""
    site = base_site(tmp_path / "site")
    for file in (site / "stations").rglob("*.yml"):
        if CODE in file.read_text("utf-8") and "deputies" in file.parts:
            file.unlink()
    write(site, FILE, RECORD)
    return site


@pytest.mark.parametrize("way", ["withheld", "paused"])
def test_the_status_is_all_that_changes(root: Path, way: str) -> None:
    """Comments, order, spaces and everything else stay."""
    hiding(root, FILE, CODE, way).edits.write(tuple)  # type: ignore[arg-type]
    assert (root / FILE).read_text("utf-8") == RECORD.replace("status: active ", f"status: {way} ")


@pytest.mark.parametrize("written", ["'active'", '"active"'])
def test_a_quoted_status_is_changed_too(root: Path, written: str) -> None:
    """Quotes go with the old value."""
    write(root, FILE, RECORD.replace("status: active", f"status: {written}"))
    hiding(root, FILE, CODE, "withheld").edits.write(tuple)
    assert "status: withheld             # active 在任\n" in (root / FILE).read_text("utf-8")


def test_consent_that_is_withdrawn_takes_with_it_what_it_covered(root: Path) -> None:
    """Photo, own phone and the consent go; comments above other keys stay."""
    found = hiding(root, FILE, CODE, "consent")
    found.edits.write(tuple)
    left = re.sub(r"photo: .*\n|contact:\n(?:  .*\n)+|consent: .*\n", "", RECORD)
    assert (root / FILE).read_text("utf-8") == left
    assert found.photo == f"{FILE.rpartition('/')[0]}/photo.jpg"


def test_the_phone_of_the_station_stays(root: Path) -> None:
    """Only somebody's own number needs consent."""
    write(root, FILE, RECORD.replace("本人\n", "站\n"))
    hiding(root, FILE, CODE, "consent").edits.write(tuple)
    text = (root / FILE).read_text("utf-8")
    assert "phone_is: 站" in text
    assert "photo" not in text


def test_somebody_hidden_already_needs_no_edit(root: Path) -> None:
    """Asked twice, the second time changes nothing."""
    write(root, FILE, RECORD.replace("status: active", "status: withheld"))
    assert not hiding(root, FILE, CODE, "withheld").edits.texts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{code: 7K3M9TY, name: 曾示例, gender: 女, status: active}\n", "没有写成一行一项"),
        (RECORD + "name: 曾示例\n", "里有错误"),
    ],
)
def test_what_cannot_be_changed_is_told(root: Path, text: str, words: str) -> None:
    """Records in one line or with errors; nothing is written."""
    write(root, FILE, text)
    with pytest.raises(HideError, match=words):
        hiding(root, FILE, CODE, "withheld")
    assert (root / FILE).read_text("utf-8") == text


def test_without_consent_there_is_nothing_to_withdraw(root: Path) -> None:
    """Said, instead of an upload that changes nothing."""
    write(root, FILE, re.sub(r"photo: .*\n|contact:\n(?:  .*\n)+|consent: .*\n", "", RECORD))
    with pytest.raises(HideError, match="没有要凭同意才能公开的内容"):
        hiding(root, FILE, CODE, "consent")
