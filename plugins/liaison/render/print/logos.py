"""The site's own logo, in the form that templates can show: as it is for the office, in inks for the press."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path

import typst

from liaison.render.photos import PhotoError

from .profiles import Profile

_FINENESS = 600
"""Dots an inch at which a drawing becomes a picture: Typst sets drawings in RGB only, which no press takes."""

_DRAWN = '#set page(width: auto, height: auto, margin: 0pt)\n#image("logo.svg", width: 60mm)\n'


@dataclass(frozen=True, slots=True)
class Logo:
    """A picture and the name of its file."""

    name: str
    data: bytes


def logo(file: Path | None, profile: Profile | None) -> Logo | None:
    """The logo of the site; in the inks of `profile` where one is given. Raises `OSError` and `PhotoError`."""
    if file is None:
        return None
    data, ending = file.read_bytes(), file.suffix.lower()
    if profile is None:
        return Logo(f"logo{ending}", data)
    return Logo("logo.jpg", profile.photo(_as_picture(data) if ending == ".svg" else data))


def _as_picture(drawing: bytes) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "logo.svg").write_bytes(drawing)
        (root / "main.typ").write_text(_DRAWN)
        try:
            made = typst.compile(root / "main.typ", root=root, format="png", ppi=_FINENESS, ignore_system_fonts=True)
        except typst.TypstError as error:
            raise PhotoError("标志（logo）读不出来，换一个完好的 SVG 或 PNG 文件") from error
    return bytes(made)
