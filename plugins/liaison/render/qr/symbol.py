"""One QR code symbol: its modules, and how the `qrcode` library draws it.

The only module that calls the library. Terms (symbol, module, version, level, mask, mode) are those of ISO/IEC 18004.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce
from typing import Literal

from qrcode import constants, util
from qrcode.main import QRCode

Level = Literal["L", "M", "Q", "H"]
"""Error correction level: restores about 7, 15, 25 or 30 % of the codewords."""

_LEVELS = {
    "L": constants.ERROR_CORRECT_L,
    "M": constants.ERROR_CORRECT_M,
    "Q": constants.ERROR_CORRECT_Q,
    "H": constants.ERROR_CORRECT_H,
}
_DIGITS = bytes.maketrans(b"\0\1", b"01")


@dataclass(frozen=True, slots=True)
class Matrix:
    """The modules of one symbol, without quiet zone.

    `size` is the number of modules a side; `bits` holds them row by row, the top left one in the highest of
    `size * size` bits, 1 for a dark module.
    """

    size: int
    bits: int

    def rows(self) -> list[str]:
        """Give the rows from top to bottom, `1` for a dark module and `0` for a light one."""
        digits = f"{self.bits:0{self.size * self.size}b}"
        return [digits[start : start + self.size] for start in range(0, len(digits), self.size)]


@dataclass(frozen=True, slots=True)
class Mode:
    """How text becomes bits (ISO/IEC 18004, 7.4).

    A unit of `width` characters (the last may be shorter) is one number, its characters read as digits over
    `symbols`, and stands in the bit stream in as many bits as the largest such number needs. In byte mode this
    leaves out the eighth bit, which is 0 in ASCII.
    """

    name: Literal["alphanumeric", "byte"]
    indicator: int
    symbols: str
    width: int

    def bit_length(self, width: int) -> int:
        """Tell how many bits of a unit of `width` characters can differ."""
        return (self._count(width) - 1).bit_length()

    def neutral(self, width: int) -> int:
        """Give a number that stays a valid unit when any one of its bits is flipped.

        Not 0: the library (8.2) fails on a block of zero bytes (python-qrcode issue 330).
        """
        return self._count(width) // 4

    def number(self, unit: Iterable[str]) -> int:
        """Read a unit as a number. Raises `ValueError` on a character outside `symbols`."""
        return reduce(lambda number, character: number * len(self.symbols) + self.symbols.index(character), unit, 0)

    def unit(self, number: int, width: int) -> str:
        """Write a number as a unit of `width` characters."""
        return "".join(
            self.symbols[number // len(self.symbols) ** place % len(self.symbols)] for place in reversed(range(width))
        )

    def _count(self, width: int) -> int:
        return int(len(self.symbols) ** width)


ALPHANUMERIC = Mode("alphanumeric", util.MODE_ALPHA_NUM, util.ALPHA_NUM.decode("ascii"), 2)
"""Two of 45 characters in 11 bits, a last single one in 6."""

BYTE = Mode("byte", util.MODE_8BIT_BYTE, "".join(map(chr, range(128))), 1)
"""One character in 8 bits; ASCII only, since readers guess the character set of anything else."""


@dataclass(frozen=True, slots=True)
class Form:
    """All that is fixed of a symbol besides its payload; the payload makes a single segment."""

    mode: Mode
    level: Level
    version: int
    mask: int

    def draw(self, payload: str) -> Matrix:
        """Let the library draw the symbol (0.3 ms at version 3). The payload must fit the version."""
        symbol = _prepared(payload, self.mode, self.level, self.version)
        symbol.mask_pattern = self.mask
        symbol.make(fit=False)
        modules = b"".join(map(bytes, symbol.modules))
        return Matrix(symbol.modules_count, int(modules.translate(_DIGITS), 2))


def mode_for(text: str) -> Mode:
    """Choose the mode that makes the smaller symbol of `text`; digits alone count as alphanumeric.

    Raises `ValueError` on a character outside ASCII.
    """
    if not text.isascii():
        foreign = next(character for character in text if not character.isascii())
        raise ValueError(f"a QR payload must be ASCII, found {foreign!r} (U+{ord(foreign):04X}) in {text!r}")
    return ALPHANUMERIC if set(text) <= set(ALPHANUMERIC.symbols) else BYTE


def encode(payload: str, level: Level) -> Matrix:
    """Make one symbol in the smallest version, with the mask the library finds best (some milliseconds).

    Raises `ValueError` if `payload` is empty, not ASCII, or too long for version 40.
    """
    mode = mode_for(payload)
    version = smallest_version(payload, mode, level)
    return Form(mode, level, version, best_mask(payload, mode, level, version)).draw(payload)


def smallest_version(payload: str, mode: Mode, level: Level) -> int:
    """Find the smallest version, 1 to 40, that holds `payload`. Raises `ValueError` if none does, or if it is empty."""
    if not payload:
        raise ValueError("a QR payload must not be empty")
    try:
        return int(_prepared(payload, mode, level).version)
    except ValueError as error:  # the library tries to set version 41
        raise ValueError(f"{len(payload)} characters do not fit a QR code of level {level}") from error


def best_mask(payload: str, mode: Mode, level: Level, version: int) -> int:
    """Find the mask, 0 to 7, that the library prefers for `payload` (ISO/IEC 18004, 7.8.3)."""
    return int(_prepared(payload, mode, level, version).best_mask_pattern())


def _prepared(payload: str, mode: Mode, level: Level, version: int | None = None) -> QRCode:
    symbol = QRCode(version=version, error_correction=_LEVELS[level])
    symbol.add_data(util.QRData(payload.encode("ascii"), mode=mode.indicator), optimize=0)
    return symbol
