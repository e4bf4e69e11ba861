"""A symbol as an SVG drawing, for print and posters: the outlines of its dark areas in one path.

A rectangle for each module left hairlines between neighbours that some readers could not get over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import pairwise

from liaison.render.qr.symbol import Matrix

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_Point = tuple[int, int]

_RIGHT = (1, 0)
_AHEAD = {
    (1, 0): ((0, 0), (0, -1)),
    (0, 1): ((-1, 0), (0, 0)),
    (-1, 0): ((-1, -1), (-1, 0)),
    (0, -1): ((0, -1), (-1, -1)),
}
"""By direction of the walk: the modules ahead on the right and on the left hand, from the corner reached."""


def svg(matrix: Matrix, *, quiet: int = 4, width_mm: float | None = None, title: str = "二维码") -> str:
    """Draw it with one unit of the `viewBox` a module and `quiet` light modules on each side.

    `width_mm` is the width on paper in millimetres, quiet zone included; without it the drawing fills its place.
    Raises `ValueError` if `quiet` is negative, `width_mm` is not above 0, or `title` has a character XML forbids.
    """
    if quiet < 0 or (width_mm is not None and not 0 < width_mm < float("inf")):
        raise ValueError(f"quiet must be at least 0 and width_mm above 0, not {quiet!r} and {width_mm!r}")
    if found := _NOT_XML.search(title):
        raise ValueError(f"the title of a drawing cannot hold U+{ord(found[0]):04X}")
    side = matrix.size + 2 * quiet
    extent = "" if width_mm is None else f' width="{width_mm:g}mm" height="{width_mm:g}mm"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}"{extent}'
        f' role="img" shape-rendering="crispEdges"><title>{escape(title, quote=False)}</title>'
        f'<rect width="{side}" height="{side}" fill="#fff"/>'
        f'<path fill="#000" fill-rule="evenodd" d="{_path(matrix, quiet)}"/></svg>\n'
    )


def _path(matrix: Matrix, quiet: int) -> str:
    """One closed part for each outline: its first corner, then steps to the right or down, or back."""
    parts = []
    for corners in outlines(matrix):
        parts.append(f"M{corners[0][0] + quiet} {corners[0][1] + quiet}")
        for (x, y), (next_x, next_y) in pairwise(corners):
            parts.append(f"h{next_x - x}" if next_y == y else f"v{next_y - y}")
        parts.append("z")
    return "".join(parts)


def outlines(matrix: Matrix) -> Iterator[list[_Point]]:
    """The corners of each outline, in modules from the top left.

    They go clockwise round a dark area and the other way round a hole in it.
    So both fill rules give the same picture. Areas that only touch at a corner have outlines of their own.
    """
    rows = matrix.rows()
    dark = {(x, y) for y, row in enumerate(rows) for x, module in enumerate(row) if module == "1"}
    tops = [(x, y) for x, y in sorted(dark, key=lambda module: module[::-1]) if (x, y - 1) not in dark]
    done: set[_Point] = set()
    for top in tops:
        if top not in done:
            yield _outline(top, dark, done)


def _outline(start: _Point, dark: set[_Point], done: set[_Point]) -> list[_Point]:
    """Walk once round, dark on the right hand, from the upper left corner of the dark module `start`.

    Adds to `done` each module along whose top edge the walk leads. Where it can turn right, it does.
    """
    corners = [start]
    (x, y), (step_x, step_y) = start, _RIGHT
    while True:
        if (step_x, step_y) == _RIGHT:
            done.add((x, y))
        x, y = x + step_x, y + step_y
        (right_x, right_y), (left_x, left_y) = _AHEAD[step_x, step_y]
        if (x + right_x, y + right_y) not in dark:
            step_x, step_y = -step_y, step_x
        elif (x + left_x, y + left_y) in dark:
            step_x, step_y = step_y, -step_x
        else:
            continue
        if (x, y) == start and (step_x, step_y) == _RIGHT:
            return corners
        corners.append((x, y))
