"""Which book or chapter a citation says its article is in: 《民法典》继承编第1127条, 民法典第六编第二章第1127条."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .citation_wording import NUMBER
from .laws import Laws

_ORDINAL_PARTS = re.compile(rf"(?:第{NUMBER}(?:分?编|章|节)[^第，。；！？]{{0,24}})+$")
_BOOK = re.compile(r"[“「]?([一-龥]{2,10}编)[”」]?[的中之]?$")
_BEHIND = re.compile(
    r"[ \t]*[（(]?(?:的?规定)?(?:见于?|属于?|位于|规定在|写在|放在|出自|在|是)?(?:《?民法典》?)?的?"
    r"(?P<book>[一-龥]{2,10}编)(?![辑写者排制号码]|的?第)"
)
_EDGES = "“”‘’「」（）()》〉的中之里"

_OF_PART = ("编的", "章的", "节的")
_FEW = 20
"""An article after 这一编的 with a lower number is counted from the beginning of the part."""


def claimed_part(between: str, laws: Laws, law_id: str, *, is_direct: bool) -> tuple[int, int] | None:
    """Where, in the words just before an article, its book or chapter is named; None where none is.

    `is_direct` says that the words begin where the law's name ended: then a part the law does not have counts as well.
    """
    candidates = list(_candidates(between))
    for start, end in candidates:
        if start < end and laws.part_named(law_id, between[start:end]):
            return start, end
    if is_direct and candidates and _looks_like_part(between[slice(*candidates[0])]):
        return candidates[0]
    return None


def part_behind(text: str, end: int, laws: Laws, law_id: str) -> tuple[int, int] | None:
    """Where, just behind an article, its book is named: 第1127条（继承编）, 第1127条属于继承编."""
    if found := _BEHIND.match(text, end):
        stop = found.end("book")
        for start in range(found.start("book"), stop - 2):
            if laws.part_named(law_id, text[start:stop]):
                return start, stop
    return None


def law_of_book(before: str, laws: Laws) -> str | None:
    """The law that alone has the book named just before an article, though the law is not: 继承编第1127条."""
    found = _BOOK.search(before)
    for start in range(found.start(1), found.end(1) - 2) if found else ():
        name = before[start : found.end(1)] if found else ""
        having = [law for law in laws.by_id if (part := laws.part_named(law, name)) and "编 " in part.title]
        if len(having) == 1:
            return having[0]
    return None


def is_counted_in_part(before: str, nth: int | None, claimed: str | None, laws: Laws, law_id: str | None) -> bool:
    """Whether 婚姻家庭编的第一条 means the first of the book, and not article 1 of the law."""
    if nth is None or nth >= _FEW or not before.endswith(_OF_PART):
        return False
    part = laws.part_named(law_id, claimed) if law_id and claimed else None
    return part is None or nth < part.from_


def _candidates(between: str) -> Iterator[tuple[int, int]]:
    """Where, just before an article, the words may be that name its book or chapter: the likeliest first."""
    if between and not re.search(r"[，。；！？：,;:]", between):
        yield _trimmed(between, 0, len(between))
    for pattern in (_ORDINAL_PARTS, _BOOK):
        if found := pattern.search(between):
            yield _trimmed(between, found.start(), found.end())
    if found := _BOOK.search(between):
        end = found.end(1)
        for length in range(end - found.start(1) - 1, 2, -1):
            yield end - length, end


def _trimmed(words: str, start: int, end: int) -> tuple[int, int]:
    while start < end and words[start] in _EDGES:
        start += 1
    while start < end and words[end - 1] in _EDGES and not _closes(words[start:end]):
        end -= 1
    return start, end


def _closes(words: str) -> bool:
    opening = {"”": "“", "」": "「", "）": "（"}.get(words[-1])
    return opening is not None and opening in words


def _looks_like_part(words: str) -> bool:
    """Whether words after a law's name can only mean a book or chapter, known or not: 劳动编, 第九编."""
    return _ORDINAL_PARTS.fullmatch(words) is not None or _BOOK.fullmatch(words) is not None
