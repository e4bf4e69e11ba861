"""When each file of a site was last changed, as its repository tells: for search engines."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from liaison.records.commit import git
from liaison.shelf import Shelf

_FOLDERS = ("stations", "content")
_MARK = "\x01"
_NAME = "history"


def changed_on(root: Path, shelf: Shelf) -> Mapping[str, str]:
    """The time of the last commit of each file, `2026-11-20T08:00:00Z`, by its path below the site.

    Empty outside Git and where only the latest commits were fetched, since then the times would all be wrong.
    """
    commit = git(root, "rev-parse", "--verify", "--quiet", "HEAD")
    if not commit or git(root, "rev-parse", "--is-shallow-repository") != "false":
        return {}
    kept = shelf.below(_NAME)
    held = kept.get(_NAME)
    if not isinstance(held, tuple) or held[0] != commit:
        held = commit, _read(root)
        kept.put(_NAME, held)
    found: dict[str, str] = held[1]
    return found


def _read(root: Path) -> dict[str, str]:
    text = git(root, "log", "--no-renames", "--relative", "--name-only", f"--format={_MARK}%ct", "-z", "--", *_FOLDERS)
    found: dict[str, str] = {}
    when = ""
    for part in (text or "").split("\0"):
        if part.startswith(_MARK):
            when = f"{datetime.fromtimestamp(int(part[1:]), UTC):%Y-%m-%dT%H:%M:%SZ}"
        elif part:
            found.setdefault(part.lstrip("\n"), when)  # the latest commit comes first
    return found
