"""Coordinate systems used in China, and the links that map services understand. No maps are drawn here.

BD-09 is GCJ-02 with an offset of Baidu's; the formulas are the published approximations, good to about a metre.
"""

from __future__ import annotations

import math
from urllib.parse import quote

from .stations import Location

WEST, EAST, SOUTH, NORTH = 73.0, 135.0, 3.0, 54.0
"""The box that China lies in, degrees."""

_BAIDU = math.pi * 3000.0 / 180.0


def in_china(lng: float, lat: float) -> bool:
    """Whether a point lies in the box around China."""
    return WEST <= lng <= EAST and SOUTH <= lat <= NORTH


def bd09_to_gcj02(lng: float, lat: float) -> tuple[float, float]:
    """Baidu's coordinates as GCJ-02, degrees."""
    x, y = lng - 0.0065, lat - 0.006
    radius = math.hypot(x, y) - 0.00002 * math.sin(y * _BAIDU)
    angle = math.atan2(y, x) - 0.000003 * math.cos(x * _BAIDU)
    return radius * math.cos(angle), radius * math.sin(angle)


def for_maps(location: Location) -> tuple[float, float, bool]:
    """Longitude, latitude and whether they are WGS-84 (CGCS2000 differs by centimetres) or else GCJ-02."""
    if location.crs == "bd09":
        return (*bd09_to_gcj02(location.lng, location.lat), False)
    return location.lng, location.lat, location.crs in {"wgs84", "cgcs2000"}


def amap_url(location: Location, name: str) -> str:
    """Amap's marker page: longitude first."""
    lng, lat, is_wgs84 = for_maps(location)
    system = "wgs84" if is_wgs84 else "gaode"
    return f"https://uri.amap.com/marker?position={lng:.6f},{lat:.6f}&name={quote(name, safe='')}&coordinate={system}"


def tencent_url(location: Location, name: str) -> str:
    """Tencent's marker page: latitude first; 1 is WGS-84, 2 is GCJ-02."""
    lng, lat, is_wgs84 = for_maps(location)
    marker = f"coord:{lat:.6f},{lng:.6f};title:{quote(name, safe='')}"
    return f"https://apis.map.qq.com/uri/v1/marker?marker={marker}&coord_type={1 if is_wgs84 else 2}&referer=liaison"
