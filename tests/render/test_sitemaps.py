import xml.etree.ElementTree as ET
from urllib.robotparser import RobotFileParser

import pytest

from liaison.render import sitemaps

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
URL = "https://example.gov.cn/zt/"


def listed(document: bytes, outer: str) -> list[str]:
    root = ET.fromstring(document)
    assert root.tag == SPACE + outer
    return [str(one.text) for one in root.iter(f"{SPACE}loc")]


@pytest.mark.parametrize(
    ("count", "sizes"), [(1, [1]), (50_000, [50_000]), (50_001, [50_000, 1]), (120_003, [50_000, 50_000, 20_003])]
)
def test_a_file_lists_at_most_50000_addresses(count: int, sizes: list[int]) -> None:
    """The limit of sitemaps.org; the index names every part, and together they list every page once, in order."""
    paths = [f"D/{number}/" for number in range(count)]
    files = dict(sitemaps.files(URL, paths))
    parts = listed(files["sitemap.xml"], "sitemapindex")
    assert parts == [f"{URL}sitemap-{number}.xml" for number in range(1, len(sizes) + 1)]
    assert set(files) == {"sitemap.xml", *(part.removeprefix(URL) for part in parts)}
    found = [listed(files[part.removeprefix(URL)], "urlset") for part in parts]
    assert [len(one) for one in found] == sizes
    assert [address for one in found for address in one] == [URL + path for path in paths]


def test_an_address_is_escaped() -> None:
    """A portal's path may hold an ampersand; XML may not."""
    url = "https://example.gov.cn/a&b<c>/"
    files = dict(sitemaps.files(url, ["", "S/3F/7K2MC/"]))
    assert b"a&amp;b&lt;c&gt;" in files["sitemap-1.xml"]
    assert listed(files["sitemap-1.xml"], "urlset") == [url, f"{url}S/3F/7K2MC/"]
    assert listed(files["sitemap.xml"], "sitemapindex") == [f"{url}sitemap-1.xml"]


def test_no_file_is_larger_than_50_megabytes() -> None:
    """The other limit of sitemaps.org, with addresses as long as ours get."""
    paths = [f"r/431382200/specialty/{'a' * 53}/{number}/" for number in range(50_000)]
    assert max(len(data) for _, data in sitemaps.files(URL, paths)) < 50 * 1024 * 1024


def test_a_site_without_pages_has_an_empty_index() -> None:
    """Well formed all the same."""
    assert [(name, listed(data, "sitemapindex")) for name, data in sitemaps.files(URL, [])] == [("sitemap.xml", [])]


def test_pages_say_when_they_were_changed() -> None:
    """Where that is known; the others say nothing of it."""
    files = dict(sitemaps.files(URL, ["", "S/3F/7K2MC/"], {"S/3F/7K2MC/": "2026-11-20T08:00:00Z"}))
    dates = [entry.findtext(f"{SPACE}lastmod") for entry in ET.fromstring(files["sitemap-1.xml"])]
    assert dates == [None, "2026-11-20T08:00:00Z"]


@pytest.mark.parametrize(("url", "path"), [(URL, "/zt/"), ("https://example.gov.cn/", "/")])
def test_robots_may_read_the_site_and_find_the_sitemap(url: str, path: str) -> None:
    """As Python's own reader understands it."""
    text = sitemaps.robots(url).decode()
    assert text.splitlines() == ["User-agent: *", f"Allow: {path}", f"Sitemap: {url}sitemap.xml"]
    parser = RobotFileParser()
    parser.parse(text.splitlines())
    assert parser.can_fetch("AnyBot", f"{url}D/7K/3M9TY/")
    assert parser.site_maps() == [f"{url}sitemap.xml"]
