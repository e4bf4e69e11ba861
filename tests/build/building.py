"""A small site built without MkDocs, and what is done anew when it is built again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from liaison.build import Hosted, Job, prepare, write
from liaison.plan.pages import Page, RegionKind
from liaison.publish.tree import Tally
from liaison.render import photos
from liaison.render.pages import Renderer
from liaison.render.shell import SLOTS, Shell
from liaison.shelf import Shelf
from liaison.workers import Crew
from support import small
from support.sites import REPOSITORY, contents
from support.small import BAIMA, TODAY

SHELL = Shell.parse("<!doctype html>" + "".join(f"<p>%%liaison:{slot}%%</p>" for slot in SLOTS))
ASSETS = {"css": "a.css", "js": "a.js", "entry_js": "entry.js", "manual_css": "m.css"}
ASSETS |= {"laws_css": "laws.css", "lesson_css": "lesson.css", "lesson_js": "lesson.js"}
XINHUA = "stations/xinhua"
HOME, CENTRE, ALONE, FAR = "3F7K2MC", "TK58CWB", "CKYTPCB", "PNRTHK5"
"""Stations: Yufeng and Lantian, which refer to each other; Baima in the same county; Meijiang in another."""

GULI, PERSON, GUEST, FAR_PERSON = "Q2RX7DK", "7K3M9TY", "MQR6M65", "9PN6FQT"
"""Deputies: two of Yufeng, the first of them hidden; one of Baima; one of Meijiang."""

YUFENGS, LANTIANS, BAIMAS, MEIJIANGS = {HOME, GULI, PERSON}, {CENTRE}, {ALONE, GUEST}, {FAR, FAR_PERSON}
EVERYBODY = YUFENGS | LANTIANS | BAIMAS | MEIJIANGS

COUNTIES = {"431382", "431322"}


@dataclass
class Workshop:
    """The site's records, where it is built, and what it is built with."""

    root: Path
    out: Path
    shelf: Shelf | None
    hosted: Hosted
    today: date = TODAY
    crew: Crew = field(default_factory=Crew)

    def build(self) -> Tally:
        """Read, plan and write."""
        return write(self.prepare(), self.hosted, self.out, self.crew)

    def prepare(self) -> Job:
        """Read and plan; do with the lessons what the host would, but for their pages."""
        job = prepare(self.root, self.today, self.crew, self.shelf)
        job.lessons.dress(self.hosted.templates, self.hosted.assets)
        for lesson in job.plan.lectures.shown:
            job.lessons.body(lesson.file, "<p>示例</p>")
        return job

    def elsewhere(self, out: Path, **changed: Any) -> Workshop:
        """The same, built at another place; without a cache if nothing else is said."""
        return replace(self, out=out, **{"shelf": None, **changed})


def workshop(folder: Path) -> Workshop:
    """Four stations in two counties, each station a part of its own where a test wants it."""
    root = small.base_site(folder / "source")
    small.change(root, f"{small.LANTIAN}/station.yml", "status:", RECEPTION + "status:")
    small.write(root, f"{BAIMA}/station.yml", small.station_text(ALONE, "白马站"))
    small.write(root, f"{BAIMA}/deputies/li.yml", small.deputy_text(GUEST))
    small.write(root, f"{XINHUA}/area.yml", "region: 431322\n")
    small.write(
        root, f"{XINHUA}/meijiang/station.yml", small.station_text(FAR, "梅江站").replace("431382200", "431322")
    )
    small.write(
        root, f"{XINHUA}/meijiang/deputies/an.yml", small.deputy_text(FAR_PERSON, "安示例").replace("431382", "431322")
    )
    small.change(root, "site.yml", "home_region: 431382", "home_region: 43")
    (root / "static").mkdir()
    (root / "static/verify.txt").write_text("示例")
    shutil.copytree(REPOSITORY / "overrides", folder / "overrides")
    (folder / "rendered").mkdir()
    (folder / "rendered/404.html").write_text("<!doctype html>")
    hosted = Hosted(
        shells=dict.fromkeys(range(8), SHELL),
        templates=folder / "overrides",
        assets=ASSETS,
        rendered=folder / "rendered",
        manuals=(),
    )
    return Workshop(root, folder / "site", small.shelf(folder / "shelf"), hosted)


RECEPTION = f"receptions: [{{rule: 每月1日, from: 09:00, to: 10:00, deputies: [{PERSON}]}}]\n"


def built_alike(shop: Workshop, tally: Tally) -> None:
    """The site is what one is that was built from nothing; every file of it was counted."""
    anew = shop.elsewhere(shop.out.parent / "anew")
    shutil.rmtree(anew.out, ignore_errors=True)
    anew.build()
    assert contents(shop.out) == contents(anew.out)
    assert tally.written + tally.unchanged == len(contents(shop.out))


def change_template(shop: Workshop) -> None:
    """Another template of stations."""
    with (shop.hosted.templates / "liaison/station.html").open("a", encoding="utf-8") as file:
        file.write("<p>示例</p>")


class Watch:
    """Pages that are rendered and photos that are encoded, in this process."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.rendered: list[Page] = []
        self.encoded = 0
        files, encode = Renderer.files, photos.encode

        def rendered(renderer: Renderer, page: Page) -> Iterator[tuple[str, bytes]]:
            self.rendered.append(page)
            return files(renderer, page)

        def encoded(data: bytes) -> photos.Encoded:
            self.encoded += 1
            return encode(data)

        monkeypatch.setattr(Renderer, "files", rendered)
        monkeypatch.setattr(photos, "encode", encoded)

    def forget(self) -> None:
        """Begin anew."""
        self.rendered.clear()
        self.encoded = 0

    @property
    def codes(self) -> set[str]:
        """Stations and deputies of which pages were rendered."""
        return {page.key[0] for page in self.rendered if page.kind in {"station", "deputy"}}

    @property
    def regions(self) -> set[str]:
        """Regions of which directories were rendered."""
        return {page.key[0] for page in self.rendered if page.kind in get_args(RegionKind)}
