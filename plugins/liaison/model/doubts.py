"""Citations that the words around them speak against: 赡养 with art. 36 of the civil code, meaning 26 and 1067."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .citations import Citation
from .laws import Laws

_ENDS = re.compile(r"[。！？；\n]")


@dataclass(frozen=True, slots=True)
class Doubt:
    """A word of the sentence, and the articles that are usually cited for it."""

    word: str
    articles: tuple[int, ...]


def doubts(text: str, found: Sequence[Citation], laws: Laws) -> dict[int, Doubt]:
    """What speaks against citations in `text`, by their number in `found`.

    A sentence is doubted only where none of its articles fits the word: it may cite one article for each of several
    things.
    """
    keywords = [keyword for keyword in laws.keywords if any(word in text for word in keyword.words)] if found else []
    if not keywords:
        return {}
    ends = [0, *(end.end() for end in _ENDS.finditer(text)), len(text)]
    in_sentence: dict[int, list[int]] = {}
    sentence = 0
    for number, one in sorted(enumerate(found), key=lambda pair: pair[1].start):
        while sentence + 1 < len(ends) - 1 and ends[sentence + 1] <= one.start:
            sentence += 1
        in_sentence.setdefault(sentence, []).append(number)
    doubted: dict[int, Doubt] = {}
    for sentence, numbers in in_sentence.items():
        words = text[ends[sentence] : ends[sentence + 1]]
        for keyword in keywords:
            word = next((word for word in keyword.words if word in words), None)
            meant = [number for number in numbers if found[number].law == keyword.law]
            if word is None or any(keyword.allows(article) for one in meant for article in _articles(found[one])):
                continue
            doubted |= {one: Doubt(word, keyword.articles) for one in meant if one not in doubted}
    return doubted


def _articles(citation: Citation) -> range:
    return range(citation.article, (citation.to or citation.article) + 1)
