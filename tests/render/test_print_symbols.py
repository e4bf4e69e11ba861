"""QR codes as print draws them: outlines of level Q, in modules that a press can print."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.plan.kinds import KINDS
from liaison.render.print.symbols import LEAST_MODULE, QUIET, TooDenseError, drawn

SHORT = "HTTPS://DB.EXAMPLE.GOV.CN/S/3F/7K2MC/"
PATHS = st.text("ABCDEFGHJKLMNPQRSTUVWXYZ0123456789/", max_size=60)


@settings(deadline=None, database=None, max_examples=40)
@given(PATHS)
def test_what_is_drawn_is_read(path: str) -> None:
    """Filled by the even-odd rule, the outlines are the code of the payload, of level Q."""
    payload = f"https://db.example.gov.cn/{path}"
    symbol = drawn(payload, 100)
    picture = np.full(((symbol.size + 2 * QUIET) * 8,) * 2, 255, np.uint8)
    corners = [np.array(outline) for outline in symbol.outlines]
    filled = np.zeros((symbol.size, symbol.size), np.uint8)
    for outline in corners:  # a module is dark where it lies within an odd number of outlines
        for y in range(symbol.size):
            for x in crossings(outline, y):
                filled[y, x:] ^= 1
    picture[QUIET * 8 : -QUIET * 8, QUIET * 8 : -QUIET * 8] = 255 * (1 - np.kron(filled, np.ones((8, 8), np.uint8)))
    (found,) = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    assert (found.text, found.ec_level) == (payload, "Q")
    assert cv2.QRCodeDetectorAruco().detectAndDecode(picture)[0] in {payload, ""}


def crossings(outline: np.ndarray, y: int) -> list[int]:
    """Where the edges of an outline cross the middle of a row of modules."""
    following = np.roll(outline, -1, axis=0)
    return [int(a[0]) for a, b in zip(outline, following, strict=True) if min(a[1], b[1]) <= y < max(a[1], b[1])]


def test_modules_have_a_least_size() -> None:
    """A symbol is refused just below the width that its modules need, with what would help."""
    size = drawn(SHORT, 1000).size
    assert drawn(SHORT, size * LEAST_MODULE).size == size
    with pytest.raises(TooDenseError, match=rf"{SHORT} 太长，二维码每边 {size} 格.*至少要 12 毫米.*short_url"):
        drawn(SHORT, size * LEAST_MODULE - 0.01)


@pytest.mark.parametrize("kind", KINDS)
def test_usual_addresses_fit_on_every_kind(kind: str) -> None:
    """Also a long address of a portal leaves modules that print well."""
    long = "https://www.example-renda.gov.cn/zhuanti/daibiao-jiazhan/episodes/minfadian/07/"
    assert KINDS[kind].symbol / drawn(long, KINDS[kind].symbol).size >= LEAST_MODULE
