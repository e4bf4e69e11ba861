"""Several runs of the program that could get into each other's way: for one site, or at one place."""

import random
import shutil
from pathlib import Path

from support import warm
from support.editing.decks import RECORDS, play
from support.editing.desk import Desk
from support.large import DAY, LATER, Large, change_every_page, start_build, start_check
from support.sites import Built
from support.trees import Tree, must_be, tree_of


def test_two_builds_and_a_check_do_not_disturb_each_other(large: Large, memory: Path) -> None:
    """Two folders built at once from one site, while it is checked; then once more after every page has changed."""
    root = large.copy(memory / "root")
    all_at_once(root, memory, DAY, large.first)
    change_every_page(root)
    all_at_once(root, memory, LATER, large.second)


def all_at_once(root: Path, folder: Path, day: str, wanted: Tree) -> None:
    variables = {"LIAISON_TODAY": day, "LIAISON_CACHE": str(folder / "cache")}
    outs, logs = (folder / "one", folder / "other"), (folder / "one.log", folder / "other.log", folder / "check.log")
    running = [start_build(root, out, log, **variables) for out, log in zip(outs, logs, strict=False)]
    running.append(start_check(root, logs[-1], **variables))
    codes = [process.wait(timeout=120) for process in running]
    assert codes == [0, 0, 0], "\n".join(log.read_text("utf-8") for log in logs)
    for out in outs:
        must_be(out, wanted)
    assert logs[-1].read_text("utf-8") == warm.check(root, LIAISON_TODAY=day, LIAISON_CACHE="").out


def test_two_folders_are_built_in_turn(prepared: Built, memory: Path) -> None:
    """Each is behind by what was edited for the other, and comes to hold what a clean build gives."""
    desk = Desk(memory / "root", memory / "site", memory / "cache", random.Random(7))
    shutil.copytree(prepared.source, desk.root)
    for turn in range(4):
        words = [play(desk, desk.chance.choice(RECORDS), RECORDS) for _ in range(3)]
        out = memory / ("even", "odd")[turn % 2]
        done = warm.build(desk.root, out, LIAISON_CACHE=str(desk.cache), **desk.today)
        assert done.code == 0, done
        if turn > 1:
            clean = memory / f"clean-{turn}"
            assert warm.build(desk.root, clean, LIAISON_CACHE="", **desk.today).code == 0
            must_be(out, tree_of(clean), words)


def test_another_site_at_the_same_place_is_another_site(prepared: Built, large: Large, memory: Path) -> None:
    """What is remembered of a folder is of no use, and does no harm, when all that was in it has changed."""
    root, out, variables = memory / "root", memory / "site", {"LIAISON_CACHE": str(memory / "cache")}
    for source, wanted, day in (
        (prepared.source, tree_of(prepared.tree), ""),
        (large.root, large.first, DAY),
        (prepared.source, tree_of(prepared.tree), ""),
    ):
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(source, root)
        done = warm.build(root, out, LIAISON_TODAY=day, **variables)
        assert done.code == 0, done
        must_be(out, wanted)
