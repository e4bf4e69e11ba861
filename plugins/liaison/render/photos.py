"""Photos of deputies: re-encoded small, without any metadata."""

from __future__ import annotations

import io
from dataclasses import dataclass

from PIL import Image, ImageOps, UnidentifiedImageError

BOX = (240, 320)
"""Pixels: twice the size shown, for sharp screens."""

LARGEST = 15 * 1024
"""Bytes a photo may weigh on a page."""

PIXELS = 40_000_000
"""Pixels a photo handed in may have (the trust report, S5)."""


class PhotoError(ValueError):
    """The file is no photo that can be shown; says why in Chinese."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A JPEG and its size in pixels."""

    data: bytes
    width: int
    height: int


def encode(data: bytes) -> Encoded:
    """The photo upright, cut to 3:4, as JPEG of at most 15 KB. Raises `PhotoError`."""
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > PIXELS:
                raise PhotoError("照片超过 4000 万像素，先缩小")
            upright = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError) as error:
        raise PhotoError("照片读不出来，要用 JPG、PNG 或 WebP 格式") from error
    fitted = ImageOps.fit(upright, BOX, Image.Resampling.LANCZOS)
    for quality in (82, 74, 66, 58, 50, 40, 30):
        out = io.BytesIO()
        fitted.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= LARGEST:
            break
    return Encoded(out.getvalue(), *fitted.size)
