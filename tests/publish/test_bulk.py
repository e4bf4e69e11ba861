import multiprocessing
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from liaison.publish import bulk
from liaison.publish.bulk import write_all
from liaison.publish.tree import Tally, Tree, TwiceError
from liaison.workers import usual_workers
from support.sites import contents

MANY = range(2_000)  # more than are written in one process, in several chunks
PAINFUL = 1_234


class PainError(Exception):
    """What goes wrong with one page."""


def render(number: int) -> Iterator[tuple[str, bytes]]:
    """Two files for every tenth page, as for a deputy with a photo."""
    yield f"D/{number % 26:02}/{number}/index.html", f"page {number}".encode()
    if number % 10 == 0:
        yield f"D/{number % 26:02}/{number}/photo.jpg", bytes([number % 256]) * 50


def render_with_pain(number: int) -> Iterator[tuple[str, bytes]]:
    if number == PAINFUL:
        raise PainError(f"page {number}")
    yield from render(number)


def where(number: int) -> Iterator[tuple[str, bytes]]:
    yield f"{number}.txt", str(os.getpid()).encode()


def claimed(root: Path, numbers: range = MANY) -> Tree:
    tree = Tree(root)
    tree.claim(path for number in numbers for path, _ in render(number))
    return tree


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What one process writes."""
    root = tmp_path_factory.mktemp("alone")
    write_all(MANY, render, claimed(root), workers=1)
    return root


@pytest.mark.parametrize("workers", [2, 3])
def test_workers_write_what_one_process_writes(workers: int, alone: Path, tmp_path: Path) -> None:
    """The same paths and bytes, and the same count of them, again also of those left alone."""
    tree = claimed(tmp_path)
    write_all(MANY, render, tree, workers)
    assert contents(tmp_path) == contents(alone)
    assert tree.finish() == Tally(written=2_200, unchanged=0, removed=0)
    again = claimed(tmp_path)
    write_all(MANY, render, again, workers)
    assert again.finish() == Tally(written=0, unchanged=2_200, removed=0)


def test_the_expected_files_are_there(alone: Path) -> None:
    """Every page, none twice, chunk borders included."""
    expected = {path: data for number in MANY for path, data in render(number)}
    assert contents(alone) == expected
    assert len(expected) == 2_200


@pytest.mark.parametrize(
    ("count", "workers", "in_workers"), [(1_500, 2, False), (1_501, 2, True), (1_501, 1, False), (0, 2, False)]
)
def test_workers_start_only_where_they_pay(count: int, workers: int, tmp_path: Path, *, in_workers: bool) -> None:
    """Beyond 1,500 pages and with more than one worker; else this process does it."""
    numbers = range(count)
    tree = Tree(tmp_path)
    tree.claim(f"{number}.txt" for number in numbers)
    write_all(numbers, where, tree, workers)
    processes = set(contents(tmp_path).values())
    assert len(contents(tmp_path)) == count
    assert (str(os.getpid()).encode() not in processes) == (in_workers or not count)


@pytest.mark.parametrize("workers", [1, 2])
def test_what_goes_wrong_in_a_worker_comes_out(workers: int, tmp_path: Path) -> None:
    """The error itself, not a broken pool; and no worker is left behind."""
    with pytest.raises(PainError, match="page 1234"):
        write_all(MANY, render_with_pain, claimed(tmp_path), workers)
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_a_file_that_nobody_planned_is_told(workers: int, tmp_path: Path) -> None:
    """A renderer that makes more than it said is a fault of the program."""
    tree = claimed(tmp_path, range(1_999))
    with pytest.raises(TwiceError, match=r"写了没有计划的文件：D/23/1999/index\.html"):
        write_all(MANY, render, tree, workers)


def test_where_processes_cannot_fork_one_does_it_all(
    alone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same tree, more slowly."""
    monkeypatch.setattr(bulk, "pool", None)
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    write_all(MANY, render, claimed(tmp_path), workers=2)
    assert contents(tmp_path) == contents(alone)


def test_the_usual_number_of_workers_is_that_of_processors() -> None:
    """At least one, and no more than the machine has."""
    assert 1 <= usual_workers() <= (os.cpu_count() or 1)
