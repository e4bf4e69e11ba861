import random
import shutil
from pathlib import Path

import pytest

from support import warm
from support.editing import tampering
from support.editing.decks import MISTAKES, RECORDS, hand, play
from support.editing.desk import Desk
from support.sites import Built

SEQUENCES, STEPS = 12, 7
DAMAGE = tampering.CACHE_EDITS


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_a_check_prints_what_a_first_check_would_print(seed: int, prepared: Built, memory: Path) -> None:
    """Records edited, spoilt and mended, days passing, caches damaged, builds between: every byte is the same."""
    chance = random.Random(1000 + seed)
    desk = Desk(memory / "root", memory / "site", memory / "cache", chance)
    shutil.copytree(prepared.source, desk.root)
    mistakes, sound, is_sound, words = hand(MISTAKES, seed, STEPS), desk.files(), True, [f"seed {seed}"]
    for step in range(STEPS):
        if is_sound and chance.random() < 0.4:
            words.append(play(desk, chance.choice(RECORDS), RECORDS))
            sound = desk.files()
        elif is_sound or chance.random() < 0.6:
            words.append(play(desk, mistakes[step], MISTAKES))
            is_sound = False
        else:
            desk.restore(sound)
            is_sound = True
            words.append("every mistake is mended")
        if chance.random() < 0.2:
            words.append(play(desk, chance.choice(DAMAGE), DAMAGE))
        if chance.random() < 0.2:
            words.append("build")
            done = warm.build(desk.root, desk.out, LIAISON_CACHE=str(desk.cache), **desk.today)
            assert done.code == (not is_sound), "\n".join([*words, str(done)])
        part = chance.choice((".", ".", "stations", desk.named(desk.pick(desk.stations()).home)))
        again, first = checked(desk, part, memory / "clean")
        assert again == first, "\n".join([*words, f"check {part}", str(again), "should be", str(first)])
        assert again.code in ({0, 1} if part != "." else {int(not is_sound)}), "\n".join([*words, str(again)])


def checked(desk: Desk, part: str, clean: Path) -> tuple[warm.Said, warm.Said]:
    """What a check of a part of the site prints here, and what it prints where nothing is remembered."""
    shutil.copytree(desk.root, clean, symlinks=True)
    again = warm.check(desk.root / part, LIAISON_CACHE=str(desk.cache), **desk.today)
    first = warm.check(clean / part, LIAISON_CACHE="", **desk.today)
    shutil.rmtree(clean)
    return again, first
