"""What tests want to know of an HTML page: elements, ids, links, text. Reads markup as written and repairs nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

_LINKS = frozenset({"href", "src", "action", "poster", "data", "formaction"})
_SILENT = {"script", "style", "noscript", "template"}
_BLOCKS = {
    *("address", "article", "aside", "blockquote", "body", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3"),
    *("h4", "header", "li", "main", "nav", "ol", "p", "pre", "section", "table", "td", "th", "title", "tr", "ul", "br"),
}


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag: its name, attributes, and the line it stands on."""

    tag: str
    attributes: dict[str, str]
    line: int

    def __getitem__(self, name: str) -> str:
        """An attribute's value, empty where it is not there."""
        return self.attributes.get(name, "")


@dataclass(slots=True)
class PageFacts:
    """A page, read once."""

    elements: list[Element] = field(default_factory=list)
    scripts: list[tuple[Element, str]] = field(default_factory=list)
    title: str = ""
    lines: list[str] = field(default_factory=list)
    """Text a reader sees, a line for each block."""

    def all(self, tag: str, **attributes: str) -> list[Element]:
        """Elements by tag and attribute values."""
        return [
            one
            for one in self.elements
            if one.tag == tag and all(one[name.replace("_", "-")] == value for name, value in attributes.items())
        ]

    @property
    def ids(self) -> list[str]:
        """Every id, as often as it stands there."""
        return [one["id"] for one in self.elements if "id" in one.attributes]

    @property
    def text(self) -> str:
        """All text a reader sees."""
        return "\n".join(self.lines)

    def links(self) -> list[tuple[Element, str]]:
        """Every address the page names, with the element it stands in."""
        found = [
            (one, value)
            for one in self.elements
            for name, value in one.attributes.items()
            if name in _LINKS and not (one.tag == "object" and name == "data")
        ]
        sources = [(one, part.split()[0]) for one in self.elements for part in one["srcset"].split(",") if part.strip()]
        return found + sources

    def links_inside(self, container: str) -> list[str]:
        """Addresses of `<a>` between the first start tag of a container element and the end of the page."""
        start = next(place for place, one in enumerate(self.elements) if one.tag == container)
        return [one["href"] for one in self.elements[start:] if one.tag == "a"]

    def meta(self, name: str) -> str:
        """Content of a named meta element; empty where there is none."""
        return next((one["content"] for one in self.all("meta", name=name)), "")

    def canonical(self) -> str:
        """The address the page says it has."""
        return next((one["href"] for one in self.all("link", rel="canonical")), "")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = PageFacts()
        self._open: list[str] = []
        self._line: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs}, self.getpos()[0])
        self.page.elements.append(element)
        if tag in _SILENT | {"title"}:
            self._open.append(tag)
        if tag == "script":
            self.page.scripts.append((element, ""))
        if tag in _BLOCKS:
            self._end_line()

    def handle_endtag(self, tag: str) -> None:
        if self._open and self._open[-1] == tag:
            self._open.pop()
        if tag in _BLOCKS:
            self._end_line()

    def handle_data(self, data: str) -> None:
        within = self._open[-1] if self._open else ""
        if within == "title":
            self.page.title += data
        elif within == "script":
            element, text = self.page.scripts[-1]
            self.page.scripts[-1] = element, text + data
        elif within not in _SILENT:
            self._line.append(data)

    def _end_line(self) -> None:
        if words := re.sub(r"\s+", " ", "".join(self._line)).strip():
            self.page.lines.append(words)
        self._line = []

    def close(self) -> None:
        super().close()
        self._end_line()


def read_page(markup: str) -> PageFacts:
    """The facts of one page."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return reader.page
