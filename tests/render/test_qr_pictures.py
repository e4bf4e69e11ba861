"""QR codes as PNG and SVG: the modules, all of them, and nothing else."""

from __future__ import annotations

import base64
import re
import struct
import xml.etree.ElementTree as ET
import zlib
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from qr_readers import SVG, filled, painted, pixels

from liaison.render.qr import Matrix, data_uri, encode, png, svg

KNOWN = ("HTTPS://DB.EXAMPLE.GOV.CN/S/3F/7K2MC/", "https://example.gov.cn/zt/jiazhan/D/7K/3M9TY/")
GENTLE = settings(deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])


@settings(GENTLE, max_examples=80)
@given(st.data(), st.integers(1, 30), st.integers(1, 12), st.integers(0, 6))
def test_the_picture_shows_the_modules_and_nothing_else(data: st.DataObject, size: int, scale: int, quiet: int) -> None:
    """Any pattern, scale and quiet zone, as OpenCV reads the file."""
    matrix = Matrix(size, data.draw(st.integers(0, 2 ** (size * size) - 1)))
    assert np.array_equal(pixels(png(matrix, scale=scale, quiet=quiet)), painted(matrix.rows(), scale, quiet))


def test_the_picture_is_small_plain_and_always_the_same() -> None:
    """One bit a pixel, quiet zone of 4, three chunks (no time stamp), under 500 bytes up to version 4."""
    for payload in KNOWN:
        matrix = encode(payload, "M")
        picture = png(matrix)
        side = (matrix.size + 8) * 6
        assert picture == png(encode(payload, "M"))
        assert len(picture) < 500
        kinds, at = [], 8
        while at < len(picture):
            (length,) = struct.unpack_from(">I", picture, at)
            body = picture[at + 4 : at + 8 + length]
            assert struct.unpack_from(">I", picture, at + 8 + length) == (zlib.crc32(body),)
            kinds.append(body[:4])
            at += 12 + length
        assert kinds == [b"IHDR", b"IDAT", b"IEND"]
        assert struct.unpack_from(">IIBBBBB", picture, 16) == (side, side, 1, 0, 0, 0, 0)
        assert np.array_equal(pixels(picture), painted(matrix.rows(), 6, 4))


def test_a_wide_picture_is_whole() -> None:
    """Lines longer than the small compression window, as for a poster."""
    matrix = encode(KNOWN[1], "H")
    picture = png(matrix, scale=60)
    assert np.array_equal(pixels(picture), painted(matrix.rows(), 60, 4))
    assert len(picture) < 20_000


def test_a_data_uri_holds_the_picture() -> None:
    """Byte for byte, ready for an attribute."""
    matrix = encode(KNOWN[0], "M")
    kind, _, body = data_uri(matrix, scale=3, quiet=5).partition(",")
    assert kind == "data:image/png;base64"
    assert base64.b64decode(body, validate=True) == png(matrix, scale=3, quiet=5)


@pytest.mark.parametrize(("scale", "quiet"), [(0, 4), (-1, 4), (6, -1)])
def test_an_impossible_picture_is_refused(scale: int, quiet: int) -> None:
    """Rather than an empty or a clipped one."""
    with pytest.raises(ValueError, match="scale must be at least 1 and quiet at least 0"):
        png(Matrix(1, 1), scale=scale, quiet=quiet)


@settings(GENTLE, max_examples=150)
@given(st.data(), st.integers(1, 9), st.integers(0, 4))
def test_the_drawing_fills_the_modules_and_nothing_else(data: st.DataObject, size: int, quiet: int) -> None:
    """Any pattern, with holes, islands and touching corners, by both fill rules."""
    matrix = Matrix(size, data.draw(st.integers(0, 2 ** (size * size) - 1)))
    dark = painted(matrix.rows(), 1, quiet) == 0
    assert filled(svg(matrix, quiet=quiet)) == ["".join("01"[int(module)] for module in row) for row in dark]


def test_the_drawing_has_no_seam_inside_a_dark_area() -> None:
    """A finder pattern is three outlines: the ring, its hole the other way round, and the centre."""
    drawing = svg(encode(KNOWN[0], "M"))
    assert "M4 4h7v7h-7z" in drawing
    assert "M5 10h5v-5h-5z" in drawing
    assert "M6 6h3v3h-3z" in drawing
    assert len(re.findall("<path", drawing)) == len(re.findall("<rect", drawing)) == 1


def test_the_drawing_is_plain_xml_for_page_and_press() -> None:
    """White ground under the whole, a title, a size only on demand; no style, script or reference."""
    matrix = encode(KNOWN[1], "Q")
    side = matrix.size + 8
    root = ET.fromstring(svg(matrix, width_mm=62.5, title='三甲乡 <玉峰> & "站"'))
    assert [child.tag for child in root] == [SVG + "title", SVG + "rect", SVG + "path"]
    assert root[0].text == '三甲乡 <玉峰> & "站"'
    assert root[1].attrib == {"width": str(side), "height": str(side), "fill": "#fff"}
    assert root[2].attrib.keys() == {"fill", "fill-rule", "d"}
    assert root.attrib["viewBox"] == f"0 0 {side} {side}"
    assert root.attrib["width"] == root.attrib["height"] == "62.5mm"
    assert "width" not in ET.fromstring(svg(matrix)).attrib


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"title": "a\0"}, r"cannot hold U\+0000"),
        ({"title": "\ud800"}, r"cannot hold U\+D800"),
        ({"title": "\ufffe"}, r"cannot hold U\+FFFE"),
        ({"quiet": -1}, "quiet must be at least 0"),
        ({"width_mm": 0}, "width_mm above 0"),
        ({"width_mm": float("nan")}, "width_mm above 0"),
        ({"width_mm": float("inf")}, "width_mm above 0"),
    ],
)
def test_an_impossible_drawing_is_refused(change: dict[str, Any], message: str) -> None:
    """No file that an XML reader would reject, no drawing without extent."""
    with pytest.raises(ValueError, match=message):
        svg(Matrix(1, 1), **change)
