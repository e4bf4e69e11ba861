"""`liaison doctor`: what is shown, what can be asked for, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.cli.doctor import wrapped
from liaison.publish.doctor.table import FAULTS, FINDINGS
from liaison.records.report import columns
from support.nginx_faults import HOST, Setting, nginx, site_files
from support.releases import release
from support.rude import RudeHost, rude
from support.sites import REPOSITORY, edit


@pytest.fixture
def host(tmp_path: Path) -> Iterator[RudeHost]:
    """A good host without encryption."""
    release(tmp_path / "www", site_files())
    files = {path.relative_to(tmp_path / "www").as_posix(): path.read_bytes() for path in _files(tmp_path / "www")}
    with rude(files) as running:
        yield running


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small site."""
    shutil.copytree(REPOSITORY / "tests/cases/base", tmp_path / "site")
    return tmp_path / "site"


def doctor(*args: object) -> Result:
    return CliRunner().invoke(main, ["doctor", *map(str, args)])


def test_a_good_server(tmp_path: Path) -> None:
    """Nothing but good marks and notes is shown, the sum is said, and the command succeeds, strictly too."""
    with nginx(tmp_path, Setting()) as running:
        ways = [arg for way in running.ways for arg in ("--resolve", way)]
        result = doctor(running.url, "--ca", running.ca, "--strict", *ways)
    assert result.exit_code == 0
    marks = set(re.findall(r"(?m)^  (\S) ", result.output))
    assert marks == {"✓", "·"}
    assert re.search(r"共 (\d+) 项：\1 项正常，0 个错误，0 个提醒\n服务器的设置符合要求。\n$", result.output)


def test_notices_count_when_asked(tmp_path: Path) -> None:
    """A notice alone lets the command succeed, but not with --strict."""
    with nginx(tmp_path, Setting({"tokens": ""})) as running:
        args = [running.url, "--ca", running.ca, *(arg for way in running.ways for arg in ("--resolve", way))]
        usual, strict = doctor(*args), doctor(*args, "--strict")
    assert (usual.exit_code, strict.exit_code) == (0, 1)
    assert "  ! 提醒  响应头里有服务器软件的版本号\n      看到  Server: nginx/" in usual.output
    assert "      nginx server_tokens off;\n" in usual.output
    assert "      编号  doctor/server-version\n" in usual.output


def test_an_error(host: RudeHost) -> None:
    """An error is shown with what was seen, remedies for both servers, and its id; the command fails."""
    result = doctor(host.url)
    assert result.exit_code == 1
    assert "  ✗ 错误  没有启用 HTTPS 加密\n      看到  给的网址是 http://127.0.0.1:" in result.output
    assert "1 个错误，0 个提醒" in result.output


def test_lines_fit(host: RudeHost) -> None:
    """No sentence is wider than the terminal, and continued lines begin where the first does."""
    host.manner = lambda path, _headers, right: right.replace(b"max-age=300", b"max-age=9999999") if path else None
    lines = doctor(host.url).output.splitlines()
    sentences = [line for line in lines if not re.match(r" {6}(nginx|IIS|      )", line)]
    assert max(columns(line) for line in sentences) <= 100


def test_hostile_words_are_shown_harmlessly(host: RudeHost) -> None:
    """What a server says cannot steer the terminal."""
    host.manner = lambda path, _headers, right: (
        right.replace(b"Cache-Control: ", b"Set-Cookie: \x1b]0;a\x07\x1b[2J=1\r\nCache-Control: ")
        if path == "/"
        else None
    )
    output = doctor(host.url).output
    assert "doctor/cookie" in output
    assert "\x1b" not in output
    assert "\x07" not in output


def test_the_address_of_the_site(root: Path, tmp_path: Path) -> None:
    """Without an address those of site.yml are examined, the short one as well."""
    edit(root / "site.yml", r"(?m)^url: .*$", f"url: https://{HOST}/\nshort_url: HTTPS://DB2.EXAMPLE.GOV.CN/")
    (tmp_path / "own").mkdir()
    with nginx(tmp_path / "own", Setting(names=(HOST, "db2.example.gov.cn"))) as running:
        shutil.copytree(running.folder, root / "site")
        every = [*running.ways, *(way.replace(HOST, "db2.example.gov.cn") for way in running.ways)]
        ways = [arg for way in every for arg in ("--resolve", way)]
        result = doctor("--site", root, "--ca", running.ca, *ways)
    assert result.exit_code == 0, result.output
    assert f"检查 https://{HOST}/\n" in result.output
    assert "短网址 db2.example.gov.cn：跳转" in result.output
    assert "https://db2.example.gov.cn/S/3F/7K2MC/ 能打开" in result.output
    assert "网站上的就是本机 site 文件夹里的这一版" in result.output


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["ftp://db.example.gov.cn/"], "网址要以 https:// 或 http:// 开头"),
        (["db.example.gov.cn"], "网址要以 https:// 或 http:// 开头"),
        (["https:///S/"], "不带用户名、? 和 #"),
        (["https://me@db.example.gov.cn/"], "不带用户名、? 和 #"),
        (["https://db.example.gov.cn/?a"], "不带用户名、? 和 #"),
        (["https://db.example.gov.cn/a b/"], "不带用户名、? 和 #"),
        (["https://[db/"], "网址写错了"),
        (["https://db.example.gov.cn:99999/"], "网址写错了"),
        (["https://db.example.gov.cn/", "--resolve", "db"], "看不懂“db”"),
        (["https://db.example.gov.cn/", "--ca", "none.pem"], "证书文件读不了"),
        (["--site", "/"], "没有写网址，这里也不是站点"),
    ],
)
def test_wrong_usage(args: list[str], told: str) -> None:
    """What cannot be meant is said before anything is asked of a server."""
    result = doctor(*args)
    assert result.exit_code == 2
    assert told in result.stderr


@pytest.mark.parametrize("content", [None, "{", json.dumps({"format": 99})])
def test_a_manifest_that_cannot_be_read(tmp_path: Path, content: str | None) -> None:
    """It is said so, and nothing is asked of a server."""
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, "utf-8")
    result = doctor("https://db.example.gov.cn/", "--manifest", tmp_path / "manifest.json")
    assert result.exit_code == 1
    assert "manifest.json" in result.stderr
    assert result.stdout == ""


def test_every_fault_says_what_to_do() -> None:
    """Each has a permanent id, a sentence, and a remedy in Chinese; nothing is said twice."""
    assert list(FINDINGS) == list(FAULTS)
    assert len(set(FINDINGS.values())) == len(FINDINGS)
    for name, fault in FAULTS.items():
        assert re.fullmatch(r"doctor/[a-z0-9-]+", name)
        assert fault.remedy.endswith("。")
        assert not re.search("[。！]$", fault.sentence)


def test_long_sentences_are_broken_between_words() -> None:
    """A line never begins with a full stop or comma, and no address is torn."""
    text = "把网站的字符集设为 utf-8，再到 https://db.example.gov.cn/zt/jiazhan/S/3F/7K2MC/ 看一看。" * 3
    lines = wrapped(text, 40)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[:1] in "，。；" for line in lines)
    assert all("https://" not in line or "7K2MC/" in line for line in lines)


def test_help_is_chinese() -> None:
    """No English sentence stands in the help."""
    told = doctor("--help").output
    assert "检查网站服务器的设置" in told
    assert not re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", told)
