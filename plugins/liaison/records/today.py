"""Which day it is for a site: asked for, pinned by the sample, or the date in China.

The only place that looks at the clock.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone

from liaison.model.site import Site
from liaison.problems import Problem, ProblemsError, Severity, Source

VARIABLE = "LIAISON_TODAY"
_CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The whole country keeps this time, without summer time since 1992; so no time zone data are needed."""


def today_for(
    site: Site, given: date | None = None, environ: Mapping[str, str] = os.environ, now: datetime | None = None
) -> date:
    """The date given, else that of `LIAISON_TODAY`, else the sample's, else the date in Asia/Shanghai.

    Raises `ProblemsError` where `LIAISON_TODAY` is no date.
    """
    if given is not None:
        return given
    if wanted := environ.get(VARIABLE):
        return _wanted(wanted)
    if site.sample_notice and site.sample_today is not None:
        return site.sample_today
    return (now or datetime.now(UTC)).astimezone(_CHINA).date()


def _wanted(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        message, hint = f"环境变量 {VARIABLE} 不是日期：{text}", f"写成 {VARIABLE}=2026-10-01"
        problem = Problem("field/type", Severity.ERROR, Source(VARIABLE), message, hint)
        raise ProblemsError([problem]) from None
