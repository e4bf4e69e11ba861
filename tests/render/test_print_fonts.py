"""Which characters print can write: with the usual font, and with those of a site."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTCollection, TTFont
from hypothesis import given
from hypothesis import strategies as st

from liaison.render.print import fonts
from liaison.render.print.fonts import USUAL, FontError, font_set, texts
from support.fonts import make_font

RARE = "𠮷"
"""U+20BB7, which the usual font lacks."""


def test_the_usual_font_writes_names() -> None:
    """Chinese names, the dot in names of other peoples, Latin, and what dates and numbers need."""
    usual = font_set()
    assert usual.families == (USUAL,)
    assert usual.missing("曾示例·古丽㛃龘 3F7 K2MC 0738—0000000，：（）、。“”〔2026〕4:00\n") == []


def test_missing_characters_are_told_once() -> None:
    """In the order they come, each once; a line break is none."""
    assert font_set().missing(f"示\ue001{RARE}例\n{RARE}\ue001") == ["\ue001", RARE]


@pytest.mark.parametrize("name", ["own.ttf", "deep/er/OWN.TTF"])
def test_a_font_of_the_site_adds_to_it(tmp_path: Path, name: str) -> None:
    """A further font, however deep it lies, is tried behind the usual one."""
    make_font(tmp_path / name, "Own", RARE)
    found = font_set(tmp_path)
    assert found.missing(f"曾示例{RARE}") == []
    assert found.families == (USUAL, "Own")


def test_a_collection_of_fonts(tmp_path: Path) -> None:
    """All fonts of a collection count."""
    collection = TTCollection()
    for name, one in (("Own", RARE), ("Other", "\ue000")):
        collection.fonts.append(TTFont(make_font(tmp_path / f"parts/{name}.ttf", name, one)))
    (tmp_path / "all").mkdir()
    collection.save(tmp_path / "all/all.ttc")
    collection.close()
    found = font_set(tmp_path / "all")
    assert found.missing(f"{RARE}\ue000") == []
    assert set(found.families) == {USUAL, "Own", "Other"}


def test_a_folder_without_fonts(tmp_path: Path) -> None:
    """A folder with other files only is said to have none."""
    (tmp_path / "own.woff2").touch()
    with pytest.raises(FontError, match="里没有字体"):
        font_set(tmp_path)


def test_damaged_fonts(tmp_path: Path) -> None:
    """A font that ends too early, or has wrong bytes, is read or named as damaged; nothing else happens."""
    good = make_font(tmp_path / "good.ttf", "Own", RARE).read_bytes()
    draw = random.Random(7)
    table = good.index(b"cmap") + 8  # where the table of characters is said to lie, and how long it is
    start, size = (int.from_bytes(good[at : at + 4], "big") for at in (table, table + 4))
    told = 0
    (tmp_path / "whole").mkdir()
    (tmp_path / "whole/own.ttf").write_bytes(good[:100])
    with pytest.raises(FontError, match=r"own\.ttf"):
        font_set(tmp_path / "whole")
    for number in range(400):
        wrong = bytearray(good)
        for _ in range(draw.randint(1, 4)):
            wrong[start + draw.randrange(size)] = draw.randrange(256)
        if number % 4 == 0:
            wrong[draw.randrange(12 + 16 * 12)] = draw.randrange(256)
        file = tmp_path / f"{number}/own.ttf"
        file.parent.mkdir()
        file.write_bytes(wrong[: draw.randrange(len(wrong))] if number % 5 == 0 else wrong)
        try:
            fonts._covered(file)  # noqa: SLF001 - the whole set takes long to read
        except FontError as error:
            told += 1
            assert "own.ttf" in str(error)  # noqa: PT017 - either is right
    assert 100 < told < 400


NESTED = st.recursive(
    st.text(max_size=3) | st.integers() | st.none() | st.booleans(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=3), inner, max_size=4),
    max_leaves=12,
)


@given(NESTED)
def test_no_text_is_overlooked(value: Any) -> None:
    """All text in a copy is looked at, however deep, and no names of fields."""
    assert list(texts(value)) == list(flat(value))


def flat(value: Any) -> Any:
    """The same the long way."""
    rest = [value]
    while rest:
        one = rest.pop(0)
        if isinstance(one, dict):
            rest = [*one.values(), *rest]
        elif isinstance(one, list):
            rest = [*one, *rest]
        elif isinstance(one, str):
            yield one
