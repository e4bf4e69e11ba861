"""The copy for a disk, opened from a file as by a double click: nothing of it may ask a server."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from support.browser import Opener
from support.offline import offline_of
from support.sites import Built

Opens = Callable[[str], Page]


@pytest.fixture(scope="session")
def stick(sample: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The sample on a disk."""
    return offline_of(sample, tmp_path_factory.mktemp("stick"))


@pytest.fixture
def opens(opener: Opener, stick: Built) -> Opens:
    """Opens a file of the copy; at the end nothing outside its folder may have been asked for."""
    return lambda path: opener(_uri(stick, path), origin=_uri(stick, "").rstrip("/"))


def _uri(stick: Built, path: str) -> str:
    return f"{Path(stick.tree).as_uri()}/{path}"


def _at(page: Page, stick: Built) -> str:
    return page.url.removeprefix(_uri(stick, ""))


def _is_styled(page: Page) -> bool:
    return bool(
        page.evaluate(
            "getComputedStyle(document.querySelector('.top')).position !== 'static' || "
            "getComputedStyle(document.querySelector('.sample')).textAlign === 'center'"
        )
    )


def test_from_the_home_page_by_clicking_to_a_lesson(opens: Opens, stick: Built) -> None:
    """Home, region, township, station, deputy, lesson, and back home: each click opens a page with style and script."""
    page = opens("index.html")
    for link, title in (
        ("联络站23个", "湖南省"),
        ("娄底市", "娄底市"),
        ("涟源市", "涟源市"),
        ("三甲乡", "三甲乡"),
        ("玉峰社区", "玉峰社区"),
        ("曾示例", "曾示例"),
        ("家里的宅基地", "宅基地"),
        ("湖南省人大代表联络站", "找到您身边的代表"),
    ):
        place = page.locator("header a.name" if title.startswith("找到") else "main a", has_text=link).first
        place.click()
        expect(page.locator("h1")).to_contain_text(title)
        assert _at(page, stick).endswith("index.html")
        assert page.evaluate("document.documentElement.classList.contains('js')")
        assert _is_styled(page)
        expect(page.get_by_text("离线版：内容截至2026年11月22日")).to_be_visible()
    assert _at(page, stick) == "index.html"


@pytest.mark.parametrize("typed", ["7k3 m9ty", "7K3M9TV", "HTTPS://DB.EXAMPLE.GOV.CN/D/7K/3M9TY/"])
@pytest.mark.parametrize("start", ["index.html", "c/index.html", "404.html"])
def test_a_code_leads_to_its_page_from_a_disk(opens: Opens, stick: Built, start: str, typed: str) -> None:
    """From the home page by way of the entry page, from there, and from the page for what is missing."""
    page = opens(start)
    page.locator("main input[name=q]").fill(typed)
    page.keyboard.press("Enter")
    page.wait_for_url(_uri(stick, "D/7K/3M9TY/index.html"))
    expect(page.locator("h1")).to_have_text("曾示例")


def test_a_code_that_is_not_there_is_said_plainly(opens: Opens, stick: Built) -> None:
    """The list of codes is known, so nobody is sent to a file that is missing."""
    page = opens("c/index.html")
    page.locator("#q").fill("7E3152X")
    page.locator("#entry button").click()
    expect(page.get_by_role("status")).to_contain_text("没有这个编号")
    assert _at(page, stick) == "c/index.html"


def test_a_manual_page_works_without_its_search(opens: Opens, stick: Built) -> None:
    """Script of the theme runs, keys that open the search do nothing, links work."""
    page = opens("guides/how-to-meet-your-deputy/index.html")
    assert page.evaluate("document.documentElement.classList.contains('js')")
    expect(page.get_by_text("离线版不能搜索")).to_be_visible()
    page.keyboard.press("s")
    page.keyboard.press("f")
    page.locator("footer a", has_text="隐私说明").click()
    expect(page.locator("h1").first).to_contain_text("隐私")
    assert _at(page, stick) == "about/privacy/index.html"
    assert _is_styled(page)


def test_a_recording_of_the_site_plays_from_a_disk(contexts: Callable[..., object], stick: Built) -> None:
    """The film runs; its captions a browser refuses to read from a disk, and the text stands on the page."""
    page = contexts().new_page()  # type: ignore[attr-defined]
    page.goto(_uri(stick, "episodes/minfadian/01/index.html"))
    page.evaluate(
        "new Promise(done => { const film = document.querySelector('video');"
        " film.addEventListener('timeupdate', () => { if (film.currentTime > 0.1) done(); }); film.play(); })"
    )
    expect(page.locator(".box").first).to_be_attached()


def test_without_script_the_copy_is_complete(opener: Opener, stick: Built) -> None:
    """Links are in the markup: nothing depends on a script."""
    page = opener(_uri(stick, "index.html"), origin=_uri(stick, "").rstrip("/"), java_script_enabled=False)
    page.locator("main a", has_text="联络站23个").first.click()
    page.locator("main a", has_text="娄底市").first.click()
    assert page.locator("h1").inner_text() == "娄底市"
