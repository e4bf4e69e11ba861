"""What goes with a print run to the printer and to those who hand it out: index, packing lists, sign-off and cover.

Made while the pieces still wait, and put in place with them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from liaison.build.pressroom import Made, Shop
from liaison.plan.kinds import KINDS, Kind
from liaison.plan.pages import Plan
from liaison.plan.prints import Piece, targets
from liaison.publish.ledger import Item
from liaison.publish.tree import put
from liaison.render import words
from liaison.render.print.packing import EVERYWHERE, Listed, Packed, hand_out, loads, write_index
from liaison.render.print.setting import Setting
from liaison.render.print.signing import cover, signoff
from liaison.render.print.typesetter import Typesetter

INDEX, PACKING, SIGNOFF, COVER = "index.xlsx", "分发清单", "签样单.pdf", "封面.pdf"

TEMPLATES = frozenset({"cover", "packing", "signoff"})

MOST_TOWNSHIPS = 300
MOST_FILES = 5000
"""Beyond either, packing lists are made by county: nobody prints one of a thousand pages, and it takes long to set."""

_STATION, _DEPUTY, _LESSON = "联络站", "代表", "普法课"


def pack(plan: Plan, shop: Shop, made: Sequence[Made], reasons: Mapping[Item, str]) -> list[str]:
    """Make the papers for what a run made, in packing order, beside it in the folder where it waits; gives their names.

    `reasons` say why things are printed again. Raises `TypesetError` and `OSError`.
    """
    names = _Names(plan, [one.piece for one in made])
    files = [names.packed(one, shop.setting, reasons) for one in made]
    site, day = shop.setting.site.name, words.day(shop.setting.today)
    shop.finished.mkdir(parents=True, exist_ok=True)
    write_index(shop.finished / INDEX, files, names.listed(), site=site, day=day, made_on=shop.made_on)
    return [INDEX, *_Papers(plan, shop).write(files)]


def put_beside(papers: Sequence[str], finished: Path, out: Path) -> None:
    """Move the papers to the pieces, and remove packing lists of an earlier run."""
    for name in papers:
        (finished / name).replace(out / name)
    for file in out.glob(f"{PACKING}*.pdf"):
        if file.name not in papers:
            file.unlink()


class _Papers:
    """The papers that are typeset; always office papers, whatever the run is for."""

    def __init__(self, plan: Plan, shop: Shop) -> None:
        self._plan, self._shop = plan, shop
        self._typesetter = Typesetter(shop.look, shop.made_on, shop.workspace)
        families, logo = shop.look.fonts.families, self._typesetter.logo_name
        self._setting = replace(shop.setting, mode="office", profile=None, logo=logo, families=families)

    def write(self, files: Sequence[Packed]) -> Iterator[str]:
        """Set one after another; gives the names of the files."""
        by_kind = sorted(loads(files), key=lambda load: list(KINDS).index(load.kind.name))
        yield self._set(SIGNOFF, "signoff", "印刷品签样单", signoff(self._shop.setting, by_kind))
        for number, load in enumerate(by_kind):
            first = self._shop.finished / load.files[0].path
            self._typesetter.put_file(cover_name(number), first.read_bytes())
        pictures = [cover_name(number) for number in range(len(by_kind))]
        yield self._set(COVER, "cover", "封面", cover(self._shop.setting, by_kind, pictures))
        for region, some in self._parts(files):
            name = f"{PACKING}-{region}.pdf" if region else f"{PACKING}.pdf"
            yield self._set(name, "packing", PACKING, {"towns": hand_out(some)})

    def _parts(self, files: Sequence[Packed]) -> Iterator[tuple[str, Sequence[Packed]]]:
        """What goes into one packing list each: all, or that of a county."""
        if len(files) <= MOST_FILES and len({one.region for one in files}) <= MOST_TOWNSHIPS:
            yield "", files
            return
        by_county: dict[str, list[Packed]] = {}
        for one in files:
            county = self._plan.land.roll_region(one.region) if one.region else EVERYWHERE
            by_county.setdefault(county, []).append(one)
        yield from sorted(by_county.items())

    def _set(self, name: str, template: str, title: str, item: dict[str, Any]) -> str:
        kind = Kind(
            name=template,
            title=title,
            subject="all codes",
            template=template,
            width=210,
            height=297,
            symbol=0,
            material="",
        )
        site = self._shop.setting.site.name
        pdf = self._typesetter.set(
            template, self._setting.data(kind, f"{title}：{site}", "", [item]), is_archival=False
        )
        put(self._shop.finished, name, pdf)
        return name


def cover_name(number: int) -> str:
    """Where the cover finds the first file of a kind."""
    return f"cover-{number}.pdf"


class _Names:
    """How the records, lessons and townships of a run are called."""

    def __init__(self, plan: Plan, pieces: Sequence[Piece]) -> None:
        self._plan, self._register, self._pieces = plan, plan.register, pieces
        self._targets = {one.key: one for one in targets(pieces, plan.register, plan.lectures)}

    def packed(self, one: Made, setting: Setting, reasons: Mapping[Item, str]) -> Packed:
        """A file as those know it who print it and hand it out."""
        piece = one.piece
        key = piece.keys[0]
        return Packed(
            region=piece.township,
            place=self._place(piece.township),
            kind=piece.kind,
            scale=setting.scale_of(piece.kind),
            name=self._name(piece),
            code="" if len(piece.keys) > 1 else key,
            holds=len(piece.keys),
            path=piece.path,
            pages=one.pages,
            copies=setting.site.print.copies.get(piece.kind.name, 1),
            url=self._url(key),
            reason=_joined(reasons.get((piece.kind.name, key), "") for key in piece.keys),
            sha256=one.sha256,
        )

    def listed(self) -> Iterator[Listed]:
        """Every code of the run once: by township, each station before its deputies."""
        township = {key: piece.township for piece in self._pieces for key in piece.keys}
        for key in sorted(township, key=lambda key: (township[key], *self._rank(key))):
            home = self._register.home_of[key] if self._is_deputy(key) else None
            yield Listed(
                key,
                _DEPUTY if home else _STATION if key in self._register.stations else _LESSON,
                self._targets[key].name,
                self._register.stations[home].label if home else "",
                self._place(township[key]),
                self._url(key),
            )

    def _rank(self, key: str) -> tuple[str, bool, str]:
        if self._is_deputy(key):
            return self._register.home_of[key], True, key
        return key, False, key

    def _is_deputy(self, key: str) -> bool:
        return key in self._register.deputies

    def _name(self, piece: Piece) -> str:
        """The record or lesson by name, of several the first and how many there are."""
        first = self._targets[piece.keys[0]].name
        if len(piece.keys) == 1:
            return first
        return f"{first}等{len(piece.keys)}{'人' if piece.kind.subject == 'deputy codes' else '个编号'}"

    def _url(self, key: str) -> str:
        return self._register.site.code_base + self._targets[key].path

    def _place(self, region: str) -> str:
        known = self._register.regions.get(region)
        return known.name if known else region or EVERYWHERE


def _joined(reasons: Iterable[str]) -> str:
    """Why several things in one file are printed again, each reason once."""
    return "；".join(dict.fromkeys(filter(None, reasons)))
