"""All records of a site together, and the ways from one to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from .deputies import Deputy
from .regions import RegionTree
from .site import Site
from .stations import Area, Channel, Organ, Station
from .workdays import Workdays


@dataclass(frozen=True, slots=True)
class Links:
    """Who refers to whom, seen from the one referred to: codes by code, in file order."""

    at_home: Mapping[str, Sequence[str]]
    """Deputies by home station."""
    also_at: Mapping[str, Sequence[str]]
    """Deputies by a station they are at too."""
    below: Mapping[str, Sequence[str]]
    """Stations by the one they belong to."""
    receives: Mapping[str, Sequence[str]]
    """Stations by the deputies that their receptions name."""

    @classmethod
    def of(cls, stations: Mapping[str, Station], deputies: Mapping[str, Deputy], home_of: Mapping[str, str]) -> Links:
        """The links among some records."""
        at_home, also_at, below, receives = (defaultdict[str, list[str]](list) for _ in range(4))
        for code, deputy in deputies.items():
            at_home[home_of[code]].append(code)
            for station in dict.fromkeys(deputy.also_at):
                if station != home_of[code]:
                    also_at[station].append(code)
        for code, record in stations.items():
            if record.parent is not None:
                below[record.parent].append(code)
            for named in dict.fromkeys(one for reception in record.receptions for one in reception.deputies):
                receives[named].append(code)
        return cls(dict(at_home), dict(also_at), dict(below), dict(receives))


@dataclass(frozen=True)
class Register:
    """What exists on one site. Codes are keys; order is that of the files.

    The mappings may fetch a record when it is asked for.
    """

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
    known_links: Links | None = None
    """Where they are known; else they are found when they are needed."""

    @cached_property
    def links(self) -> Links:
        """Who refers to whom."""
        return self.known_links or Links.of(self.stations, self.deputies, self.home_of)

    def deputies_at(self, station: str) -> tuple[Deputy, ...]:
        """Deputies who have their home at the station, then those also there; of every status."""
        codes = (*self.links.at_home.get(station, ()), *self.links.also_at.get(station, ()))
        return tuple(self.deputies[code] for code in codes)

    def stations_of(self, deputy: str) -> tuple[Station, ...]:
        """The home station, then the further ones."""
        codes = dict.fromkeys((self.home_of[deputy], *self.deputies[deputy].also_at))
        return tuple(self.stations[code] for code in codes if code in self.stations)

    def stations_below(self, station: str) -> tuple[Station, ...]:
        """Stations that belong to this 代表之家 or 中心站."""
        return tuple(self.stations[code] for code in self.links.below.get(station, ()))

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
