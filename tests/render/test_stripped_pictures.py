"""Pictures in texts: the same pixels in the same format, and nothing else."""

from __future__ import annotations

import io

import pytest
from PIL import Image, PngImagePlugin

from liaison.render import photos


def handed_in(form: str, mode: str) -> bytes:
    """A picture of two colours, turned on its side by a note in its metadata, which also says where it was taken."""
    picture = Image.new("RGB", (60, 40), "white")
    picture.paste("red", (0, 0, 30, 40))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn by a quarter
    exif[0x010E] = "SECRET-PLACE"
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "SECRET-PLACE")
    out = io.BytesIO()
    more = {"pnginfo": notes} if form == "PNG" else {}
    picture.convert(mode).save(out, form, exif=exif, **more)
    return out.getvalue()


@pytest.mark.parametrize(
    ("form", "mode"), [("JPEG", "RGB"), ("JPEG", "L"), ("PNG", "RGB"), ("PNG", "P"), ("PNG", "RGBA"), ("WEBP", "RGB")]
)
def test_nothing_but_pixels_is_left(form: str, mode: str) -> None:
    """Format stays, the picture stands upright, and no metadata is left."""
    data = handed_in(form, mode)
    assert b"SECRET-PLACE" in data
    made = photos.strip(data)
    assert b"SECRET-PLACE" not in made.data
    with Image.open(io.BytesIO(made.data)) as shown:
        assert shown.format == form
        assert shown.size == (made.width, made.height) == (40, 60)
        assert not shown.getexif()
        top, bottom = (shown.convert("RGB").getpixel(place) for place in ((20, 5), (20, 55)))
    if mode != "L":
        assert top[1] < 60  # red
        assert bottom[1] > 200


def test_a_damaged_picture_is_refused() -> None:
    """What cannot be read is said, and not handed on."""
    with pytest.raises(photos.PhotoError):
        photos.strip(b"\xff\xd8\xff not a picture")
