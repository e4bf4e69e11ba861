"""A site to be edited, one large enough to be caught at work, and a place where both are built quickly."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from support.editing.desk import EARLIEST, Desk
from support.large import DAY, LATER, Large, change_every_page
from support.lessons import EPISODES, keep_known, lessons_of
from support.sites import REPOSITORY, Built, build, copy_site, edit
from support.trees import tree_of

STATIONS, DEPUTIES = 60, 1500
SERIES, LESSONS = "daibiaofa", 4
_FIRST_DAY = "2026-09-01"


@pytest.fixture
def memory(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where that can be had: a disk is slow to make files when others have just been deleted."""
    with TemporaryDirectory(dir=_memory(tmp_path), prefix="liaison-test-") as folder:
        yield Path(folder)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Half of the sample with a short series of lessons, checked so early that today may be any day from then on."""
    folder = tmp_path_factory.mktemp("prepared")
    source = copy_site(folder / "root")
    for area in ("huarong", "lengshuijiang", "xiangxiang"):
        shutil.rmtree(source / "stations" / area)
    for file in (source / "stations").rglob("*.yml"):
        text = re.sub(r"(?m)^verified_on: 2026-1\d-\d\d$", f"verified_on: {EARLIEST}", file.read_text("utf-8"))
        file.write_text(text, "utf-8")
    _keep_few_lessons(source)
    return build(source, folder / "site", LIAISON_CACHE=str(folder / "cache"))


def _keep_few_lessons(source: Path) -> None:
    """One short series, with nobody in it who is not on file any more, published before any day to come."""
    for folder in (source / EPISODES).iterdir():
        if folder.name != SERIES:
            shutil.rmtree(folder)
    desk = Desk(source, source, source, random.Random())
    deputies, stations = ({one.code for one in found} for found in (desk.deputies(), desk.stations()))
    for lesson in lessons_of(source):
        if lesson.number > LESSONS:
            lesson.file.unlink()
        else:
            keep_known(lesson.change(date=_FIRST_DAY, review=None), deputies, stations)


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Large:
    """A synthetic province that is worth two workers, and what clean builds give of it before and after a change."""
    folder = tmp_path_factory.mktemp("large")
    root = folder / "root"
    size = ["--stations", str(STATIONS), "--deputies", str(DEPUTIES)]
    subprocess.run([sys.executable, REPOSITORY / "benchmarks/province.py", root, *size], check=True)
    edit(root / "mkdocs.yml", "  - liaison:\n", "  - liaison:\n      workers: 2\n")
    with TemporaryDirectory(dir=_memory(folder), prefix="liaison-test-") as clean:
        first = tree_of(build(root, Path(clean) / "first", LIAISON_TODAY=DAY, LIAISON_CACHE="").tree)
        before = {file: file.read_bytes() for file in (root / "overrides").rglob("*") if file.is_file()}
        change_every_page(root)
        second = tree_of(build(root, Path(clean) / "second", LIAISON_TODAY=LATER, LIAISON_CACHE="").tree)
    for file, data in before.items():
        file.write_bytes(data)
    return Large(root, first, second)


def _memory(instead: Path) -> Path:
    there = Path("/dev/shm")
    return there if os.access(there, os.W_OK) else instead
