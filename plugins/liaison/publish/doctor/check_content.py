"""What pages ask for: nothing without encryption, nothing of other hosts, no link that leaves the site by mistake."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urljoin, urlsplit

from liaison.plan.urls import opened
from liaison.publish.visit import host_of

from .findings import Finding, good
from .markup import Markup
from .subject import Subject
from .table import bad

_NAMED = 3


def requests(subject: Subject) -> Iterator[Finding]:
    """Whatever a page fetches or sends goes over https, and to the site itself."""
    plain: dict[str, None] = {}
    foreign: dict[str, None] = {}
    for path, answer in subject.live_pages.items():
        found, at = Markup.of(answer.text), subject.url(opened(path))
        for there in _absolute(at, [*found.loaded, *found.played, *found.sent_to]):
            if there.startswith("http://") and not there.startswith(subject.base):
                plain[f"/{opened(path)} 里的 {there[:80]}"] = None
        for there in _absolute(at, found.loaded):
            host = host_of(urlsplit(there))
            if there.startswith("https://") and host not in subject.hosts | subject.media_hosts:
                foreign[host] = None
    if plain:
        yield bad("mixed-content", "，".join(list(plain)[:_NAMED]))
    if foreign:
        yield bad("foreign-request", "、".join(list(foreign)[:_NAMED]))
    if not plain and not foreign:
        yield good("页面不向别的网站要内容，没有不加密的内容")


def links(subject: Subject) -> Iterator[Finding]:
    """Links below a path stay below it."""
    root = urlsplit(subject.base).path
    if root == "/":
        return
    outside: dict[str, None] = {}
    for path, answer in subject.live_pages.items():
        found, at = Markup.of(answer.text), subject.url(opened(path))
        for link in [*found.loaded, *found.sent_to, *found.links]:
            if "://" not in link and not link.startswith("//"):
                for there in _absolute(at, [link]):
                    if not urlsplit(there).path.startswith(root):
                        outside[f"/{opened(path)} 里的 {link[:60]}"] = None
    if outside:
        yield bad("link-outside", "，".join(list(outside)[:_NAMED]))
    else:
        yield good(f"页面里的链接都在 {root} 下面")


def _absolute(at: str, links: Iterable[str]) -> Iterator[str]:
    """Web addresses that links lead to."""
    for link in links:
        try:
            there = urljoin(at, link)
            host_of(urlsplit(there))
        except ValueError:
            continue
        if there.startswith(("http://", "https://")):
            yield there
