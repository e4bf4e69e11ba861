"""The parts a site's records are read and judged in: some stations' folders of one area, with all that lies in them."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

_STATIONS = 64
"""Folders of stations that a part holds at most, on average: enough that starting on a part costs little, few enough
that a changed record costs little more than itself."""


@dataclass(frozen=True, slots=True)
class Part:
    """Folders of stations that lie in one area's folder, in file order."""

    name: str
    """Names files of the cache: stable while the area keeps its name and about its size."""
    area: str
    """Folder of the area, as a path below the site's root."""
    folders: tuple[str, ...]


def parts(folders: Iterable[str]) -> tuple[Part, ...]:
    """The folders of stations by area; a large area in several parts, so that a new folder moves no other one."""
    by_area: dict[str, list[str]] = defaultdict(list)
    for folder in folders:
        by_area[folder.rpartition("/")[0]].append(folder)
    found = []
    for area, inside in by_area.items():
        many = 1
        while len(inside) > many * _STATIONS:
            many *= 2
        shares: dict[int, list[str]] = defaultdict(list)
        for folder in inside:
            shares[_number(folder) % many if many > 1 else 0].append(folder)
        label = hashlib.sha256(area.encode()).hexdigest()[:24]
        found += [Part(f"{label}-{many}-{number}", area, tuple(shares[number])) for number in sorted(shares)]
    return tuple(found)


def _number(folder: str) -> int:
    return int.from_bytes(hashlib.sha256(folder.encode()).digest()[:4], "big")
