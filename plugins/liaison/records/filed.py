"""A record and where it is written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from liaison.quick import quick

from .document import Path
from .findings import Finding, Spot

T = TypeVar("T", covariant=True)  # noqa: PLC0105 - the usual short name


@quick
@dataclass(frozen=True, slots=True)
class Filed(Generic[T]):
    """A record, the file it stands in, and its path there (empty when it is the whole file)."""

    file: str
    path: Path
    record: T
    lost: frozenset[Path] = frozenset()
    """What did not fit and was reported: left out of the record, or a stand-in where it is required."""

    @property
    def folder(self) -> str:
        """The folder of the file."""
        return self.file.rpartition("/")[0]

    def at(self, *path: str | int, message: str, hint: str, spot: Spot = "value", offset: int = 0) -> Finding:
        """A finding at a path inside this record."""
        moot = bool(self.lost) and any(path[: len(lost)] == lost for lost in self.lost)
        return Finding(self.file, (*self.path, *path), message, hint, spot=spot, offset=offset, moot=moot)

    def lacks(self, *path: str | int) -> bool:
        """Whether something at, below or above this path did not fit, so that nothing may be concluded from it."""
        return bool(self.lost) and any(lost[: len(path)] == path[: len(lost)] for lost in self.lost)
