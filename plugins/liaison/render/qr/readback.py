"""Reads the QR codes of finished pages back, with a reader that shares nothing with what drew them."""

from __future__ import annotations

import base64
import binascii
import io
import re
from importlib import metadata

import zxingcpp
from PIL import Image, UnidentifiedImageError

_PICTURE = re.compile(rb'<p class="qr"><img src="data:image/png;base64,([A-Za-z0-9+/=]+)"')
_SCALE = 4
"""Pixels a module at least: pictures in pages have one, which is too fine for a reader."""


def reader() -> str:
    """Name and release of the reader."""
    return f"zxing-cpp {metadata.version('zxing-cpp')}"


def pictures(page: bytes) -> list[bytes]:
    """The code pictures of a page, as they stand in it."""
    return _PICTURE.findall(page)


def payloads(picture: bytes) -> list[str]:
    """What a reader finds in a picture of a page; nothing where it is no picture."""
    try:
        with Image.open(io.BytesIO(base64.b64decode(picture, validate=True))) as opened:
            image = opened.convert("L")
    except (binascii.Error, UnidentifiedImageError, OSError):
        return []
    large = image.resize((image.width * _SCALE, image.height * _SCALE), Image.Resampling.NEAREST)
    only_qr = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
    return [one.text for one in zxingcpp.read_barcodes(large, formats=only_qr, text_mode=zxingcpp.TextMode.Plain)]
