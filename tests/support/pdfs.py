"""PDFs: typeset small ones with symbols, draw their pages with two programs, and read them with two readers."""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from shutil import which
from typing import Any

import cv2
import numpy as np
import pylopdf_fonts_zh_cn
import pypdfium2
import typst
import zxingcpp

from liaison.render.qr import encode, outlines

HAS_POPPLER = which("pdftoppm") is not None
SIZES = (1, 1 / 2, 1 / 3, 2, 3)
"""In which sizes OpenCV is shown a picture: as it is, smaller against noise, larger where modules are few pixels.

None adds anything that is not in the picture. Either of its detectors alone overlooks a few good symbols in a hundred,
depending on how modules and pixels lie to each other, and a third of those under noise.
"""

MOST_PIXELS = 40_000_000
"""No picture is enlarged beyond: it has more than enough already."""


@cache
def _fonts() -> typst.Fonts:
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(folder)])


def typeset(source: str) -> bytes:
    """The PDF of a Typst source, in the fonts of the posters."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.typ"
        file.write_text(f'#set text(font: "Noto Sans SC", lang: "zh")\n#set page(margin: 0mm)\n{source}', "utf-8")
        pdf = typst.Compiler(root=folder, font_paths=_fonts()).compile(str(file))
    assert isinstance(pdf, bytes)
    return pdf


def symbol(payload: str, width: float, fill: str = "black") -> str:
    """Typst code of a symbol, drawn as one path; without quiet zone. `width` in millimetres."""
    matrix = encode(payload, "Q")
    module, steps = width / matrix.size, []
    for corners in outlines(matrix):
        first, *others = (f"({x * module:.5f}mm, {y * module:.5f}mm)" for x, y in corners)
        steps += [
            f"curve.move({first})",
            *(f"curve.line({other})" for other in others),
            'curve.close(mode: "straight")',
        ]
    return f'box(width: {width}mm, height: {width}mm, curve(fill: {fill}, fill-rule: "even-odd", {", ".join(steps)}))'


def module_of(payload: str, width: float) -> float:
    """Millimetres a module of such a symbol."""
    return width / encode(payload, "Q").size


def drawn(pdf: bytes, dpi: float) -> list[Any]:
    """Its pages as grey pictures, drawn by PDFium."""
    document = pypdfium2.PdfDocument(pdf)
    pictures = []
    for page in document:
        bitmap = page.render(scale=dpi / 72, grayscale=True)
        pictures.append(bitmap.to_numpy().copy())
        bitmap.close()
        page.close()
    document.close()
    return pictures


def drawn_by_poppler(pdf: bytes, dpi: float) -> list[Any]:
    """The same by a program that shares nothing with PDFium."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "file.pdf"
        file.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-gray", "-r", f"{dpi:g}", file, Path(folder) / "page"], check=True)
        pages = sorted(Path(folder).glob("page-*.pgm"), key=lambda page: int(re.findall(r"\d+", page.stem)[-1]))
        pictures = [cv2.imdecode(np.fromfile(page, np.uint8), cv2.IMREAD_GRAYSCALE) for page in pages]
    assert all(picture is not None for picture in pictures)
    return pictures


def by_zxing(picture: Any, expected: Iterable[str] = ()) -> set[str]:  # noqa: ARG001 -- both readers are called alike
    """What zxing-cpp reads at once."""
    only = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return {found.text for found in zxingcpp.read_barcodes(picture, formats=only, try_invert=False)}


def by_opencv(picture: Any, expected: Iterable[str] = ()) -> set[str]:
    """What OpenCV reads: by either detector, in one size after the other until all of `expected` is read."""
    wanted, found = set(expected), set[str]()
    for shown in _sizes_of(picture):
        for detector in (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()):
            found |= _detected(detector, shown, is_one=len(wanted) < 2)
            if found and wanted <= found:
                return found
    return found


def _sizes_of(picture: Any) -> Iterator[Any]:
    yield picture
    for times in SIZES[1:]:
        if picture.size * times**2 <= MOST_PIXELS:
            how = cv2.INTER_AREA if times < 1 else cv2.INTER_CUBIC
            yield cv2.resize(picture, None, fx=times, fy=times, interpolation=how)


def _detected(detector: Any, picture: Any, *, is_one: bool) -> set[str]:
    if is_one:
        return {detector.detectAndDecode(picture)[0]} - {""}
    _, texts, _, _ = detector.detectAndDecodeMulti(picture)
    return set(texts) - {""}


READERS: dict[str, Callable[[Any, Iterable[str]], set[str]]] = {"zxing-cpp": by_zxing, "OpenCV": by_opencv}
