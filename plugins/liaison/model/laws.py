"""Laws as data: names, table of contents, how many paragraphs (款) and items (项) an article has, and some texts.

`Laws` is the registry that citations and quotations are checked against.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from liaison.quick import quick

from .numerals import NUMERAL_SIGNS, chinese, number
from .values import Day, Text, Whole, wrong

PARAGRAPH, ITEM = "¶", "‖"
"""In the text of an article: what stands before each further 款, and before each 项."""

PRC = "中华人民共和国"

_CLOSED = ConfigDict(extra="forbid")
_SPAN = re.compile(r"(\d{1,4})(?:-(\d{1,4}))?", re.ASCII)
_COUNTS = re.compile(r"\d{1,2}(?: \d{1,2})*", re.ASCII)
_ORDINAL = re.compile(rf"第([{NUMERAL_SIGNS}]+|[0-9０-９]+)(分?编|章|节)")
_AFTER_BOOK = re.compile(r"(?<=编)(?!$)")
_QUOTES = re.compile(r"[\s“”‘’「」『』《》（）()]")
_LONGEST_NAME = 80
_SHORTEST_NAME = 2
"""A shorter one would be found in every text."""


def _span(value: object) -> object:
    """`26` or `1069-1075` as first and last article."""
    if not isinstance(value, str):
        return value
    found = _SPAN.fullmatch(value)
    span = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if not 0 < span[0] <= span[1]:
        raise wrong("field/type", "这里要写条的序号，或用短横连接的起止序号", "写成 26 或 1069-1075 这样的形式")
    return span


def _counts(value: object) -> object:
    """`0 3` as the number of items of each paragraph."""
    if not isinstance(value, str):
        return value
    if not _COUNTS.fullmatch(value):
        raise wrong("field/type", "这里要写每一款有几项，各数用一个空格隔开", "写成 0 3 这样的形式")
    return tuple(int(count) for count in value.split(" "))


Span = Annotated[tuple[int, int], BeforeValidator(_span)]
"""First and last article of a range."""

Counts = Annotated[tuple[int, ...], BeforeValidator(_counts)]
"""Number of items of each paragraph of an article."""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A book, 分编, chapter or section, with its first and last article and what it is divided into."""

    __pydantic_config__ = _CLOSED

    title: Text
    from_: Annotated[Whole, Field(alias="from")]
    to: Whole
    parts: tuple[Part, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Repeal:
    """What a law was repealed by (its id), and from which day on."""

    __pydantic_config__ = _CLOSED

    by: Text
    on: Day


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Law:
    """A law: `laws/<id>.yml`. `in_force` is the first day of the law or of its last complete revision."""

    __pydantic_config__ = _CLOSED

    name: Text
    short_names: tuple[Text, ...] = ()
    adopted: Day
    in_force: Day
    amended: Day | None = None
    """Day of the version described, where it is not that of adoption."""
    articles: Whole
    inserted: dict[Whole, Whole] = field(default_factory=dict)
    """How many articles 之一, 之二 … follow an article."""
    parts: tuple[Part, ...] = ()
    shape: dict[Whole, Counts] = field(default_factory=dict)
    """Items of each paragraph, of the articles that have more than one paragraph, or items."""
    repealed: Repeal | None = None
    url: Text

    @property
    def label(self) -> str:
        """「《民法典》」: the usual short name, else the full one."""
        return f"《{self.short_names[0] if self.short_names else self.name}》"


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Keyword:
    """Words of everyday life, the articles to suggest for them, and all articles they may be said of."""

    __pydantic_config__ = _CLOSED

    words: Annotated[tuple[Text, ...], Field(min_length=1)]
    law: Text
    articles: Annotated[tuple[Whole, ...], Field(min_length=1)]
    fits: Annotated[tuple[Span, ...], Field(min_length=1)]

    def allows(self, article: int) -> bool:
        """Whether one of the words may be said of this article."""
        return any(first <= article <= last for first, last in self.fits)


class Laws:
    """The laws on file by id, the texts there are (law id → article → text), and the words of everyday life."""

    def __init__(
        self,
        by_id: Mapping[str, Law],
        texts: Mapping[str, Mapping[int, str]] | None = None,
        keywords: Sequence[Keyword] = (),
    ) -> None:
        self.by_id = dict(by_id)
        self.texts = dict(texts or {})
        self.keywords = tuple(keywords)
        self._ids = {
            plain: law_id
            for law_id, law in by_id.items()
            for name in (law.name, *law.short_names)
            if len(plain := _plain_name(name)) >= _SHORTEST_NAME
        }

        self.names = tuple(sorted(self._ids, key=lambda name: (-len(name), name)))
        """Every name of every law without 中华人民共和国 in front, the longest first."""

    def __reduce__(self) -> tuple[object, ...]:
        return Laws, (self.by_id, self.texts, self.keywords)

    def named(self, name: str) -> str | None:
        """Id of the law of that full or short name; 中华人民共和国 in front, blanks and case make no difference."""
        return self._ids.get(_plain_name(name)) if len(name) <= _LONGEST_NAME else None

    def holds(self, law_id: str, article: int, inserted: int = 0) -> bool:
        """Whether the law has the article, or after it so many 之一, 之二 …."""
        law = self.by_id.get(law_id)
        return law is not None and 1 <= article <= law.articles and 0 <= inserted <= law.inserted.get(article, 0)

    def books(self, law_id: str) -> tuple[Part, ...]:
        """The outermost parts: books, or chapters of a law without books; empty where they are not known."""
        law = self.by_id.get(law_id)
        return law.parts if law else ()

    def way(self, law_id: str, article: int) -> tuple[Part, ...]:
        """The parts an article stands in, from the outermost in."""
        found: list[Part] = []
        parts = self.books(law_id)
        while inner := next((part for part in parts if part.from_ <= article <= part.to), None):
            found.append(inner)
            parts = inner.parts
        return tuple(found)

    def part_named(self, law_id: str, title: str) -> Part | None:
        """The part a text means by 继承编, 第六编, 继承, 第六编第二章 or the whole title.

        None where the law has none such, and where it has several of which none is more outward than the others.
        """
        plain, within, part = _QUOTES.sub("", title), self.books(law_id), None
        for name in _steps(plain):
            part = _outermost(within, name)
            if part is None:
                return None
            within = part.parts
        return part

    def items(self, law_id: str, article: int) -> tuple[int, ...] | None:
        """Number of items in each paragraph of an article; None where the law's paragraphs are not known."""
        if (text := self.text(law_id, article)) is not None:
            return tuple(paragraph.count(ITEM) for paragraph in text.split(PARAGRAPH))
        law = self.by_id.get(law_id)
        if law is None or not law.shape or not self.holds(law_id, article):
            return None
        return law.shape.get(article, (0,))

    def text(self, law_id: str, article: int) -> str | None:
        """The article's text with its marks of paragraphs and items; None where it is not on file."""
        return self.texts.get(law_id, {}).get(article)

    def paragraph(self, law_id: str, article: int, paragraph: int, item: int | None = None) -> str | None:
        """The text of a paragraph without marks, or of one of its items; None where there is none such or no text."""
        paragraphs = (self.text(law_id, article) or "").split(PARAGRAPH)
        if not 1 <= paragraph <= len(paragraphs):
            return None
        pieces = paragraphs[paragraph - 1].split(ITEM)
        if item is None:
            return "".join(pieces) or None
        return pieces[item] if 1 <= item < len(pieces) else None


def article_words(number: int, inserted: int = 0) -> str:
    """「第一千零四十三条」, 「第一百三十三条之一」"""
    return f"第{chinese(number)}条" + (f"之{chinese(inserted)}" if inserted else "")


def _plain_name(name: str) -> str:
    return "".join(name.split()).removeprefix(PRC).casefold()


def _steps(title: str) -> Iterator[str]:
    """第六编继承第二章 as 第六编继承 and 第二章, 合同编通则 as 合同编 and 通则."""
    ordinals = list(_ORDINAL.finditer(title))
    starts = [found.start() for found in ordinals] + [len(title)]
    yield from _AFTER_BOOK.split(title[: starts[0]]) if starts[0] else ()
    for found, end in zip(ordinals, starts[1:], strict=True):
        value = number(found[1])
        yield f"第{chinese(value) if value else found[1]}{found[2]}{title[found.end() : end]}"


def _outermost(parts: Sequence[Part], name: str) -> Part | None:
    """The part of that name, in the outermost level that has one; None where that level has several."""
    while parts:
        if fitting := [part for part in parts if _is_called(part, name)]:
            return fitting[0] if len(fitting) == 1 else None
        parts = [inner for part in parts for inner in part.parts]
    return None


def _is_called(part: Part, name: str) -> bool:
    ordinal, _, own = part.title.rpartition(" ")
    kind = ordinal[-1:]
    return name in {ordinal + own, ordinal + own + kind, ordinal or own, own, own + kind}
