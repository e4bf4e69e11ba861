"""Feeds of lessons: RSS 2.0 for podcast programs and JSON Feed 1.1, from plain data.

Knows nothing of lessons or of the clock: the dates are those of the items, all addresses are absolute.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Any

_SPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
}
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold, not even escaped (XML 1.0, 2.2)."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """The recording of an item: address, size in bytes, and media type."""

    url: str
    length: int
    type: str


@dataclass(frozen=True, slots=True)
class Transcript:
    """What is said in a recording, as a file of this media type, such as `text/vtt`."""

    url: str
    type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One entry. `guid` never changes, whatever becomes of title and address."""

    guid: str
    title: str
    url: str
    summary: str
    """Plain text."""
    content_html: str
    """Clean HTML, with absolute addresses."""
    published: datetime
    """With its time zone."""
    number: int
    """Which one of its series, from 1."""
    series: str | None = None
    authors: tuple[str, ...] = ()
    duration: int | None = None
    """Seconds."""
    enclosure: Enclosure | None = None
    image: str | None = None
    transcript: Transcript | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A feed; its items stand in the order in which they are given."""

    title: str
    url: str
    """The page it is the feed of."""
    feed_url: str
    """Where its RSS is."""
    json_url: str | None = None
    description: str
    author: str
    """The body that publishes it."""
    items: tuple[Item, ...]
    image: str | None = None
    language: str = "zh-CN"
    category: str = "Government"
    """One of Apple's categories."""


def rss(channel: Channel) -> bytes:
    """The channel as RSS 2.0 with the elements of Apple and of podcastindex.org."""
    root = ET.Element("rss", {"version": "2.0", **{f"xmlns:{prefix}": space for prefix, space in _SPACES.items()}})
    top = ET.SubElement(root, "channel")
    _text(top, "title", channel.title)
    _text(top, "link", channel.url)
    _text(top, "description", escape(channel.description, quote=False))
    _text(top, "language", channel.language)
    if channel.items:
        _text(top, "lastBuildDate", format_datetime(max(item.published for item in channel.items)))
    _empty(top, "atom:link", href=channel.feed_url, rel="self", type="application/rss+xml")
    if channel.json_url:
        _empty(top, "atom:link", href=channel.json_url, rel="alternate", type="application/feed+json")
    if channel.image:
        image = ET.SubElement(top, "image")
        _text(image, "url", channel.image)
        _text(image, "title", channel.title)
        _text(image, "link", channel.url)
        _empty(top, "itunes:image", href=channel.image)
    _text(top, "itunes:author", channel.author)
    _text(top, "itunes:summary", channel.description)
    _text(top, "itunes:type", "serial")  # lessons are numbered and build on one another
    _text(top, "itunes:explicit", "false")
    _empty(top, "itunes:category", text=channel.category)
    for item in channel.items:
        _item(ET.SubElement(top, "item"), item, channel.language)
    ET.indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode").encode() + b"\n"


def _item(element: ET.Element, item: Item, language: str) -> None:
    _text(element, "title", item.title)
    _text(element, "link", item.url)
    ET.SubElement(element, "guid", isPermaLink="false").text = _legal(item.guid)
    _text(element, "pubDate", format_datetime(item.published))
    _text(element, "description", escape(item.summary, quote=False))  # readers take it for HTML
    _text(element, "content:encoded", item.content_html)
    if item.series:
        _text(element, "category", item.series)
    for author in item.authors:
        _text(element, "dc:creator", author)  # `author` of RSS itself asks for an e-mail address
    if one := item.enclosure:
        _empty(element, "enclosure", url=one.url, length=str(one.length), type=one.type)
    _text(element, "itunes:title", item.title)
    _text(element, "itunes:summary", item.summary)
    if item.authors:
        _text(element, "itunes:author", "、".join(item.authors))
    if item.duration is not None:
        _text(element, "itunes:duration", str(item.duration))
    _text(element, "itunes:episode", str(item.number))
    _text(element, "itunes:episodeType", "full")
    _text(element, "itunes:explicit", "false")
    if item.image:
        _empty(element, "itunes:image", href=item.image)
    _text(element, "podcast:episode", str(item.number))
    for author in item.authors:
        _text(element, "podcast:person", author)
    if item.transcript:
        _empty(element, "podcast:transcript", url=item.transcript.url, type=item.transcript.type, language=language)


def json_feed(channel: Channel) -> bytes:
    """The channel as JSON Feed 1.1, without extensions."""
    data = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": channel.title,
        "home_page_url": channel.url,
        "feed_url": channel.json_url,
        "description": channel.description,
        "icon": channel.image,
        "authors": [{"name": channel.author}],
        "language": channel.language,
        "items": [_entry(item) for item in channel.items],
    }
    text = json.dumps(_given(data), ensure_ascii=False, indent=1)
    return _legal(text).encode() + b"\n"


def _entry(item: Item) -> dict[str, Any]:
    one = item.enclosure
    recording = one and {
        "url": one.url,
        "mime_type": one.type,
        "size_in_bytes": one.length,
        "duration_in_seconds": item.duration,
    }
    return _given(
        {
            "id": item.guid,
            "url": item.url,
            "title": item.title,
            "summary": item.summary,
            "content_html": item.content_html,
            "image": item.image,
            "date_published": item.published.isoformat(),
            "authors": [{"name": author} for author in item.authors] or None,
            "tags": [item.series] if item.series else None,
            "attachments": [_given(recording)] if recording else None,
        }
    )


def _given(data: dict[str, Any]) -> dict[str, Any]:
    """Only what is there: a key without a value is no JSON Feed."""
    return {key: value for key, value in data.items() if value is not None}


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _legal(text)


def _empty(parent: ET.Element, tag: str, **attributes: str) -> None:
    ET.SubElement(parent, tag, {name: _legal(value) for name, value in attributes.items()})


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)
