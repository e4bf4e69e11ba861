"""Administrative regions and how they lie in one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, get_args

from pydantic import ConfigDict

from liaison.quick import quick

from .values import Text

RegionLevel = Literal["省级", "市级", "县级", "乡级", "村级", "功能区"]
LEVELS: tuple[RegionLevel, ...] = get_args(RegionLevel)

LEVEL_BY_DIGITS: dict[int, RegionLevel] = {2: "省级", 4: "市级", 6: "县级", 9: "乡级", 12: "村级"}
"""GB/T 2260 and the statistical codes below it: 2+2+2 digits, +3 for townships, +3 for villages."""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """One region of `stations/regions.yml`."""

    __pydantic_config__ = ConfigDict(extra="forbid")

    code: Text
    name: Text
    level: RegionLevel
    parent: Text | None = None

    @property
    def is_subdistrict(self) -> bool:
        """A 街道: an office of the county, without a congress of its own (代表法 and 地方组织法 know none)."""
        if self.name.endswith(("镇", "乡")):
            return False
        return self.name.endswith(("街道", "街道办事处")) or (len(self.code) == 9 and self.code[6] == "0")  # noqa: PLR2004


class RegionTree:
    """All regions by code, with parents resolved: a parent not written is the longest proper prefix on file."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._regions = {region.code: region for region in regions}
        self._parents = {code: self._find_parent(region) for code, region in self._regions.items()}
        self._children: dict[str | None, list[str]] = {}
        for code in sorted(self._regions):
            self._children.setdefault(self._parents[code], []).append(code)

    def _find_parent(self, region: Region) -> str | None:
        if region.parent is not None:
            return region.parent if region.parent in self._regions and region.parent != region.code else None
        for length in range(len(region.code) - 1, 1, -1):
            if region.code[:length] in self._regions:
                return region.code[:length]
        return None

    def __contains__(self, code: object) -> bool:
        return code in self._regions

    def __getitem__(self, code: str) -> Region:
        return self._regions[code]

    def __iter__(self) -> Iterator[Region]:
        return iter(self._regions.values())

    def __len__(self) -> int:
        return len(self._regions)

    def get(self, code: str) -> Region | None:
        """The region with this code, if it is on file."""
        return self._regions.get(code)

    def chain(self, code: str) -> tuple[Region, ...]:
        """The region itself, then what it lies in, up to the outermost; ends where a loop would begin."""
        found: dict[str, Region] = {}
        at: str | None = code
        while at is not None and at in self._regions and at not in found:
            found[at] = self._regions[at]
            at = self._parents[at]
        return tuple(found.values())

    def children(self, code: str | None) -> tuple[Region, ...]:
        """The regions directly inside this one, by code; with None those that lie in no other."""
        return tuple(self._regions[child] for child in self._children.get(code, ()))

    def lies_in(self, inner: str, outer: str) -> bool:
        """Whether `inner` is `outer` or lies inside it."""
        return any(region.code == outer for region in self.chain(inner))

    def on_one_chain(self, one: str, other: str) -> bool:
        """Whether one of the two contains the other (选举法 art. 48)."""
        return self.lies_in(one, other) or self.lies_in(other, one)
