"""Citations of laws in the HTML of a body become links to the pages of their articles."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from liaison.model.citations import Citation, citations
from liaison.model.laws import Laws

_TAG = re.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_NAME = re.compile(r"</?([a-z0-9]+)")
_INLINE = {"a", "strong", "em", "code", "br", "img"}
_UNTOUCHED = {"a", "code", "pre", "h1", "h2", "h3", "h4", "h5", "h6"}
"""What holds no links of ours: links, program text, headings."""


def link_citations(html: str, laws: Laws, path_of: Callable[[Citation], str | None]) -> str:
    """The HTML, which must be well formed, with a link around every citation for which `path_of` knows an address."""
    out: list[str] = []
    for block in _blocks(html):
        text = "".join(words for words, _ in block)
        found = citations(text, laws) if "第" in text and "条" in text else ()
        out += _linked(block, found, path_of)
    return "".join(out)


Piece = tuple[str, str]
"""Words, and the tag behind them; with words that are not to be touched as part of the tag."""


def _blocks(html: str) -> Iterator[list[Piece]]:
    """Words and tags of one paragraph, heading, cell … at a time."""
    block: list[Piece] = []
    at, untouched, kept = 0, 0, ""
    for tag in _TAG.finditer(html):
        words, at = html[at : tag.start()], tag.end()
        name = (_NAME.match(tag[0]) or ["", ""])[1]
        if untouched:
            kept += words + tag[0]
            untouched += _step(name, tag[0])
            if not untouched:
                block.append(("", kept))
                kept = ""
            continue
        if _step(name, tag[0]) > 0:
            block.append((words, ""))
            untouched, kept = 1, tag[0]
            continue
        block.append((words, tag[0]))
        if name not in _INLINE:
            yield block
            block = []
    yield [*block, (kept + html[at:], "")]


def _step(name: str, tag: str) -> int:
    """1 where something begins that is not to be touched, -1 where it ends."""
    if name not in _UNTOUCHED:
        return 0
    return -1 if tag.startswith("</") else 1


def _linked(
    block: list[Piece], found: tuple[Citation, ...], path_of: Callable[[Citation], str | None]
) -> Iterator[str]:
    """The pieces of a block with its citations linked, as far as one stands within one piece."""
    start = 0
    for words, tag in block:
        end, at = start + len(words), start
        for one in found:
            first = one.law_start if start <= one.law_start <= one.start and one.law_start >= at else one.start
            path = path_of(one) if at <= first and one.end <= end else None
            if path is not None:
                yield words[at - start : first - start]
                yield f'<a class="cite" href="{escape(path)}">{words[first - start : one.end - start]}</a>'
                at = one.end
        yield words[at - start :]
        yield tag
        start = end
