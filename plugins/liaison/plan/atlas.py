"""Which regions have a directory, and which stations and deputies each of them holds."""

from __future__ import annotations

from collections import defaultdict

from liaison.model.deputies import Deputy
from liaison.model.names import Reading, reading
from liaison.model.regions import Region
from liaison.model.register import Register
from liaison.model.stations import Station

_HOLD_A_ROLL = {"县级", "功能区"}


class Atlas:
    """The regions shown on a site: the home region and what lies in it, as far as there are open stations."""

    def __init__(self, register: Register) -> None:
        self._register = register
        self._direct: dict[str, list[str]] = defaultdict(list)
        self._stations: dict[str, list[str]] = defaultdict(list)
        self._deputies: dict[str, dict[str, None]] = defaultdict(dict)
        self.rolls: dict[str, dict[str, None]] = defaultdict(dict)
        """Active deputies by the region that keeps a roll: the county or zone around a station."""
        self.readings: dict[str, Reading] = {}
        self._sorted: dict[str, tuple[Deputy, ...]] = {}
        for code, station in register.stations.items():
            if station.is_open:
                self._place(code, station)
        for code, deputy in register.deputies.items():
            if deputy.status == "active":
                self._seat(code, deputy)

    def chain(self, region: str) -> tuple[Region, ...]:
        """The shown regions around a region, outermost first: from the home region inwards, villages left out.

        Never empty: a village that lies in nothing on file stands for itself.
        """
        whole = self._register.regions.chain(region)
        around = [one for one in whole if one.level != "村级"] or whole
        home = self._register.site.home_region
        inside = next((place for place, one in enumerate(around) if one.code == home), None)
        return tuple(reversed(around if inside is None else around[: inside + 1]))

    def roll_region(self, station: str) -> str:
        """The region whose roll the deputies of a station stand on."""
        around = self.chain(self._register.stations[station].region)
        county = next((one.code for one in reversed(around) if one.level in _HOLD_A_ROLL), None)
        return county or around[-1].code

    def regions(self) -> tuple[Region, ...]:
        """All regions that have a directory, by code."""
        return tuple(self._register.regions[code] for code in sorted(self._stations))

    def __contains__(self, region: object) -> bool:
        """Whether a region has a directory."""
        return region in self._stations

    def subregions(self, region: str) -> tuple[Region, ...]:
        """The regions directly inside that have a directory."""
        return tuple(one for one in self._register.regions.children(region) if one.code in self._stations)

    def stations_directly(self, region: str) -> tuple[Station, ...]:
        """Open stations that belong to the region itself, not to one inside it."""
        return tuple(self._register.stations[code] for code in self._direct.get(region, ()))

    def stations_in(self, region: str) -> tuple[Station, ...]:
        """Open stations of the region and all regions inside."""
        return tuple(self._register.stations[code] for code in self._stations.get(region, ()))

    def count_deputies(self, region: str) -> int:
        """Active deputies at the region's stations, each person once (一人多职按一人计)."""
        return len(self._deputies.get(region, ()))

    @property
    def top(self) -> str | None:
        """The outermost region shown; None on a site without open stations."""
        home = self._register.site.home_region
        return home if home in self._stations else min(self._stations, key=lambda code: (len(code), code), default=None)

    def areas(self) -> tuple[Region, ...]:
        """The regions the home page offers: those directly inside the outermost one, or that one itself."""
        top = self.top
        if top is None:
            return ()
        return self.subregions(top) or (self._register.regions[top],)

    def count_on_roll(self, region: str) -> int:
        """How many deputies the region's roll holds."""
        return len(self.rolls.get(region, ()))

    def roll(self, region: str) -> tuple[Deputy, ...]:
        """Active deputies on the region's roll, by the reading of their names."""
        if region not in self._sorted:
            codes = sorted(self.rolls.get(region, {}), key=self._by_reading)
            self._sorted[region] = tuple(self._register.deputies[code] for code in codes)
        return self._sorted[region]

    def _by_reading(self, code: str) -> tuple[bool, Reading, str, str]:
        found = self.readings[code]
        return found.initial == "#", found, self._register.deputies[code].name, code

    def _place(self, code: str, station: Station) -> None:
        around = self.chain(station.region)
        self._direct[around[-1].code].append(code)
        for region in around:
            self._stations[region.code].append(code)

    def _seat(self, code: str, deputy: Deputy) -> None:
        open_at = [station for station in self._register.stations_of(code) if station.is_open]
        if open_at:
            self.readings[code] = reading(deputy.name, deputy.pinyin)
        for station in open_at:
            self.rolls[self.roll_region(station.code)][code] = None
            for region in self.chain(station.region):
                self._deputies[region.code][code] = None
