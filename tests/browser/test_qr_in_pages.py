"""The code on every page, as a camera would see it on the screen."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import zxingcpp
from playwright.sync_api import Page

from support.browser import Address, Opener
from support.sites import Built

CODE_PAGES = 25 + 96
QR = "main img[src^='data:image/png']"


def seen_by_opencv(picture: np.ndarray) -> str:
    """What OpenCV reads; where its older detector overlooks a clean symbol, the newer one is asked."""
    for detector in (cv2.QRCodeDetector(), cv2.QRCodeDetectorAruco()):
        text, *_ = detector.detectAndDecode(picture)
        if text:
            return str(text)
    return ""


def picture_of(page: Page) -> np.ndarray:
    """The symbol as shown, with a little of what is around it."""
    image = page.locator(QR)
    image.scroll_into_view_if_needed()
    box = image.bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) >= 180
    clip = {"x": box["x"] - 8, "y": box["y"] - 8, "width": box["width"] + 16, "height": box["height"] + 16}
    return cv2.imdecode(np.frombuffer(page.screenshot(clip=clip), np.uint8), cv2.IMREAD_COLOR)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_code_on_screen_leads_to_its_own_page(sample: Built, opener: Opener, at: Address, scheme: str) -> None:
    """Two readers of different make read short address plus path from a screenshot, and that page exists."""
    pages = [path for path in sample.pages if path[:2] in {"S/", "D/"}]
    assert len(pages) == CODE_PAGES
    if scheme == "dark":
        pages = pages[::12]
    page = opener(at(""), color_scheme=scheme)
    for path in pages:
        address = path.removesuffix("index.html")
        page.goto(at(address))
        picture = picture_of(page)
        expected = sample.facts["short_url"] + address
        found = zxingcpp.read_barcodes(picture)
        assert [one.text for one in found] == [expected]
        assert seen_by_opencv(picture) == expected
        assert path in sample.known
