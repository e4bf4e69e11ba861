"""ICC profiles of printing conditions, the one that comes along or the site's own; colours and photos in its inks."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from PIL import Image, ImageCms, ImageOps

from liaison.render import photos

REGISTRY = "http://www.color.org"
"""Where the names of printing conditions are registered (ISO 15930, RegistryName)."""

MOST_INK = 300
"""Percent of all four inks together that coated paper takes (the total ink limit of the profile that comes along)."""

QUALITY = 90
"""JPEG quality of a photo for the press."""

Inks: TypeAlias = tuple[int, int, int, int]
"""Cyan, magenta, yellow, black in whole percent."""

_USUAL = "FOGRA39L_coated.icc"
_HEX = re.compile(r"#[0-9a-fA-F]{6}")
_REMEDY = "请向印厂要 CMYK 输出用的 ICC 文件换上，或者删去这一项，改用自带的 FOGRA39。"


class ProfileError(ValueError):
    """The file is no ICC profile of a CMYK press; says in Chinese which file, what is wrong, what to do."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The ICC profile of a printing condition."""

    name: str
    """What the profile calls itself."""
    condition: str | None
    """The name of the condition in the registry at color.org; `None` if it is not registered there."""
    data: bytes = field(repr=False)

    def cmyk_of(self, colour: str) -> Inks:
        """The inks for `#rrggbb`: relative colorimetric with black point compensation. Raises `ValueError`."""
        pixel = Image.new("RGB", (1, 1), channels(colour))
        cyan, magenta, yellow, black = _separated(pixel, self.data).tobytes()
        return _percent(cyan), _percent(magenta), _percent(yellow), _percent(black)

    def photo(self, data: bytes) -> bytes:
        """The photo upright, in the same pixels, as a CMYK JPEG without metadata; the same bytes every time.

        No profile is embedded: the output intent of the PDF says which inks are meant. Raises `photos.PhotoError`.
        """
        photos.check(data)
        try:
            with Image.open(io.BytesIO(data)) as opened:
                picture = _rgb(ImageOps.exif_transpose(opened))
        except (OSError, SyntaxError) as error:  # Pillow raises both when the pixels end too early or are damaged
            raise photos.PhotoError("照片读不出来，文件可能不完整") from error
        out = io.BytesIO()
        _separated(picture, self.data).save(out, "JPEG", quality=QUALITY, optimize=True)
        return out.getvalue()


def usual() -> Profile:
    """The profile that comes along: ISO 12647-2 offset on coated paper. Its origin is in NOTICE.txt."""
    data = files(__package__).joinpath(_USUAL).read_bytes()
    return Profile(_description(data) or _USUAL, "FOGRA39", data)


def read(path: Path, condition: str | None = None) -> Profile:
    """The site's own profile, `condition` being its registered name, if it has one. Raises `ProfileError`.

    An output intent of PDF/X takes output profiles only (ISO 15930-7).
    """
    try:
        data = path.read_bytes()
        profile = ImageCms.ImageCmsProfile(io.BytesIO(data)).profile
    except OSError as error:  # of the file, and of Pillow when the bytes are no profile
        raise ProfileError(f"颜色配置文件 {path} 读不出来，可能不存在或不是 ICC 文件。{_REMEDY}") from error
    space, kind = profile.xcolor_space.strip(), profile.device_class.strip()
    if space != "CMYK":
        raise ProfileError(f"颜色配置文件 {path} 是 {space} 的，印刷要用 CMYK 的。{_REMEDY}")
    if kind != "prtr":
        raise ProfileError(f"颜色配置文件 {path} 的类别是 {kind}，印刷要用输出设备（prtr）的。{_REMEDY}")
    try:
        _transform(data)
    except ImageCms.PyCMSError as error:
        raise ProfileError(f"颜色配置文件 {path} 不完整，不能用来把颜色换算成油墨。{_REMEDY}") from error
    return Profile(_description(data) or path.name, condition, data)


def channels(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, 0 to 255 each. Raises `ValueError`."""
    if _HEX.fullmatch(colour) is None:
        raise ValueError(f"not #rrggbb: {colour!r}")
    red, green, blue = bytes.fromhex(colour[1:])
    return red, green, blue


def _percent(value: int) -> int:
    return round(value * 100 / 255)


def _description(data: bytes) -> str:
    return ImageCms.getProfileDescription(ImageCms.ImageCmsProfile(io.BytesIO(data))).strip()


def _rgb(picture: Image.Image) -> Image.Image:
    """The picture in sRGB and opaque: by its own profile if it has a usable one, on white where it is transparent."""
    own = picture.info.get("icc_profile")
    if picture.has_transparency_data:
        layer = picture.convert("RGBA")
        picture = Image.new("RGB", layer.size, "white")
        picture.paste(layer, mask=layer)
    if picture.mode not in {"L", "RGB", "CMYK"}:
        picture = picture.convert("RGB")
    if own:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(own))
            changed = ImageCms.profileToProfile(picture, source, _SRGB, _INTENT, "RGB", flags=_FLAGS)
        except (OSError, ImageCms.PyCMSError):
            changed = None  # a damaged or unfitting profile: the numbers are taken as sRGB, as browsers do
        picture = changed or picture
    return picture.convert("RGB")


def _separated(picture: Image.Image, data: bytes) -> Image.Image:
    changed = ImageCms.applyTransform(picture, _transform(data))
    if changed is None:  # only when changed in place, which is not asked for
        raise TypeError("no picture")
    return changed


_SRGB = ImageCms.createProfile("sRGB")
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC
_FLAGS = ImageCms.Flags.BLACKPOINTCOMPENSATION


@lru_cache(maxsize=4)
def _transform(data: bytes) -> ImageCms.ImageCmsTransform:
    """From sRGB to the inks of a profile; making it takes longer than using it on one colour."""
    target = ImageCms.ImageCmsProfile(io.BytesIO(data))
    return ImageCms.buildTransform(_SRGB, target, "RGB", "CMYK", renderingIntent=_INTENT, flags=_FLAGS)
