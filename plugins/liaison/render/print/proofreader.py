"""Reads every QR code of a finished PDF back, from the file's own bytes, as another reader sees its pages.

It shares nothing with the code that draws symbols and typesets. PDFium is not safe in threads: use it from processes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

import pypdfium2  # type: ignore[import-untyped]
import zxingcpp

_LOCAL, _WHOLE = zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram
TRIES = ((4, _LOCAL), (5, _WHOLE), (6, _LOCAL), (9, _WHOLE))
"""Pixels a module, and how black is told from white: the first for all pages, the others while something is missing.

Each alone now and then overlooks a good symbol among thirty of a page, but not the same one.
"""

MOST_PIXELS = 40_000_000
"""Of one page: 40 MB as grey. A page is drawn coarser rather than larger."""

_POINT = 25.4 / 72  # mm
_ONLY_QR = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])


@dataclass(frozen=True, slots=True)
class Proof:
    """What a PDF shows, against what it should show.

    Payloads are sorted; one that lacks twice stands twice.
    """

    pages: int
    missing: tuple[str, ...]
    foreign: tuple[str, ...]
    """Read, but not expected, or not so often: paper that leads people elsewhere."""

    @property
    def is_good(self) -> bool:
        """Whether each code was read as often as it must be, and none besides."""
        return not (self.missing or self.foreign)


def read_back(pdf: bytes, expected: Sequence[str], *, module: float) -> Proof:
    """Read all QR codes of the document and compare them with `expected`, a payload as often as it must occur.

    `module` is the width of the smallest module in the file, in millimetres; a foreign code with far smaller ones can
    be overlooked. Codes that stand on their heads count, light ones on dark ground do not: many phones refuse them.
    Raises `ValueError` if this is no PDF that can be drawn.
    """
    if not 0 < module < float("inf"):
        raise ValueError(f"module must be above 0, not {module!r}")
    try:
        document = pypdfium2.PdfDocument(pdf)
        try:
            return _Reading(document, expected, module).proof()
        finally:
            document.close()
    except pypdfium2.PdfiumError as error:
        raise ValueError(f"PDFium cannot draw the file: {error}") from error


class _Reading:
    """One document and what was read on each of its pages."""

    def __init__(self, document: pypdfium2.PdfDocument, expected: Sequence[str], module: float) -> None:
        self._document, self._expected, self._module = document, Counter(expected), module
        self._pages: list[Counter[str]] = []

    def proof(self) -> Proof:
        for number in range(len(self._document)):
            self._pages.append(self._read(number, *TRIES[0]))
        for again in TRIES[1:]:
            for number in self._doubtful():
                self._pages[number] |= self._read(number, *again)
        foreign = self._found() - self._expected
        return Proof(len(self._pages), _listed(self._missing()), _listed(foreign))

    def _doubtful(self) -> Iterator[int]:
        """Pages, those with the fewest codes first, until nothing is missing: what belongs to which is not known."""
        for number in sorted(range(len(self._pages)), key=lambda number: self._pages[number].total()):
            if not self._missing():
                return
            yield number

    def _found(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for page in self._pages:
            found.update(page)
        return found

    def _missing(self) -> Counter[str]:
        return self._expected - self._found()

    def _read(self, number: int, fineness: float, binarizer: zxingcpp.Binarizer) -> Counter[str]:
        page = self._document[number]
        try:
            width, height = page.get_size()
            bitmap = page.render(scale=_scale(width * height, fineness / self._module), grayscale=True)
            try:
                return _codes(bitmap, binarizer)
            finally:
                bitmap.close()
        finally:
            page.close()


def _scale(area: float, fineness: float) -> float:
    """Pixels a point, from square points of the page and pixels a millimetre wished for."""
    return min(fineness * _POINT, sqrt(MOST_PIXELS / area))


def _codes(bitmap: pypdfium2.PdfBitmap, binarizer: zxingcpp.Binarizer) -> Counter[str]:
    found = zxingcpp.read_barcodes(
        bitmap.to_numpy(),
        formats=_ONLY_QR,
        try_rotate=False,  # means bars; a QR code is found in any direction
        try_downscale=False,
        try_invert=False,
        binarizer=binarizer,
        text_mode=zxingcpp.TextMode.Plain,
    )
    return Counter(one.text for one in found)


def _listed(payloads: Counter[str]) -> tuple[str, ...]:
    return tuple(sorted(payloads.elements()))
