"""Citations in the HTML of a body: what becomes a link, and that nothing else changes."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.citations import Citation
from liaison.model.laws import Law, Laws, Part
from liaison.records.markdown import clean
from liaison.render.citing import link_citations

GENTLE = settings(deadline=None, database=None, max_examples=300)
DAY = date(2021, 1, 1)
CODE = Law(
    name="中华人民共和国民法典",
    short_names=("民法典",),
    adopted=DAY,
    in_force=DAY,
    articles=1260,
    inserted={133: 2},
    parts=(Part(title="第五编 婚姻家庭", from_=1040, to=1118),),
    url="https://flk.npc.gov.cn/",
)
LAWS = Laws({"civil-code": CODE})


def address(citation: Citation) -> str | None:
    """Where the links of these tests lead: law, article, and whether it was inserted."""
    if citation.law is None or not LAWS.holds(citation.law, citation.article, citation.inserted):
        return None
    return f"{citation.article}-{citation.inserted}/" if citation.inserted else f"{citation.article}/"


def linked(html: str) -> str:
    return link_citations(html, LAWS, address)


def links(html: str) -> dict[str, str]:
    """Words and addresses of the links that were made."""
    return {words: href for href, words in re.findall(r'<a class="cite" href="([^"]*)">(.*?)</a>', linked(html))}


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>见《民法典》第一千零四十三条。</p>", {"《民法典》第一千零四十三条": "1043/"}),
        ("<p>民法典第26条第二款第（一）项说</p>", {"民法典第26条第二款第（一）项": "26/"}),
        ("<p>《民法典》第一百三十三条之一</p>", {"《民法典》第一百三十三条之一": "133-1/"}),
        ("<p>民法典第26条、第27条</p>", {"民法典第26条": "26/", "第27条": "27/"}),
        ("<p>民法典第26条至第30条</p>", {"民法典第26条至第30条": "26/"}),
        ("<p><strong>《民法典》</strong>第二十六条</p>", {"第二十六条": "26/"}),
        ("<p>《民法典》<strong>第二十六条</strong></p>", {"第二十六条": "26/"}),
        ("<p><em>民法典第26条</em></p>", {"民法典第26条": "26/"}),
        ("<ul><li>民法典第26条</li><li>民法典第27条</li></ul>", {"民法典第26条": "26/", "民法典第27条": "27/"}),
        ("<table><tr><td>民法典第26条</td></tr></table>", {"民法典第26条": "26/"}),
        ("<blockquote><p>民法典第26条</p></blockquote>", {"民法典第26条": "26/"}),
        ("<p>“民法典第26条”&amp;民法典第27条&lt;</p>", {"民法典第26条": "26/", "民法典第27条": "27/"}),
        ("民法典第26条", {"民法典第26条": "26/"}),
    ],
)
def test_a_citation_leads_to_its_article(html: str, expected: dict[str, str]) -> None:
    """With the name of its law, if that stands beside it; each of several by itself."""
    assert links(html) == expected


@pytest.mark.parametrize(
    "html",
    [
        "<h2>民法典第26条</h2>",
        '<h3 id="a">见<strong>民法典第26条</strong></h3>',
        "<p><code>民法典第26条</code></p>",
        "<pre><code>民法典第26条\n</code></pre>",
        '<p><a href="https://example.gov.cn/">民法典第26条</a></p>',
        '<p><a href="x/">见<em>民法典第26条</em></a></p>',
        '<p><img alt="民法典第26条" src="a.png"></p>',
        '<p><a href="x/" title="民法典第26条 &gt; 民法典第27条">甲</a></p>',
        "<p>民法典第1261条</p>",
        "<p>民法典第133条之三</p>",
        "<p>《村规民约》第三条</p>",
        "<p>本合同第三条</p>",
        "<p>第一条路</p>",
        "<p>没有法条的话</p>",
        "",
    ],
)
def test_what_is_no_citation_or_no_place_for_a_link_stays_as_it_is(html: str) -> None:
    """Headings, program text, links and pictures; articles that are not there, and other documents."""
    assert linked(html) == html


def test_text_behind_a_link_is_still_read() -> None:
    """A link in a paragraph neither ends it nor swallows what follows."""
    html = '<p>见<a href="x/">这里</a>，也见民法典第26条，<code>a</code>和民法典第27条。</p>'
    assert links(html) == {"民法典第26条": "26/", "民法典第27条": "27/"}


def test_an_address_cannot_leave_its_attribute() -> None:
    """Whatever it is made of."""
    html = link_citations("<p>民法典第26条</p>", LAWS, lambda _: '"><script>')
    assert html == '<p><a class="cite" href="&quot;&gt;&lt;script&gt;">民法典第26条</a></p>'


TAGS = ("p", "li", "td", "strong", "em", "code", "pre", "h2", "a", "blockquote", "div", "br", "img")
WORDS = (
    "《民法典》",
    "民法典",
    "第26条",
    "第二十七条",
    "第二款",
    "、",
    "至",
    "第九千条",
    "<",
    "&amp;",
    '"',
    "甲",
    "\n",
    "《婚姻法》",
)
PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from([f"<{tag}>" for tag in TAGS] + [f"</{tag}>" for tag in TAGS]),
    st.sampled_from(['<a href="x/">', '<a href="x/" title="民法典第26条">', '<img src="a.png" alt="民法典第1条>">']),
    st.text("《》第条款项一二三1，。<>&'\"a ", max_size=6),
)


@GENTLE
@given(st.lists(PIECES, max_size=25).map("".join))
def test_whatever_a_body_holds_only_links_are_added(written: str) -> None:
    """Without them the HTML is what it was; they stand in no other link, heading or program text; nothing is unsafe."""
    html = clean(written)
    made = linked(html)
    assert re.sub(r'<a class="cite" href="[0-9/-]*">(.*?)</a>', r"\1", made, flags=re.DOTALL) == html
    open_tags: list[str] = []
    for end, tag, rest in re.findall(r"<(/?)([a-z0-9]+)((?:[^>\"]|\"[^\"]*\")*)>", made):
        if 'class="cite"' in rest:
            assert not {"a", "code", "pre", "h2"}.intersection(open_tags), made
        if end:
            assert open_tags.pop() == tag, made
        elif tag not in {"br", "img", "hr"}:
            open_tags.append(tag)
    assert open_tags == []
    assert linked(made) == made
