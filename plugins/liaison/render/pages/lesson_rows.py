"""Lessons in lists: rows of a series, of a topic, under an article, on the home page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from liaison.model.library import Lecture
from liaison.plan import urls
from liaison.plan.pages import Plan
from liaison.render import words
from liaison.render.pages.lesson_views import LessonRow
from liaison.render.pages.views import Link

_SHOWN = 6
"""Lessons on the page of a station or deputy."""


def key(one: Lecture) -> str:
    """「minfadian/07」"""
    return urls.lesson(*one.key).removeprefix(urls.lessons()).rstrip("/")


def fact(lessons: Sequence[Lecture]) -> tuple[Link, ...]:
    """Lessons on the page of who took part: the newest."""
    newest = sorted(lessons, key=lambda one: (one.lesson.date or date.min, one.key), reverse=True)[:_SHOWN]
    return tuple(Link(text=one.lesson.title, path=urls.lesson(*one.key), note=one.place.label) for one in newest)


def row(plan: Plan, one: Lecture, *, with_series: bool) -> LessonRow:
    """A lesson in a list."""
    series, lesson = plan.lectures.library.series[one.place.series], one.lesson
    withdrawn = lesson.status == "withdrawn"
    return LessonRow(
        key=key(one),
        number=f"{series.title} {one.place.label}" if with_series else str(one.place.number),
        title=lesson.title,
        path=urls.lesson(*one.key),
        note="已下架" if withdrawn else lesson.summary or "",
        length="" if withdrawn else length(one),
    )


def length(one: Lecture) -> str:
    """「视频6分30秒」, 「视频」, or empty."""
    lesson = one.lesson
    kind = "视频" if lesson.video else "录音" if lesson.audio else ""
    return f"{kind}{words.span_of_time(lesson.duration)}" if kind and lesson.duration else kind
