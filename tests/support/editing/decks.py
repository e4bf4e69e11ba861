"""Which edits a sequence consists of: drawn like cards, so that each kind comes as often as any other."""

from __future__ import annotations

import random
from collections.abc import Sequence

from support.editing import facts, lessons, mistakes, people, places, tampering
from support.editing.desk import Desk, Edit, UnfitError

RECORDS: Sequence[Edit] = (*people.EDITS, *places.EDITS, *facts.EDITS, *lessons.EDITS)
"""After each of these the records are still without errors."""

TAMPERING: Sequence[Edit] = tampering.EDITS
MISTAKES: Sequence[Edit] = (*mistakes.EDITS, *lessons.MISTAKES)


def hand(deck: Sequence[Edit], seed: int, size: int) -> list[Edit]:
    """The cards of one of many sequences: shuffled decks lie in a row, and each sequence takes the next few."""
    first, last = seed * size, (seed + 1) * size
    cards: list[Edit] = []
    for number in range(first // len(deck), last // len(deck) + 1):
        cards += random.Random(number).sample(deck, len(deck))
    start = first % len(deck)
    return cards[start : start + size]


def play(desk: Desk, card: Edit, instead: Sequence[Edit]) -> str:
    """Make an edit, or another of the same deck where it finds nothing to change; says in words what was done."""
    while True:
        try:
            words = desk.do(card)
        except UnfitError:
            card = desk.chance.choice(instead)
        else:
            told = f"{card.__module__.rpartition('.')[2]}.{card.__name__}: {words}"
            return told.encode("utf-8", "backslashreplace").decode()  # names of files may be no text
