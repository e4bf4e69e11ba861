"""`liaison approval`: from a release to a signed record, and every way it says that it cannot go on."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.model.site import Site
from liaison.publish.manifest import Manifest
from liaison.records.approvals import approval_for, refusals
from support.approvals import (
    GULI,
    SIGNED,
    STATION,
    change_records,
    keep_as_published,
    lay_release,
    small_site,
    words_of_pdf,
    words_of_workbook,
)
from support.sites import edit, environment

SITE = Site(name="站", url="https://www.example.gov.cn/", home_region="43")


@pytest.fixture(autouse=True)
def _no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIAISON_TODAY", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return small_site(tmp_path / "root")


@pytest.fixture
def changed(root: Path) -> Path:
    """A site that is published, and a release of it that is different."""
    lay_release(root)
    keep_as_published(root)
    change_records(root)
    lay_release(root)
    return root


def run(root: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["approval", "--site", str(root), *args])


def sign(root: Path, *args: str, signed: tuple[str, ...] = SIGNED) -> Result:
    return run(root, "--sign", *(word for one in signed for word in ("--signed", one)), *args)


def test_end_to_end(changed: Path, tmp_path: Path) -> None:
    """A release is compared, its sheet made, signed, scanned and put on file; then nothing stands against it."""
    manifest = Manifest.read(changed / "site")
    assert refusals(changed, SITE, manifest.tree) != []
    result = run(changed)
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        (
            "信息发布审批单 2026-11-20-1：与已发布的（2026年11月22日的数据）相比："
            "恢复公开代表1名，修改电话1处，涉及页面2个。"
        ),
        "  风险提示：本站还是示例数据",
        "  风险提示：恢复公开代表信息1名",
        f"放在 {changed}/internal/approval/2026-11-20-1：",
        "  approval.pdf  打印后签字；approval.docx 内容一样，可以改",
        "  changes.xlsx  逐项变动",
        "  preview.zip  预览，10 个文件，解压后双击 index.html",
        "签完后运行 liaison approval --sign 登记",
    ]
    pages, words = words_of_pdf(changed / "internal/approval/2026-11-20-1/approval.pdf")
    assert (pages, manifest.tree in words) == (1, True)
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 scanned")
    result = sign(changed, "--scan", str(scan))
    assert result.exit_code == 0, result.output
    assert result.stdout.splitlines() == [
        f"已登记审批单 2026-11-20-1 的签字（校验值 {manifest.tree[:8]}），记在 approvals/2026-11-20-1.yml",
        "  拟稿　李示例　2026-11-22 10:30",
        "  审核　王示例　2026-11-22 11:30",
        "  保密审查　张示例　2026-11-22 12:30",
        "  签发　赵示例　2026-11-22 13:30",
        "现在可以发布：liaison publish",
    ]
    assert refusals(changed, SITE, manifest.tree) == []
    found = approval_for(changed, SITE, manifest.tree)
    assert found is not None
    assert found.scan == "approvals/2026-11-20-1.pdf"
    listed = run(changed, "--list")
    assert listed.stdout.splitlines()[0] == (
        f"2026-11-20-1　校验值 {manifest.tree[:8]}　扫描件 approvals/2026-11-20-1.pdf"
    )
    assert len(listed.stdout.splitlines()) == 5


def test_any_order(changed: Path) -> None:
    """Signatures may be given in any order; the record has them in that of the roles."""
    run(changed)
    assert sign(changed, signed=SIGNED[::-1]).exit_code == 0
    text = (changed / "approvals/2026-11-20-1.yml").read_text("utf-8")
    assert text.index("拟稿") < text.index("审核") < text.index("保密审查") < text.index("签发")


def test_one_person(changed: Path) -> None:
    """One person who signs for two roles is remarked on, not refused."""
    run(changed)
    result = sign(changed, signed=tuple(one.replace("赵", "李") for one in SIGNED))
    assert result.exit_code == 0
    assert "  拟稿、签发由同一人（李示例）签字\n" in result.stdout
    assert "  拟稿、签发由同一人（李示例）签字\n" in run(changed, "--list").stdout


def test_previous(changed: Path, tmp_path: Path) -> None:
    """What is published may lie in a folder, an upload or a file; each gives the same sheet."""
    was = changed / "internal/published.json"
    folder = tmp_path / "host"
    folder.mkdir()
    (folder / "manifest.json").write_bytes(was.read_bytes())
    with zipfile.ZipFile(tmp_path / "upload.zip", "w") as packed:
        packed.writestr("manifest.json", was.read_bytes())
    was.unlink()
    for spec in (folder, tmp_path / "upload.zip", folder / "manifest.json"):
        result = run(changed, "--previous", str(spec))
        assert result.stdout.startswith("信息发布审批单 2026-11-20-1：与已发布的"), result.output


def test_reprints(changed: Path) -> None:
    """With a ledger of prints, the sheet counts what has to be printed again and what comes down."""
    edit(changed / "stations/lianyuan/yufeng/station.yml", r"(?m)^phone: .*$", "phone: 0738-0000000")
    done = CliRunner().invoke(
        main, ["posters", "--site", str(changed), "--kind", "station-a4", "--kind", "deputy-a4", "--yes"]
    )
    assert done.exit_code == 0, done.output
    edit(changed / "stations/lianyuan/yufeng/station.yml", r"(?m)^phone: .*$", "phone: 0738-0000001")
    zeng = changed / "stations/lianyuan/yufeng/deputies/zeng.yml"
    edit(zeng, r"(?m)^status: active$", "status: former")
    edit(changed / "stations/lianyuan/yufeng/station.yml", r", deputies: \[7K3M9TY\]", "")
    lay_release(changed)
    result = run(changed)
    assert result.exit_code == 0, result.output
    _, words = words_of_pdf(changed / "internal/approval/2026-11-20-1/approval.pdf")
    assert "与2026年11月20日的印刷清单（办公打印）比较：需重印" in words
    assert "联络站海报A41份（" in words
    assert "应取下1份：代表海报A41份。" in words
    listed = words_of_workbook(changed / "internal/approval/2026-11-20-1/changes.xlsx")
    assert "不再任职或不公开" in listed
    assert "重印" in listed


def test_nothing_changed(root: Path) -> None:
    """What equals the published site needs no approval, and no sheet is made."""
    lay_release(root)
    keep_as_published(root)
    result = run(root)
    assert (result.exit_code, result.output) == (0, "与已发布的完全相同，不用审批\n")
    assert not (root / "internal/approval").exists()


def test_no_release(root: Path) -> None:
    """Without a release there is nothing to approve or to sign; it is said what to do."""
    for args in (("--first",), ("--sign", "--signed", SIGNED[0])):
        result = run(root, *args)
        assert result.exit_code == 1
        assert result.output == "site 里没有生成好的站点（manifest.json）：先运行 liaison build\n"


def test_damaged_release(root: Path) -> None:
    """A manifest that was meddled with is refused, for the sheet and for signing."""
    lay_release(root)
    file = root / "site/manifest.json"
    data = json.loads(file.read_bytes())
    data["files"][0]["size"] += 1
    file.write_text(json.dumps(data), "utf-8")
    for args in (("--first",), ("--sign", "--signed", SIGNED[0])):
        result = run(root, *args)
        assert result.exit_code == 1
        assert "清单被改动过；重新运行 liaison build" in result.output


def test_unknown_published(root: Path) -> None:
    """Nothing is guessed of what is published: the ways to say so are listed."""
    lay_release(root)
    result = run(root)
    assert result.exit_code == 1
    assert result.output.splitlines() == [
        "不知道网站上现在是哪一版，不能比较。改法：",
        "  第一次发布，加上 --first",
        "  已经发布过，加上 --previous，写网址、上次的上传包（zip），或者发布过的文件夹",
    ]
    assert not (root / "internal").exists()
    result = run(root, "--previous", str(root / "nothing"))
    assert result.exit_code == 1
    assert "没有这个文件夹或文件" in result.output


def test_first_twice(changed: Path) -> None:
    """A site that was published is not published first again by mistake."""
    result = run(changed, "--first")
    assert result.exit_code == 1
    assert "已经发布过（见 internal/published.json）" in result.output


def test_errors_in_records(changed: Path) -> None:
    """Records with errors are shown, and no sheet is made."""
    edit(changed / "stations/lianyuan/yufeng/station.yml", r"(?m)^status: active$", "status: open")
    result = run(changed)
    assert result.exit_code == 1
    assert "记录里有 1 个错误，改好以后再来" in result.output


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        (("--first", "--previous", "x"), "--first 和 --previous 只能写一个"),
        (("--sign", "--first"), "--sign 是登记签字，不和 --previous、--first、--out 一起写"),
        (("--signed", "a"), "--signed、--scan、--sheet 要和 --sign 一起写"),
        (("--list", "--sign"), "--list 只列出审批记录，不和别的选项一起写"),
        (("--sign", "--sheet", "1"), "“1”不是审批单的编号，写成 2026-11-22-1 这样"),
    ],
)
def test_wrong_usage(root: Path, args: tuple[str, ...], expected: str) -> None:
    """Options that contradict each other are wrong usage."""
    lay_release(root)
    result = run(root, *args)
    assert result.exit_code == 2
    assert expected in result.output


def test_sign_without_sheet(changed: Path) -> None:
    """Without a sheet nothing can have been signed; one made on another machine is named by its number."""
    result = sign(changed)
    assert result.exit_code == 1
    assert result.output.startswith("这一版还没有出过审批单：先运行 liaison approval；")
    result = sign(changed, "--sheet", "2026-11-19-3")
    assert result.exit_code == 0, result.output
    assert (changed / "approvals/2026-11-19-3.yml").is_file()


def test_sign_another(changed: Path) -> None:
    """A sheet that is about another release does not approve this one."""
    run(changed)
    lay_release(changed, **{"more.css": b"y"})
    result = sign(changed, "--sheet", "2026-11-20-1")
    assert result.exit_code == 1
    assert "审批单 2026-11-20-1 签的是另一版，不是 site 里的这一版" in result.output
    assert not (changed / "approvals").exists()


def test_sign_twice(changed: Path) -> None:
    """A release is signed once; after that a new sheet says so."""
    run(changed)
    assert sign(changed).exit_code == 0
    result = sign(changed)
    assert (result.exit_code, result.output) == (1, "这一版已经登记过签字（审批单 2026-11-20-1），不用再登记\n")
    assert "注意：这一版已经有审批记录（2026-11-20-1），可以直接发布" in run(changed).stdout


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        (SIGNED[:3], "还缺签发的签字：全部签完再登记"),
        ((*SIGNED[:3], "签发=赵示例 2026-11-22"), "“签发=赵示例 2026-11-22”写得不对"),
        ((*SIGNED[:3], "批准=赵示例 2026-11-22 15:00"), "没有“批准”这个环节"),
        ((*SIGNED[:3], "签发=赵示例 2026-11-21 15:00"), "签发（2026-11-21 15:00）早于保密审查（2026-11-22 12:30）"),
    ],
)
def test_sign_refused(changed: Path, signed: tuple[str, ...], expected: str) -> None:
    """Signatures that cannot stand are refused, and nothing is put on file."""
    run(changed)
    result = sign(changed, signed=signed)
    assert result.exit_code == 1
    assert expected in result.output
    assert result.output.endswith("没有登记\n")
    assert not (changed / "approvals").exists()


def test_nobody_to_ask(changed: Path) -> None:
    """Without signatures and without a terminal, it is said how to give them."""
    run(changed)
    result = run(changed, "--sign")
    assert result.exit_code == 1
    assert "没有写谁签的字：每个环节写一个 --signed" in result.output


def test_asked(changed: Path) -> None:
    """On a terminal each role is asked for name and time; a time that cannot be is asked for again."""
    run(changed)
    ours, theirs = pty.openpty()
    answers = ["李示例", "昨天", "李示例", "2026-11-22 09:00"]
    for at, name in enumerate("王张赵"):
        answers += [f"{name}示例", f"2026-11-22 1{at}:00"]
    script = "import sys; from liaison.cli import main; main(['approval', '--sign', '--site', sys.argv[1]])"
    with subprocess.Popen(
        [sys.executable, "-c", script, str(changed)],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=environment(),
    ) as asked:
        os.write(ours, "".join(f"{one}\n" for one in answers).encode())
        told = asked.communicate(timeout=60)[0].decode()
    os.close(ours)
    os.close(theirs)
    assert asked.returncode == 0, told
    assert "先核对纸上的校验值一样" in told
    assert "形式是“年-月-日 时:分”，再填一次" in told
    assert "  拟稿　李示例　2026-11-22 09:00" in told
    assert refusals(changed, SITE, Manifest.read(changed / "site").tree) == []


def test_list_nothing(root: Path) -> None:
    """Without records the list says so."""
    assert run(root, "--list").output == "还没有审批记录（approvals/）\n"


def test_list_damaged(root: Path) -> None:
    """A record that is written wrong is shown with its place."""
    (root / "approvals").mkdir()
    (root / "approvals/2026-11-22-1.yml").write_text("tree: x\n", "utf-8")
    result = run(root, "--list")
    assert result.exit_code == 1
    assert "approvals/2026-11-22-1.yml:1:7: 错误 field/type" in result.output
    assert result.output.splitlines()[-1].startswith("审批记录里有 ")


def test_help() -> None:
    """Help is in Chinese and names every option."""
    text = CliRunner().invoke(main, ["approval", "--help"]).output
    assert all(one in text for one in ("--previous", "--first", "--sign", "--signed", "--scan", "--sheet", "--list"))
    assert "Usage" not in text


def test_withheld_person_is_named_inside_only(changed: Path) -> None:
    """Who is shown again is named to those who sign; the preview holds no more than the release does."""
    run(changed)
    _, words = words_of_pdf(changed / "internal/approval/2026-11-20-1/approval.pdf")
    assert f"古丽·示例（{GULI}）" in words
    assert STATION in words
