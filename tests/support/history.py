"""Sites with a history in Git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

_PARTS = (("NAME", "Example"), ("EMAIL", "example@example.gov.cn"), ("DATE", "2026-11-20T08:00:00+08:00"))
_WHO = {f"GIT_{role}_{part}": value for role in ("AUTHOR", "COMMITTER") for part, value in _PARTS}
_NOBODY = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}


def git(folder: Path, *arguments: str) -> None:
    """Run Git as a fixed author, without anybody's settings."""
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, env=os.environ | _WHO | _NOBODY)


def commit(folder: Path) -> None:
    """Commit everything as it is."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "--allow-empty", "-m", "site")


def publish(repository: Path) -> None:
    """A new repository with everything committed, as the version to compare with."""
    git(repository, "init", "-q", "-b", "main")
    commit(repository)
