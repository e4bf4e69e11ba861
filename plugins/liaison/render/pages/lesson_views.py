"""What pages of lessons, laws and topics show, in the same manner as `views`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from markupsafe import Markup

from .views import Banner, DateView, Link, Photo, Qr


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A place in the recording: seconds for the script, 「01:12」 for the eye, and what is there."""

    seconds: str
    """「72.5」"""
    clock: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Player:
    """Video or sound. The source lies on this site (`path`) or on a media host (`url`)."""

    kind: Literal["video", "audio"]
    path: str | None
    url: str | None
    type: str
    """`video/mp4`"""
    poster: Photo | None
    captions: str | None
    """Path of the WebVTT file."""
    chapters: tuple[Moment, ...]
    host: str
    """Host that is asked once it plays; empty where it is this site."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An answer to choose."""

    letter: str
    text: str
    is_right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizView:
    """A question of the quiz."""

    number: int
    question: str
    options: tuple[Option, ...]
    answer: str
    """「B. 可以继续住」"""
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """「带着问题去站里问」: the next receptions at the stations of the lesson, and where to look for others."""

    dates: tuple[DateView, ...]
    until: str
    """「日期列至2027年5月17日」, or empty."""
    ways: tuple[Link, ...]
    """「按地区查找联络站」"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handout:
    """What is printed: one A4 page."""

    points: tuple[str, ...]
    laws: str
    """「《民法典》第三百六十二条、第三百六十三条」, or empty."""
    qr: Qr
    """`code` is 「minfadian/07」, `url` the address it holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonView:
    """A lesson's page. A withdrawn lesson has only title, crumbs, series, banner, previous and next."""

    key: str
    """「minfadian/07」: under which the device keeps how far somebody got."""
    title: str
    step: str
    crumbs: tuple[Link, ...]
    number: str
    """「第7讲」"""
    lead: str = ""
    """「2026年3月6日 · 视频6分30秒」, 「2026年3月6日 · 约4分钟读完」"""
    summary: str = ""
    banner: Banner | None
    player: Player | None = None
    transcript: tuple[tuple[Moment, ...], ...] = ()
    """Paragraphs of what is said; each piece can be sought. Without captions `seconds` and `clock` are empty."""
    body: Markup = Markup("")  # noqa: RUF009 - it is text, and does not change
    """Cleaned HTML of the Markdown body, headings from h2."""
    laws: tuple[Link, ...] = ()
    """「《民法典》第一千零四十三条第二款」, note 「婚姻家庭编 › 一般规定」; path None where there is no page."""
    quiz: tuple[QuizView, ...] = ()
    handout: Handout
    speakers: tuple[Link, ...] = ()
    """Note is post and work place, or 「县级代表」."""
    stations: tuple[Link, ...] = ()
    topics: tuple[Link, ...] = ()
    audience: str = ""
    """「村民、社区干部」, or empty."""
    ask: Ask
    previous: Link | None
    """Text is the title, note 「第6讲」."""
    next: Link | None
    series: Link
    review: tuple[tuple[str, str], ...] = ()
    """「责编」「王示例 2026年2月20日」"""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonRow:
    """A lesson in a list."""

    key: str
    """As in `LessonView`; empty of lessons that are only planned."""
    number: str
    """「7」; on pages that list several series 「民法典与我们的生活 第7讲」."""
    title: str
    path: str | None
    """None for a planned lesson."""
    note: str
    """Summary, or 「筹备中」「已下架」."""
    length: str
    """「视频6分30秒」 or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """A series' home."""

    key: str
    """Folder of the series."""
    title: str
    step: str
    crumbs: tuple[Link, ...]
    lead: str
    """「计划52讲，已发布14讲 · 适合：村（居）民」"""
    description: str
    cover: Photo | None
    body: Markup
    published: int
    planned: int
    """Lessons it is to have, at least as many as it has."""
    lessons: tuple[LessonRow, ...]
    """Published and withdrawn."""
    coming: tuple[LessonRow, ...]
    """Planned titles."""
    feeds: tuple[Link, ...]
    """RSS and JSON Feed of this series."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LessonsView:
    """`episodes/`: every series, the newest lessons, topics."""

    title: str
    crumbs: tuple[Link, ...]
    series: tuple[Link, ...]
    """Note 「已发布14讲，共52讲」."""
    newest: tuple[LessonRow, ...]
    topics: tuple[Link, ...]
    laws: tuple[Link, ...]
    feeds: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView:
    """Lessons about one topic; or, with `topics` instead of `lessons`, all topics."""

    title: str
    crumbs: tuple[Link, ...]
    lead: str
    lessons: tuple[LessonRow, ...] = ()
    topics: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A book, chapter or section of a law with those of its articles that have a page."""

    title: str
    level: int
    """1 book, 2 chapter, …"""
    range: str
    """「第1040—1118条」"""
    articles: tuple[Link, ...]
    """「第1043条」, note 「3讲」 where lessons cite it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawView:
    """A law's page."""

    title: str
    step: str
    crumbs: tuple[Link, ...]
    lead: str
    """「2020年5月28日通过，2021年1月1日起施行，共1260条」"""
    banner: Banner | None
    """Where it was repealed: since when, by which."""
    sections: tuple[Section, ...]
    official: Link | None
    note: str
    """That lessons explain and the official text decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawsView:
    """All laws that lessons cite."""

    title: str
    crumbs: tuple[Link, ...]
    laws: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleView:
    """An article's page."""

    title: str
    """「《民法典》第一千零四十三条」"""
    crumbs: tuple[Link, ...]
    way: tuple[str, ...]
    """「第五编 婚姻家庭」「第一章 一般规定」"""
    text: tuple[tuple[str, tuple[str, ...]], ...]
    """Paragraphs (款) with their items (项); empty where the site has no text of the law."""
    note: str
    cited_by: tuple[LessonRow, ...]
    previous: Link | None
    """「第一千零四十二条」: the nearest articles before and after that have a page."""
    next: Link | None
    official: Link | None
