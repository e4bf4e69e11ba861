"""Power cuts: programs killed at any moment, and what the next run makes of what they left."""

import os
import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pytest

from support import warm
from support.editing.decks import MISTAKES, hand, play
from support.editing.desk import Desk
from support.large import DAY, LATER, Large, change_every_page, start_build, start_check, written_since
from support.trees import Tree, must_be

_LEAST_DELAY, _MOST_DELAY = 0.1, 0.8


def kill(process: subprocess.Popen[bytes]) -> None:
    """`kill -9` for a program and its workers, unless it has ended."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


@dataclass
class Place:
    """A copy of the large site, where it is built, what is remembered of it, and temporary files."""

    folder: Path

    def __post_init__(self) -> None:
        """Everything below one folder."""
        self.root, self.out, self.log = (self.folder / name for name in ("root", "site", "log"))
        self.scratch = self.folder / "scratch"
        self.scratch.mkdir()

    def variables(self, day: str) -> dict[str, str]:
        """Of a run on a day."""
        return {"LIAISON_TODAY": day, "LIAISON_CACHE": str(self.folder / "cache"), "TMPDIR": str(self.scratch)}

    def build_and_kill(self, day: str, share: float, of: int) -> None:
        """Start a build and kill it as soon as it has written a share of so many files; 0 is before it has begun."""
        start = time.time_ns()
        process = start_build(self.root, self.out, self.log, **self.variables(day))
        if not share:
            time.sleep(random.Random(day).uniform(_LEAST_DELAY, _MOST_DELAY))
        while share and process.poll() is None and written_since(self.out, start) < share * of:
            time.sleep(0.002)
        kill(process)

    def must_recover(self, day: str, wanted: Tree) -> None:
        """The next build ends well with the site of a clean build, and leaves nothing lying about."""
        shutil.rmtree(self.scratch)  # what the system does with temporary files of killed programs
        self.scratch.mkdir()
        done = warm.build(self.root, self.out, **self.variables(day))
        assert done.code == 0, done
        must_be(self.out, wanted)
        assert not list(self.scratch.iterdir())


@pytest.mark.parametrize("share", [0, 0.02, 0.5, 0.98, 1], ids=["before", "beginning", "middle", "end", "last"])
def test_a_killed_build_is_as_if_it_had_not_been(share: float, large: Large, memory: Path) -> None:
    """A first build and one that changes every page, killed with their workers: the next build gives the right site."""
    place = Place(memory)
    large.copy(place.root)
    place.build_and_kill(DAY, share, files(large.first.items()))
    place.must_recover(DAY, large.first)
    change_every_page(place.root)
    place.build_and_kill(LATER, share, files(large.second.items() - large.first.items()))
    place.must_recover(LATER, large.second)


def test_a_killed_check_is_as_if_it_had_not_been(large: Large, memory: Path) -> None:
    """Killed at several moments, without and with something remembered: the next check prints what a first one does."""
    place, chance = Place(memory), random.Random(9)
    desk = Desk(large.copy(place.root), place.out, memory / "cache", chance)
    for card in hand(MISTAKES, 0, 4):
        play(desk, card, MISTAKES)
    wanted = warm.check(place.root, LIAISON_TODAY=DAY, LIAISON_CACHE="")
    assert wanted.code == 1, wanted
    for latest in (0.2, 0.4, 0.6):
        process = start_check(place.root, place.log, **place.variables(DAY))
        time.sleep(chance.uniform(0.05, latest))
        kill(process)
        if latest > 0.3:
            assert warm.check(place.root, **place.variables(DAY)) == wanted


def files(entries: Iterable[tuple[str, tuple[str, bytes]]]) -> int:
    return sum(mode.startswith("-") for _, (mode, _) in entries)
