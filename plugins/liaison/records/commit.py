"""The version of a site's source: when it was made, which files, archives and PDFs are dated with, and its name."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path

from liaison.records.versions import BaseError

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970: the time of the source, see reproducible-builds.org."""

_SOURCE = (".", ":(exclude)approvals")
"""What a site is made of: who signed it is noted later, and changes nothing."""


def made_on(root: Path, today: date) -> datetime:
    """What the environment names, else the time of the last commit, else the beginning of `today`.

    The same commit so gives the same bytes on every machine.
    """
    named = os.environ.get(VARIABLE, "")
    if named.isascii() and named.isdecimal():
        return datetime.fromtimestamp(int(named), UTC)
    text = git(root, "log", "-1", "--format=%ct", "--", *_SOURCE)
    if text is None or not text.isdigit():
        return datetime.combine(today, time(), UTC)
    return datetime.fromtimestamp(int(text), UTC)


def version_of(root: Path) -> str:
    """The last commit that touched the site, with `+` where something is not committed; empty outside Git."""
    commit = git(root, "log", "-1", "--format=%H", "--", *_SOURCE)
    if not commit:
        return ""
    return f"{commit}+" if git(root, "status", "--porcelain", "--", *_SOURCE) else commit


def git(root: Path, *arguments: str) -> str | None:
    """What Git says at a site; None where there is no Git, no repository, or it has nothing to say."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)  # noqa: S603, S607
    except OSError:
        return None
    return done.stdout.decode(errors="replace").strip() if done.returncode == 0 else None


def is_as_at(root: Path, version: str, *, besides: Iterable[str]) -> bool | None:
    """Whether the site is written as it was in a version, some files apart; None where that cannot be told."""
    if not version or version.endswith("+"):
        return None
    if git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{version}^{{commit}}") is None:
        return None
    others = (*_SOURCE, *(f":(exclude,literal){file}" for file in besides))
    differing = git(root, "diff", "--name-only", version, "--", *others)
    unknown = git(root, "ls-files", "--others", "--exclude-standard", "--", *others)
    return differing == "" and unknown == ""


@contextmanager
def laid_out(root: Path, version: str, folder: Path) -> Iterator[Path]:
    """The site as it was in a version, in a folder of its own that knows its history; gone at the end.

    Raises `BaseError`.
    """
    prefix = git(root, "rev-parse", "--show-prefix") or ""
    shutil.rmtree(folder, ignore_errors=True)
    git(root, "worktree", "prune")
    if git(root, "worktree", "add", "--detach", "--force", str(folder), version) is None:
        raise BaseError(f"Git 里取不出版本 {version[:12]}")
    try:
        yield folder / prefix
    finally:
        git(root, "worktree", "remove", "--force", str(folder))
        shutil.rmtree(folder, ignore_errors=True)
        git(root, "worktree", "prune")
