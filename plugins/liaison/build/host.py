"""The host of hand-written pages, run as a program of its own: it makes the whole site, or says why not."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from liaison.records.today import VARIABLE
from liaison.workers import end_with_parent

_PROGRAM = "mkdocs"
_FILE = "mkdocs.yml"
_HEAD = re.compile(r"^(INFO|DEBUG|WARNING|ERROR|CRITICAL)\s+-\s+")
_CALM = {"INFO", "DEBUG"}
_END = "Aborted with "
_SHOWN = 20
"""Last lines that are shown where a host ended without saying why."""


class HostError(ValueError):
    """The host made no site; what it said, for whoever asked for it."""


def render(root: Path, out: Path, today: date) -> None:
    """Bring `out` to hold the site as of `today`; a warning of the host stops it like an error.

    Raises `HostError`, and `OSError` where the program cannot be started.
    """
    if not (root / _FILE).is_file():
        raise HostError(f"{root} 里没有 {_FILE}，不能生成站点")
    command = [sys.executable, "-m", _PROGRAM, "build", "--strict", "-f", str(root / _FILE), "-d", str(out)]
    variables = {**os.environ, VARIABLE: today.isoformat(), "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(  # noqa: S603 - no shell, and nothing of it comes from a record
        command,
        env=variables,
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
        preexec_fn=end_with_parent,
    )
    if done.returncode:
        raise HostError(_said(done.stdout + done.stderr))


def _said(text: str) -> str:
    """What stands against the site, without what else a host tells."""
    found: list[str] = []
    is_amiss = False
    for line in text.splitlines():
        head = _HEAD.match(line)
        if head:
            is_amiss = head[1] not in _CALM
        if is_amiss and line.strip() and not line.startswith(_END):
            found.append(_HEAD.sub("", line))
    if found:
        return "\n".join(found)
    last = [line for line in text.splitlines() if line.strip()][-_SHOWN:]
    return "\n".join(last) or "生成页面的程序意外结束，多半是内存不够"
