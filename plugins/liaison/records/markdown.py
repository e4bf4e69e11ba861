"""Bodies of Markdown by editors: bounds, and what of their HTML may be shown.

The only place of the program that knows the Markdown library: `liaison check` makes the HTML to see what is in it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from html import unescape
from html.parser import HTMLParser
from itertools import islice
from urllib.parse import urlsplit

import markdown
import nh3

from .faults import Fault
from .front_matter import Halves
from .limits import FAULTS, MARKDOWN_DEPTH
from .markdown_bounds import fault_in, over_bounds
from .text import places, shown

EXTENSIONS = ("tables", "toc", "fenced_code", "admonition", "def_list")
"""Those that mkdocs.yml names, and those that MkDocs adds to them."""

_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_TAGS = {
    *(*_HEADINGS, "p", "ul", "ol", "li", "dl", "dt", "dd", "blockquote", "pre", "code", "em", "strong", "a", "img"),
    *("table", "thead", "tbody", "tr", "th", "td", "hr", "br", "div"),
}
_ATTRIBUTES = {
    **{heading: {"id"} for heading in _HEADINGS},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "ol": {"start"},
}
_CLASSES = {
    "div": {"admonition", "note", "tip", "info", "warning", "danger", "example", "question", "quote", "success"},
    "p": {"admonition-title"},
    "td": {"to-left", "to-center", "to-right"},
    "th": {"to-left", "to-center", "to-right"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_TAKEN = {"care", "coming", "dates", "main", "published"}
"""Ids of the page around a body; those of the theme begin with two low lines."""
_ALIGNED = re.compile(r'(<t[hd]) style="text-align: (left|center|right);">')
_CODE_CLASS = re.compile(r'<code class="language-[\w-]+">')


def _may_lead_to(tag: str, address: str) -> bool:
    """Whether a link or picture may have this address, read as browsers do: a backslash is a stroke, and no blanks."""
    bare = "".join(char for char in address if char > " " and not char.isspace()).replace("\\", "/")
    if bare.startswith("//"):
        return False
    try:
        scheme = urlsplit(bare).scheme.lower()
    except ValueError:
        return False
    return not scheme or (tag == "a" and scheme in _SCHEMES)


def _fit(tag: str, name: str, value: str) -> str | None:
    if name == "id" and (value.startswith("__") or value in _TAKEN):
        return None
    return value if name not in {"href", "src"} or _may_lead_to(tag, value) else None


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    attribute_filter=_fit,
    allowed_classes=_CLASSES,
    url_schemes=_SCHEMES,
    link_rel="noopener",
    strip_comments=True,
)
_TAG = re.compile(r"<[A-Za-z/!?]")
_ADDRESS = re.compile(r"(?:\]\(|^ {0,3}\[[^\]\n]{1,99}\]:[ \t]*)<?(?P<to>[^\s()<>]{1,300})", re.MULTILINE)
"""Where a link leads: inline, or in a definition."""
_CODE = re.compile(r"^(```|~~~).*?^\1|(`+)[^`\n]+\2", re.MULTILINE | re.DOTALL)
"""Program text, in a block of its own or in a line."""

RULES = {
    "markdown/too-large": (
        f"每个 Markdown 文件不超过 256 KB，一段不超过 8 KB，引用、列表和缩进不超过 {MARKDOWN_DEPTH} 层，"
        "方括号、反引号等符号不能多得异常。"
    ),
    "markdown/html": "正文和说明里不写 HTML：标题、列表、表格、加粗都用 Markdown 的写法。",
    "markdown/link": "链接只用 https、http、mailto、tel 或本站的相对路径；图片只用本站的文件。",
}
"""The rules held here, each in one sentence."""


@cache
def _parser() -> markdown.Markdown:
    """The Markdown of lessons; [TOC] is text to it, since a lesson needs no table of contents."""
    return markdown.Markdown(extensions=[*EXTENSIONS], extension_configs={"toc": {"marker": ""}})


def clean(html: str) -> str:
    """HTML that Markdown gave, with nothing in it but what the lists above allow."""
    aligned = _ALIGNED.sub(r'\1 class="to-\2">', html)
    return _CLEANER.clean(_CODE_CLASS.sub("<code>", aligned))


@dataclass(frozen=True, slots=True)
class Body:
    """What was seen in a body, at places of the file: what stands against showing it, and where its links lead."""

    faults: list[Fault]
    links: list[tuple[int, int, str]]
    """Line, column and address of each link or picture within the site."""


def look(halves: Halves) -> Body:
    """Look at a body; only one within bounds is looked at closely."""
    faults, links = list(islice(over_bounds(halves.body), FAULTS)), []
    if not faults:
        links = _links(halves)
        faults = list(islice(_unfit(halves.body), FAULTS))
    return Body(
        [Fault(one.rule, one.line + halves.first_line - 1, one.column, one.message, one.hint) for one in faults], links
    )


def _links(halves: Halves) -> list[tuple[int, int, str]]:
    """Links as they are written, inline or as definitions; what only looks like one is harmless here."""
    body = _CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), halves.body)
    found = [one for one in _ADDRESS.finditer(body) if not _is_elsewhere(one["to"])]
    starts = [one.start("to") for one in found]
    return [
        (line + halves.first_line - 1, column, one["to"])
        for one, (line, column) in zip(found, places(halves.body, starts), strict=True)
    ]


def _is_elsewhere(address: str) -> bool:
    """Whether an address names another host or way (https:, tel:), or a place of the same page."""
    return address.startswith("#") or "//" in address or ":" in address


def has_markup(text: str) -> int | None:
    """Where in a text of the front matter something begins that a browser would take for HTML; None if nowhere."""
    found = _TAG.search(text)
    return found.start() if found else None


def _unfit(body: str) -> Iterator[Fault]:
    """What the cleaning would take away, found in the HTML and sought in the text."""
    if "<" not in body and "]" not in body:  # neither HTML nor links without one of them
        return
    try:
        html = _parser().reset().convert(body)
    except RecursionError:
        yield Fault("markdown/too-large", 1, 1, "正文的层次太深，读不下去", "减少列表、引用的层次")
        return
    looked = _Look(_CODE_CLASS.sub("<code>", _ALIGNED.sub(r"\1>", html)))
    if not looked.found and (odd := has_markup(body)) is not None and _Look(clean(html)).words != looked.words:
        message = "这里有不完整的 HTML，后面的文字会丢失或错位"
        yield fault_in("markdown/html", body, odd, message, "删去它，改用 Markdown 的写法")
    at: dict[str, int] = {}
    for rule, wanted, message, hint in looked.found:
        at[wanted] = _place(body, wanted, at.get(wanted))
        yield fault_in(rule, body, at[wanted], message, hint)


def _place(body: str, wanted: str, before: int | None) -> int:
    """Where the text has what the HTML holds: after the place where it was last found, else there once more.

    What is spelled with entities is found by its line; what the text does not have at all, at its beginning.
    """
    found = re.compile(re.escape(wanted), re.IGNORECASE).search(body, 0 if before is None else before + 1)
    if found or before is not None:
        return found.start() if found else before or 0
    start = 0
    for line in body.splitlines(keepends=True):
        if wanted.lower() in unescape(line).lower():
            return start
        start += len(line)
    return 0


class _Look(HTMLParser):
    """Notes everything in a piece of HTML that is not on the lists: rule, what to seek, message and remedy."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[str, str, str, str]] = []
        self._told: Counter[str] = Counter()
        self._words: list[str] = []
        self.feed(html)
        self.close()

    @property
    def words(self) -> str:
        """All that can be read, without blanks."""
        return "".join("".join(self._words).split())

    def handle_data(self, data: str) -> None:
        """What can be read."""
        self._words.append(data)

    def _html(self, wanted: str, what: str) -> None:
        self.found.append(("markdown/html", wanted, f"正文里有 HTML：{what}", "删去它，改用 Markdown 的写法"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A tag with its attributes."""
        if tag not in _TAGS:
            self._told[tag] += 1
            self._html(f"<{tag}", f"<{shown(tag)}>")
            return
        for name, value in attrs:
            if name in {"href", "src"} and name in _ATTRIBUTES.get(tag, ()):
                self._link(tag, value or "")
            elif name == "class" and set((value or "").split()) <= _CLASSES.get(tag, set()):
                continue
            elif name not in _ATTRIBUTES.get(tag, ()):
                self._html(f"<{tag}", f"<{tag}> 的属性 {shown(name)}")

    def handle_endtag(self, tag: str) -> None:
        """The end of a tag, which is told with its beginning where it has one."""
        if self._told[tag]:
            self._told[tag] -= 1
        elif tag not in _TAGS:
            self._html(f"</{tag}", f"</{shown(tag)}>")

    def _link(self, tag: str, value: str) -> None:
        if _may_lead_to(tag, value):
            return
        message = f"链接“{shown(value, 40)}”不能用" if tag == "a" else f"图片“{shown(value, 40)}”不在本站"
        hint = "链接写 https:// 开头的网址，或本站文件的相对路径"
        self.found.append(("markdown/link", value, message, hint if tag == "a" else "把图片放到课文旁边，写文件名"))

    def handle_comment(self, data: str) -> None:  # noqa: ARG002 - as the base class has it
        """A comment, which nobody would see."""
        self._html("<!--", "注释 <!-- -->")

    def handle_decl(self, decl: str) -> None:
        """<!DOCTYPE> and the like."""
        self._html("<!", f"<!{shown(decl)}>")

    def handle_pi(self, data: str) -> None:
        """<?php and the like."""
        self._html("<?", f"<?{shown(data)}>")

    def unknown_decl(self, data: str) -> None:
        """<![CDATA[ and the like."""
        self._html("<![", f"<![{shown(data)}]>")
