"""Words in quotation marks that a text gives as those of a law, compared with the law's text where that is on file.

Terms in quotation marks and what people say are not quotations of a law, unless they are very like it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from liaison.quick import quick

from .citations import Citation
from .laws import Laws
from .likeness import Difference, difference, first_missing, one_piece, pieces_of
from .printed import Plain, paragraphs

_ALIKE = 0.75
"""Share of equal characters from which words are held to be a quotation, though nothing says so."""

_TERM = 8
"""Shorter words are a term, not a quotation, unless a colon introduces them."""

_LONGEST = 2000
_NEAR = 20
"""Characters between a citation and the words it introduces."""

_WORK = 20_000_000
"""Pairs of characters compared in one text at most; what comes after is not compared."""

_ARTICLES = 60
"""Articles of one paragraph at most that its quotations are compared with."""

_QUOTED = re.compile(r"“([^“”]{1,2000})”|「([^「」]{1,2000})」")
_SAYS = (
    r"(?:规定|明确|写道|写明|写着|指出|说|载明|要求|强调|提出|[原全条]文|内容)"
    r"(?:了|是|为|得|道|如下|指出|的(?=[：:])|[：:，,])*$"
)
_ADVERBS = r"[中里还也就则都又对此作专门同时已经是明确地清楚这样的其曾]{0,8}"
_INTRODUCED = re.compile(rf"[》）)”]?{_ADVERBS}{_SAYS}|[》）)]?[：:]?$")
_INTRODUCED_BY_OTHERS = re.compile(rf"(?:》|法典?|条例|办法|[公规民条]约|解释)[^。；“”]{{0,6}}{_SAYS}")
_SOURCE = re.compile(r"[”」]?[。，；]?(?:[（(]|—{1,2})(?:参?见|引自|出自|摘自|语出)?")


@quick
@dataclass(frozen=True, slots=True)
class Misquotation:
    """Words given as those of a law that are not. Places are offsets into the text, end exclusive."""

    start: int
    end: int
    """The span from the first to the last character that differs."""
    citation: Citation
    """The citation of the article that the words are nearest to."""
    expected: str
    """The words of the law at that place, with a few on either side."""


def misquotations(text: str, found: Sequence[Citation], laws: Laws) -> tuple[Misquotation, ...]:
    """The quotations in a Markdown text that do not stand in any article cited in their paragraph.

    `found` are the citations of the text, in order. A block quotation may also be of an article cited in the paragraph
    before it, or in the one behind it after a dash. …… stands for words left out; blanks, emphasis and outer
    punctuation make no difference, nor does it which 款 is cited. What is introduced by a citation of a law without
    text here is not compared.
    """
    if not any(citation.law in laws.texts for citation in found):
        return ()
    checker = _Checker(laws)
    starts = [citation.start for citation in found]
    wrong: list[Misquotation] = []
    before = _Before([], "")
    every = list(paragraphs(text))
    for paragraph, following in zip(every, [*every[1:], None], strict=True):
        places = paragraph.places
        if not places:
            continue
        first, last = bisect_left(starts, places[0]), bisect_left(starts, places[-1] + 1)
        cited = [_cited(citation, paragraph) for citation in found[first:last]]
        if paragraph.is_quote and following and following.places and following.text.startswith("—"):
            begin, end = bisect_left(starts, following.places[0]), bisect_left(starts, following.places[-1] + 1)
            if named := [_cited(citation, following) for citation in found[begin:end]]:
                before = _Before(named, "")
        wrong += checker.check(paragraph, cited, before)
        before = _Before(cited, paragraph.text[cited[-1].end :] if cited else "")
    return tuple(wrong)


@dataclass(frozen=True, slots=True)
class _Cited:
    """A citation and its place in the plain text of its paragraph."""

    citation: Citation
    start: int
    end: int


def _cited(citation: Citation, paragraph: Plain) -> _Cited:
    start = min(citation.start, citation.law_start)
    return _Cited(citation, bisect_left(paragraph.places, start), bisect_left(paragraph.places, citation.end))


@dataclass(frozen=True, slots=True)
class _Before:
    """What the paragraph before cites, and its text after the last citation."""

    cited: list[_Cited]
    tail: str


@dataclass(frozen=True, slots=True)
class _Quotation:
    """Words in quotation marks, their place in the plain text, and the citation that introduces them."""

    start: int
    words: str
    by: Citation | None
    is_after_colon: bool = False


class _Checker:
    """Compares quotations with articles, up to a limit of work."""

    def __init__(self, laws: Laws) -> None:
        self._laws = laws
        self._work = _WORK

    def check(self, paragraph: Plain, cited: list[_Cited], before: _Before) -> Iterator[Misquotation]:
        """What is misquoted in a paragraph."""
        known = before.cited + cited if paragraph.is_quote else cited
        articles = self._articles([one.citation for one in known])
        if not articles:
            return
        for quotation in _quotations(paragraph, cited, before):
            by = quotation.by
            if by is not None and (by.is_former or self._laws.text(by.law or "", by.article) is None):
                continue
            if (found := self._compared(quotation, articles)) is not None:
                citation, differs, at = found
                start = quotation.start + at
                place = paragraph.span(start + differs.start, start + differs.end)
                yield Misquotation(*place, citation, differs.expected)

    def _articles(self, cited: Sequence[Citation]) -> list[tuple[Citation, str]]:
        """Each article cited of which there is a text, with the text in one piece."""
        found: dict[tuple[str, int], tuple[Citation, str]] = {}
        for citation in cited:
            for article in range(citation.article, (citation.to or citation.article) + 1):
                text = self._laws.text(citation.law or "", article)
                if text is None or citation.is_former or len(found) == _ARTICLES:
                    break
                found.setdefault((citation.law or "", article), (citation, one_piece(text)))
        return list(found.values())

    def _compared(
        self, quotation: _Quotation, articles: list[tuple[Citation, str]]
    ) -> tuple[Citation, Difference, int] | None:
        """The nearest article, how the words differ, and where the piece that differs begins; None if nothing does."""
        pieces = pieces_of(quotation.words)
        length = sum(len(piece) for _, piece in pieces)
        if not pieces or (length < _TERM and not quotation.is_after_colon):
            return None
        if any(first_missing(pieces, text) is None for _, text in articles):
            return None
        best: tuple[Citation, Difference, int] | None = None
        for citation, text in articles:
            at, piece = pieces[first_missing(pieces, text) or 0]
            self._work -= len(piece) * len(text)
            if self._work < 0:
                return None
            differs = difference(piece, text)
            if best is None or differs.likeness > best[1].likeness:
                best = (citation, differs, at)
        is_quotation = quotation.by is not None or (best is not None and best[1].likeness >= _ALIKE)
        return best if is_quotation else None


def _quotations(paragraph: Plain, cited: list[_Cited], before: _Before) -> Iterator[_Quotation]:
    """The words in quotation marks of a paragraph, or the whole of a block quotation."""
    text = paragraph.text
    if paragraph.is_quote and not _QUOTED.search(text):
        yield from _block(text, cited, before)
        return
    starts, ends = [one.start for one in cited], [one.end for one in cited]
    for found in _QUOTED.finditer(text):
        start, end = found.start(found.lastindex or 0), found.end()
        done, coming = bisect_right(ends, start - 1), bisect_left(starts, end)
        ahead = cited[done - 1] if done else None
        behind = cited[coming] if coming < len(cited) else None
        gap = text[ahead.end : start - 1] if ahead and start - ahead.end <= _NEAR else None
        if ahead and gap is not None and _INTRODUCED.match(gap):
            yield _Quotation(start, found[found.lastindex or 0], ahead.citation, gap.endswith(("：", ":")))
        elif behind and (source := _SOURCE.match(text, end)) and source.end() == behind.start:
            yield _Quotation(start, found[found.lastindex or 0], behind.citation)
        elif not _INTRODUCED_BY_OTHERS.search(text[max(0, start - _NEAR) : start - 1]):
            yield _Quotation(start, found[found.lastindex or 0], None)


def _block(text: str, cited: list[_Cited], before: _Before) -> Iterator[_Quotation]:
    """A block quotation without its heading (第1043条) and its source (——《民法典》第1043条)."""
    start, end = 0, len(text)
    by = before.cited[-1].citation if before.cited and _INTRODUCED.match(before.tail) else None
    for one in cited:  # others stand in the words quoted
        if one.start <= 1:
            by, start = one.citation, one.end
        elif source := re.search(r"[—（(]+(?:参?见|引自|出自|摘自)?$", text[max(0, one.start - _NEAR) : one.start]):
            by, end = one.citation, min(end, one.start - len(source[0]))
    if start < end <= start + _LONGEST:
        yield _Quotation(start, text[start:end], by, is_after_colon=True)
