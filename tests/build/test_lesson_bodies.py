"""Lessons between the host, which makes HTML of Markdown, and their finished pages."""

from __future__ import annotations

import re

import pytest
from building import SHELL, Workshop

from liaison.build import Kind, LessonPages
from liaison.model.cues import vtt
from liaison.plan import urls
from liaison.render.shell import ShellError
from support import small

LESSON = "content/episodes/shiyan/01-jiafeng.md"
SERIES = "content/episodes/shiyan/index.md"
PAGE = "".join(f"%%liaison:{piece}%%" if at % 2 else piece for at, piece in enumerate(SHELL.pieces))
"""A page as the host renders it."""


def page_of(lessons: LessonPages, file: str, shell: str = PAGE) -> str:
    """The finished page of a lesson."""
    lessons.finish(file, shell)
    return dict(lessons.files())[urls.file(lessons.path(file))].decode()


HOSTILE = (
    ("<script>alert(1)</script>", ""),
    ("<style>p{}</style>", ""),
    ('<p onclick="alert(1)" style="color:red" id="x">甲</p>', "<p>甲</p>"),
    ('<p><a href="javascript:alert(1)">甲</a></p>', '<p><a rel="noopener">甲</a></p>'),
    ('<p><a href="java\nscript:alert(1)">甲</a></p>', '<p><a rel="noopener">甲</a></p>'),
    ('<p><a href="//example.com/">甲</a></p>', '<p><a rel="noopener">甲</a></p>'),
    ('<p><img src="https://example.com/a.png" alt="甲" onerror="x()"></p>', '<p><img alt="甲"></p>'),
    ('<iframe src="https://example.com/"></iframe>', ""),
    ('<form action="/"><input name="a"><button>甲</button></form>', "甲"),
    ("<svg><script>alert(1)</script></svg>", ""),
    ('<video src="a.mp4" autoplay></video>', ""),
    ('<meta http-equiv="refresh" content="0"><base href="//example.com/">', ""),
    ("<!-- 甲 -->", ""),
    ('<td style="text-align: right;">甲</td>', "甲"),
)


@pytest.mark.parametrize(("html", "left"), HOSTILE)
def test_what_slipped_into_a_body_is_not_shown(html: str, left: str, shop: Workshop) -> None:
    """Scripts, styles, frames, forms, other hosts: the check refuses them, and the build takes them away."""
    lessons = shop.prepare().lessons
    assert lessons.body(LESSON, html) == left
    assert not re.search(r"onclick|onerror|style=|javascript:|example\.com", page_of(lessons, LESSON))


def test_the_side_of_a_column_becomes_a_class(shop: Workshop) -> None:
    """A style is against the policy of the page."""
    table = '<table><thead><tr><th style="text-align: {}">甲</th></tr></thead></table>'
    for side in ("left", "center", "right"):
        body = shop.prepare().lessons.body(LESSON, table.format(f"{side};"))
        assert body == f'<table><thead><tr><th class="to-{side}">甲</th></tr></thead></table>'


def test_a_citation_in_a_body_leads_to_its_article(shop: Workshop) -> None:
    """From the depth at which the page lies, that of a lesson or of a series."""
    lessons = shop.prepare().lessons
    for file, up in ((LESSON, "../../../"), (SERIES, "../../")):
        body = lessons.body(file, "<p>民法典第1043条</p>")
        assert body == f'<p><a class="cite" href="{up}laws/civil-code/1043/">民法典第1043条</a></p>'


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        (LESSON, Kind.LESSON),
        (SERIES, Kind.SERIES),
        ("content/episodes/shiyan/01.mp4", Kind.OTHER),
        ("content/episodes/shiyan/01.vtt", Kind.LEFT_OUT),
        ("content/episodes/shiyan/02.mp4", Kind.LEFT_OUT),
        ("content/episodes/shiyan/02-x.md", Kind.LEFT_OUT),
        ("content/episodes/shiyan/picture.png", Kind.OTHER),
        ("content/episodes/other/index.md", Kind.LEFT_OUT),
        ("content/guides/a.md", Kind.OTHER),
    ],
)
def test_the_host_makes_pages_of_lessons_in_use_only(file: str, kind: Kind, shop: Workshop) -> None:
    """It copies what a lesson in use plays or shows; what belongs to none stays away."""
    assert shop.prepare().lessons.kind(file) is kind


@pytest.mark.parametrize("status", ["draft", "planned", "withdrawn"])
def test_a_recording_goes_with_its_lesson(status: str, shop: Workshop) -> None:
    """Once a lesson is not in use, its recording and captions are not on the site, and there are no feeds."""
    small.change(shop.root, LESSON, "status: published", f"status: {status}")
    job = shop.prepare()
    assert job.lessons.kind("content/episodes/shiyan/01.mp4") is Kind.LEFT_OUT
    assert dict(job.lessons.files()) == {}
    assert job.lessons.kind(LESSON) is (Kind.LESSON if status == "withdrawn" else Kind.LEFT_OUT)


def test_nothing_of_a_body_is_left_when_a_lesson_was_taken_down(shop: Workshop) -> None:
    """Neither for the page nor for a search index."""
    small.change(shop.root, LESSON, "status: published", "status: withdrawn")
    lessons = shop.prepare().lessons
    assert lessons.body(LESSON, "<p>不再使用的话</p>") == ""
    assert "已经下架" in page_of(lessons, LESSON)


def test_the_host_reads_title_and_body_and_no_other_front_matter(shop: Workshop) -> None:
    """What else stands there would be taken for instructions to the host: a template, or what to hide."""
    text = shop.prepare().lessons.text(LESSON)
    head, _, body = text.removeprefix("---\n").partition("---\n")
    assert head == 'title: "家风也写进了民法典"\n'
    assert body == (shop.root / LESSON).read_text("utf-8").split("---\n")[2]


def test_captions_lie_beside_the_page(shop: Workshop) -> None:
    """As WebVTT, whatever they were written in."""
    job = shop.prepare()
    (lesson,) = job.plan.lectures.published
    assert dict(job.lessons.files())[urls.captions("shiyan", 1)] == vtt(lesson.cues).encode()


def test_a_shell_that_lost_a_slot_is_refused(shop: Workshop) -> None:
    """Lessons bring the shell that the host rendered for each; it is read as strictly as the others."""
    lessons = shop.prepare().lessons
    with pytest.raises(ShellError, match="title"):
        page_of(lessons, LESSON, PAGE.replace("%%liaison:title%%", ""))
