"""Lessons, laws and topics in built sites: which pages there are, what leads where, what is on none."""

from __future__ import annotations

import json
import posixpath
import re
import shutil
import xml.etree.ElementTree as ET
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

from support.heavy_lessons import DRAFTED, MEDIA_HOST, RECORDING, SERIES, TAKEN_DOWN
from support.lessons import EPISODES, Written, lessons_of, read_lesson
from support.sites import REPOSITORY, Built, build, copy_site

TEXT = REPOSITORY / "tests/laws/texts/civil-code.tsv"
TO_HEAR, TO_WATCH, TAKEN_AWAY = (f"episodes/{SERIES}/{number}/index.html" for number in ("01", "02", "03"))


def led_to(site: Built, path: str) -> set[str]:
    """Files of pages that the main part of a page links to."""
    links = (link.partition("#")[0] for link in site.pages[path].links_inside("main") if "://" not in link)
    paths = (posixpath.normpath(posixpath.join(posixpath.dirname(path), link)) for link in links if link.endswith("/"))
    return {f"{one}/index.html" for one in paths}


def page_of(kind: str, code: str) -> str:
    return f"{kind}/{code[:2]}/{code[2:]}/index.html"


def data_of(site: Built, path: str) -> dict[str, Any]:
    """The JSON-LD of a page, which has exactly one."""
    (text,) = [text for script, text in site.pages[path].scripts if script["type"] == "application/ld+json"]
    data: dict[str, Any] = json.loads(text)
    return data


def statuses(site: Built) -> dict[str, str]:
    """Status of each deputy by code."""
    files = (site.source / "stations").rglob("deputies/*.yml")
    records = (yaml.load(file.read_text("utf-8"), yaml.CBaseLoader) for file in files)
    return {record["code"]: record["status"] for record in records}


def series_of(site: Built) -> dict[str, list[Written]]:
    """Lessons in use by series, in order."""
    found: dict[str, list[Written]] = {}
    for lesson in lessons_of(site.source, "published"):
        found.setdefault(lesson.file.parent.name, []).append(lesson)
    return found


def test_a_lesson_in_use_has_its_page_and_one_that_is_not_has_nothing(site: Built) -> None:
    """Title, summary and quiz stand there; of drafts and plans there is no file, and of drafts no word."""
    kept = set()
    for lesson in lessons_of(site.source, "published"):
        page = site.pages[lesson.page]
        kept.add(posixpath.dirname(lesson.page))
        assert lesson.fields["title"] in page.text, lesson.page
        assert lesson.fields["summary"] in page.text, lesson.page
        for question in lesson.fields.get("quiz", ()):
            assert question["question"] in page.text, lesson.page
            assert question["why"] in page.text, lesson.page
    kept |= {posixpath.dirname(lesson.page) for lesson in lessons_of(site.source, "withdrawn")}
    numbered = {match[0] for path in site.files if (match := re.match(r"episodes/[^/]+/\d+(?=[/.])", path))}
    assert numbered == kept
    assert len(kept) >= 20


def test_nothing_of_drafts_and_of_what_was_taken_down_is_published(heavy: Built) -> None:
    """Their words are in no file, their recordings and captions nowhere."""
    for words in (DRAFTED, TAKEN_DOWN):
        assert [path for path in heavy.files if words.encode() in heavy.data(path)] == []
        assert [path for path in heavy.files if json.dumps(words)[1:-1].encode() in heavy.data(path)] == []
    assert f"episodes/{SERIES}/04.mp4" not in heavy.known
    assert not [path for path in heavy.files if path.startswith(f"episodes/{SERIES}/04")]


def test_a_lesson_that_was_taken_down_says_so_and_nothing_leads_there_but_its_series(heavy: Built) -> None:
    """No invitation to search engines; in no feed, sitemap, topic, article, and on no page of who took part."""
    page = heavy.pages[TAKEN_AWAY]
    assert "已经下架" in page.text
    assert page.meta("robots") == "noindex"
    assert page.meta("description") == "其他的课 第3讲"
    assert not [script for script, _ in page.scripts if script["type"] == "application/ld+json"]
    address = f"episodes/{SERIES}/03/"
    listed = {path for path in heavy.files if path.endswith((".xml", ".json")) and address in heavy.text(path)}
    assert listed <= {"search/search_index.json"}
    leading = {path for path in heavy.pages if path.startswith(("S/", "D/", "laws/", "topics/", "episodes/"))}
    leading = {path for path in leading if TAKEN_AWAY in led_to(heavy, path)}
    assert leading == {f"episodes/{SERIES}/index.html"}


def test_lessons_of_a_series_lead_to_each_other(site: Built) -> None:
    """To the ones before and after, to those named in the text, and to no others."""
    for lessons in series_of(site).values():
        beside: dict[str, set[str]] = {one.page: set() for one in lessons}
        for before, after in pairwise(lessons):
            beside[before.page].add(after.page)
            beside[after.page].add(before.page)
        for one in lessons:
            named = re.findall(r"\]\((\d+)-[\w-]+\.md", one.body)
            expected = beside[one.page] | {f"{posixpath.dirname(one.page)[:-2]}{number}/index.html" for number in named}
            found = {path for path in led_to(site, one.page) if re.match(r"episodes/[^/]+/\d", path)}
            assert found == expected, one.page


def test_speakers_and_stations_lead_to_lessons_and_back(site: Built) -> None:
    """Active and former deputies; a page of many lessons names the newest. Hidden deputies are left out."""
    status, by_page = statuses(site), {}
    for lesson in lessons_of(site.source, "published"):
        speakers = [who for who in lesson.fields.get("speakers", ()) if isinstance(who, str)]
        there = led_to(site, lesson.page)
        shown = {page_of("D", who) for who in speakers if status[who] in {"active", "former"}}
        assert {path for path in there if path.startswith("D/")} == shown, lesson.page
        stations = {page_of("S", code) for code in lesson.fields.get("stations", ())}
        assert stations <= there, lesson.page
        for who in shown | stations:
            by_page.setdefault(who, set()).add((lesson.fields["date"], lesson.page))
    for path, lessons in by_page.items():
        found = {one for one in led_to(site, path) if one.startswith("episodes/")}
        newest = {page for _, page in sorted(lessons)[-6:]}
        if not path.startswith("D/") or status[path[2:4] + path.split("/")[2]] == "active":
            assert found == newest, path


def test_who_is_hidden_is_no_author(heavy: Built) -> None:
    """A lesson by an active, a former and a hidden deputy names two, in words, labels and data."""
    lesson = read_lesson(heavy.source / EPISODES / SERIES / "01-tingting.md")
    assert lesson is not None
    status = statuses(heavy)
    assert sorted(status[code] for code in lesson.fields["speakers"]) == ["active", "former", "withheld"]
    assert len(data_of(heavy, TO_HEAR)["author"]) == 2
    assert len(heavy.pages[TO_HEAR].meta("Author").split(",")) == 2
    assert [len(item["authors"]) for item in json.loads(heavy.text(f"episodes/{SERIES}/feed.json"))["items"]] == [2, 2]


def test_every_article_has_its_page_where_the_site_has_the_text(heavy: Built) -> None:
    """All 1,260 of the civil code, each paragraph and each item a line of its own, with the articles beside it."""
    rows = [line.split("\t") for line in TEXT.read_text("utf-8").splitlines()[1:]]
    assert len(rows) == 1260
    for number, *_, text in rows:
        path = f"laws/civil-code/{number}/index.html"
        wanted = re.split("[¶‖]", text)
        assert [line for line in heavy.pages[path].lines if line in wanted] == wanted, path
        beside = {int(one.split("/")[2]) for one in led_to(heavy, path) if re.match(r"laws/civil-code/\d", one)}
        assert beside == {int(number) - 1, int(number) + 1} & set(range(1, 1261)), path


def test_without_a_text_an_article_leads_to_the_official_one(sample: Built) -> None:
    """Only articles that lessons cite have a page; it names the lessons and the national database, and no words."""
    pages = {path for path in sample.pages if re.match(r"laws/[^/]+/\d", path)}
    cited = {path: led_to(sample, path) for path in pages}
    for path, links in cited.items():
        assert [link for link in links if link.startswith("episodes/")], path
        assert [link for link in sample.pages[path].links_inside("main") if link.startswith("https://flk.npc.gov.cn/")]
    assert len(pages) > 100
    assert "自愿实施紧急救助行为造成受助人损害的" not in sample.pages["laws/civil-code/184/index.html"].text


def test_lessons_and_articles_lead_to_each_other(site: Built) -> None:
    """Every article that a lesson links to names the lesson; every lesson that it names links to its law."""
    for lesson in lessons_of(site.source, "published"):
        articles = {path for path in led_to(site, lesson.page) if re.match(r"laws/[^/]+/\d", path)}
        assert articles, lesson.page
        for path in articles:
            assert lesson.page in led_to(site, path), path
    for path in site.pages:
        if re.match(r"laws/[^/]+/\d", path):
            for lesson_page in (one for one in led_to(site, path) if re.match(r"episodes/[^/]+/\d", one)):
                assert [one for one in led_to(site, lesson_page) if one.startswith(posixpath.dirname(path)[:-1])], path


def test_citations_in_a_text_lead_to_their_articles(heavy: Built) -> None:
    """In paragraphs and cells; not in headings, program text and links, which stay as they were."""
    text = heavy.text(TO_WATCH)
    body = text[text.index("<h2 id=") : text.index("读过的")]
    linked = {
        re.sub("<[^>]*>", "", words): href
        for href, words in re.findall(r'<a [^>]*href="([^"]*laws/[^"]*)"[^>]*>(.*?)</a>', body)
    }
    assert linked == {
        "《民法典》第二十七条第二款": "../../../laws/civil-code/27/",
        "民法典第33条": "../../../laws/civil-code/33/",
    }
    assert "<code>民法典第34条</code>" in body
    assert re.search(r'<a href="https://www\.example\.gov\.cn/"[^>]*>民法典第28条</a>', body)
    assert re.search("<h2 [^>]*>民法典第26条这样说</h2>", body)


def test_a_column_of_a_table_keeps_its_side(heavy: Built) -> None:
    """What Markdown writes as a style, which no page may have, becomes a class."""
    assert {one["class"] for one in heavy.pages[TO_WATCH].all("td")} == {"to-left", "to-right"}


def test_lessons_are_told_to_machines(site: Built) -> None:
    """An Episode of its series with its recording, and the labels that government sites owe their articles."""
    for lesson in lessons_of(site.source, "published"):
        page, fields, data = site.pages[lesson.page], lesson.fields, data_of(site, lesson.page)
        assert (data["@context"], data["@type"]) == ("https://schema.org", "Episode")
        assert (data["name"], data["episodeNumber"]) == (fields["title"], lesson.number)
        assert data["url"] == data["@id"] == page.canonical()
        assert data["datePublished"] == fields["date"]
        home = data["partOfSeries"]["url"]
        assert data_of(site, f"{home.removeprefix(site.url)}index.html")["url"] == home
        assert page.meta("ArticleTitle") == fields["title"]
        assert page.meta("PubDate") == f"{fields['date']} 00:00"
        assert page.meta("ContentSource") == site.facts["name"]
        for key, kind in (("video", "VideoObject"), ("audio", "AudioObject")):
            assert (key in data) == (key in fields), lesson.page
            if key in fields:
                _told_of_recording(site, data[key], kind)


def _told_of_recording(site: Built, recording: dict[str, Any], kind: str) -> None:
    assert recording["@type"] == kind
    assert re.fullmatch(r"PT\d+M\d+S", recording["duration"])
    assert recording["name"]
    assert recording["description"]
    for key in ("contentUrl", "thumbnailUrl"):
        address = recording.get(key, site.url + "index.html")
        assert address.removeprefix(site.url) in site.known or address == RECORDING
    if kind == "VideoObject":
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT00:00:00\+08:00", recording["uploadDate"])


def test_series_are_told_to_machines(site: Built) -> None:
    """Each home of a series is a CreativeWorkSeries with its title and description."""
    homes = [path for path in site.pages if re.fullmatch(r"episodes/[^/]+/index\.html", path)]
    assert len(homes) == len(list((site.source / EPISODES).glob("*/index.md")))
    for path in homes:
        index = read_lesson(site.source / EPISODES / path.split("/")[1] / "index.md")
        assert index is not None
        data = data_of(site, path)
        assert data["@type"] == "CreativeWorkSeries"
        assert (data["name"], data["description"]) == (index.fields["title"], index.fields["description"])


def test_the_search_index_holds_what_lessons_say(heavy: Built) -> None:
    """Every lesson in use with its title and words; no markup that could run."""
    docs = json.loads(heavy.text("search/search_index.json"))["docs"]
    for lesson in lessons_of(heavy.source, "published"):
        found = [one for one in docs if one["location"].partition("#")[0] == posixpath.dirname(lesson.page) + "/"]
        assert lesson.fields["title"] in {one["title"] for one in found}
        words = "".join(re.sub("<[^>]*>", "", one["text"]) for one in found)
        assert re.findall("[\u4e00-\u9fff]+", lesson.body)[-1] in words, lesson.page
    assert not re.search("<script|javascript:|onerror", heavy.text("search/search_index.json"), re.IGNORECASE)


def test_captions_come_as_webvtt(heavy: Built, sample: Built) -> None:
    """SubRip is rewritten, WebVTT taken over; nothing else of the files is published."""
    captions = heavy.text(f"episodes/{SERIES}/01/captions.vtt")
    assert captions.startswith("WEBVTT\n")
    assert "00:00:12.000 --> 00:00:20.000\n再见。" in captions
    assert "乡亲们好，\n今天说说监护。" in captions
    own = (sample.source / EPISODES / "minfadian/01.vtt").read_text("utf-8")
    times = re.findall(r"\S+ --> \S+", own)
    assert re.findall(r"\S+ --> \S+", sample.text("episodes/minfadian/01/captions.vtt")) == times
    for site in (heavy, sample):
        assert not [path for path in site.files if path.endswith(".srt") or re.search(r"episodes/\w+/\d+\.vtt", path)]


def test_a_recording_elsewhere_is_asked_for_by_the_player_alone(heavy: Built) -> None:
    """Only the media element and plain links name it, it waits for the reader, and the policy allows that host only."""
    page = heavy.pages[TO_WATCH]
    assert {one.tag for one, address in page.links() if MEDIA_HOST in address} == {"source", "a"}
    (video,) = page.all("video")
    assert video["preload"] == "none"
    assert "autoplay" not in video.attributes
    for path, policy in _policies(heavy).items():
        sources = policy.get("media-src", "").split()
        is_lesson = re.match(r"episodes/[^/]+/", path) is not None
        assert sources == (["'self'", f"https://{MEDIA_HOST}"] if is_lesson else []), path


def test_a_site_without_media_hosts_plays_its_own_files_only(sample: Built) -> None:
    """The policy of lessons names no host."""
    assert {policy.get("media-src", "'self'") for policy in _policies(sample).values()} == {"'self'"}


def _policies(site: Built) -> dict[str, dict[str, str]]:
    contents = {
        path: page.all("meta", http_equiv="Content-Security-Policy")[0]["content"]
        for path, page in site.record_pages.items()
    }
    return {
        path: dict(part.strip().partition(" ")[::2] for part in content.split(";"))
        for path, content in contents.items()
    }


def test_topics_lead_to_exactly_their_lessons(site: Built) -> None:
    """Each topic has a page with its lessons in use, and no other topic has one."""
    expected: dict[str, set[str]] = {}
    for lesson in lessons_of(site.source, "published"):
        for topic in lesson.fields.get("topics", ()):
            expected.setdefault(topic, set()).add(lesson.page)
    found = {}
    for path, page in site.pages.items():
        if re.fullmatch(r"topics/[^/]+/index\.html", path):
            lessons = {one for one in led_to(site, path) if re.match(r"episodes/[^/]+/\d", one)}
            found[page.title.partition(" - ")[0]] = lessons
    assert found == expected


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample without a single lesson; the laws are still on file."""
    folder = tmp_path_factory.mktemp("bare")
    source = copy_site(folder / "source")
    shutil.rmtree(source / EPISODES)
    return build(source, folder / "site")


def test_a_site_without_lessons_does_not_speak_of_them(bare: Built, sample: Built) -> None:
    """No page of lessons, laws and topics, no feed, and no link to any; all else is there."""
    ours = ("episodes/", "laws/", "topics/")
    assert not [path for path in bare.files if path.startswith(ours)]
    assert {path for path in sample.pages if not path.startswith(ours)} == set(bare.pages)
    for path, page in bare.pages.items():
        assert not [link for _, link in page.links() if re.search(r"(^|/)(episodes|laws|topics)/", link)], path
        assert "普法课堂" not in page.text, path
    together = "".join(str(one.text) for one in ET.fromstring(bare.data("sitemap-1.xml")).iter())
    assert "episodes/" not in together
    assert Path(bare.source / "laws/civil-code.yml").exists()
