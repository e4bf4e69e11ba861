"""Draw the three portraits of the sample data: a plain ground and a bust made of simple shapes.

They show nobody: no face, no text, no metadata. Needs Pillow; it overwrites the JPEG files.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw

STATIONS = Path(__file__).resolve().parent.parent / "stations"
WIDTH, HEIGHT = 480, 640
OVERSAMPLE = 4  # drawn larger and reduced, because ImageDraw does not smooth edges
QUALITY = 85


@dataclass(frozen=True)
class Portrait:
    """One picture: where it goes, and its colours."""

    path: str
    ground: str
    hair: str
    skin: str
    coat: str
    collar: str
    long_hair: bool


PORTRAITS = (
    Portrait(
        path="lianyuan/sanjia-yufeng/deputies/photo-zeng.jpg",
        ground="#dfe6e4",
        hair="#3a3433",
        skin="#e3c3a6",
        coat="#7c3a3c",
        collar="#f4efe8",
        long_hair=True,
    ),
    Portrait(
        path="tianyuan/songshanlu-xiangyin/deputies/photo-yue.jpg",
        ground="#e6e2d6",
        hair="#4a4340",
        skin="#ddb995",
        coat="#33506b",
        collar="#f6f4ef",
        long_hair=False,
    ),
    Portrait(
        path="yongshun/lingxi-zhijia/deputies/photo-xiang.jpg",
        ground="#dbe2ea",
        hair="#2f2d30",
        skin="#d9b48f",
        coat="#3f5a45",
        collar="#c9a24a",
        long_hair=True,
    ),
)


def draw(portrait: Portrait) -> Image.Image:
    """Return the picture at its final size."""
    image = Image.new("RGB", (WIDTH * OVERSAMPLE, HEIGHT * OVERSAMPLE), portrait.ground)
    pen = ImageDraw.Draw(image)

    def box(left: int, top: int, right: int, bottom: int) -> tuple[int, int, int, int]:
        return left * OVERSAMPLE, top * OVERSAMPLE, right * OVERSAMPLE, bottom * OVERSAMPLE

    def points(*corners: tuple[int, int]) -> list[tuple[int, int]]:
        return [(x * OVERSAMPLE, y * OVERSAMPLE) for x, y in corners]

    if portrait.long_hair:
        pen.rounded_rectangle(box(138, 120, 342, 420), radius=96 * OVERSAMPLE, fill=portrait.hair)
    else:
        pen.ellipse(box(140, 118, 340, 344), fill=portrait.hair)
    pen.ellipse(box(40, 392, 440, 900), fill=portrait.coat)
    pen.rounded_rectangle(box(200, 320, 280, 444), radius=38 * OVERSAMPLE, fill=portrait.skin)
    pen.polygon(
        points((186, 402), (240, 490), (294, 402), (320, 416), (240, 540), (160, 416)),
        fill=portrait.collar,
    )
    pen.ellipse(box(152, 136, 328, 366), fill=portrait.skin)
    pen.chord(box(140, 118, 340, 366), start=202, end=338, fill=portrait.hair)
    return image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)


def main() -> None:
    """Write every portrait beside its record."""
    for portrait in PORTRAITS:
        draw(portrait).save(STATIONS / portrait.path, "JPEG", quality=QUALITY, optimize=True)


if __name__ == "__main__":
    main()
