"""Parts that several pages share: rows, coming dates, channels, the page's code."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from liaison.model.deputies import Deputy
from liaison.model.places import amap_url, tencent_url
from liaison.model.receptions import Occurrence, policy_words
from liaison.model.stations import Channel, Place, Reception, Station
from liaison.plan import urls
from liaison.plan.diary import Regular, Sitting
from liaison.plan.listing import Next, Person, Post, levels
from liaison.plan.pages import Plan
from liaison.render import words
from liaison.render.pages.views import (
    ChannelView,
    DateView,
    Link,
    PersonRow,
    Phone,
    PlaceView,
    Receptions,
    RuleView,
    StationRow,
)

UNNAMED = "该代表信息暂不展示"
_WRITTEN = {"留言平台", "小程序", "公众号", "信箱", "来信"}
_COVERS_SHOWN = 3
_SHORT = 2  # 站, 本人
_STEPS = ((36, "xl"), (20, "l"))


def step(name: str) -> str:
    """The class of a heading: long names take a smaller step, so that the first screen stays a first screen."""
    return next((size for longest, size in _STEPS if len(name) > longest), "")


@lru_cache(maxsize=4096)
def phone(number: str | None, whose: str, expected: str = "") -> Phone | None:
    """A number to call; `whose` is said with it, unless everybody expects it there: a station's own on its page."""
    if not number:
        return None
    beside = bool(whose) and len(whose) <= _SHORT
    return Phone(
        tel=number.replace("-", "").replace(" ", ""),
        shown=number,
        whose=whose,
        mark=beside and whose != expected,
        mark_below=len(whose) > _SHORT,
    )


def station_phone(plan: Plan, station: Station, expected: str = "") -> Phone | None:
    """The station's number while it is open, else that of the organ above it."""
    own = phone(station.phone, "站", expected) if station.is_open else None
    organ = plan.register.organ_for(station.code)
    return own or phone(organ.phone if organ else None, organ.name if organ else "")


def crumbs(plan: Plan, region: str, *, itself: bool = True) -> tuple[Link, ...]:
    """The regions around a page, outermost first."""
    around = plan.atlas.chain(region)
    shown = around if itself else around[:-1]
    return tuple(Link(text=one.name, path=urls.region(one.code)) for one in shown if one.code in plan.atlas)


def station_link(station: Station) -> Link:
    """A station by its short name."""
    return Link(text=station.label, path=urls.station(station.code))


def person_link(plan: Plan, code: str, station: Station) -> Link | None:
    """A deputy who receives at a station; hidden, former and unknown people are left out."""
    deputy = plan.register.deputies.get(code)
    if deputy is None or deputy.status != "active":
        return None
    at_home = station.code == plan.register.home_of[code] or station.code in deputy.also_at
    return Link(text=deputy.name, path=urls.deputy(code), note="" if at_home else "来站代表")


def people(plan: Plan, reception: Reception, station: Station) -> tuple[Link, ...]:
    """The deputies who receive."""
    found = (person_link(plan, code, station) for code in dict.fromkeys(reception.deputies))
    return tuple(link for link in found if link)


def guests(reception: Reception) -> str:
    """「涟源市人民法院法官、涟源市人民检察院检察官同时在站」"""
    named = "、".join(f"{one.org or ''}{one.role}{one.name or ''}" for one in reception.guests)
    return f"{named}同时在站" if named else ""


@dataclass(frozen=True, slots=True)
class Party:
    """Where a regular reception is held and who receives: alike for its rule and all its dates."""

    station: Link | None
    people: tuple[Link, ...]
    guests: str


NOT_SAID = Party(None, (), "")
"""What has been said already, or goes without saying."""


def _party(plan: Plan, one: Regular | Sitting, *, with_station: bool) -> Party:
    link = station_link(one.station) if with_station else None
    return Party(link, people(plan, one.reception, one.station), guests(one.reception))


def rule_view(plan: Plan, one: Regular, *, with_station: bool) -> RuleView:
    """A regular reception in words."""
    return _rule_view(one, _party(plan, one, with_station=with_station))


def _rule_view(one: Regular, party: Party) -> RuleView:
    reception = one.reception
    hours = words.span(reception.from_, reception.to)
    return RuleView(
        words=f"{one.rule.words} {hours}，{policy_words(reception.holiday)}",
        mode=words.joined((*reception.mode, reception.place)),
        station=party.station,
        people=party.people,
        guests=party.guests,
    )


def date_view(plan: Plan, sitting: Sitting, *, with_station: bool) -> DateView:
    """One coming date."""
    return _dated(sitting, _party(plan, sitting, with_station=with_station))


def _dated(sitting: Sitting, party: Party) -> DateView:
    return dated(Next(sitting.occurrence, sitting.reception.from_, sitting.reception.to), party)


def dated(one: Next, party: Party = NOT_SAID) -> DateView:
    """A coming reception, with where it is and who receives as far as that is said."""
    it = one.occurrence
    shown = it.shown
    return DateView(
        iso=shown.isoformat(),
        start=words.figures(one.from_),
        end=words.figures(one.to),
        day=words.full_day(shown),
        year=words.year(shown),
        short_day=words.short_day(shown),
        time=words.span(one.from_, one.to),
        remark=_remark(it),
        cancelled=it.held is None,
        tentative=it.tentative,
        station=party.station,
        people=party.people,
        guests=party.guests,
    )


def _remark(it: Occurrence) -> str:
    """Why the date is not the nominal one: 「原15日改期：换届选举」."""
    note = f"：{it.note}" if it.note else ""
    if it.held is None:
        return f"取消{note}"
    if it.tentative or not it.why:
        return it.note
    if it.why == "加开":
        return it.why + note
    nominal = f"{it.nominal.day}日" if it.nominal.month == it.held.month else f"{it.nominal.month}月{it.nominal.day}日"
    return f"原{nominal}{it.why}{note}"


def receptions(plan: Plan, regular: Sequence[Regular], coming: Sequence[Sitting], *, with_station: bool) -> Receptions:
    """The first card: rules, dates, and how far the dates go. What the only rule says, its dates do not repeat."""
    parties = {id(one.reception): _party(plan, one, with_station=with_station) for one in regular}
    of_dates = parties if len(parties) > 1 else dict.fromkeys(parties, NOT_SAID)
    return Receptions(
        rules=tuple([_rule_view(one, parties[id(one.reception)]) for one in regular]),
        dates=tuple([_dated(one, of_dates[id(one.reception)]) for one in coming]),
        until=f"日期列至{words.day(coming[-1].occurrence.shown)}" if coming else "",
    )


def channel_view(channel: Channel, received_by: str) -> ChannelView:
    """A channel in words."""
    reply = f"{channel.reply_within}内答复" if channel.reply_within else None
    return ChannelView(
        kind=channel.kind,
        label=channel.label or _DEFAULT_LABELS.get(channel.kind, channel.kind),
        url=channel.url,
        phone=phone(channel.phone or ("12345" if channel.kind == "12345" else None), channel.label or ""),
        detail=words.joined((channel.account, channel.address)),
        promise=words.joined((channel.hours, reply), "；"),
        received_by=received_by,
        warns=channel.kind in _WRITTEN,
    )


_DEFAULT_LABELS = {"12345": "政务服务便民热线", "来信": "写信", "留言平台": "网上留言"}


def message(channels: Iterable[ChannelView]) -> ChannelView | None:
    """The channel behind the 留言 button: the first that can be written to by a tap."""
    return next((one for one in channels if one.url and one.warns), None)


def report(board: ChannelView | None, number: Phone | None) -> Link | None:
    """Where 「信息有误？告诉我们」 leads: to the message board, else to the phone."""
    if board:
        return _report(board.url or "")
    return _report(f"tel:{number.tel}") if number else None


@lru_cache(maxsize=4096)
def _report(url: str) -> Link:
    return Link(text="信息有误？告诉我们", url=url)


def maps(station: Station) -> tuple[Link, ...]:
    """Links to map services; none without a location."""
    if station.location is None:
        return ()
    return (
        Link(text="高德地图", url=amap_url(station.location, station.label)),
        Link(text="腾讯地图", url=tencent_url(station.location, station.label)),
    )


def person_row(plan: Plan, deputy: Deputy, station: Station) -> PersonRow:
    """A deputy in the list of a station: levels and specialties behind the name."""
    away = plan.register.home_of[deputy.code] != station.code
    return _row(deputy.code, deputy.name, levels(deputy, plan.today), deputy.specialties, "来站" if away else "")


def listed_row(person: Person) -> PersonRow:
    """A deputy in a directory."""
    return _row(person.code, person.name, person.levels, person.specialties)


def _row(code: str, name: str, at: Iterable[str], specialties: Iterable[str], tag: str = "") -> PersonRow:
    note = words.joined(("、".join(at), "、".join(specialties)))
    return PersonRow(name=name, path=urls.deputy(code), note=note, tag=tag)


def station_row(post: Post) -> StationRow:
    """A station in a directory."""
    return StationRow(
        name=post.name,
        path=urls.station(post.code),
        kind=post.kind,
        address=post.address,
        phone=phone(post.phone, "站"),
        next=dated(post.next) if post.next else None,
        rule="、".join(post.rules) + "接待" if post.rules else "",
        deputies=post.deputies,
        covers=_covers(post.covers),
    )


def _covers(covers: Iterable[Place]) -> str:
    names = [place.name for place in covers]
    more = f"等{len(names)}个村（社区）" if len(names) > _COVERS_SHOWN else ""
    return "、".join(names[:_COVERS_SHOWN]) + more


def place_view(place: Place) -> PlaceView:
    """A village with the names citizens may know."""
    return PlaceView(name=place.name, note=place_note(place))


def place_note(place: Place) -> str:
    """「原某某村；含某某小区」"""
    old, inside = "、".join(place.formerly), "、".join(place.includes)
    return words.joined((f"原{old}" if old else None, f"含{inside}" if inside else None), "；")
