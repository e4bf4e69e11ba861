"""The reader of citations: one paragraph from left to right, remembering which law was named last.

What the wording may be is in `citation_wording`; `citations` is the way in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from liaison.quick import quick

from . import citation_wording as wording
from .citation_parts import claimed_part, is_counted_in_part, law_of_book
from .laws import Laws
from .numerals import number
from .printed import Plain

_NEAR = 40
"""Characters before an article in which the name of its book or chapter is looked for."""

_BEFORE = 14
"""Characters before a law's name that tell a former, foreign or longer one."""

_JOINS = frozenset({"、", "，", "和", "及", "与", "或", "以及", "或者"})
_LONGEST_JOIN = max(map(len, _JOINS))


@quick
@dataclass(frozen=True, slots=True)
class Citation:
    """One article, range of articles, paragraph or item cited. Places are offsets into the text, end exclusive."""

    start: int
    end: int
    """The span of the article's expression, without the law's name."""
    law: str | None
    """Id of the law; None for a law that is named but not on file."""
    name: str
    """The law's name as last written, without 《》."""
    law_start: int
    law_end: int
    """The span of the name (or 该法) where it is written for this citation, else that of the article's expression."""
    article: int
    inserted: int = 0
    """1 for 之一."""
    to: int | None = None
    """Last article of a range."""
    paragraph: int | None = None
    item: int | None = None
    part: str | None = None
    """The book or chapter that the text says the article is in, as written."""
    part_start: int | None = None
    part_end: int | None = None
    is_former: bool = False
    """The text speaks of the law as it was: 原《婚姻法》."""


@dataclass(frozen=True, slots=True)
class Named:
    """A law that has been named."""

    law: str | None
    name: str
    is_former: bool = False


class Reader:
    """Reads one paragraph from left to right."""

    def __init__(self, paragraph: Plain, laws: Laws, last: Named | None, current: Named | None) -> None:
        self.last = last
        """The law last named, to which 该法 refers."""
        self.current = current
        """The law whose article a bare 第1067条 is."""
        self._plain = paragraph
        self._text = paragraph.text
        self._laws = laws
        self._name_span: tuple[int, int] | None = None  # of the name, until an article has followed
        self._law_end = -1  # where the name ended that was read last
        self._cited_end = -1  # where the citation ended that was read last
        self._cited: Citation | None = None

    def read(self) -> Iterator[Citation]:
        """The citations of the paragraph."""
        pattern, at = wording.tokens(self._laws.names), 0
        while found := pattern.search(self._text, at):
            start, at = found.span()
            if found["title"]:
                at = self._title(start, at)
            elif found["name"]:
                self._name(start, at)
            elif found["same"]:
                self._enter(self.last, start, at)
            elif found["article"]:
                yield from self._article(found)
                at = max(at, self._cited_end)
            elif not (found["other"] and self._part(at)):
                self.current = None

    def _enter(self, named: Named | None, start: int, end: int) -> None:
        self.current = named
        self.last = named or self.last
        self._name_span, self._law_end, self._cited = (start, end), end, None

    def _title(self, start: int, end: int) -> int:
        """Take 《…》; where to go on from."""
        title = self._text[start + 1 : end - 1]
        if wording.HAS_ARTICLE.search(title):
            return start + 1
        law = self._laws.named(title) or self._laws.named(wording.without_version(title))
        if law is None:
            if wording.is_law_title(title) and not wording.DERIVED.match(self._text, end):
                self._enter(Named(None, title), start, end)
            elif wording.is_document_title(title) or wording.is_law_title(title):
                self.current = None
        else:
            self._law(law, title, start, end)
        return end

    def _name(self, start: int, end: int) -> None:
        name = self._text[start:end]
        law = self._laws.named(name)
        if law is None or wording.is_longer_name(name, self._before(start)):
            self.current = None
        else:
            self._law(law, name, start, end)

    def _law(self, law: str, name: str, start: int, end: int) -> None:
        before = self._before(start)
        if wording.DERIVED.match(self._text, end) or wording.is_foreign(before):
            self.current = None
            return
        is_repealed = self._laws.by_id[law].repealed is not None
        is_former = wording.is_former(before, self._text[end : end + _BEFORE], is_repealed=is_repealed)
        self._enter(Named(law, name, is_former), start, end)

    def _before(self, start: int) -> str:
        return self._text[max(0, start - _BEFORE) : start].rstrip("《“「〈")

    def _article(self, found: re.Match[str]) -> list[Citation]:
        start, end = found.span()
        if found["joined"] and not self._is_joined(start):
            return []
        if found["again"]:
            if self.current is None or self._cited is None:
                return []
            again = replace(self._cited, to=None, paragraph=None, item=None)
            return self._with_paragraphs(self._moved(again, start, end), end)
        if self.current is None and (law := law_of_book(self._text[max(0, start - _BEFORE) : start], self._laws)):
            self.current = Named(law, self._laws.by_id[law].name)
        part = self._part(start)
        at = part[0] if part else start
        is_direct = part is not None or self._follows_name(at)
        if wording.is_counted(self._text[end : end + 4], is_direct=is_direct) or self._is_counted(found, part):
            return []
        if not is_direct and not self._may_follow(at):
            self.current = None
        if self.current is None or not (cited := self._cite(found, part)):
            return []
        self._cited, self._cited_end = cited[-1], end
        return cited if found["last"] else cited[:-1] + self._with_paragraphs(cited[-1], end)

    def _is_counted(self, found: re.Match[str], part: tuple[int, int] | None) -> bool:
        before = self._text[max(0, found.start() - 2) : found.start()]
        claimed = self._text[slice(*part)] if part else None
        law = self.current.law if self.current else None
        return is_counted_in_part(before, number(found["one"] or ""), claimed, self._laws, law)

    def _cite(self, found: re.Match[str], part: tuple[int, int] | None) -> list[Citation]:
        """One citation for each article of the expression, without paragraphs; none where a number is none."""
        start, end = found.span()
        if found["several"]:
            places = wording.numbers_of(found["several"])
            at = found.start("several")
            starts = [start] + [at + first for _, first, _ in places[1:]]
            ends = [at + last for _, _, last in places[:-1]] + [end]
            return [self._new(a, b, it[0], part) for a, b, it in zip(starts, ends, places, strict=False)]
        article, last = number(found["one"] or found["joined"] or found["first"]), number(found["last"] or "1")
        if article is None or last is None:
            return []
        citation = self._new(start, end, article, part)
        inserted = number(found["inserted"]) if found["inserted"] else 0
        return [replace(citation, inserted=inserted or 0, to=last if found["last"] else None)]

    def _new(self, start: int, end: int, article: int, part: tuple[int, int] | None) -> Citation:
        named = self.current
        assert named is not None  # noqa: S101 - asked for by _article
        place = self._plain.span(start, end)
        law_place = self._plain.span(*self._name_span) if self._name_span else place
        self._name_span = None
        claimed: tuple[str | None, int | None, int | None] = (None, None, None)
        if part:
            claimed = (self._text[slice(*part)], *self._plain.span(*part))
        elif self._cited and self._is_joined(start):
            claimed = (self._cited.part, self._cited.part_start, self._cited.part_end)
        citation = Citation(*place, named.law, named.name, *law_place, article, is_former=named.is_former)
        return replace(citation, part=claimed[0], part_start=claimed[1], part_end=claimed[2])

    def _with_paragraphs(self, citation: Citation, end: int) -> list[Citation]:
        """The citation with the paragraph and item written after it, and one more for each further one."""
        done = [citation]
        while found := wording.PARAGRAPHS.match(self._text, end):
            at, is_item = found.start("numbers"), found["unit"] == "项"
            end = found.end()
            is_joined = found["join"] not in {None, "的", "（", "("}
            for index, (value, first, last) in enumerate(numbers := wording.numbers_of(found["numbers"])):
                stop = end if index == len(numbers) - 1 else at + last
                open_ = done[-1].item is None and (is_item or done[-1].paragraph is None)
                if index or is_joined or not open_:
                    done.append(self._moved(done[-1], at + first, stop))
                done[-1] = replace(done[-1], end=self._plain.places[stop - 1] + 1)
                if found["unit"] == "目":
                    continue
                paragraph = done[-1].paragraph if is_item else value
                done[-1] = replace(done[-1], paragraph=paragraph, item=value if is_item else None)
        self._cited, self._cited_end = done[-1], end
        return done

    def _moved(self, citation: Citation, start: int, end: int) -> Citation:
        """The same article, written in another place."""
        start, end = self._plain.span(start, end)
        return replace(citation, start=start, end=end, law_start=start, law_end=end)

    def _follows_name(self, at: int) -> bool:
        return 0 <= self._law_end <= at <= self._law_end + 3 and not self._text[self._law_end : at].strip("》〉”」")

    def _is_joined(self, at: int) -> bool:
        """Whether only a comma or 和 stands between the citation read last and this place."""
        return 0 < at - self._cited_end <= _LONGEST_JOIN and self._text[self._cited_end : at] in _JOINS

    def _may_follow(self, at: int) -> bool:
        """Whether an article here can be one of the law last named, and not of what stands before it."""
        if at in {0, self._cited_end} or at in self._plain.line_starts or self._is_joined(at):
            return True
        before = self._text[max(0, at - _BEFORE) : at]
        says_rule = before.endswith("规定") and self._law_end >= at - len("》的有关规定")
        return says_rule or wording.may_precede(before)

    def _part(self, at: int) -> tuple[int, int] | None:
        """The place of the words before an article that name its book or chapter: 继承编, 第六编."""
        if self.current is None or self.current.law is None:
            return None
        floor = max(self._law_end, self._cited_end, at - _NEAR, 0)
        is_direct = floor == self._law_end
        part = claimed_part(self._text[floor:at], self._laws, self.current.law, is_direct=is_direct)
        return (floor + part[0], floor + part[1]) if part else None
