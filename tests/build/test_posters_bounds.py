"""The shortest and the longest that records hold: everything stands on paper, and it looks as it did."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from liaison.plan.kinds import KINDS
from liaison.render.print.copies import FIELDS
from support import small
from support.paper import Sheet, sheets
from support.printing import files_of, posters, printable_base
from support.registers import code

GOLDEN = Path(__file__).with_name("golden")
UPDATE = "LIAISON_UPDATE_GOLDEN"
DPI = 40
MEAN, STRONG, SHARE = 1.0, 96, 0.003
"""Grey levels that pixels may differ in the mean; how far one must be off to be wrong; how many of a page may be."""

NAME = "示例自治州示例自治县示例民族乡" + "示例社区" * 8 + "示例片区人大代表联络站示例"
ADDRESS = ("示例省示例自治州示例自治县示例民族乡" + "示例大道一百二十三号示例小区" * 9)[:100]
FAR = f"{small.AREA}/far"
NONE, ONE, MANY, LONG = (code(number) for number in (101, 102, 103, 104))
DEPUTIES = {NONE: 0, ONE: 1, MANY: 80, LONG: 3}
STATION_KINDS = [name for name, kind in KINDS.items() if kind.subject == "station"]


def person(number: int) -> str:
    """A name that is another for each number, and the beginning of no other one."""
    return "示例" + "甲乙丙丁戊己庚辛壬癸"[number // 10] + "子丑寅卯辰巳午未申酉"[number % 10]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything of stations without deputies, with one and with eighty, and of one with long names."""
    site = printable_base(tmp_path_factory.mktemp("bounds") / "site")
    for station, count in DEPUTIES.items():
        text = small.station_text(station, NAME if station == LONG else f"示例第{count}人大代表联络站")
        if station == LONG:
            text = text.replace("address: 三甲乡政府一楼", f"address: {ADDRESS}")
        small.write(site, f"{FAR}-{count}/station.yml", text)
        for number in range(count):
            own = small.deputy_text(code(1000 * count + number), person(number))
            small.write(site, f"{FAR}-{count}/deputies/d{number:02d}.yml", own)
    args = [word for key in DEPUTIES for word in ("--code", key)]
    return posters(site, *args, *(word for kind in STATION_KINDS for word in ("--kind", kind)))


def pages(folder: Path, kind: str, station: str) -> list[Sheet]:
    (path,) = [path for path, one in files_of(folder).items() if one["kind"] == kind and station in one["items"]]
    return sheets(folder / path)


def words(found: list[Sheet]) -> str:
    return "".join(sheet.words for sheet in found)


def test_the_bounds_are_what_they_say() -> None:
    """The long ones are as long as the tests say."""
    assert (len(NAME), len(ADDRESS), len({person(number) for number in range(80)})) == (60, 100, 80)


@pytest.mark.parametrize("kind", STATION_KINDS)
def test_long_words_are_there_in_full(folder: Path, kind: str) -> None:
    """A name of 60 characters stands on everything, an address of 100 wherever addresses do; type stays readable."""
    found = pages(folder, kind, LONG)
    assert NAME in words(found)
    assert (ADDRESS in words(found)) is ("address" in FIELDS[KINDS[kind].template])
    assert min(sheet.type_sizes[0][0] for sheet in found) >= KINDS[kind].least - 0.01


@pytest.mark.parametrize("kind", [name for name in STATION_KINDS if KINDS[name].names_deputies])
@pytest.mark.parametrize("station", DEPUTIES)
def test_every_deputy_is_named(folder: Path, kind: str, station: str) -> None:
    """Posters and boards name every deputy of the station, however many there are."""
    found = words(pages(folder, kind, station))
    assert [name for name in map(person, range(DEPUTIES[station])) if name not in found] == []
    assert person(DEPUTIES[station]) not in found


@pytest.mark.parametrize("kind", STATION_KINDS)
@pytest.mark.parametrize("station", DEPUTIES)
def test_nothing_sticks_out(folder: Path, kind: str, station: str) -> None:
    """White, or one colour, runs along every edge of a page: nothing is cut."""
    for sheet in pages(folder, kind, station):
        picture = sheet.picture(600 / sheet.height)
        for edge in (picture[0], picture[-1], picture[:, 0], picture[:, -1]):
            changes = np.count_nonzero(np.abs(np.diff(edge.astype(int))) > 40)
            assert changes <= 2, f"{sheet.file.name}, page {sheet.number + 1}"


@pytest.mark.parametrize(("station", "name"), [(NONE, "none"), (ONE, "one"), (MANY, "many"), (LONG, "long")])
def test_posters_look_as_they_did(folder: Path, station: str, name: str) -> None:
    """The A4 poster looks like its picture in `golden`; LIAISON_UPDATE_GOLDEN=1 makes the pictures anew."""
    shown = coarse(np.hstack([sheet.picture(DPI / 25.4) for sheet in pages(folder, "station-a4", station)]))
    file = GOLDEN / f"station-a4-{name}.png"
    if os.environ.get(UPDATE):
        file.parent.mkdir(exist_ok=True)
        cv2.imwrite(str(file), shown, [cv2.IMWRITE_PNG_COMPRESSION, 9])
    known = cv2.imread(str(file), cv2.IMREAD_GRAYSCALE)
    assert known is not None, f"no {file.name}; {UPDATE}=1 makes it"
    assert unlike(shown, known) == ""


def coarse(picture: Any) -> Any:
    """Sixteen levels of grey make a small file."""
    return (picture // 16 * 17).astype(np.uint8)


def unlike(shown: Any, known: Any) -> str:
    """How two pictures differ more than drawing them elsewhere would make them; empty where they do not."""
    if shown.shape != known.shape:
        return f"{shown.shape} pixels, not {known.shape}"
    off = np.abs(cv2.blur(shown, (2, 2)).astype(int) - cv2.blur(known, (2, 2)))
    mean, share = off.mean(), np.count_nonzero(off > STRONG) / off.size
    return "" if mean <= MEAN and share <= SHARE else f"{mean:.2f} levels off in the mean, {share:.2%} strongly"


def test_a_picture_that_differs_is_told(folder: Path) -> None:
    """The comparison sees a code that is another, a line that is missing, and one that has moved."""
    (page,) = pages(folder, "station-a4", NONE)
    shown = page.picture(DPI / 25.4)
    (symbol,) = page.symbols
    dots = DPI / 25.4
    top, bottom = (round((page.height - side) * dots) for side in (symbol.top, symbol.bottom))
    left, right = (round(side * dots) for side in (symbol.left, symbol.right))
    other, empty = shown.copy(), shown.copy()
    other[top:bottom, left:right] = shown[top:bottom, left:right][:, ::-1]
    empty[bottom + 20 : -40] = 255
    for changed in (other, empty, np.roll(shown, 6, axis=0), shown[:-1]):
        assert unlike(changed, shown)
    assert unlike(shown, shown) == ""
