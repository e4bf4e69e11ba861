"""The stations, deputies, codes and lessons that are printed, each with everything that can be said of it on paper."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from liaison.model.codes import grouped
from liaison.model.deputies import CONGRESS_LEVELS, Mandate
from liaison.model.deputies import Deputy as Record
from liaison.model.library import Lecture
from liaison.model.receptions import policy_words
from liaison.plan import urls
from liaison.plan.diary import Regular, Sitting
from liaison.plan.listing import levels
from liaison.plan.pages import Plan
from liaison.plan.prints import key_of
from liaison.render import words
from liaison.render.pages import parts, photo_source
from liaison.render.pages.laws import citation_words
from liaison.render.pages.lectures import asks, speaker_links
from liaison.render.pages.station import banner
from liaison.render.pages.views import ChannelView

Copy = dict[str, Any]
"""Text, numbers, lists and mappings of them, by the names templates use."""

_DATES = 4
_ASKS = 3


class About:
    """Something with a permanent address."""

    def __init__(self, plan: Plan, path: str) -> None:
        self.plan, self.path = plan, path

    def url(self) -> str:
        """What the QR code holds."""
        return self.plan.register.site.code_base + self.path


class Station(About):
    """A station that is open."""

    def __init__(self, plan: Plan, code: str) -> None:
        super().__init__(plan, urls.station(code))
        self.code, self.record = code, plan.register.stations[code]

    def fields(self) -> Mapping[str, Callable[[], Any]]:
        """Every field, worked out when it is called."""
        record = self.record
        return {
            "code": lambda: grouped(self.code),
            "url": self.url,
            "verified": lambda: words.day(record.verified_on),
            "name": lambda: record.name,
            "place": lambda: place(self.plan, record.region),
            "kind": lambda: record.kind,
            "also": lambda: list(record.also),
            "address": lambda: record.address,
            "landmark": lambda: record.landmark or "",
            "access": lambda: record.access or "",
            "hours": lambda: [f"{words.weekdays(one.days)} {words.span(one.from_, one.to)}" for one in record.hours],
            "rules": lambda: [_rule(self.plan, one) for one in self.plan.diary.regular(self.code)],
            "dates": lambda: [_date(self.plan, one) for one in self.plan.diary.coming(self.code)[:_DATES]],
            "phone": lambda: _phone(self.plan, self.code),
            "channels": self._channels,
            "staff": lambda: [[one.role, one.name] for one in record.staff],
            "deputies": self._deputies,
            "covers": lambda: [one.name for one in record.covers],
            "banner": lambda: getattr(banner(self.plan, record), "words", ""),
        }

    def _channels(self) -> list[Copy]:
        found = self.plan.register.station_channels(self.code)
        return [_channel(parts.channel_view(*one)) for one in found]

    def _deputies(self) -> list[Copy]:
        there = (one for one in self.plan.register.deputies_at(self.code) if one.status == "active")
        return [
            {
                "name": one.name,
                "levels": "、".join(levels(one, self.plan.today)),
                "employer": (one.employer or "") + (one.post or ""),
                "specialties": "、".join(one.specialties),
                "code": grouped(one.code),
            }
            for one in there
        ]


class Deputy(About):
    """A deputy who holds office."""

    def __init__(self, plan: Plan, code: str) -> None:
        super().__init__(plan, urls.deputy(code))
        register = plan.register
        self.code, self.record = code, register.deputies[code]
        self.home = register.home_of[code]
        self.station = register.stations[self.home]

    def fields(self) -> Mapping[str, Callable[[], Any]]:
        """Every field, worked out when it is called."""
        record, plan = self.record, self.plan
        now = held(record, plan.today)
        return {
            "code": lambda: grouped(self.code),
            "url": self.url,
            "verified": lambda: words.day(record.verified_on),
            "name": lambda: record.name,
            "place": lambda: place(plan, self.station.region),
            "levels": lambda: list(levels(record, plan.today)),
            "mandates": lambda: [f"{one.congress}代表" for one in now],
            "unit": lambda: "、".join(dict.fromkeys(one.electoral_unit for one in now if one.electoral_unit)),
            "employer": lambda: (record.employer or "") + (record.post or ""),
            "photo": lambda: photo_of(plan, self.code) or "",
            "specialties": lambda: list(record.specialties),
            "station": lambda: self.station.label,
            "address": lambda: self.station.address,
            "rules": lambda: [_rule(plan, one, self.home) for one in plan.diary.regular_of(self.code)],
            "dates": lambda: [_date(plan, one, self.home) for one in plan.diary.coming_of(self.code)[:_DATES]],
            "phone": self._phone,
            "term": lambda: words.month(end) if (end := term_end(record, plan.today)) else "",
        }

    def _phone(self) -> Copy | None:
        contact = self.record.contact
        if contact is None or contact.phone is None:
            return _phone(self.plan, self.home)
        if contact.phone_is != "本人":
            return {"number": contact.phone, "whose": "站"}
        may_show = self.record.consents_to("phone")
        return {"number": contact.phone, "whose": "本人"} if may_show else _phone(self.plan, self.home)


class Row(About):
    """A line of the table of codes."""

    def __init__(self, plan: Plan, code: str) -> None:
        register = plan.register
        self.is_station = code in register.stations
        super().__init__(plan, urls.station(code) if self.is_station else urls.deputy(code))
        self.code = code

    def fields(self) -> Mapping[str, Callable[[], Any]]:
        """Every field, worked out when it is called."""
        register = self.plan.register
        record = register.stations[self.code] if self.is_station else register.deputies[self.code]
        home = None if self.is_station else register.stations[register.home_of[self.code]]
        return {
            "code": lambda: grouped(self.code),
            "url": self.url,
            "verified": lambda: words.day(record.verified_on),
            "name": lambda: record.name,
            "note": lambda: home.label if home else "",
            "kind": lambda: "站" if self.is_station else "代表",
        }


class Lesson(About):
    """A law lesson in use."""

    def __init__(self, plan: Plan, one: Lecture) -> None:
        super().__init__(plan, urls.lesson(*one.key))
        self.one = one

    def fields(self) -> Mapping[str, Callable[[], Any]]:
        """Every field, worked out when it is called."""
        plan, one, lesson = self.plan, self.one, self.one.lesson
        return {
            "code": lambda: key_of(one),
            "url": self.url,
            "verified": lambda: words.day(lesson.date) if lesson.date else "",
            "title": lambda: lesson.title,
            "number": lambda: one.place.label,
            "series": lambda: plan.lectures.library.series[one.place.series].title,
            "summary": lambda: lesson.summary or "",
            "laws": lambda: citation_words(plan, one.cited),
            "points": lambda: list(lesson.handout),
            "speakers": lambda: [" ".join(filter(None, (who.text, who.note))) for who in speaker_links(plan, one)],
            "asks": lambda: [_date(plan, at, "") for at in asks(plan, one, _ASKS)],
        }


def place(plan: Plan, region: str) -> str:
    """「涟源市 · 三甲乡」: the township and what it lies in."""
    return " · ".join(one.name for one in plan.land.chain(region)[-2:])


def held(deputy: Record, today: date) -> tuple[Mandate, ...]:
    """The mandates a deputy holds on a day, the highest first; all where none is left, as before a new term."""
    now = [one for one in deputy.mandates if one.end is None or one.end >= today] or list(deputy.mandates)
    return tuple(sorted(now, key=lambda one: CONGRESS_LEVELS.index(one.level)))


def term_end(deputy: Record, today: date) -> date | None:
    """The day on which the first of the mandates that are printed ends; None where no end is known."""
    return min((one.end for one in held(deputy, today) if one.end), default=None)


def photo_of(plan: Plan, code: str) -> str | None:
    """Path of the photo, where consent covers it."""
    return photo_source(plan.register, code)


def _rule(plan: Plan, one: Regular, at_home: str | None = None) -> Copy:
    view = parts.rule_view(plan, one, with_station=at_home is not None and one.station.code != at_home)
    return {
        "when": f"{one.rule.words} {words.span(one.reception.from_, one.reception.to)}",
        "holiday": policy_words(one.reception.holiday),
        "mode": view.mode,
        "station": view.station.text if view.station else "",
        "people": [link.text for link in view.people],
        "guests": view.guests,
    }


def _date(plan: Plan, one: Sitting, at_home: str | None = None) -> Copy:
    view = parts.date_view(plan, one, with_station=at_home is not None and one.station.code != at_home)
    return {
        "day": view.short_day,
        "year": view.year,
        "time": view.time,
        "remark": view.remark,
        "is_off": view.cancelled,
        "is_tentative": view.tentative,
        "station": view.station.text if view.station else "",
        "people": [link.text for link in view.people],
        "guests": view.guests,
    }


def _phone(plan: Plan, station: str) -> Copy | None:
    found = parts.station_phone(plan, plan.register.stations[station], "站")
    return {"number": found.shown, "whose": found.whose} if found else None


def _channel(view: ChannelView) -> Copy:
    number = view.phone.shown if view.phone else ""
    return {
        "kind": view.kind,
        "label": view.label,
        "detail": words.joined((view.detail, number)),
        "promise": view.promise,
        "to": view.received_by,
    }
