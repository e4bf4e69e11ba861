"""Records of who signed: what is accepted, and each refusal with its exact words and place."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from liaison.model.site import Approving, Site
from liaison.problems import ProblemsError
from liaison.records.approvals import (
    NONE_YET,
    RULES,
    approval_for,
    for_other_day,
    read_approvals,
    refusals,
    remarks,
)
from liaison.records.report import report

TREE, OTHER = "a" * 64, "b" * 64
SITE = Site(name="示例站", url="https://www.example.gov.cn/", home_region="43")
GOOD = f"""\
tree: {TREE}
sheet: 2026-11-22-1
signed:
  - {{role: 拟稿, name: 李示例, at: 2026-11-22 09:30}}
  - {{role: 审核, name: 王示例, at: 2026-11-22 10:00}}
  - {{role: 保密审查, name: 张示例, at: 2026-11-22 10:00}}
  - {{role: 签发, name: 赵示例, at: 2026-11-23 08:05}}
"""


def put(root: Path, text: str = GOOD, name: str = "2026-11-22-1.yml") -> Path:
    file = root / "approvals" / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, "utf-8")
    return root


def problems(root: Path) -> list[str]:
    """What is said of the records, each problem on one line."""
    with pytest.raises(ProblemsError) as caught:
        read_approvals(root)
    return [" ".join(line.strip() for line in one.splitlines()) for one in report(caught.value.problems)]


def test_good(tmp_path: Path) -> None:
    """A record with every role signed approves its release, and no other."""
    put(tmp_path)
    assert refusals(tmp_path, SITE, TREE) == []
    found = approval_for(tmp_path, SITE, TREE)
    assert found is not None
    assert (found.sheet, found.signed[3].name) == ("2026-11-22-1", "赵示例")
    assert found.signed[3].at == datetime(2026, 11, 23, 8, 5)  # noqa: DTZ001 - as on paper
    assert refusals(tmp_path, SITE, OTHER) == [NONE_YET]
    assert approval_for(tmp_path, SITE, OTHER) is None


def test_no_folder(tmp_path: Path) -> None:
    """Without records nothing is approved, and it is said what to do."""
    assert refusals(tmp_path, SITE, TREE) == [
        "没有这一版的审批记录：先运行 liaison approval 出审批单，签完后运行 liaison approval --sign 登记"
    ]


def test_missing_roles(tmp_path: Path) -> None:
    """Roles without a signature are named in their order."""
    lines = [line for line in GOOD.splitlines() if "审核" not in line and "签发" not in line]
    put(tmp_path, "\n".join(lines))
    assert refusals(tmp_path, SITE, TREE) == [
        "审批单 2026-11-22-1 还没有审核、签发的签字：签完后补到 approvals/2026-11-22-1.yml 的 signed 里"
    ]
    assert approval_for(tmp_path, SITE, TREE) is None


def test_order_of_times(tmp_path: Path) -> None:
    """A later role that signed before an earlier one is refused with both times."""
    put(tmp_path, GOOD.replace("at: 2026-11-23 08:05", "at: 2026-11-22 09:59"))
    assert refusals(tmp_path, SITE, TREE) == [
        "审批单 2026-11-22-1：签发（2026-11-22 09:59）早于保密审查（2026-11-22 10:00），要先审后发；核对签字时间后改正"
    ]


def test_own_roles(tmp_path: Path) -> None:
    """The site's own roles count; further signatures do no harm, so old records stay good when a role is dropped."""
    put(tmp_path)
    fewer = Site(name="站", url=SITE.url, home_region="43", approval=Approving(roles=("拟稿", "签发")))
    more = Site(name="站", url=SITE.url, home_region="43", approval=Approving(roles=("拟稿", "会签", "签发")))
    assert refusals(tmp_path, fewer, TREE) == []
    assert refusals(tmp_path, more, TREE) == [
        "审批单 2026-11-22-1 还没有会签的签字：签完后补到 approvals/2026-11-22-1.yml 的 signed 里"
    ]


def test_one_of_several(tmp_path: Path) -> None:
    """One complete record suffices; where none is, the newest says what it lacks, numbers counted as numbers."""
    half = "\n".join(line for line in GOOD.splitlines() if "签发" not in line)
    put(tmp_path, half.replace("22-1\n", "22-9\n"), "2026-11-22-9.yml")
    put(tmp_path, half.replace("22-1\n", "22-10\n"), "2026-11-22-10.yml")
    assert refusals(tmp_path, SITE, TREE)[0].startswith("审批单 2026-11-22-10 还没有签发的签字")
    put(tmp_path)
    assert refusals(tmp_path, SITE, TREE) == []


def test_remarks(tmp_path: Path) -> None:
    """One person with two roles is allowed, and remarked on."""
    put(tmp_path, GOOD.replace("赵示例", "李示例"))
    found = approval_for(tmp_path, SITE, TREE)
    assert found is not None
    assert remarks(found) == ["拟稿、签发由同一人（李示例）签字"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (
            "sheet: 2026-11-22-1",
            "sheet: 2026-11-22-2",
            (
                "approvals/2026-11-22-1.yml:2:8: 错误 approval/sheet 编号和文件名不一致：文件名是 2026-11-22-1 "
                "2 | sheet: 2026-11-22-2 |        ^ "
                "改法：核对审批单右上角的编号，把 sheet 改成 2026-11-22-1，或改文件名"
            ),
        ),
        (
            "role: 审核",
            "role: 拟稿",
            (
                "approvals/2026-11-22-1.yml:5:12: 错误 approval/role-twice “拟稿”登记了两次签字 "
                "5 |   - {role: 拟稿, name: 王示例, at: 2026-11-22 10:00} |            ^ 改法：只留一次，删去另一次"
            ),
        ),
        (
            f"tree: {TREE}",
            "tree: abc",
            (
                "approvals/2026-11-22-1.yml:1:7: 错误 field/type 这里要写版本的校验值，是 64 位小写字母和数字 "
                "1 | tree: abc |       ^ 改法：照审批单上的校验值写全"
            ),
        ),
        (
            "name: 李示例, at: 2026-11-22 09:30",
            "name: 李示例, at: 2026-11-22 9:30",
            (
                "approvals/2026-11-22-1.yml:4:31: 错误 field/type 这里要写签字的日期和时间，形式是“年-月-日 时:分” "
                "4 |   - {role: 拟稿, name: 李示例, at: 2026-11-22 9:30} |                                    ^ "
                "改法：写成 2026-11-22 09:30 这样的形式"
            ),
        ),
        (
            "at: 2026-11-22 09:30",
            "at: 2026-11-31 09:30",
            (
                "approvals/2026-11-22-1.yml:4:31: 错误 date/impossible 日历上没有 2026-11-31 这一天 "
                "4 |   - {role: 拟稿, name: 李示例, at: 2026-11-31 09:30} | "
                "                                   ^ 改法：核对日期后改正"
            ),
        ),
        (
            ", at: 2026-11-22 09:30",
            "",
            (
                "approvals/2026-11-22-1.yml:4:5: 错误 field/missing 缺少必填的键 at（时间） "
                "4 |   - {role: 拟稿, name: 李示例} |     ^ 改法：补上 at: …"
            ),
        ),
        (
            "name: 李示例",
            "name: ''",
            (
                "approvals/2026-11-22-1.yml:4:22: 错误 field/empty name（名称）写了键却没有内容 "
                "4 |   - {role: 拟稿, name: '', at: 2026-11-22 09:30} |                        ^ "
                "改法：填上内容，或删去这一行"
            ),
        ),
        (
            "sheet: 2026-11-22-1\n",
            "sheet: 2026-11-22-1\nscan: approvals/2026-11-22-1.pdf\n",
            (
                "approvals/2026-11-22-1.yml:3:7: 错误 approval/scan-missing approvals/ 里没有这个扫描件 "
                "3 | scan: approvals/2026-11-22-1.pdf |       ^ "
                "改法：把扫描件放进来，写成 approvals/2026-11-22-1.pdf 这样，或删去 scan 这一行"
            ),
        ),
        (
            "sheet: 2026-11-22-1\n",
            "sheet: 2026-11-22-1\nscan: approvals/../site.yml\n",
            (
                "approvals/2026-11-22-1.yml:3:7: 错误 approval/scan-missing approvals/ 里没有这个扫描件 "
                "3 | scan: approvals/../site.yml |       ^ "
                "改法：把扫描件放进来，写成 approvals/2026-11-22-1.pdf 这样，或删去 scan 这一行"
            ),
        ),
    ],
)
def test_refused(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """What is written wrong is told with place, reason and remedy, and nothing else is said."""
    assert old in GOOD
    (tmp_path / "site.yml").write_text("x", "utf-8")
    assert problems(put(tmp_path, GOOD.replace(old, new, 1))) == [expected]


def test_unknown_key(tmp_path: Path) -> None:
    """A key that means nothing is an error: nobody signs beside the form."""
    found = problems(put(tmp_path, GOOD + "signer: 李示例\n"))
    assert len(found) == 1
    assert "8:1: 错误 field/unknown 不认识的键“signer”，是不是想写“signed”？" in found[0]


def test_scan(tmp_path: Path) -> None:
    """A scan may be PDF, JPG or PNG; what only calls itself so is refused."""
    put(tmp_path, GOOD + "scan: approvals/2026-11-22-1.pdf\n")
    scan = tmp_path / "approvals/2026-11-22-1.pdf"
    scan.write_bytes(b"%PDF-1.7 ...")
    assert refusals(tmp_path, SITE, TREE) == []
    scan.write_bytes(b"MZ...")
    assert "approval/scan-content 扫描件的内容和扩展名不一致" in problems(tmp_path)[0]
    (tmp_path / "elsewhere.pdf").write_bytes(b"%PDF-1.7 ...")
    scan.unlink()
    scan.symlink_to(tmp_path / "elsewhere.pdf")
    assert "approval/scan-missing" in problems(tmp_path)[0]


def test_file_names(tmp_path: Path) -> None:
    """A record under another name is never passed over in silence; other files may lie there."""
    put(tmp_path)
    (tmp_path / "approvals/README.md").write_text("说明", "utf-8")
    assert len(read_approvals(tmp_path)) == 1
    put(tmp_path, GOOD, "签字.yml")
    put(tmp_path, GOOD, "2026-11-22-01.yml")
    put(tmp_path, GOOD, "2026-11-22-2.yaml")
    found = problems(tmp_path)
    assert [one.split(" ")[2] for one in found] == ["approval/file-name"] * 3
    assert found[0].endswith("文件名不是审批单的编号 改法：改成审批单右上角的编号，如 2026-11-22-1.yml")


def test_links(tmp_path: Path) -> None:
    """A link is not followed, neither as a record nor as the folder."""
    (tmp_path / "outside.yml").write_text(GOOD, "utf-8")
    (tmp_path / "approvals").mkdir()
    (tmp_path / "approvals/2026-11-22-1.yml").symlink_to(tmp_path / "outside.yml")
    assert "file/link" in problems(tmp_path)[0]
    other = tmp_path / "other"
    other.mkdir()
    (other / "approvals").symlink_to(tmp_path / "approvals")
    assert "file/link" in problems(other)[0]


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe", b"[]", b"- a", b"tree: [", b"a: &x 1", b"tree: x\ntree: y", b"\x00"]
)
def test_garbage(tmp_path: Path, data: bytes) -> None:
    """Whatever lies in a record's file is a problem with a place, never a fault of the program."""
    (tmp_path / "approvals").mkdir()
    (tmp_path / "approvals/2026-11-22-1.yml").write_bytes(data)
    assert all(one.startswith("approvals/2026-11-22-1.yml:") for one in problems(tmp_path))


def test_rules_have_sentences() -> None:
    """Each rule of this file says its sentence in Chinese."""
    assert all(str(rule.__doc__).endswith("。") for rule in RULES.values())


def test_another_day_of_a_signed_source(tmp_path: Path) -> None:
    """Where the site allows it, a commit that was signed may be published on another day; nothing else may."""
    commit, other = "ab" * 20, "cd" * 20
    site = Site(name="示例", url="https://example.gov.cn/", home_region="43", approval=Approving(roles=("拟稿",)))
    often = replace(site, approval=Approving(roles=("拟稿",), new_days=True))
    (tmp_path / "approvals").mkdir()
    (tmp_path / "approvals/2026-11-22-1.yml").write_text(
        f"tree: {'1' * 64}\nsheet: 2026-11-22-1\nsigned:\n  - {{role: 拟稿, name: 李示例, at: 2026-11-22 09:30}}\n"
        f"version: {commit}\n",
        "utf-8",
    )
    assert refusals(tmp_path, often, "2" * 64, commit) == []
    assert for_other_day(tmp_path, often, "2" * 64, commit) is not None
    assert for_other_day(tmp_path, often, "1" * 64, commit) is None
    for facts, version in ((site, commit), (often, other), (often, f"{commit}+"), (often, "")):
        assert refusals(tmp_path, facts, "2" * 64, version) == [NONE_YET]
