"""What directories need of a part, made while its records are judged, and kept with the verdict."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from liaison.model.register import Register
from liaison.plan.diary import Diary
from liaison.plan.listing import Listing, Order, Tally, listing
from liaison.plan.pages import land_of
from liaison.records.case import Ground
from liaison.render import photos
from liaison.render.pages import photo_source

T = TypeVar("T")


class Packed(Mapping[str, Sequence[T]]):
    """Rows by region, unpickled when they are asked for: a small change concerns few of them."""

    def __init__(self, rows: Mapping[str, bytes]) -> None:
        self.rows = rows

    def __getitem__(self, region: str) -> Sequence[T]:
        found: Sequence[T] = pickle.loads(self.rows[region])  # noqa: S301 - made below, off our own shelf
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


@dataclass(frozen=True, slots=True)
class Listed:
    """A listing with its rows pickled."""

    tally: Tally
    posts: Mapping[str, bytes]
    people: Mapping[str, bytes]

    def opened(self) -> Listing:
        """The listing."""
        return Listing(self.tally, Packed(self.posts), Packed(self.people))


@dataclass(frozen=True, slots=True)
class Lister:
    """Lists a part, and looks at the photos that will be shown."""

    root: Path

    def __call__(self, register: Register, ground: Ground, stations: Mapping[str, Order]) -> Listed:
        """Raises `photos.PhotoError`."""
        for code in register.photos:
            if path := photo_source(register, code):
                told(path, photos.check, self.root)
        land = land_of(register)
        found = listing(register, land, Diary(register, ground.today), stations)
        return Listed(found.tally, _packed(found.posts), _packed(found.people))


def _packed(rows: Mapping[str, Sequence[Any]]) -> dict[str, bytes]:
    return {region: pickle.dumps(list(found), pickle.HIGHEST_PROTOCOL) for region, found in rows.items()}


def told(path: str, work: Callable[[bytes], T], root: Path) -> T:
    """Do something with a photo; what is wrong with it names the file. Raises `photos.PhotoError`."""
    try:
        return work((root / path).read_bytes())
    except photos.PhotoError as error:
        raise photos.PhotoError(f"{path}：{error}") from error
