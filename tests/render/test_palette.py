"""Colours and photos in the inks of a press: within what paper takes, small text in one ink."""

from __future__ import annotations

import io
import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms, ImageDraw

from liaison.render.photos import PhotoError
from liaison.render.print import profiles
from liaison.render.print.palette import palette
from liaison.render.print.profiles import Profile, ProfileError, read, usual

COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
GENTLE = settings(deadline=None, database=None, max_examples=150)
USUAL = usual()
ONE_INK = {"ink": 100, "muted": 70, "line": 15, "paper": 0, "on_strong": 0, "black": 100}


def jpeg(picture: Image.Image, **more: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=95, **more)  # type: ignore[arg-type]
    return out.getvalue()


def opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


def back(data: bytes) -> Image.Image:
    """A CMYK picture as the press profile says it looks."""
    source = ImageCms.ImageCmsProfile(io.BytesIO(USUAL.data))
    shown = ImageCms.profileToProfile(opened(data), source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    assert shown is not None
    return shown


@GENTLE
@given(COLOURS)
def test_every_colour_has_inks_that_paper_takes(colour: str) -> None:
    """Percents are percents, and together no more than 300."""
    inks = USUAL.cmyk_of(colour)
    assert all(0 <= percent <= 100 for percent in inks)
    assert sum(inks) <= 300


@GENTLE
@given(COLOURS)
def test_the_strong_colour_and_its_tint_can_be_printed(colour: str) -> None:
    """No dot below 3 %, no more than 300 % of ink, and the tint is a light one."""
    paints = palette(colour, USUAL)
    for name in ("strong", "tint"):
        inks = paints[name]
        assert isinstance(inks, list)
        assert all(percent == 0 or 3 <= percent <= 100 for percent in inks)
        assert sum(inks) <= 300
        assert name == "strong" or sum(inks) <= 30


@GENTLE
@given(st.tuples(*[st.integers(0, 100)] * 4))
def test_a_profile_with_more_ink_than_paper_takes_is_cut_back(inks: tuple[int, int, int, int]) -> None:
    """A site's own profile may allow more: black stays, the three others give way alike."""

    class Wet(Profile):
        def cmyk_of(self, colour: str) -> tuple[int, int, int, int]:
            del colour
            return inks

    strong = palette("#123456", Wet("", None, b""))["strong"]
    assert isinstance(strong, list)
    assert sum(strong) <= 300
    assert all(one <= other for one, other in zip(strong, inks, strict=True))
    assert strong[3] in {inks[3], 0}


def test_small_things_are_in_one_ink() -> None:
    """Text, rules and QR codes come from the black plate alone."""
    paints = palette("#9b1c20", USUAL)
    assert {name: paints[name] for name in ONE_INK} == {name: [0, 0, 0, black] for name, black in ONE_INK.items()}


def test_the_deep_red_of_the_pages() -> None:
    """By name, for an office printer and for the press; both tables have the same names."""
    office, press = palette("#9B1C20", None), palette("#9B1C20", USUAL)
    assert list(office) == list(press)
    assert office | {"strong": "#9b1c20", "tint": "#f7eded", "black": "#000000", "ink": "#1d1b19"} == office
    assert press | {"strong": [29, 98, 90, 19], "tint": [0, 8, 7, 0]} == press


def test_no_caller_changes_the_table() -> None:
    """What one template does to its colours, the next does not see."""
    ink = palette("#9b1c20", USUAL)["ink"]
    assert isinstance(ink, list)
    ink[3] = 1
    assert palette("#9b1c20", USUAL)["ink"] == [0, 0, 0, 100]


@pytest.mark.parametrize("colour", ["red", "#fff", "#12345g", "#1234567", "", "#12345６"])
def test_a_colour_is_six_digits(colour: str) -> None:
    """Anything else is refused by both."""
    for ask in (USUAL.cmyk_of, lambda text: palette(text, None)):
        with pytest.raises(ValueError, match="not #rrggbb"):
            ask(colour)


def test_a_photo_keeps_its_look_and_loses_its_notes() -> None:
    """CMYK, the same size, upright, no profile, EXIF or comment; the same bytes twice."""
    picture = Image.new("RGB", (60, 40), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 29, 39), fill="#b04030")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned right by a quarter
    exif[0x013B] = "SECRET"
    made = USUAL.photo(jpeg(picture, exif=exif, comment=b"SECRET"))
    assert made == USUAL.photo(jpeg(picture, exif=exif, comment=b"SECRET"))
    assert b"SECRET" not in made
    assert b"Exif" not in made
    with opened(made) as shown:
        assert (shown.format, shown.mode, shown.size) == ("JPEG", "CMYK", (40, 60))
        assert "icc_profile" not in shown.info
    above, below = back(made).getpixel((20, 10)), back(made).getpixel((20, 50))
    assert above == pytest.approx((0xB0, 0x40, 0x30), abs=16)
    assert below == pytest.approx((255, 255, 255), abs=3)


@pytest.mark.parametrize("mode", ["L", "P", "RGBA", "CMYK"])
def test_a_photo_of_any_kind_becomes_cmyk(mode: str) -> None:
    """Grey, with a palette, transparent or in inks already."""
    out = io.BytesIO()
    Image.new("RGB", (8, 8), "#808080").convert(mode).save(out, "JPEG" if mode in "L CMYK" else "PNG")
    with opened(USUAL.photo(out.getvalue())) as shown:
        assert shown.mode == "CMYK"


def test_the_profile_of_a_photo_counts() -> None:
    """The same numbers mean another colour when the photo says so; a damaged profile means sRGB."""
    picture = Image.new("RGB", (8, 8), "#308050")
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    assert USUAL.photo(jpeg(picture, icc_profile=b"no profile")) == USUAL.photo(jpeg(picture))
    assert USUAL.photo(jpeg(picture, icc_profile=lab)) == USUAL.photo(jpeg(picture))
    blue = Image.new("CMYK", (8, 8), (255, 128, 0, 0))
    with opened(USUAL.photo(jpeg(blue, icc_profile=USUAL.data))) as shown:
        assert shown.getpixel((4, 4)) == pytest.approx((240, 128, 8, 8), abs=24)
    assert USUAL.photo(jpeg(blue, icc_profile=USUAL.data)) != USUAL.photo(jpeg(blue))


def test_a_damaged_photo_is_refused() -> None:
    """In Chinese, whether its head or its pixels are damaged."""
    whole = jpeg(Image.effect_noise((64, 64), 50))
    for data in (b"", b"no photo", whole[: len(whole) // 2]):
        with pytest.raises(PhotoError, match="照片读不出来"):
            USUAL.photo(data)


def test_a_profile_of_the_site_is_read(tmp_path: Path) -> None:
    """Its name is its own, its condition the one the site gives."""
    path = tmp_path / "印厂.icc"
    path.write_bytes(USUAL.data)
    assert read(path) == Profile("FOGRA39L coated", None, USUAL.data)
    assert read(path, "FOGRA39") == USUAL


def test_a_profile_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    """Which file, what is wrong and what to do."""
    path = tmp_path / "x.icc"
    link = USUAL.data[:12] + b"link" + USUAL.data[16:]
    tags = struct.unpack(">I", USUAL.data[128:132])[0]
    bare = USUAL.data[:132] + b"".join(
        entry.replace(b"B2A", b"XXX").replace(b"A2B", b"YYY")
        for entry in (USUAL.data[at : at + 12] for at in range(132, 132 + 12 * tags, 12))
    )
    bare += USUAL.data[len(bare) :]
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for data, wrong in (
        (b"", "读不出来"),
        (b"no profile" * 99, "读不出来"),
        (srgb, "是 RGB 的"),
        (link, "类别是 link"),
        (bare, "不完整"),
    ):
        path.write_bytes(data)
        with pytest.raises(ProfileError, match=wrong) as refused:
            read(path)
        assert str(path) in str(refused.value)
        assert str(refused.value).endswith("改用自带的 FOGRA39。")
    with pytest.raises(ProfileError, match="读不出来"):
        read(tmp_path / "none.icc")


def test_the_origin_of_the_profile_is_told() -> None:
    """The notice lies beside it (zlib licence: origin not misrepresented, altered versions marked)."""
    notice = Path(profiles.__file__).with_name("NOTICE.txt").read_text(encoding="utf-8")
    assert all(word in notice for word in ("FOGRA39L_coated.icc", "ArgyllCMS", "zlib", "misrepresented", "altered"))
