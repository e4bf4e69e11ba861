import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from html import escape
from typing import Any

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.render.feeds import Channel, Enclosure, Item, Transcript, json_feed, rss

GENTLE = settings(deadline=None, database=None, max_examples=100)
BEIJING = timezone(timedelta(hours=8))
URL = "https://example.gov.cn/zt/"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
FIRST = Item(
    guid="lesson:minfadian/1",
    title="民法典是一部什么样的法",
    url=f"{URL}lessons/minfadian/1/",
    summary="租房、借钱、立遗嘱，大多能在民法典里找到规定。",
    content_html=f'<p>翻<a href="{URL}a?b=1&amp;c=2">哪一部法</a>？</p>',
    published=datetime(2026, 1, 9, 9, 0, tzinfo=BEIJING),
    number=1,
    series="民法典与我们的生活",
    authors=("曾示例", "岳示例"),
    duration=50,
    enclosure=Enclosure(f"{URL}media/01.mp4", 240_000, "video/mp4"),
    image=f"{URL}media/01.jpg",
    transcript=Transcript(f"{URL}media/01.vtt", "text/vtt"),
)
BARE = Item(
    guid="lesson:minfadian/2",
    title="借条怎么写",
    url=f"{URL}lessons/minfadian/2/",
    summary="写清六件事。",
    content_html="<p>写清六件事。</p>",
    published=datetime(2026, 2, 6, 9, 0, tzinfo=BEIJING),
    number=2,
)
CHANNEL = Channel(
    title="普法课",
    url=f"{URL}lessons/",
    feed_url=f"{URL}lessons/feed.xml",
    json_url=f"{URL}lessons/feed.json",
    description="从家常事讲起。",
    author="涟源市人大常委会",
    items=(BARE, FIRST),
    image=f"{URL}cover.jpg",
)
LOST = re.compile("[\ud800-\udfff\ufffe\uffff]")  # JSON can say all others
HOSTILE = ["]]>", "<script>alert(1)</script>", "A & B &amp; C", "\"'", "<![CDATA[", "&#0;", "<!--", "𬱖㛃䶮", "\u2028"]


def tree(channel: Channel = CHANNEL) -> ET.Element:
    top = ET.fromstring(rss(channel)).find("channel")
    assert top is not None
    return top


def first_of(item: Item) -> ET.Element:
    element = tree(replace(CHANNEL, items=(item,))).find("item")
    assert element is not None
    return element


def data(channel: Channel = CHANNEL) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_feed(channel))
    return found


def test_a_reader_of_feeds_understands_the_rss() -> None:
    """What feedparser, which knows every dialect, makes of it; it complains of nothing."""
    found = feedparser.parse(rss(CHANNEL))
    assert not found.bozo
    assert (found.version, found.encoding.lower()) == ("rss20", "utf-8")
    assert {"itunes", "podcast", "content", "dc"} <= set(found.namespaces)
    feed = found.feed
    assert (feed.title, feed.link, feed.subtitle) == ("普法课", CHANNEL.url, "从家常事讲起。")
    assert (feed.language, feed.author, feed.image.href) == ("zh-CN", "涟源市人大常委会", CHANNEL.image)
    assert [(one.rel, one.href) for one in feed.links if one.rel in ("self", "alternate")][1:] == [
        ("self", CHANNEL.feed_url),
        ("alternate", CHANNEL.json_url),
    ]
    assert [entry.title for entry in found.entries] == [BARE.title, FIRST.title]
    entry = found.entries[1]
    assert (entry.id, entry.guidislink, entry.link) == (FIRST.guid, False, FIRST.url)
    assert entry.published == "Fri, 09 Jan 2026 09:00:00 +0800"
    assert entry.published_parsed[:6] == (2026, 1, 9, 1, 0, 0)
    assert entry.summary == FIRST.summary
    assert [(one.type, one.value) for one in entry.content][-1] == ("text/html", FIRST.content_html)
    (enclosure,) = entry.enclosures
    assert (enclosure.href, enclosure.length, enclosure.type) == (f"{URL}media/01.mp4", "240000", "video/mp4")
    assert (entry.itunes_duration, entry.itunes_episode, entry.image.href) == ("50", "1", FIRST.image)
    assert entry.itunes_explicit is not True


def test_the_elements_of_apple_and_podcastindex() -> None:
    """Each where their documents put it, in their namespaces."""
    top, element = tree(), first_of(FIRST)
    assert top.findtext(f"{ITUNES}type") == "serial"
    assert [one.get("text") for one in top.findall(f"{ITUNES}category")] == ["Government"]
    assert [one.get("href") for one in top.findall(f"{ITUNES}image")] == [CHANNEL.image]
    told = {
        name: element.findtext(ITUNES + name) for name in ("author", "duration", "episode", "episodeType", "explicit")
    }
    assert told == {
        "author": "曾示例、岳示例",
        "duration": "50",
        "episode": "1",
        "episodeType": "full",
        "explicit": "false",
    }
    assert [one.text for one in element.findall(f"{PODCAST}person")] == ["曾示例", "岳示例"]
    assert [one.attrib for one in element.findall(f"{PODCAST}transcript")] == [
        {"url": f"{URL}media/01.vtt", "type": "text/vtt", "language": "zh-CN"}
    ]
    assert element.findtext("category") == FIRST.series


def test_what_is_not_there_leaves_no_element() -> None:
    """No empty image, enclosure, duration, person or transcript."""
    names = {one.tag for one in first_of(BARE)}
    gone = {"enclosure", "category", f"{ITUNES}duration", f"{ITUNES}image", f"{ITUNES}author"}
    assert not names & (gone | {f"{PODCAST}person", f"{PODCAST}transcript"})
    bare = tree(replace(CHANNEL, image=None, json_url=None, items=()))
    assert not {"image", f"{ITUNES}image", "item", "lastBuildDate"} & {one.tag for one in bare}
    assert not feedparser.parse(rss(replace(CHANNEL, items=()))).bozo


def test_the_build_date_is_that_of_the_newest_item() -> None:
    """Never the clock: the same data give the same bytes."""
    assert tree().findtext("lastBuildDate") == "Fri, 06 Feb 2026 09:00:00 +0800"
    turned = replace(CHANNEL, items=(FIRST, BARE))
    assert tree(turned).findtext("lastBuildDate") == "Fri, 06 Feb 2026 09:00:00 +0800"
    assert rss(CHANNEL) == rss(replace(CHANNEL))
    assert json_feed(CHANNEL) == json_feed(replace(CHANNEL))


def test_the_json_feed() -> None:
    """Every property as version 1.1 names it, and no other."""
    found = data()
    items = found.pop("items")
    assert found == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "普法课",
        "home_page_url": CHANNEL.url,
        "feed_url": CHANNEL.json_url,
        "description": "从家常事讲起。",
        "icon": CHANNEL.image,
        "authors": [{"name": "涟源市人大常委会"}],
        "language": "zh-CN",
    }
    assert items[1] == {
        "id": FIRST.guid,
        "url": FIRST.url,
        "title": FIRST.title,
        "summary": FIRST.summary,
        "content_html": FIRST.content_html,
        "image": FIRST.image,
        "date_published": "2026-01-09T09:00:00+08:00",
        "authors": [{"name": "曾示例"}, {"name": "岳示例"}],
        "tags": ["民法典与我们的生活"],
        "attachments": [
            {
                "url": f"{URL}media/01.mp4",
                "mime_type": "video/mp4",
                "size_in_bytes": 240_000,
                "duration_in_seconds": 50,
            }
        ],
    }
    assert set(items[0]) == {"id", "url", "title", "summary", "content_html", "date_published"}


def test_a_recording_of_unknown_length() -> None:
    """Has no duration, rather than one that is null."""
    (item,) = data(replace(CHANNEL, json_url=None, items=(replace(FIRST, duration=None),)))["items"]
    assert set(item["attachments"][0]) == {"url", "mime_type", "size_in_bytes"}
    assert "feed_url" not in data(replace(CHANNEL, json_url=None))


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_out(text: str) -> None:
    """Titles, names and summaries come through whole, and stay text: what readers take for HTML is escaped for it."""
    item = replace(FIRST, title=text, summary=text, series=text, authors=(text,), content_html=f"<p>{text}</p>")
    channel = replace(CHANNEL, title=text, description=text, author=text, items=(item,))
    top, element = tree(channel), first_of(item)
    assert top.findtext("title") == element.findtext("title") == element.findtext(f"{PODCAST}person") == text
    assert top.findtext(f"{ITUNES}author") == element.findtext(f"{ITUNES}summary") == text
    assert element.findtext(CONTENT) == f"<p>{text}</p>"
    assert "<" not in str(element.findtext("description")) + str(top.findtext("description"))
    found = feedparser.parse(rss(channel))
    assert not found.bozo
    assert found.entries[0].guid == FIRST.guid
    (entry,) = data(channel)["items"]
    assert (entry["title"], entry["summary"], entry["authors"]) == (text, text, [{"name": text}])


def test_the_guid_is_the_lesson_not_its_title() -> None:
    """An item that is renamed, moved and dated anew is not told to anybody a second time."""
    later = datetime(2027, 1, 1, tzinfo=BEIJING)
    other = replace(FIRST, title="新题目", url=f"{URL}moved/", published=later, number=3)
    for item in (FIRST, other):
        guid = first_of(item).find("guid")
        assert guid is not None
        assert (guid.text, guid.attrib) == (FIRST.guid, {"isPermaLink": "false"})
        assert data(replace(CHANNEL, items=(item,)))["items"][0]["id"] == FIRST.guid


anything = st.text(max_size=30) | st.characters(categories=["Cs", "Cc", "Cn"])


def legal(char: str) -> str:
    """What a parser of XML lets through; a carriage return is a line feed to it."""
    try:
        return str(ET.fromstring(f"<a>{escape(char)}</a>".encode()).text)
    except (ET.ParseError, UnicodeEncodeError):
        return "\ufffd"


@GENTLE
@given(anything, anything, anything)
def test_any_text_makes_a_well_formed_feed(title: str, body: str, address: str) -> None:
    """Control characters and halves of surrogates included, which XML cannot hold: they become U+FFFD."""
    item = replace(FIRST, title=title, summary=body, content_html=body, authors=(body,), guid=body, image=address)
    channel = replace(CHANNEL, title=title, description=body, items=(item,), url=address)
    element = tree(channel).find("item")
    assert element is not None
    assert (element.findtext("title") or "") == "".join(map(legal, title.replace("\r\n", "\n")))
    (entry,) = data(channel)["items"]
    assert [a for a, b in zip(entry["title"], title, strict=True) if a != b] == ["\ufffd"] * len(LOST.findall(title))


@GENTLE
@given(st.integers(0, 7_000_000_000))
def test_dates_can_be_read_back(second: int) -> None:
    """RFC 822 and RFC 3339, whatever the locale."""
    moment = datetime.fromtimestamp(second, BEIJING)
    item = replace(FIRST, published=moment)
    assert parsedate_to_datetime(str(first_of(item).findtext("pubDate"))) == moment
    (entry,) = data(replace(CHANNEL, items=(item,)))["items"]
    assert datetime.fromisoformat(entry["date_published"]) == moment
