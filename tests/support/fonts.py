"""Small fonts made for tests: black boxes for a few characters."""

from __future__ import annotations

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def make_font(file: Path, family: str, characters: str) -> Path:
    """A TrueType font that can write these characters and no other."""
    glyphs = {f"u{ord(one):X}": one for one in characters}
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", *glyphs])
    builder.setupCharacterMap({ord(one): name for name, one in glyphs.items()})
    pen = TTGlyphPen(None)
    for start, *others in (((100, 0), (100, 800), (900, 800), (900, 0)),):
        pen.moveTo(start)
        for point in others:
            pen.lineTo(point)
        pen.closePath()
    box = pen.glyph()
    builder.setupGlyf(dict.fromkeys([".notdef", *glyphs], box))
    builder.setupHorizontalMetrics(dict.fromkeys([".notdef", *glyphs], (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": f"{family}-Regular"})
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupPost()
    file.parent.mkdir(parents=True, exist_ok=True)
    builder.save(file)
    return file
