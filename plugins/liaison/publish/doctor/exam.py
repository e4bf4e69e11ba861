"""The examination: all checks in the order in which one depends on the other, group by group."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from urllib.parse import urlsplit

from liaison.plan.urls import opened
from liaison.publish.manifest import NAME, Manifest, ManifestError
from liaison.publish.visit import host_of

from .check_addresses import addresses
from .check_caching import caching, validators
from .check_compression import compression
from .check_content import links, requests
from .check_headers import policies, safety, talk
from .check_kinds import charsets, kinds, ranges
from .check_missing import hidden, listings, not_found
from .check_paths import files, manifest, pages, wechat
from .check_redirects import judged, shown, slashes, to_https, to_main
from .check_volume import folders, same_release, speed
from .client import Answer, Client, GivenUpError
from .coding import CodingError
from .door import knock
from .findings import Finding, good
from .silence import SilenceError
from .subject import Subject
from .table import bad
from .wire import Reach

_OK = 200
_MANIFEST = 64_000_000
"""Bytes of a manifest that are read at most; one of 140,000 files and codes has 50 million."""
_OURS = "liaison/assets/"
"""What every page of a site loads its styles from."""

Check = Callable[[], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be examined."""

    base: str
    """Address of the site; ends in a slash."""
    now: datetime
    short: str = ""
    """Address that codes begin with, where it is on another host."""
    hosts: frozenset[str] = frozenset()
    """Further hosts that are the site's own."""
    given: Manifest | None = None
    """What the site should hold, for one that does not say so itself."""
    own: Manifest | None = None
    """What lies on this computer."""
    media_hosts: frozenset[str] = frozenset()
    """Hosts that recordings may lie on."""


@dataclass(frozen=True, slots=True)
class Group:
    """Findings that belong together."""

    title: str
    findings: Sequence[Finding]


def examine(order: Order, reach: Reach, tls: ssl.SSLContext) -> Iterator[Group]:
    """All groups, each as soon as it is known. Ends early where the server cannot be examined."""
    client = Client(reach, tls)
    try:
        yield from _Examination(order, client).groups()
    finally:
        client.close()


@dataclass
class _Examination:
    order: Order
    client: Client
    is_over: bool = False
    silent: set[str] = field(default_factory=set)
    """Addresses that gave no answer, each said once."""

    @property
    def hosts(self) -> frozenset[str]:
        """All hosts that are the site's own."""
        named = filter(None, (self.order.base, self.order.short))
        return self.order.hosts | {host_of(urlsplit(one)) for one in named}

    def groups(self) -> Iterator[Group]:
        strict = self.client.tls
        door = knock(self.order.base, self.client, self.order.now)
        yield Group("域名和加密", door.findings)
        subject = None
        if door.is_open:
            subject, found = self._entrance(door.base)
            yield Group("首页和清单", found)
        if subject is not None:
            yield from self._pages(subject)
        if self.order.short and not self.is_over:
            kept, self.client.tls = self.client.tls, strict
            yield from self._short(self.order.short, subject, None if kept is strict else kept)

    def _entrance(self, base: str) -> tuple[Subject | None, list[Finding]]:
        """The site behind an open door; none where it is not one of ours."""
        subject = Subject(base, self.client, self.order.now, self.hosts, media_hosts=self.order.media_hosts)
        found = self._done([partial(_home, subject)])
        if self.is_over or any(one.is_bad for one in found):
            return None, found
        release: list[Manifest] = []
        found += self._done([partial(_manifest, subject, release)])
        held = release[0] if release else self.order.given or self.order.own
        return Subject(
            base, self.client, self.order.now, self.hosts, held, bool(release), self.order.media_hosts
        ), found

    def _pages(self, subject: Subject) -> Iterator[Group]:
        same = partial(same_release, subject, self.order.own)
        table: list[tuple[str, list[Check]]] = [
            ("网络地址", [partial(addresses, subject.base, self.client)]),
            ("页面和文件", _all(subject, pages, files, manifest, wechat)),
            ("跳转", _all(subject, _plain, slashes)),
            ("没有的页面，不该公开的文件", _all(subject, not_found, listings, hidden)),
            ("文件类型", _all(subject, kinds, charsets, ranges)),
            ("压缩和缓存", _all(subject, compression, caching, validators)),
            ("响应头", _all(subject, safety, policies, talk)),
            ("页面内容", _all(subject, requests, links)),
            ("规模和速度", [*_all(subject, folders, speed), same]),
        ]
        for title, checks in table:
            if found := self._done(checks):
                yield Group(title, found)
            if self.is_over:
                return

    def _short(self, base: str, subject: Subject | None, lax: ssl.SSLContext | None) -> Iterator[Group]:
        """The host of the short address: it may hold the site itself, or lead to it."""
        door = knock(base, self.client, self.order.now)
        yield Group(f"短网址 {urlsplit(base).netloc}：域名和加密", door.findings)
        if not door.is_open:
            return
        self.client.tls = lax or self.client.tls
        codes = [opened(path) for path in subject.codes] if subject else []
        main = subject.base if subject else self.order.base
        places = codes or [""]
        checks: list[Check] = [partial(addresses, door.base + places[0], self.client)]
        checks += [partial(to_main, door.base, one, self.client, self.hosts, main) for one in places]
        checks.append(partial(to_https, door.base, places[0], self.client, self.hosts, main))
        yield Group(f"短网址 {urlsplit(base).netloc}：跳转", self._done(checks))

    def _done(self, checks: Iterable[Check]) -> list[Finding]:
        """What some checks find; a server that keeps silent ends a check, or everything."""
        found: list[Finding] = []
        for check in checks:
            try:
                found.extend(check())
            except SilenceError as error:
                if error.url not in self.silent:
                    self.silent.add(error.url)
                    found.append(bad("silent", f"{error.url}：{error}"))
            except GivenUpError:
                self.is_over = True
                return [*found, bad("given-up")]
        return found


def _all(subject: Subject, *checks: Callable[[Subject], Iterable[Finding]]) -> list[Check]:
    return [partial(check, subject) for check in checks]


def _plain(subject: Subject) -> Iterator[Finding]:
    """From http to https, at the page of a code where one is there."""
    places = [opened(path) for path in subject.codes if path in subject.live_pages]
    yield from to_https(subject.base, (places or [""])[0], subject.client, subject.hosts, subject.base)


def _home(subject: Subject) -> Iterator[Finding]:
    """The home page is there, and one of ours."""
    way = subject.client.follow(subject.base)
    if way.hops or way.trouble or way.last.is_moved:
        errors = (one for one in judged(way, subject.base, subject.hosts) if one.is_bad)
        yield next(errors, bad("home-bad", shown(way)))
        return
    if way.last.status != _OK:
        is_there = subject.get("index.html").status == _OK
        yield bad("index-missing" if is_there else "home-bad", f"{subject.base} 回答 {way.last.status}")
    elif _OURS not in way.last.text:
        yield bad("compress-damaged", "首页") if _is_damaged(way.last) else bad("home-other", subject.base)
    else:
        yield good(f"首页能打开：{subject.base}")


def _is_damaged(answer: Answer) -> bool:
    try:
        return not answer.body
    except CodingError:
        return True


def _manifest(subject: Subject, into: list[Manifest]) -> Iterator[Finding]:
    """The site's own manifest, which is put into a list."""
    answer = subject.client.get(subject.url(NAME), most=_MANIFEST)
    if answer.status != _OK or answer.text.lstrip().startswith("<"):
        yield bad("manifest-missing", f"/{NAME} 回答 {answer.status}")
        return
    try:
        into.append(Manifest.of(answer.body))
    except (ManifestError, CodingError) as error:
        yield bad("manifest-broken", str(error))
        return
    yield good(f"清单 {NAME} 完整，{into[0].made_on:%Y-%m-%d} 的版本，校验值 {into[0].tree[:12]}")
