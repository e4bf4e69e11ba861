"""QR codes by the hundred thousand: payloads of one length and prefix, each symbol from a few XORs.

With length, version, level, mask and mode fixed, a symbol is affine over GF(2) in the bits of its payload: function
patterns and mask are constants, Reed-Solomon coding and placement are linear (ISO/IEC 18004, 7.5 to 7.8). So a symbol
is a constant XOR one table entry for each unit that varies. The library draws one symbol for each *bit* of these
units; sums of them fill the tables. No coding of our own is involved.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import product

from liaison.render.qr.symbol import ALPHANUMERIC, Form, Level, Matrix, Mode, best_mask, mode_for, smallest_version

_LARGEST_VERSION = 40
_MASKS = range(8)


@dataclass(frozen=True, slots=True, eq=False)
class SymbolTable:
    """All symbols for payloads of `length` characters that begin with `prefix`; built by `for_payloads`.

    It can be pickled, and shared by workers.
    """

    prefix: str
    length: int
    form: Form
    """Mode, level, version and mask of all these symbols."""

    size: int
    """Modules a side, without quiet zone."""

    _constant: int = field(repr=False)
    _tables: tuple[tuple[slice, dict[str, int]], ...] = field(repr=False)

    @classmethod
    def for_payloads(
        cls,
        prefix: str,
        length: int,
        level: Level,
        mask: int | None = None,
        alphabet: str = ALPHANUMERIC.symbols,
        version: int | None = None,
    ) -> SymbolTable:
        """Prepare the tables: one library call of 0.3 ms (version 3) for each of 6 to 11 bits of a varying unit.

        `alphabet` holds the characters allowed after the prefix. The mode is alphanumeric if prefix and alphabet
        are, else byte. `version` defaults to the smallest that fits; `mask` to the one the library prefers for the
        prefix followed by the alphabet, over and over. Any mask is valid for any payload; the preference only spares
        the reader large even areas (ISO/IEC 18004, 7.8).

        Raises `ValueError` if prefix or alphabet is not ASCII, or if length, version or mask is impossible.
        """
        if length < max(1, len(prefix)) or (length > len(prefix) and not alphabet):
            raise ValueError(f"no payload of {length} characters begins with {prefix!r} and goes on in {alphabet!r}")
        form = _form((prefix + alphabet * length)[:length], mode_for(prefix + alphabet), level, version, mask)
        units = _varying_units(len(prefix), length, form.mode)
        payload = prefix[: units[0].start] if units else prefix
        payload += "".join(form.mode.unit(form.mode.neutral(len(unit)), len(unit)) for unit in units)
        base = form.draw(payload)
        constant = base.bits
        tables = []
        for unit in units:
            sums = _sums_of_bits(form, payload, unit, base)
            constant ^= sums[form.mode.number(payload[unit.start : unit.stop])]
            choices = product(*(prefix[at] if at < len(prefix) else alphabet for at in unit))
            entries = {"".join(choice): sums[form.mode.number(choice)] for choice in choices}
            tables.append((slice(unit.start, unit.stop), entries))
        return cls(prefix, length, form, base.size, constant, tuple(tables))

    def matrix(self, payload: str) -> Matrix:
        """Give the symbol of `payload`: the very one the library draws in this form, some 300 times as fast.

        Raises `ValueError` if its length, prefix or a character is not what the table was built for.
        """
        if len(payload) != self.length or not payload.startswith(self.prefix):
            raise ValueError(f"expected {self.length} characters that begin with {self.prefix!r}, found {payload!r}")
        bits = self._constant
        try:
            for unit, entries in self._tables:
                bits ^= entries[payload[unit]]
        except KeyError as error:
            raise ValueError(f"{error} in {payload!r} has a character outside the alphabet of the table") from None
        return Matrix(self.size, bits)


def _form(sample: str, mode: Mode, level: Level, version: int | None, mask: int | None) -> Form:
    """Complete what the caller left open, for payloads as long as `sample`; refuse what cannot be."""
    smallest = smallest_version(sample, mode, level)
    if version is None:
        version = smallest
    elif not smallest <= version <= _LARGEST_VERSION:
        raise ValueError(f"version {version} is impossible: {len(sample)} characters need one from {smallest} to 40")
    if mask is None:
        mask = best_mask(sample, mode, level, version)
    elif mask not in _MASKS:
        raise ValueError(f"a mask is a number from 0 to 7, not {mask}")
    return Form(mode, level, version, mask)


def _varying_units(fixed: int, length: int, mode: Mode) -> list[range]:
    """List the units, as places of characters, that reach beyond the first `fixed`; the first may begin with one."""
    first = fixed - fixed % mode.width
    return [range(at, min(at + mode.width, length)) for at in range(first, length, mode.width)]


def _sums_of_bits(form: Form, payload: str, unit: range, base: Matrix) -> list[int]:
    """Compute for each number what it adds, in the place of `unit`, to a symbol with only zero bits there."""
    before, here, after = payload[: unit.start], payload[unit.start : unit.stop], payload[unit.stop :]
    number = form.mode.number(here)
    sums = [0]
    for place in range(form.mode.bit_length(len(unit))):
        flipped = form.mode.unit(number ^ 1 << place, len(unit))
        bit = form.draw(before + flipped + after).bits ^ base.bits
        sums += [total ^ bit for total in sums]
    return sums
