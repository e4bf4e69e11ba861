"""What becomes of files of earlier runs: only what a run made anew, or as a whole without them, goes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from support import small
from support.printing import CENTRE, YUFENG, ZENG, files_of, liaison, posters, printable_base
from support.sites import edit
from support.trees import must_be, tree_of

KINDS = ("--kind", "plate", "--kind", "deputy-a4")


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with plates and posters of deputies, and a file of somebody's own between them."""
    site = printable_base(tmp_path_factory.mktemp("kept") / "site")
    posters(site, *KINDS)
    (site / "posters/office/plate/自己的.pdf").write_bytes(b"%PDF-")
    return site


@pytest.fixture
def site(printed: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return shutil.copytree(printed, tmp_path / "site")


def lying(site: Path) -> set[str]:
    """The codes at the end of the names of all files, or these names."""
    return {path.stem.rpartition("-")[2] for path in (site / "posters/office").glob("*/*.pdf")}


def test_a_whole_run_removes_what_nothing_stands_behind(site: Path) -> None:
    """The poster of a deputy who left goes; what no run made stays."""
    edit(site / small.ZENG, "(?m)^status: active$", "status: former")
    edit(site / small.YUFENG / "station.yml", r"deputies: \[7K3M9TY\], ", "")
    done = liaison("posters", site, *KINDS)
    assert done.returncode == 0, done.stderr
    assert lying(site) == {YUFENG, CENTRE, "自己的"}
    assert "删去 1 个过时的文件" in done.stdout
    assert {key for one in files_of(site / "posters/office").values() for key in one["items"]} == {YUFENG, CENTRE}


def test_a_run_of_some_leaves_the_others(site: Path) -> None:
    """A run of one station renews its file under another name, and touches no other file."""
    before = tree_of(site / "posters/office")
    edit(site / small.YUFENG / "station.yml", "(?m)^short_name: .*$", "short_name: 新名字站")
    posters(site, "--kind", "plate", "--code", YUFENG)
    after = tree_of(site / "posters/office")
    assert lying(site) == {YUFENG, CENTRE, ZENG, "自己的"}
    (new,) = {path for path in after if path.endswith(f"{YUFENG}.pdf")}
    assert "新名字站" in new
    kept = {path for path in before if path.startswith(("plate/", "deputy-a4/")) and YUFENG not in path}
    assert {path: after[path] for path in kept} == {path: before[path] for path in kept}


def test_a_code_that_does_not_scan_from_so_far(site: Path) -> None:
    """With a distance it is said of each kind how far it scans, and nothing is made where one falls short."""
    before = tree_of(site / "posters")
    done = liaison("posters", site, *KINDS, "--distance", "1.5")
    assert done.returncode == 1
    assert "✓ plate 门牌 60×40厘米：二维码宽 200 毫米，约 2.0 米内扫得到" in done.stdout
    assert "✗ deputy-a4 代表海报 A4：二维码宽 100 毫米，约 1.0 米内扫得到" in done.stderr
    must_be(site / "posters", before)
