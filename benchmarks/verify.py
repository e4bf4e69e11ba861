"""Whether Hugo's pages say what ours say: the same words, links and linked data, in about as many bytes."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from export import PAGES

from liaison.plan import urls

SAMPLE = 200
"""Pages compared of all, and up to a tenth as many of each kind."""

APART = 0.10
"""How far the mean size of a kind of page may be apart."""

_BLOCKS = {
    *("body", "br", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "header", "input", "label", "li"),
    *("main", "nav", "p", "section", "title", "ul"),
}
_ADDRESSES = ("href", "action", "src")
_WORDS = ("alt", "aria-label", "placeholder", "content", "data-d", "data-s", "data-e", "data-hours")


@dataclass
class Said:
    """What a page says to a reader and to machines."""

    pieces: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    """Attributes that a reader or a script reads."""
    linked_data: list[Any] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Visible text and title, white space folded."""
        return " ".join("".join(self.pieces).split())


class Reader(HTMLParser):
    """Reads a page. A block begins and ends with white space; a picture that is in the address is not compared."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said = Said()
        self._raw: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what attributes say; a script is not text."""
        self._block(tag)
        addresses = [value or "" for name, value in attrs if name in _ADDRESSES]
        self.said.addresses += [one for one in addresses if not one.startswith("data:")]
        self.said.words += [value or "" for name, value in attrs if name in _WORDS]
        if tag in {"script", "style"}:
            self._raw = []

    def handle_endtag(self, tag: str) -> None:
        """Keep the data of a script."""
        self._block(tag)
        if tag in {"script", "style"} and self._raw is not None:
            if source := "".join(self._raw).strip():
                self.said.linked_data.append(json.loads(source))
            self._raw = None

    def handle_data(self, data: str) -> None:
        """Text, or a script's source."""
        if self._raw is not None:
            self._raw.append(data)
        else:
            self.said.pieces.append(data)

    def _block(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.said.pieces.append(" ")


def said(html: str) -> Said:
    """What a page says."""
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader.said


@dataclass(frozen=True)
class Size:
    """Mean bytes of a kind of page, ours and Hugo's."""

    pages: int
    ours: float
    peer: float

    @property
    def apart(self) -> float:
        """How much larger Hugo's is; 0.1 is 10 %."""
        return self.peer / self.ours - 1


@dataclass(frozen=True)
class Verdict:
    """What was compared and what differs."""

    compared: int
    sizes: dict[str, Size]
    differences: list[str]


def verify(ours: Path, source: Path, seed: int = 1) -> Verdict:
    """Compare our site with the one Hugo built below `source`; both were built from one plan."""
    peer = source / "public"
    pages = [tuple(line.split("\t")) for line in (source / PAGES).read_text(encoding="utf-8").splitlines()]
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, path in pages:
        by_kind[kind].append(urls.file(path))
    missing = [path for paths in by_kind.values() for path in paths if not (peer / path).exists()]
    if missing:
        return Verdict(0, {}, [f"{path}: Hugo made no such page" for path in missing[:10]])
    if extra := sum(1 for _ in peer.rglob("*.html")) - len(pages):
        return Verdict(0, {}, [f"Hugo made {extra} pages more than we did"])
    draw = random.Random(seed)
    sample = {urls.file(path) for _, path in draw.sample(pages, min(SAMPLE, len(pages)))}
    for paths in by_kind.values():
        sample.update(draw.sample(paths, min(SAMPLE // 10, len(paths))))
    differences = [text for path in sorted(sample) for text in compare(path, ours / path, peer / path)]
    sizes = {kind: _size(ours, peer, paths) for kind, paths in by_kind.items()}
    differences += [
        f"{kind}: {size.peer:.0f} bytes a page at Hugo's, {size.ours:.0f} at ours ({size.apart:+.1%})"
        for kind, size in sizes.items()
        if abs(size.apart) > APART
    ]
    return Verdict(len(sample), sizes, differences)


def compare(path: str, ours: Path, peer: Path) -> list[str]:
    """Where two files of one page differ."""
    one, other = (said(file.read_text(encoding="utf-8")) for file in (ours, peer))
    pairs = {
        "text": (one.text, other.text),
        "addresses": (one.addresses, other.addresses),
        "attributes": (one.words, other.words),
        "linked data": (one.linked_data, other.linked_data),
    }
    return [f"{path}: {what} differs: {_first(*pair)}" for what, pair in pairs.items() if pair[0] != pair[1]]


def _first(one: Iterable[Any], other: Iterable[Any]) -> str:
    """The first place where two things differ, with what follows."""
    left, right = list(one), list(other)
    at = next((n for n, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    if all(isinstance(piece, str) and len(piece) == 1 for piece in left):
        return f"ours “{''.join(left[at : at + 40])}”, Hugo's “{''.join(right[at : at + 40])}”"
    return f"ours {left[at : at + 1]}, Hugo's {right[at : at + 1]}"


def _size(ours: Path, peer: Path, paths: list[str]) -> Size:
    sums = [sum((root / path).stat().st_size for path in paths) for root in (ours, peer)]
    return Size(len(paths), sums[0] / len(paths), sums[1] / len(paths))
