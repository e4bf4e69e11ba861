"""When the site's last commit was made: the time that files, archives and PDFs are dated with."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, date, datetime, time
from pathlib import Path

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970: the time of the source, see reproducible-builds.org."""


def made_on(root: Path, today: date) -> datetime:
    """What the environment names, else the time of the last commit, else the beginning of `today`.

    The same commit so gives the same bytes on every machine.
    """
    named = os.environ.get(VARIABLE, "")
    seconds = int(named) if named.isascii() and named.isdecimal() else _last_commit(root)
    if seconds is None:
        return datetime.combine(today, time(), UTC)
    return datetime.fromtimestamp(seconds, UTC)


def _last_commit(root: Path) -> int | None:
    command = ["git", "-C", str(root), "log", "-1", "--format=%ct", "--", "."]
    try:
        done = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError:
        return None
    text = done.stdout.strip()
    return int(text) if done.returncode == 0 and text.isdigit() else None
