import re
from collections import Counter

from support.sites import Built

SLOT = "%%liaison"


def test_every_page_says_what_it_is(site: Built) -> None:
    """One h1, a title and a description of its own, the language, and a viewport that may be zoomed."""
    for path, page in site.pages.items():
        assert len(page.all("h1")) == 1, path
        assert page.title.strip(), path
        assert site.facts["name"] in page.title, path
        (root,) = page.all("html")
        assert root["lang"].startswith("zh"), path
        viewport = page.meta("viewport")
        assert "width=device-width" in viewport, path
        assert not re.search("maximum-scale|user-scalable", viewport), path
        if path != "404.html":
            assert page.meta("description").strip(), path


def test_every_page_knows_its_own_address(site: Built) -> None:
    """The canonical address is that of the site and the path, and no two pages share one."""
    for path, page in site.pages.items():
        expected = "" if path == "404.html" else site.url + path.removesuffix("index.html")
        assert page.canonical() == expected, path


def test_titles_tell_pages_apart(sample: Built) -> None:
    """No two pages of the same kind have one title, but those of hidden people, which say nothing."""
    titles = Counter(page.title for path, page in sample.pages.items() if path.startswith(("S/", "r/")))
    doubled = [title for title, count in titles.items() if count > 1]
    assert doubled == []


def test_ids_are_unique(site: Built) -> None:
    """No page has an id twice."""
    for path, page in site.pages.items():
        assert [one for one, count in Counter(page.ids).items() if count > 1] == [], path


def test_no_slot_is_left_over(site: Built) -> None:
    """Every slot of a shell was filled, and a sentinel page is in no file."""
    for path in site.files:
        if path.endswith((".html", ".json", ".xml", ".txt", ".js", ".css")):
            text = site.text(path)
            assert SLOT not in text, path
            assert "liaison-shell" not in text, path
        assert "liaison-shell" not in path


def test_record_pages_obey_their_own_policy(site: Built) -> None:
    """A strict CSP comes right after the charset; no style attribute, handler or inline script needs an exception."""
    for path, page in site.record_pages.items():
        head = page.elements[page.elements.index(page.all("head")[0]) + 1 :]
        assert head[0].attributes == {"charset": "utf-8"}, path
        assert head[1]["http-equiv"] == "Content-Security-Policy", path
        policy = dict(part.strip().partition(" ")[::2] for part in head[1]["content"].split(";"))
        assert policy["default-src"] == "'none'", path
        assert policy["base-uri"] == "'none'", path
        assert "unsafe" not in head[1]["content"], path
        assert "*" not in head[1]["content"], path
        for element in page.elements:
            assert not [name for name in element.attributes if name == "style" or name.startswith("on")], path
        assert not page.all("style"), path
        for script, text in page.scripts:
            assert script["type"] == "application/ld+json" or (script["src"] and not text), path


def test_pictures_have_a_size_and_words(site: Built) -> None:
    """An image says its width and height, so that nothing jumps, and what it shows."""
    for path, page in site.record_pages.items():
        for image in page.all("img"):
            assert {"width", "height", "alt"} <= image.attributes.keys(), path


def test_the_sample_says_that_it_is_one(site: Built) -> None:
    """While the notice is on, every page says 示例数据."""
    for path, page in site.pages.items():
        assert "示例数据" in page.text, path


def test_every_address_of_an_asset_changes_with_its_content(sample: Built) -> None:
    """Our style sheets and scripts carry a mark of their content, so that no phone keeps an old one."""
    for path, page in sample.pages.items():
        for element, address in page.links():
            if element.tag in {"script", "link"} and "liaison/assets/" in address:
                assert re.search(r"\.(css|js)\?v=[0-9a-f]{8}$", address), path
