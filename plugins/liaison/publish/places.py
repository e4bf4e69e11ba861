"""The right kind of place for a target."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from liaison.workers import Crew

from .goals import Target
from .local_folder import LocalFolder
from .place import Place
from .plain import Plain
from .publishing import now
from .releases import LocalReleases
from .remote_folder import RemoteFolder
from .remote_lock import RemoteLock
from .remote_releases import RemoteReleases
from .shell import Shell

STORE = ".site.published"
"""Folder below a site's root where releases are kept of hosts that keep none."""


@contextmanager
def opened(
    target: Target, root: Path, who: str, *, crew: Crew | None = None, may_break: bool = False
) -> Iterator[Place]:
    """The place of a target, for a site at `root`. Raises `HostError` where this computer lacks what it takes."""
    holder = f"{who}，{now()} 开始"
    store = LocalReleases(root / STORE / target.key, f"{STORE}/{target.key}", holder, crew)
    if not target.host:
        folder = Path(target.folder)
        is_plain = target.layout == "plain"
        yield (
            Plain(LocalFolder(folder, str(folder), holder, crew), store)
            if is_plain
            else LocalReleases(folder, str(folder), holder, crew)
        )
        return
    shell = Shell(target)
    try:
        lock = RemoteLock(shell, target.folder, who, now(), may_break=may_break)
        yield Plain(RemoteFolder(shell, lock), store) if target.layout == "plain" else RemoteReleases(shell, lock)
    finally:
        shell.close()
