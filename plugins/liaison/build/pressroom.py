"""A worker that prints: from a piece of the plan to the bytes of a PDF, checked before and read back after."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from time import perf_counter

from liaison.build.hung import printed_fields
from liaison.build.listed import told
from liaison.model.library import Library
from liaison.plan.diary import Diary
from liaison.plan.pages import Plan, bare_plan
from liaison.plan.prints import Piece
from liaison.publish.ledger import Fields
from liaison.publish.tree import put
from liaison.records.case import Ground
from liaison.records.reader import Reader, Source
from liaison.records.registers import part_register, whole_register
from liaison.render import photos
from liaison.render.print import preflight, press
from liaison.render.print.copies import LABELS, Wording, copies
from liaison.render.print.fonts import texts
from liaison.render.print.logos import logo
from liaison.render.print.proofreader import Proof, read_back
from liaison.render.print.setting import Setting
from liaison.render.print.subjects import Copy
from liaison.render.print.symbols import TooDenseError, drawn
from liaison.render.print.typesetter import Look, TooLongError, Typesetter
from liaison.workers import uncollected

Task = tuple[int | None, tuple[Piece, ...]]
"""Pieces about the records of one part, by its number; None where they are about records of several."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why something cannot be printed."""

    rule: str
    key: str
    """The record or lesson."""
    words: str
    remedy: str
    sought: str = ""
    """What to look for in the record's file."""


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a piece."""

    piece: Piece
    pages: int = 0
    size: int = 0
    sha256: str = ""
    fields: Mapping[str, Fields] = ()  # type: ignore[assignment]
    """By key."""
    faults: tuple[Fault, ...] = ()
    typeset: float = 0.0
    """Seconds."""
    proofed: float = 0.0


@dataclass(frozen=True, slots=True)
class Shop:
    """All that a worker needs."""

    ground: Ground
    source: Source
    library: Library
    setting: Setting
    look: Look
    wording: Wording
    made_on: datetime
    workspace: Path
    """A folder that is thrown away after the run."""

    @property
    def finished(self) -> Path:
        """Where files wait until all are done."""
        return self.workspace / "finished"


class Pressroom:
    """A worker with all its tools."""

    def __init__(self, shop: Shop) -> None:
        self._shop = shop
        self._reader = Reader(shop.source)
        self._typesetter = Typesetter(
            shop.look, shop.made_on, shop.workspace, logo(shop.look.logo, shop.setting.profile)
        )
        self.setting = replace(shop.setting, logo=self._typesetter.logo_name, families=shop.look.fonts.families)
        self._facts = self.setting.facts()
        self._plan = bare_plan(whole_register(shop.ground, self._reader, shop.source), shop.ground.today, shop.library)

    def do(self, task: Task) -> list[Made]:
        """Print the pieces of a task."""
        number, pieces = task
        plan = self._plan_for(number)
        return [self._piece(plan, piece) for piece in pieces]

    def fields(self, task: Task) -> Iterator[tuple[Piece, str, Fields]]:
        """What is printed of each record of a task, in digests."""
        for piece, key, item in self.items(task):
            yield piece, key, printed_fields(item, self._facts, self._shop.source.root)

    def items(self, task: Task) -> Iterator[tuple[Piece, str, Copy]]:
        """What is printed of each record of a task."""
        number, pieces = task
        plan = self._plan_for(number)
        for piece in pieces:
            for key, item in zip(piece.keys, copies(plan, piece, self._shop.wording), strict=True):
                yield piece, key, item

    def _plan_for(self, number: int | None) -> Plan:
        shop = self._shop
        if number is None:
            self._reader.leave()
            return self._plan
        own = self._reader.stand_in(number)
        register = part_register(shop.ground, self._reader, number, own, shop.source)
        return replace(self._plan, register=register, diary=Diary(register, shop.ground.today))

    def _piece(self, plan: Plan, piece: Piece) -> Made:
        start = perf_counter()
        items = copies(plan, piece, self._shop.wording)
        fields = {
            key: printed_fields(item, self._facts, self._shop.source.root)
            for key, item in zip(piece.keys, items, strict=True)
        }
        faults = self._unwritable(piece, items)
        if faults:
            return Made(piece, fields=fields, faults=tuple(faults))
        try:
            pdf, module = self._typeset(plan, piece, items)
        except TooDenseError as error:
            return Made(piece, faults=(Fault("print/too-dense", piece.keys[0], str(error), "在 site.yml 里换短网址"),))
        except TooLongError as error:
            remedy = "把名称、地址等写短一些"
            return Made(piece, faults=(Fault("print/too-long", piece.keys[0], f"{piece.kind.title}{error}", remedy),))
        done = perf_counter()
        proof = read_back(pdf, [item["url"] for item in items for _ in range(piece.kind.times)], module=module)
        proofed = perf_counter()
        faults = _misread(piece, items, proof)
        if not faults:
            put(self._shop.finished, piece.path, pdf)
        return Made(
            piece,
            pages=proof.pages,
            size=len(pdf),
            sha256=hashlib.sha256(pdf).hexdigest(),
            fields=fields,
            faults=tuple(faults),
            typeset=done - start,
            proofed=proofed - done,
        )

    def _typeset(self, plan: Plan, piece: Piece, items: Sequence[Copy]) -> tuple[bytes, float]:
        """The PDF, and the width of its smallest module in millimetres. Raises `TypesetError` and `TooDenseError`."""
        kind, setting = piece.kind, self.setting
        symbols = [drawn(item["url"], kind.symbol) for item in items]
        for key, item, symbol in zip(piece.keys, items, symbols, strict=True):
            item["symbol"] = symbol.as_data()
            if item.get("photo"):
                item["photo"] = self._typesetter.put_photo(key, self._photo(item["photo"]))
        region = plan.register.regions.get(piece.township)
        title = f"{kind.title}：{items[0].get('name') or items[0].get('title')}"
        data = setting.data(kind, title if len(items) == 1 else kind.title, region.name if region else "", items)
        try:
            pdf = self._typesetter.set(kind.template, data, is_archival=setting.mode == "office")
        finally:
            self._typesetter.drop_photos()
        widest = max(symbol.size for symbol in symbols)
        module = kind.symbol / widest / setting.scale_of(kind)
        return (pdf if setting.profile is None else self._finished(piece, pdf, setting)), module

    def _finished(self, piece: Piece, pdf: bytes, setting: Setting) -> bytes:
        """A file for the press, found fit. Raises `press.PressError`."""
        assert setting.profile is not None  # noqa: S101 - a press mode has one
        bleed = setting.bleed_of(piece.kind)
        finished = press.finish(
            pdf, setting.profile, bleed=bleed, marks=setting.has_crop_marks, made_on=self._shop.made_on
        )
        if amiss := preflight.faults(finished, trim=setting.trim_of(piece.kind), bleed=bleed):
            raise press.PressError(f"{piece.path}：{'；'.join(amiss)}")
        return finished

    def _photo(self, path: str) -> bytes:
        data = told(path, photos.encode_for_print, self._shop.source.root).data
        return self.setting.profile.photo(data) if self.setting.profile else data

    def _unwritable(self, piece: Piece, items: Sequence[Copy]) -> list[Fault]:
        """Characters that no font can write, each once a record, with the first field it stands in."""
        found = []
        for key, item in zip(piece.keys, items, strict=True):
            told = set[str]()
            for name, value in item.items():
                for one in self._shop.look.fonts.missing("".join(texts(value))):
                    if one in told:
                        continue
                    told.add(one)
                    found.append(unwritable(key, LABELS.get(name, name), one))
        return found


_REPORT = "这是程序的毛病，请告诉维护人员"
_FONTS = "在 site.yml 的 print 里用 fonts 加一个有这个字的字体"


def unwritable(key: str, place: str, one: str) -> Fault:
    """A character that no font can write, and where it stands."""
    words = f"{place}里的“{one}”（U+{ord(one):04X}）字体里没有，印不出来"
    return Fault("print/glyph-missing", key, words, _FONTS, sought=one)


def _misread(piece: Piece, items: Sequence[Copy], proof: Proof) -> list[Fault]:
    """What a reader found amiss on the finished pages."""
    key_of = {item["url"]: key for key, item in zip(piece.keys, items, strict=True)}
    title = piece.kind.title
    unread = [Fault("print/unread", key_of[one], f"{title}上的二维码扫不出来：{one}", _REPORT) for one in proof.missing]
    foreign = (f"{title}上扫出了不该有的内容：{one}" for one in proof.foreign)
    return [*unread, *(Fault("print/foreign", piece.keys[0], words, _REPORT) for words in foreign)]


_here = threading.local()
"""What a worker works from: set once, when it starts."""


def start(shop: Shop) -> None:
    """Set up the worker of this process."""
    _here.room = Pressroom(shop)


def work(task: Task) -> list[Made]:
    """Let the worker of this process do a task."""
    room: Pressroom = _here.room
    with uncollected():
        return room.do(task)
