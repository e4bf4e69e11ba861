"""`liaison verify --codes`: what is looked at, what is said, what is kept, and how it ends."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.publish.livecheck import REPORT, Checked, Report
from support.server import free_port
from support.sites import REPOSITORY, Built, copy_site, edit
from support.tls import HOST, Reply, TlsHost, serving_tls

BASE = f"https://{HOST}/"
WWW = "www.example.gov.cn"
PATHS = {
    "3F7K2MC": "S/3F/7K2MC/",
    "TK58CWB": "S/TK/58CWB/",
    "7K3M9TY": "D/7K/3M9TY/",
    "shiyan/01": "episodes/shiyan/01/",
}


@pytest.fixture(autouse=True)
def _no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIAISON_TODAY", raising=False)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small site without problems."""
    shutil.copytree(REPOSITORY / "tests/cases/base", tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def host(tmp_path: Path) -> Iterator[TlsHost]:
    """Where it is live."""
    with serving_tls(tmp_path, HOST, "test.example.gov.cn") as running:
        running.replies = {f"/{path}": page(path) for path in PATHS.values()}
        yield running


def page(path: str) -> Reply:
    return Reply(body=f'<head><link rel="canonical" href="{BASE}{path}"></head>'.encode())


def run(root: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["verify", "--codes", "--site", str(root), *args])


def verify(root: Path, host: TlsHost, *args: str) -> Result:
    return run(root, "--resolve", host.resolve, "--ca", str(host.ca), *args)


def kept(root: Path, base: str = BASE) -> Checked:
    return Report.read(root).by_base[base]


def test_all_good(root: Path, host: TlsHost) -> None:
    """Every station, deputy and lesson is looked at once; the sum is said and the report kept."""
    result = verify(root, host)
    assert result.output == "核对了 4 个编号：4 个正常，0 个有问题\n"
    assert result.exit_code == 0
    assert sorted(path for _, path, _ in host.log) == sorted(f"/{path}" for path in PATHS.values())
    assert set(kept(root).seen) == set(PATHS)
    assert kept(root).route == f"--resolve {host.resolve} --ca ca.pem"
    assert all(one.is_good for one in kept(root).seen.values())


def test_bad_pages(root: Path, host: TlsHost) -> None:
    """Each bad page is named with its reason, another page by whose it is; the command fails."""
    host.replies["/S/3F/7K2MC/"] = Reply(404)
    host.replies["/D/7K/3M9TY/"] = page("D/Q2/RX7DK/")
    result = verify(root, host)
    assert result.stdout == (
        "✗ 7K3M9TY 曾示例：打开的是另一个页面：Q2RX7DK 古丽·示例\n"
        "✗ 3F7K2MC 玉峰社区站：网站上没有这个页面（404）\n"
        "核对了 4 个编号：2 个正常，2 个有问题\n"
    )
    assert result.exit_code == 1
    assert not kept(root).seen["3F7K2MC"].is_good


@pytest.mark.parametrize(
    ("args", "keys"),
    [
        (["--code", "3f7-k2mc"], {"3F7K2MC"}),
        (["--kind", "station-a4"], {"3F7K2MC", "TK58CWB"}),
        (["--kind", "lesson-a4"], {"shiyan/01"}),
        (["--station", "3F7K2MC"], {"3F7K2MC", "7K3M9TY"}),
        (["--area", "lianyuan"], set(PATHS) - {"shiyan/01"}),
    ],
)
def test_a_choice(root: Path, host: TlsHost, args: list[str], keys: set[str]) -> None:
    """Only what is chosen is looked at."""
    result = verify(root, host, *args)
    assert result.stdout == f"核对了 {len(keys)} 个编号：{len(keys)} 个正常，0 个有问题\n"
    assert set(kept(root).seen) == keys


def test_a_later_check_adds_to_the_report(root: Path, host: TlsHost) -> None:
    """What was found before stays, unless it is looked at again or the report is damaged."""
    verify(root, host)
    host.replies["/S/3F/7K2MC/"] = Reply(503)
    verify(root, host, "--code", "3F7K2MC")
    assert {key for key, one in kept(root).seen.items() if not one.is_good} == {"3F7K2MC"}
    assert set(kept(root).seen) == set(PATHS)
    (root / REPORT).write_text("{", "utf-8")
    verify(root, host, "--code", "3F7K2MC")
    assert set(kept(root).seen) == {"3F7K2MC"}


def test_another_base(root: Path, host: TlsHost) -> None:
    """At another address the check is made, and it is said that it does not count for print; what counts stays."""
    verify(root, host)
    before = kept(root)
    args = ["https://TEST.example.gov.cn", "--resolve", host.resolve_for("test.example.gov.cn"), "--code", "3F7K2MC"]
    result = verify(root, host, *args)
    assert result.exit_code == 0
    assert result.stderr == (
        "注意：二维码里印的是 https://db.example.gov.cn/，不是 https://test.example.gov.cn/，正式印刷不认这次的结果\n"
    )
    assert set(kept(root, "https://test.example.gov.cn/").seen) == {"3F7K2MC"}
    assert kept(root) == before


def test_the_base_of_codes_in_other_letters(root: Path, host: TlsHost) -> None:
    """Capitals and a missing slash make no other base."""
    result = verify(root, host, "HTTPS://DB.EXAMPLE.GOV.CN", "--code", "3F7K2MC")
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["http://db.example.gov.cn/"], "网址要以 https:// 开头"),
        (["ftp://db.example.gov.cn/"], "网址要以 https:// 开头"),
        (["db.example.gov.cn"], "网址要以 https:// 开头"),
        (["https:///S/"], "不带用户名、? 和 #"),
        (["https://me@db.example.gov.cn/"], "不带用户名、? 和 #"),
        (["https://db.example.gov.cn/?a"], "不带用户名、? 和 #"),
        (["https://[db/"], "网址写错了"),
        (["https://db.example.gov.cn:99999/"], "网址写错了"),
        (["--resolve", "db.example.gov.cn"], "看不懂“db.example.gov.cn”"),
        (["--ca", "none.pem"], "证书文件读不了"),
        (["--code", "QQQQQQQ"], "没有编号是“QQQQQQQ”的记录"),
        (["--site", "/"], "这里不是站点"),
    ],
)
def test_wrong_usage(root: Path, args: list[str], told: str) -> None:
    """What cannot be meant is said before anything is asked of a server."""
    result = run(root, *args)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (root / REPORT).exists()


def test_codes_must_be_asked_for(root: Path) -> None:
    """Without --codes it is said that this is what can be checked."""
    result = CliRunner().invoke(main, ["verify", "--site", str(root)])
    assert result.exit_code == 2
    assert "现在能核对的是印出去的编号：--codes" in result.stderr


def test_an_address_without_tls(root: Path) -> None:
    """A site whose own address is http cannot be checked."""
    edit(root / "site.yml", r"(?m)^url: .*$", "url: http://db.example.gov.cn/")
    result = run(root)
    assert result.exit_code == 2
    assert "site.yml 里的网址要以 https:// 开头" in result.stderr


def test_a_site_with_errors(root: Path, host: TlsHost) -> None:
    """Records are mended first; nothing is asked of the server."""
    edit(root / "stations/lianyuan/yufeng/deputies/zeng.yml", r"(?m)^verified_on: .*$", "verified_on: 2026-13-01")
    result = verify(root, host)
    assert result.exit_code == 1
    assert "date/impossible" in result.stderr
    assert result.stderr.endswith("记录里有 1 个错误，改好以后再来\n")
    assert host.log == []


def test_nothing_to_look_at(root: Path, host: TlsHost) -> None:
    """A choice without anything that is printed is said to be empty."""
    result = verify(root, host, "--kind", "badge", "--code", "3F7K2MC")
    assert result.exit_code == 1
    assert "没有要核对的编号" in result.stderr


def test_a_dead_server(root: Path) -> None:
    """A server that is not there gives bad pages, not a crash."""
    result = run(root, "--resolve", f"{HOST}:443:127.0.0.1:{free_port()}")
    assert result.exit_code == 1
    assert "✗ 3F7K2MC 玉峰社区站：服务器拒绝连接\n" in result.stdout
    assert result.stdout.endswith("核对了 4 个编号：0 个正常，4 个有问题\n")


def test_help_is_chinese() -> None:
    """No English sentence stands in the help."""
    told = CliRunner().invoke(main, ["verify", "--help"]).output
    assert "印刷前核对" in told
    assert not re.search(r"[a-z]{3,} [a-z]{3,} [a-z]{3,}", told)


def test_the_sample_as_it_is_built(sample: Built, tmp_path: Path) -> None:
    """Every code of the sample leads to its own page: from the short address to where the built site stands."""
    site = copy_site(tmp_path / "site")
    with serving_tls(tmp_path, HOST, WWW, mounts={sample.mount: sample.tree}) as host:
        for file in sample.files:
            path = file.removesuffix("index.html")
            host.replies[f"/{path}"] = Reply(301, location=sample.url + path)
        result = verify(site, host, "--resolve", host.resolve_for(WWW))
    count = int(re.findall(r"核对了 (\d+) 个编号", result.output)[0])
    assert count > 100
    assert result.output == f"核对了 {count} 个编号：{count} 个正常，0 个有问题\n"
    assert list(json.loads((site / REPORT).read_text("utf-8"))) == [BASE]
