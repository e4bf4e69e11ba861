"""How long browsers keep pages, and whether they can ask if one has changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from liaison.plan.urls import opened

from .client import Answer
from .findings import Finding, good
from .subject import Subject
from .table import bad

LONGEST = 600
"""Seconds that a page may be kept: what is taken down must be gone soon."""
_AGE = re.compile(r"(?:^|[,\s])(?:s-maxage|max-age)\s*=\s*\"?(\d+)", re.IGNORECASE)
_NOT_MODIFIED = 304


def caching(subject: Subject) -> Iterator[Finding]:
    """Pages are not kept longer than ten minutes."""
    ages = {path: lifetime(answer, subject.now) for path, answer in subject.live_pages.items()}
    known = {path: age for path, age in ages.items() if age is not None}
    if known and max(known.values()) > LONGEST:
        worst = max(known, key=lambda path: known[path])
        yield bad("cache-long", f"/{opened(worst)} 缓存 {_span(known[worst])}（{_said(subject.live_pages[worst])}）")
    elif len(known) < len(ages):
        yield bad("cache-none")
    elif known:
        yield good(f"网页最多缓存 {_span(max(known.values()))}" if any(known.values()) else "网页每次都核对有没有变化")


def _said(answer: Answer) -> str:
    for name in ("cache-control", "expires"):
        if name in answer.headers:
            return f"{name.title()}: {answer.headers[name][:80]}"
    return ""


def lifetime(answer: Answer, now: datetime) -> float | None:
    """Seconds for which an answer may be used without asking again; None where nothing is said."""
    control = answer.headers.get("cache-control", "").lower()
    if "no-store" in control or "no-cache" in control:
        return 0
    if ages := _AGE.findall(control):
        return max(float(age) for age in ages)
    if "expires" not in answer.headers:
        return None
    return max(
        0.0, (_moment(answer.headers["expires"], now) - _moment(answer.headers.get("date", ""), now)).total_seconds()
    )


def _moment(text: str, now: datetime) -> datetime:
    """A time in a header; now where it is none, as HTTP wants it."""
    try:
        found = parsedate_to_datetime(text)
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    except (ValueError, IndexError, TypeError, OverflowError):
        return now


def _span(seconds: float) -> str:
    for length, unit in ((86_400, "天"), (3600, "小时"), (60, "分钟")):
        if seconds >= length:
            return f"{seconds / length:.3g} {unit}"
    return f"{seconds:.0f} 秒"


def validators(subject: Subject) -> Iterator[Finding]:
    """A browser that has a page can ask whether it is still the same."""
    home = subject.home
    if etag := home.headers.get("etag"):
        again = subject.get("", {"If_None_Match": etag})
    elif since := home.headers.get("last-modified"):
        again = subject.get("", {"If_Modified_Since": since})
    else:
        yield bad("validator-missing")
        return
    if again.status == _NOT_MODIFIED:
        yield good("内容没有变时不重新下载（304）")
    else:
        yield bad("validator-ignored", f"再次打开首页时回答 {again.status}")
