"""A web folder on this computer, or one that is mounted here."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from liaison.workers import Crew

from . import disk
from .audit import Amiss, audit_folder
from .manifest import Manifest
from .place import PublishError, Tell
from .plain import MARK, STAGED
from .releases import CURRENT, RELEASES
from .tree import make_folder, put


class LocalFolder:
    """A folder that a web server serves, files and all."""

    def __init__(self, folder: Path, label: str, holder: str, crew: Crew | None = None) -> None:
        """`holder` is told to others while it is held."""
        self.folder, self.label = folder, label
        self._holder, self._crew = holder, crew

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold it; the folder is made where it is missing, not those above it."""
        if not self.folder.parent.is_dir():
            raise PublishError(f"没有 {self.folder.parent} 这个文件夹；请先建好，或检查目标写得对不对")
        if (self.folder / CURRENT).is_symlink() and (self.folder / RELEASES).is_dir():
            raise PublishError(f"{self.label} 里的站点是按版本存放的，不要用 --layout plain；或换一个文件夹")
        if not self.folder.is_dir():
            make_folder(self.folder, self.folder.parent)
        with disk.held(self.folder, self._holder):
            yield

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, if it is there."""
        try:
            return (self.folder / path).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, path: str, data: bytes) -> None:
        """In one step, and through to the disk before and after."""
        disk.sync_disk(self.folder)
        put(self.folder, path, data)
        disk.sync_disk(self.folder)

    def amiss(self, manifest: Manifest, paths: Iterable[str]) -> tuple[Amiss, ...]:
        """By hashing them."""
        return audit_folder(self.folder, manifest, paths=list(paths), crew=self._crew)

    def present(self, paths: Sequence[str]) -> list[str]:
        """Links that lead nowhere count too."""
        return [path for path in paths if os.path.lexists(self.folder / path)]

    def free(self) -> int:
        """Of its disk."""
        return disk.free_bytes(self.folder)

    def stage(self, release: Path, manifest: Manifest, paths: Sequence[str], tell: Tell) -> None:  # noqa: ARG002 - one for all
        """Into a folder whose name begins with a dot. What an earlier run left there is not trusted."""
        staged = self.folder / STAGED
        shutil.rmtree(staged, ignore_errors=True)
        staged.mkdir()
        for path in paths:
            tell("copying")
            disk.copy(release / path, staged / path, staged)
        disk.sync_disk(self.folder)
        tell("synced")

    def place(self, paths: Sequence[str], tell: Tell) -> None:
        """Each by renaming it."""
        for path in paths:
            tell("placing")
            target = self.folder / path
            if not target.parent.is_dir():
                make_folder(target.parent, self.folder)
            if not target.parent.resolve().is_relative_to(self.folder.resolve()):
                raise PublishError(f"{target.parent} 是通到别处的链接，不往里面写；请移走它")
            (self.folder / STAGED / path).replace(target)

    def remove(self, paths: Sequence[str], tell: Tell) -> None:
        """From the deepest folder up."""
        inside = self.folder.resolve()
        for path in paths:
            tell("removing")
            target = self.folder / path
            if target.parent.resolve().is_relative_to(inside):
                target.unlink(missing_ok=True)
        for folder in sorted(disk.folders_of(paths), reverse=True):
            try:
                (self.folder / folder).rmdir()
            except OSError:
                continue

    def clear(self) -> None:
        """The mark goes last."""
        shutil.rmtree(self.folder / STAGED, ignore_errors=True)
        (self.folder / MARK).unlink(missing_ok=True)
        disk.sync_folder(self.folder)
