import io
import random
import struct
import zlib
from collections import Counter

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from liaison.render.photos import LARGEST, PhotoError, check, encode

UNREADABLE = "照片读不出来，要用 JPG、PNG 或 WebP 格式"
TOO_LARGE = "照片超过 4000 万像素，先缩小"
FORMATS = ("JPEG", "PNG", "WEBP")
SECRETS = (b"SECRET-COMMENT", b"SECRET-XMP", b"SECRET-ARTIST", b"SECRET-TEXT", b"Exif", b"GPS")


def portrait(width: int = 600, height: int = 800) -> Image.Image:
    """Red above, blue and white below: which way is up, and whether it is mirrored, can be told."""
    picture = Image.new("RGB", (width, height), "red")
    ImageDraw.Draw(picture).rectangle((0, height // 2, width, height), fill="blue")
    ImageDraw.Draw(picture).rectangle((width // 2, height // 2, width, height), fill="white")
    return picture


def saved(picture: Image.Image, form: str = "JPEG", **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, form, **more)  # type: ignore[arg-type]
    return out.getvalue()


def noted(orientation: int = 1) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "SECRET-ARTIST"
    place = exif.get_ifd(0x8825)
    place.update({1: "N", 2: (27.0, 42.0, 4.3), 3: "E", 4: (111.0, 48.0, 44.3)})
    return exif


def shown(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(encode(data).data))


def near(found: object, expected: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 12 for one, other in zip(found, expected, strict=True))


def why(data: bytes) -> str:
    """Why a photo is refused; empty where it is taken."""
    try:
        encode(data)
    except PhotoError as error:
        return str(error)
    return ""


def png_that_claims(width: int, height: int) -> bytes:
    """A small file whose head promises many pixels: a decompression bomb."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 999)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("size", [(600, 800), (3000, 2000), (90, 400), (12, 12), (1, 1)])
def test_a_photo_becomes_a_small_jpeg_of_one_size(form: str, size: tuple[int, int]) -> None:
    """240 × 320 pixels, whatever came in."""
    found = encode(saved(portrait(*size), form))
    picture = Image.open(io.BytesIO(found.data))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (240, 320))
    assert (found.width, found.height) == picture.size
    assert len(found.data) <= LARGEST == 15 * 1024


@pytest.mark.parametrize("size", [(240, 320), (640, 480)])
def test_even_noise_stays_within_15_kilobytes(size: tuple[int, int]) -> None:
    """The worst a picture can be; the budget of a page counts on it."""
    chance = np.random.default_rng(1)
    noise = Image.fromarray(chance.integers(0, 256, (size[1], size[0], 3), dtype=np.uint8))
    assert len(encode(saved(noise, "PNG")).data) <= LARGEST


def test_the_middle_is_kept_and_not_distorted() -> None:
    """A circle in the middle of a wide photo is still a circle."""
    picture = Image.new("RGB", (1600, 800), "white")
    ImageDraw.Draw(picture).ellipse((600, 200, 1000, 600), fill="black")
    left, top, right, bottom = (
        ImageOps.invert(shown(saved(picture, "PNG")).convert("L")).point(lambda one: one > 128).getbbox() or ()
    )
    assert (right - left, bottom - top) == pytest.approx((160, 160), abs=3)
    assert (left + right, top + bottom) == pytest.approx((240, 320), abs=3)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photo_stands_upright(orientation: int) -> None:
    """As the camera noted it: all eight positions of EXIF."""
    back = {2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # the turn of `Image.Transpose` that undoes each
    lying = portrait().transpose(Image.Transpose(back[orientation])) if orientation > 1 else portrait()
    picture = shown(saved(lying, exif=noted(orientation)))
    assert near(picture.getpixel((120, 40)), (254, 0, 0))
    assert near(picture.getpixel((60, 280)), (0, 0, 254))
    assert near(picture.getpixel((180, 280)), (255, 255, 255))


@pytest.mark.parametrize(
    "data",
    [
        saved(portrait(), exif=noted(), comment=b"SECRET-COMMENT", xmp=b"<x>SECRET-XMP</x>", dpi=(300, 300)),
        saved(portrait(), "PNG", exif=noted()),
        saved(portrait(), "WEBP", exif=noted(), xmp=b"<x>SECRET-XMP</x>"),
        saved(portrait(), exif=noted(), icc_profile=b"SECRET-TEXT" * 20),
    ],
    ids=["jpeg", "png", "webp", "profile"],
)
def test_nothing_noted_beside_the_pixels_is_published(data: bytes) -> None:
    """Neither place nor author, comment, XMP or profile: only the markers a JPEG needs."""
    assert any(secret in data for secret in SECRETS)
    found = encode(data).data
    assert not [secret for secret in SECRETS if secret in found]
    picture = Image.open(io.BytesIO(found))
    assert not picture.getexif()
    assert {*picture.info} <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}


@pytest.mark.parametrize("form", ["PNG", "WEBP"])
def test_what_is_transparent_becomes_white(form: str) -> None:
    """A cut-out portrait stands on white, not on black; half a shadow is half grey."""
    picture = Image.new("RGBA", (300, 400), (0, 0, 0, 0))
    ImageDraw.Draw(picture).rectangle((0, 200, 300, 400), fill=(0, 0, 0, 128))
    found = shown(saved(picture, form, **({"lossless": True} if form == "WEBP" else {})))
    assert near(found.getpixel((120, 60)), (255, 255, 255))
    assert near(found.getpixel((120, 260)), (127, 127, 127))


@pytest.mark.parametrize(
    ("mode", "more"),
    [("P", {"transparency": 0}), ("P", {}), ("L", {}), ("LA", {}), ("1", {}), ("RGBA", {})],
)
def test_every_kind_of_png_is_taken(mode: str, more: dict[str, int]) -> None:
    """Palettes, grey, black and white, with and without transparency; no warning reaches anybody."""
    assert shown(saved(portrait().convert(mode), "PNG", **more)).size == (240, 320)


def test_a_photo_for_print_is_taken() -> None:
    """CMYK, as a print shop hands it over, in roughly its colours."""
    assert near(shown(saved(portrait().convert("CMYK"))).getpixel((120, 40)), (254, 0, 0))


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no picture at all",
        b"%PDF-1.7",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"\xff\xd8\xff",
        saved(portrait(), "GIF"),
        saved(portrait(), "BMP"),
        saved(portrait(), "TIFF"),
    ],
    ids=["empty", "text", "pdf", "svg", "head", "gif", "bmp", "tiff"],
)
def test_what_is_no_photo_is_refused(data: bytes) -> None:
    """Judged by content, in Chinese, with what to do instead; the quick look says the same."""
    for work in (check, encode):
        with pytest.raises(PhotoError, match=UNREADABLE):
            work(data)


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("part", [0.3, 0.6, 0.9])
def test_a_photo_cut_off_is_refused(form: str, part: float) -> None:
    """An upload that broke: better no photo than a grey half of one."""
    data = saved(portrait().effect_spread(9), form)
    with pytest.raises(PhotoError, match=UNREADABLE):
        encode(data[: int(len(data) * part)])


@pytest.mark.parametrize("size", [(8000, 5001), (10_000, 10_000), (60_000, 60_000), (1, 40_000_001)])
def test_a_bomb_is_refused_before_it_is_unpacked(size: tuple[int, int]) -> None:
    """Over 40 megapixels by its head, however small the file; the words tell what to do."""
    data = png_that_claims(*size)
    assert len(data) < 200
    for work in (check, encode):
        with pytest.raises(PhotoError, match=TOO_LARGE):
            work(data)


def test_exactly_40_megapixels_pass_the_quick_look() -> None:
    """The limit itself is allowed."""
    check(png_that_claims(8000, 5000))


def test_the_same_photo_gives_the_same_bytes() -> None:
    """Nothing of the time or the machine gets in."""
    data = saved(portrait(), exif=noted(6))
    assert encode(data) == encode(data)


def exif_with(tag: int, kind: int, value: bytes) -> bytes:
    """Notes that turn the photo, and one of a kind it should not have."""
    turned, other = struct.pack("<HHII", 0x0112, 3, 1, 6), struct.pack("<HHI4s", tag, kind, 2, value)
    return b"Exif\0\0" + struct.pack("<2sHIH", b"II", 42, 8, 2) + turned + other + bytes(4)


@pytest.mark.parametrize(
    "data",
    [
        saved(portrait(60, 80), exif=exif_with(0x011A, 2, b"x\0\0\0")),
        saved(portrait(60, 80), exif=exif_with(0x0110, 5, bytes(4))),
        saved(portrait(60, 80), exif=exif_with(0x0103, 2, b"x\0\0\0")),
        saved(portrait(), "PNG").replace(b"\0\0\0\x0dIHDR", b"\0\0\0\x05IHDR"),
    ],
    ids=["TypeError", "AttributeError", "struct.error", "ValueError"],
)
def test_damage_that_trips_the_library_is_told_as_damage(data: bytes) -> None:
    """Seen with Pillow 13: notes of the wrong kind and a short head end in errors of these types."""
    with pytest.raises(PhotoError, match=UNREADABLE):
        encode(data)


def test_any_damage_is_shown_or_told() -> None:
    """Two thousand damaged files: each is shown or refused in Chinese, none ends in another error."""
    chance = random.Random(20261208)
    small = portrait(60, 80).effect_spread(3)
    sound = [saved(small, form, exif=noted(6)) for form in FORMATS]
    sound.append(saved(small.convert("P"), "PNG", transparency=3))
    told: Counter[str] = Counter()
    for _ in range(2_000):
        data = bytearray(chance.choice(sound))
        for _ in range(chance.choice([1, 1, 3, 20])):
            place = chance.randrange(min(len(data), chance.choice([200, len(data)])))
            data[place : place + chance.choice([1, 1, 1, 9])] = chance.randbytes(chance.choice([0, 1, 1, 1, 5]))
            data = data or bytearray(b"x")
        told[why(bytes(data))] += 1
    assert set(told) <= {"", UNREADABLE, TOO_LARGE}
    assert min(told[""], told[UNREADABLE]) > 200
