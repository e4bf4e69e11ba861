"""All records of a site together, and the ways from one to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .deputies import Deputy
from .regions import RegionTree
from .site import Site
from .stations import Area, Channel, Organ, Station
from .workdays import Workdays


@dataclass(frozen=True, slots=True)
class Register:
    """What exists on one site. Codes are keys; order is that of the files."""

    site: Site
    regions: RegionTree
    workdays: Workdays
    areas: Mapping[str, Area]
    """By folder name."""
    stations: Mapping[str, Station]
    deputies: Mapping[str, Deputy]
    area_of: Mapping[str, str]
    """Folder of the area, by station code."""
    home_of: Mapping[str, str]
    """Code of the home station, by deputy code."""
    photos: Mapping[str, str] = field(default_factory=dict)
    """Path of the photo below the site's root, by deputy code."""
    _at_station: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)
    _children: dict[str, list[str]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Index deputies by station and stations by parent."""
        for code, home in self.home_of.items():
            self._at_station.setdefault(home, []).append(code)
        for code, deputy in self.deputies.items():
            for station in dict.fromkeys(deputy.also_at):
                if station != self.home_of[code]:
                    self._at_station.setdefault(station, []).append(code)
        for code, record in self.stations.items():
            if record.parent is not None:
                self._children.setdefault(record.parent, []).append(code)

    def deputies_at(self, station: str) -> tuple[Deputy, ...]:
        """Deputies who have their home at the station, then those also there; of every status."""
        return tuple(self.deputies[code] for code in self._at_station.get(station, ()))

    def stations_of(self, deputy: str) -> tuple[Station, ...]:
        """The home station, then the further ones."""
        codes = dict.fromkeys((self.home_of[deputy], *self.deputies[deputy].also_at))
        return tuple(self.stations[code] for code in codes if code in self.stations)

    def stations_below(self, station: str) -> tuple[Station, ...]:
        """Stations that belong to this 代表之家 or 中心站."""
        return tuple(self.stations[code] for code in self._children.get(station, ()))

    def area(self, station: str) -> Area:
        """The area whose folder the station lies in."""
        return self.areas[self.area_of[station]]

    def organ_for(self, station: str) -> Organ | None:
        """The organ nearest to the station: that of the innermost region around it."""
        organs = self.area(station).organs or ()
        for region in self.regions.chain(self.stations[station].region):
            for organ in organs:
                if organ.region == region.code:
                    return organ
        return organs[0] if organs else None

    def successor(self, station: str) -> Station:
        """Where a merged station's work went: the end of the chain of `merged_into`; the station itself if none."""
        seen = [station]
        while (into := self.stations[seen[-1]].merged_into) in self.stations and into not in seen:
            seen.append(str(into))
        return self.stations[seen[-1]]

    def station_channels(self, station: str) -> tuple[tuple[Channel, str], ...]:
        """Channels of a station, each with who receives it: its own, then those of other kinds of the area."""
        record, area = self.stations[station], self.area(station)
        own = [(channel, channel.received_by or record.label) for channel in record.channels]
        kinds = {channel.kind for channel in record.channels}
        by = next((organ.name for organ in area.organs or () if organ.region == area.region), record.label)
        inherited = [channel for channel in area.channels or () if channel.kind not in kinds]
        return (*own, *((channel, channel.received_by or by) for channel in inherited))

    def deputy_channels(self, deputy: str) -> tuple[tuple[Channel, str], ...]:
        """Channels of a deputy, each with who receives it: own ones, then those of the home station."""
        record = self.deputies[deputy]
        own = [(channel, channel.received_by or record.name) for channel in record.channels]
        kinds = {channel.kind for channel in record.channels}
        station = self.station_channels(self.home_of[deputy])
        return (*own, *((channel, to) for channel, to in station if channel.kind not in kinds))
