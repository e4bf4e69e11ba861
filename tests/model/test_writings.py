"""A name is found however it is written, and not where it only seems to be."""

from __future__ import annotations

import html
import json
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.model.names import reading
from liaison.model.writings import stands_in, ways_of_writing

HAN = st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5)
NAMES = st.text(HAN, min_size=2, max_size=4)


@given(NAMES, st.text(max_size=20), st.text(max_size=20))
def test_a_name_is_found_in_any_writing(name: str, before: str, after: str) -> None:
    """As UTF-8, GBK, JSON, HTML escapes and percent-encoded, by encoders that are not ours."""
    ways = ways_of_writing(name)
    around = before.encode(errors="replace"), after.encode(errors="replace")
    for written in (
        name.encode(),
        name.encode("gbk"),
        json.dumps(name).strip('"').encode(),
        json.dumps(name).strip('"').upper().replace("\\U", "\\u").encode(),
        name.encode("ascii", "xmlcharrefreplace"),
        quote(name).encode(),
        quote(name).lower().encode(),
        quote(name, encoding="gbk").encode(),
        "".join(f"&#x{ord(sign):x};" for sign in name).encode(),
    ):
        assert stands_in(around[0] + written + around[1], ways)
    assert html.unescape(name.encode("ascii", "xmlcharrefreplace").decode()) == name


@pytest.mark.parametrize(
    "text", ["zengshili", "zeng shili", "Zeng Shili", "ZENG SHILI", "zeng-shi-li", "Zengshili", "D/zeng_shili.jpg"]
)
def test_a_reading_is_found_joined_and_apart(text: str) -> None:
    """Pinyin in file names, anchors and lists."""
    assert stands_in(f"<a id={text}>".encode(), ways_of_writing("曾示例", reading("曾示例")))


@pytest.mark.parametrize("text", ["zengshilian", "xzengshili", "曾示", "示例", "王示例曾", "zeng"])
def test_parts_of_other_words_are_no_name(text: str) -> None:
    """Letters count only as whole words, and a part of a name is not the name."""
    assert not stands_in(text.encode(), ways_of_writing("曾示例", reading("曾示例")))


def test_rare_and_minority_names_are_found_too() -> None:
    """Characters beyond the basic plane, and names with a dot."""
    for name in ("张𬱖", "阿依古丽·示例", "O'Neill & Co"):
        for written in (name, html.escape(name), json.dumps(name).strip('"'), quote(name)):
            assert stands_in(written.encode(), ways_of_writing(name))
