"""What stands on printed things, as plain data: the words that Typst templates set, and nothing of the look.

Each kind gets only the fields it prints, so that what did not change on paper is not printed again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from liaison.model.codes import grouped
from liaison.model.deputies import CONGRESS_LEVELS, Deputy, Mandate
from liaison.model.library import Lecture
from liaison.model.receptions import policy_words
from liaison.plan import urls
from liaison.plan.diary import Regular, Sitting
from liaison.plan.listing import levels
from liaison.plan.pages import Plan
from liaison.plan.prints import Kind, Piece, key_of
from liaison.render import words
from liaison.render.pages import parts, photo_source
from liaison.render.pages.laws import citation_words
from liaison.render.pages.lectures import asks, speaker_links
from liaison.render.pages.station import banner
from liaison.render.pages.views import ChannelView

Copy = dict[str, Any]
"""Text, numbers, lists and mappings of them, by the names templates use."""

LABELS = {
    "access": "进门方式",
    "address": "地址",
    "also": "站的性质",
    "asks": "到站里问",
    "banner": "站的状态",
    "channels": "联系渠道",
    "code": "编号",
    "covers": "服务范围",
    "dates": "接待日期",
    "deputies": "代表",
    "employer": "单位职务",
    "hours": "开放时间",
    "kind": "站的类型",
    "landmark": "附近标志",
    "laws": "依据",
    "levels": "代表级别",
    "mandates": "任职",
    "name": "名称",
    "number": "讲次",
    "phone": "电话",
    "photo": "照片",
    "place": "所在地区",
    "points": "要点",
    "rows": "编号表",
    "rules": "接待日",
    "series": "系列",
    "site": "站点文字（site.yml）",
    "speakers": "主讲",
    "specialties": "关注领域",
    "staff": "工作人员",
    "station": "所在站",
    "summary": "简介",
    "term": "任期",
    "title": "题目",
    "unit": "选区",
    "url": "二维码网址",
    "verified": "核验日期",
}
"""What each field is called where somebody is told why a thing is printed again."""

_ALWAYS = ("code", "url", "verified")
_STATION = (*_ALWAYS, "name", "place", "kind", "also")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "station": (
        *_STATION,
        *(
            "address",
            "landmark",
            "access",
            "hours",
            "rules",
            "dates",
            "phone",
            "channels",
            "staff",
            "deputies",
            "banner",
        ),
    ),
    "plate": (*_STATION, "hours"),
    "rollup": (*_STATION, "address", "landmark", "hours", "rules", "phone", "channels", "covers", "banner"),
    "board": (*_STATION, "address", "landmark", "hours", "rules", "phone", "channels", "deputies", "covers", "banner"),
    "notice": (*_STATION, "address", "landmark", "access", "rules", "dates", "phone", "banner"),
    "opinion": (*_STATION, "address", "phone", "channels"),
    "deputy": (
        *_ALWAYS,
        *("name", "place", "levels", "mandates", "unit", "employer", "photo", "specialties", "station", "address"),
        *("rules", "dates", "phone", "term"),
    ),
    "desk_card": (*_ALWAYS, "name", "place", "mandates", "employer", "station", "term"),
    "badge": (*_ALWAYS, "name", "place", "mandates", "photo", "station", "term"),
    "codes": (*_ALWAYS, "name", "note", "kind"),
    "lesson": (*_ALWAYS, "title", "number", "series", "summary", "laws", "speakers"),
    "handout": (*_ALWAYS, "title", "number", "series", "summary", "points", "laws", "asks"),
}
"""By template: what it prints."""

_DATES = 4
_ASKS = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """How a run words things."""

    with_deputies: bool = True
    """Without them a station's poster outlives the term."""


def copies(plan: Plan, piece: Piece, wording: Wording) -> list[Copy]:
    """What stands on each of the things in a file, in its order."""
    lectures = {key_of(one): one for one in plan.lectures.published} if piece.kind.subject == "lesson" else {}
    return [_only(piece.kind, _copy(plan, key, piece.kind, lectures), wording) for key in piece.keys]


def _copy(plan: Plan, key: str, kind: Kind, lectures: Mapping[str, Lecture]) -> Mapping[str, Callable[[], Any]]:
    if key in lectures:
        return _Lesson(plan, lectures[key]).fields()
    if kind.template == "codes":
        return _Row(plan, key).fields()
    if key in plan.register.stations:
        return _Station(plan, key).fields()
    return _Deputy(plan, key).fields()


def _only(kind: Kind, fields: Mapping[str, Callable[[], Any]], wording: Wording) -> Copy:
    """The fields the kind prints; others are not even worked out."""
    left_out = {"deputies"} if not wording.with_deputies else set()
    return {name: fields[name]() for name in FIELDS[kind.template] if name not in left_out}


class _About:
    """Something with a permanent address."""

    def __init__(self, plan: Plan, path: str) -> None:
        self.plan, self.path = plan, path

    def url(self) -> str:
        """What the QR code holds."""
        return self.plan.register.site.code_base + self.path


class _Station(_About):
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


class _Deputy(_About):
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


class _Row(_About):
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


class _Lesson(_About):
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


def held(deputy: Deputy, today: date) -> tuple[Mandate, ...]:
    """The mandates a deputy holds on a day, the highest first; all where none is left, as before a new term."""
    now = [one for one in deputy.mandates if one.end is None or one.end >= today] or list(deputy.mandates)
    return tuple(sorted(now, key=lambda one: CONGRESS_LEVELS.index(one.level)))


def term_end(deputy: Deputy, today: date) -> date | None:
    """The day on which the first of the mandates that are printed ends; None where no end is known."""
    return min((one.end for one in held(deputy, today) if one.end), default=None)


def photo_of(plan: Plan, code: str) -> str | None:
    """Path of the photo, where consent covers it."""
    return photo_source(plan.register, code)


def domain(base: str) -> str:
    """「db.example.gov.cn」: the official host, as it is compared with what a phone shows."""
    return (urlsplit(base).hostname or "").lower()


def typed(base: str) -> str:
    """「db.example.gov.cn/zt/jiazhan」: what somebody types who does not scan."""
    return domain(base) + urlsplit(base).path.rstrip("/")


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
