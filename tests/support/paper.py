"""What stands on the pages of a PDF, as PDFium sees its drawing operators: words, sizes of type, QR symbols, pictures.

It shares nothing with what typesets. Lengths are in millimetres from the lower left corner, sizes of type in points.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as c

POINT = 25.4 / 72
_MANY = 100
"""Corners: a path with more of them is a QR symbol."""

_SHARP = 6
"""Pixels a module in a picture of a symbol."""


@dataclass(frozen=True)
class Symbol:
    """A QR symbol that is one path."""

    left: float
    bottom: float
    right: float
    top: float
    module: float
    """Width of the narrowest step of its outlines."""
    colour: tuple[int, int, int, int]
    """Red, green, blue, opacity; 0 to 255."""
    is_plain: bool
    """Filled by the even-odd rule, not stroked, of straight lines only."""

    @property
    def modules(self) -> float:
        """How many stand side by side."""
        return (self.right - self.left) / self.module


@dataclass(frozen=True)
class Sheet:
    """One page."""

    file: Path
    number: int
    width: float
    height: float
    words: str
    """All text, without blanks and places where a line may break."""
    type_sizes: tuple[tuple[float, str], ...]
    """Of every run of text, smallest first."""
    symbols: tuple[Symbol, ...]

    def picture(self, dots: float) -> Any:
        """In grey, so many pixels a millimetre."""
        with _opened(self.file) as document:
            page = document[self.number]
            bitmap = page.render(scale=dots * POINT, grayscale=True)
            found = bitmap.to_numpy().copy()
            bitmap.close()
            page.close()
        return found

    @cached_property
    def looks(self) -> list[tuple[Symbol, Any, Any]]:
        """Each symbol with its picture out to the quiet zone of four modules, and which pixels of it are that zone."""
        if not self.symbols:
            return []
        dots = _SHARP / min(one.module for one in self.symbols)
        picture = self.picture(dots)
        return [(one, *_cut(picture, one, dots, self.height)) for one in self.symbols]


def _cut(picture: Any, symbol: Symbol, dots: float, height: float) -> tuple[Any, Any]:
    quiet = 4 * symbol.module
    outer = [symbol.left - quiet, height - symbol.top - quiet, symbol.right + quiet, height - symbol.bottom + quiet]
    left, top, right, bottom = (round(side * dots) for side in outer)
    assert 0 <= left < right <= picture.shape[1], "the quiet zone ends beyond the sheet"
    assert 0 <= top < bottom <= picture.shape[0], "the quiet zone ends beyond the sheet"
    zone = np.ones((bottom - top, right - left), bool)
    inside = round(quiet * dots) - 2  # edges are blended into the pixels beside them
    zone[inside:-inside, inside:-inside] = False
    zone[:1], zone[-1:], zone[:, :1], zone[:, -1:] = False, False, False, False
    return picture[top:bottom, left:right], zone


def sheets(file: Path) -> list[Sheet]:
    """Every page of a file."""
    with _opened(file) as document:
        return [_sheet(document, file, number) for number in range(len(document))]


@contextmanager
def _opened(file: Path) -> Iterator[Any]:
    document = pypdfium2.PdfDocument(file)
    try:
        yield document
    finally:
        document.close()


def _sheet(document: Any, file: Path, number: int) -> Sheet:
    page = document[number]
    words = page.get_textpage()
    width, height = page.get_size()
    types, symbols = [], []
    for one in page.get_objects(max_depth=8):
        if one.type == c.FPDF_PAGEOBJ_TEXT:
            types.append((_type_size(one), _text(one, words)))
        elif one.type == c.FPDF_PAGEOBJ_PATH and c.FPDFPath_CountSegments(one.raw) > _MANY:
            symbols.append(_symbol(one))
    said = "".join(words.get_text_range().replace("\u200b", "").split())
    words.close()
    page.close()
    return Sheet(file, number, width * POINT, height * POINT, said, tuple(sorted(types)), tuple(symbols))


def _type_size(one: Any) -> float:
    size, matrix = ctypes.c_float(), one.get_matrix()
    c.FPDFTextObj_GetFontSize(one.raw, size)
    return size.value * sqrt(abs(matrix.a * matrix.d - matrix.b * matrix.c))


def _text(one: Any, words: Any) -> str:
    size = c.FPDFTextObj_GetText(one.raw, words.raw, None, 0)
    held = ctypes.create_string_buffer(size)
    c.FPDFTextObj_GetText(one.raw, words.raw, ctypes.cast(held, ctypes.POINTER(ctypes.c_ushort)), size)
    return held.raw.decode("utf-16-le", "replace").rstrip("\0")


def _symbol(path: Any) -> Symbol:
    bounds = [side * POINT for side in path.get_bounds()]
    matrix, steps, is_straight = path.get_matrix(), set(), True
    for number in range(c.FPDFPath_CountSegments(path.raw)):
        part = c.FPDFPath_GetPathSegment(path.raw, number)
        x, y = ctypes.c_float(), ctypes.c_float()
        c.FPDFPathSegment_GetPoint(part, x, y)
        steps.add(round(matrix.on_point(x.value, y.value)[0] * POINT, 2))
        is_straight &= c.FPDFPathSegment_GetType(part) != c.FPDF_SEGMENT_BEZIERTO
    wide = sorted(steps)
    gaps = [after - before for before, after in pairwise(wide)]
    count = round((wide[-1] - wide[0]) / min(gap for gap in gaps if gap > 0.2))
    channels = [ctypes.c_uint() for _ in range(4)]
    c.FPDFPageObj_GetFillColor(path.raw, *channels)
    rule, stroke = ctypes.c_int(), ctypes.c_int()
    c.FPDFPath_GetDrawMode(path.raw, rule, stroke)
    is_plain = rule.value == c.FPDF_FILLMODE_ALTERNATE and not stroke.value and is_straight
    red, green, blue, opacity = (one.value for one in channels)
    module = (bounds[2] - bounds[0]) / count
    return Symbol(*bounds, module=module, colour=(red, green, blue, opacity), is_plain=is_plain)
