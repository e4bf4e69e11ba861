"""Pages of lessons: a lesson, a series, all of them, a topic."""

from __future__ import annotations

import mimetypes
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from markupsafe import Markup

from liaison.model.cues import transcript
from liaison.model.lessons import LETTERS, Question, Recording
from liaison.model.library import Lecture
from liaison.plan import urls
from liaison.plan.diary import Sitting
from liaison.plan.lectures import BY_TOPIC, CITED, ROOM
from liaison.plan.pages import Plan
from liaison.render import words
from liaison.render.pages import parts
from liaison.render.pages.laws import citation_links, citation_words
from liaison.render.pages.lesson_rows import key, length, row
from liaison.render.pages.lesson_views import (
    Ask,
    Handout,
    LessonRow,
    LessonsView,
    LessonView,
    Moment,
    Option,
    Player,
    QuizView,
    SeriesView,
    TopicView,
)
from liaison.render.pages.views import Banner, Link, Photo, Qr

_READ_IN_A_MINUTE = 300
"""Han characters that are read in a minute, slowly."""
_NEWEST = 8
_DATES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What was made of a lesson's files: the body's HTML, the poster."""

    body: Markup
    length: int = 0
    """Characters of the body."""
    poster: Photo | None = None


def lesson_view(plan: Plan, one: Lecture, material: Material, qr: Qr) -> LessonView:
    """What the page of a lesson shows; of a withdrawn one little more than that."""
    lesson, series = one.lesson, plan.lectures.library.series[one.place.series]
    before, after = plan.lectures.beside(one)
    home = Link(text=series.title, path=urls.series(one.place.series))
    bare = LessonView(
        key=key(one),
        title=lesson.title,
        step=parts.step(lesson.title),
        crumbs=(Link(text=ROOM, path=urls.lessons()), home),
        number=one.place.label,
        banner=Banner(words="这一讲已经下架，不再使用。", links=(home,)),
        handout=Handout(points=(), laws="", qr=qr),
        ask=_ask(plan, one),
        previous=_neighbour(before),
        next=_neighbour(after),
        series=home,
    )
    if lesson.status == "withdrawn":
        return bare
    return replace(
        bare,
        banner=None,
        lead=_lead(one, material),
        summary=lesson.summary or "",
        player=_player(one, material),
        transcript=_transcript(one),
        body=material.body,
        laws=citation_links(plan, one.cited),
        quiz=tuple(_question(*pair) for pair in enumerate(lesson.quiz, 1)),
        handout=Handout(points=lesson.handout, laws=citation_words(plan, one.cited), qr=qr),
        speakers=speaker_links(plan, one),
        stations=_stations(plan, lesson.stations),
        topics=_topics(plan, lesson.topics),
        audience="、".join(lesson.audience),
        review=_review(one),
    )


def _lead(one: Lecture, material: Material) -> str:
    lesson = one.lesson
    read = f"约{max(1, round(material.length / _READ_IN_A_MINUTE))}分钟读完" if material.length else None
    return words.joined((words.day(lesson.date) if lesson.date else None, length(one) or read))


def media_address(plan: Plan, one: Lecture) -> tuple[str, str] | None:
    """Whole address and type of what plays in a lesson."""
    recording = one.lesson.recording
    if recording is None:
        return None
    own = plan.register.site.url + urls.recording(one.place.series, recording.src)
    return recording.src if recording.is_elsewhere else own, media_type(recording)


def media_type(recording: Recording) -> str:
    """`video/mp4`"""
    path = urlsplit(recording.src).path if recording.is_elsewhere else recording.src
    return _TYPES.get(path.rpartition(".")[2], mimetypes.guess_type(path)[0] or "video/mp4")


_TYPES = {"mp4": "video/mp4", "m4v": "video/mp4", "webm": "video/webm", "mp3": "audio/mpeg", "m4a": "audio/mp4"}


def _player(one: Lecture, material: Material) -> Player | None:
    lesson, recording = one.lesson, one.lesson.recording
    if recording is None:
        return None
    elsewhere = recording.is_elsewhere
    return Player(
        kind="video" if lesson.video else "audio",
        path=None if elsewhere else urls.recording(one.place.series, recording.src),
        url=recording.src if elsewhere else None,
        type=media_type(recording),
        poster=material.poster,
        captions=urls.captions(*one.key) if one.cues else None,
        chapters=tuple(
            Moment(seconds=str(chapter.at), clock=words.minutes(chapter.at), text=chapter.title)
            for chapter in lesson.chapters
        ),
        host=urlsplit(recording.src).netloc if elsewhere else "",
    )


def _transcript(one: Lecture) -> tuple[tuple[Moment, ...], ...]:
    if one.cues:
        return tuple(
            tuple(
                Moment(seconds=f"{line.start / 1000:g}", clock=words.minutes(line.start // 1000), text=line.text)
                for line in paragraph.lines
            )
            for paragraph in transcript(one.cues)
        )
    spoken = (part.strip() for part in (one.lesson.transcript or "").split("\n\n"))
    return tuple((Moment(seconds="", clock="", text="".join(part.split("\n"))),) for part in spoken if part)


def _question(number: int, one: Question) -> QuizView:
    options = tuple(
        Option(letter=letter, text=text, is_right=letter == one.answer)
        for letter, text in zip(LETTERS, one.options, strict=False)
    )
    right = next(option for option in options if option.is_right)
    return QuizView(
        number=number, question=one.question, options=options, answer=f"{right.letter}. {right.text}", why=one.why
    )


def speaker_links(plan: Plan, one: Lecture) -> tuple[Link, ...]:
    """Who gives the lesson; a deputy whose page is hidden is left out, a former one is named only."""
    found: list[Link] = []
    for who in one.lesson.speakers:
        if who.code is None:
            found.append(Link(text=who.name or "", note=who.post or ""))
            continue
        deputy = plan.register.deputies[who.code]
        if deputy.status == "active":
            note = words.joined((f"{deputy.employer or ''}{deputy.post or ''}", "人大代表"))
            found.append(Link(text=deputy.name, path=urls.deputy(who.code), note=who.post or note))
        elif deputy.status == "former":
            found.append(Link(text=deputy.name, path=urls.deputy(who.code), note="曾任人大代表"))
    return tuple(found)


def _stations(plan: Plan, codes: Iterable[str]) -> tuple[Link, ...]:
    return tuple(parts.station_link(plan.register.stations[code]) for code in dict.fromkeys(codes))


def _topics(plan: Plan, topics: Iterable[str]) -> tuple[Link, ...]:
    slugs = plan.lectures.slugs
    return tuple(Link(text=topic, path=urls.topic(slugs[topic])) for topic in dict.fromkeys(topics) if topic in slugs)


def asks(plan: Plan, one: Lecture, count: int) -> tuple[Sitting, ...]:
    """The next dates at the stations of the lesson; where it names none, at the home stations of those who speak."""
    homes = (plan.register.home_of[who.code] for who in one.lesson.speakers if who.code)
    return plan.diary.first(list(dict.fromkeys(one.lesson.stations or homes)), count)


def _ask(plan: Plan, one: Lecture) -> Ask:
    """Where to go with a question."""
    dates = tuple(parts.date_view(plan, sitting, with_station=True) for sitting in asks(plan, one, _DATES))
    top = plan.atlas.top
    ways = [Link(text="按地区找联络站", path=urls.region(top))] if top else []
    return Ask(
        dates=dates,
        until=f"日期列至{dates[-1].day}" if dates else "",
        ways=(*ways, Link(text="按编号查找", path=urls.ENTRY)),
    )


def _neighbour(one: Lecture | None) -> Link | None:
    return Link(text=one.lesson.title, path=urls.lesson(*one.key), note=one.place.label) if one else None


def _review(one: Lecture) -> tuple[tuple[str, str], ...]:
    signed = one.lesson.review.signatures if one.lesson.review else ()
    return tuple((title, f"{who.name} {words.day(who.date)}") for title, who in signed if who)


def series_view(plan: Plan, name: str, body: Markup, cover: Photo | None) -> SeriesView:
    """The home of a series."""
    lectures = plan.lectures
    series = lectures.library.series[name]
    lessons, coming = lectures.in_series.get(name, ()), lectures.planned_in.get(name, ())
    published = sum(one.lesson.status == "published" for one in lessons)
    planned = max(series.planned or 0, len(lessons) + len(coming))
    audience = f"适合{'、'.join(series.audience)}" if series.audience else None
    return SeriesView(
        key=name,
        title=series.title,
        step=parts.step(series.title),
        crumbs=(Link(text=ROOM, path=urls.lessons()),),
        lead=words.joined((_count(published, planned), audience)),
        description=series.description,
        cover=cover,
        body=body,
        published=published,
        planned=planned,
        lessons=tuple(row(plan, one, with_series=False) for one in lessons),
        coming=tuple(
            LessonRow(key="", number=str(one.place.number), title=one.lesson.title, path=None, note="筹备中", length="")
            for one in coming
        ),
        feeds=feeds(name) if published else (),
    )


def _count(published: int, planned: int) -> str:
    return f"计划{planned}讲，已发布{published}讲" if planned > published else f"共{published}讲"


def feeds(name: str = "") -> tuple[Link, ...]:
    """RSS and JSON Feed of a series, or of all."""
    return (
        Link(text="RSS订阅", path=urls.feed("xml", name)),
        Link(text="JSON Feed", path=urls.feed("json", name)),
    )


def series_links(plan: Plan) -> tuple[Link, ...]:
    """Every series that has something to show, with how much."""
    lectures, found = plan.lectures, []
    for name, series in lectures.library.series.items():
        lessons, coming = lectures.in_series.get(name, ()), lectures.planned_in.get(name, ())
        published = sum(one.lesson.status == "published" for one in lessons)
        count = _count(published, max(series.planned or 0, len(lessons) + len(coming)))
        found.append(Link(text=series.title, path=urls.series(name), note=count))
    return tuple(found)


def lessons_view(plan: Plan) -> LessonsView:
    """All series, the newest lessons, topics."""
    lectures = plan.lectures
    laws = (Link(text=CITED, path=urls.laws()),) if lectures.articles else ()
    return LessonsView(
        title=ROOM,
        crumbs=(),
        series=series_links(plan),
        newest=tuple(row(plan, one, with_series=True) for one in lectures.newest[:_NEWEST]),
        topics=topic_links(plan),
        laws=laws,
        feeds=feeds() if lectures.published else (),
    )


def topic_links(plan: Plan) -> tuple[Link, ...]:
    """Every topic with how many lessons it has."""
    lectures = plan.lectures
    return tuple(
        Link(text=topic, path=urls.topic(lectures.slugs[topic]), note=f"{len(found)}讲")
        for topic, found in lectures.topics.items()
    )


def topics_view(plan: Plan) -> TopicView:
    """All topics."""
    room = Link(text=ROOM, path=urls.lessons())
    return TopicView(
        title=BY_TOPIC, crumbs=(room,), lead=f"{len(plan.lectures.topics)}个主题", topics=topic_links(plan)
    )


def topic_view(plan: Plan, topic: str) -> TopicView:
    """Lessons about a topic."""
    found = plan.lectures.topics[topic]
    crumbs = (Link(text=ROOM, path=urls.lessons()), Link(text=BY_TOPIC, path=urls.topics()))
    rows = tuple(row(plan, one, with_series=True) for one in found)
    return TopicView(title=topic, crumbs=crumbs, lead=f"{len(found)}讲", lessons=rows)
