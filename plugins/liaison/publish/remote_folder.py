"""A web folder on a host, reached over SSH: as `LocalFolder`, with rsync and coreutils in place of Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from . import remote_files
from .audit import Amiss
from .disk import folders_of
from .manifest import Manifest
from .place import PublishError, Tell
from .plain import MARK, STAGED
from .remote_lock import RemoteLock
from .shell import Shell

_NONE, _BY_RELEASES = 51, 52

_READ = f"""
[ -L "$1/current" ] && [ -d "$1/releases" ] && exit {_BY_RELEASES}
[ -f "$1/$2" ] || exit {_NONE}
cat -- "$1/$2"
"""
_PUT = """
umask 022
[ -d "$3" ] && exit 1
sync -f . 2>/dev/null || sync
cat > ".new-put" && mv -fT .new-put "$3" || exit 1
sync -f . 2>/dev/null || sync
"""
_STAGE = f"umask 022; mkdir -p {STAGED}"
_PLACE = f"""
umask 022
while IFS= read -r path; do
  [ -e ".lock.d/$2" ] || exit 45
  case "$path" in */*) folder=${{path%/*}} ;; *) folder=. ;; esac
  if [ ! -d "$folder" ]; then mkdir -p -- "$folder" || exit 1; fi
  if [ -e "{STAGED}/$path" ]; then mv -fT -- "{STAGED}/$path" "$path" || exit 1; fi
done
"""
_REMOVE = "xargs -0 -r rm -f --"
_REMOVE_FOLDERS = "xargs -0 -r rmdir -- 2>/dev/null; exit 0"
_CLEAR = f"rm -rf {STAGED} && rm -f {MARK} && {{ sync -f . 2>/dev/null || sync; }}"
_BATCH = 500
"""Files that are put in place before somebody is told."""


class RemoteFolder:
    """A folder that a web server serves, files and all, on a host with sshd, sh, coreutils, findutils and rsync."""

    def __init__(self, shell: Shell, lock: RemoteLock) -> None:
        self._shell, self._lock = shell, lock
        self.folder, self.label = lock.folder, f"{shell.host}:{lock.folder}"

    def locked(self) -> AbstractContextManager[None]:
        """Hold it; the folder is made where it is missing, not those above it."""
        return self._lock.held()

    def read(self, path: str) -> bytes | None:
        """The bytes of a file, if it is there."""
        code, output = self._shell.run(_READ, self.folder, path, good=(0, _NONE, _BY_RELEASES))
        if code == _BY_RELEASES:
            raise PublishError(f"{self.label} 里的站点是按版本存放的，不要用 --layout plain；或换一个文件夹")
        return None if code == _NONE else output

    def put(self, path: str, data: bytes) -> None:
        """In one step, and through to the disk before and after."""
        self._lock.run(_PUT, path, data=data)

    def amiss(self, manifest: Manifest, paths: Iterable[str]) -> tuple[Amiss, ...]:
        """By hashing them."""
        remote_files.check_names(manifest)
        return remote_files.amiss(self._shell, self.folder, manifest, paths)

    def present(self, paths: Sequence[str]) -> list[str]:
        """Links that lead nowhere count too."""
        return remote_files.present(self._shell, self.folder, paths)

    def free(self) -> int:
        """Of its disk."""
        return remote_files.free(self._shell, self.folder)

    def stage(self, release: Path, manifest: Manifest, paths: Sequence[str], tell: Tell) -> None:
        """Into a folder whose name begins with a dot; what an earlier run brought there is not sent again."""
        tell("copying")
        self._lock.run(_STAGE)
        staged = f"{self.folder}/{STAGED}"
        self._shell.send(release, staged, paths, lambda: tell("copying"))
        if wrong := remote_files.amiss(self._shell, staged, manifest, paths):
            raise PublishError(
                f"有 {len(wrong)} 个文件传到 {self.label} 以后和清单不一样，可能那里的磁盘坏了；网站没有变",
                [f"{one.path}：{one.words}" for one in wrong],
            )
        tell("synced")

    def place(self, paths: Sequence[str], tell: Tell) -> None:
        """Each by renaming it; one that is in place already was renamed before the connection failed."""
        for start in range(0, len(paths), _BATCH):
            tell("placing")
            self._lock.run(_PLACE, data="".join(f"{path}\n" for path in paths[start : start + _BATCH]).encode())

    def remove(self, paths: Sequence[str], tell: Tell) -> None:
        """From the deepest folder up."""
        if not paths:
            return
        tell("removing")
        self._lock.run(_REMOVE, data=remote_files.listed(paths))
        folders = sorted(folders_of(paths), reverse=True)
        self._lock.run(_REMOVE_FOLDERS, data=remote_files.listed(folders))

    def clear(self) -> None:
        """The mark goes last."""
        self._lock.run(_CLEAR)
