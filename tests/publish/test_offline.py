from __future__ import annotations

import os
import posixpath
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from time import process_time, sleep
from urllib.parse import unquote, urlsplit

import pytest

from liaison.publish.manifest import NAME
from liaison.publish.offline import README, OfflineError, offline_copy
from liaison.publish.offline_page import CODES, Copy
from liaison.workers import Crew
from support.offline import as_release, offline_of
from support.releases import DEPUTY, STATION, page, release, small_files
from support.sites import Built, contents

SITE = "https://www.example.gov.cn/zt/jiazhan/"


@pytest.fixture(scope="module")
def copied(sample: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return offline_of(sample, tmp_path_factory.mktemp("offline"))


class _Walk(HTMLParser):
    """Every address of a page, read by the library's own parser."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, str, str]] = []
        self.tags: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, tuple(attrs)))
        for name, value in attrs:
            if name in {"href", "src", "action", "poster", "srcset"} and ("rel", "canonical") not in attrs:
                self.found.append((tag, name, value or ""))


def _inner(built: Built) -> Iterator[tuple[str, str]]:
    for path in built.files:
        if path.endswith(".html"):
            for _, _, address in _Walk(built.text(path)).found:
                if not re.match(r"[a-z]+:|#", address):
                    yield path, address


def test_every_link_of_every_page_leads_to_a_file_on_the_disk(copied: Built) -> None:
    """No server finds `index.html` for a folder, or knows where the site's root is."""
    count = 0
    for path, address in _inner(copied):
        count += 1
        assert not address.startswith("/"), (path, address)
        at = posixpath.join(posixpath.dirname(path), unquote(urlsplit(address).path))
        assert (copied.tree / posixpath.normpath(at)).is_file(), (path, address)
        assert not at.endswith("/")
    assert count > 10_000


def test_only_addresses_differ_from_the_release(sample: Built, copied: Built) -> None:
    """With the line and the script taken out and addresses undone, elements and text are those of the site."""
    for path in sample.pages:
        if path.startswith(("guides/", "about/")):
            continue  # their search box is gone
        ours = copied.text(path)
        ours = re.sub(r'<p class="sample">离线版：[^<]*</p>\n', "", ours, count=1)
        ours = re.sub(rf'<script src="[./]*{CODES}"></script>\n', "", ours, count=1)
        if path == "404.html":
            ours = ours.replace('="./', '="').replace("index.html", "")
            theirs = sample.text(path).replace(f'="{sample.mount}./', f'="{sample.mount}').replace(sample.mount, "")
        else:
            ours, theirs = re.sub(r"(?<=[\"/])index\.html(?=[\"#?])", "", ours), sample.text(path)
        assert ours == theirs, path


def test_other_files_are_the_same_bytes(sample: Built, copied: Built) -> None:
    """Styles, scripts, pictures and media are copied; the manifest, which would be wrong, is not; names are ASCII."""
    theirs = {path: data for path, data in contents(sample.tree).items() if not path.endswith(".html")}
    ours = {path: data for path, data in contents(copied.tree).items() if not path.endswith(".html")}
    assert set(ours) - set(theirs) == {README, CODES}
    assert {path: ours[path] for path in theirs} == theirs
    assert NAME not in ours
    assert all(path.isascii() for path in copied.files)


def test_every_page_says_that_it_is_a_copy_and_of_which_day(sample: Built, copied: Built) -> None:
    """A reviewer must not take an old stick for the site; canonical addresses and policies stay."""
    for path, facts in copied.pages.items():
        assert "离线版：内容截至2026年11月22日，以网站上公布的为准" in facts.lines, path
        assert facts.canonical() == sample.pages[path].canonical()
        policies = [one["content"] for one in facts.all("meta", http_equiv="Content-Security-Policy")]
        assert policies == [
            one["content"] for one in sample.pages[path].all("meta", http_equiv="Content-Security-Policy")
        ]


def test_manual_pages_have_no_search_box_but_a_sentence(sample: Built, copied: Built) -> None:
    """A script may not read the index from a disk, so nothing is offered that cannot work."""
    for path in ("guides/how-to-meet-your-deputy/index.html", "about/privacy/index.html"):
        assert sample.pages[path].all("form", name="search")
        facts = copied.pages[path]
        assert not facts.all("form", name="search")
        assert not facts.all("label", **{"for": "__search"})
        assert "离线版不能搜索" in facts.text
        assert len(re.findall("<div", copied.text(path))) == len(re.findall("</div>", copied.text(path)))


def test_the_list_of_codes_is_that_of_the_pages(sample: Built, copied: Built) -> None:
    """The page where codes are typed asks it instead of a server."""
    listed = re.fullmatch(r"window\.liaisonListed = '([SD0-9A-Z ]+)';\n", copied.text(CODES))
    assert listed
    pages = {path for path in sample.pages if path[:2] in {"S/", "D/"}}
    assert {f"{one[0]}/{one[1:3]}/{one[3:]}/index.html" for one in listed[1].split(" ")} == pages
    assert len(listed[1].split(" ")) == len(pages)


FILES = frozenset(
    {"index.html", "c/index.html", "S/3F/7K2MC/index.html", "a/b/index.html", "a/b/x.pdf", "a&b/index.html"}
)
COPY = Copy(FILES, (SITE, "HTTPS://DB.EXAMPLE.GOV.CN/"), date(2026, 11, 22))


@pytest.mark.parametrize(
    ("markup", "made"),
    [
        ('<a href="../../c/">', '<a href="../../c/index.html">'),
        ("<a href='../../c/?q=1#x'>", "<a href='../../c/index.html?q=1#x'>"),
        ("<a href=../../c/>", "<a href=../../c/index.html>"),
        ('<A HREF = "../../c">', '<A HREF = "../../c/index.html">'),
        ('<a href="../..">', '<a href="../../index.html">'),
        ('<a href="./">', '<a href="./index.html">'),
        ('<a href="../../a&amp;b/">', '<a href="../../a&amp;b/index.html">'),
        ('<a href="../../%63/">', '<a href="../../%63/index.html">'),
        ('<a href="x.pdf">', '<a href="x.pdf">'),
        ('<a href="#x">', '<a href="#x">'),
        ('<a href="?q=1">', '<a href="?q=1">'),
        ('<a href="">', '<a href="">'),
        ('<a href="gone/">', '<a href="gone/">'),
        ('<a href="/zt/jiazhan/c/">', '<a href="../../c/index.html">'),
        ('<a href="/zt/jiazhan/">', '<a href="../../index.html">'),
        ('<a href="/zt/other/">', '<a href="/zt/other/">'),
        ('<a href="//www.example.gov.cn/zt/jiazhan/c/">', '<a href="//www.example.gov.cn/zt/jiazhan/c/">'),
        (f'<a href="{SITE}c/">', '<a href="../../c/index.html">'),
        (f'<a href="{SITE}">', '<a href="../../index.html">'),
        (f'<a href="{SITE}gone/">', f'<a href="{SITE}gone/">'),
        ('<a href="https://db.example.gov.cn/S/3F/7K2MC/">', '<a href="../../S/3F/7K2MC/index.html">'),
        ('<a href="HTTPS://DB.EXAMPLE.GOV.CN/S/3F/7K2MC/">', '<a href="../../S/3F/7K2MC/index.html">'),
        ('<a href="https://other.example.gov.cn/c/">', '<a href="https://other.example.gov.cn/c/">'),
        ('<a href="tel:12345">', '<a href="tel:12345">'),
        ('<a href="javascript:alert(1)">', '<a href="javascript:alert(1)">'),
        (f'<link rel="canonical" href="{SITE}c/">', f'<link rel="canonical" href="{SITE}c/">'),
        (f'<meta property="og:url" content="{SITE}c/">', f'<meta property="og:url" content="{SITE}c/">'),
        (
            '<meta http-equiv="refresh" content="0; url=../../c/">',
            '<meta http-equiv="refresh" content="0; url=../../c/index.html">',
        ),
        (
            f'<meta http-equiv="refresh" content="5;URL={SITE}c/">',
            '<meta http-equiv="refresh" content="5;URL=../../c/index.html">',
        ),
        ('<form hidden action="../../c/">', '<form hidden action="../../c/index.html">'),
        ('<form data-base="/zt/jiazhan/./">', '<form data-base="../.././">'),
        ('<form data-base="../">', '<form data-base="../">'),
        ('<img srcset="/zt/jiazhan/a/b/x.pdf 1x, y.png 2x">', '<img srcset="../../a/b/x.pdf 1x, y.png 2x">'),
        ("<p title='<a href=\"../../c/\">'>", "<p title='<a href=\"../../c/\">'>"),
        ('<p title="x > y" data-x="<a href=\'../../c/\'>">', '<p title="x > y" data-x="<a href=\'../../c/\'>">'),
        ('<!-- <a href="../../c/"> -->', '<!-- <a href="../../c/"> -->'),
        ('<script>"<a href=\\"../../c/\\">"</script>', '<script>"<a href=\\"../../c/\\">"</script>'),
        (
            '<script type="application/ld+json">{"url":"../../c/"}</script>',
            '<script type="application/ld+json">{"url":"../../c/"}</script>',
        ),
        ('<title><a href="../../c/"></title>', '<title><a href="../../c/"></title>'),
        ('<textarea><a href="../../c/"></textarea>', '<textarea><a href="../../c/"></textarea>'),
        ('<a title="1 href=2" href="../../c/">', '<a title="1 href=2" href="../../c/index.html">'),
        ('a < b <a href="../../c/">', 'a < b <a href="../../c/index.html">'),
        ('<a href="../../c/', '<a href="../../c/'),
    ],
)
def test_an_address_changes_only_where_it_means_a_page_of_the_copy(markup: str, made: str) -> None:
    """Of a page two folders deep: what is no address of this site, or no address at all, stays byte for byte."""
    assert COPY.page("a/b/index.html", markup.encode()).decode() == made


def test_a_page_without_an_emblem_row_says_it_first_of_all() -> None:
    """A site may have another layout."""
    made = COPY.page("index.html", b'<body class="x"><p>y').decode()
    assert made.startswith('<body class="x"><p class="sample">离线版：')


def test_a_malformed_tag_takes_no_time() -> None:
    """Half a megabyte of open quotes and brackets is done within a moment, and left as it is."""
    start = process_time()
    for bad in ('<a "', "<a '\"", "<script ", "<script>", "<script>'", "<!-- ", "<a href=", "<a href='", "<body "):
        data = bad.encode() * 50_000
        assert COPY.page("index.html", data) == data
    assert process_time() - start < 5


def test_with_workers_the_copy_is_the_same(tmp_path: Path) -> None:
    """However many work on it; and a second copy over the first is the same again."""
    files = {f"D/{number:04}/index.html": page(f"{number}", depth=2) for number in range(2_500)}
    release(tmp_path / "site", {**small_files(), **files})
    assert offline_copy(tmp_path / "site", tmp_path / "one", Crew(1)) == 2_508
    assert offline_copy(tmp_path / "site", tmp_path / "two", Crew(2)) == 2_508
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
    assert offline_copy(tmp_path / "site", tmp_path / "two", Crew(2)) == 2_508
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_new_copy_replaces_the_earlier_one_whole(tmp_path: Path) -> None:
    """Nothing of an earlier release stays, as a page of somebody who was taken down."""
    release(tmp_path / "site", small_files("旧"))
    offline_copy(tmp_path / "site", tmp_path / "out")
    assert (tmp_path / "out" / f"D/{DEPUTY[:2]}/{DEPUTY[2:]}/index.html").is_file()
    (tmp_path / "out" / "stray.html").write_text("stray")
    files = {path: data for path, data in small_files("新").items() if not path.startswith("D/")}
    release(tmp_path / "later", files)
    offline_copy(tmp_path / "later", tmp_path / "out")
    assert set(contents(tmp_path / "out")) == {*files, README, CODES}
    assert f"S{STATION}" in (tmp_path / "out" / CODES).read_text()
    assert DEPUTY not in (tmp_path / "out" / CODES).read_text()
    assert sorted(one.name for one in tmp_path.iterdir() if one.is_dir()) == ["later", "out", "site"]


def _spoil(site: Path) -> None:
    (site / "S" / STATION[:2] / STATION[2:] / "index.html").write_text("changed")


def _lose(site: Path) -> None:
    (site / "sitemap.xml").unlink()


def _unlist(site: Path) -> None:
    (site / NAME).unlink()


def _break(site: Path) -> None:
    (site / NAME).write_text("{")


@pytest.mark.parametrize(
    ("fault", "said"),
    [(_spoil, "对不上"), (_lose, "对不上"), (_unlist, "不是 liaison build 生成的站点"), (_break, "不完整")],
)
def test_a_release_that_was_touched_is_refused_and_the_earlier_copy_stays(
    tmp_path: Path, fault: object, said: str
) -> None:
    """What a reviewer reads is what the manifest says, or nothing new at all."""
    release(tmp_path / "site", small_files("旧"))
    offline_copy(tmp_path / "site", tmp_path / "out")
    before = contents(tmp_path / "out")
    release(tmp_path / "site", small_files("新"))
    assert callable(fault)
    fault(tmp_path / "site")
    with pytest.raises(OfflineError, match=said):
        offline_copy(tmp_path / "site", tmp_path / "out")
    assert contents(tmp_path / "out") == before


def test_a_folder_that_is_no_earlier_copy_is_left_alone(tmp_path: Path) -> None:
    """Somebody may name the wrong folder."""
    site = tmp_path / "site"
    release(site)
    other = tmp_path / "papers"
    other.mkdir()
    (other / "letter.txt").write_text("keep")
    linked = tmp_path / "linked"
    linked.symlink_to(other)
    for out in (other, linked, site, site / "copy", tmp_path, other / "letter.txt"):
        with pytest.raises(OfflineError):
            offline_copy(site, out)
    assert (other / "letter.txt").read_text() == "keep"
    assert not (site / "copy").exists()
    empty = tmp_path / "empty"
    empty.mkdir()
    assert offline_copy(site, empty) == 8


def test_a_copy_that_was_killed_half_way_leaves_no_trace_in_the_next(tmp_path: Path) -> None:
    """What lies beside the folder from a program that was ended is cleared away."""
    release(tmp_path / "site")
    half = tmp_path / ".out.new"
    half.mkdir()
    (half / "half.html").write_text("half")
    offline_copy(tmp_path / "site", tmp_path / "out")
    assert "half.html" not in contents(tmp_path / "out")
    assert not half.exists()


def test_killed_at_work_it_leaves_the_earlier_copy(tmp_path: Path) -> None:
    """The copy that is there stands until another is whole; the next run clears away what was begun."""
    files = {f"D/{number:04}/index.html": page(f"{number}", depth=2) for number in range(3_000)}
    release(tmp_path / "site", small_files("旧"))
    offline_copy(tmp_path / "site", tmp_path / "out")
    before = contents(tmp_path / "out")
    release(tmp_path / "later", {**small_files("新"), **files})
    program = (
        "import sys, pathlib as p; from liaison.publish.offline import offline_copy as o; o(*map(p.Path, sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, str(tmp_path / "later"), str(tmp_path / "out")]
    with subprocess.Popen(command, start_new_session=True) as process:
        while process.poll() is None and len(list(tmp_path.glob(".out.new/D/*"))) < 200:
            sleep(0.005)
        assert process.poll() is None
        os.killpg(process.pid, signal.SIGKILL)
    assert contents(tmp_path / "out") == before
    assert offline_copy(tmp_path / "later", tmp_path / "out") == 3_008
    assert not list(tmp_path.glob(".out.new*"))


def test_a_rooted_site_is_copied_too(rooted: Built, tmp_path: Path) -> None:
    """On a host of its own the page for what is missing has addresses that begin with a slash."""
    out = tmp_path / "out"
    offline_copy(as_release(rooted, tmp_path / "release"), out)
    assert not [address for _, address in _inner(Built(rooted.source, out)) if address.startswith("/")]
    assert 'href="liaison/assets/liaison.css' in (out / "404.html").read_text("utf-8")
