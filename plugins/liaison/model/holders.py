"""Who holds each permanent code, in digests: what two versions of a site are compared by.

A code is printed on walls: it never vanishes and never changes hands (`breaches`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import Literal

from liaison.model.deputies import HIDDEN
from liaison.quick import quick

HolderKind = Literal["station", "deputy"]

_BYTES = 5
"""Of a digest: one chance in a million million that a changed field goes unnoticed."""


def short_digest(value: object) -> str:
    """A few letters that are another for another value."""
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=_BYTES).hexdigest()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Who a code stands for: the kind and status of the record, and a digest of each field that the site shows.

    Of hidden people there are no fields, so that nothing can be guessed from digests.
    """

    kind: HolderKind
    status: str
    fields: Mapping[str, str] = field(default_factory=dict)
    formerly: tuple[str, ...] = ()
    """Digests of `former_names`: what the holder was called in earlier versions."""

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of the person may be shown."""
        return self.kind == "deputy" and self.status in HIDDEN

    @property
    def name(self) -> str:
        """Digest of the name; empty where nothing is told of it."""
        return self.fields.get("name", "")


class Breach(StrEnum):
    """What must never happen to a published code."""

    VANISHED = "vanished"
    """No record has it any more."""
    CHANGED = "changed"
    """Its record carries another code now."""
    REUSED = "reused"
    """It stands for somebody or something else now."""


@dataclass(frozen=True, slots=True, order=True)
class Broken:
    """A code that did not stay what it was."""

    code: str
    breach: Breach
    other: str = ""
    """The code that its former holder carries now, if there is one."""


def breaches(before: Mapping[str, Holder], after: Mapping[str, Holder]) -> tuple[Broken, ...]:
    """Every published code that did not stay with its holder, in order of codes.

    A holder is known by kind and name; one that was renamed says so in `former_names`. So two of the same kind and name
    cannot be told apart: nothing is broken where one takes the place of the other, and who carries another code now is
    said only where just one can be meant. Of people who are hidden the name is not known: whoever is shown under their
    code later may be they, unless it is somebody who had another code before.
    """
    unsure = {code: was for code, was in before.items() if code not in after or not _is_known_as(was, after[code])}
    lost = {code: was for code, was in unsure.items() if code not in after or not is_same(was, after[code])}
    free = {code: now for code, now in after.items() if code not in before or code in unsure}
    carried = _carried(lost, free)
    hidden = {code: was for code, was in unsure.items() if code not in lost}
    carried |= _carried(hidden, {code: free[code] for code in unsure.keys() & free.keys() - set(carried.values())})
    broken = lost.keys() | (hidden.keys() & {*carried, *carried.values()})
    return tuple(_broken(code, code in after, carried.get(code, "")) for code in sorted(broken))


def is_same(was: Holder, now: Holder) -> bool:
    """Whether nothing speaks against both being the same; of a later version `former_names` count, and of the earlier.

    Those of the earlier one so that a change of name can be taken back.
    """
    if was.kind != now.kind:
        return False
    return not was.name or not now.name or was.name in {now.name, *now.formerly} or now.name in was.formerly


def _is_known_as(was: Holder, now: Holder) -> bool:
    """Whether both are the same by name."""
    return bool(was.name and now.name) and is_same(was, now)


def _broken(code: str, is_taken: bool, other: str) -> Broken:
    if is_taken:
        return Broken(code, Breach.REUSED, other)
    return Broken(code, Breach.CHANGED if other else Breach.VANISHED, other)


def _carried(lost: Mapping[str, Holder], free: Mapping[str, Holder]) -> dict[str, str]:
    """The code that the holder of each lost one carries now: where just one fits, and fits nobody else.

    `free` are the codes that did not stand for the same before.
    """
    by_name: dict[tuple[str, str], list[str]] = defaultdict(list)
    for code, now in free.items():
        for name in {now.name, *now.formerly} if now.name else ():
            by_name[now.kind, name].append(code)
    fitting = {code: _fitting(was, free, by_name) for code, was in lost.items() if was.name}
    wanted = Counter(other for others in fitting.values() for other in others)
    return {code: others[0] for code, others in fitting.items() if len(others) == 1 and wanted[others[0]] == 1}


def _fitting(
    was: Holder, free: Mapping[str, Holder], by_name: Mapping[tuple[str, str], Collection[str]]
) -> tuple[str, ...]:
    named = dict.fromkeys(code for name in (was.name, *was.formerly) for code in by_name.get((was.kind, name), ()))
    return tuple(code for code in named if _is_known_as(was, free[code]))
