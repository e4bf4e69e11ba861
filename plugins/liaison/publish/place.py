"""What publishing needs of a host, whatever kind it is: to see what is there, lay a release, switch to it, go back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .audit import Amiss
from .journal import Line
from .manifest import Manifest

STEPS = {
    "checked": "逐个文件核对过要发布的站点",
    "locked": "占用目标，别人暂时不能发布",
    "compared": "和网站上现有的内容比较过",
    "copying": "传送文件",
    "copied": "文件都到了",
    "synced": "写进磁盘",
    "verified": "在目标上逐个核对过",
    "placing": "逐个换上新文件",
    "placed": "新文件都换上了",
    "switched": "网站换成新的了",
    "removing": "删去没有用的文件",
    "confirmed": "从网站的位置再核对过",
    "logged": "记入发布日志",
    "pruned": "清理过更早的版本",
}
"""The steps of a publication in order, and what is said of them; `placing` and `removing` only without links."""

Tell = Callable[[str], object]
"""Told the name of each step as it is reached; where a step has many files, for every file."""


class PublishError(Exception):
    """It cannot be published, or did not go well; says why and what to do in Chinese."""

    def __init__(self, message: str, lines: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.lines = tuple(lines)
        """What is wrong one by one, if there is more than one thing."""


class UnreadableError(PublishError):
    """Something is published whose manifest is damaged or gone, so nobody knows which codes it has."""

    def __init__(self, name: str, message: str) -> None:
        super().__init__(message)
        self.name = name
        """Of the release; empty where the place keeps none."""


class HostError(Exception):
    """A host cannot be reached, or cannot do what it is asked; says what happened and what to do in Chinese."""


@dataclass(frozen=True, slots=True)
class Published:
    """A release on a host."""

    name: str
    """Empty where the host keeps none and nobody kept it elsewhere."""
    manifest: Manifest


@dataclass(frozen=True, slots=True)
class Source:
    """A release that is to be published."""

    folder: Path
    manifest: Manifest


class Place(Protocol):
    """A host, or a folder that a host serves. Methods raise `PublishError`, `HostError`, and `OSError` of the disk."""

    is_gradual: bool
    """Whether files are put in place one by one, so that what is cut short leaves some of both releases."""

    def locked(self) -> AbstractContextManager[object]:
        """Hold it for one publisher."""

    def published(self) -> Published | None:
        """What is published there; None where nothing is."""

    def is_whole(self, published: Published) -> bool:
        """Whether what is published has every file, and right."""

    def lay(self, source: Source, before: Published | None, tell: Tell) -> str:
        """Bring a release there and verify it, without touching what is published; its name."""

    def switch(self, name: str, before: Published | None, line: Line, tell: Tell) -> None:
        """Publish a release that was laid. `line` goes into the log first."""

    def amiss(self, manifest: Manifest, paths: Iterable[str], name: str | None = None) -> tuple[Amiss, ...]:
        """Which of these files are not as they must be where they are published, or in a release that is kept."""

    def kept(self) -> list[str]:
        """Names of all releases to go back to, in the order they were published."""

    def release(self, name: str) -> Published:
        """One of them."""

    def history(self) -> list[Line]:
        """The log of the place, oldest first."""

    def log(self, line: Line) -> None:
        """Add to it."""

    def prune(self, keep: int, needed: Sequence[str]) -> int:
        """Remove all but the newest releases, and those that are `needed`; how many went."""
