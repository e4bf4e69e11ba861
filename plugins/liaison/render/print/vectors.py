"""A QR symbol alone as a drawing, for shops with a layout of their own: PDF in black ink only, and a reader of SVG."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import pikepdf

from liaison.render.print.symbols import QUIET
from liaison.render.qr import Matrix, outlines

_POINTS = 72 / 25.4  # a millimetre
_SUBPATH = re.compile(r"M(\d+) (\d+)((?:[hv]-?\d+)+)z")
_STEP = re.compile(r"([hv])(-?\d+)")
_PATH = re.compile(r' d="([^"]*)"')
_VIEW = re.compile(r'viewBox="0 0 (\d+) \1"')


def side_of(matrix: Matrix, width: float) -> float:
    """Millimetres a side, quiet zone included, of a symbol that is itself `width` millimetres wide."""
    return width * (matrix.size + 2 * QUIET) / matrix.size


def symbol_pdf(matrix: Matrix, width: float) -> bytes:
    """A page as large as the symbol and its quiet zone: one path in 100 % black on unprinted white.

    White is drawn, so that the quiet zone stays when a shop puts the symbol on a coloured ground. The same bytes for
    the same symbol.
    """
    side, module = side_of(matrix, width) * _POINTS, width / matrix.size * _POINTS
    drawn = (_outline(corners) for corners in outlines(matrix))
    content = (
        f"0 0 0 0 k 0 0 {side:.4f} {side:.4f} re f\n"
        f"q {module:.6f} 0 0 {-module:.6f} 0 {side:.4f} cm 0 0 0 1 k\n{''.join(drawn)}f*\nQ\n"
    )
    document = pikepdf.new()
    page = document.add_blank_page(page_size=(round(side, 4), round(side, 4)))
    page.obj.Contents = document.make_stream(content.encode())
    out = io.BytesIO()
    document.save(out, deterministic_id=True)
    return out.getvalue()


def _outline(corners: list[tuple[int, int]]) -> str:
    (x, y), *others = ((x + QUIET, y + QUIET) for x, y in corners)
    return f"{x} {y} m " + "".join(f"{x} {y} l " for x, y in others) + "h\n"


def shows(drawing: str, matrix: Matrix) -> bool:
    """Whether an SVG drawing has exactly the dark modules of a symbol: its path read back by the even-odd rule."""
    path, view = _PATH.search(drawing), _VIEW.search(drawing)
    if path is None or view is None or int(view[1]) != matrix.size + 2 * QUIET:
        return False
    if _SUBPATH.sub("", path[1]):
        return False
    rows = [0] * int(view[1])
    for x, top, bottom in _edges(path[1]):
        for row in range(top, bottom):
            rows[row] ^= (1 << (len(rows) - x)) - 1  # all modules right of the edge
    blank = [0] * QUIET
    return rows == [*blank, *(int(row, 2) << QUIET for row in matrix.rows()), *blank]


def _edges(path: str) -> Iterator[tuple[int, int, int]]:
    """The upright edges of a path: how far from the left, and between which heights."""
    for part in _SUBPATH.finditer(path):
        x, y = int(part[1]), int(part[2])
        first = x, y
        for way, length in _STEP.findall(part[3]):
            if way == "h":
                x += int(length)
            else:
                yield x, min(y, y + int(length)), max(y, y + int(length))
                y += int(length)
        if x == first[0]:  # what closes it is not written
            yield x, min(y, first[1]), max(y, first[1])
