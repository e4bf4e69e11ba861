"""A web folder without links: files are put in place one by one, each whole, and no page before what it asks for.

Earlier releases are kept elsewhere, in a folder of the publisher's own (`LocalReleases`), since everything in a web
folder can be read by everybody.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from .audit import Amiss
from .brake import named
from .disk import check_room, room_wanted
from .journal import Line
from .manifest import NAME, Difference, Manifest, upload_order
from .place import Published, PublishError, Source, Tell
from .releases import LocalReleases, parsed

MARK = ".publishing.json"
"""Lies in the web folder while files are put in place: which ones are on the way in or out."""

STAGED = ".new-files"
"""Folder in the web folder with files that are not in place yet."""


class Folder(Protocol):
    """A web folder. Every method raises `PublishError`, `HostError`, and `OSError` of the disk."""

    label: str

    def locked(self) -> AbstractContextManager[object]:
        """Hold it for one publisher."""

    def read(self, path: str) -> bytes | None:
        """A small file; None where there is none."""

    def put(self, path: str, data: bytes) -> None:
        """Write one in one step, through to the disk."""

    def amiss(self, manifest: Manifest, paths: Iterable[str]) -> tuple[Amiss, ...]:
        """Which files are missing or other than they must be."""

    def present(self, paths: Sequence[str]) -> list[str]:
        """Which of these are there, whatever they are."""

    def free(self) -> int:
        """Bytes that may still be written."""

    def stage(self, release: Path, manifest: Manifest, paths: Sequence[str], tell: Tell) -> None:
        """Bring files there, beside where they belong, and through to the disk."""

    def place(self, paths: Sequence[str], tell: Tell) -> None:
        """Put what was staged in its place, one after the other in this order, each in one step."""

    def remove(self, paths: Sequence[str], tell: Tell) -> None:
        """Remove files, what is missing passed over, and folders that are empty then."""

    def clear(self) -> None:
        """Remove what was staged and not put in place, and the mark."""


@dataclass(frozen=True, slots=True)
class _Mark:
    """What is on the way."""

    tree: str
    touched: frozenset[str] = frozenset()
    """Paths that may be there although the manifest there does not list them, or list them and be gone."""

    def as_bytes(self) -> bytes:
        return json.dumps({"tree": self.tree, "touched": sorted(self.touched)}).encode()

    @classmethod
    def of(cls, data: bytes | None) -> _Mark | None:
        try:
            held = json.loads(data or b"")
            return cls(str(held["tree"]), frozenset(map(str, held["touched"])))
        except (ValueError, KeyError, TypeError):
            return None


class Plain:
    """Such a folder, and where its releases are kept."""

    is_gradual = True

    def __init__(self, folder: Folder, store: LocalReleases) -> None:
        self._folder, self._store = folder, store
        self._known: dict[str, Manifest] = {}
        """Of releases that were read, which takes its time."""

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the folder, and then the store."""
        with self._folder.locked():
            self._store.folder.parent.mkdir(parents=True, exist_ok=True)
            with self._store.locked():
                yield

    def published(self) -> Published | None:
        """Its manifest, under the name of the release that is kept of it."""
        data = self._folder.read(NAME)
        if data is None:
            return None
        manifest = parsed(data, self._folder.label).manifest
        same = [name for name in self.kept() if name.endswith(f"-{manifest.tree[:8]}")]
        return Published(same[-1] if same else "", manifest)

    def is_whole(self, published: Published) -> bool:
        """Every file is hashed, and nothing is left to be done."""
        done = self._folder.read(MARK) is None
        return done and not self._folder.amiss(published.manifest, [*published.manifest.files, NAME])

    def lay(self, source: Source, before: Published | None, tell: Tell) -> str:
        """Keep the release; the folder is only looked at."""
        if before is None and self._folder.read(MARK) is None:
            self._check_strangers(source.manifest)
        was = before if before and before.name else None
        name = self._store.lay(source, was, tell)
        self._known[name] = source.manifest
        return name

    def _check_strangers(self, manifest: Manifest) -> None:
        """Hold that nothing is overwritten that was never ours."""
        if there := self._folder.present([*manifest.files]):
            raise PublishError(
                f"{self._folder.label} 里没有本站的 {NAME}，却有 {len(there)} 个同名文件，覆盖了就没有了；"
                "请先把原来的文件移走，或换一个空文件夹。网站没有变",
                named(there, "个文件"),
            )

    def switch(self, name: str, before: Published | None, line: Line, tell: Tell) -> None:
        """First what pages ask for, then pages, lists, the manifest; then what is gone goes."""
        manifest = self._known.get(name) or self.release(name).manifest
        mark = _Mark.of(self._folder.read(MARK))
        was = set(before.manifest.files) if before else set()
        known = was | (mark.touched if mark else frozenset())
        is_quick = line.outcome == "rolled back" and mark is None
        wanted = self._wanted(manifest, before if is_quick else None)
        wanted_room = room_wanted((manifest.files[one] for one in wanted), len(wanted))
        check_room(self._folder.label, self._folder.free(), wanted_room)
        touched = known.symmetric_difference(manifest.files) | (mark.touched if mark else frozenset())
        self._folder.put(MARK, _Mark(manifest.tree, frozenset(touched)).as_bytes())
        self._folder.stage(self._store.at(name), manifest, wanted, tell)
        self._store.log(line)
        self._folder.place(upload_order(wanted), tell)
        self._verify(manifest, wanted)
        tell("placed")
        self._folder.put(NAME, manifest.as_bytes())
        tell("switched")
        self._folder.remove(sorted(known - manifest.files.keys()), tell)
        self._folder.clear()
        self._store.switch(name, before, line, lambda _step: None)

    def _wanted(self, manifest: Manifest, before: Published | None) -> list[str]:
        """What is not there, or not right. Where `before` is believed, only its manifest is asked."""
        if before is not None:
            difference = Difference.between(before.manifest, manifest)
            return [*difference.added, *difference.changed]
        return [one.path for one in self._folder.amiss(manifest, manifest.files)]

    def _verify(self, manifest: Manifest, paths: Sequence[str]) -> None:
        if amiss := self._folder.amiss(manifest, paths):
            raise PublishError(
                f"有 {len(amiss)} 个文件放到 {self._folder.label} 以后和清单不一样；网站上有新有旧，没有删去任何文件。"
                "请检查那里的磁盘和防篡改设置，再运行一次同样的命令",
                named([f"{one.path}：{one.words}" for one in amiss], "个文件"),
            )

    def amiss(self, manifest: Manifest, paths: Iterable[str], name: str | None = None) -> tuple[Amiss, ...]:
        """In the folder, or as it is kept."""
        return self._folder.amiss(manifest, paths) if name is None else self._store.amiss(manifest, paths, name)

    def kept(self) -> list[str]:
        """In the store."""
        return self._store.kept()

    def release(self, name: str) -> Published:
        """From the store."""
        found = self._store.release(name)
        self._known[name] = found.manifest
        return found

    def history(self) -> list[Line]:
        """Of the store."""
        return self._store.history()

    def log(self, line: Line) -> None:
        """Beside the releases that are kept."""
        self._store.log(line)

    def prune(self, keep: int, needed: Sequence[str]) -> int:
        """In the store."""
        return self._store.prune(keep, needed)
