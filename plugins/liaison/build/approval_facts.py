"""What an approval sheet needs to know of a site: who the changed records are, and what no longer holds in print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from liaison.build import reprints
from liaison.build.run import Order, choose, prepare
from liaison.model.holders import short_digest
from liaison.model.register import Register
from liaison.plan.changes import Changes, What
from liaison.plan.kinds import KINDS
from liaison.plan.lectures import Lectures
from liaison.plan.prints import Choice, key_of
from liaison.publish.ledger import NAME, Item, Ledger, LedgerError
from liaison.publish.manifest import Manifest
from liaison.records.lessons import library
from liaison.records.read import Reading
from liaison.render import words
from liaison.render.approval.annex import PrintRow
from liaison.render.approval.topics import Subject, Titles
from liaison.render.print.copies import FIELDS, Wording, reasons

_LEDGERS = ("press", "office")
"""Where print runs lie below `posters`: what hangs on walls came from the press, if anything did."""

_UNTOLD = "没有印刷清单（posters 里没有做过印刷品），无法比较哪些要重印。"
_REMARKS = {"closed": "已停用", "merged": "已合并", "former": "已离任", "paused": "不公开", "withheld": "不公开"}


def subjects_of(register: Register, changes: Changes) -> dict[str, Subject]:
    """Those whose records changed, by code."""
    codes = dict.fromkeys(one.code for one in changes.holders if one.what is not What.VANISHED)
    return {code: _subject(register, code) for code in codes if code in register.stations or code in register.deputies}


def _subject(register: Register, code: str) -> Subject:
    if code in register.stations:
        station = register.stations[code]
        into = register.stations.get(station.merged_into or "")
        return Subject(name=station.name, into=into.label if into else "", remark=_REMARKS.get(station.status, ""))
    deputy = register.deputies[code]
    is_public = deputy.status == "active"
    return Subject(
        name=deputy.name,
        station=register.stations[register.home_of[code]].label,
        remark=_REMARKS.get(deputy.status, ""),
        consent=deputy.consent.ref if deputy.consent else "",
        has_photo=is_public and deputy.photo is not None,
        has_own_phone=is_public and deputy.contact is not None and deputy.contact.phone_is == "本人",
    )


def outdated(register: Register, changes: Changes, manifest: Manifest) -> list[str]:
    """Codes of the release whose record is another now: the records went on after it was built."""
    found = []
    for code in dict.fromkeys(one.code for one in changes.holders if one.what is not What.VANISHED):
        holder = manifest.holders[code]
        record = register.stations.get(code) or register.deputies.get(code)
        is_same = record is not None and record.status == holder.status
        if record is None or not is_same or (holder.name and holder.name != short_digest(record.name)):
            found.append(code)
    return found


def titles_of(reading: Reading) -> Titles:
    """Titles of all lessons on file."""
    return {one.key: one.lesson.title for one in library(reading.curriculum).lessons}


@dataclass(frozen=True, slots=True)
class Prints:
    """What the release means for what is printed."""

    sentences: tuple[str, ...]
    rows: tuple[PrintRow, ...] = ()


def prints_of(root: Path, reading: Reading) -> Prints:
    """What has to be printed again or taken down, by the ledger of the last print runs."""
    place = next((one for one in _LEDGERS if (root / "posters" / one / NAME).is_file()), None)
    if place is None:
        return Prints((_UNTOLD,))
    try:
        printed = Ledger.read(root / "posters" / place / NAME).items_by_day()
    except LedgerError:
        return Prints((f"印刷清单 posters/{place}/{NAME} 读不出来，无法比较哪些要重印；重新制作一次印刷品就有了。",))
    kinds = {kind for items in printed.values() for kind, _ in items} & KINDS.keys()
    order = Order(wording=Wording(with_deputies=_with_deputies(printed.values())))
    run = choose(prepare(root, reading, order), Choice(kinds=kinds))
    there = {item for items in printed.values() for item in items if item[0] in kinds}
    in_use = {(piece.kind.name, key) for piece in run.pieces for key in piece.keys}
    _, differing = reprints.only_changed(run, printed)
    again = {item: reasons(fields) for item, fields in differing.items() if fields and item in there}
    gone = sorted(there - in_use)
    names = _Names(reading)
    rows = [PrintRow("重印", KINDS[kind].title, key, names(key), why) for (kind, key), why in sorted(again.items())]
    rows += [PrintRow("取下", KINDS[kind].title, key, names(key), _gone(reading, key)) for kind, key in gone]
    days = max(printed) if printed else reading.today
    what = {"press": "交印厂", "office": "办公打印"}[place]
    head = f"与{words.day(days)}的印刷清单（{what}）比较："
    if not rows:
        return Prints((f"{head}已印的都不用换。",))
    found = [f"{head}{'' if again else '没有要重印的。'}{_counted('需重印', again) if again else ''}"]
    if gone:
        found.append(_counted("应取下", dict.fromkeys(gone, "")))
    return Prints((*found, "逐件见附件清单。"), tuple(rows))


def _with_deputies(printed: Iterable[Mapping[Item, Mapping[str, str]]]) -> bool:
    """Whether sheets that can name deputies did: the same wording is compared."""
    found = [
        "deputies" in fields
        for items in printed
        for (kind, _), fields in items.items()
        if kind in KINDS and "deputies" in FIELDS[KINDS[kind].template]
    ]
    return any(found) or not found


def _counted(what: str, items: Mapping[Item, str]) -> str:
    """「需重印3份：联络站海报 A4 2份（电话），代表海报 A4 1份（照片）。」"""
    parts = []
    for name, kind in KINDS.items():
        why = [fields for (one, _), fields in items.items() if one == name]
        if why:
            fields = "、".join(dict.fromkeys(part for one in why for part in one.split("、") if part))
            parts.append(f"{kind.title} {len(why)}份" + (f"（{fields}）" if fields else ""))
    return f"{what}{len(items)}份：{'，'.join(parts)}。"


def _gone(reading: Reading, key: str) -> str:
    register = reading.register
    if key in register.stations:
        return "站已停用"
    return "不再任职或不公开" if key in register.deputies else "已不在用"


class _Names:
    """What printed things are called."""

    def __init__(self, reading: Reading) -> None:
        self._register = reading.register
        self._lessons = {key_of(one): one.lesson.title for one in Lectures(library(reading.curriculum)).library.lessons}

    def __call__(self, key: str) -> str:
        if key in self._register.stations:
            return self._register.stations[key].name
        if key in self._register.deputies:
            return self._register.deputies[key].name
        return self._lessons.get(key, "")
