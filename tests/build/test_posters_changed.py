"""`--changed-since`: what is printed again, and why, after a manifest or a version of the records."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from support import small
from support.paper import sheets
from support.printing import CENTRE, YUFENG, ZENG, Done, files_of, liaison, posters, printable_base
from support.registers import code
from support.sites import edit
from support.trees import tree_of

KINDS = ("station-a4", "plate", "deputy-a4", "codes")
CHOICE = tuple(word for kind in KINDS for word in ("--kind", kind))
NOTHING_NEW = "印出来的内容没有变化，不用重印"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with everything printed once."""
    site = printable_base(tmp_path_factory.mktemp("changed") / "site")
    posters(site, *CHOICE)
    return site


@pytest.fixture
def site(printed: Path, tmp_path: Path) -> Path:
    """A copy of it to change."""
    return shutil.copytree(printed, tmp_path / "site")


def again(site: Path, since: str = "posters/office/manifest.json", *args: str) -> Done:
    """What has changed, printed in another folder."""
    done = liaison("posters", site, *CHOICE, "--yes", "--changed-since", since, "--out", "again", *args)
    assert done.returncode == 0, done.stderr
    return done


def things(site: Path) -> set[tuple[str, str]]:
    """Kind and key of all that was printed again; nothing else of any kind lies there."""
    folder = site / "again/office"
    files = files_of(folder)
    assert {path.relative_to(folder).as_posix() for path in folder.glob("*/*.pdf")} == set(files)
    return {(one["kind"], key) for one in files.values() for key in one["items"]}


def reasons(done: Done) -> set[str]:
    return {line.strip() for line in done.stdout.splitlines() if line.strip().startswith(("重印", "新印"))}


def station(site: Path) -> Path:
    return site / small.YUFENG / "station.yml"


def test_nothing_has_changed(site: Path) -> None:
    """The same records need no new print on a later day either, and it is said so."""
    assert NOTHING_NEW in again(site, "posters/office", "--today", "2026-12-01").stdout
    assert tree_of(site / "again") == {}


def test_only_what_says_something_else(site: Path) -> None:
    """A day of verification stands on everything of a station, a phone on its poster but not on its plate."""
    edit(site / small.LANTIAN / "station.yml", r"(?m)^verified_on: .*$", "verified_on: 2026-11-10")
    edit(station(site), r"(?m)^phone: .*$", "phone: 0738-1111111")
    told = reasons(again(site))
    everything = {"station-a4": "联络站海报 A4", "plate": "门牌 60×40厘米", "codes": "乡镇编号总表"}
    assert things(site) == {("station-a4", YUFENG), *((kind, CENTRE) for kind in everything)}
    verified = {f"重印 {title} {CENTRE}：核验日期" for title in everything.values()}
    assert told == {*verified, f"重印 联络站海报 A4 {YUFENG}：电话"}


def test_a_new_deputy(site: Path) -> None:
    """A new deputy has things of their own, stands on the station's poster, and alone on a further sheet of codes."""
    new = code(77)
    small.write(site, f"{small.YUFENG}/deputies/new.yml", small.deputy_text(new, "钱示例"))
    told = reasons(again(site))
    assert things(site) == {("station-a4", YUFENG), ("deputy-a4", new), ("codes", new)}
    assert {f"重印 联络站海报 A4 {YUFENG}：代表", f"新印 代表海报 A4 {new}"} <= told
    (sheet,) = [path for path, one in files_of(site / "again/office").items() if one["kind"] == "codes"]
    words = "".join(page.words for page in sheets(site / "again/office" / sheet))
    assert new in words
    assert not any(key in words for key in (YUFENG, CENTRE, ZENG))


def test_since_a_version(site: Path) -> None:
    """A version of the records in Git serves as well as a manifest."""
    shutil.rmtree(site / "posters")
    git(site, "init", "--quiet")
    git(site, "config", "user.name", "Test")
    git(site, "config", "user.email", "test@example.com")
    git(site, "add", ".")
    git(site, "commit", "--quiet", "--message", "Before")
    edit(station(site), r"(?m)^phone: .*$", "phone: 0738-1111111")
    assert f"重印 联络站海报 A4 {YUFENG}：电话" in reasons(again(site, "HEAD"))
    assert things(site) == {("station-a4", YUFENG)}


def git(site: Path, *args: str) -> None:
    subprocess.run(["git", "-C", site, *args], check=True)


def test_what_nothing_can_be_compared_with(site: Path) -> None:
    """What is neither a manifest nor a version is wrong usage."""
    before = tree_of(site)
    done = liaison("posters", site, *CHOICE, "--changed-since", "no-such-version")
    assert done.returncode == 2
    assert "清单" in done.stderr
    assert tree_of(site) == before
