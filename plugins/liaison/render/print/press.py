"""A PDF typeset in CMYK made ready for a printer: boxes, crop marks, output intent.

The file follows the rules of PDF/X-4 (ISO 15930-7) named below but does not claim to be one: fonts, colours and
the rest of it are as typeset. What a finished file must be is checked in `preflight`.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import TypeAlias

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream, String

from liaison.render.print.profiles import REGISTRY, Profile

POINTS = 72 / 25.4
"""To the millimetre (ISO 32000, 8.3.2.3: a unit of user space is 1/72 inch)."""

SLUG = 7.0
"""Millimetres of sheet around the bleed, for the marks."""

MARK = 5.0
"""Millimetres, the length of a crop mark. It begins where the bleed ends."""

_THICKNESS = 0.25
"""Points."""

_SLACK = 0.02
"""Points that rounding to single precision may move a box."""

Line: TypeAlias = tuple[float, float, float, float]


class PressError(ValueError):
    """The typeset file has no bleed, or less than asked for; says on which page in Chinese."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of a page, in points (ISO 32000, 14.11.2)."""

    left: float
    bottom: float
    right: float
    top: float

    def grown(self, points: float) -> Box:
        """Larger by `points` on each side."""
        return Box(self.left - points, self.bottom - points, self.right + points, self.top + points)

    def holds(self, other: Box, slack: float = _SLACK) -> bool:
        """The other one lies in it, or sticks out by no more than `slack` points."""
        wide = self.grown(slack)
        across = wide.left <= other.left and other.right <= wide.right
        return across and wide.bottom <= other.bottom and other.top <= wide.top

    def within(self, other: Box) -> Box:
        """What of it lies in the other one."""
        return Box(
            max(self.left, other.left),
            max(self.bottom, other.bottom),
            min(self.right, other.right),
            min(self.top, other.top),
        )

    def sides(self) -> Array:
        """As it stands in a PDF, to a hundred-thousandth of a point."""
        return Array([Decimal(f"{side + 0.0:.5f}") for side in (self.left, self.bottom, self.right, self.top)])


def box(page: pikepdf.Page, name: str) -> Box | None:
    """A box as the page itself has it, without the defaults for boxes it has not; the media box may be inherited."""
    found = page.mediabox if name == "/MediaBox" else page.obj.get(name)
    if found is None:
        return None
    one, two, three, four = (float(side) for side in found.as_list())
    return Box(min(one, three), min(two, four), max(one, three), max(two, four))


def finish(pdf: bytes, profile: Profile, *, bleed: float, marks: bool, made_on: datetime) -> bytes:
    """The PDF for the press; the same bytes for the same input.

    `bleed` is in millimetres; `made_on` knows its time zone. With `marks`, each page becomes a sheet larger by
    `SLUG` with crop marks; what was typeset stays where it is and ends at the bleed. Without, a page without a
    trim box is cut where it ends (a sheet of cards that has its own marks). Raises `PressError`.
    """
    if made_on.tzinfo is None:
        raise ValueError("a time without a time zone")
    with pikepdf.open(io.BytesIO(pdf)) as document:
        plates = _all_plates(document)
        for number, page in enumerate(document.pages, start=1):
            trim, bled = _set_boxes(page, f"第 {number} 页", bleed)
            if marks:
                _draw_marks(page, plates, trim, bled)
        document.Root.OutputIntents = Array([_output_intent(document, profile)])
        _date(document, made_on)
        out = io.BytesIO()
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _set_boxes(page: pikepdf.Page, where: str, bleed: float) -> tuple[Box, Box]:
    """Write the trim and bleed boxes, and give them. A page without a trim box is cut where it ends."""
    media = box(page, "/MediaBox")
    if media is None:
        raise PressError(f"{where}没有页面尺寸。")
    trim = box(page, "/TrimBox") or media
    wanted = trim.grown(bleed * POINTS)
    if not media.holds(wanted):
        raise PressError(f"{where}排版时没有留够 {bleed:g} 毫米出血。")
    bled = wanted.within(media)
    page.obj.TrimBox = trim.sides()
    page.obj.BleedBox = bled.sides()
    return trim, bled


def _draw_marks(page: pikepdf.Page, plates: pikepdf.Object, trim: Box, bled: Box) -> None:
    """Enlarge the sheet and draw the marks; end what was typeset at the bleed, as the smaller page did before.

    The marks are a page artifact (ISO 32000, 14.8.2.2.2) in the colour of all plates (8.6.6.4), 100 % of each ink.
    """
    page.obj.MediaBox = page.obj.CropBox = bled.grown(SLUG * POINTS).sides()
    ink = page.add_resource(plates, Name.ColorSpace, Name.Registration)
    lines = "".join(f"{x:.5f} {y:.5f} m {to_x:.5f} {to_y:.5f} l\n" for x, y, to_x, to_y in _crop_lines(trim, bled))
    drawn = f"/Artifact <</Type /Page>> BDC\nq {ink} CS 1 SCN {_THICKNESS} w 0 J [] 0 d\n{lines}S Q\nEMC\n"
    width, height = bled.right - bled.left, bled.top - bled.bottom
    clip = f"q {bled.left:.5f} {bled.bottom:.5f} {width:.5f} {height:.5f} re W n\n"
    page.contents_add((drawn + clip).encode(), prepend=True)
    page.contents_add(b"Q\n")


def _crop_lines(trim: Box, bled: Box) -> Iterator[Line]:
    """Two lines at each corner, on the lines of the cut, outwards from the bleed."""
    long = MARK * POINTS
    for x in (trim.left, trim.right):
        yield x, bled.bottom, x, bled.bottom - long
        yield x, bled.top, x, bled.top + long
    for y in (trim.bottom, trim.top):
        yield bled.left, y, bled.left - long, y
        yield bled.right, y, bled.right + long, y


def _all_plates(document: pikepdf.Pdf) -> pikepdf.Object:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1], N=1)
    return document.make_indirect(Array([Name.Separation, Name.All, Name.DeviceCMYK, tint]))


def _output_intent(document: pikepdf.Pdf, profile: Profile) -> pikepdf.Object:
    """For which press the inks are meant (ISO 32000, 14.11.5; ISO 15930-7)."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(profile.condition or "Custom"),
        OutputCondition=String(profile.name),
        Info=String(profile.name),
        DestOutputProfile=Stream(document, profile.data, N=4),
    )
    if profile.condition is not None:
        intent.RegistryName = String(REGISTRY)
    return document.make_indirect(intent)


def _date(document: pikepdf.Pdf, made_on: datetime) -> None:
    """The day of the records instead of that of the run, and that no colour was trapped, twice (ISO 15930-7)."""
    with document.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as notes:
        for key in ("xmp:CreateDate", "xmp:ModifyDate", "xmp:MetadataDate"):
            notes[key] = made_on.isoformat(timespec="seconds")
        notes["pdf:Trapped"] = "False"
    document.docinfo.Trapped = Name("/False")
    for key in ("/CreationDate", "/ModDate"):
        document.docinfo[key] = String(pikepdf.models.metadata.encode_pdf_date(made_on))
