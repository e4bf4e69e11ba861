"""Colours as `site.yml` writes them, and whether white type on them can be read."""

from __future__ import annotations

LEAST_CONTRAST = 4.5
"""Of type to its ground (WCAG 2.2, 1.4.3, level AA)."""


def contrast_with_white(colour: str) -> float:
    """Contrast of `#rrggbb` with white, from 1 to 21, as WCAG 2.2 defines it. Raises `ValueError`."""
    red, green, blue = (_linear(part / 255) for part in bytes.fromhex(colour.removeprefix("#")))
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def _linear(part: float) -> float:
    """Light of an sRGB component; the bend is where WCAG has it."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - of the formula
