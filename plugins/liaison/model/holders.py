"""Who holds each permanent code, in digests: what two versions of a site are compared by.

A code is printed on walls: it never vanishes and never changes hands (`breaches`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b
from typing import Literal

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

    A holder is known by kind and name; one that was renamed says so in `former_names`. Of people who were hidden the
    name is not known, so whoever is shown under their code later cannot be told from them.
    """
    gone = [code for code in before if code not in after]
    taken = [code for code in before if code in after and not _is_same(before[code], after[code])]
    seekers: dict[tuple[str, str], list[str]] = {}
    for code in (*gone, *taken):
        seekers.setdefault((before[code].kind, before[code].name), []).append(code)
    moved = _carriers(after, seekers.keys(), before)
    found = [_broken(code, Breach.VANISHED, before[code], moved, seekers) for code in gone]
    found += [_broken(code, Breach.REUSED, before[code], moved, seekers) for code in taken]
    return tuple(sorted(found))


def _is_same(was: Holder, now: Holder) -> bool:
    if was.kind != now.kind:
        return False
    return not was.name or not now.name or was.name == now.name or was.name in now.formerly


def _carriers(
    after: Mapping[str, Holder], wanted: Collection[tuple[str, str]], before: Mapping[str, Holder]
) -> dict[tuple[str, str], list[str]]:
    """Codes that stand for one of those wanted now and did not before."""
    found: dict[tuple[str, str], list[str]] = {}
    for code, holder in after.items():
        for name in _names(holder):
            if (holder.kind, name) in wanted and not (code in before and _is_same(before[code], holder)):
                found.setdefault((holder.kind, name), []).append(code)
    return found


def _names(holder: Holder) -> Iterable[str]:
    return dict.fromkeys((holder.name, *holder.formerly)) if holder.name else ()


def _broken(
    code: str,
    breach: Breach,
    was: Holder,
    moved: Mapping[tuple[str, str], list[str]],
    seekers: Mapping[tuple[str, str], list[str]],
) -> Broken:
    """Whose code it was is found under another only where just one seeks and just one fits."""
    key = was.kind, was.name
    others = moved.get(key, ())
    if not was.name or len(others) != 1 or len(seekers[key]) != 1:
        return Broken(code, breach)
    return Broken(code, Breach.CHANGED if breach is Breach.VANISHED else breach, others[0])
