"""Whose page it is: what the markup of a page says of itself, against the code that led to it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from urllib.parse import unquote

from liaison.plan.prints import Target


class _Page(HTMLParser):
    """What a page says of itself: canonical addresses, and its text outside links."""

    _ASIDE = frozenset({"a", "noscript", "script", "style", "template", "title"})

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.canonical: list[str] = []
        self._words: list[str] = []
        self._inside: list[str] = []
        head, end, rest = markup.partition("</head>")
        try:
            self.feed(head + end)
            if not self.canonical:  # pages are many, and their bodies long
                self.feed(rest)
                self.close()
        except AssertionError:  # its way to say that a declaration is malformed
            pass
        self.text = "".join(self._words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a canonical address, or that what follows is no text of the page."""
        named = {name: value or "" for name, value in attrs}
        is_canonical = tag == "link" and "canonical" in named.get("rel", "").lower().split()
        if is_canonical and named.get("href") and not self._inside:
            self.canonical.append(named["href"].strip())
        if tag in self._ASIDE:
            self._inside.append(tag)
        self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        """Back to the text around."""
        if tag in self._inside:
            del self._inside[self._inside.index(tag) :]
        self._words.append(" ")

    def handle_data(self, data: str) -> None:
        """Text of the page."""
        if not self._inside:
            self._words.append(data)


_KEY = re.compile(r"/(?:[SD]/(\w{2})/(\w{5})|episodes/([^/]+/\d+))/", re.ASCII)


def amiss(markup: str, target: Target, name_of: Callable[[str], str]) -> str:
    """Why this is not the page of the target, as a sentence; empty where it is. `name_of` names what a key stands for.

    The canonical address decides; a page of a station or deputy without one must show the code, and not as a link.
    """
    page = _Page(markup)
    for address in page.canonical:
        path = "/" + unquote(re.sub(r"^[a-z]+://[^/]*/|[?#].*$", "", address, flags=re.IGNORECASE))
        if not path.endswith(f"/{target.path}"):
            found = re.search(f"{_KEY.pattern}$", path, re.ASCII)
            key = found and (found[3] or found[1] + found[2])
            return f"打开的是另一个页面：{f'{key} {name_of(key)}'.strip() if key else address[:80]}"
    if page.canonical:
        return ""
    if "/" in target.key:
        return "页面没有写明自己的地址（canonical），认不出是哪一讲"
    shown = rf"(?<![0-9A-Za-z]){target.key[:3]}\s*{target.key[3:]}(?![0-9A-Za-z])"
    return "" if re.search(shown, page.text) else "页面上没有这个编号"
