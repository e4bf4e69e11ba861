"""However a site is cut into parts, and whatever is known of an earlier run: the same problems in the same order."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import cached
import casebook
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.problems import Problem, ProblemsError
from liaison.records import gather
from liaison.records.read import read_site
from liaison.shelf import Shelf
from support import small
from support.small import AREA, BAIMA, LANTIAN, TODAY, YUFENG, ZENG

CASES = casebook.load_all()
MQR, OTHER_AREA = "MQR6M65", "stations/anhua"


def problems(root: Path, kept: Shelf | None = None, today: date = TODAY) -> tuple[Problem, ...]:
    """What a site is told of; of one that cannot be judged too."""
    try:
        return read_site(root, today, None, kept).problems
    except ProblemsError as error:
        return error.problems


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_planted_fault_is_found_in_parts_as_in_one(
    case: casebook.Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With each station on its own; also where the site was read before the fault came in, and after it went."""
    root = small.base_site(tmp_path / "site")
    kept, kept_apart = small.shelf(tmp_path / "kept"), small.shelf(tmp_path / "apart")
    sound = problems(root, kept)
    case.lay_over(root)
    whole = problems(root)
    assert whole
    assert problems(root, kept) == whole
    shutil.rmtree(root)
    small.base_site(root)
    assert problems(root, kept) == sound
    small.part_by_station(monkeypatch)
    assert problems(root, kept_apart) == sound
    case.lay_over(root)
    assert problems(root) == whole
    assert problems(root, kept_apart) == whole


AT_A_TIME = 5
"""Cases between two readings: each reading takes longer, the more is wrong."""


def test_faults_that_come_one_after_the_other_are_found_as_if_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cases laid over the site in turn, a few at a time, each reading with what the one before left."""
    small.trust_times(monkeypatch)
    small.part_by_station(monkeypatch)
    root, kept = small.base_site(tmp_path / "site"), small.shelf(tmp_path / "kept")
    cases = casebook.at_once()
    for first in range(0, len(cases), AT_A_TIME):
        for case in cases[first : first + AT_A_TIME]:
            case.lay_over(root)
        small.settle()
        assert problems(root, kept) == problems(root), case.name
    monkeypatch.undo()
    assert problems(root) == problems(root, kept)


def duplicates(root: Path) -> list[tuple[str, str]]:
    """Files told of a code that is written twice, and the files said to hold it too."""
    found = [one for one in problems(root) if one.rule == "code/duplicate"]
    return [(one.source.file, one.message.partition("也写在 ")[2]) for one in found]


TWICE = {
    f"{BAIMA}/station.yml": small.station_text(MQR),
    f"{YUFENG}/deputies/a.yml": small.deputy_text(MQR),
    f"{OTHER_AREA}/a-b/station.yml": small.station_text(MQR),
    f"{OTHER_AREA}/a/station.yml": small.station_text("CKYTPCB"),
    f"{OTHER_AREA}/a/deputies/b.yml": small.deputy_text(MQR),
}


@pytest.mark.parametrize("apart", [False, True])
def test_a_code_written_in_many_places_is_told_at_each(
    apart: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Across parts and areas, of stations and deputies: each names all others in file order."""
    if apart:
        small.part_by_station(monkeypatch)
    root = small.base_site(tmp_path / "site")
    for file, text in {**TWICE, f"{OTHER_AREA}/area.yml": "region: 431382\n"}.items():
        small.write(root, file, text)
    holders = [
        f"{OTHER_AREA}/a/deputies/b.yml",
        f"{OTHER_AREA}/a-b/station.yml",
        f"{BAIMA}/station.yml",
        f"{YUFENG}/deputies/a.yml",
    ]
    told = {file: "、".join(other for other in holders if other != file) for file in holders}
    assert duplicates(root) == sorted(told.items())


@pytest.mark.parametrize("apart", [False, True])
def test_the_first_of_two_is_the_one_that_is_meant(
    apart: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever refers to a doubled code is judged by the record that comes first among the files."""
    if apart:
        small.part_by_station(monkeypatch)
    root = small.base_site(tmp_path / "site")
    small.write(root, f"{AREA}/a/station.yml", small.station_text(MQR, "甲站", "parent: TK58CWB"))
    small.write(root, f"{AREA}/b/station.yml", small.station_text(MQR, "乙站", "parent: CKYTPCB"))
    small.write(root, f"{AREA}/c/station.yml", small.station_text("CKYTPCB", "丙站", f"parent: {MQR}"))
    found = problems(root)
    assert [one.source.file for one in found if one.rule == "code/duplicate"] == [
        f"{AREA}/a/station.yml",
        f"{AREA}/b/station.yml",
    ]
    assert not [
        one for one in found if one.rule == "station/parent-loop" and one.source.file == f"{AREA}/c/station.yml"
    ]
    small.change(root, f"{AREA}/a/station.yml", "TK58CWB", "CKYTPCB")
    assert f"{AREA}/c/station.yml" in {one.source.file for one in problems(root) if one.rule == "station/parent-loop"}


def test_a_second_record_of_a_code_is_told_to_the_first_and_taken_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though the first and all who refer to it lie in parts that did not change."""
    small.part_by_station(monkeypatch)
    root, kept = small.base_site(tmp_path / "site"), small.shelf(tmp_path / "kept")
    assert problems(root, kept) == ()
    small.write(root, f"{BAIMA}/station.yml", small.station_text("TK58CWB"))
    assert [one.source.file for one in problems(root, kept)] == [f"{BAIMA}/station.yml", f"{LANTIAN}/station.yml"]
    assert problems(root, kept) == problems(root)
    (root / f"{BAIMA}/station.yml").unlink()
    assert problems(root, kept) == ()


FILES = [f"{LANTIAN}/station.yml", f"{YUFENG}/station.yml", f"{YUFENG}/deputies/guli.yml", ZENG]
PIECES = [
    "TK58CWB",
    "3F7K2MC",
    "Q2RX7DK",
    "7K3M9TY",
    "431382200",
    "active",
    "merged",
    "former",
    "\n",
    "曾示例",
    "name: ",
]


@st.composite
def changes(draw: st.DrawFn) -> list[tuple[str, bytes | None]]:
    """Files in which one piece takes the place of another, or a few bytes are lost; some are gone, some come back."""
    found: list[tuple[str, bytes | None]] = []
    for file in draw(st.lists(st.sampled_from(FILES), min_size=1, max_size=3)):
        data = (small.BASE / file).read_bytes()
        match draw(st.sampled_from(["swap", "swap", "cut", "gone", "back"])):
            case "swap":
                was, now = (draw(st.sampled_from(PIECES)).encode() for _ in range(2))
                data = data.replace(was, now, 1)
            case "cut":
                place = draw(st.integers(0, len(data)))
                data = data[:place] + data[place + draw(st.integers(0, 9)) :]
            case "gone":
                found.append((file, None))
                continue
        found.append((file, data))
    return found


@settings(max_examples=60, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(changes(), min_size=1, max_size=4))
def test_any_row_of_changes_is_judged_as_if_nothing_were_known(
    tmp_path_factory: pytest.TempPathFactory, row: list[list[tuple[str, bytes | None]]]
) -> None:
    """After each of them, a reading with the cache of the ones before finds what one without finds."""
    folder = tmp_path_factory.mktemp("row")
    root, kept = small.base_site(folder / "site"), small.shelf(folder / "kept")
    with pytest.MonkeyPatch.context() as patch:
        small.part_by_station(patch)
        for step in row:
            for file, data in step:
                (root / file).unlink(missing_ok=True)
                if data is not None:
                    (root / file).write_bytes(data)
            assert problems(root, kept) == problems(root)


def test_what_was_swapped_or_damaged_in_the_cache_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files of one kind under each other's names, or cut short: what is found is the same."""
    small.part_by_station(monkeypatch)
    monkeypatch.setattr(gather, "_SETTLED", 0)
    root, kept = small.base_site(tmp_path / "site"), small.shelf(tmp_path / "kept")
    small.change(root, ZENG, "phone: 0738-0000000", "phone: 无")
    expected = problems(root, kept)
    assert len(expected) == 1
    whole = cached.copied(kept, tmp_path / "whole")
    names = sorted(path.name for path in whole.folder.iterdir())
    pairs = [(one, other) for one in names for other in names if one != other and one[-5:] == other[-5:]]
    assert len(pairs) == 6
    for one, other in [*pairs, *((one, None) for one in names)]:
        shutil.rmtree(kept.folder)
        cached.copied(whole, kept.folder)
        data = (whole.folder / other).read_bytes() if other else (whole.folder / one).read_bytes()[:-3]
        (kept.folder / one).write_bytes(data)
        assert problems(root, kept) == expected, (one, other)
        assert problems(root, kept) == expected, (one, other)
