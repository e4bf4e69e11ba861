"""Photos of deputies: re-encoded small, without any metadata."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
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


def check(data: bytes) -> None:
    """Look at format and size, not at the pixels. Raises `PhotoError`."""
    with _opened(data):
        pass


def encode(data: bytes) -> Encoded:
    """The photo upright, cut to 3:4, as JPEG of at most 15 KB. Raises `PhotoError`."""
    with _opened(data) as opened:
        upright = ImageOps.exif_transpose(opened).convert("RGB")
    fitted = ImageOps.fit(upright, BOX, Image.Resampling.LANCZOS)
    for quality in (82, 74, 66, 58, 50, 40, 30):
        out = io.BytesIO()
        fitted.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= LARGEST:
            break
    return Encoded(out.getvalue(), *fitted.size)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > PIXELS:
                raise PhotoError("照片超过 4000 万像素，先缩小")
            yield opened
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError, SyntaxError) as error:
        raise PhotoError("照片读不出来，要用 JPG、PNG 或 WebP 格式") from error
