"""A deputy's page. Of a paused or withheld person nothing is read here but the home station and the code."""

from __future__ import annotations

from liaison.model.deputies import Deputy, Mandate
from liaison.model.stations import Station
from liaison.plan import urls
from liaison.plan.listing import levels
from liaison.plan.pages import Plan
from liaison.render import words
from liaison.render.pages import parts
from liaison.render.pages.views import Banner, DeputyView, Link, Photo, Qr, Receptions, RuleView


def deputy_view(plan: Plan, code: str, qr: Qr, photo: Photo | None) -> DeputyView:
    """What the page of a deputy shows; `photo` is used only where it may be shown."""
    deputy = plan.register.deputies[code]
    if deputy.is_hidden:
        return _hidden(plan, code, qr)
    if deputy.status == "former":
        return _former(plan, deputy, qr)
    return _active(plan, deputy, qr, photo)


def _active(plan: Plan, deputy: Deputy, qr: Qr, photo: Photo | None) -> DeputyView:
    register, code = plan.register, deputy.code
    home = register.stations[register.home_of[code]]
    own = deputy.contact is not None and deputy.contact.phone is not None and deputy.contact.phone_is == "本人"
    number = deputy.contact.phone if deputy.contact and (not own or deputy.consents_to("phone")) else None
    call = parts.phone(number, "本人" if own else "站") or parts.station_phone(plan, home)
    channels = tuple(parts.channel_view(one, to) for one, to in register.deputy_channels(code))
    units = dict.fromkeys(one.electoral_unit for one in _held(plan, deputy) if one.electoral_unit)
    return DeputyView(
        name=deputy.name,
        step=parts.step(deputy.name),
        crumbs=(*parts.crumbs(plan, home.region), parts.station_link(home)),
        levels=levels(deputy, plan.today),
        lead=words.joined(
            (f"{'、'.join(units)}选出" if units else None, (deputy.employer or "") + (deputy.post or ""))
        ),
        banner=None,
        photo=photo if deputy.consents_to("photo") else None,
        receptions=_receptions(plan, code, home, can_call=call is not None),
        phone=call,
        message=parts.message(channels),
        way=f"{home.label}：{home.address}" if home.is_open else "",
        maps=parts.maps(home) if home.is_open else (),
        facts=_facts(plan, deputy),
        channels=channels,
        qr=qr,
        verified=words.day(deputy.verified_on),
        report=parts.report(channels, call),
    )


def _receptions(plan: Plan, code: str, home: Station, *, can_call: bool) -> Receptions:
    """The deputy's own reception days; who has none says so, and how to meet all the same."""
    regular = plan.diary.regular_of(code)
    if regular:
        return parts.receptions(plan, regular, plan.diary.coming_of(code), with_station=True)
    words = "没有固定的接待日" + ("，见面请先打电话约时间" if can_call else "")
    at_station = bool(plan.diary.regular(home.code))
    rule = RuleView(
        words=words + ("；也可以在联络站的接待日到站反映情况：" if at_station else ""),
        mode="",
        station=parts.station_link(home) if at_station else None,
        people=(),
        guests="",
    )
    return Receptions(rules=(rule,), dates=(), until="")


def _facts(plan: Plan, deputy: Deputy) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    register = plan.register
    region = plan.land.roll_region(register.stations[register.home_of[deputy.code]].region)
    group_slugs = plan.slugs.get((region, "group"), {})
    facts = {
        "关注领域": (Link(text="、".join(deputy.specialties)),) if deputy.specialties else (),
        "小组": tuple(
            Link(text=one, path=urls.view(region, "group", group_slugs[one]) if one in group_slugs else None)
            for one in deputy.groups
        ),
        "任职": tuple(Link(text=mandate_words(one.congress, words.month(one.start))) for one in _held(plan, deputy)),
        "所在站": tuple(parts.station_link(one) for one in plan.register.stations_of(deputy.code) if one.is_open),
        "性别": (Link(text=deputy.gender),),
        "民族": (Link(text=deputy.ethnicity),) if deputy.ethnicity else (),
        "简介": (Link(text=deputy.bio),) if deputy.bio else (),
    }
    return tuple((label, links) for label, links in facts.items() if links)


def _held(plan: Plan, deputy: Deputy) -> tuple[Mandate, ...]:
    current = [one for one in deputy.mandates if one.end is None or one.end >= plan.today]
    return tuple(current) or deputy.mandates


def mandate_words(congress: str, since: str) -> str:
    """「涟源市第十八届人民代表大会代表（2021年12月起）」"""
    return f"{congress}代表（{since}起）"


def _former(plan: Plan, deputy: Deputy, qr: Qr) -> DeputyView:
    """Name and mandates only, and who sits there now."""
    register = plan.register
    home = register.stations[register.home_of[deputy.code]]
    now = register.deputies.get(deputy.successor or "")
    onward = [Link(text=f"现任代表：{now.name}", path=urls.deputy(now.code))] if now and now.status == "active" else []
    terms = tuple(
        Link(text=f"{one.congress}代表（{words.month(one.start)}起{f'，至{words.month(one.end)}' if one.end else ''}）")
        for one in deputy.mandates
    )
    open_home = register.successor(home.code)
    return DeputyView(
        name=deputy.name,
        step=parts.step(deputy.name),
        crumbs=(*parts.crumbs(plan, home.region), parts.station_link(home)),
        levels=(),
        lead="",
        banner=Banner(
            words="已不再担任代表。有事请找现任代表或到站里反映。", links=(*onward, parts.station_link(open_home))
        ),
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


def _hidden(plan: Plan, code: str, qr: Qr) -> DeputyView:
    home = plan.register.stations[plan.register.home_of[code]]
    return DeputyView(
        name=parts.UNNAMED,
        step="",
        crumbs=(*parts.crumbs(plan, home.region), parts.station_link(home)),
        levels=(),
        lead="",
        banner=Banner(words="有事请到联络站反映。", links=(parts.station_link(plan.register.successor(home.code)),)),
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
