"""Feeds of lessons: one of each series, and one of all of them, in RSS and as JSON Feed."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone
from html import escape
from urllib.parse import urljoin

from liaison.model.library import Lecture
from liaison.plan import urls
from liaison.plan.lectures import ROOM
from liaison.plan.pages import Plan
from liaison.render import feeds
from liaison.render.pages.lectures import media_address, speaker_links

_SHANGHAI = timezone(timedelta(hours=8))
_IN_FULL = 50
"""Lessons of a feed that come with their whole text; the older ones have their summary."""
_OF_ALL = 200
"""Lessons in the feed of all series."""
_LINK = re.compile(r'(<(?:a|img) [^>]*?(?:href|src)=")([^"]*)(")')


def lesson_feeds(plan: Plan, bodies: Mapping[str, str], pictures: Container[str]) -> Iterator[tuple[str, bytes]]:
    """Every feed, with its path; nothing where no lesson is published.

    `bodies` holds the HTML of lessons by file, `pictures` the paths of posters and covers on the site.
    """
    desk, lectures = _Desk(plan, bodies, pictures), plan.lectures
    if lectures.published:
        yield from desk.feed("", ROOM, f"{plan.register.site.name}的普法课", lectures.newest[:_OF_ALL])
    for name, series in lectures.library.series.items():
        if shown := [one for one in lectures.newest if one.place.series == name]:
            yield from desk.feed(name, series.title, series.description, shown)


@dataclass(frozen=True, slots=True)
class _Desk:
    plan: Plan
    bodies: Mapping[str, str]
    pictures: Container[str]

    def feed(self, name: str, title: str, about: str, shown: Sequence[Lecture]) -> Iterator[tuple[str, bytes]]:
        """RSS and JSON Feed of some lessons, which come newest first."""
        site = self.plan.register.site
        cover = urls.cover(name) if name and urls.cover(name) in self.pictures else None
        channel = feeds.Channel(
            title=title,
            url=site.url + (urls.series(name) if name else urls.lessons()),
            feed_url=site.url + urls.feed("xml", name),
            json_url=site.url + urls.feed("json", name),
            description=about,
            author=site.name,
            image=site.url + cover if cover else None,
            items=tuple(self._item(one, in_full=number < _IN_FULL) for number, one in enumerate(shown)),
        )
        yield urls.feed("xml", name), feeds.rss(channel)
        yield urls.feed("json", name), feeds.json_feed(channel)

    def _item(self, one: Lecture, *, in_full: bool) -> feeds.Item:
        assert one.lesson.date is not None  # noqa: S101 - it is published
        published = datetime.combine(one.lesson.date, time(), _SHANGHAI)
        site, lesson, path = self.plan.register.site, one.lesson, urls.lesson(*one.key)
        media, size = media_address(self.plan, one), _size(self.plan, one)
        poster, summary = urls.poster(*one.key), lesson.summary or ""
        return feeds.Item(
            guid=site.code_base + path,
            title=lesson.title,
            url=site.url + path,
            summary=summary,
            content_html=_absolute(self.bodies[one.file], site.url + path) if in_full else f"<p>{escape(summary)}</p>",
            published=published,
            number=one.place.number,
            series=self.plan.lectures.library.series[one.place.series].title,
            authors=tuple(who.text for who in speaker_links(self.plan, one)),
            duration=lesson.duration,
            enclosure=feeds.Enclosure(media[0], size, media[1]) if media and size else None,
            image=site.url + poster if poster in self.pictures else None,
            transcript=feeds.Transcript(site.url + urls.captions(*one.key), "text/vtt") if one.cues else None,
        )


def _size(plan: Plan, one: Lecture) -> int:
    """Bytes of the recording; 0 where there is none, or its size is not known."""
    recording = one.lesson.recording
    if recording is None:
        return 0
    if recording.is_elsewhere:
        return recording.size or 0
    return plan.lectures.library.media.get(f"{one.folder}/{recording.src}", 0)


def _absolute(html: str, base: str) -> str:
    """The HTML with whole addresses in its links, for readers elsewhere."""
    return _LINK.sub(lambda found: found[1] + urljoin(base, found[2]) + found[3], html)
