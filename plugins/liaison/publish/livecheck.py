"""The live check of printed codes: each page a code leads to is fetched and must be the page of that code.

Also what a check found, kept in a file, and what of it speaks against printing. The clock is an argument.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from liaison.plan.prints import Target

from .own_page import amiss
from .tree import put
from .visit import Visitor, WrongError, netloc

REPORT = "posters/verified.json"
"""Where the report lies, below the site's root."""

_GIVE_UP = 16
"""So many pages in a row without an answer mean that the server is out of reach."""
_BATCH = 512
_NAMED = 20
"""Codes of one sort that are named one by one."""


def normalised(base: str) -> str:
    """An address as bases are compared: scheme and host in lower case, no usual port, a slash at the end."""
    try:
        parts = urlsplit(base)
        return f"{parts.scheme}://{netloc(parts)}{parts.path.rstrip('/')}/"
    except ValueError:
        return base


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check found for one code."""

    key: str
    is_good: bool
    reason: str
    """What is wrong, as a short sentence."""
    at: str
    """When, in UTC: `2026-11-22T01:30:00Z`."""


def look(
    base: str, wanted: Sequence[Target], visitor: Visitor, now: datetime, name_of: Callable[[str], str]
) -> Iterator[Seen]:
    """Each page as it was found, in order. Ends early where the server is out of reach."""
    at = f"{now.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    def one(target: Target) -> Seen:
        try:
            reason = amiss(visitor.page(base + target.path), target, name_of)
        except WrongError as error:
            reason = str(error)
        return Seen(target.key, not reason, reason, at)

    crew = ThreadPoolExecutor(visitor.at_once)
    try:
        for start in range(0, len(wanted), _BATCH):
            for seen in crew.map(one, wanted[start : start + _BATCH]):
                yield seen
                if visitor.unanswered >= _GIVE_UP:
                    return
    finally:
        crew.shutdown(cancel_futures=True)
        visitor.close()


@dataclass(frozen=True, slots=True)
class Checked:
    """What checks found below one base."""

    seen: Mapping[str, Seen]
    """By key."""
    route: str = ""
    """How the server was reached, where it was not as everybody reaches it."""


@dataclass(frozen=True, slots=True)
class Report:
    """What checks found, by base, each `normalised`."""

    by_base: Mapping[str, Checked] = field(default_factory=dict)

    @classmethod
    def read(cls, root: Path) -> Report:
        """The report of a site; empty where there is none, or none that is whole."""
        try:
            held = json.loads((root / REPORT).read_text("utf-8"))
            return cls({base: _checked(**one) for base, one in held.items()})
        except (OSError, ValueError, TypeError, AttributeError, RecursionError):
            return cls()

    def plus(self, base: str, found: Iterable[Seen], route: str) -> Report:
        """With what a later check found below a base."""
        before = self.by_base.get(base, Checked({}))
        seen = {**before.seen, **{one.key: one for one in found}}
        routes = dict.fromkeys(filter(None, (before.route, route)))
        return Report({**self.by_base, base: Checked(seen, "；".join(routes))})

    def write(self, root: Path) -> None:
        """Keep it below the site's root."""
        held = {
            base: {"route": one.route, "pages": [asdict(one.seen[key]) for key in sorted(one.seen)]}
            for base, one in sorted(self.by_base.items())
        }
        put(root, REPORT, f"{json.dumps(held, ensure_ascii=False, indent=1)}\n".encode())


def _checked(route: str, pages: list[dict[str, Any]]) -> Checked:
    """From the file. Raises `ValueError` and `TypeError` where it is damaged."""
    seen = [Seen(**one) for one in pages]
    texts = [route, *(text for one in seen for text in (one.key, one.reason, one.at))]
    if not all(isinstance(text, str) for text in texts) or not all(isinstance(one.is_good, bool) for one in seen):
        raise TypeError
    if any(datetime.fromisoformat(one.at).tzinfo is None for one in seen):
        raise ValueError
    return Checked({one.key: one for one in seen}, route)


def doubts(report: Report, base: str, wanted: Iterable[Target], now: datetime, within_hours: int) -> list[str]:
    """Why these may not be printed, a sentence each: found bad, not checked, or checked too long ago."""
    wanted, base = list(wanted), normalised(base)
    if wanted and report.by_base and base not in report.by_base:
        return [f"核对过的是 {'、'.join(report.by_base)}，二维码里印的是 {base}"]
    found = report.by_base.get(base, Checked({}))
    bad: list[str] = []
    never: list[str] = []
    old: list[str] = []
    for target in wanted:
        seen = found.seen.get(target.key)
        named = f"{target.key} {target.name}："
        if seen is None:
            never.append(f"{named}没有核对过")
        elif not seen.is_good:
            bad.append(f"{named}{seen.reason}")
        elif not timedelta(0) <= now - datetime.fromisoformat(seen.at) <= timedelta(hours=within_hours):
            old.append(f"{named}不是最近 {within_hours} 小时内核对的")
    return [*_listed(bad, "有问题"), *_listed(never, "没有核对过"), *_listed(old, "核对得太早")]


def _listed(lines: list[str], words: str) -> list[str]:
    more = len(lines) - _NAMED
    return [*lines[:_NAMED], f"另有 {more} 个编号{words}"] if more > 0 else lines
