"""Registers over records that are fetched when they are asked for: of one part with all it may know, and of a site."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from liaison.model.deputies import Deputy
from liaison.model.register import Links, Register
from liaison.model.stations import Station

from .case import Ground
from .filed import Filed
from .index import Reference, references
from .reader import Homes, Reader, Records, Source

Own = tuple[Sequence[Filed[Station]], Sequence[Filed[Deputy]]]
"""Records of a part."""


def part_register(ground: Ground, reader: Reader, number: int, own: Own, source: Source) -> Register:
    """What the records of the part that `reader` stands in may know: the links are complete for its own codes only."""
    stations, deputies = own
    home_in = {filed.folder: filed.record.code for filed in stations}
    homes = {filed.record.code: home_in.get(filed.folder.rpartition("/")[0], "") for filed in deputies}
    area, index = source.parts[number].area, source.index
    name = area.rpartition("/")[2]
    photos = ((index.briefs[number].codes[place], path) for place, path in index.briefs[number].photos)
    return Register(
        site=ground.site.record,
        regions=ground.tree,
        workdays=ground.workdays,
        areas={name: ground.area_in[area].record} if area in ground.area_in else {},
        stations=Records(reader, "station", _record),
        deputies=Records(reader, "deputy", _record),
        area_of={filed.record.code: name for filed in stations},
        home_of=Homes(reader),
        photos={code: path for code, path in photos if code is not None},
        known_links=_links(stations, deputies, homes, index.incoming.get(number, ())),
    )


def whole_register(ground: Ground, reader: Reader, source: Source) -> Register:
    """Everything on file at a site without errors, part by part.

    Links are found by looking at every record, once they are needed.
    """
    reader.leave()
    index = source.index
    photos = ((one.codes[place], path) for one in index.briefs for place, path in one.photos)
    return Register(
        site=ground.site.record,
        regions=ground.tree,
        workdays=ground.workdays,
        areas={filed.folder.rpartition("/")[2]: filed.record for filed in ground.areas},
        stations=Records(reader, "station", _record),
        deputies=Records(reader, "deputy", _record),
        area_of={code: source.parts[number].area.rpartition("/")[2] for code, (number, _) in index.station.items()},
        home_of=Homes(reader),
        photos={code: path for code, path in photos if code is not None},
    )


def _record(filed: Filed[Any]) -> Any:  # noqa: ANN401 - a station or a deputy, as the mapping says
    return filed.record


def _links(
    stations: Sequence[Filed[Station]],
    deputies: Sequence[Filed[Deputy]],
    homes: dict[str, str],
    incoming: Iterable[Reference],
) -> Links:
    at_home, also_at, below, receives = (defaultdict[str, list[str]](list) for _ in range(4))
    for deputy, home in homes.items():
        at_home[home].append(deputy)
    by_relation = {"also_at": also_at, "parent": below, "receives": receives}
    for one in sorted((*references(stations, deputies), *incoming), key=lambda one: one.order):
        if one.relation != "also_at" or homes.get(one.source) != one.target:
            by_relation[one.relation][one.target].append(one.source)
    return Links(dict(at_home), dict(also_at), dict(below), dict(receives))
