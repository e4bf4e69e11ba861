"""What every rule may look at: the records where they are written, the register, and today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from liaison.model.deputies import Deputy
from liaison.model.regions import Region
from liaison.model.register import Register
from liaison.model.site import Site
from liaison.model.stations import Area, Station
from liaison.model.workdays import HolidayYear

from .findings import Finding, Spot
from .loader import Node, Path

T = TypeVar("T", covariant=True)  # noqa: PLC0105 - the usual short name


@dataclass(frozen=True, slots=True)
class Filed(Generic[T]):
    """A record, the file it stands in, and its path there (empty when it is the whole file)."""

    file: str
    path: Path
    record: T

    @property
    def folder(self) -> str:
        """The folder of the file."""
        return self.file.rpartition("/")[0]

    def at(self, *path: str | int, message: str, hint: str, spot: Spot = "value", offset: int = 0) -> Finding:
        """A finding at a path inside this record."""
        return Finding(self.file, (*self.path, *path), message, hint, spot=spot, offset=offset)


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """All records of a site as they are written: those with a doubled code too, which the register leaves out."""

    register: Register
    today: date
    site: Filed[Site]
    regions: tuple[Filed[Region], ...]
    years: tuple[Filed[HolidayYear], ...]
    areas: tuple[Filed[Area], ...]
    stations: tuple[Filed[Station], ...]
    deputies: tuple[Filed[Deputy], ...]
    pictures: frozenset[str]
    """Photo files, relative to the site's root."""
    unsound: Mapping[str, Mapping[str, Node]]
    """Plain content of files that gave no record; what refers to their codes is not blamed."""

    def knows_station(self, code: str) -> bool:
        """Whether a station has this code, be its record sound or not."""
        return code in self.register.stations or self._is_unsound(code, "/station.yml")

    def knows_deputy(self, code: str) -> bool:
        """Whether a deputy has this code, be the record sound or not."""
        return code in self.register.deputies or self._is_unsound(code, "")

    def _is_unsound(self, code: str, ending: str) -> bool:
        return any(file.endswith(ending) and tree.get("code") == code for file, tree in self.unsound.items())
