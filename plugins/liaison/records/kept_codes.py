"""Whether the codes of an earlier version are still where they were."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from liaison.model.holders import Breach, Broken, Holder, breaches, is_same

from .case import Ground
from .folder import Folder
from .gather import Gathered
from .issued_codes import Held, IssuedCodes, Unkept, held_now
from .reader import Reader, Source
from .text import shown
from .versions import BaseError


@dataclass(frozen=True, slots=True)
class Present:
    """What there is now, to be compared with an earlier version."""

    source: Source
    gathered: Sequence[Gathered]
    """Of the parts, in their order."""
    ground: Ground
    odd: Sequence[str]
    """Files and folders that are not taken for records, because of their name, kind or place."""


def unkept(issued: IssuedCodes, present: Present) -> tuple[Unkept, ...]:
    """Codes of an earlier version that did not stay with their holders, in order of codes.

    Only records that are not what they were are looked at. A code that may stand in a file that gave no record, or
    in one that is not taken for a record, is not said to have vanished: the file has its own fault. Raises `BaseError`
    where the work tree is not whole.
    """
    _refuse_sparse(issued, present)
    if not issued.held:
        return ()
    changed = tuple(_changed(issued, present))
    before, after = _paired(issued.held, changed, present)
    broken = breaches(_holders(before), _holders(after))
    at = {one.file: one for one in changed}
    unnamed = [one for one in (*issued.held, *changed) if one.is_hidden]
    hidden = {(one.holder.kind, name) for one in unnamed for name in (one.name, *one.formerly)}
    unread, told = _Unread(present), []
    for one in _by_file(broken, before, after, at):
        was, has = before[one.code], after.get(one.code)
        if one.breach is Breach.VANISHED and unread.may_hold(one.code, was.file):
            continue
        has_name_struck_out = has is not None and has.is_hidden
        now = has or after.get(one.other)
        told.append(
            Unkept(
                ref=issued.ref,
                is_behind=issued.has_more,
                broken=one,
                was=replace(was, name="") if has_name_struck_out or _who(was) in hidden else was,
                now=replace(now, name="") if now is not None and _who(now) in hidden else now,
                is_file_there=was.file in at,
            )
        )
    return tuple(told)


def _refuse_sparse(issued: IssuedCodes, present: Present) -> None:
    """What Git takes to be the same must be there; else Git was told to look away."""
    there = {file for one in present.gathered for file in (*one.layout.stations, *one.layout.deputies)}
    for file in sorted(issued.same - there):
        if not os.path.lexists(present.source.root / file):
            missing = f"{shown(file, 120)} 没有取出到工作目录（稀疏检出）"
            raise BaseError(f"{missing}，不能和以前的版本比较；先运行 git sparse-checkout disable")


def _changed(issued: IssuedCodes, present: Present) -> Iterator[Held]:
    """Codes of all records that are not what they were, in file order of the parts."""
    reader = Reader(present.source)
    for number, (one, brief) in enumerate(zip(present.gathered, present.source.index.briefs, strict=True)):
        if issued.same.issuperset(one.layout.stations) and issued.same.issuperset(one.layout.deputies):
            continue
        for place, code in enumerate(brief.codes):
            if code is not None and (filed := reader.at((number, place))).file not in issued.same:
                yield held_now(filed)
        reader.leave()


def _paired(held: Iterable[Held], now: Iterable[Held], present: Present) -> tuple[dict[str, Held], dict[str, Held]]:
    """The holder of each code before and now; of several the two that are the same, else the first.

    What is written twice is another fault. A code in a file that did not change was that record's before too.
    """
    was_all, now_all = _by_code(held), _by_code(now)
    index = present.source.index
    before, after = {}, {code: holders[0] for code, holders in now_all.items()}
    for code, earlier in was_all.items():
        later = now_all.get(code, [])
        if not later and (code in index.station or code in index.deputy):
            continue
        pairs = ((was, has) for was in earlier for has in later if is_same(was.holder, has.holder))
        before[code], found = next(pairs, (earlier[0], later[0] if later else None))
        if found is not None:
            after[code] = found
    return before, after


def _by_code(held: Iterable[Held]) -> Mapping[str, list[Held]]:
    found: dict[str, list[Held]] = defaultdict(list)
    for one in held:
        found[one.code].append(one)
    return found


def _holders(held: Mapping[str, Held]) -> dict[str, Holder]:
    return {code: one.holder for code, one in held.items()}


def _by_file(
    broken: Sequence[Broken], before: Mapping[str, Held], after: Mapping[str, Held], at: Mapping[str, Held]
) -> Iterator[Broken]:
    """Where names did not tell which code a holder carries now, the file does that the record stands in."""
    for one in broken:
        was = before[one.code]
        here = at.get(was.file)
        if one.other or here is None or not _carries(was, here, before, after):
            yield one
        else:
            breach = Breach.CHANGED if one.breach is Breach.VANISHED else one.breach
            yield replace(one, breach=breach, other=here.code)


def _carries(was: Held, here: Held, before: Mapping[str, Held], after: Mapping[str, Held]) -> bool:
    """Whether a record is the one it was, by name, and its code was nobody's or another's."""
    if after[here.code] is not here or not (was.name and here.name and is_same(was.holder, here.holder)):
        return False
    return here.code not in before or not is_same(before[here.code].holder, here.holder)


class _Unread:
    """What gave no record and is said to be at fault for that."""

    def __init__(self, present: Present) -> None:
        self._present = present

    def may_hold(self, code: str, file: str) -> bool:
        """Whether a code may stand there: its record's file is one of them, or one of them has it."""
        unsound = self._present.ground.unsound
        if file in unsound or any(code in words for words in unsound.values()):
            return True
        if any(file == path or file.startswith(f"{path}/") for path in self._present.odd):
            return True
        return any(code.encode() in data for data in self._odd)

    @cached_property
    def _odd(self) -> tuple[bytes, ...]:
        folder = Folder(self._present.source.root)
        return tuple(folder.held(path) for path in self._files())

    def _files(self) -> Iterator[str]:
        """Files that are not taken for records, those in folders that are not entered too; links are not followed."""
        root = self._present.source.root
        for path in self._present.odd:
            if _is_file(f"{root}/{path}"):
                yield path
            for folder, _, names in os.walk(f"{root}/{path}"):
                files = (f"{folder}/{name}" for name in names)
                yield from (os.path.relpath(file, root) for file in files if _is_file(file))


def _is_file(path: str) -> bool:
    return path.endswith((".yml", ".yaml")) and os.path.isfile(path) and not os.path.islink(path)  # noqa: PTH113, PTH114


def _who(held: Held) -> tuple[str, str]:
    return held.holder.kind, held.name
