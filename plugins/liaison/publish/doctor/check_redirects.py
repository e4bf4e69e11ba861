"""Redirects: from http to https, to the slash at the end of a folder, and that nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from liaison.plan.urls import opened
from liaison.publish.visit import host_of

from .client import Client, Way, port_of
from .findings import Finding, good, noted
from .silence import SilenceError
from .subject import Subject
from .table import bad

_QUERY = "from=liaison"
_OK, _ABSENT = 200, 400


def to_https(base: str, path: str, client: Client, hosts: frozenset[str], main: str) -> Iterator[Finding]:
    """From http:// of the same host to the same address of https://, or to that of the main site."""
    parts = urlsplit(base)
    if parts.scheme != "https":
        return
    if parts.port not in {None, 443}:
        yield noted(f"网址用的是端口 {parts.port}，没有检查 http:// 的跳转")
        return
    start = f"http{base.removeprefix('https').replace(':443/', '/', 1)}{path}?{_QUERY}"
    try:
        way = client.follow(start)
    except SilenceError as error:
        yield bad("http-dead", f"{_short(start)}：{error}")
        return
    if not way.hops and not way.last.is_moved:
        yield bad("http-dead" if way.last.status >= _ABSENT else "http-open", f"{_short(start)} 回答 {way.last.status}")
        return
    if way.urls[-1].startswith("http://") and not way.trouble:
        yield bad("http-open", shown(way))
        return
    faults = list(judged(way, goal(way, path, base, main), hosts, start_is_plain=True))
    yield from faults or [good("http:// 一步转到 https:// 的同一个地址")]


def to_main(base: str, path: str, client: Client, hosts: frozenset[str], main: str) -> Iterator[Finding]:
    """From a short address to the page of the main site, or the page itself."""
    start = base + path
    way = client.follow(start)
    faults = list(judged(way, goal(way, path, base, main), hosts))
    if not faults and way.last.status != _OK:
        faults = [bad("page-missing", f"{shown(way)}，回答 {way.last.status}")]
    yield from faults or [good(f"{start} 能打开" + (f"，转到 {way.urls[-1]}" if way.hops else ""))]


def goal(way: Way, path: str, base: str, main: str) -> str:
    """Where a chain should end: on the main site if it ends on its host, else where it began."""
    is_main = host_of(urlsplit(way.urls[-1])) == host_of(urlsplit(main))
    return (main if is_main else base) + path


def slashes(subject: Subject) -> Iterator[Finding]:
    """A folder without its slash leads to the one with it, in one step, to the same host and port."""
    places = [opened(path) for path in subject.live_pages if path in subject.codes[:1]]
    places += [opened(path) for path in subject.live_pages if path != "index.html"][: 0 if places else 1]
    if urlsplit(subject.base).path != "/":
        places.append("")
    faults = [finding for place in places for finding in _slash(subject, subject.url(place))]
    unlike = {finding.id: finding for finding in faults}
    if unlike:
        yield from unlike.values()
    elif places:
        yield good("网址末尾少了 / 时一步补上")


def _slash(subject: Subject, whole: str) -> Iterator[Finding]:
    start = whole.rstrip("/")
    way = subject.client.follow(f"{start}?{_QUERY}")
    first = way.answers[0]
    if not first.is_moved:
        yield bad("slash-none" if first.status < _ABSENT else "slash-missing", f"{_short(start)} 回答 {first.status}")
        return
    there, here = urlsplit(first.to), urlsplit(whole)
    if not first.to:
        yield bad("redirect-broken", f"{_short(start)} 跳转到 {first.headers.get('location', '（没有写明）')[:80]}")
    elif host_of(there) != host_of(here) or (there.scheme == here.scheme and port_of(there) != port_of(here)):
        yield bad("slash-host", shown(way))
    elif there.scheme != here.scheme:
        yield bad("slash-http", shown(way))
    else:
        yield from judged(way, whole, subject.hosts)


def judged(way: Way, wanted: str, hosts: frozenset[str], *, start_is_plain: bool = False) -> Iterator[Finding]:
    """What is wrong with a chain of redirects that should end at an address; of errors only the first."""
    if error := _error(way, wanted, hosts, start_is_plain=start_is_plain):
        yield error
        return
    if _QUERY in way.urls[0] and _QUERY not in way.urls[-1]:
        yield bad("redirect-query", shown(way))
    if way.hops > len({host_of(urlsplit(url)) for url in way.urls}):
        yield bad("redirect-hops", shown(way))


def _error(way: Way, wanted: str, hosts: frozenset[str], *, start_is_plain: bool) -> Finding | None:
    if way.trouble in {"loop", "endless"}:
        return bad("redirect-loop", shown(way))
    if any(host_of(urlsplit(url)) not in hosts for url in way.urls[1:]):
        return bad("redirect-host", shown(way))
    is_safe = wanted.startswith("https://")
    later = way.urls[2:] if start_is_plain else way.urls[1:]
    if is_safe and (any(url.startswith("http://") for url in later) or _falls_back(way)):
        return bad("redirect-http", shown(way))
    if way.trouble:
        return bad("redirect-broken", shown(way) + (f"：{way.why}" if way.why else ""))
    ends, due = (urlsplit(url).path.rstrip("/") for url in (way.urls[-1], wanted))
    is_lowered = ends == due.lower()  # the check of capitals says so
    return None if is_lowered or ends == due else bad("redirect-path", shown(way))


def _falls_back(way: Way) -> bool:
    """Whether the chain leaves https for http."""
    return any(
        a.startswith("https://") and b.startswith("http://") for a, b in zip(way.urls, way.urls[1:], strict=False)
    )


def shown(way: Way) -> str:
    """The chain in words, the first steps of a long one."""
    urls = way.urls[:5]
    return " → ".join(_short(url) for url in urls) + (" → …" if len(way.urls) > len(urls) else "")


def _short(url: str) -> str:
    return url.replace(f"?{_QUERY}", "")
