"""JSON-LD of station and deputy pages: public fields only. A congress is an Organization, never a government."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from liaison.model.places import for_maps
from liaison.plan import urls
from liaison.plan.pages import Plan

_SAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
_encode: Callable[[dict[str, Any]], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def script(data: dict[str, Any]) -> str:
    """The data as a script element that cannot be left from inside."""
    text = _encode({"@context": "https://schema.org", **data})
    for char, escaped in _SAFE.items():
        text = text.replace(char, escaped)
    return f'<script type="application/ld+json">{text}</script>'


def station(plan: Plan, code: str) -> dict[str, Any]:
    """A station as an Organization."""
    record, site = plan.register.stations[code], plan.register.site
    organ = plan.register.organ_for(code)
    data: dict[str, Any] = {
        "@type": "Organization",
        "@id": site.url + urls.station(code),
        "name": record.name,
        "url": site.url + urls.station(code),
        "identifier": code,
        "address": {"@type": "PostalAddress", "addressCountry": "CN", "streetAddress": record.address},
    }
    if record.short_name:
        data["alternateName"] = record.short_name
    if record.is_open and record.phone:
        data["telephone"] = record.phone
    if organ:
        data["parentOrganization"] = {"@type": "Organization", "name": organ.name}
    if record.location and record.is_open:
        lng, lat, is_wgs84 = for_maps(record.location)
        if is_wgs84:  # schema.org means WGS-84; other systems are hundreds of metres off
            data["location"] = {
                "@type": "Place",
                "geo": {"@type": "GeoCoordinates", "latitude": lat, "longitude": lng},
            }
    return data


def deputy(plan: Plan, code: str) -> dict[str, Any]:
    """A deputy as a Person; of a former one the name only. Never called for a hidden one."""
    record, site = plan.register.deputies[code], plan.register.site
    data: dict[str, Any] = {
        "@type": "Person",
        "@id": site.url + urls.deputy(code),
        "name": record.name,
        "url": site.url + urls.deputy(code),
        "identifier": code,
    }
    if record.status == "former":
        return data
    if record.employer:
        data["worksFor"] = {"@type": "Organization", "name": record.employer}
    if held := [f"{one.congress}代表" for one in record.mandates if one.end is None or one.end >= plan.today]:
        data["jobTitle"] = held
    if record.specialties:
        data["knowsAbout"] = list(record.specialties)
    home = plan.register.stations[plan.register.home_of[code]]
    data["affiliation"] = {"@type": "Organization", "@id": site.url + urls.station(home.code), "name": home.name}
    return data
