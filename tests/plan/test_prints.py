"""What a print run makes: which records, in which files, under which names and in which order."""

from __future__ import annotations

from datetime import date
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.laws import Laws
from liaison.model.lessons import Lesson, Place, Series
from liaison.model.library import Lecture, Library
from liaison.model.register import Register
from liaison.plan import prints
from liaison.plan.kinds import KINDS, LINKED, too_near
from liaison.plan.lectures import Lectures
from liaison.plan.pages import land_of
from liaison.plan.prints import Choice, Piece, Target, pieces, targets
from support.registers import FAR_TOWN, OTHER_TOWN, TOWN, VILLAGE, deputy, register, station

LESSON_KINDS = {"lesson-a4", "handout"}
STATION = ("station-a4",)


def lecture(number: int, status: Any = "published") -> Lecture:
    lesson = Lesson(status=status, title=f"第{number}课：示例", date=date(2026, 1, 1))
    return Lecture(file=f"a/{number:02}-x.md", place=Place("a", number, "x"), lesson=lesson, cited=())


SERIES = {"a": Series(title="示例", description="示例")}
LECTURES = Lectures(Library(laws=Laws({}), series=SERIES, lessons=(lecture(1), lecture(2), lecture(3, "draft"))))


@pytest.fixture
def town() -> Register:
    """Stations in a village and in three towns; deputies at three of them."""
    stations = [
        station("S1", FAR_TOWN),
        station("S2", VILLAGE),
        station("S3", TOWN, status="closed"),
        station("S4", OTHER_TOWN),
    ]
    people = {
        "S2": [deputy("D1"), deputy("D2", status="paused"), deputy("D3")],
        "S4": [deputy("D4"), deputy("D5", status="former")],
        "S3": [deputy("D6")],
    }
    return register(stations, people)


def made(found: Register, **choice: Any) -> list[Piece]:
    return pieces(found, land_of(found), LECTURES, Choice(**choice))


def keys(found: list[Piece]) -> list[tuple[str, ...]]:
    return [piece.keys for piece in found]


def test_only_what_is_in_use_is_printed(town: Register) -> None:
    """Open stations, deputies in office and published lessons, each in every kind that is about them."""
    found = made(town)
    assert {kind.name for kind in {piece.kind.name: piece.kind for piece in found}.values()} == set(KINDS)
    assert sorted(key for piece in found for key in piece.keys if piece.kind.name == "station-a4") == ["S1", "S2", "S4"]
    assert sorted(key for piece in found if piece.kind.name == "deputy-a4" for key in piece.keys) == [
        *("D1", "D3", "D4", "D6"),
    ]
    assert sorted(keys(made(town, kinds=["handout"]))) == [("a/01",), ("a/02",)]


def test_pieces_are_in_packing_order(town: Register) -> None:
    """Lessons first, then township by township, kind by kind, file by file; no two share a path."""
    found = made(town)
    assert [piece.order for piece in found] == sorted(piece.order for piece in found)
    assert [piece.township for piece in found if piece.kind.name == "plate"] == [FAR_TOWN, OTHER_TOWN, TOWN]
    assert len({piece.path for piece in found}) == len(found)
    assert {piece.township for piece in found if piece.kind.name in LESSON_KINDS} == {""}


@pytest.mark.parametrize(
    ("choice", "stations", "deputies"),
    [
        ({"areas": ["area"]}, {"S1", "S2", "S4"}, {"D1", "D3", "D4", "D6"}),
        ({"areas": [TOWN]}, {"S2"}, {"D1", "D3", "D6"}),
        ({"areas": ["431321", OTHER_TOWN]}, {"S1", "S4"}, {"D4"}),
        ({"areas": ["none"]}, set(), set()),
        ({"stations": ["S2"]}, {"S2"}, {"D1", "D3"}),
        ({"codes": ["S2"]}, {"S2"}, set()),
        ({"codes": ["D3", "D5"]}, set(), {"D3"}),
        ({"stations": ["S4"], "codes": ["D1"]}, {"S4"}, {"D1", "D4"}),
        ({"areas": [TOWN], "stations": ["S4"]}, set(), set()),
    ],
)
def test_a_choice(town: Register, choice: dict[str, Any], stations: set[str], deputies: set[str]) -> None:
    """Areas, stations with their deputies, and single codes narrow a run; lessons then come only by kind."""
    found = made(town, **choice)
    assert {piece.keys[0] for piece in found if piece.kind.name == "plate"} == stations
    assert {piece.keys[0] for piece in found if piece.kind.name == "desk-card"} == deputies
    assert {key for piece in found if piece.kind.name == "codes" for key in piece.keys} == stations | deputies
    assert not {piece.kind.name for piece in found} & LESSON_KINDS
    assert {piece.kind.name for piece in made(town, kinds=["handout"], **choice)} == {"handout"}


def test_a_sheet_of_some_does_not_take_the_place_of_the_whole(town: Register) -> None:
    """A sheet of chosen records, and one of those that are printed again, have names of their own."""
    (whole,) = made(town, kinds=["codes"], areas=[TOWN])
    (chosen,) = made(town, kinds=["codes"], stations=["S2"])
    again = whole.part(("D1",), date(2026, 12, 8))
    assert whole.path == "codes/431382200-三甲乡.pdf"
    assert chosen.path == "codes/431382200-三甲乡-选印.pdf"
    assert (again.path, again.keys) == ("codes/431382200-三甲乡-补印-20261208.pdf", ("D1",))


@pytest.mark.parametrize(("count", "sizes"), [(3, [3]), (4, [3, 1]), (7, [3, 3, 1])])
def test_large_townships_take_several_files(monkeypatch: pytest.MonkeyPatch, count: int, sizes: list[int]) -> None:
    """No file holds more than it may; the files have numbers where there are several, and lose nobody."""
    monkeypatch.setattr(prints, "CODES_IN_A_FILE", 3)
    crowd = register([station("S1")], {"S1": [deputy(f"D{number}") for number in range(count)]})
    found = made(crowd, kinds=["badge"])
    assert [len(piece.keys) for piece in found] == sizes
    assert [key for piece in found for key in piece.keys] == [f"D{number}" for number in range(count)]
    endings = [f"-{number}" for number in range(1, len(sizes) + 1)] if len(sizes) > 1 else [""]
    assert [piece.path for piece in found] == [f"badge/431382200-三甲乡{ending}.pdf" for ending in endings]


SIGNS = st.text(st.sampled_from('示例 ab．.\\/:*?"<>|\t\n\u3000·()'), max_size=40)


@settings(deadline=None, database=None, max_examples=60)
@given(SIGNS)
def test_every_system_takes_the_names(name: str) -> None:
    """Whatever a station is called, the path is one name in the folder of its kind, short, and ends with the code."""
    (piece,) = made(register([station("S1", short_name=name)]), kinds=STATION)
    path = PurePosixPath(piece.path)
    assert PureWindowsPath(piece.path).parts == path.parts == ("station-a4", path.name)
    assert not set(path.name) & set('\\/:*?"<>|\t\r\n ')
    assert path.name.startswith("431382200-三甲乡-")
    assert path.name.endswith("-S1.pdf")
    assert len(path.name) <= 60


def test_targets_are_named_once(town: Register) -> None:
    """However many things a code stands on, it is looked at once, by its name and address."""
    found = targets(made(town), town, LECTURES)
    assert len(found) == len({one.key for one in found}) == 9
    assert Target("S2", "S2站", "S/S2//") in found
    assert Target("a/01", "第1课：示例", "episodes/a/01/") in found


def test_kinds_fit_together() -> None:
    """Every kind is called by its name and has a template; what pages link to is about what they are about."""
    assert all(name == kind.name and kind.symbol < min(kind.width, kind.height) for name, kind in KINDS.items())
    assert all(KINDS[name].subject == subject for subject, name in LINKED.items())
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)


def test_a_code_is_read_from_ten_times_its_width() -> None:
    """A kind is too near for a distance beyond ten times the width of its code, and for no shorter one."""
    kind = KINDS["rollup"]
    assert too_near([kind], 4.0) == []
    assert too_near([kind, KINDS["badge"]], 4.01) == [kind, KINDS["badge"]]
