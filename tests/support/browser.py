"""What tests ask of a page in Chromium."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from playwright.sync_api import ConsoleMessage, Page, Request

Opener = Callable[..., Page]
"""Opens a page; options are those of a browser context."""

Address = Callable[[str], str]
"""The address of a path of the sample."""


@dataclass
class Watch:
    """Notes what must never happen on a page: console errors, script errors, requests to other hosts."""

    page: Page
    origin: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Listen from the first request on."""
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"{self.page.url}: {error}"))
        self.page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        missing = "Failed to load resource" in message.text and "404" in message.text  # what a test asked for
        if message.type in {"error", "warning"} and not missing:
            self.complaints.append(f"{self.page.url}: {message.type}: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.origin}/", "data:", "blob:", "about:")):
            self.complaints.append(f"{self.page.url}: asked another host for {request.url}")


def visible_text(page: Page, selector: str = "main") -> str:
    """What a reader sees of an element."""
    return page.locator(selector).first.inner_text()
