"""Words compared with the text of an article: whether they stand in it, and if not, where they begin to differ."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from .laws import ITEM, PARAGRAPH

_CONTEXT = 6
"""Characters of the law shown on either side of the place."""

_KIN = 0.3
"""Share of pairs of neighbouring characters that must be common, for a closer look to be worth its time."""

_SHOWN = 40
_OMITTED = re.compile(r"…+|\.{3,}")
_OUTER = "。，；：！？、,.;:!?—-（）()"
_SAME_SIGNS = str.maketrans("‘’「」『』,;:()?!", "“”“”“”，；：（）？！")
_HEAD = re.compile(r"第[零〇一二三四五六七八九十百千\d]{1,9}条(?:规定)?[：:，]?")


@dataclass(frozen=True, slots=True)
class Difference:
    """How words differ from a text: how like they are (0–1), from where to where, and what the text says there."""

    likeness: float
    start: int
    end: int
    expected: str


def one_piece(text: str) -> str:
    """The text of an article without marks and blanks, with one sign for each kind of punctuation."""
    return "".join(text.replace(PARAGRAPH, "").replace(ITEM, "").split()).translate(_SAME_SIGNS)


def pieces_of(words: str) -> list[tuple[int, str]]:
    """What stands between omissions (……), with the place of each; without outer punctuation and 第1043条 in front."""
    words = words.translate(_SAME_SIGNS)
    head = _HEAD.match(words)
    found: list[tuple[int, str]] = []
    at = head.end() if head else 0
    for omitted in [*_OMITTED.finditer(words, at), None]:
        piece = words[at : omitted.start() if omitted else None]
        bare = piece.lstrip(_OUTER)
        if stripped := bare.rstrip(_OUTER):
            found.append((at + len(piece) - len(bare), stripped))
        at = omitted.end() if omitted else at
    return found


def first_missing(pieces: list[tuple[int, str]], text: str) -> int | None:
    """Index of the first piece that does not follow the one before it in the text; None where all do."""
    at = 0
    for index, (_, piece) in enumerate(pieces):
        if (at := text.find(piece, at)) < 0:
            return index
        at += len(piece)
    return None


def difference(words: str, text: str) -> Difference:
    """How words differ from the stretch of the text that they are most like."""
    pairs = {words[at : at + 2] for at in range(len(words) - 1)}
    if sum(pair in text for pair in pairs) < _KIN * len(pairs):
        return Difference(0.0, 0, len(words), text[:_SHOWN])
    by_place, in_step = _by_place(words, text), _in_step(words, text)
    likeness = max(by_place.likeness, in_step.likeness)
    nearest = min(by_place, in_step, key=lambda differs: differs.end - differs.start)
    return Difference(likeness, nearest.start, nearest.end, nearest.expected)


def _by_place(words: str, text: str) -> Difference:
    """The words laid over the text, sign over sign: the best where signs were only exchanged."""
    anchor = SequenceMatcher(None, text, words, autojunk=False).find_longest_match()
    same = re.escape(words[anchor.b : anchor.b + anchor.size])
    places = [found.start() - anchor.b for found in re.finditer(same, text)] if anchor.size else [0]
    unequal, at = min(((_unequal(words, text, place), place) for place in places), key=lambda found: len(found[0]))
    start, end = (unequal[0], unequal[-1] + 1) if unequal else (0, len(words))
    expected = text[max(0, at + start - _CONTEXT) : max(0, at + end) + _CONTEXT]
    return Difference(1 - len(unequal) / len(words), start, end, expected)


def _unequal(words: str, text: str, at: int) -> list[int]:
    """The places in the words whose sign is not that of the text."""
    return [index for index, sign in enumerate(words) if not 0 <= at + index < len(text) or text[at + index] != sign]


def _in_step(words: str, text: str) -> Difference:
    """The words laid along the text from where they begin: the best where signs were left out or added."""
    low, high = 0, len(words)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if words[:middle] in text else (low, middle - 1)
    at = text.find(words[:low])
    window = text[at : at + len(words) + _CONTEXT]
    steps = [step for step in SequenceMatcher(None, window, words, autojunk=False).get_opcodes() if step[0] != "equal"]
    if steps and steps[-1][0] == "delete" and steps[-1][2] == len(window):
        window = window[: steps[-1][1]]
        steps.pop()
    if not steps or not low:
        return Difference(0.0, 0, len(words), window)
    ratio = SequenceMatcher(None, window, words, autojunk=False).ratio()
    start, end = min(steps[0][3], len(words) - 1), max(steps[-1][4], steps[0][3] + 1)
    expected = window[max(0, steps[0][1] - _CONTEXT) : steps[-1][2] + _CONTEXT]
    return Difference(ratio, start, min(end, len(words)), expected)
