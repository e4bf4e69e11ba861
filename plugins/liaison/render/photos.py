"""Photos of deputies and pictures of lessons: re-encoded small, without any metadata."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageOps

BOX = (240, 320)
"""Pixels: twice the size shown, for sharp screens."""

LARGEST = 15 * 1024
"""Bytes a photo may weigh on a page."""

WIDE_BOX = (1280, 720)
WIDE_LARGEST = 60 * 1024
"""Pixels and bytes of the picture of a lesson or series."""

PRINT_BOX = (600, 800)
PRINT_LARGEST = 200 * 1024
"""Pixels and bytes of a photo on paper."""

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
        upright = _upright(opened)
    return _jpeg(_on_white(ImageOps.fit(upright, BOX, Image.Resampling.LANCZOS)), LARGEST)


def encode_for_print(data: bytes) -> Encoded:
    """The photo upright, cut to 3:4, fine enough for 50 mm of paper at 300 dots an inch. Raises `PhotoError`."""
    with _opened(data) as opened:
        upright = _upright(opened)
    fitted = _on_white(ImageOps.fit(upright, PRINT_BOX, Image.Resampling.LANCZOS))
    return _jpeg(fitted, PRINT_LARGEST)


def encode_wide(data: bytes) -> Encoded:
    """The picture of a lesson or series upright and whole, as JPEG of at most 60 KB. Raises `PhotoError`."""
    with _opened(data) as opened:
        upright = _upright(opened)
    upright.thumbnail(WIDE_BOX, Image.Resampling.LANCZOS)
    return _jpeg(_on_white(upright), WIDE_LARGEST)


def strip(data: bytes) -> Encoded:
    """The picture in its own format and size, upright, without metadata. Raises `PhotoError`."""
    with _opened(data) as opened:
        form, upright = opened.format or "", _upright(opened)
    bare = Image.new(upright.mode, upright.size)
    bare.paste(upright)
    out = io.BytesIO()
    bare.save(out, form, **_SAVED.get(form, {}))
    return Encoded(out.getvalue(), *bare.size)


_SAVED: dict[str, dict[str, Any]] = {
    "JPEG": {"quality": 88, "optimize": True, "progressive": True},
    "PNG": {"optimize": True},
    "WEBP": {"quality": 88},
}
"""How a picture in a text is saved, by format."""


def _upright(opened: Image.Image) -> Image.Image:
    return ImageOps.exif_transpose(opened).convert("RGBA" if opened.has_transparency_data else "RGB")


def _jpeg(picture: Image.Image, largest: int) -> Encoded:
    """The picture in the best quality that weighs no more than `largest` bytes."""
    for quality in (82, 74, 66, 58, 50, 40, 30, 20, 10):  # the last two only for noise
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
        if out.tell() <= largest:
            break
    return Encoded(out.getvalue(), *picture.size)


def _on_white(image: Image.Image) -> Image.Image:
    """The picture alone, on white where it is transparent: pixels, and nothing that was noted beside them."""
    white = Image.new("RGB", image.size, "white")
    white.paste(image, mask=image if image.mode == "RGBA" else None)
    return white


_FORMATS = ("JPEG", "PNG", "WEBP")
_TOO_LARGE = "照片超过 4000 万像素，先缩小"


def _refuse_large(pixels: int) -> None:
    if pixels > PIXELS:
        raise PhotoError(_TOO_LARGE)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(data), formats=_FORMATS) as opened:
            _refuse_large(opened.width * opened.height)
            yield opened
    except PhotoError:
        raise
    except Image.DecompressionBombError as error:
        raise PhotoError(_TOO_LARGE) from error
    except Exception as error:  # Pillow raises almost anything on a damaged file, struct.error and TypeError among them
        raise PhotoError("照片读不出来，要用 JPG、PNG 或 WebP 格式") from error
