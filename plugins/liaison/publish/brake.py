"""What stops a publication, compared with what is published: codes that did not stay, and too many pages gone.

Nothing is read here; the sentences are for whoever publishes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from liaison.model.holders import Breach, Holder, breaches

from .manifest import Difference, Manifest

NAMED = 20
"""Of each sort that are named one by one."""

_WORDS = {Breach.VANISHED: "编号不见了", Breach.CHANGED: "换了编号", Breach.REUSED: "编号给了别人"}
_KINDS = {"station": "站", "deputy": "代表"}


def broken_codes(before: Manifest, after: Manifest) -> list[str]:
    """A sentence for every published code that did not stay with its holder (S14)."""
    found = []
    for broken in breaches(before.holders, after.holders):
        words = f"{broken.code}（{_KINDS[before.holders[broken.code].kind]}）：{_WORDS[broken.breach]}"
        found.append(f"{words}，现在是 {broken.other}" if broken.other else words)
    return found


def too_many_gone(before: Manifest, difference: Difference, percent: int) -> list[str]:
    """Which pages a release removes, if these are more than `percent` of those published; else nothing."""
    gone = [path for path in difference.removed if path.endswith(".html")]
    return gone if len(gone) * 100 > percent * len(before.pages) else []


def shown_again(current: Mapping[str, Holder], older: Mapping[str, Holder]) -> list[str]:
    """Codes of people who are hidden now and would be shown again by going back."""
    return sorted(
        code for code, holder in current.items() if holder.is_hidden and code in older and not older[code].is_hidden
    )


def lost_codes(current: Mapping[str, Holder], older: Mapping[str, Holder]) -> list[str]:
    """Codes whose posters would lead nowhere, or to somebody else, by going back."""
    return [broken.code for broken in breaches(current, older)]


def named(lines: Sequence[str], words: str) -> list[str]:
    """The first of these, and how many more there are."""
    more = len(lines) - NAMED
    return [*lines[:NAMED], f"……另有 {more} {words}"] if more > 0 else list(lines)
