"""Why something may not be printed: nothing that is dead, or soon will be, goes onto a wall."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from liaison.model.addresses import unfit_for_print
from liaison.model.register import Register
from liaison.model.site import Site
from liaison.plan.prints import Piece, Target
from liaison.publish.livecheck import Report, doubts
from liaison.render.print.setting import Mode
from liaison.render.print.subjects import term_end

SOON = 12
"""Months within which the end of a term is worth a question."""

_NAMED = 20


def address_refusals(site: Site, mode: Mode) -> list[str]:
    """What is wrong with the address that codes hold."""
    base = site.code_base
    reason = unfit_for_print(base, strictly=mode == "press")
    found = [f"二维码里的网址 {base} {reason}，印出来谁也打不开"] if reason else []
    if mode == "press" and site.short_url is None:
        found.append("site.yml 里没有 short_url：上墙的二维码要用长期不变的短网址")
    return found


def confirmation_refusals(site: Site, today: date) -> list[str]:
    """Whether somebody answers for the address."""
    printing = site.print
    named = {
        "confirmed_by": printing.confirmed_by,
        "confirmed_on": printing.confirmed_on,
        "kept_until": printing.kept_until,
    }
    missing = [name for name, value in named.items() if value is None]
    if missing:
        return [f"短网址没有人确认：在 site.yml 的 print 里写上 {'、'.join(missing)}"]
    found = []
    if printing.confirmed_on and printing.confirmed_on > today:
        found.append(f"短网址的确认日期 {printing.confirmed_on} 还没有到")
    if printing.kept_until and printing.kept_until <= today:
        found.append(f"短网址只保留到 {printing.kept_until}，已经过期，请重新确认")
    return found


def live_refusals(site: Site, targets: Iterable[Target], report: Report, now: datetime) -> list[str]:
    """Whether every page that a code leads to was seen to be there, not long ago."""
    found = doubts(report, site.code_base, targets, now, site.print.verified_within)
    return [*found, f"先运行 liaison verify {site.code_base} --codes，全部正常后再制作"] if found else []


def ending_terms(register: Register, pieces: Iterable[Piece], today: date, *, with_deputies: bool) -> list[str]:
    """Deputies on these pieces whose term ends within a year, with the day: 「曾示例（2026年12月31日）」."""
    limit = _months_on(today, SOON)
    found = {}
    for code in _named_on(register, pieces, with_deputies=with_deputies):
        deputy = register.deputies[code]
        end = term_end(deputy, today) if deputy.status == "active" else None
        if end is not None and end <= limit:
            found[code] = f"{code} {deputy.name}（{end.year}年{end.month}月{end.day}日届满）"
    return list(found.values())


def _named_on(register: Register, pieces: Iterable[Piece], *, with_deputies: bool) -> Iterable[str]:
    """Codes of the deputies who are named on these pieces; no record is fetched for it."""
    at_home: dict[str, list[str]] = {}
    for code, station in register.home_of.items():
        at_home.setdefault(station, []).append(code)
    for piece in pieces:
        kind = piece.kind
        if kind.subject in {"deputy", "deputy codes"}:
            yield from piece.keys
        elif with_deputies and kind.names_deputies:
            for key in piece.keys:
                yield from at_home.get(key, ())


def _months_on(day: date, months: int) -> date:
    """The same day some months later, the last of the month where it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, day.day)


def shortened(lines: list[str]) -> list[str]:
    """A long list cut, with how many more there are."""
    more = len(lines) - _NAMED
    return [*lines[:_NAMED], f"……另有 {more} 位"] if more > 0 else lines
