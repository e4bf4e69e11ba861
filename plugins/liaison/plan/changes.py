"""What is different in a release from an earlier one, as plain data: who came, went or was altered, and which pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from liaison.model.holders import Holder, HolderKind

from . import urls

_OPEN = frozenset({"active", "upgrading"})
_TOLD = frozenset({"name", "status"})
"""Fields that have a change of their own."""


class What(StrEnum):
    """What became of a station or deputy."""

    ADDED = "added"
    SHOWN = "shown"
    """A hidden person is public again."""
    RESUMED = "resumed"
    """A former deputy is in office again."""
    OPENED = "opened"
    """A station that was closed, merged or being upgraded is open as usual."""
    UPGRADING = "upgrading"
    CLOSED = "closed"
    MERGED = "merged"
    FORMER = "former"
    PAUSED = "paused"
    WITHHELD = "withheld"
    RENAMED = "renamed"
    ALTERED = "altered"
    """Other fields are different; `Change.fields` says which."""
    VANISHED = "vanished"
    """Its code is gone, which must not happen."""


_BECAME = {
    ("station", "upgrading"): What.UPGRADING,
    ("station", "closed"): What.CLOSED,
    ("station", "merged"): What.MERGED,
    ("deputy", "former"): What.FORMER,
    ("deputy", "paused"): What.PAUSED,
    ("deputy", "withheld"): What.WITHHELD,
}


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """One thing that became of the holder of a code."""

    kind: HolderKind
    code: str
    what: What
    fields: tuple[str, ...] = ()
    """For `ALTERED`: which, sorted."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many files."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.added + self.changed + self.removed


@dataclass(frozen=True, slots=True, order=True)
class LessonChange:
    """A lesson whose page is new, different or gone."""

    series: str
    number: int
    what: What
    """`ADDED`, `ALTERED` or `VANISHED`."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two releases: what lies at each path (anything that can be compared), and who holds each code."""

    files: Mapping[str, object] = field(default_factory=dict)
    holders: Mapping[str, Holder] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Changes:
    """Everything that is different. Each changed file is counted in exactly one of the four places."""

    holders: tuple[Change, ...]
    """By kind and code."""
    lessons: tuple[LessonChange, ...]
    record_pages: Count
    """Pages of stations and deputies."""
    others: tuple[tuple[str, What], ...]
    """Paths of further HTML: directories, home, manual, laws."""
    files: Count
    """What is no HTML: pictures, styles, feeds, PDFs."""
    new_codes: tuple[str, ...]
    removed_pages: int
    """HTML files of any kind that are gone."""
    pages_before: int

    @property
    def other_pages(self) -> Count:
        """How many further pages."""
        return _count(what for _, what in self.others)

    def of(self, *whats: What, kind: HolderKind | None = None) -> tuple[Change, ...]:
        """Those of some sorts."""
        return tuple(one for one in self.holders if one.what in whats and kind in {None, one.kind})


def changes_between(before: Side, after: Side) -> Changes:
    """From an earlier release (an empty side where there was none) to a later one."""
    codes = before.holders.keys() | after.holders.keys()
    differing = _differing(before.files, after.files)
    records = {urls.file(address(code)) for code in codes for address in (urls.station, urls.deputy)}
    lessons = [_lesson(path, what) for path, what in differing.items()]
    pages = {path: what for path, what in differing.items() if path.endswith(".html") and not _place(path)}
    return Changes(
        holders=tuple(sorted(_of_holders(before.holders, after.holders))),
        lessons=tuple(sorted(one for one in lessons if one is not None)),
        record_pages=_count(what for path, what in pages.items() if path in records),
        others=tuple(sorted((path, what) for path, what in pages.items() if path not in records)),
        files=_count(what for path, what in differing.items() if not path.endswith(".html")),
        new_codes=tuple(sorted(after.holders.keys() - before.holders.keys())),
        removed_pages=sum(what is What.VANISHED for path, what in differing.items() if path.endswith(".html")),
        pages_before=sum(path.endswith(".html") for path in before.files),
    )


def _differing(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, What]:
    found = {path: What.VANISHED for path in before if path not in after}
    for path, entry in after.items():
        if path not in before:
            found[path] = What.ADDED
        elif before[path] != entry:
            found[path] = What.ALTERED
    return found


def _count(whats: Iterable[What]) -> Count:
    found = list(whats)
    return Count(found.count(What.ADDED), found.count(What.ALTERED), found.count(What.VANISHED))


def _place(path: str) -> tuple[str, int] | None:
    """Series and number, if it is the page of a lesson."""
    parts = path.removeprefix(urls.lessons()).split("/")
    is_lesson = path.startswith(urls.lessons()) and len(parts) == 3 and parts[1].isascii() and parts[1].isdigit()  # noqa: PLR2004 - series, number, file
    if not is_lesson or path != urls.file(urls.lesson(parts[0], int(parts[1]))):
        return None
    return parts[0], int(parts[1])


def _lesson(path: str, what: What) -> LessonChange | None:
    place = _place(path)
    return LessonChange(*place, what) if place else None


def _of_holders(before: Mapping[str, Holder], after: Mapping[str, Holder]) -> Iterator[Change]:
    for code, was in before.items():
        if code not in after:
            yield Change(was.kind, code, What.VANISHED)
    for code, now in after.items():
        if code not in before:
            yield Change(now.kind, code, What.ADDED)
        elif before[code] != now:
            yield from _of_holder(code, before[code], now)


def _of_holder(code: str, was: Holder, now: Holder) -> Iterator[Change]:
    for what in _became(was, now):
        yield Change(now.kind, code, what)
    if was.name != now.name and not (was.is_hidden or now.is_hidden):
        yield Change(now.kind, code, What.RENAMED)
    if altered := _altered(was, now):
        yield Change(now.kind, code, What.ALTERED, altered)


def _became(was: Holder, now: Holder) -> Iterator[What]:
    if was.status == now.status:
        return
    if was.is_hidden and not now.is_hidden:
        yield What.SHOWN
        if now.status == "active":
            return
    if now.kind == "station" and now.status in _OPEN and (was.status not in _OPEN or now.status == "active"):
        yield What.OPENED
    elif (now.kind, now.status) in _BECAME:
        yield _BECAME[now.kind, now.status]
    elif now.kind == "deputy" and now.status == "active":
        yield What.RESUMED


def _altered(was: Holder, now: Holder) -> tuple[str, ...]:
    """Fields that are different. Of one whose status changed too, only those that are there before and after.

    The others came or went with the status: a former deputy has no phone.
    """
    both = was.fields.keys() & now.fields.keys()
    names = both if was.status != now.status else was.fields.keys() | now.fields.keys()
    if was.is_hidden or now.is_hidden:
        names = both
    return tuple(sorted(one for one in names - _TOLD if was.fields.get(one) != now.fields.get(one)))
