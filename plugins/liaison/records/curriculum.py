"""What rules may look at of law lessons: the files as they were read, what they cite, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from liaison.model.citations import Citation
from liaison.model.cues import Cue
from liaison.model.doubts import Doubt
from liaison.model.laws import Laws
from liaison.model.lessons import Lesson, Place, Series
from liaison.quick import quick

from .document import Path
from .filed import Filed
from .findings import Finding


@quick
@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a Markdown file: in the front matter at `path` from `offset` on, or in the body."""

    file: str
    path: Path
    offset: int
    line: int
    """0 in the front matter."""
    column: int

    def finding(self, message: str, hint: str, more: int = 0) -> Finding:
        """A finding here, or so many characters further on, on the same line."""
        column = max(self.column + more, 1) if self.line else 1
        offset = max(self.offset + more, 0)
        return Finding(self.file, self.path, message, hint, offset=offset, line=self.line, column=column)


@quick
@dataclass(frozen=True, slots=True)
class Cited:
    """A citation, and where it stands."""

    passage: Passage
    citation: Citation
    doubt: Doubt | None = None

    def at(self, begin: int, *, message: str, hint: str) -> Finding:
        """A finding at a place of the text that the citation was found in."""
        return self.passage.finding(message, hint, begin - self.citation.start)


@quick
@dataclass(frozen=True, slots=True)
class Misquoted:
    """Words in quotation marks that are not those of the article they are said to be from.

    They stand where the first character differs.
    """

    passage: Passage
    citation: Citation
    written: str
    expected: str


@quick
@dataclass(frozen=True, slots=True)
class Linked:
    """A link or picture within the site, and where it stands in a body."""

    file: str
    line: int
    column: int
    address: str


@dataclass(frozen=True, kw_only=True)
class Curriculum:
    """All law lessons on file, what they cite, and the laws they are judged by."""

    laws: Laws = field(default_factory=lambda: Laws({}))
    series: tuple[Filed[Series], ...] = ()
    lessons: tuple[Filed[Lesson], ...] = ()
    unread: frozenset[str] = frozenset()
    """Files of lessons and series that gave no record."""
    has_body: frozenset[str] = frozenset()
    """Files of lessons that have more than front matter."""
    cited: tuple[Cited, ...] = ()
    misquoted: tuple[Misquoted, ...] = ()
    cues: Mapping[str, tuple[Cue, ...]] = field(default_factory=dict)
    """Captions by the file of the lesson."""
    links: tuple[Linked, ...] = ()
    pages: frozenset[str] = frozenset()
    """Every Markdown file below `content/`."""
    media: Mapping[str, int] = field(default_factory=dict)
    """Sizes of pictures and recordings below `content/`, in bytes."""
    issued: tuple[Issued, ...] = ()
    """Lessons that were published in the version compared with."""

    @cached_property
    def series_in(self) -> Mapping[str, Filed[Series]]:
        """Series by name of their folder."""
        return {filed.folder.rpartition("/")[2]: filed for filed in self.series}

    @cached_property
    def cited_in(self) -> Mapping[str, tuple[Cited, ...]]:
        """Citations by file."""
        found: dict[str, list[Cited]] = {}
        for one in self.cited:
            found.setdefault(one.passage.file, []).append(one)
        return {file: tuple(cited) for file, cited in found.items()}


@quick
@dataclass(frozen=True, slots=True)
class Issued:
    """A lesson that was published in an earlier version."""

    place: Place
    title: str
    day: str
