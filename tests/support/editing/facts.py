"""Edits of what every page shares: the site's facts, holidays, theme, hand-written pages, and which day it is."""

from __future__ import annotations

import os
import random
import re
from datetime import date, timedelta
from pathlib import Path

import yaml

from support.editing.desk import EARLIEST, Desk, Edit, UnfitError

_TEMPLATES = ("station", "deputy", "home", "directory", "map", "entry", "lesson", "series", "article")
_PHONE = re.compile(rb"(\b0\d{3}-)\d{7}\b")
_LATEST = date(2028, 6, 30)


def _replace(file: Path, pattern: str, new: str) -> None:
    text, count = re.subn(pattern, lambda _: new, file.read_text("utf-8"), count=1)
    if not count:
        raise UnfitError
    file.write_text(text, "utf-8")


def site_name(desk: Desk) -> str:
    """The site is called otherwise."""
    _replace(desk.at("site.yml"), "(?m)^name: .*", f"name: 第{desk.chance.randrange(100)}示例联络站")
    return "site.yml: another name"


def footer(desk: Desk) -> str:
    """Another phone in the footer."""
    number = f"0731-{desk.chance.randrange(20_000_000, 90_000_000)}"
    _replace(desk.at("site.yml"), "(?m)^  contact: .*", f"  contact: {number}")
    return f"site.yml: the footer says {number}"


def short_url(desk: Desk) -> str:
    """QR codes lead to another host."""
    _replace(desk.at("site.yml"), "(?m)^short_url: .*", f"short_url: HTTPS://D{desk.chance.randrange(10)}.EXAMPLE.CN/")
    return "site.yml: another short_url"


def url(desk: Desk) -> str:
    """The site moves to another path."""
    new = f"https://www.example.gov.cn/zt/{desk.chance.randrange(100)}/"
    _replace(desk.at("site.yml"), "(?m)^url: .*", f"url: {new}")
    return f"site.yml: url is {new}"


def section(desk: Desk) -> str:
    """A section of the manual gets another title in mkdocs.yml."""
    _replace(desk.at("mkdocs.yml"), "(?m)^        guides: .*", f"        guides: 第{desk.chance.randrange(100)}版指南")
    return "mkdocs.yml: another title of the guides"


def holiday(desk: Desk) -> str:
    """A day off comes or goes, or a weekend is worked."""
    file = desk.at("stations/holidays.yml")
    (year,) = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)
    day = (date(2026, 10, 1) + timedelta(days=desk.chance.randrange(92))).isoformat()
    kind, kept = desk.chance.choice(("off", "work")), {**year}
    for name in ("off", "work"):
        kept[name] = [one for one in year[name] if one != day]
    if day not in year[kind]:
        kept[kind] = sorted([*kept[kind], day])
    file.write_text(yaml.safe_dump([kept], allow_unicode=True, sort_keys=False), "utf-8")
    return f"holidays.yml: {day} is {'no longer ' if day in year[kind] else ''}{kind}"


def fewer_holidays(desk: Desk) -> str:
    """The first days of a year are off no longer."""
    file = desk.at("stations/holidays.yml")
    (year,) = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)
    file.write_text(yaml.safe_dump([{**year, "off": year["off"][3:] or ["2026-10-01"]}], allow_unicode=True), "utf-8")
    return f"holidays.yml: {year['off'][:3]} are deleted"


def today(desk: Desk) -> str:
    """It becomes another day: days later, or months, or back."""
    steps = (1, 1, 2, 7, 28, 90, 365, -1, -3, -30, -200)
    now = (desk.day or date(2026, 11, 22)) + timedelta(days=desk.chance.choice(steps))
    desk.day = min(max(now, EARLIEST), _LATEST)
    return f"today is {desk.day}"


def template(desk: Desk) -> str:
    """The template of one kind of page says more."""
    file = desk.at(f"overrides/liaison/{desk.chance.choice(_TEMPLATES)}.html")
    with file.open("a", encoding="utf-8") as text:
        text.write(f'<p class="note">第{desk.chance.randrange(1000)}版</p>\n')
    return f"{file.name} ends with a note"


def macro(desk: Desk) -> str:
    """A part that several templates share looks otherwise."""
    _replace(desk.at("overrides/liaison/parts.html"), "<h1", f'<h1 data-edition="{desk.chance.randrange(1000)}"')
    return "parts.html: another heading"


def shell(desk: Desk) -> str:
    """The document around every page, or its header and footer."""
    if desk.chance.random() < 0.5:
        name, pattern = "shell.html", "<body>"
        new = f'<body>\n<p class="note">第{desk.chance.randrange(1000)}版</p>'
    else:
        name, pattern, new = "chrome.html", "</footer>", f"<p>第{desk.chance.randrange(1000)}版</p>\n</footer>"
    _replace(desk.at(f"overrides/liaison/{name}"), pattern, new)
    return f"{name} says more"


def style(desk: Desk) -> str:
    """A style sheet: another name of its file, so another link in every page."""
    name = desk.chance.choice(("liaison.css", "lesson.css"))
    with desk.at(f"overrides/liaison/assets/{name}").open("a", encoding="utf-8") as text:
        text.write(f"\n.edition{{order:{desk.chance.randrange(1000)}}}\n")
    return f"{name} has another rule"


def script(desk: Desk) -> str:
    """A script, in a comment only or for good."""
    words = desk.chance.choice(("/* 注释 */", f"window.edition={desk.chance.randrange(1000)};"))
    name = desk.chance.choice(("entry.js", "lesson.js"))
    with desk.at(f"overrides/liaison/assets/{name}").open("a", encoding="utf-8") as text:
        text.write(f"\n{words}\n")
    return f"{name} ends with {words}"


def guide(desk: Desk) -> str:
    """A hand-written page says more, or is called otherwise."""
    file = desk.pick(sorted(desk.at("content/guides").glob("*.md")))
    number = desk.chance.randrange(1000)
    if desk.chance.random() < 0.5:
        _replace(file, "(?m)^title: .*", f"title: 第{number}版指南")
    else:
        file.write_text(f"{file.read_text('utf-8')}\n第{number}版。\n", "utf-8")
    return f"{desk.named(file)} is edition {number}"


def new_guide(desk: Desk) -> str:
    """One more hand-written page, which the home page links to."""
    file = desk.fresh(desk.at("content/guides"), "new", ".md")
    file.write_text(f"---\ntitle: {file.stem}\ndescription: 一页新的指南。\n---\n\n# 新的指南\n\n正文。\n", "utf-8")
    return f"new guide {file.name}"


def static(desk: Desk) -> str:
    """A file that is taken over as it is comes, changes or goes."""
    there = sorted(file for file in desk.at("static").rglob("*") if file.is_file())
    if there and desk.chance.random() < 0.4:
        file = desk.pick(there)
        file.unlink()
        return f"{desk.named(file)} is deleted"
    new = desk.at(f"static/extra/{desk.chance.randrange(3)}.txt")
    new.parent.mkdir(parents=True, exist_ok=True)
    new.write_bytes(random.Random(desk.chance.random()).randbytes(200))
    return f"{desk.named(new)} has other bytes"


def touch(desk: Desk) -> str:
    """Every file is as new as now, and no byte differs: a fresh checkout."""
    for path in desk.files():
        desk.at(path).touch()
    return "every file is touched"


def comment(desk: Desk) -> str:
    """The bytes of a record differ and say the same."""
    record = desk.pick([*desk.stations(), *desk.deputies(), *desk.areas()])
    record.file.write_text(f"# 只是一句注释\n{record.file.read_text('utf-8')}\n", "utf-8")
    return f"{desk.named(record.file)} has a comment more"


def by_stealth(desk: Desk) -> str:
    """A record names another phone, in as many bytes and with the time of before."""
    record = desk.pick(one for one in [*desk.stations(), *desk.deputies()] if _PHONE.search(one.file.read_bytes()))
    before, data = record.file.stat(), record.file.read_bytes()
    number = str(desk.chance.randrange(2_000_000, 9_999_999))
    record.file.write_bytes(_PHONE.sub(rf"\g<1>{number}".encode(), data))
    os.utime(record.file, ns=(before.st_atime_ns, before.st_mtime_ns))
    return f"{desk.named(record.file)} names {number} by stealth"


def undo(desk: Desk) -> str:
    """The last edit is taken back."""
    if not desk.earlier:
        raise UnfitError
    desk.restore(desk.earlier)
    return "the edit before is undone"


EDITS: tuple[Edit, ...] = (
    *(site_name, footer, short_url, url, section, holiday, fewer_holidays, today, today, today, template, macro, shell),
    *(style, script, guide, new_guide, static, touch, comment, by_stealth, undo, undo),
)
