"""`liaison publish` and `liaison rollback` as somebody meets them on the terminal."""

import getpass
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.model.holders import Holder
from liaison.publish.audit import audit_folder
from liaison.publish.manifest import NAME, Manifest
from support.approved import approve, lay_release, names_at, small_site
from support.releases import DEPUTY, STATION, page, small_holders
from support.server import StaticHost, serving
from support.sites import edit
from support.sshd import serving_ssh

RELEASE = r"\d{8}-\d{6}-[0-9a-f]{8}"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("liaison.publish.publishing._AGAIN_AFTER", (0,))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small site, its release approved."""
    folder = small_site(tmp_path / "site")
    approve(folder, lay_release(folder))
    return folder


def run(root: Path, command: str, *args: object) -> Result:
    result = CliRunner().invoke(main, [command, "--site", str(root), *map(str, args)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result


def publish(root: Path, *args: object) -> Result:
    return run(root, "publish", *args)


def next_release(root: Path, word: str, number: int, **more: object) -> Manifest:
    manifest = lay_release(root, word, **more)  # type: ignore[arg-type]
    approve(root, manifest, number)
    return manifest


def test_publishing_and_going_back(root: Path, tmp_path: Path) -> None:
    """What a publisher reads from the first publication to going back."""
    host = tmp_path / "host"
    first = publish(root, host)
    assert first.exit_code == 0, first.output
    assert re.fullmatch(
        rf"已发布到 {host}：{RELEASE}，新增 6 个文件，改动 0 个，删去 0 个\n"
        r"没有写网址（--url），还没有从网上看过；请运行 liaison verify 加网址核对\n",
        first.stdout,
    )
    assert first.stderr.splitlines()[:3] == [
        "· 逐个文件核对过要发布的站点",
        "· 占用目标，别人暂时不能发布",
        "· 和网站上现有的内容比较过",
    ]
    assert audit_folder(host / "current", Manifest.read(root / "site")) == ()
    assert publish(root, host).stdout == f"{host} 上已经是这一版，每个文件都对，什么也没有改\n"
    next_release(root, "二", 2)
    second = publish(root, host)
    names = names_at(host)
    assert f"{names[1]}，新增 0 个文件，改动 6 个，删去 0 个\n" in second.stdout
    assert f"原来是 {names[0]}；要退回去：liaison rollback {host}\n" in second.stdout
    assert Manifest.read(root / "internal/published.json").tree == Manifest.read(root / "site").tree
    listed = run(root, "rollback", host, "--list").stdout.splitlines()
    assert [line[:2] for line in listed] == ["● ", "  ", "● "]
    assert re.fullmatch(
        rf"● {names[1]}  \d{{4}}-\d\d-\d\d \d\d:\d\d 发布，\S+@\S+，6 个文件，站点日期 2026-11-22", listed[0]
    )
    back = run(root, "rollback", host, "--reason", "内容有误")
    assert back.exit_code == 0, back.output
    assert back.stdout.startswith(f"{host} 退回到 {names[0]}，原来是 {names[1]}\n")
    assert (host / "current").readlink().name == names[0]
    assert Manifest.read(root / "internal/published.json").tree == Manifest.read(host / "current").tree
    history = publish(root, host, "--history").stdout.splitlines()
    assert [re.sub(r"^\S+ \S+ \S+@\S+ ", "", line).split("；")[0] for line in history] == [
        f"退回 {names[0]} → {host}",
        f"发布 {names[1]} → {host}",
        f"发布 {names[0]} → {host}",
    ]
    assert history[0].endswith("内容有误")
    assert "审批 approvals/2026-11-22-2.yml" in history[1]
    log = [json.loads(line) for line in (root / "internal/publish.log").read_text("utf-8").splitlines()]
    assert [one["outcome"] for one in log] == ["published", "published", "rolled back"]
    assert log[1]["approval"] == "approvals/2026-11-22-2.yml"


def test_without_an_approval(root: Path, tmp_path: Path) -> None:
    """An unsigned release is not published; there is no way round but for `hide`."""
    lay_release(root, "二")
    result = publish(root, tmp_path / "host")
    assert result.exit_code == 1
    assert result.stderr == (
        "✗ 没有这一版的审批记录：先运行 liaison approval 出审批单，签完后运行 liaison approval --sign 登记\n"
        "还没有审批好，不能发布；什么也没有改\n"
    )
    assert not (tmp_path / "host").exists()
    follows = publish(root, tmp_path / "host", "--approval-follows")
    assert follows.exit_code == 1
    assert "只用于 liaison hide 刚做好的那一版，这一版不是" in follows.stderr
    assert not (tmp_path / "host").exists()


def test_approval_follows_a_takedown(root: Path, tmp_path: Path) -> None:
    """What `hide` made may go first; it is said, and stands in the log, that the approval has to follow."""
    manifest = lay_release(root, "二")
    held = {"tree": manifest.tree, "code": DEPUTY, "way": "withheld", "reason": "本人要求"}
    (root / ".site.hidden.json").write_text(json.dumps(held), "utf-8")
    result = publish(root, tmp_path / "host", "--approval-follows")
    assert result.exit_code == 0, result.output
    assert result.stdout.endswith(
        "注意：这一版还没有审批。请尽快补办：liaison approval 出审批单，签完用 liaison approval --sign 登记\n"
    )
    assert "审批 后补：本人要求" in publish(root, tmp_path / "host", "--history").stdout
    (root / ".site.hidden.json").write_text("[1]", "utf-8")
    assert publish(root, tmp_path / "host", "--approval-follows").exit_code == 1


def test_codes_that_did_not_stay(root: Path, tmp_path: Path) -> None:
    """A code that is gone is named; nothing is published, whatever is confirmed."""
    host = tmp_path / "host"
    publish(root, host)
    next_release(root, "二", 2, holders={STATION: small_holders()[STATION]})
    result = publish(root, host, "--confirm-removal")
    assert result.exit_code == 1
    assert f"✗ {DEPUTY}（代表）：编号不见了\n有 1 个已经公布的编号出了问题，不能发布" in result.stderr
    assert len(names_at(host)) == 1


def test_many_pages_gone(root: Path, tmp_path: Path) -> None:
    """The brake names what would go, and gives way to who confirms it."""
    host = tmp_path / "host"
    next_release(root, "一", 2, extra={f"p/{number}.html": page("x") for number in range(30)})
    publish(root, host)
    next_release(root, "二", 3)
    result = publish(root, host)
    assert result.exit_code == 1
    assert "✗ p/0.html\n" in result.stderr
    assert "✗ ……另有 10 个网页\n这次发布会删去 30 个网页，超过现有 34 个的 2%" in result.stderr
    assert len(names_at(host)) == 1
    assert publish(root, host, "--confirm-removal").exit_code == 0


def test_only_looking(root: Path, tmp_path: Path) -> None:
    """A dry run says what would be done, and leaves nothing behind."""
    host = tmp_path / "host"
    result = publish(root, host, "--dry-run")
    assert (result.exit_code, result.stderr) == (0, "")
    words = f"可以发布。{host} 上还没有发布过：新增 6 个文件，改动 0 个，删去 0 个。这次只是看看，什么也没有改\n"
    assert result.stdout == words
    assert not host.exists()
    assert not (root / "internal").exists()
    publish(root, host)
    next_release(root, "二", 2)
    before = sorted(one for one in tmp_path.rglob("*"))
    assert "相比：新增 0 个文件，改动 6 个" in publish(root, host, "--dry-run").stdout
    assert sorted(one for one in tmp_path.rglob("*")) == before


def test_seen_from_the_web(root: Path, tmp_path: Path) -> None:
    """With an address the site is looked at from there; if that is wrong, it goes back by itself."""
    host = tmp_path / "host"
    publish(root, host)
    served = tmp_path / "served"
    shutil.copytree(root / "site", served)
    with serving({"/zhan/": host / "current", "/other/": served}) as running:
        next_release(root, "二", 2)
        wrong = publish(root, host, "--url", f"{running.origin}/other/")
        assert wrong.exit_code == 1
        assert "✗ index.html：" in wrong.stderr
        assert f"已经退回 {names_at(host)[0]}；请检查网站的设置" in wrong.stderr
        assert (host / "current").readlink().name == names_at(host)[0]
        good = publish(root, host, "--url", f"{running.origin}/zhan/")
        assert good.exit_code == 0, good.output
        assert "从网上看过" not in good.stdout
        assert _asked(running, "/zhan/")
    assert audit_folder(host / "current", Manifest.read(root / "site")) == ()


def _asked(host: StaticHost, path: str) -> bool:
    return any(one == path for _, one, _ in host.log)


def test_a_folder_without_links(root: Path, tmp_path: Path) -> None:
    """Named in `site.yml`, with its layout; releases are kept below the site, and one goes back to them."""
    host = tmp_path / "www"
    with (root / "site.yml").open("a", encoding="utf-8") as settings:
        settings.write(f"publish:\n  keep: 2\n  targets:\n    门户: {{to: {host}, layout: plain}}\n")
    assert publish(root, "门户").exit_code == 0
    first = (host / "index.html").read_bytes()
    next_release(root, "二", 2)
    result = publish(root, "门户")
    assert "要退回去：liaison rollback 门户\n" in result.stdout
    assert (host / "index.html").read_bytes() != first
    assert run(root, "rollback", "门户").exit_code == 0
    assert (host / "index.html").read_bytes() == first
    assert len(run(root, "rollback", "门户", "--list").stdout.splitlines()) == 3
    assert [one.name for one in host.iterdir() if one.name.startswith(".")] == [".lock"]
    assert (host / ".lock").read_bytes() == b""


def test_over_ssh(root: Path, tmp_path: Path) -> None:
    """A host over SSH, as it is written on the command line."""
    with serving_ssh(tmp_path / "ssh") as host:
        there = f"{getpass.getuser()}@127.0.0.1:{tmp_path}/host"
        options = [part for one in host.options for part in ("--ssh-option", one)]
        way = [there, "--port", host.port, *options]
        first = publish(root, *way)
        assert first.exit_code == 0, first.output
        next_release(root, "二", 2)
        assert publish(root, *way).exit_code == 0
        back = run(root, "rollback", *way)
        assert back.exit_code == 0, back.output
        assert [line[:2] for line in run(root, "rollback", *way, "--list").stdout.splitlines()] == ["  ", "● ", "● "]
        assert "退回" in publish(root, *way, "--history").stdout
        stranger = publish(root, there, "--port", host.port, "--ssh-option", "UserKnownHostsFile=/dev/null")
        assert stranger.exit_code == 1
        assert "不认识主机" in stranger.stderr
        assert "网站没有变" in stranger.stderr
    assert len(names_at(tmp_path / "host")) == 2


def test_archives(root: Path, tmp_path: Path) -> None:
    """Archives are made of what is approved, compared with what is said to be online, and noted in the log."""
    before = tmp_path / "before"
    shutil.copytree(root / "site", before)
    next_release(root, "二", 2)
    result = publish(root, "archive", "--previous", before)
    assert result.exit_code == 0, result.output
    assert re.match(rf"上传包在 {root}/upload：完整的 \d+ 个，只含变动的 \d+ 个\n照 ", result.stdout)
    assert list((root / "upload").glob("*.zip"))
    assert "出上传包" in publish(root, "archive", "--history").stdout
    alone = publish(root, "archive", "--out", tmp_path / "other")
    assert "没有写 --previous" in alone.stderr
    next_release(root, "三", 3, holders={STATION: small_holders()[STATION]})
    assert publish(root, "archive", "--previous", before, "--out", tmp_path / "third").exit_code == 1
    assert not (tmp_path / "third").exists()
    assert run(root, "rollback", "archive").exit_code == 1


def test_hidden_people_stay_hidden(root: Path, tmp_path: Path) -> None:
    """One cannot go back to where somebody is shown who was taken down."""
    publish(root, tmp_path / "host")
    next_release(root, "二", 2, holders={**small_holders(), DEPUTY: Holder(kind="deputy", status="withheld")})
    publish(root, tmp_path / "host")
    result = run(root, "rollback", tmp_path / "host", "--confirm-codes")
    assert result.exit_code == 1
    assert f"✗ {DEPUTY}\n" in result.stderr
    assert "会重新公开 1 位已经撤下的代表，不能退" in result.stderr


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["none"], "没有叫“none”的目标"),
        (["me@host:srv"], "主机上的文件夹要写全"),
        (["me@host:/a;b"], "主机上的文件夹名只用英文字母"),
        (["./host", "--port", "22"], "用不着端口和 SSH 选项"),
        (["./host", "--out", "x"], "--out 是上传包放的地方"),
        (["archive", "--layout", "plain"], "出上传包时不写 --layout"),
        (["./host", "--url", "www.example.gov.cn"], "网址要以 https:// 或 http:// 开头"),
        ([], "缺少参数"),
    ],
)
def test_wrong_usage(root: Path, args: list[str], told: str) -> None:
    """What cannot be meant is said, with exit code 2."""
    result = publish(root, *args)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize("below", ["site", "site/www", ""])
def test_into_itself(root: Path, below: str) -> None:
    """A release is not published into or around its own folder, which stays as it is."""
    before = sorted(root.rglob("*"))
    result = publish(root, root / below, "--layout", "plain")
    assert (result.exit_code, "不能是同一个文件夹" in result.stderr) == (2, True)
    assert sorted(root.rglob("*")) == before


def test_no_release(root: Path, tmp_path: Path) -> None:
    """Without a release, or with one that is damaged, it is said what to run."""
    (root / "site" / NAME).write_text("{}", "utf-8")
    assert "请重新运行 liaison build" in publish(root, tmp_path / "host").stderr
    (root / "site" / NAME).unlink()
    result = publish(root, tmp_path / "host")
    assert (result.exit_code, "先运行 liaison build" in result.stderr) == (1, True)
    assert "还没有发布过" in publish(root, tmp_path / "host", "--history").stdout
    assert "还没有发布过，没有可退的" in run(root, "rollback", tmp_path / "host").stderr
    assert "没有留存的版本" in run(root, "rollback", tmp_path / "host2", "--list").stdout


@pytest.mark.parametrize("command", ["publish", "rollback"])
def test_help_is_chinese(command: str) -> None:
    """No English sentence stands in the help."""
    told = CliRunner().invoke(main, [command, "--help"]).output
    assert "--break-lock" in told
    assert not re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", told)


def test_a_site_that_names_its_targets(root: Path, tmp_path: Path) -> None:
    """An address in `site.yml` is used without being asked for."""
    edit(
        root / "site.yml",
        r"\Z",
        f"\npublish:\n  targets:\n    预览: {{to: {tmp_path}/host, address: 'http://127.0.0.1:9/'}}\n",
    )
    result = publish(root, "预览")
    assert result.exit_code == 1
    assert "以前的版本没有留存，退不回去" in result.stderr


def test_as_a_program(root: Path, tmp_path: Path) -> None:
    """Started as a program of its own, in another language and with a strict umask."""
    code = "import os; os.umask(0o077); from liaison.cli import main; main()"
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable, "-c", code, "publish", str(tmp_path / "host"), "--site", str(root)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert done.stdout.startswith("已发布到")
