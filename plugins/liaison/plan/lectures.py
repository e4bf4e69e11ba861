"""Which lessons, articles of laws and topics have a page, and what leads from one to another."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypeVar

from liaison.model.citations import Citation
from liaison.model.laws import Laws, article_words
from liaison.model.library import Lecture, Library

from . import urls
from .slugs import slugs

K = TypeVar("K")

_LONGEST_RANGE = 60
"""Articles of a range that are each linked with the lesson; a longer one means a whole chapter."""

ROOM, BY_TOPIC, CITED = "普法课堂", "按主题学法", "课里引用的法律"
"""What the pages of all lessons, all topics and all laws are called."""

Article = tuple[str, int, int]
"""Law, article, and how many 之 behind it."""


@dataclass(frozen=True)
class Lectures:
    """The lessons of a site as they are shown."""

    library: Library

    @cached_property
    def shown(self) -> tuple[Lecture, ...]:
        """Lessons with a page: by series, then number."""
        found = (one for one in self.library.lessons if one.lesson.has_page and one.place.series in self.library.series)
        return tuple(sorted(found, key=lambda one: one.key))

    @cached_property
    def published(self) -> tuple[Lecture, ...]:
        """Those that are in use."""
        return tuple(one for one in self.shown if one.lesson.status == "published")

    @cached_property
    def newest(self) -> tuple[Lecture, ...]:
        """Published lessons, the newest first."""
        return tuple(sorted(self.published, key=lambda one: (one.lesson.date or date.min, one.key), reverse=True))

    @cached_property
    def in_series(self) -> Mapping[str, tuple[Lecture, ...]]:
        """Lessons with a page, by series, in the order of their numbers."""
        return _grouped((one.place.series, one) for one in self.shown)

    @cached_property
    def planned_in(self) -> Mapping[str, tuple[Lecture, ...]]:
        """Lessons that are only planned, by series."""
        planned = (one for one in self.library.lessons if one.lesson.status == "planned")
        return _grouped((one.place.series, one) for one in sorted(planned, key=lambda one: one.key))

    @cached_property
    def topics(self) -> Mapping[str, tuple[Lecture, ...]]:
        """Published lessons by topic, topics with most lessons first."""
        found = _grouped((topic, one) for one in self.published for topic in dict.fromkeys(one.lesson.topics))
        return dict(sorted(found.items(), key=lambda item: (-len(item[1]), item[0])))

    @cached_property
    def slugs(self) -> Mapping[str, str]:
        """Slugs of topics."""
        return slugs(sorted(self.topics))

    @cached_property
    def of_station(self) -> Mapping[str, tuple[Lecture, ...]]:
        """Published lessons by the code of a station that took part."""
        return _grouped((code, one) for one in self.published for code in dict.fromkeys(one.lesson.stations))

    @cached_property
    def of_deputy(self) -> Mapping[str, tuple[Lecture, ...]]:
        """Published lessons by the code of a deputy who speaks."""
        return _grouped(
            (code, one)
            for one in self.published
            for code in dict.fromkeys(who.code for who in one.lesson.speakers)
            if code
        )

    @cached_property
    def citing(self) -> Mapping[Article, tuple[Lecture, ...]]:
        """Published lessons by the articles they cite."""
        return _grouped(
            (article, one)
            for one in self.published
            for article in dict.fromkeys(article for cited in one.cited for article in self.articles_of(cited))
        )

    @cached_property
    def articles(self) -> Mapping[str, tuple[Article, ...]]:
        """Articles with a page, by law: those that are cited, and all whose text the site has."""
        laws = self.library.laws
        found: dict[str, set[Article]] = defaultdict(set)
        for article in self.citing:
            found[article[0]].add(article)
        for law, texts in laws.texts.items():
            found[law] |= {(law, number, 0) for number in texts if laws.holds(law, number)}
        return {law: tuple(sorted(found[law])) for law in laws.by_id if law in found}

    def articles_of(self, citation: Citation) -> tuple[Article, ...]:
        """The articles a citation means, as far as they exist in a law in force."""
        laws, law = self.library.laws, citation.law
        if law is None or laws.by_id[law].repealed or not laws.holds(law, citation.article, citation.inserted):
            return ()
        last = min(citation.to or citation.article, citation.article + _LONGEST_RANGE)
        further = ((law, number, 0) for number in range(citation.article + 1, last + 1) if laws.holds(law, number))
        return ((law, citation.article, citation.inserted), *further)

    def article_path(self, citation: Citation) -> str | None:
        """Where a citation leads: the page of its first article; None where there is none."""
        articles = self.articles_of(citation)
        has_page = articles and (
            articles[0] in self.citing or citation.article in self.library.laws.texts.get(articles[0][0], ())
        )
        return urls.article(*articles[0]) if has_page else None

    def beside(self, one: Lecture) -> tuple[Lecture | None, Lecture | None]:
        """The lessons before and after, of those in use."""
        row = self._in_use[one.place.series]
        at = bisect_left(row, one.key, key=lambda other: other.key)
        after = at + 1 if at < len(row) and row[at] is one else at
        return row[at - 1] if at else None, row[after] if after < len(row) else None

    @cached_property
    def _in_use(self) -> defaultdict[str, tuple[Lecture, ...]]:
        """Published lessons, by series, in the order of their numbers."""
        return defaultdict(tuple, _grouped((one.place.series, one) for one in self.published))


def article_title(laws: Laws, article: Article) -> str:
    """「《民法典》第一千零四十三条」"""
    law, number, inserted = article
    return laws.by_id[law].label + article_words(number, inserted)


def _grouped(pairs: Iterable[tuple[K, Lecture]]) -> dict[K, tuple[Lecture, ...]]:
    found: dict[K, list[Lecture]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return {key: tuple(lessons) for key, lessons in found.items()}
