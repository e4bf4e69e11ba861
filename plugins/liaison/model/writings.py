"""All the ways in which a person's name can stand in a file of a site: to find it wherever it was left."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from itertools import product
from urllib.parse import quote_from_bytes

from liaison.model.names import Reading

_LETTER = rb"[A-Za-z]"


def ways_of_writing(name: str, reading: Reading | None = None) -> tuple[bytes, ...]:
    """The name as bytes: in UTF-8, GBK and UTF-16, escaped, percent-encoded; its reading joined or apart."""
    found: dict[bytes, None] = {}
    for text in dict.fromkeys((name, escape(name))):
        found[text.encode()] = None
    for encoding in ("gbk", "gb18030", "utf-16-le", "utf-16-be"):
        try:
            found[name.encode(encoding)] = None
        except UnicodeEncodeError:  # a rare character that the older encoding lacks
            continue
    for raw in list(found):
        encoded = quote_from_bytes(raw, safe="")
        found |= dict.fromkeys((encoded.encode(), encoded.lower().encode()))
    for pattern in ("&#{:d};", "&#x{:x};", "&#x{:X};", "&#X{:X};", "\\u{{{:x}}}"):
        found["".join(pattern.format(ord(sign)) for sign in name).encode()] = None
    units = [int.from_bytes(name.encode("utf-16-be")[at : at + 2]) for at in range(0, 2 * len(name), 2)]
    for pattern in ("\\u{:04x}", "\\u{:04X}"):
        found["".join(pattern.format(unit) for unit in units).encode()] = None
    if reading is not None:
        found |= dict.fromkeys(_latin(reading))
    return tuple(found)


def _latin(reading: Reading) -> Iterable[bytes]:
    """「zengshili」「zeng shili」「Zeng Shi-li」 and the like."""
    words = [reading.surname, *reading.given.split()]
    splits = [words, [reading.surname, "".join(words[1:])]] if words[1:] else [words]
    for split, joint in product(splits, ("", " ", "-", "_", "%20", "+")):
        for styled in (str.lower, str.capitalize, str.upper):
            yield joint.join(styled(word) for word in split).encode()
        yield joint.join(split).capitalize().encode()


def stands_in(data: bytes, ways: Iterable[bytes]) -> bool:
    """Whether a file holds the name in any of these ways; letters only as whole words."""
    return any(way in data and (not way[:1].isalpha() or _is_apart(way, data)) for way in ways)


def _is_apart(way: bytes, data: bytes) -> bool:
    return re.search(rb"(?<!%s)%s(?!%s)" % (_LETTER, re.escape(way), _LETTER), data) is not None
