"""The feeds of built sites, as programs that fetch them read them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import feedparser
import pytest

from liaison.build import prepare
from support.heavy_lessons import RECORDING
from support.lessons import Written, lessons_of
from support.sites import REPOSITORY, Built, copy_site

TEMPLATES = REPOSITORY / "overrides"
ASSETS = {"css": "a.css", "js": "a.js", "lesson_css": "b.css", "lesson_js": "b.js"}


def feeds_of(site: Built, form: str) -> list[str]:
    """Files of all feeds of one form."""
    found = [path for path in site.files if path.endswith(f"/feed.{form}")]
    assert f"episodes/feed.{form}" in found
    return found


def parsed(site: Built, path: str) -> Any:
    """A feed as a reader program sees it, which complains of nothing."""
    found = feedparser.parse(site.data(path))
    assert not found.bozo, (path, found.get("bozo_exception"))
    return found


def published_in(site: Built, path: str) -> list[Written]:
    """The lessons that a feed is to list: of its series or of all, the newest first."""
    lessons = list(lessons_of(site.source, "published"))
    folder = path.split("/")[1]
    of_feed = [one for one in lessons if folder.startswith("feed.") or one.file.parent.name == folder]
    return sorted(of_feed, key=lambda one: (one.fields["date"], one.file.parent.name, one.number), reverse=True)


def local(site: Built, address: str) -> str:
    """The file of the tree behind an address of the site."""
    assert address.startswith(site.url), address
    path = address.removeprefix(site.url)
    return f"{path}index.html" if not path or path.endswith("/") else path


def test_every_feed_lists_its_lessons_the_newest_first(site: Built) -> None:
    """Of each series with lessons in use, and of all; a series without has none."""
    for path in feeds_of(site, "xml"):
        entries = parsed(site, path).entries
        lessons = published_in(site, path)
        assert [one.title for one in entries] == [one.fields["title"] for one in lessons], path
        assert [local(site, one.link) for one in entries] == [one.page for one in lessons], path
        assert len({one.id for one in entries}) == len(entries) > 0, path
    assert {path.split("/")[1] for path in feeds_of(site, "xml")} == {
        *("feed.xml", *(one.file.parent.name for one in lessons_of(site.source, "published"))),
    }


def test_both_forms_say_the_same(site: Built) -> None:
    """RSS and JSON Feed have the same items with the same titles, addresses, days, authors and recordings."""
    for path in feeds_of(site, "json"):
        feed, other = json.loads(site.text(path)), parsed(site, path.replace(".json", ".xml"))
        assert feed["version"] == "https://jsonfeed.org/version/1.1"
        assert {"title", "home_page_url", "feed_url", "description", "language"} <= feed.keys()
        assert feed["feed_url"] == site.url + path
        assert (feed["title"], feed["home_page_url"]) == (other.feed.title, other.feed.link)
        assert [one["id"] for one in feed["items"]] == [one.id for one in other.entries]
        for item, entry in zip(feed["items"], other.entries, strict=True):
            assert (item["title"], item["url"]) == (entry.title, entry.link)
            assert item["date_published"].startswith(f"{entry.published[12:16]}-")
            assert item["content_html"] == entry.content[0].value
            files = [(one["url"], one["mime_type"], str(one["size_in_bytes"])) for one in item.get("attachments", ())]
            assert files == [(one.href, one.type, one.length) for one in entry.enclosures]


def test_recordings_are_there_as_the_feed_says(site: Built) -> None:
    """Length, type and duration of each enclosure; captions as transcript; poster as picture."""
    enclosed = 0
    for path in feeds_of(site, "xml"):
        lessons = published_in(site, path)
        for lesson, entry in zip(lessons, parsed(site, path).entries, strict=True):
            recording = lesson.fields.get("video") or lesson.fields.get("audio")
            assert bool(entry.enclosures) == bool(recording), lesson.page
            for one in entry.enclosures:
                enclosed += 1
                assert one.type == {"mp4": "video/mp4", "mp3": "audio/mpeg"}[one.href.rpartition(".")[2]]
                is_elsewhere = one.href == RECORDING
                size = recording["size"] if is_elsewhere else str(len(site.data(local(site, one.href))))
                assert one.length == size, lesson.page
                minutes, seconds = map(int, lesson.fields["duration"].split(":"))
                assert entry.itunes_duration == str(60 * minutes + seconds)
            transcripts = re.findall(
                r'<podcast:transcript url="([^"]+)" type="text/vtt"', _item(site, path, entry.link)
            )
            assert len(transcripts) == ("captions" in lesson.fields), lesson.page
            assert all(local(site, one) in site.known for one in transcripts)
            if "image" in entry:
                assert local(site, entry.image.href) in site.known
    assert enclosed


def _item(site: Built, path: str, link: str) -> str:
    items = re.findall("<item>.*?</item>", site.text(path), re.DOTALL)
    return str(next(one for one in items if f"<link>{link}</link>" in one))


def test_a_feed_read_elsewhere_leads_back_here(site: Built) -> None:
    """Every address is whole, and every one of this site is there; nothing in a text could run."""
    for path in feeds_of(site, "json"):
        feed = json.loads(site.text(path))
        for item in feed["items"]:
            links = re.findall(r'(?:href|src)="([^"]*)"', item["content_html"])
            for link in (*links, item["url"], *([item["image"]] if "image" in item else [])):
                assert re.match(r"https://|tel:|mailto:", link), (path, link)
                if link.startswith(site.url):
                    assert local(site, link.partition("#")[0]) in site.known, (path, link)
            assert not re.search(r"<script|<style|<iframe|\son\w+=|\sstyle=", item["content_html"]), path


def test_pages_announce_their_feeds(site: Built) -> None:
    """A series and the page of all name theirs where browsers and reader programs look."""
    for path in feeds_of(site, "xml"):
        page = site.pages[f"{path.rpartition('/')[0]}/index.html"]
        links = {link for one, link in page.links() if one["rel"] == "alternate" or one.tag == "a"}
        for form in ("feed.xml", "feed.json"):
            assert [one for one in links if one.endswith(path.replace("feed.xml", form))], path


def guids(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Ids of the items of each feed, from both forms."""
    found = {}
    for path, data in files.items():
        if path.endswith("/feed.xml"):
            found[path] = [str(one.id) for one in feedparser.parse(data).entries]
        elif path.endswith("/feed.json"):
            found[path] = [one["id"] for one in json.loads(data)["items"]]
    return found


def made(source: Path, built: Built) -> dict[str, bytes]:
    """Captions, pictures and feeds of a site, of lessons without their bodies."""
    job = prepare(source, built.today)
    job.lessons.dress(TEMPLATES, ASSETS)
    for lesson in job.plan.lectures.shown:
        job.lessons.body(lesson.file, "")
    return dict(job.lessons.files())


@pytest.fixture(scope="module")
def retitled(sample: Built, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What the sample's feeds become when every lesson and series is called otherwise, and every file."""
    source = copy_site(tmp_path_factory.mktemp("retitled") / "source")
    for number, lesson in enumerate(lessons_of(source)):
        lesson.file.rename(file := lesson.file.with_name(f"{lesson.number:02}-renamed.md"))
        lesson.file = file
        lesson.change(title=f"第{number}个新题目")
    for file in (source / "content/episodes").rglob("*.md"):
        file.write_text(re.sub(r"\((\d\d)-[a-z0-9-]+\.md\)", r"(\1-renamed.md)", file.read_text("utf-8")), "utf-8")
    return made(source, sample)


def test_an_item_is_the_same_for_ever(sample: Built, rooted: Built, retitled: dict[str, bytes]) -> None:
    """Whatever becomes of titles, file names and the site's address: readers see no lesson twice."""
    before = guids({path: sample.data(path) for path in sample.files})
    assert before
    assert rooted.url != sample.url
    assert guids({path: rooted.data(path) for path in rooted.files}) == before
    assert guids(retitled) == before
    assert "第0个新题目" in retitled["episodes/daibiaofa/feed.xml"].decode()
