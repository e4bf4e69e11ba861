"""Coordinates: that they lie in China, and are not the wrong way round."""

from __future__ import annotations

from collections.abc import Iterator

from liaison.model.places import EAST, NORTH, SOUTH, WEST, in_china
from liaison.model.stations import Location, Station
from liaison.records.case import Case
from liaison.records.filed import Filed
from liaison.records.findings import Finding

from .rule import error


def _located(case: Case) -> Iterator[tuple[Filed[Station], Location]]:
    for filed in case.stations:
        if filed.record.location is not None:
            yield filed, filed.record.location


@error("location/swapped")
def swapped(case: Case) -> Iterator[Finding]:
    """经度（lng）和纬度（lat）不能写反。"""
    for filed, at in _located(case):
        if not in_china(at.lng, at.lat) and in_china(at.lat, at.lng) and not filed.lacks("location"):
            message = f"经度和纬度写反了：经度不会是 {at.lng:.12g}，纬度不会是 {at.lat:.12g}"
            yield filed.at("location", "lng", message=message, hint=f"写成 lng: {at.lat:.12g}, lat: {at.lng:.12g}")


@error("location/outside-china")
def outside_china(case: Case) -> Iterator[Finding]:
    """坐标必须在中国范围内：经度 73 至 135 度，纬度 3 至 54 度。"""
    for filed, at in _located(case):
        if in_china(at.lng, at.lat) or in_china(at.lat, at.lng) or filed.lacks("location"):
            continue
        off_lng = not WEST <= at.lng <= EAST
        message = f"经度 {at.lng:.12g} 不在 {WEST:g} 至 {EAST:g} 度之间"
        if not off_lng:
            message = f"纬度 {at.lat:.12g} 不在 {SOUTH:g} 至 {NORTH:g} 度之间"
        hint = "在地图上重新取这个地点的坐标；lng 是经度，lat 是纬度"
        yield filed.at("location", "lng" if off_lng else "lat", message=message, hint=hint)
