"""`liaison build`: a whole release or the one that was there; what is in it is what its manifest says."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from liaison.model.codes import check_symbol
from support.printing import PROGRAM, Done, liaison, small_sample
from support.sites import contents, edit, environment
from support.trees import must_be, tree_of

STATION = "stations/lianyuan/sanjia-yufeng/station.yml"
DEPUTY = "stations/lianyuan/sanjia-yufeng/deputies/zeng-shili.yml"
CHEN = "stations/lianyuan/sanjia-yufeng/deputies/chen-shili-jie.yml"
FREE = f"2B2B2B{check_symbol('2B2B2B')}"
"""A code that nobody has."""
ZENG_PAGE = "D/7K/3M9TY/index.html"
UNTOUCHED = "没有生成；原来那一版没有动"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a release."""
    site = small_sample(tmp_path_factory.mktemp("built") / "office")
    done = liaison("build", site)
    assert done.returncode == 0, done.stderr
    return site


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of it for a test of its own."""
    return shutil.copytree(built, tmp_path / "office")


def held(release: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((release / "manifest.json").read_text("utf-8"))
    return found


def must_be_refused(done: Done, site: Path, before: Any, *words: str) -> None:
    assert done.returncode == 1, done.stdout
    for word in (*words, UNTOUCHED):
        assert word in done.stderr
    assert "Traceback" not in done.stderr
    must_be(site / "site", before)


def test_the_manifest_names_every_file_and_nothing_else(built: Path) -> None:
    """SHA-256 and size of each file, reckoned by hashlib; the manifest itself is not listed."""
    files = contents(built / "site")
    del files["manifest.json"]
    listed = {one["path"]: (one["sha256"], one["size"]) for one in held(built / "site")["files"]}
    assert listed == {path: (hashlib.sha256(data).hexdigest(), len(data)) for path, data in files.items()}


def test_the_manifest_says_what_it_was_made_from(built: Path) -> None:
    """Day, addresses, versions, and the holder of every code with its status."""
    found = held(built / "site")
    assert date.fromisoformat(found["today"]) == date(2026, 11, 22)
    assert found["url"] == "https://www.example.gov.cn/zt/jiazhan/"
    assert found["versions"].keys() >= {"liaison", "python", "mkdocs", "jinja2"}
    assert (found["codes"]["7K3M9TY"]["kind"], found["codes"]["3F7K2MC"]["status"]) == ("deputy", "active")
    pages = {path for path in contents(built / "site") if path[:2] in {"S/", "D/"} and path.endswith(".html")}
    assert {f"{path[2:4]}{path[5:10]}" for path in pages} == found["codes"].keys()


def test_nothing_of_hidden_people_is_in_the_manifest(site: Path) -> None:
    """Of somebody who is withheld there is the code alone: not even digests, from which a name could be guessed."""
    edit(site / DEPUTY, "(?m)^status: active", "status: withheld")
    assert liaison("build", site).returncode == 0
    assert held(site / "site")["codes"]["7K3M9TY"] == {"kind": "deputy", "status": "withheld"}


def test_the_commit_is_named(built: Path, tmp_path: Path) -> None:
    """The last commit and its time, with a plus where something is not committed; approvals do not count."""
    site = small_sample(tmp_path / "office")
    (site / ".gitignore").write_text("/site/\n/.site.*\n")
    commit = committed(site)
    assert liaison("build", site).returncode == 0
    assert held(site / "site")["commit"] == commit
    (site / "approvals").mkdir()
    (site / "approvals/2026-11-22-1.yml").write_text("tree: x\n")
    before = held(site / "site")
    assert liaison("build", site).returncode == 0
    assert held(site / "site") == before
    edit(site / STATION, "(?m)^short_name: .*$", "short_name: 玉峰站")
    assert liaison("build", site).returncode == 0
    assert held(site / "site")["commit"] == f"{commit}+"
    assert held(built / "site")["commit"] == ""


def committed(site: Path) -> str:
    git = ["git", "-C", str(site), "-c", "user.name=示例", "-c", "user.email=shili@example.gov.cn"]
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "示例"]):
        subprocess.run([*git, *words], check=True)
    return subprocess.run([*git, "rev-parse", "HEAD"], check=True, capture_output=True, text=True).stdout.strip()


def test_circumstances_do_not_show_in_a_release(built: Path, tmp_path: Path) -> None:
    """Hash seed, time zone, locale, folder, umask and the order in which files were made: the same bytes and modes."""
    other = tmp_path / "another place" / "office"
    files = [path for path in built.rglob("*") if path.is_file() and not {"site", ".site.next"} & set(path.parts[-9:])]
    files = [path for path in files if path.relative_to(built).parts[0] not in {"site", ".site.next", ".site.lock"}]
    random.Random(7).shuffle(files)
    for path in files:
        target = other / path.relative_to(built)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    done = liaison(
        "build", other, umask=0o077, PYTHONHASHSEED="99", TZ="Pacific/Apia", LC_ALL="C", LANG="C", LIAISON_CACHE=""
    )
    assert done.returncode == 0, done.stderr
    must_be(other / "site", tree_of(built / "site"))


def test_an_error_in_a_record_leaves_the_earlier_release(site: Path) -> None:
    """The place and the remedy are told, and nothing changes."""
    before = tree_of(site / "site")
    edit(site / STATION, "(?m)^region: .*$", "region: 999999999")
    done = liaison("build", site)
    assert done.returncode == 1
    assert f"{STATION}:" in done.stderr
    assert "没有生成；原来那一版没有动" in done.stderr
    must_be(site / "site", before)


def test_a_warning_of_the_host_leaves_the_earlier_release(site: Path) -> None:
    """A menu that names a page which is not there is a warning to MkDocs, and stops a release."""
    before = tree_of(site / "site")
    with (site / "mkdocs.yml").open("a", encoding="utf-8") as file:
        file.write("nav:\n  - guides/nowhere.md\n")
    must_be_refused(liaison("build", site), site, before, "guides/nowhere.md")


def test_a_code_that_says_something_else_stops_the_release(site: Path) -> None:
    """Every page's code is read back: one that leads elsewhere is named with both addresses."""
    before = tree_of(site / "site")
    other = (site / "site/S/TK/58CWB/index.html").read_text("utf-8").partition('<p class="qr"><img src="')[2]
    picture = other.partition('"')[0]
    edit(site / "overrides/liaison/parts.html", r'<img src="\{\{ qr\.image \}\}"', f'<img src="{picture}"')
    done = liaison("build", site)
    must_be_refused(done, site, before, f"{ZENG_PAGE}：二维码扫出来是 HTTPS://DB.EXAMPLE.GOV.CN/S/TK/58CWB/，应当是")
    assert "S/TK/58CWB/index.html：" not in done.stderr


def test_a_page_without_its_code_stops_the_release(site: Path) -> None:
    """No picture is as bad as a wrong one."""
    before = tree_of(site / "site")
    edit(site / "overrides/liaison/parts.html", r'<p class="qr"><img src="\{\{ qr\.image \}\}"[^>]*></p>', "")
    must_be_refused(liaison("build", site), site, before, f"{ZENG_PAGE}：页面上有 0 个二维码")


def test_a_published_code_that_is_gone_stops_the_release(site: Path) -> None:
    """Against what is published, a lost record and one that changed hands are named; with `former_names` it goes on."""
    before = tree_of(site / "site")
    shutil.copytree(site / "site", site.parent / "published")
    edit(site / DEPUTY, "(?m)^name: .*$", "name: 王示例")
    done = liaison("build", site, "--previous", site.parent / "published")
    must_be_refused(done, site, before, "编号 7K3M9TY 已经发布，现在给了别人")
    edit(site / DEPUTY, "(?m)^name: .*$", "name: 王示例\nformer_names: [曾示例]")
    chen = (site / CHEN).read_text("utf-8")
    (site / CHEN).unlink()
    done = liaison("build", site, "--previous", site.parent / "published")
    must_be_refused(done, site, before, "编号 3QJTW2B 已经发布，现在没有了")
    (site / CHEN).write_text(chen.replace("3QJTW2B", FREE), "utf-8")
    done = liaison("build", site, "--previous", site.parent / "published")
    must_be_refused(done, site, before, f"编号 3QJTW2B 已经发布，现在换成了 {FREE}")
    (site / CHEN).write_text(chen, "utf-8")
    done = liaison("build", site, "--previous", site.parent / "published")
    assert done.returncode == 0, done.stderr
    assert "编号一个没有少" in done.stdout


def test_something_that_is_no_release_cannot_be_compared_with(site: Path) -> None:
    """A folder without a manifest, a damaged one, and an address where nobody answers."""
    before = tree_of(site / "site")
    (site.parent / "empty").mkdir()
    must_be_refused(liaison("build", site, "--previous", site.parent / "empty"), site, before, "不是发布过的站点")
    damaged = site.parent / "manifest.json"
    damaged.write_text((site / "site/manifest.json").read_text("utf-8").replace('"size": 1', '"size": 2', 1), "utf-8")
    must_be_refused(liaison("build", site, "--previous", damaged), site, before, "清单被改动过")
    must_be_refused(liaison("build", site, "--previous", "http://127.0.0.1:9/"), site, before, "连不上")


def test_two_builds_at_once_do_not_meet(site: Path) -> None:
    """The second ends at once and says who holds the folder."""
    before = tree_of(site / "site")
    with (site / ".site.lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        lock.truncate(0)
        lock.write("正在生成，进程 4711")
        lock.flush()
        must_be_refused(liaison("build", site), site, before, "另一个程序正在处理", "进程 4711")


@pytest.mark.parametrize("step", range(5) if os.environ.get("LIAISON_NO_SKIPS") else (1, 4))
def test_a_killed_build_leaves_the_earlier_release_or_the_new_one(site: Path, step: int) -> None:
    """Killed at any moment with its workers, there is a whole release; the next build is as if nothing had been."""
    edit(site / STATION, "(?m)^short_name: .*$", f"short_name: 玉峰{'甲乙丙丁戊'[step]}站")
    wanted = shutil.copytree(site, site.parent / "wanted")
    assert liaison("build", wanted).returncode == 0
    may_be = [contents(site / "site"), contents(wanted / "site")]
    process = subprocess.Popen(
        [PROGRAM, "build", "--site", site],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    for _ in range(step + 1):  # as many steps as it tells of
        process.stderr.readline()
    time.sleep(random.Random(step).uniform(0, 0.05))
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
    assert contents(site / "site") in may_be
    assert liaison("build", site).returncode == 0
    assert contents(site / "site") == may_be[1]
    assert {path.name for path in site.glob(".site.*")} == {".site.lock", ".site.next"}


def test_nobody_works_on_when_the_program_is_killed_alone(site: Path) -> None:
    """Killed without its helpers while pages are made: they end too, and the next build begins at once."""
    edit(site / STATION, "(?m)^short_name: .*$", "short_name: 玉峰己站")
    process = subprocess.Popen(
        [PROGRAM, "build", "--site", site],
        env=environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stderr is not None
    while "生成页面" not in process.stderr.readline():
        assert process.poll() is None
    time.sleep(0.2)
    helpers = of_session(process.pid) - {process.pid}
    assert helpers
    process.kill()
    process.communicate()
    time.sleep(0.3)  # pages take longer than that
    assert not of_session(process.pid) & helpers
    assert liaison("build", site).returncode == 0


def of_session(session: int) -> set[int]:
    """Processes of a session that have not ended."""
    said = subprocess.run(["ps", "-o", "pid=,stat=", "-s", str(session)], capture_output=True, text=True, check=False)
    rows = (line.split() for line in said.stdout.splitlines())
    return {int(pid) for pid, state in rows if not state.startswith("Z")}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk that holds the site once and not twice."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("needs the right to mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_is_told_before_anything_is_written(site: Path, small_disk: Path) -> None:
    """The room that is wanted and the room that there is."""
    done = liaison("build", site, "--out", small_disk / "site")
    assert done.returncode == 1
    assert "磁盘空间不够" in done.stderr
    assert [path.name for path in small_disk.iterdir()] == [".site.lock"]
