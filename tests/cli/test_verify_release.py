"""`liaison verify` with a folder or an address: files against the manifest, what is said, and how it ends."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.publish.manifest import NAME, Manifest
from support.releases import STATION, release, small_files
from support.server import StaticHost, serving
from support.sites import REPOSITORY
from support.tls import HOST, Reply, serving_tls

PAGE = f"S/{STATION[:2]}/{STATION[2:]}/index.html"


@pytest.fixture(autouse=True)
def _no_date(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LIAISON_TODAY", raising=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "release"


@pytest.fixture
def manifest(folder: Path) -> Manifest:
    return release(folder)


@pytest.fixture
def host(folder: Path, manifest: Manifest) -> Iterator[StaticHost]:
    assert manifest
    with serving({"/": folder}) as running:
        yield running


def run(*args: object) -> Result:
    return CliRunner().invoke(main, ["verify", *map(str, args)])


def test_a_good_folder(folder: Path, manifest: Manifest) -> None:
    """A folder that holds the release is said to."""
    result = run(folder)
    assert result.output == f"核对了 6 个文件，全部和清单一致（站点版本 {manifest.tree[:8]}，2026-11-22）\n"
    assert result.exit_code == 0


def test_a_bad_folder(folder: Path, manifest: Manifest) -> None:
    """What is wrong is named, with what to do; the command fails."""
    (folder / PAGE).unlink()
    (folder / "old.html").write_text("x")
    result = run(folder)
    assert result.output == (
        f"✗ {PAGE}：没有这个文件\n"
        "✗ old.html：清单里没有这个文件\n"
        "这个文件夹和清单不一致：不要发布。站点要重新生成（liaison build），上传的要重新上传上面这些文件\n"
        f"核对了 6 个文件，2 处有问题（站点版本 {manifest.tree[:8]}，2026-11-22）\n"
    )
    assert result.exit_code == 1


def test_many_bad_files(folder: Path) -> None:
    """Twenty are named, of the others it is said how many they are."""
    release(folder, small_files() | {f"p/{number:02}.html": b"x" for number in range(25)})
    shutil.rmtree(folder / "p")
    result = run(folder)
    assert result.output.count("✗") == 20
    assert "另有 5 处有问题，没有一一列出\n" in result.output


def test_against_another_manifest(folder: Path, manifest: Manifest, tmp_path: Path) -> None:
    """A manifest elsewhere, as a file or as a folder, is the measure."""
    assert manifest
    other = release(tmp_path / "other", small_files("二"))
    for given in (tmp_path / "other", tmp_path / "other" / NAME):
        result = run(folder, "--manifest", given)
        assert result.exit_code == 1
        assert "✗ manifest.json：" in result.output
        assert other.tree[:8] in result.output
    assert run(folder, "--manifest", folder / NAME).exit_code == 0


def test_a_good_host(host: StaticHost, folder: Path) -> None:
    """Every file is fetched over plain http and found right."""
    result = run(host.origin, "--manifest", folder)
    assert re.fullmatch(r"核对了 7 个文件，全部和清单一致（站点版本 [0-9a-f]{8}，2026-11-22）\n", result.output)
    assert result.exit_code == 0


def test_a_bad_host(host: StaticHost, folder: Path, tmp_path: Path) -> None:
    """What is wrong is named, with what to do."""
    shutil.copy(folder / NAME, tmp_path / NAME)
    (folder / PAGE).write_bytes(b"x")
    result = run(host.origin, "--manifest", tmp_path / NAME)
    assert result.output.startswith(f"✗ {PAGE}：内容不对：应有 ")
    assert (
        f"请重新上传上面这些文件；网站有缓存或者 CDN 的，先刷新缓存。再核对一次：liaison verify {host.origin}/"
        in result.output
    )
    assert result.exit_code == 1


def test_a_sample(host: StaticHost, folder: Path) -> None:
    """A sample says that it is one."""
    release(folder, small_files() | {f"p/{number}.html": b"x" for number in range(50)})
    result = run(host.origin, "--manifest", folder, "--sample", "3")
    assert result.output.startswith("这次是抽查：11 个文件，清单里共 57 个\n核对了 11 个文件，全部和清单一致")
    assert result.exit_code == 0


def test_a_host_without_404(tmp_path: Path, folder: Path, manifest: Manifest) -> None:
    """A host that has a page for every address is said to, with who can change it."""
    with serving_tls(tmp_path, HOST, mounts={"/": folder}) as running:
        running.replies[f"/none-{manifest.tree[:12]}.html"] = Reply(200, b"?")
        way = ("--resolve", running.resolve, "--ca", running.ca)
        result = run(f"https://{HOST}/", "--manifest", folder, *way)
    assert "应当回答 404，实际回答 200\n请网站管理员改服务器的设置" in result.output
    assert "1 处有问题" in result.output
    assert result.exit_code == 1


def test_a_dead_host(folder: Path, manifest: Manifest) -> None:
    """A host that does not answer gives bad files and no crash."""
    assert manifest
    result = run("http://127.0.0.1:9/", "--manifest", folder)
    assert "服务器拒绝连接" in result.output
    assert result.exit_code == 1


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small site with a release in `site/`."""
    shutil.copytree(REPOSITORY / "tests/cases/base", tmp_path / "root")
    release(tmp_path / "root/site")
    return tmp_path / "root"


def test_the_release_of_the_site(root: Path) -> None:
    """Without --manifest it is the release that was built here."""
    with serving({"/": root / "site"}) as running:
        result = run(running.origin, "--site", root)
    assert result.exit_code == 0
    assert "核对了 7 个文件，全部和清单一致" in result.output


def test_files_and_codes(root: Path, tmp_path: Path) -> None:
    """Both may be asked for at once; one bad code is enough to fail."""
    with serving_tls(tmp_path, HOST, mounts={"/": root / "site"}) as running:
        for path in ("S/3F/7K2MC/", "S/TK/58CWB/", "D/7K/3M9TY/", "episodes/shiyan/01/"):
            head = f'<head><link rel="canonical" href="https://{HOST}/{path}"></head>'
            running.replies[f"/{path}"] = Reply(body=head.encode())
        del running.replies["/S/3F/7K2MC/"], running.replies["/D/7K/3M9TY/"]
        way = ("--resolve", running.resolve, "--ca", running.ca, "--site", root)
        result = run(f"https://{HOST}/", "--files", "--codes", *way)
        assert "核对了 7 个文件，全部和清单一致" in result.output
        assert "核对了 4 个编号：2 个正常，2 个有问题" in result.output
        assert result.exit_code == 1
        assert "个编号" not in run(f"https://{HOST}/", *way).output


@pytest.mark.parametrize(
    ("args", "told", "code"),
    [
        (["none"], "没有这个文件夹：none", 2),
        (["ftp://x/"], "网址要以 https:// 或 http:// 开头", 2),
        (["http://me@x/"], "不带用户名", 2),
        (["http://[x/"], "网址写错了", 2),
        (["."], "没有清单 manifest.json", 1),
        ([".", "--sample", "3"], "文件夹总是全部核对", 2),
        ([".", "--codes"], "网址要以 https:// 开头", 2),
        (["--files"], "这里不是站点", 2),
        (["--codes", "--sample", "3"], "要加上 --files", 2),
        (["http://x/", "--code", "3F7K2MC"], "要加上 --codes", 2),
        (["http://x/", "--manifest", "gone.json"], "没有清单 gone.json", 1),
        (["http://x/", "--manifest", "bad.json"], "bad.json：manifest.json 不完整", 1),
    ],
)
def test_what_cannot_be_meant(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, args: list[str], told: str, code: int
) -> None:
    """Wrong use, and manifests that are none, are said in a sentence."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.json").write_text("{")
    result = run(*args)
    assert told in result.stderr
    assert result.exit_code == code
