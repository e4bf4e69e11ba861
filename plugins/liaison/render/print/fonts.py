"""The fonts print is set in, and which characters they can write: a missing one would leave a gap in a name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from struct import error as StructError  # noqa: N812 - it is a class
from typing import Any

import pylopdf_fonts_zh_cn
import typst
from fontTools.ttLib import TTCollection, TTFont, TTLibError

USUAL = "Noto Sans SC"
"""SIL Open Font License 1.1; regular weight only, headings are thickened."""

_UNSEEN = frozenset({0x0A})
"""Line breaks are no glyphs."""

_ENDINGS = (".otf", ".ttf", ".ttc")


class FontError(ValueError):
    """A font file cannot be used; says why in Chinese."""


@dataclass(frozen=True, slots=True)
class FontSet:
    """Families in the order in which they are tried."""

    folders: tuple[Path, ...]
    families: tuple[str, ...]
    covered: frozenset[int]
    """Code points that at least one of them can write."""

    def missing(self, text: str) -> list[str]:
        """The characters that none can write, each once."""
        return [one for one in dict.fromkeys(text) if ord(one) not in self.covered and ord(one) not in _UNSEEN]

    def open(self) -> typst.Fonts:
        """The same for Typst; nothing of the machine's own fonts, which differ from one to the next."""
        return typst.Fonts(
            include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(one) for one in self.folders]
        )


def font_set(further: Path | None = None) -> FontSet:
    """The usual font, and those of a site's own folder behind it. Raises `FontError`."""
    usual = Path(pylopdf_fonts_zh_cn.__file__).parent
    own = _files(further) if further else ()
    covered = set(_covered(usual / "NotoSansSC-Regular.otf"))
    for file in own:
        covered |= _covered(file)
    folders = (usual, further) if further else (usual,)
    found = FontSet(folders, (USUAL,), frozenset(covered))
    return FontSet(folders, tuple(dict.fromkeys((USUAL, *_families(found, further)))), found.covered)


def texts(value: object) -> Iterable[str]:
    """All text in a copy, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from texts(one)


def _families(found: FontSet, further: Path | None) -> list[str]:
    if further is None:
        return []
    return [one.family for one in found.open().fonts() if one.path and Path(one.path).is_relative_to(further)]


def _files(folder: Path) -> tuple[Path, ...]:
    found = tuple(sorted(file for file in folder.rglob("*") if file.suffix.lower() in _ENDINGS and file.is_file()))
    if not found:
        raise FontError(f"字体文件夹 {folder.name} 里没有字体（.otf、.ttf、.ttc）")
    return found


@lru_cache(maxsize=8)
def _covered(file: Path) -> frozenset[int]:
    try:
        return frozenset(point for font in _opened(file) for point in font.getBestCmap() or ())
    except (OSError, TTLibError, AssertionError, LookupError, ValueError, StructError) as error:
        raise FontError(f"字体 {file.name} 读不出来，换一个完好的文件") from error


def _opened(file: Path) -> Iterator[Any]:
    """The fonts in a file, which is closed behind the last, and where it is damaged."""
    with file.open("rb") as data:
        if file.suffix.lower() == ".ttc":
            yield from TTCollection(data, lazy=True).fonts
        else:
            yield TTFont(data, lazy=True)
