"""A real Chromium for the tests below: one browser, a fresh context a test, nothing but loopback within reach."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from support.browser import Address, Opener, Watch
from support.kinds import one_of_each
from support.server import StaticHost
from support.sites import Built

OFFLINE = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium as the system has it."""
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("needs Chromium (Debian package chromium)")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=list(OFFLINE))
        yield running
        running.close()


@pytest.fixture
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Makes contexts that end with the test."""
    made: list[BrowserContext] = []

    def make(**options: Any) -> BrowserContext:
        made.append(browser.new_context(**options))
        return made[-1]

    yield make
    for context in made:
        context.close()


@pytest.fixture
def at(host: StaticHost, sample: Built) -> Address:
    """The address of a page of the sample on the test host."""
    return lambda path: host.origin + sample.mount + path


@pytest.fixture
def kinds(sample: Built, heavy: Built, host: StaticHost) -> dict[str, str]:
    """Addresses of one page of every kind."""
    return one_of_each(sample, heavy, host.origin + sample.mount, f"{host.origin}/heavy/")


@pytest.fixture
def opener(contexts: Callable[..., BrowserContext], host: StaticHost) -> Iterator[Opener]:
    """Opens pages; at the end no console error, no script error and no request to another host may have occurred."""
    watches: list[Watch] = []

    def open_page(url: str, *, size: tuple[int, int] = (390, 844), origin: str = host.origin, **options: Any) -> Page:
        page = contexts(viewport={"width": size[0], "height": size[1]}, **options).new_page()
        watches.append(Watch(page, origin))
        page.goto(url)
        return page

    yield open_page
    complaints = [complaint for watch in watches for complaint in watch.complaints]
    assert not complaints
