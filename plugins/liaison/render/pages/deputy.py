"""A deputy's page. Of a paused or withheld person nothing is read here but the home station and the code."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from liaison.model.deputies import Deputy, Mandate
from liaison.model.register import Register
from liaison.plan import urls
from liaison.plan.listing import levels
from liaison.plan.pages import Plan
from liaison.render import words
from liaison.render.pages import parts
from liaison.render.pages.home import Home
from liaison.render.pages.lesson_rows import fact
from liaison.render.pages.views import Banner, ChannelView, DeputyView, Link, Phone, Photo, Qr

Fact = tuple[str, tuple[Link, ...]]


def deputy_view(plan: Plan, code: str, qr: Qr, photo: Photo | None, home: Home | None = None) -> DeputyView:
    """What the page of a deputy shows; `photo` is used only where it may be shown.

    `home` is the home station where it is at hand: made for the page of another deputy of the same station.
    """
    deputy = plan.register.deputies[code]
    home = home or Home(plan, plan.register.home_of[code])
    if deputy.is_hidden:
        return _hidden(home, qr)
    if deputy.status == "former":
        return _former(plan, deputy, home, qr)
    return _active(plan, deputy, home, qr, photo)


def _active(plan: Plan, deputy: Deputy, home: Home, qr: Qr, photo: Photo | None) -> DeputyView:
    call = _phone(deputy) or home.phone
    channels = _channels(plan.register, deputy) if deputy.channels else home.channels
    message = parts.message(channels) if deputy.channels else home.message
    held = [one for one in deputy.mandates if one.end is None or one.end >= plan.today] or deputy.mandates
    units = "、".join(dict.fromkeys(one.electoral_unit for one in held if one.electoral_unit))
    return DeputyView(
        name=deputy.name,
        step=parts.step(deputy.name),
        crumbs=home.crumbs,
        levels=levels(deputy, plan.today),
        lead=words.joined((units and f"{units}选出", (deputy.employer or "") + (deputy.post or ""))),
        banner=None,
        photo=photo if deputy.consents_to("photo") else None,
        receptions=home.receptions(deputy.code, can_call=call is not None),
        phone=call,
        message=message,
        way=home.way,
        maps=home.maps,
        facts=_facts(plan, deputy, home, held),
        channels=channels,
        qr=qr,
        verified=words.day(deputy.verified_on),
        report=parts.report(message, call),
    )


def _phone(deputy: Deputy) -> Phone | None:
    """The number written in the deputy's record; one of the deputy's own only with consent."""
    contact = deputy.contact
    if contact is None or contact.phone is None:
        return None
    if contact.phone_is != "本人":
        return parts.phone(contact.phone, "站")
    return parts.phone(contact.phone, "本人") if deputy.consents_to("phone") else None


def _channels(register: Register, deputy: Deputy) -> tuple[ChannelView, ...]:
    return tuple(parts.channel_view(one, to) for one, to in register.deputy_channels(deputy.code))


def _facts(plan: Plan, deputy: Deputy, home: Home, held: Sequence[Mandate]) -> tuple[Fact, ...]:
    at = [one for one in plan.register.stations_of(deputy.code) if one.is_open]
    facts: list[Fact | None] = [
        _plain("关注领域", "、".join(deputy.specialties)),
        ("小组", _groups(deputy, home)) if deputy.groups else None,
        ("任职", tuple([Link(text=mandate_words(one.congress, words.month(one.start))) for one in held])),
        ("所在站", tuple([home.link if one is home.station else parts.station_link(one) for one in at]))
        if at
        else None,
        ("讲过的课", fact(lessons)) if (lessons := plan.lectures.of_deputy.get(deputy.code)) else None,
        _plain("性别", deputy.gender),
        _plain("民族", deputy.ethnicity),
        ("简介", (Link(text=deputy.bio),)) if deputy.bio else None,
    ]
    return tuple([fact for fact in facts if fact])


@lru_cache(maxsize=4096)
def _plain(label: str, text: str | None) -> Fact | None:
    """A fact that many deputies share, where it is known."""
    return (label, (Link(text=text),)) if text else None


def _groups(deputy: Deputy, home: Home) -> tuple[Link, ...]:
    region, slugs = home.groups
    return tuple(
        Link(text=one, path=urls.view(region, "group", slugs[one]) if one in slugs else None) for one in deputy.groups
    )


def mandate_words(congress: str, since: str) -> str:
    """「涟源市第十八届人民代表大会代表（2021年12月起）」"""
    return f"{congress}代表（{since}起）"


def _former(plan: Plan, deputy: Deputy, home: Home, qr: Qr) -> DeputyView:
    """Name and mandates only, and who sits there now."""
    now = plan.register.deputies.get(deputy.successor or "")
    onward = [Link(text=f"现任代表：{now.name}", path=urls.deputy(now.code))] if now and now.status == "active" else []
    terms = tuple(
        Link(text=f"{one.congress}代表（{words.month(one.start)}起{f'，至{words.month(one.end)}' if one.end else ''}）")
        for one in deputy.mandates
    )
    return DeputyView(
        name=deputy.name,
        step=parts.step(deputy.name),
        crumbs=home.crumbs,
        levels=(),
        lead="",
        banner=Banner(words="已不再担任代表。有事请找现任代表或到站里反映。", links=(*onward, home.successor)),
        photo=None,
        receptions=None,
        phone=None,
        message=None,
        way="",
        maps=(),
        facts=(("曾任", terms),),
        channels=(),
        qr=qr,
        verified=words.day(deputy.verified_on),
        report=None,
    )


def _hidden(home: Home, qr: Qr) -> DeputyView:
    return DeputyView(
        name=parts.UNNAMED,
        step="",
        crumbs=home.crumbs,
        levels=(),
        lead="",
        banner=Banner(words="有事请到联络站反映。", links=(home.successor,)),
        photo=None,
        receptions=None,
        phone=None,
        message=None,
        way="",
        maps=(),
        facts=(),
        channels=(),
        qr=qr,
        verified="",
        report=None,
    )
