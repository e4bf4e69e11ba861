"""How a site sees its regions: from the home region inwards, villages left out, and which of them keep a roll."""

from __future__ import annotations

from functools import cache

from liaison.model.regions import Region, RegionTree

_HOLD_A_ROLL = {"县级", "功能区"}


class Land:
    """The regions of a site around any place."""

    def __init__(self, regions: RegionTree, home: str) -> None:
        self.regions = regions
        self.home = home
        self.chain = cache(self._chain)

    def __reduce__(self) -> tuple[type[Land], tuple[RegionTree, str]]:
        """Pickle what it is made of: chains are found again."""
        return Land, (self.regions, self.home)

    def _chain(self, region: str) -> tuple[Region, ...]:
        """The shown regions around a region, outermost first: from the home region inwards, villages left out.

        A village that lies in nothing on file stands for itself; of a region that is not on file there is nothing.
        """
        whole = self.regions.chain(region)
        around = [one for one in whole if one.level != "村级"] or whole
        inside = next((place for place, one in enumerate(around) if one.code == self.home), None)
        return tuple(reversed(around if inside is None else around[: inside + 1]))

    def direct(self, region: str) -> str:
        """The region that what lies here belongs to directly."""
        around = self.chain(region)
        return around[-1].code if around else region

    def outermost(self, region: str) -> str:
        """The widest shown region around what lies here."""
        around = self.chain(region)
        return around[0].code if around else region

    def roll_region(self, region: str) -> str:
        """The region whose roll the deputies of a station here stand on: the county or zone around it."""
        around = self.chain(region)
        county = next((one.code for one in reversed(around) if one.level in _HOLD_A_ROLL), None)
        return county or self.direct(region)
