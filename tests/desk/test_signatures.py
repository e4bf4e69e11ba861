"""Signatures put on file: one canonical text, scan and record together or neither, and every refusal in words."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from liaison.desk.signatures import SigningError, as_text, put_on_file, signature
from liaison.model.site import Site
from liaison.records.approvals import Approval, Signature, read_approvals

SITE = Site(name="示例站", url="https://www.example.gov.cn/", home_region="43")
TREE = "0123456789abcdef" * 4
GIVEN = (
    "拟稿=李示例 2026-11-22 09:30",
    "审核=王示例 2026-11-22 10:00",
    "保密审查=张 2026-11-22 10:30",
    "签发=赵 2026-11-22 11:00",
)
TEXT = f"""\
tree: {TREE}
sheet: 2026-11-22-1
signed:
  - {{role: 拟稿, name: 李示例, at: 2026-11-22 09:30}}
  - {{role: 审核, name: 王示例, at: 2026-11-22 10:00}}
  - {{role: 保密审查, name: 张, at: 2026-11-22 10:30}}
  - {{role: 签发, name: 赵, at: 2026-11-22 11:00}}
"""


def approval(*given: str, sheet: str = "2026-11-22-1", tree: str = TREE) -> Approval:
    return Approval(tree=tree, sheet=sheet, signed=tuple(signature(one) for one in given or GIVEN))


def test_text(tmp_path: Path) -> None:
    """The record has one canonical text, which reads back as what was signed."""
    file = put_on_file(tmp_path, SITE, approval(), None)
    assert file == tmp_path / "approvals/2026-11-22-1.yml"
    assert file.read_text("utf-8") == TEXT
    assert [one.record for one in read_approvals(tmp_path)] == [approval()]


@pytest.mark.parametrize(
    "name", ["李, 示例", "李: 示例", "#李", "yes", "'李'", "{李}", "阿卜杜·示例", "Li Shili", "-", "~", "01"]
)
def test_any_name(tmp_path: Path, name: str) -> None:
    """A name is kept as it is, whatever YAML would make of it."""
    one = Signature(role="拟稿", name=name, at=datetime(2026, 11, 22, 9, 30))  # noqa: DTZ001 - as on paper
    (tmp_path / "approvals").mkdir()
    text = as_text(Approval(tree=TREE, sheet="2026-11-22-1", signed=(one,), note="备注: 一"), None)
    (tmp_path / "approvals/2026-11-22-1.yml").write_text(text, "utf-8")
    found = read_approvals(tmp_path)[0].record
    assert (found.signed[0].name, found.note) == (name, "备注: 一")


def test_scan(tmp_path: Path) -> None:
    """The scan is copied beside the record under the ending that its content asks for."""
    scan = tmp_path / "扫描.PDF.tmp"
    scan.write_bytes(b"\xff\xd8\xff\xe0 jpeg")
    put_on_file(tmp_path, SITE, approval(), scan)
    assert (tmp_path / "approvals/2026-11-22-1.jpg").read_bytes() == scan.read_bytes()
    assert read_approvals(tmp_path)[0].record.scan == "approvals/2026-11-22-1.jpg"


def test_other_scan(tmp_path: Path) -> None:
    """A scan that lies there already is never overwritten; one that lies where it belongs is taken as it is."""
    (tmp_path / "approvals").mkdir()
    there = tmp_path / "approvals/2026-11-22-1.pdf"
    there.write_bytes(b"%PDF-1")
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-2")
    with pytest.raises(SigningError, match=r"approvals/2026-11-22-1.pdf 已经有了，是别的扫描件"):
        put_on_file(tmp_path, SITE, approval(), scan)
    assert sorted(one.name for one in (tmp_path / "approvals").iterdir()) == ["2026-11-22-1.pdf"]
    assert there.read_bytes() == b"%PDF-1"
    put_on_file(tmp_path, SITE, approval(), there)
    assert read_approvals(tmp_path)[0].record.scan == "approvals/2026-11-22-1.pdf"


def test_no_scan(tmp_path: Path) -> None:
    """A file that is no scan, or is not there, is refused before anything is written."""
    scan = tmp_path / "x.pdf"
    with pytest.raises(SigningError, match="读不了扫描件"):
        put_on_file(tmp_path, SITE, approval(), scan)
    scan.write_bytes(b"PK\x03\x04")
    with pytest.raises(SigningError, match="不是 PDF、JPG 或 PNG"):
        put_on_file(tmp_path, SITE, approval(), scan)
    assert not (tmp_path / "approvals").exists()


def test_neither(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the record cannot be written, the scan goes too."""
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-2")

    def full(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("liaison.desk.signatures.as_text", full)
    with pytest.raises(OSError, match="No space"):
        put_on_file(tmp_path, SITE, approval(), scan)
    assert list((tmp_path / "approvals").iterdir()) == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (GIVEN[:2], "还缺保密审查、签发的签字：全部签完再登记"),
        ((*GIVEN, "会签=钱 2026-11-22 12:00"), "没有“会签”这个环节；site.yml 里的环节是：拟稿、审核、保密审查、签发"),
        ((*GIVEN, "签发=钱 2026-11-22 12:00"), "“签发”写了两次"),
        (
            (*GIVEN[:3], "签发=赵 2026-11-22 10:29"),
            (
                "审批单 2026-11-22-1：签发（2026-11-22 10:29）早于保密审查（2026-11-22 10:30），"
                "要先审后发；核对签字时间后改正"
            ),
        ),
    ],
)
def test_refused(tmp_path: Path, given: tuple[str, ...], expected: str) -> None:
    """Roles that are unknown, missing or twice, and times that cannot be, are refused in words."""
    with pytest.raises(SigningError) as caught:
        put_on_file(tmp_path, SITE, approval(*given), None)
    assert str(caught.value) == expected
    assert not (tmp_path / "approvals").exists()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("李示例 2026-11-22 09:30", "写得不对：写成 拟稿=李示例 2026-11-22 09:30 这样，环节=姓名 日期 时间"),
        ("拟稿=2026-11-22 09:30", "写得不对"),
        ("拟稿=李示例 2026-11-22", "写得不对"),
        ("拟稿=李示例 2026-11-22 9:30", "拟稿：这里要写签字的日期和时间，形式是“年-月-日 时:分”"),
        ("拟稿=李示例 2026-02-30 09:30", "拟稿：日历上没有 2026-02-30 这一天"),
        ("拟稿=李\u202e例 2026-02-20 09:30", "拟稿：姓名不能空，也不能有看不见的字符"),
    ],
)
def test_written_wrong(text: str, expected: str) -> None:
    """A signature that cannot be read is refused with what is wrong."""
    with pytest.raises(SigningError) as caught:
        signature(text)
    assert expected in str(caught.value)


def test_written_freely() -> None:
    """Blanks around the parts do not matter, nor does a wide equals sign; a name may have a blank in it."""
    assert signature(" 拟稿 ＝ Li Shili  2026-11-22  09:30 ") == signature("拟稿=Li Shili 2026-11-22 09:30")


def test_once(tmp_path: Path) -> None:
    """A release is signed once, and a sheet is of one release."""
    put_on_file(tmp_path, SITE, approval(), None)
    with pytest.raises(SigningError, match=r"这一版已经登记过签字（审批单 2026-11-22-1），不用再登记"):
        put_on_file(tmp_path, SITE, approval(sheet="2026-11-22-2"), None)
    with pytest.raises(SigningError, match=r"审批单 2026-11-22-1 已经登记过，是另一版的"):
        put_on_file(tmp_path, SITE, approval(tree="f" * 64), None)
