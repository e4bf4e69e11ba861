"""All law lessons of a site together, each in its place, with what they cite and say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .citations import Citation
from .cues import Cue
from .laws import Laws
from .lessons import Lesson, Place, Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Lecture:
    """A lesson in its place."""

    file: str
    """Path below the site's root."""
    place: Place
    lesson: Lesson
    cited: tuple[Citation, ...] = ()
    """Everything it cites, in the order of the file."""
    cues: tuple[Cue, ...] = ()

    @property
    def key(self) -> tuple[str, int]:
        """Series and number."""
        return self.place.key

    @property
    def folder(self) -> str:
        """Folder of the file."""
        return self.file.rpartition("/")[0]


@dataclass(frozen=True)
class Library:
    """Every series and lesson on file, in file order, and the laws of the site."""

    laws: Laws = field(default_factory=lambda: Laws({}))
    series: Mapping[str, Series] = field(default_factory=dict)
    """By name of the folder."""
    lessons: tuple[Lecture, ...] = ()
    media: Mapping[str, int] = field(default_factory=dict)
    """Sizes of the files beside lessons, in bytes."""
