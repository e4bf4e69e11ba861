"""QR codes for paper: level Q, the mask the library finds best, and the outlines of their dark areas for one path."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from liaison.render.qr import Level, Matrix, encode, outlines

LEVEL: Level = "Q"
"""Restores about a quarter of the symbol: paper gets scratched, and lamps shine on it."""

LEAST_MODULE = 0.4
"""Millimetres: smaller modules run together in print."""

QUIET = 4
"""Light modules around a symbol (ISO/IEC 18004, 6.3.8)."""


class TooDenseError(ValueError):
    """The address is so long that its modules would come out too small; says so in Chinese."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A symbol as Typst draws it."""

    size: int
    """Modules a side."""
    outlines: list[list[tuple[int, int]]]

    def as_data(self) -> dict[str, Any]:
        """For a template."""
        return {"size": self.size, "outlines": self.outlines, "quiet": QUIET}


def drawn(payload: str, width: float) -> Drawn:
    """The symbol of a payload, to be drawn `width` millimetres wide. Raises `TooDenseError`."""
    matrix = _encoded(payload)
    if width / matrix.size < LEAST_MODULE:
        wide = matrix.size * LEAST_MODULE
        raise TooDenseError(
            f"网址 {payload} 太长，二维码每边 {matrix.size} 格，印成 {width:g} 毫米时每格不到 {LEAST_MODULE} 毫米"
            f"（至少要 {wide:.0f} 毫米）；请用短一些的 short_url"
        )
    return Drawn(matrix.size, _outlined(payload))


@lru_cache(maxsize=4096)
def _encoded(payload: str) -> Matrix:
    """Kept, since a station or deputy is printed in many kinds."""
    return encode(payload, LEVEL)


@lru_cache(maxsize=4096)
def _outlined(payload: str) -> list[list[tuple[int, int]]]:
    return list(outlines(_encoded(payload)))
