"""Archives that cannot be made: it is said why, and those of before stay as they were."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from liaison.model.site import Archiving
from liaison.publish.archives import ArchiveError, Packed, pack
from liaison.publish.audit import audit_folder
from liaison.publish.manifest import NAME, Entry, Manifest
from liaison.workers import Crew
from support.releases import MADE_ON, STATION, release, small_files
from support.sites import REPOSITORY
from support.unpacking import PACK, held

KILLS = 3 * int(os.environ.get("LIAISON_TRUST", "1"))
PAGE = f"S/{STATION[:2]}/{STATION[2:]}/index.html"


def packed(site: Path, manifest: Manifest, **asked: object) -> Packed:
    bounds = Archiving(**asked)  # type: ignore[arg-type]
    out = site.parent / "archives"
    return pack(site, manifest, None, out, archiving=bounds, made_on=MADE_ON, site_name="示例站")


def test_a_file_that_fits_nowhere(tmp_path: Path) -> None:
    """One file beyond the bound is named, with what to do; nothing is left behind."""
    big = {"a/film.mp4": random.Random(3).randbytes(1_100_000)}
    manifest = release(tmp_path / "site", small_files() | big)
    with pytest.raises(ArchiveError, match=r"a/film\.mp4 压缩后有 1\.1 MB，一个上传包最多 1 MB"):
        packed(tmp_path / "site", manifest, megabytes=1)
    assert not (tmp_path / "archives").exists()
    assert not (tmp_path / ".archives.new").exists()


@pytest.mark.parametrize("spoil", ["changed", "longer", "missing", "link", "manifest"])
def test_a_release_that_is_not_its_manifest(tmp_path: Path, spoil: str) -> None:
    """What is not as the manifest says is named and not packed; the archives of before stay as they are."""
    site = tmp_path / "site"
    manifest = release(site)
    before = held(packed(site, manifest).sums.parent)
    file = site / (NAME if spoil == "manifest" else PAGE)
    whole = file.read_bytes()
    if spoil in {"missing", "link"}:
        file.unlink()
    if spoil == "link":
        file.symlink_to("/etc/hostname")
    elif spoil != "missing":
        file.write_bytes(whole + b"x" if spoil == "longer" else whole[:-1] + b"x")
    with pytest.raises(ArchiveError, match=f"{re.escape(file.name)} (和清单不一样|读不出来).*liaison build"):
        packed(site, manifest)
    assert held(tmp_path / "archives") == before


@pytest.mark.parametrize("name", ["notes.docx", "site-20261122-full.zip", "x/y.txt"])
def test_other_files_are_not_touched(tmp_path: Path, name: str) -> None:
    """A folder that holds something else is refused and left alone."""
    manifest = release(tmp_path / "site")
    other = tmp_path / "archives" / name
    other.parent.mkdir(parents=True)
    other.write_text("mine")
    with pytest.raises(ArchiveError, match="里有别的文件"):
        packed(tmp_path / "site", manifest)
    assert held(tmp_path / "archives") == {name: b"mine"}


def test_not_into_the_release(tmp_path: Path) -> None:
    """Archives never come to lie in what is published."""
    manifest = release(tmp_path / "site")
    for out in ("site", "site/archives"):
        with pytest.raises(ArchiveError, match="不能放在站点文件夹"):
            pack(
                tmp_path / "site", manifest, None, tmp_path / out, archiving=Archiving(), made_on=MADE_ON, site_name="x"
            )
    assert audit_folder(tmp_path / "site", manifest) == ()


def test_no_room(tmp_path: Path) -> None:
    """A full disk is said to be full, and what was there stays; a limit on file size stands for the disk."""
    luck = random.Random(7)
    release(tmp_path / "site", small_files() | {"a.jpg": luck.randbytes(300_000)})
    release(tmp_path / "old")
    out = tmp_path / "out"
    out.mkdir()
    (out / "instructions.txt").write_text("old")
    limit = "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    limit += "resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\n"
    command = [sys.executable, "-c", limit + PACK, "site", "old", "022", "out", "1"]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY / "plugins")}
    done = subprocess.run(command, cwd=tmp_path, env=env, check=False, capture_output=True, text=True)
    assert "ArchiveError: 磁盘放不下：上传包没有做成" in done.stderr
    assert held(out) == {"instructions.txt": b"old"}
    assert not (tmp_path / ".out.new").exists()


def test_names_that_zip_cannot_bear(tmp_path: Path) -> None:
    """A name that is not ASCII is refused in words."""
    entry = Entry.of(b"")
    made = Manifest(url="", code_base="", today=MADE_ON.date(), made_on=MADE_ON, files={"站.html": entry})
    with pytest.raises(ArchiveError, match=r"站\.html"):
        packed(tmp_path / "site", made)


def test_workers_make_the_same(tmp_path: Path) -> None:
    """Several processes take a file that is wrong for wrong too."""
    luck = random.Random(8)
    files = small_files() | {f"big/{number}.jpg": luck.randbytes(5_000_000) for number in range(8)}
    manifest = release(tmp_path / "site", files)
    (tmp_path / "site/big/5.jpg").write_bytes(files["big/5.jpg"][:-1] + b"x")
    with pytest.raises(ArchiveError, match=r"big/5\.jpg 和清单不一样"):
        pack(
            tmp_path / "site",
            manifest,
            None,
            tmp_path / "o",
            archiving=Archiving(),
            made_on=MADE_ON,
            site_name="x",
            crew=Crew(2),
        )
    assert not (tmp_path / "o").exists()


def test_a_place_that_is_none(tmp_path: Path) -> None:
    """A file where the folder must be, or on the way to it, is said in a sentence."""
    manifest = release(tmp_path / "site")
    (tmp_path / "archives").write_text("mine")
    with pytest.raises(ArchiveError, match="不是文件夹"):
        packed(tmp_path / "site", manifest)
    out = tmp_path / "archives/deep"
    with pytest.raises(ArchiveError, match="上传包没有做成"):
        pack(tmp_path / "site", manifest, None, out, archiving=Archiving(), made_on=MADE_ON, site_name="x")
    assert (tmp_path / "archives").read_text() == "mine"


def test_killed(tmp_path: Path) -> None:
    """Killed at any moment, the archives of before or the new ones lie there whole; the next run tidies up."""
    luck = random.Random(9)
    release(tmp_path / "old")
    command = [sys.executable, "-c", PACK, "old", "old", "022", "out", "1"]
    env = {**os.environ, "PYTHONPATH": str(REPOSITORY / "plugins")}
    subprocess.run(command, cwd=tmp_path, env=env, check=True)
    before = held(tmp_path / "out")
    release(tmp_path / "site", small_files() | {f"{number}.jpg": luck.randbytes(2_000_000) for number in range(20)})
    command[3] = "site"
    begun = time.monotonic()
    subprocess.run([*command[:6], "whole", "1"], cwd=tmp_path, env=env, check=True)
    takes, after = time.monotonic() - begun, held(tmp_path / "whole")
    for _ in range(KILLS):
        running = subprocess.Popen(command, cwd=tmp_path, env=env)
        time.sleep(takes * luck.uniform(0.2, 1))
        running.send_signal(signal.SIGKILL)
        running.wait()
        assert held(tmp_path / "out") in (before, after)
    subprocess.run(command, cwd=tmp_path, env=env, check=True)
    assert held(tmp_path / "out") == after
    assert {file.name for file in tmp_path.iterdir() if "out" in file.name} == {"out", ".out.lock"}
