"""Releases made over earlier ones: the same as from nothing, and a failing disk is noticed."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from liaison.build import release as releasing
from liaison.build.pressing import Seen
from liaison.build.release import ReleaseError
from liaison.publish.manifest import Entry
from support.printing import liaison, small_sample
from support.sites import edit
from support.small import shelf
from support.trees import must_be, tree_of

HOME = "stations/lianyuan/sanjia-yufeng"


def test_a_release_over_others_equals_one_from_nothing(tmp_path: Path) -> None:
    """Two folders change places at each build; after changes, a failed build and a lost folder the bytes are right."""
    site = small_sample(tmp_path / "office")
    changes = [
        ("station.yml", "(?m)^phone: .*$", "phone: 0738-1110000"),
        ("deputies/chen-shili-jie.yml", "(?m)^status: .*$", "status: former"),
        ("station.yml", "(?m)^region: .*$", "region: 999999999"),
        ("station.yml", "(?m)^region: .*$", "region: 431382200"),
        ("deputies/chen-shili-jie.yml", "(?m)^status: .*$", "status: active"),
        ("station.yml", "(?m)^phone: .*$", "phone: 0738-2220000"),
    ]
    assert liaison("build", site).returncode == 0
    for number, (file, was, now) in enumerate(changes):
        edit(site / HOME / file, was, now)
        before = tree_of(site / "site")
        done = liaison("build", site)
        if "999" in now:
            assert done.returncode == 1
            must_be(site / "site", before)
            continue
        assert done.returncode == 0, done.stderr
        clean = tmp_path / f"clean-{number}"
        assert liaison("build", site, "--out", clean, LIAISON_CACHE="").returncode == 0
        must_be(site / "site", tree_of(clean))
        if number == 1:
            shutil.rmtree(site / ".site.next")


def test_a_file_that_changed_by_itself_is_told(tmp_path: Path) -> None:
    """Other bytes behind the same times, size and number on disk: the disk fails. The file goes, to be made again."""
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("rotten")
    kept, stamp = shelf(tmp_path / "cache"), (1, 2, 3, 4)

    def seen(data: bytes, stamp: tuple[int, int, int, int]) -> Seen:
        return Seen({"index.html": Entry.of(data)}, {"index.html": stamp}, (), frozenset(), {})

    hold = releasing.hold_bytes
    hold(seen(b"sound", stamp), kept, tmp_path / "site")
    hold(seen(b"newer", (9, 2, 3, 4)), kept, tmp_path / "site")
    hold(seen(b"sound", stamp), kept, tmp_path / "site")
    with pytest.raises(ReleaseError, match=r"磁盘上有 1 个文件自己变了，已经删去：index\.html"):
        hold(seen(b"rotten", stamp), kept, tmp_path / "site")
    assert not (tmp_path / "site/index.html").exists()
