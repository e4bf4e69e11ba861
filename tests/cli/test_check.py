"""`liaison check` as a command: which site, which files, exit codes, and words in Chinese only."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liaison.cli import COMMANDS, main
from liaison.records import read

BASE = Path(__file__).parents[1] / "cases" / "base"
ZENG = "stations/lianyuan/yufeng/deputies/zeng.yml"
GULI = "stations/lianyuan/yufeng/deputies/guli.yml"


@pytest.fixture(autouse=True)
def _no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIAISON_TODAY", raising=False)


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the base site, two deputies of which have an impossible date; the working folder."""
    site = tmp_path / "site"
    shutil.copytree(BASE, site)
    for file in (ZENG, GULI):
        path = site / file
        path.write_text(path.read_text(encoding="utf-8").replace("2026-10-01", "2026-13-01"), encoding="utf-8")
    monkeypatch.chdir(site)
    return site


def run(*args: str, **env: str) -> Result:
    return CliRunner().invoke(main, list(args), env=env)


def check(*args: str, **env: str) -> Result:
    return run("check", *args, **env)


@pytest.mark.usefixtures("root")
def test_whole_site_from_within() -> None:
    """Without arguments the site around the working folder is checked whole."""
    result = check()
    assert result.exit_code == 1
    assert result.stdout.endswith("共 2 个错误，0 条提示；读了 2 个站、2 位代表、1 讲普法课\n")
    assert result.stdout.index(GULI) < result.stdout.index(ZENG)


@pytest.mark.usefixtures("root")
def test_output_is_what_it_was() -> None:
    """The text of one problem: place, rule, message, line, caret, remedy, then the sum."""
    result = check(ZENG)
    assert result.stdout == (
        f"{ZENG}:18:14: 错误 date/impossible\n"
        "  日历上没有 2026-13-01 这一天\n"
        "   18 | verified_on: 2026-13-01\n"
        "      |              ^\n"
        "  改法：核对月份和日期后改正\n"
        "\n"
        "共 1 个错误，0 条提示；读了 2 个站、2 位代表、1 讲普法课；别的文件里还有 1 个错误\n"
    )
    assert not result.stderr


@pytest.mark.parametrize(
    ("paths", "errors"),
    [
        ([ZENG], 1),
        ([ZENG, GULI], 2),
        (["stations"], 2),
        (["stations/lianyuan/yufeng/deputies/"], 2),
        (["stations/lianyuan/yufeng/deputies/../deputies"], 2),
        (["."], 2),
        (["site.yml"], 0),
        (["stations/lianyuan/lantian"], 0),
        (["stations/lianyuan/yufeng/deputies/photo.jpg"], 0),
    ],
)
@pytest.mark.usefixtures("root")
def test_paths_limit_what_is_reported(paths: list[str], errors: int) -> None:
    """Files and folders named limit the list and the exit code, not what is judged."""
    result = check(*paths)
    assert f"共 {errors} 个错误" in result.stdout
    assert result.exit_code == (1 if errors else 0)


@pytest.mark.usefixtures("root")
def test_paths_are_judged_against_the_whole_site() -> None:
    """A reference into a file that was not named is known."""
    assert check("stations/lianyuan/yufeng/station.yml").exit_code == 0


def test_site_of_the_first_path(root: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """From elsewhere the site is found above the first path; so it is above --site."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert "共 1 个错误" in check(str(root / ZENG)).stdout
    assert "共 2 个错误" in check("--site", str(root / "stations" / "lianyuan")).stdout
    assert check().exit_code == 2


def test_a_link_among_the_paths(root: Path) -> None:
    """A path that is a link is reported itself, wherever it leads."""
    (root / "stations/lianyuan/link.yml").symlink_to("/etc/passwd")
    result = check("stations/lianyuan/link.yml")
    assert "stations/lianyuan/link.yml:1:1: 错误 file/link" in result.stdout
    assert result.exit_code == 1


@pytest.mark.usefixtures("root")
def test_strict_and_today() -> None:
    """A notice never stops unless --strict; the day comes from the option, the environment or the sample."""
    station = "stations/lianyuan/yufeng/station.yml"
    assert "0 条提示" in check(station).stdout
    assert "verified/stale" in check(station, "--today", "2027-06-01").stdout
    assert "verified/stale" in check(station, LIAISON_TODAY="2027-06-01").stdout
    assert "verified/stale" not in check(station, "--today", "2026-11-20", LIAISON_TODAY="2027-06-01").stdout
    assert check(station, "--today", "2027-06-01").exit_code == 0
    assert check(station, "--today", "2027-06-01", "--strict").exit_code == 1
    assert check(station, "--strict").exit_code == 0


def test_unusable_site_facts_are_always_reported(root: Path) -> None:
    """Where site.yml cannot be read nothing can be judged, so it is said whatever was asked for."""
    (root / "site.yml").write_text("name: [", encoding="utf-8")
    result = check(ZENG)
    assert "site.yml:1:7: 错误 yaml/syntax" in result.stdout
    assert result.exit_code == 1


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["check", "nix.yml"], "没有这个文件或文件夹：nix.yml"),
        (["check", "--site", "nix"], "没有这个文件或文件夹：nix"),
        (["check", "/"], "这里不是站点"),
        (["check", "site.yml", "/etc/passwd"], "/etc/passwd 不在站点"),
        (["check", "--today", "明天"], "“明天”不是日期"),
        (["check", "--today"], "选项 --today 后面要有值"),
        (["check", "--format", "pdf"], "“pdf”不在可选的值里"),
        (["check", "--stric"], "没有 --stric 这个选项，是不是 --strict"),
        (["check", "--strict=1"], "选项 --strict 后面不写值"),
        (["chek"], "没有 chek 这个命令"),
        (["--nix"], "没有 --nix 这个选项"),
        (["renew-code"], "缺少参数"),
        ([], "用法：liaison [选项] 命令 [参数]…"),
        (["new"], "用法：liaison new [选项] 命令 [参数]…"),
    ],
)
@pytest.mark.usefixtures("root")
def test_wrong_usage(args: list[str], words: str) -> None:
    """Wrong usage ends with 2 and says in Chinese what is wrong."""
    result = run(*args)
    assert result.exit_code == 2
    assert words in result.stderr
    assert not english_in(result.stderr)


@pytest.mark.usefixtures("root")
def test_wrong_today_in_the_environment() -> None:
    """A slip in LIAISON_TODAY is wrong usage too."""
    result = check(LIAISON_TODAY="x")
    assert result.exit_code == 2
    assert "“x”不是日期" in result.stderr


def english_in(text: str) -> list[str]:
    """Words of click that were left in English."""
    return re.findall(r"Usage|Options?\b|Commands|Error|Try|Show|Missing|Invalid|No such|exit\b", text)


@pytest.mark.parametrize("args", [[], ["check"], ["new"], ["new", "station"], ["renew-code"], ["qr"]])
def test_help_is_chinese(args: list[str]) -> None:
    """Every help text, click's own words included, is Chinese, and its columns are aligned for wide characters."""
    result = run(*args, "--help")
    assert result.exit_code == 0
    assert result.stdout.startswith("用法：liaison")
    assert "选项：" in result.stdout
    assert not english_in(result.stdout)


def test_table_of_commands_tells_the_truth() -> None:
    """Each command of the table can be loaded, and the list shows the command's own line."""
    for lazy in COMMANDS.values():
        assert lazy.load().short_help == lazy.line


def test_help_loads_no_command() -> None:
    """`liaison --help` imports no models, since editors wait for it."""
    code = "import sys, liaison.cli; sys.exit(any(m in sys.modules for m in ('pydantic', 'yaml', 'liaison.cli.check')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.usefixtures("root")
def test_a_fault_of_the_program_shows_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours is one line to pass on, with kind and place, and an exit code of its own."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("division by zero")

    monkeypatch.setattr(read, "survey_top", fail)
    result = check()
    assert result.exit_code == 70
    assert "Traceback" not in result.output
    assert "请把下面这一行告诉维护人员" in result.stderr
    assert re.search(r"ZeroDivisionError: division by zero（\w+\.py:\d+）", result.stderr)


@pytest.mark.usefixtures("root")
def test_colour_only_on_a_terminal() -> None:
    """Into a file or a pipe goes plain text."""
    assert "\x1b" not in check().output


def test_any_output_encoding(root: Path) -> None:
    """A terminal that lacks the characters gets substitutes, not a fault."""
    command = [sys.executable, "-X", "utf8=0", "-c", "from liaison.cli import main; main()", "check"]
    done = subprocess.run(command, cwd=root, capture_output=True, check=False, env=_environment())
    assert done.returncode == 1
    assert b"date/impossible" in done.stdout
    assert b"Traceback" not in done.stderr


def _environment() -> dict[str, str]:
    return {"PYTHONPATH": str(Path(read.__file__).parents[2]), "PYTHONIOENCODING": "ascii"}
