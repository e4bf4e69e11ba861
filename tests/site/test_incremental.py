import os
import random
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from support import warm
from support.editing import tampering
from support.editing.decks import MISTAKES, RECORDS, TAMPERING, hand, play
from support.editing.desk import Desk, Edit
from support.sites import Built, run_build
from support.trees import must_be, tree_of

SEQUENCES = 50 if os.environ.get("LIAISON_NO_SKIPS") else 6
"""All where CI decides; fewer where somebody waits."""

EDITS, TAMPERINGS = 6, 2
BACK = (tampering.earlier_output, tampering.earlier_cache)


@dataclass
class Story:
    """A site that is edited and built again and again, and what was done to it in words."""

    seed: int
    folder: Path
    memory: Path
    """A folder for what is built from nothing."""
    words: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Chances of its own, and a place for everything."""
        self.chance = random.Random(self.seed)
        self.desk = Desk(self.folder / "root", self.folder / "site", self.folder / "cache", self.chance)

    def __str__(self) -> str:
        told = [f"sequence of seed {self.seed}", *(f"{at:3}. {words}" for at, words in enumerate(self.words, 1))]
        return "\n".join(told)

    def play(self, cards: Sequence[Edit], instead: Sequence[Edit]) -> None:
        """Make some edits."""
        self.words += [play(self.desk, card, instead) for card in cards]

    def build(self, *, cold: bool = False) -> None:
        """Build on top of what is there."""
        done = self._build(cold=cold)
        assert done.code == 0, f"{self}\n{done}"
        self.words.append("build")

    def build_in_vain(self, mistake: Edit, *, cold: bool) -> None:
        """Plant an error: the build is refused and leaves the site alone; mend it."""
        sound = self.desk.files()
        before = tree_of(self.desk.out)
        self.play([mistake], MISTAKES)
        done = self._build(cold=cold)
        assert done.code == 1, f"{self}\n{done}"
        assert "错误" in done.err, f"{self}\n{done}"
        must_be(self.desk.out, before, self)
        self.desk.restore(sound)
        self.words.append("build in vain, and mend it")

    def compare(self) -> None:
        """The site is what a build from nothing gives of the same records elsewhere."""
        clean = self.memory / "clean"
        shutil.copytree(self.desk.root, clean / "root", ignore=shutil.ignore_patterns(".cache"))
        cache = self.chance.choice(("", str(clean / "cache")))
        done = warm.build(clean / "root", clean / "site", LIAISON_CACHE=cache, **self.desk.today)
        assert done.code == 0, f"{self}\n{done}"
        must_be(self.desk.out, tree_of(clean / "site"), self)
        shutil.rmtree(clean)
        self.words.append("compare")

    def _build(self, *, cold: bool) -> warm.Said:
        start = build_cold if cold else warm.build
        return start(self.desk.root, self.desk.out, LIAISON_CACHE=str(self.desk.cache), **self.desk.today)


def build_cold(source: Path, out: Path, **variables: str) -> warm.Said:
    done = run_build(source, out, cwd=None, **variables)
    return warm.Said(done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize("seed", range(SEQUENCES))
def test_builds_on_top_of_each_other_give_what_a_clean_build_gives(
    seed: int, prepared: Built, memory: Path, tmp_path: Path
) -> None:
    """Whatever was edited, planted, mended or tampered with: the same files, bytes, modes, and no empty folders."""
    cold = seed % 4 == 0  # builds start as on a terminal, not from a process that has MkDocs loaded
    steps = 3 if seed % 4 == 2 else 2
    story = Story(seed, tmp_path if cold else memory, memory)
    shutil.copytree(prepared.source, story.desk.root, ignore=shutil.ignore_patterns(".cache"))
    tamperings = sorted(hand(TAMPERING, seed, TAMPERINGS), key=BACK.__contains__)
    if set(tamperings) & set(tampering.CACHE_EDITS) or story.chance.random() < 0.3:
        story.build()
    else:  # a site from elsewhere, of which nothing is remembered here
        shutil.copytree(prepared.tree, story.desk.out)
    if set(tamperings) & set(BACK):
        tampering.keep(story.desk)
    edits = hand(RECORDS, seed, EDITS)
    for step in range(steps):
        if seed % 3 == 0 and step == seed % steps:
            story.build_in_vain(hand(MISTAKES, seed // 3, 1)[0], cold=cold)
        story.play(edits[step::steps], RECORDS)
        story.play(tamperings[step : step + 1], TAMPERING)
        story.build(cold=cold)
        if step == steps - 1 or story.chance.random() < 0.2:
            story.compare()
