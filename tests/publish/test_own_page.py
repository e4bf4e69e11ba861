"""Whether the markup of a page is that of the page a code leads to."""

from __future__ import annotations

import pytest
from looking import BASE, LESSON, STATION, html, name_of

from liaison.publish.own_page import amiss


@pytest.mark.parametrize(
    ("markup", "is_own"),
    [
        (html(body='<p class="code">3F7 K2MC</p>'), True),
        (html(body="编号<b>3F7</b>\n <b>K2MC</b>。"), True),
        (html(body="<p>3F7K2MC"), True),
        (html(body="<p>13F7K2MC"), False),
        (html(body="<p>3F7K2MCX"), False),
        (html(body="<p>3f7k2mc"), False),
        (html(body='<a href="S/3F/7K2MC/">3F7 K2MC</a>'), False),
        (html(body='<img alt="3F7 K2MC"><!-- 3F7 K2MC --><script>"3F7 K2MC"</script>'), False),
        ("<title>3F7 K2MC</title><p>别的", False),
        (html(body='<!-- <link rel="canonical" href="/S/3F/7K2MC/"> -->'), False),
        (html(canonical="/S/3F/7K2MC/"), True),
        (html(canonical="S/3F/7K2MC/?a#b"), True),
        (html(canonical="https://other.example.cn/zt/S/3F/7K2MC/"), True),
        (html(canonical="/xS/3F/7K2MC/"), False),
        (html(canonical="/S/3F/7K2MC/x/"), False),
        (html(canonical="/?S/3F/7K2MC/"), False),
        (html(canonical="/s/3f/7k2mc/"), False),
        (html(canonical="https://[/S/", body="<p>3F7 K2MC"), False),
        ('<template><link rel="canonical" href="/S/3F/7K2MC/"></template>', False),
        ('<LINK REL="alternate Canonical" HREF=/S/3F/7K2MC/>', True),
        ('<link rel="canonical" href="/S/3F/7K2MC/"><link rel="canonical" href="/D/7K/3M9TY/">', False),
        (html(canonical="/D/7K/3M9TY/", body="<p>3F7 K2MC"), False),
        ("<![broken <p>3F7 K2MC", False),
        ("", False),
    ],
)
def test_whose_page_it_is(markup: str, is_own: bool) -> None:
    """The canonical address decides; without one, the code as text that is no link."""
    assert (amiss(markup, STATION, name_of) == "") is is_own


def test_a_lesson_needs_its_address() -> None:
    """A lesson has no code to show, so only the canonical address tells."""
    assert amiss(html(canonical=BASE + LESSON.path), LESSON, name_of) == ""
    assert "canonical" in amiss(html(body="minfadian/07"), LESSON, name_of)
    other = amiss(html(canonical=f"{BASE}episodes/minfadian/17/"), LESSON, name_of)
    assert other == "打开的是另一个页面：minfadian/17"
