"""A release: the whole site with its manifest, made aside, checked, and put in place in one step or not at all."""

from __future__ import annotations

import platform
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib import metadata
from pathlib import Path

from liaison import __version__
from liaison.build import host
from liaison.build.holders import holders_of
from liaison.build.listed import Lister
from liaison.build.pressing import Seen, Sheet, files_below, look
from liaison.build.tasks import KEPT
from liaison.model.holders import Breach, Broken, breaches
from liaison.model.site import Site
from liaison.plan import urls
from liaison.problems import ProblemsError, errors
from liaison.publish.leaf import Stamp
from liaison.publish.manifest import NAME, Manifest
from liaison.publish.names import unfit_names
from liaison.publish.swap import beside, exchange, only_one, recover, room_for
from liaison.publish.tree import put
from liaison.records.commit import made_on, version_of
from liaison.records.read import Reading, read_site
from liaison.shelf import Shelf, passing
from liaison.workers import Crew

_LIBRARIES = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "nh3", "pillow", "pymdown-extensions", "qrcode")
"""What decides on the bytes of a site, besides this program."""

_PAGE = 16_000
"""Bytes that a record takes on disk at most, its page and folder together, on the safe side."""
_REST = 60_000_000
"""Bytes of everything else."""
_PER_RECORD = 3
"""Files and folders a record."""

_PROVEN, _HELD = "proven", "held"

OF_FOLDERS = (KEPT, _HELD)
"""Names of what is kept about the two folders that take turns."""

Tell = Callable[[str], None]
"""Told which step begins, in Chinese."""


class ReleaseError(ValueError):
    """The site cannot be released; says why in Chinese, a line each. Nothing was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a release is asked for."""

    out: Path
    today: date | Callable[[Site], date]
    previous: Manifest | None = None
    """What is published: no code of it may be lost."""
    sought: Mapping[str, Collection[bytes]] = field(default_factory=dict)
    """Words that should stand nowhere, with the ways they can be written."""
    version: tuple[str, datetime] | None = None
    """Name of the source's version and when it was made, where the folder cannot tell."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release that was put in place."""

    manifest: Manifest
    reading: Reading
    found: Mapping[str, tuple[str, ...]]
    """Files in which words stand that were sought, with these words."""
    codes: int
    """How many codes were read back from their pages."""


def release(root: Path, order: Order, crew: Crew, shelf: Shelf | None, tell: Tell) -> Release:
    """Make the site at `root`, check it, and put it in place of what stands at `order.out`.

    Raises `ProblemsError` where records are wrong, `HostError`, `ReleaseError`, `SwapError` and `OSError`; the earlier
    release then stands as it was.
    """
    with only_one(order.out, "正在生成"):
        recover(order.out)
        tell("检查记录")
        reading = _sound(root, order.today, crew, shelf)
        site = reading.ground.site.record
        _make_room(order.out, reading)
        tell("核对编号")
        holders = holders_of(reading, crew)
        _hold_codes(order.previous, breaches(order.previous.holders, holders) if order.previous else ())
        tell("生成页面")
        spare = beside(order.out, "next")
        host.render(root, spare, reading.today)
        if _sound(root, reading.today, crew, shelf).keys != reading.keys:
            raise ReleaseError("生成的时候记录被改动了，请再生成一次")
        tell("核对文件，逐个扫二维码")
        kept = shelf or passing()
        seen, codes = _seen(reading, order, crew, kept, spare)
        commit, made = order.version or (version_of(root), made_on(root, reading.today))
        manifest = Manifest(
            url=site.url,
            code_base=site.code_base,
            today=reading.today,
            made_on=made,
            commit=commit,
            versions=versions(),
            files=seen.entries,
            holders=holders,
        )
        tell("放到位")
        put(spare, NAME, manifest.as_bytes())
        exchange(order.out, spare)
        for about in OF_FOLDERS:
            kept.change_places(about, order.out, spare)
    return Release(manifest, reading, seen.found, codes)


def versions() -> dict[str, str]:
    """Of this program, Python, and the libraries that decide on the bytes of a site."""
    found = {name: metadata.version(name) for name in _LIBRARIES}
    return {"liaison": __version__, "python": platform.python_version(), **found}


def _sound(root: Path, today: date | Callable[[Site], date], crew: Crew, shelf: Shelf | None) -> Reading:
    """The site. Raises `ProblemsError` where something is written wrong."""
    reading = read_site(root, today, crew, shelf, Lister(root))
    if reading.has_errors:
        raise ProblemsError(errors(reading.problems))
    return reading


def _make_room(out: Path, reading: Reading) -> None:
    """Hold that another copy of the site fits beside the one there is. Raises `SwapError`."""
    records = 0 if beside(out, "next").is_dir() else reading.stations + reading.deputies
    room_for(out.parent, records * _PAGE + _REST, records * _PER_RECORD)


def _seen(reading: Reading, order: Order, crew: Crew, shelf: Shelf, folder: Path) -> tuple[Seen, int]:
    """The files of the folder, found fit, and how many codes there are. Raises `ReleaseError`."""
    paths = [path for path in files_below(folder) if path != NAME]
    if unfit := unfit_names(paths):
        raise ReleaseError("\n".join(f"{one.path}：{one.words}" for one in unfit))
    codes = _payloads(reading)
    if lost := codes.keys() - set(paths):
        raise ReleaseError("\n".join(f"{path}：编号有记录，却没有页面" for path in sorted(lost)))
    kept = shelf.below("release")
    seen = look(Sheet(folder, codes, kept.get(_PROVEN) or frozenset(), order.sought), paths, crew)
    if seen.amiss:
        raise ReleaseError("\n".join(seen.amiss))
    kept.put(_PROVEN, seen.proven)
    hold_bytes(seen, shelf.below_for(_HELD, folder), folder)
    return seen, len(codes)


def hold_bytes(seen: Seen, kept: Shelf, folder: Path) -> None:
    """Hold that no file has other bytes than before while it looks untouched: then the disk is failing.

    Raises `ReleaseError`; the next build makes such files anew.
    """
    before: Mapping[str, tuple[Stamp, str]] = kept.get(_HELD) or {}
    now = {path: (stamp, seen.entries[path].sha256) for path, stamp in seen.stamps.items()}
    damaged = sorted(
        path
        for path, (stamp, sha256) in now.items()
        if path in before and before[path][0] == stamp and before[path][1] != sha256
    )
    for path in damaged:
        (folder / path).unlink()
    if damaged:
        raise ReleaseError(
            f"磁盘上有 {len(damaged)} 个文件自己变了，已经删去：{'、'.join(damaged[:5])}；请再生成一次，并检查磁盘"
        )
    kept.put(_HELD, now)


def _payloads(reading: Reading) -> dict[str, str]:
    """What the code on each page says, by the page's path."""
    base, index = reading.ground.site.record.code_base, reading.source.index
    pages = [urls.station(code) for code in index.station] + [urls.deputy(code) for code in index.deputy]
    return {urls.file(page): base + page for page in pages}


_WORDS = {
    Breach.VANISHED: "已经发布，现在没有了；编号印在墙上，不能删：恢复这份记录，把 status 改成停用的状态",
    Breach.CHANGED: "已经发布，现在换成了 {other}；改回原来的编号",
    Breach.REUSED: "已经发布，现在给了别人；新的站或代表用新编号，同一个站或人改名时写 former_names",
}


def _hold_codes(previous: Manifest | None, broken: tuple[Broken, ...]) -> None:
    """Hold that every published code stays what it was. Raises `ReleaseError`."""
    if previous is not None and broken:
        lines = (f"编号 {one.code} {_words(one)}" for one in broken)
        raise ReleaseError("\n".join(lines))


def _words(one: Broken) -> str:
    moved = f"（原来的现在写成 {one.other}）" if one.breach is Breach.REUSED and one.other else ""
    return _WORDS[one.breach].format(other=one.other) + moved
