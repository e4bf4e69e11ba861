"""Records by code, fetched from the cache when they are asked for, with a note of what was asked.

While one part is judged or rendered, every look at a record of another part is noted, with the digest of what was
found. What came of it holds as long as all of them would be found again: nobody has to know, or may forget, which
other records a page depends on.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, ItemsView, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from liaison.model.deputies import Deputy
from liaison.model.stations import Station
from liaison.shelf import Shelf

from .filed import Filed
from .gather import gather, records_name
from .index import Index, Kind, Place
from .parts import Part

T = TypeVar("T")

Asked = dict[tuple[Kind, str], bytes | None]
"""Codes of other parts that were looked up, with the digest of the record; None where there was none."""

_PACKS = 24
"""Parts of which the pickled records are kept at hand."""


class ChangedError(OSError):
    """A file was changed while it was being read."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where records come from."""

    root: Path
    shelf: Shelf
    parts: tuple[Part, ...]
    digests: tuple[bytes, ...]
    """Of the parts as they were gathered."""
    index: Index


class Reader:
    """Fetches records; notes what was asked for outside the part it stands in."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._packs: dict[int, list[bytes]] = {}
        self._foreign: dict[Place, Filed[Any]] = {}
        self._stands = True
        self.asked: Asked = {}
        self.own: dict[Kind, dict[str, Filed[Any]]] = {"station": {}, "deputy": {}}
        """Records of the part it stands in, by code."""

    def stand_in(self, number: int) -> tuple[tuple[Filed[Station], ...], tuple[Filed[Deputy], ...]]:
        """Go to a part: its records, of stations and of deputies. Raises `ChangedError`."""
        index = self._source.index
        brief = index.briefs[number]
        records = [pickle.loads(data) for data in self._pack(number)]  # noqa: S301 - off our own shelf
        self._foreign.clear()
        self._stands, self.asked = True, {}
        spans: tuple[tuple[Kind, int, int], ...] = (
            ("station", 0, brief.stations),
            ("deputy", brief.stations, len(records)),
        )
        for kind, first, last in spans:
            known = index.places(kind)
            self.own[kind] = {
                code: records[place]
                for place in range(first, last)
                if (code := brief.codes[place]) is not None and known[code] == (number, place)
            }
        return tuple(records[: brief.stations]), tuple(records[brief.stations :])

    def leave(self) -> None:
        """Stand in no part: every record is fetched when it is asked for, and nothing is worth noting."""
        self._foreign.clear()
        self._stands, self.asked = False, {}
        self.own = {"station": {}, "deputy": {}}

    def holds(self, kind: Kind, code: str) -> bool:
        """Whether a record has this code."""
        if code in self.own[kind]:
            return True
        self.note(kind, code)
        return code in self._source.index.places(kind)

    def get(self, kind: Kind, code: str) -> Filed[Any]:
        """The record with this code. Raises `KeyError`, and `ChangedError`."""
        if code in self.own[kind]:
            return self.own[kind][code]
        self.note(kind, code)
        return self.at(self._source.index.places(kind)[code])

    def note(self, kind: Kind, code: str) -> None:
        """Remember that a record of another part was asked for, while standing in one."""
        if self._stands and (kind, code) not in self.asked:
            self.asked[kind, code] = self._source.index.digest(kind, code)

    def at(self, place: Place) -> Filed[Any]:
        """The record at a place."""
        if place not in self._foreign:
            self._foreign[place] = pickle.loads(self._pack(place[0])[place[1]])  # noqa: S301 - off our own shelf
        return self._foreign[place]

    def home_of(self, deputy: str) -> str:
        """Code of the home station. Raises `KeyError`."""
        if deputy not in self.own["deputy"]:
            self.note("deputy", deputy)
        return self._source.index.home_of(deputy)

    def homes(self) -> dict[str, str]:
        """Codes of all home stations, by deputy."""
        return self._source.index.homes()

    def codes(self, kind: Kind) -> Iterator[str]:
        """All codes on file."""
        return iter(self._source.index.places(kind))

    def count(self, kind: Kind) -> int:
        """How many codes there are."""
        return len(self._source.index.places(kind))

    def _pack(self, number: int) -> list[bytes]:
        """Pickled records of a part, in its order."""
        if number not in self._packs:
            if len(self._packs) >= _PACKS:
                del self._packs[next(iter(self._packs))]
            self._packs[number] = self._fetched(number)
        return self._packs[number]

    def _fetched(self, number: int) -> list[bytes]:
        source = self._source
        part, wanted = source.parts[number], source.digests[number]
        for again in (False, True):
            if again:  # the cache was taken away, or another run has put something newer there
                gather(source.root, part, source.shelf, anew=True)
            found = source.shelf.get(records_name(part))
            if isinstance(found, tuple) and found[0] == wanted:
                records: list[bytes] = found[1]
                return records
        raise ChangedError(f"{part.area} 里的文件在读取期间被改动，请再运行一次")


class Records(Mapping[str, T], Generic[T]):
    """All stations or deputies of a site by code, as far as somebody asks."""

    def __init__(self, reader: Reader, kind: Kind, take: Callable[[Filed[Any]], T]) -> None:
        self._reader, self._kind, self._take = reader, kind, take

    def __getitem__(self, code: str) -> T:
        return self._take(self._reader.get(self._kind, code))

    def __contains__(self, code: object) -> bool:
        return isinstance(code, str) and self._reader.holds(self._kind, code)

    def __iter__(self) -> Iterator[str]:
        return self._reader.codes(self._kind)

    def __len__(self) -> int:
        return self._reader.count(self._kind)


class Homes(Mapping[str, str]):
    """Code of the home station by deputy code."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader

    def __getitem__(self, deputy: str) -> str:
        return self._reader.home_of(deputy)

    def __iter__(self) -> Iterator[str]:
        return self._reader.codes("deputy")

    def __len__(self) -> int:
        return self._reader.count("deputy")

    def items(self) -> ItemsView[str, str]:
        """All of them; only for a site without errors, read as a whole."""
        return self._reader.homes().items()
