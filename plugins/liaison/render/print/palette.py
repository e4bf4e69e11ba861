"""The named colours of everything printed, worked out from the one strong colour of the site."""

from __future__ import annotations

from typing import Final, TypeAlias

from liaison.render.print.profiles import MOST_INK, Inks, Profile, channels

Paint: TypeAlias = str | list[int]
"""A colour as a template reads it: `#rrggbb`, or the percents of cyan, magenta, yellow and black."""

_TINT_SHARE = 0.08
"""Of the strong colour in the tint: seen as a surface, and letters on it stay as readable as on white."""

_LEAST_DOT = 3
"""Percent: a halftone dot below this does not print evenly (ISO 12647-2, tone value reproduction limits)."""

_OFFICE: Final[dict[str, Paint]] = {
    "ink": "#1d1b19",
    "muted": "#5b5650",
    "line": "#d9d6d2",
    "paper": "#ffffff",
    "on_strong": "#ffffff",
    "black": "#000000",
}
_PRESS: Final[dict[str, Paint]] = {
    "ink": [0, 0, 0, 100],
    "muted": [0, 0, 0, 70],
    "line": [0, 0, 0, 15],
    "paper": [0, 0, 0, 0],
    "on_strong": [0, 0, 0, 0],
    "black": [0, 0, 0, 100],
}
"""Small letters and QR codes in one ink only: four plates never fit exactly, and edges would blur."""


def palette(colour: str, profile: Profile | None) -> dict[str, Paint]:
    """The colours by name, in the inks of `profile`, or in sRGB for an office printer. Raises `ValueError`.

    `strong` bands and headings, `tint` a very light surface of it, `ink` text, `muted` lesser text, `line` rules,
    `paper` the sheet, `on_strong` text on `strong`, `black` QR codes.
    """
    if profile is None:
        return {"strong": colour.lower(), "tint": _mixed(colour)} | _copied(_OFFICE)
    inks = profile.cmyk_of(colour)
    return {"strong": _printable(inks), "tint": _screened(inks)} | _copied(_PRESS)


def _mixed(colour: str) -> str:
    """The tint for the office: the colour in white."""
    return "#" + bytes(round(255 - (255 - value) * _TINT_SHARE) for value in channels(colour)).hex()


def _screened(inks: Inks) -> Paint:
    """The tint for the press: a screen of the inks of the strong colour, so that it has its hue.

    The profile would make so light a red of three inks alike, which prints as grey (5, 6, 6: measured a* 1, not 3).
    """
    cyan, magenta, yellow, black = (round(percent * _TINT_SHARE) for percent in inks)
    return _printable((cyan, magenta, yellow, black))


def _printable(inks: Inks) -> Paint:
    """The inks without dots too small to print, and within the total ink limit: black stays, the others give way."""
    kept = [0 if percent < _LEAST_DOT else percent for percent in inks]
    coloured, black = sum(kept[:3]), kept[3]
    if coloured + black > MOST_INK:
        kept = [percent * (MOST_INK - black) // coloured for percent in kept[:3]] + [black]
    return kept


def _copied(table: dict[str, Paint]) -> dict[str, Paint]:
    """The table with lists of its own, so that no caller changes the ones above."""
    return {name: paint if isinstance(paint, str) else list(paint) for name, paint in table.items()}
