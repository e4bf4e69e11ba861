"""Whether every address of the host answers, over IPv4 and IPv6 alike."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from liaison.publish.visit import host_of

from .client import Answer, Client, port_of
from .findings import Finding, good, noted
from .silence import SilenceError
from .table import bad
from .wire import NO_WAY, Address, is_ip, is_ipv6

_MOST = 8
"""Addresses that are tried."""


def addresses(url: str, client: Client) -> Iterator[Finding]:
    """Each address of the host of a page gives the same page."""
    parts = urlsplit(url)
    host, port = host_of(parts), port_of(parts)
    if is_ip(host):
        yield noted("网址是 IP 地址，没有检查域名的 IPv4 和 IPv6 地址")
        return
    every = client.reach.addresses(host, port)[:_MOST]
    six = [one for one in every if is_ipv6(one[0])]
    four = [one for one in every if one not in six]
    if not four:
        yield bad("ipv4-missing", f"{host} 只有 {'、'.join(one[0] for one in six)}")
    known = _first(client, url, four) if four else None
    yield from _fours(client, url, four, known)
    if six:
        yield from _sixes(client, url, six, known)
    elif client.reach.is_set(host):
        yield noted("用 --resolve 指定了 IPv4 地址，没有检查 IPv6")
    else:
        yield bad("ipv6-missing", f"{host} 只有 {'、'.join(one[0] for one in four)}")


def _first(client: Client, url: str, every: list[Address]) -> Answer | None:
    for one in every:
        try:
            return client.at(one, url)
        except SilenceError:
            continue
    return None


def _fours(client: Client, url: str, four: list[Address], known: Answer | None) -> Iterator[Finding]:
    dead = list(_dead(client, url, four)) if len(four) > 1 and known else []
    for one, error in dead:
        yield bad("address-dead", f"{one[0]}：{error}")
    if len(four) > 1 and known and not dead:
        yield good(f"{len(four)} 个 IPv4 地址都能打开")


def _sixes(client: Client, url: str, six: list[Address], known: Answer | None) -> Iterator[Finding]:
    dead = list(_dead(client, url, six))
    if dead and all(error.number in NO_WAY for _, error in dead):
        yield noted("这台电脑没有 IPv6 网络，没有检查 IPv6")
        return
    for one, error in dead:
        yield bad("ipv6-dead", f"[{one[0]}]：{error}")
    if dead:
        return
    seen = _first(client, url, six)
    if known and seen and (seen.status, seen.text) != (known.status, known.text):
        yield bad("ipv6-differs", f"IPv4 回答 {known.status}，IPv6 回答 {seen.status}")
    else:
        yield good("用 IPv6 也能打开")


def _dead(client: Client, url: str, every: list[Address]) -> Iterator[tuple[Address, SilenceError]]:
    for one in every:
        try:
            client.at(one, url)
        except SilenceError as error:
            yield one, error
