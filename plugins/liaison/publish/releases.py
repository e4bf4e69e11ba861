"""A local folder with releases side by side, and the link `current` that a web server follows, switched in one step.

It holds `releases/20261122-013000-1a2b3c4d/`, `current -> releases/20261122-013000-1a2b3c4d`, `publish.log`, `.lock`.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from liaison.workers import Crew

from . import disk, journal
from .audit import Amiss, audit_folder
from .journal import Line
from .manifest import NAME, Manifest, ManifestError
from .place import Published, PublishError, Source, Tell, UnreadableError

CURRENT, RELEASES, OLD = "current", "releases", ".old-"
_LINK = ".new-current"
_NAME = re.compile(r"(\d{8}-\d{6})-[0-9a-f]{8}")
_STAMP = "%Y%m%d-%H%M%S"


def release_names(found: Iterable[str]) -> list[str]:
    """Names of releases among others, in the order they were published."""
    return sorted(name for name in found if _NAME.fullmatch(name))


def release_name(tree: str, kept: Sequence[str], now: datetime) -> str:
    """A new name, by the time in UTC; after all others even if the clock was put back."""
    stamp = f"{now.astimezone(UTC):{_STAMP}}"
    if kept and stamp <= kept[-1][: len(stamp)]:
        last = datetime.strptime(kept[-1][: len(stamp)], _STAMP).replace(tzinfo=UTC)
        stamp = f"{last + timedelta(seconds=1):{_STAMP}}"
    return f"{stamp}-{tree[:8]}"


def linked_name(link: str, label: str) -> str:
    """The release that `current` leads to. Raises `PublishError` where it leads elsewhere."""
    folder, _, name = link.rpartition("/")
    if folder != RELEASES or not _NAME.fullmatch(name):
        raise PublishError(f"{label} 里的 {CURRENT} 指向 {link}，不是本程序发布的；请移走它，或换一个文件夹")
    return name


def parsed(data: bytes | None, label: str, name: str = "") -> Published:
    """What is published, from its manifest. Raises `UnreadableError`."""
    try:
        words, manifest = f"{NAME} 不见了", Manifest.of(data) if data else None
    except ManifestError as error:
        words, manifest = str(error), None
    if manifest is None:
        raise UnreadableError(
            name,
            f"{label} 上 {name or '现有站点'} 的 {words}，没法核对编号；"
            "用 --previous 写明那里是哪一版（上次发布时记在 internal/published.json），就可以接着发布",
        )
    return Published(name, manifest)


class LocalReleases:
    """Such a folder on this computer."""

    is_gradual = False

    def __init__(self, folder: Path, label: str, holder: str, crew: Crew | None = None) -> None:
        """`holder` is told to others while it is held."""
        self.folder, self.label = folder, label
        self._holder, self._crew = holder, crew

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold it; the folder is made where it is missing, not those above it."""
        if not self.folder.parent.is_dir():
            raise PublishError(f"没有 {self.folder.parent} 这个文件夹；请先建好，或检查目标写得对不对")
        if (self.folder / NAME).is_file():
            raise PublishError(
                f"{self.label} 里直接放着站点，不是按版本存放的；发布时加上 --layout plain，或换一个文件夹"
            )
        self.folder.mkdir(exist_ok=True)
        with disk.held(self.folder, self._holder):
            yield

    def published(self) -> Published | None:
        """What `current` leads to."""
        link = self.folder / CURRENT
        if not os.path.lexists(link):
            return None
        if not link.is_symlink():
            raise PublishError(
                f"{link} 不是链接：网站目录直接放在这里的话，发布时加上 --layout plain；不用的话请移走它"
            )
        return self.release(linked_name(str(link.readlink()), self.label))

    def release(self, name: str) -> Published:
        """A release that is kept."""
        file = self.at(name) / NAME
        return parsed(file.read_bytes() if file.is_file() else None, self.label, name)

    def is_whole(self, published: Published) -> bool:
        """Every file of it is hashed."""
        return not audit_folder(self.at(published.name), published.manifest, crew=self._crew)

    def lay(self, source: Source, before: Published | None, tell: Tell) -> str:
        """Copy what is new and link what is not, then hash all of it."""
        self._sweep()
        if name := self._laid(source.manifest):
            return name
        manifest, was = source.manifest, before.manifest.files if before else {}
        fresh = [entry for path, entry in manifest.files.items() if was.get(path) != entry]
        disk.check_room(
            self.label, disk.free_bytes(self.folder), disk.room_wanted(fresh, len(disk.folders_of(manifest.files)))
        )
        releases = self.folder / RELEASES
        releases.mkdir(exist_ok=True)
        new = releases / f"{disk.HALF}{manifest.tree[:8]}"
        new.mkdir()
        new.chmod(0o755)
        self._fill(new, source, before, tell)
        tell("copied")
        disk.sync_disk(self.folder)
        tell("synced")
        name = release_name(manifest.tree, self.kept(), datetime.now(UTC))
        new.rename(releases / name)
        disk.sync_folder(releases)
        tell("verified")
        return name

    def _laid(self, manifest: Manifest) -> str:
        """The newest release if it is this one: whoever laid it was stopped before it was published."""
        name = next(reversed(self.kept()), "")
        if not name.endswith(f"-{manifest.tree[:8]}"):
            return ""
        return "" if audit_folder(self.at(name), manifest, crew=self._crew) else name

    def _fill(self, new: Path, source: Source, before: Published | None, tell: Tell) -> None:
        was = before.manifest.files if before else {}
        old = self.at(before.name) if before else new
        for path, entry in source.manifest.files.items():
            tell("copying")
            if was.get(path) != entry or not disk.link(old / path, new / path, new, entry.size):
                disk.copy(source.folder / path, new / path, new)
        (new / NAME).write_bytes(source.manifest.as_bytes())
        (new / NAME).chmod(0o644)
        damaged = [one.path for one in audit_folder(new, source.manifest, crew=self._crew)]
        for path in damaged:  # of an earlier release; the name is given up, since that release keeps its file
            (new / path).unlink(missing_ok=True)
            disk.copy(source.folder / path, new / path, new)
        if damaged and (amiss := audit_folder(new, source.manifest, paths=damaged)):
            raise PublishError(
                f"有 {len(amiss)} 个文件写进 {self.label} 以后和清单不一样，可能磁盘坏了，或站点正在被改动；网站没有变",
                [f"{one.path}：{one.words}" for one in amiss],
            )

    def switch(self, name: str, before: Published | None, line: Line, tell: Tell) -> None:  # noqa: ARG002 - one for all places
        """Let `current` lead to it: a new link takes the place of the old one, which is never missing."""
        self.log(line)
        link = self.folder / _LINK
        link.unlink(missing_ok=True)
        link.symlink_to(f"{RELEASES}/{name}")
        link.replace(self.folder / CURRENT)
        disk.sync_folder(self.folder)
        tell("switched")

    def amiss(self, manifest: Manifest, paths: Iterable[str], name: str | None = None) -> tuple[Amiss, ...]:
        """Through `current`, as a web server reads."""
        return audit_folder(self.folder / CURRENT if name is None else self.at(name), manifest, paths=list(paths))

    def kept(self) -> list[str]:
        """All that are whole."""
        releases = self.folder / RELEASES
        return release_names(os.listdir(releases) if releases.is_dir() else ())  # noqa: PTH208 - names are wanted

    def history(self) -> list[Line]:
        """From `publish.log`."""
        return journal.read(self.folder / journal.FILE)

    def log(self, line: Line) -> None:
        """Into `publish.log`."""
        journal.append(self.folder / journal.FILE, line)

    def prune(self, keep: int, needed: Sequence[str]) -> int:
        """A release that goes loses its name first, so that half of one is never taken for a release."""
        stale = [name for name in self.kept()[: -max(keep, 1)] if name not in needed]
        for name in stale:
            self.at(name).rename(self.folder / RELEASES / f"{OLD}{name}")
        self._sweep()
        return len(stale)

    def at(self, name: str) -> Path:
        """The folder of a release."""
        return self.folder / RELEASES / name

    def _sweep(self) -> None:
        """Remove what a publisher that was killed left half done."""
        releases = self.folder / RELEASES
        for one in releases.iterdir() if releases.is_dir() else ():
            if one.name.startswith((disk.HALF, OLD)):
                shutil.rmtree(one)
