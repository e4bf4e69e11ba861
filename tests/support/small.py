"""A small site whose records change from one reading to the next."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from liaison.records import gather, read
from liaison.records.parts import Part
from liaison.shelf import Shelf
from support.sites import REPOSITORY

BASE = REPOSITORY / "tests/cases/base"
TODAY = date(2026, 11, 20)
AREA = "stations/lianyuan"
YUFENG, LANTIAN, BAIMA = (f"{AREA}/{name}" for name in ("yufeng", "lantian", "baima"))
"""Two stations that refer to each other, and a place for one that does not."""

ZENG, GULI = f"{YUFENG}/deputies/zeng.yml", f"{YUFENG}/deputies/guli.yml"
PHOTO = f"{YUFENG}/deputies/photo.jpg"


def base_site(root: Path) -> Path:
    """A copy of the site that has no problem."""
    shutil.copytree(BASE, root)
    return root


def shelf(folder: Path) -> Shelf:
    """An empty shelf in a new folder."""
    folder.mkdir()
    return Shelf(folder)


def station_text(code: str, name: str = "示例站", *more: str) -> str:
    """The file of a station that refers to nobody."""
    kept = (f"code: {code}", f"name: {name}", "kind: 联络站", "region: 431382200", "address: 三甲乡政府一楼")
    return "\n".join((*kept, "status: active", "verified_on: 2026-10-01", *more)) + "\n"


def deputy_text(code: str, name: str = "李示例", *more: str) -> str:
    """The file of a deputy who refers to nobody."""
    mandate = "{congress: 涟源市第十八届人民代表大会, level: 县级, region: 431382, start: 2021-12-20, end: 2027-12-31}"
    kept = (f"code: {code}", f"name: {name}", "gender: 男", f"mandates: [{mandate}]")
    return "\n".join((*kept, "status: active", "verified_on: 2026-10-01", *more)) + "\n"


def write(root: Path, file: str, text: str) -> None:
    """A file with its folders; after a moment its times are in the past."""
    (root / file).parent.mkdir(parents=True, exist_ok=True)
    (root / file).write_text(text, "utf-8")
    settle()


def change(root: Path, file: str, was: str, now: str) -> None:
    """Write something else in one place of a file."""
    text = (root / file).read_text("utf-8")
    assert was in text
    write(root, file, text.replace(was, now, 1))


def settle() -> None:
    """Wait longer than one tick of the clock."""
    time.sleep(0.02)


def trust_times(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files need not rest for two seconds before their times are believed."""
    monkeypatch.setattr(gather, "_SETTLED", 0)


def part_by_station(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every station is a part of its own."""

    def alone(folders: Iterable[str]) -> tuple[Part, ...]:
        return tuple(Part(folder.replace("/", "-"), folder.rpartition("/")[0], (folder,)) for folder in folders)

    monkeypatch.setattr(read, "parts", alone)
