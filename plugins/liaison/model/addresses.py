"""Web addresses that go onto paper: which of them nobody could follow, or would not lead to the real site for long."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_ODD = re.compile(r"[\s\"'<>\\^`{|}\x00-\x1f\x7f]")
_LABEL = re.compile(r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
_LONGEST = 253
"""Characters that a host name may have (RFC 1035)."""

_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)
"""A last label that makes browsers take the host for an IPv4 address: 127.0.0.1, 2130706433, 0x7f.1 (WHATWG URL)."""

_THIS_COMPUTER = ("localhost", "localdomain")
_RESERVED = (
    *("test", "example", "invalid", "example.com", "example.net", "example.org"),  # RFC 2606 and 6761
    *("local", "intranet", "internal", "private", "corp", "home", "lan"),  # RFC 6762, with its appendix G
    "home.arpa",  # RFC 8375
)
"""Names that lead nowhere on the public network, themselves and all below."""

_PASSING = (
    *("ngrok.io", "ngrok.app", "ngrok.dev", "ngrok-free.app", "ngrok-free.dev", "trycloudflare.com", "loca.lt"),
    *("nip.io", "sslip.io"),  # the host is an IP address in other words
    *("github.io", "gitlab.io", "gitee.io", "netlify.app", "vercel.app", "pages.dev", "workers.dev"),
)
"""Hosts of tunnels and previews."""

_TRIAL = re.compile(r"(?:.*-)?(?:test|testing|dev|stage|staging|uat|sit|demo|preview|pre|sandbox)\d*(?:-.*)?")
"""A first label of a host that is there for trying things out: test, dev2, test-db, db-uat."""


def unfit_for_print(url: str, *, strictly: bool) -> str | None:
    """Why an address must not go onto paper, in Chinese, to follow the word 网址; None where it may.

    A port is allowed. With `strictly`, for print that is handed out, hosts that are there for tests are refused too.
    """
    if _ODD.search(url):
        return "里有空格、引号或不能用的符号"
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "不是完整的网址"
    faults = {
        "不以 https:// 开头": parts.scheme != "https",
        "里写了用户名": "@" in parts.netloc,
        "里缺少域名": not host,
        "的主机是 IP 地址": "[" in parts.netloc or ":" in host,
        "的端口不对": port == 0,
    }
    return next((reason for reason, is_so in faults.items() if is_so), None) or _unfit_host(host, strictly)


def _unfit_host(written: str, strictly: bool) -> str | None:
    host = _plain(written)
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return "的主机是 IP 地址"
    if not all(_LABEL.fullmatch(label) for label in labels):
        return "的域名写错了"
    if _below(host, _THIS_COMPUTER):
        return "指向本机（localhost），别人打不开"
    if len(labels) == 1:
        return "的主机名只在内部网络里有效"
    return _trial(host) if strictly else None


def _plain(host: str) -> str:
    """The host as it is looked up: ASCII in small letters, without the root's dot; empty where it is no host name."""
    if len(host) > _LONGEST + 1:
        return ""
    try:
        return host.encode("idna").decode("ascii").lower().removesuffix(".")
    except ValueError:
        return ""


def _trial(host: str) -> str | None:
    """Why a host is not the real site's."""
    if name := _below(host, _RESERVED):
        return f"用的是保留给测试、举例或内部网络的域名 {name}"
    if name := _below(host, _PASSING):
        return f"用的是临时域名 {name}"
    first = host.partition(".")[0]
    if _TRIAL.fullmatch(first):
        return f"像是测试用的网址（{first}）"
    return None


def _below(host: str, names: tuple[str, ...]) -> str | None:
    """The one of these names that the host is or lies below."""
    return next((name for name in names if host == name or host.endswith(f".{name}")), None)
