"""One worker at one task: the pages of a part, or the directories of a county.

For each task the shelf holds what it was made from and how its files looked when they were written. Where both are
still the same nothing is done; else all its pages are made again, and those that come out equal are left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import jinja2

from liaison.build.hung import Hung
from liaison.build.listed import told
from liaison.plan import urls
from liaison.plan.pages import Plan, record_pages
from liaison.publish.leaf import Leaf, Stamp, is_intact, put_leaf, stamp
from liaison.publish.tree import Tally, put
from liaison.records.read import Reading
from liaison.records.reader import Asked, Reader
from liaison.records.registers import part_register
from liaison.render import photos
from liaison.render.pages import Renderer
from liaison.render.pages.views import Link
from liaison.render.shell import Shell
from liaison.shelf import Shelf, digest, packed

Task = int | str
"""Number of a part, or code of the region that keeps the roll of some directories."""


@dataclass(frozen=True, slots=True)
class Look:
    """What pages look like, apart from records: shells, templates, addresses of assets, and guides to link to."""

    shells: Mapping[int, Shell]
    templates: Path
    assets: Mapping[str, str]
    guides: tuple[Link, ...]

    def digest(self) -> bytes:
        """Of all of it that record pages and directories show."""
        shells = repr(sorted(self.shells.items())).encode()
        files = sorted(file for file in self.templates.rglob("*.html") if file.is_file())
        sources = (
            part for file in files for part in (str(file.relative_to(self.templates)).encode(), file.read_bytes())
        )
        return digest(shells, repr(sorted(self.assets.items())).encode(), *sources)


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo as it was shown."""

    source: bytes
    """Digest of what was handed in."""
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Done:
    """What a task was made from, and how it left its files."""

    key: bytes
    asked: Asked = field(default_factory=dict)
    leaves: tuple[Leaf, ...] = ()
    files: tuple[tuple[str, Stamp], ...] = ()
    shots: Mapping[str, Shot] = field(default_factory=dict)
    """By code."""

    @property
    def count(self) -> int:
        """How many files there are."""
        return len(self.files) + sum(len(files) for _, _, files in self.leaves)


@dataclass(frozen=True, slots=True)
class Bench:
    """All that a worker needs for any task."""

    reading: Reading
    plan: Plan
    look: Look
    out: Path
    shelf: Shelf
    keys: Mapping[Task, bytes]
    hung: Hung | None = None
    """Posters that were made before."""


def name_of(reading: Reading, task: Task) -> str:
    """Under which what was done for a task lies on the shelf."""
    return f"part-{reading.source.parts[task].name}" if isinstance(task, int) else f"region-{task}"


def front(bench: Bench) -> list[tuple[str, bytes]]:
    """The pages that lead into the site: few, and they depend on everything."""
    renderer = _renderer(bench, lambda _code, path: told(path, photos.encode, bench.reading.source.root))
    return [one for page in bench.plan.front for one in renderer.files(page)]


def _renderer(bench: Bench, photo: Callable[[str, str], photos.Encoded]) -> Renderer:
    look, loader = bench.look, jinja2.FileSystemLoader(bench.look.templates)
    compiled = _Compiled(bench.shelf.below("templates"))
    renderer = Renderer(bench.plan, look.shells, loader, photo, look.assets, look.guides, compiled)
    if bench.hung:
        renderer.link_posters(bench.hung.poster)
    return renderer


class _Compiled(jinja2.BytecodeCache):
    """Templates as an earlier run compiled them; Jinja's own store would run what was damaged."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf

    def load_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Take it off the shelf, if it is there."""
        found = self._shelf.get(bucket.key)
        if isinstance(found, bytes):
            bucket.bytecode_from_string(found)

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep it."""
        self._shelf.put(bucket.key, bucket.bytecode_to_string())


class Hand:
    """A worker with all its tools."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._source = bench.reading.source
        self._reader = Reader(self._source)
        self._renderer = _renderer(bench, self._photo)
        self._before: Done | None = None
        self._shots: dict[str, Shot] = {}

    def do(self, task: Task) -> tuple[Tally, bytes | None]:
        """What was done for a task, and what is to be kept of it; None where all stands as it is."""
        return self._part(task) if isinstance(task, int) else self._region(task)

    def _part(self, number: int) -> tuple[Tally, bytes | None]:
        """The pages of a part's stations and deputies."""
        bench, reader = self._bench, self._reader
        done = self._begin(number)
        if self._stands(done, number):
            return Tally(unchanged=done.count if done else 0), None
        own = reader.stand_in(number)
        register = part_register(bench.reading.ground, reader, number, own, self._source)
        self._renderer.turn_to(register)
        written = Tally()
        codes = [[filed.record.code for filed in filed_alike] for filed_alike in own]
        leaves = []
        for page in record_pages(register, *codes):
            made = {path.rpartition("/")[2]: data for path, data in self._renderer.files(page)}
            leaves.append(put_leaf(bench.out, page.path.rstrip("/"), made, written))
        now = Done(bench.keys[number], dict(reader.asked), tuple(leaves), shots=self._shots)
        return written, packed(now)

    def _region(self, region: str) -> tuple[Tally, bytes | None]:
        """The directories that one roll belongs to."""
        bench = self._bench
        done = self._begin(region)
        if self._stands(done, region):
            return Tally(unchanged=done.count if done else 0), None
        written = Tally()
        paths = []
        for page in bench.plan.by_region[region]:
            for path, data in self._renderer.files(page):
                changed = put(bench.out, path, data)
                written.written += changed
                written.unchanged += not changed
                paths.append(path)
        stamps = ((path, stamp(f"{bench.out}/{path}")) for path in paths)
        files = tuple((path, was) for path, was in stamps if was is not None)
        return written, packed(Done(bench.keys[region], files=files))

    def _begin(self, task: Task) -> Done | None:
        """What was done for the task the last time."""
        before = self._bench.shelf.get(name_of(self._bench.reading, task))
        self._before = before if isinstance(before, Done) else None
        self._shots = {}
        return self._before

    def _stands(self, done: Done | None, task: Task) -> bool:
        """Whether all pages of a task are there as they would be made."""
        out, index = self._bench.out, self._source.index
        return (
            done is not None
            and done.key == self._bench.keys[task]
            and all(index.digest(*one) == made for one, made in done.asked.items())
            and all(is_intact(out, leaf) for leaf in done.leaves)
            and all(stamp(f"{out}/{path}") == was for path, was in done.files)
        )

    def _photo(self, code: str, path: str) -> photos.Encoded:
        """The photo of a deputy: the one that stands there, if it was made from the same picture."""
        source = digest((self._source.root / path).read_bytes())
        shot = self._before.shots.get(code) if self._before else None
        if self._before is not None and shot is not None and shot.source == source:
            leaf = next((one for one in self._before.leaves if one[0] == urls.deputy(code).rstrip("/")), None)
            if leaf is not None and is_intact(self._bench.out, leaf):
                self._shots[code] = shot
                file = self._bench.out / urls.photo(code)
                return photos.Encoded(file.read_bytes(), shot.width, shot.height)
        encoded = told(path, photos.encode, self._source.root)
        self._shots[code] = Shot(source, encoded.width, encoded.height)
        return encoded
