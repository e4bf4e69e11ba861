"""A station's page."""

from __future__ import annotations

import json
from datetime import date
from functools import lru_cache

from liaison.model.stations import Hours, Station
from liaison.model.workdays import Workdays
from liaison.plan.pages import Plan
from liaison.render import words
from liaison.render.pages import parts
from liaison.render.pages.lesson_rows import fact
from liaison.render.pages.views import Banner, HoursView, Link, Qr, StationView


def station_view(plan: Plan, code: str, qr: Qr) -> StationView:
    """What the page of a station shows."""
    register = plan.register
    station = register.stations[code]
    number = parts.station_phone(plan, station, expected="站")
    is_open = station.is_open
    channels = tuple(parts.channel_view(one, to) for one, to in register.station_channels(code)) if is_open else ()
    message = parts.message(channels)
    there = [one for one in register.deputies_at(code) if one.status == "active"] if is_open else []
    return StationView(
        name=station.name,
        step=parts.step(station.name),
        kind=station.kind,
        also=station.also,
        crumbs=parts.crumbs(plan, station.region),
        lead=words.joined((station.address, station.landmark, station.access)),
        banner=banner(plan, station),
        hours=_hours(station.hours, plan.today.year, register.workdays) if is_open else None,
        receptions=parts.receptions(plan, plan.diary.regular(code), plan.diary.coming(code), with_station=False),
        phone=number,
        message=message,
        maps=parts.maps(station) if is_open else (),
        channels=channels,
        deputies=tuple(parts.person_row(plan, one, station) for one in there),
        covers=tuple(parts.place_view(one) for one in station.covers) if is_open else (),
        facts=_facts(plan, station),
        qr=qr,
        verified=words.day(station.verified_on),
        report=parts.report(message, number),
    )


def banner(plan: Plan, station: Station) -> Banner | None:
    """Why a station is not an ordinary one, in words, and where to go on."""
    if station.status == "upgrading":
        return Banner(words="本站正在升级改造，来之前请先打电话。", links=())
    if station.is_open:
        return None
    onward = plan.register.successor(station.code)
    if station.status == "merged" and onward.is_open:
        return Banner(words=f"本站已并入{onward.name}，请到新站反映情况。", links=(parts.station_link(onward),))
    near = plan.atlas.chain(station.region)
    leads = tuple(link for link in parts.crumbs(plan, near[-1].code)[-1:])
    return Banner(words="本站已停止使用。附近的联络站见下面的目录。", links=leads)


@lru_cache(maxsize=256)
def _hours(hours: tuple[Hours, ...], year: int, workdays: Workdays) -> HoursView | None:
    """Kept, since many stations are open at the same hours; the data are long."""
    if not hours:
        return None
    listed = [
        [[words.WEEKDAYS.index(one) + 1 for one in entry.days], words.figures(entry.from_), words.figures(entry.to)]
        for entry in hours
    ]
    data = {"hours": listed, **_special_days(workdays, year)}
    return HoursView(
        words=tuple(f"{words.weekdays(one.days)} {words.span(one.from_, one.to)}" for one in hours),
        data=json.dumps(data, separators=(",", ":")),
    )


@lru_cache(maxsize=16)
def _special_days(workdays: Workdays, year: int) -> dict[str, list[str] | str]:
    """Weekdays off and weekend days worked from this year on, as far as announced; alike for all stations."""
    last = year
    while workdays.announced(last + 1):
        last += 1
    until = date(last if workdays.announced(last) else year - 1, 12, 31)
    off, work = workdays.special_days(date(year, 1, 1), until)
    return {
        "off": [one.isoformat() for one in off],
        "work": [one.isoformat() for one in work],
        "until": until.isoformat(),
    }


def _facts(plan: Plan, station: Station) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    register = plan.register
    parent = register.stations.get(station.parent or "")
    organ = register.organ_for(station.code)
    facts = {
        "上级站": (parts.station_link(parent),) if parent and parent.is_open else (),
        "下设": tuple(parts.station_link(one) for one in register.stations_below(station.code) if one.is_open),
        "工作人员": tuple(Link(text=f"{one.role}：{one.name}") for one in station.staff) if station.is_open else (),
        "主管机构": (Link(text=organ.name, note=organ.phone or ""),) if organ else (),
        "普法课": fact(plan.lectures.of_station.get(station.code, ())) if station.is_open else (),
        "扫码签到": (Link(text="到站后点这里签到", url=station.checkin_url),)
        if station.checkin_url and station.is_open
        else (),
    }
    return tuple((label, links) for label, links in facts.items() if links)
