"""Citations of laws in running text: 《民法典》第1043条第二款, 该法第一千零六十七条, 第26条、第27条.

Whether an article exists or fits is for others to judge.
"""

from __future__ import annotations

from dataclasses import replace

from .citation_parts import part_behind
from .citation_reader import Citation, Named, Reader
from .laws import Laws
from .printed import paragraphs

__all__ = ["Citation", "citations"]


def citations(text: str, laws: Laws) -> tuple[Citation, ...]:
    """All citations of a Markdown text, in order.

    A bare 第1067条 is one of the law last named in the paragraph, or before the block quotation. Another document in
    between (合同第三条, 《村规民约》) ends that until a law is named again. Takes time linear in the text.
    """
    if "条" not in text:
        return ()
    found: list[Citation] = []
    last: Named | None = None
    current: Named | None = None
    for paragraph in paragraphs(text):
        reader = Reader(paragraph, laws, last, current if paragraph.is_quote else None)
        found += reader.read()
        last, current = reader.last, reader.current
    return tuple(_with_book(one, text, laws) for one in found)


def _with_book(one: Citation, text: str, laws: Laws) -> Citation:
    """The citation with the book that is named behind it, if none is before it."""
    place = part_behind(text, one.end, laws, one.law) if one.law and one.part is None else None
    if place is None:
        return one
    return replace(one, part=text[slice(*place)], part_start=place[0], part_end=place[1])
