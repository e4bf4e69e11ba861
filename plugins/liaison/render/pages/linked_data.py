"""JSON-LD of station and deputy pages: public fields only. A congress is an Organization, never a government."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from liaison.model.cues import transcript
from liaison.model.library import Lecture
from liaison.model.places import for_maps
from liaison.plan import urls
from liaison.plan.pages import Plan
from liaison.render.pages.views import Link

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


def series(plan: Plan, name: str) -> dict[str, Any]:
    """A series of lessons as a CreativeWorkSeries."""
    record, site = plan.lectures.library.series[name], plan.register.site
    return {
        "@type": "CreativeWorkSeries",
        "@id": site.url + urls.series(name),
        "name": record.title,
        "url": site.url + urls.series(name),
        "description": record.description,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": site.name},
    }


def lesson(plan: Plan, one: Lecture, speakers: Sequence[Link], media: tuple[str, str] | None) -> dict[str, Any]:
    """A lesson as an Episode of its series; `media` is the address and type of what plays."""
    record, site, title = one.lesson, plan.register.site, plan.lectures.library.series[one.place.series].title
    url = site.url + urls.lesson(*one.key)
    data: dict[str, Any] = {
        "@type": "Episode",
        "@id": url,
        "name": record.title,
        "url": url,
        "episodeNumber": one.place.number,
        "inLanguage": "zh-CN",
        "isAccessibleForFree": True,
        "learningResourceType": "普法课",
        "partOfSeries": {"@type": "CreativeWorkSeries", "name": title, "url": site.url + urls.series(one.place.series)},
        "publisher": {"@type": "Organization", "name": site.name},
    }
    if record.date:
        data["datePublished"] = record.date.isoformat()
    if record.summary:
        data["description"] = record.summary
    if record.topics:
        data["about"] = list(record.topics)
    if speakers:
        data["author"] = [
            {"@type": "Person", "name": who.text, **({"url": site.url + who.path} if who.path else {})}
            for who in speakers
        ]
    if media:
        data["video" if record.video else "audio"] = _recording(plan, one, media)
    return data


def _recording(plan: Plan, one: Lecture, media: tuple[str, str]) -> dict[str, Any]:
    record, site = one.lesson, plan.register.site
    found: dict[str, Any] = {
        "@type": "VideoObject" if record.video else "AudioObject",
        "name": record.title,
        "description": record.summary or record.title,
        "contentUrl": media[0],
        "encodingFormat": media[1],
        "inLanguage": "zh-CN",
    }
    if record.date:
        found["uploadDate"] = f"{record.date.isoformat()}T00:00:00+08:00"
    if record.duration:
        found["duration"] = f"PT{record.duration // 60}M{record.duration % 60}S"
    if record.recording and record.recording.poster:
        found["thumbnailUrl"] = site.url + urls.poster(*one.key)
    if one.cues:
        found["transcript"] = "".join(paragraph.text for paragraph in transcript(one.cues))
    elif record.transcript:
        found["transcript"] = record.transcript
    return found
