"""Headers that every answer should have, and those that none should."""

from __future__ import annotations

import re
from collections.abc import Iterator

from liaison.plan.urls import opened

from .client import Answer
from .findings import Finding, good
from .markup import Markup
from .policy import conflicts, parsed
from .subject import Subject
from .table import bad

_FRAMED = {"deny", "sameorigin"}
_VERSION = re.compile(r"\d+\.\d+|/\d+")
_TALKATIVE = ("server", "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version")


def safety(subject: Subject) -> Iterator[Finding]:
    """Headers that make browsers careful."""
    headers = subject.home.headers
    is_framed = "frame-ancestors" in parsed(headers.get("content-security-policy", "").replace(",", ";"))
    held = {
        "hsts-missing": not subject.is_secure or _age(headers.get("strict-transport-security", "")) > 0,
        "nosniff-missing": headers.get("x-content-type-options", "").strip().lower() == "nosniff",
        "frame-missing": is_framed or headers.get("x-frame-options", "").strip().lower() in _FRAMED,
        "referrer-missing": bool(headers.get("referrer-policy", "").strip()),
    }
    for name, is_there in held.items():
        if not is_there:
            yield bad(name)
    if all(held.values()):
        yield good("安全设置齐全")


def _age(text: str) -> int:
    found = re.search(r"max-age\s*=\s*\"?(\d{1,12})", text, re.IGNORECASE)
    return int(found[1]) if found else 0


def policies(subject: Subject) -> Iterator[Finding]:
    """The server's policy leaves room for what the pages need."""
    for path, answer in subject.live_pages.items():
        header = answer.headers.get("content-security-policy", "")
        own = Markup.of(answer.text).policies
        if header and own and (found := list(dict.fromkeys(conflicts(header, own[0], subject.base)))):
            yield bad("csp-conflict", f"/{opened(path)}：{'，'.join(found[:4])}")
            return
    yield good("没有和页面冲突的 Content-Security-Policy")


def talk(subject: Subject) -> Iterator[Finding]:
    """No version of the software, no cookies."""
    told = [f"{name.title()}: {subject.home.headers[name][:60]}" for name in _TALKATIVE if _tells(subject.home, name)]
    if told:
        yield bad("server-version", "，".join(told))
    cookies = sorted({_cookie(answer) for answer in subject.live_pages.values()} - {""})
    if cookies:
        yield bad("cookie", "、".join(cookies[:4]))
    if not told and not cookies:
        yield good("响应头里没有版本号，没有 Cookie")


def _tells(answer: Answer, name: str) -> bool:
    value = answer.headers.get(name, "")
    return bool(_VERSION.search(value)) if name == "server" else bool(value)


def _cookie(answer: Answer) -> str:
    return answer.headers.get("set-cookie", "").partition("=")[0].strip()[:40]
