import json
import re
import xml.etree.ElementTree as ET

import pytest
import yaml

from liaison.build import prepare
from liaison.model.codes import is_valid
from liaison.model.register import Register
from liaison.plan import urls
from liaison.plan.pages import Plan, record_pages
from liaison.records.files import EPISODES
from support.heavy_lessons import SERIES
from support.lessons import lessons_of
from support.sites import Built

EMPTY_SERIES = f"episodes/{SERIES}/index.html"
"""It has a title and nothing to say."""

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def register_of(site: Built) -> Register:
    return prepare(site.source, site.today).plan.register


def pages_of_lessons(plan: Plan) -> dict[str, str]:
    """Pages of lessons and series with their files."""
    lectures = plan.lectures
    lessons = {urls.file(urls.lesson(*one.key)): one.file for one in lectures.shown}
    return lessons | {urls.file(urls.series(name)): f"{EPISODES}{name}/index.md" for name in lectures.library.series}


def test_every_planned_page_is_there(site: Built) -> None:
    """The pages in the tree are those of the plan and the hand-written ones, no fewer and no more."""
    plan = prepare(site.source, site.today).plan
    pages = (*plan.pages, *record_pages(plan.register, plan.register.stations, plan.register.deputies))
    planned = {urls.file(page.path) for page in pages}
    by_hand = {
        path.relative_to(site.source / "content").with_suffix("").as_posix() + "/index.html"
        for path in (site.source / "content").rglob("*.md")
        if not path.is_relative_to(site.source / EPISODES)
    }
    assert set(site.pages) == planned | by_hand | set(pages_of_lessons(plan)) | {"404.html"}


def test_every_record_has_its_page_and_every_code_page_its_record(site: Built) -> None:
    """Stations under S, deputies under D, whatever their status; read from the files by another reader."""
    expected = set()
    for file in (site.source / "stations").rglob("*.yml"):
        record = yaml.load(file.read_text("utf-8"), yaml.BaseLoader)
        kind = "S" if file.name == "station.yml" else "D" if file.parent.name == "deputies" else ""
        if kind:
            expected.add(f"{kind}/{record['code'][:2]}/{record['code'][2:]}/index.html")
    assert {path for path in site.pages if path.startswith(("S/", "D/"))} == expected


def test_no_two_records_share_a_code(site: Built) -> None:
    """A code under S is never one under D, and every one of them is valid."""
    codes = [path.split("/")[1] + path.split("/")[2] for path in site.pages if path.startswith(("S/", "D/"))]
    assert len(set(codes)) == len(codes)
    assert all(is_valid(code) for code in codes)


def test_the_sitemap_lists_exactly_the_public_pages(site: Built) -> None:
    """Every page but the 404, hidden people and lessons taken down, each once, through the index; no file too long."""
    index = ET.fromstring(site.data("sitemap.xml"))
    assert index.tag == f"{SITEMAP}sitemapindex"
    parts = [str(one.text) for one in index.iter(f"{SITEMAP}loc")]
    listed = []
    for part in parts:
        assert part.startswith(site.url)
        found = ET.fromstring(site.data(part.removeprefix(site.url))).iter(f"{SITEMAP}loc")
        listed.append([str(one.text) for one in found])
        assert len(listed[-1]) <= 50_000
    hidden = {urls.file(urls.deputy(one.code)) for one in register_of(site).deputies.values() if one.is_hidden}
    hidden |= {lesson.page for lesson in lessons_of(site.source, "withdrawn")}
    public = {page.canonical() for path, page in site.pages.items() if path not in hidden | {"404.html"}}
    together = [address for part in listed for address in part]
    assert len(together) == len(set(together))
    assert set(together) == public
    assert hidden


def test_robots_may_read_everything_and_find_the_sitemap(site: Built) -> None:
    """`robots.txt` allows the site's path and names the index."""
    expected = f"User-agent: *\nAllow: {site.mount}\nSitemap: {site.url}sitemap.xml\n"
    assert site.text("robots.txt") == expected


def test_static_files_lie_at_the_root(site: Built) -> None:
    """What a site keeps in `static/`, such as verification files of WeChat, comes out byte for byte."""
    given = [path for path in (site.source / "static").rglob("*") if path.is_file()]
    assert given
    for path in given:
        assert site.data(path.relative_to(site.source / "static").as_posix()) == path.read_bytes()


def test_hand_written_pages_can_be_searched_and_sentinels_not(site: Built) -> None:
    """The search index holds the manual and the lessons only: no empty entry and no shell."""
    index = json.loads(site.text("search/search_index.json"))
    places = {entry["location"].partition("#")[0] for entry in index["docs"]}
    pages = [path for path in site.pages if path.startswith(("guides/", "about/"))]
    pages += pages_of_lessons(prepare(site.source, site.today).plan)
    without_words = {path for path in pages if site.pages[path].meta("robots") == "noindex"} | {EMPTY_SERIES}
    assert places == {path.removesuffix("index.html") for path in pages if path not in without_words}


@pytest.mark.parametrize("folder", ["guides", "about"])
def test_the_menu_of_the_manual_names_hand_written_pages_only(sample: Built, folder: str) -> None:
    """No record page and no sentinel stands in Material's menu."""
    path = next(path for path in sample.pages if path.startswith(f"{folder}/"))
    menu = re.findall(r'<a href="([^"]*)" class="md-nav__link', sample.text(path))
    assert menu
    assert not [address for address in menu if re.search(r"(^|/)[SDr]/", address)]
