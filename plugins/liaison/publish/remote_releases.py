"""Releases side by side on a host over SSH: as `LocalReleases`, with rsync and coreutils in place of Python."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import UTC, datetime

from . import remote_files
from .audit import Amiss
from .disk import check_room, folders_of, room_wanted
from .journal import Line, lines_of
from .manifest import NAME, Manifest
from .place import Published, PublishError, Source, Tell
from .releases import linked_name, parsed, release_name, release_names
from .remote_lock import RemoteLock
from .shell import Shell

_NOTHING, _NO_LINK, _IS_PLAIN = 51, 52, 53

_LOOK = f"""
cd -- "$1" 2>/dev/null || exit {_NOTHING}
[ -f {NAME} ] && exit {_IS_PLAIN}
[ -L current ] || {{ [ -e current ] && exit {_NO_LINK}; exit {_NOTHING}; }}
readlink current
cat "current/{NAME}" 2>/dev/null
exit 0
"""
_READ = f'cat -- "$1/releases/$2/{NAME}" 2>/dev/null; exit 0'
_KEPT = 'ls -A -- "$1/releases" 2>/dev/null; exit 0'
_HISTORY = 'cat -- "$1/publish.log" 2>/dev/null; exit 0'
_PREPARE = """
umask 022
mkdir -p releases || exit 1
cd releases || exit 1
for one in .new-* .old-*; do
  if [ -e "$one" ] && [ "$one" != "$3" ]; then rm -rf -- "$one" || exit 1; fi
done
mkdir -p -- "$3" || exit 1
df -Pk . | tail -n 1
ls -A
"""
_LINK = """
cd -- "releases/$3" || exit 1
xargs -0 -r cp -P -l --parents -t "../$4" -- 2>/dev/null
exit 0
"""
_LIST = 'cd -- "$1/releases/$2" && find . ! -type d -print'
_REMOVE = 'cd -- "releases/$3" && xargs -0 -r rm -f --'
_FINISH = """
cd releases || exit 1
if [ -d "$3" ]; then
  find "$3" -type d -exec chmod 755 {} + || exit 1
  find "$3" -depth -type d -name .partial -exec rmdir {} + 2>/dev/null
  sync -f . 2>/dev/null || sync
  mv -T -- "$3" "$4" || exit 1
  sync -f . 2>/dev/null || sync
fi
[ -d "$4" ]
"""
_SWITCH = """
[ -d "releases/$3" ] || exit 1
cat >> publish.log || exit 1
rm -f .new-current && ln -s "releases/$3" .new-current && mv -fT .new-current current || exit 1
sync -f . 2>/dev/null || sync
"""
_LOG = "cat >> publish.log && { sync -f . 2>/dev/null || sync; }"
_PRUNE = """
cd releases || exit 1
while IFS= read -r one; do
  if [ -d "$one" ]; then mv -T -- "$one" ".old-$one" && rm -rf -- ".old-$one" || exit 1; fi
done
"""


class RemoteReleases:
    """Such a folder on a host with sshd, sh, coreutils, findutils and rsync."""

    is_gradual = False

    def __init__(self, shell: Shell, lock: RemoteLock) -> None:
        self._shell, self._lock = shell, lock
        self.folder, self.label = lock.folder, f"{shell.host}:{lock.folder}"

    def locked(self) -> AbstractContextManager[None]:
        """Hold it; the folder is made where it is missing, not those above it."""
        return self._lock.held()

    def published(self) -> Published | None:
        """What `current` leads to."""
        code, output = self._shell.run(_LOOK, self.folder, good=(0, _NOTHING, _NO_LINK, _IS_PLAIN))
        if code == _NOTHING:
            return None
        if code == _NO_LINK:
            raise PublishError(f"{self.label}/current 不是链接；网站目录直接放在那里的话，加上 --layout plain")
        if code == _IS_PLAIN:
            raise PublishError(
                f"{self.label} 里直接放着站点，不是按版本存放的；发布时加上 --layout plain，或换一个文件夹"
            )
        link, _, data = output.partition(b"\n")
        name = linked_name(link.decode(errors="replace"), self.label)
        return parsed(data, self.label, name)

    def release(self, name: str) -> Published:
        """A release that is kept."""
        _, data = self._shell.run(_READ, self.folder, name)
        return parsed(data, self.label, name)

    def is_whole(self, published: Published) -> bool:
        """Every file of it is hashed."""
        manifest = published.manifest
        return not self.amiss(manifest, [*manifest.files, NAME], published.name)

    def lay(self, source: Source, before: Published | None, tell: Tell) -> str:
        """Link what is the same, send what is missing or wrong then, and hash what was sent."""
        manifest = source.manifest
        remote_files.check_names(manifest)
        half = f".new-{manifest.tree[:16]}"
        _, output = self._lock.run(_PREPARE, half)
        disk, *there = output.decode(errors="replace").splitlines()
        self._check_room(manifest, before, remote_files.kilobytes(disk, self._shell.host) * 1024)
        tell("copying")
        if before:
            same = [path for path, entry in manifest.files.items() if before.manifest.files.get(path) == entry]
            self._lock.run(_LINK, before.name, half, data=remote_files.listed(same))
        wanted = [one.path for one in self.amiss(manifest, [*manifest.files, NAME], half)]
        self._shell.send(source.folder, f"{self.folder}/releases/{half}", wanted, lambda: tell("copying"))
        tell("copied")
        self._verify(source, half, wanted)
        tell("verified")
        name = release_name(manifest.tree, release_names(there), datetime.now(UTC))
        self._lock.run(_FINISH, half, name)
        tell("synced")
        return name

    def _check_room(self, manifest: Manifest, before: Published | None, free: int) -> None:
        was = before.manifest.files if before else {}
        fresh = [entry for path, entry in manifest.files.items() if was.get(path) != entry]
        wanted = room_wanted(fresh, len(folders_of(manifest.files)))
        check_room(self.label, free, wanted)

    def _verify(self, source: Source, half: str, sent: Sequence[str]) -> None:
        """What was linked has been hashed before. Strangers, as a transfer that was cut short leaves them, go."""
        if wrong := self.amiss(source.manifest, sent, half):
            raise PublishError(
                f"有 {len(wrong)} 个文件传到 {self.label} 以后和清单不一样，可能那里的磁盘坏了，"
                "或站点正在被改动；网站没有变",
                [f"{one.path}：{one.words}" for one in wrong],
            )
        _, output = self._shell.run(_LIST, self.folder, half)
        there = {line.removeprefix("./") for line in output.decode(errors="replace").splitlines()}
        if strangers := there - source.manifest.files.keys() - {NAME}:
            self._lock.run(_REMOVE, half, data=remote_files.listed(sorted(strangers)))

    def switch(self, name: str, before: Published | None, line: Line, tell: Tell) -> None:  # noqa: ARG002 - one for all places
        """Let `current` lead to it: a new link takes the place of the old one, which is never missing."""
        self._lock.run(_SWITCH, name, data=line.as_bytes())
        tell("switched")

    def amiss(self, manifest: Manifest, paths: Iterable[str], name: str | None = None) -> tuple[Amiss, ...]:
        """Through `current`, as a web server reads."""
        folder = f"{self.folder}/current" if name is None else f"{self.folder}/releases/{name}"
        return remote_files.amiss(self._shell, folder, manifest, paths)

    def kept(self) -> list[str]:
        """All that are whole."""
        return release_names(self._shell.run(_KEPT, self.folder)[1].decode(errors="replace").splitlines())

    def history(self) -> list[Line]:
        """From `publish.log`."""
        return lines_of(self._shell.run(_HISTORY, self.folder)[1])

    def log(self, line: Line) -> None:
        """Into `publish.log`."""
        self._lock.run(_LOG, data=line.as_bytes())

    def prune(self, keep: int, needed: Sequence[str]) -> int:
        """A release that goes loses its name first, so that half of one is never taken for a release."""
        stale = [name for name in self.kept()[: -max(keep, 1)] if name not in needed]
        if stale:
            self._lock.run(_PRUNE, data="".join(f"{name}\n" for name in stale).encode())
        return len(stale)
