"""Law lessons (普法课) in series: the front matter of Markdown files as it is written, and where a file stands."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from liaison.quick import quick

from .values import Day, Moment, Text, Whole

LessonStatus = Literal["draft", "planned", "published", "withdrawn"]
Letter = Literal["A", "B", "C", "D", "E", "F"]
LETTERS: tuple[Letter, ...] = ("A", "B", "C", "D", "E", "F")

_CLOSED = ConfigDict(extra="forbid")
_FILE = re.compile(r"(\d{2,4})-([a-z0-9]+(?:-[a-z0-9]+)*)\.md", re.ASCII)


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """A series of lessons: `content/episodes/<series>/index.md`."""

    __pydantic_config__ = _CLOSED

    title: Text
    description: Text
    planned: Whole | None = None
    """How many lessons it is to have."""
    audience: tuple[Text, ...] = ()
    cover: Text | None = None
    """Picture beside the file."""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """Who gives the lesson: a deputy on file by code, or anybody by name and post."""

    __pydantic_config__ = _CLOSED

    code: Text | None = None
    name: Text | None = None
    post: Text | None = None


def _speaker(value: object) -> object:
    return {"code": value} if isinstance(value, str) else value


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Video or sound: a file beside the lesson, or an https address on one of the site's media hosts."""

    __pydantic_config__ = _CLOSED

    src: Text
    poster: Text | None = None
    """Picture beside the lesson, shown until it plays."""
    size: Whole | None = None
    """Bytes; of a file it is found."""

    @property
    def is_elsewhere(self) -> bool:
        """Whether it lies on another host."""
        return "://" in self.src


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """A section of the recording; `at` in seconds from its start."""

    __pydantic_config__ = _CLOSED

    at: Moment
    title: Text


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question of the quiz with its options; the answer is the letter of one of them."""

    __pydantic_config__ = _CLOSED

    question: Text
    options: Annotated[tuple[Text, ...], Field(min_length=2, max_length=len(LETTERS))]
    answer: Letter
    why: Text


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who read the lesson before it was published, and when."""

    __pydantic_config__ = _CLOSED

    name: Text
    date: Day


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """三审三校: who is responsible for a published text."""

    __pydantic_config__ = _CLOSED

    editor: Annotated[Signature | None, Field(alias="责编")] = None
    first: Annotated[Signature | None, Field(alias="一审")] = None
    second: Annotated[Signature | None, Field(alias="二审")] = None
    third: Annotated[Signature | None, Field(alias="三审")] = None

    @property
    def signatures(self) -> tuple[tuple[str, Signature | None], ...]:
        """All four with their titles, in the order of signing."""
        return (("责编", self.editor), ("一审", self.first), ("二审", self.second), ("三审", self.third))


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """The front matter of a lesson: `content/episodes/<series>/<nn>-<slug>.md`."""

    __pydantic_config__ = _CLOSED

    title: Text
    date: Day | None = None
    """Day of publication."""
    summary: Text | None = None
    duration: Moment | None = None
    speakers: tuple[Annotated[Speaker, BeforeValidator(_speaker)], ...] = ()
    stations: tuple[Text, ...] = ()
    topics: tuple[Text, ...] = ()
    audience: tuple[Text, ...] = ()
    video: Recording | None = None
    audio: Recording | None = None
    captions: Text | None = None
    """A .vtt or .srt file beside the lesson."""
    transcript: Text | None = None
    """What is said, where there are no captions; an empty line between paragraphs."""
    chapters: tuple[Chapter, ...] = ()
    laws: tuple[Text, ...] = ()
    """What it rests on, as 民法典第1043条第二款."""
    quiz: tuple[Question, ...] = ()
    handout: tuple[Text, ...] = ()
    """Points to take home, printed on one page."""
    review: Review | None = None
    status: LessonStatus

    @property
    def recording(self) -> Recording | None:
        """The video, else the sound."""
        return self.video or self.audio

    @property
    def has_page(self) -> bool:
        """Whether the site has a page of it: published, or withdrawn, which says no more than that."""
        return self.status in {"published", "withdrawn"}


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where a lesson stands: series and number, which make its address for ever, and the rest of the file's name."""

    series: str
    number: int
    slug: str

    @classmethod
    def of(cls, file: str) -> Place | None:
        """The place of `content/episodes/<series>/<nn>-<slug>.md`; None where the path has another form."""
        path = PurePosixPath(file)
        found = _FILE.fullmatch(path.name)
        if found is None or not int(found[1]) or found[1] != written(int(found[1])):
            return None
        return cls(path.parent.name, int(found[1]), found[2])

    @property
    def key(self) -> tuple[str, int]:
        """What never changes once the lesson is published."""
        return self.series, self.number

    @property
    def label(self) -> str:
        """第7讲"""
        return f"第{self.number}讲"


def written(number: int) -> str:
    """A lesson's number in file names and addresses: at least two digits, no further zeros."""
    return f"{number:02d}"
