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
from liaison.build.pressing import Laid, Sheet, files_below, lay
from liaison.model.holders import Breach, Broken, breaches
from liaison.model.site import Site
from liaison.plan import urls
from liaison.problems import ProblemsError, errors
from liaison.publish.manifest import NAME, Manifest
from liaison.publish.names import unfit_names
from liaison.publish.swap import beside, only_one, recover, room_for, swap
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

_PROVEN = "proven"

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
        work = beside(order.out, "work")
        host.render(root, work, reading.today)
        if _sound(root, reading.today, crew, shelf).keys != reading.keys:
            raise ReleaseError("生成的时候记录被改动了，请再生成一次")
        tell("核对文件，逐个扫二维码")
        laid, codes = _laid(reading, order, crew, shelf or passing(), work)
        commit, made = order.version or (version_of(root), made_on(root, reading.today))
        manifest = Manifest(
            url=site.url,
            code_base=site.code_base,
            today=reading.today,
            made_on=made,
            commit=commit,
            versions=versions(),
            files=laid.entries,
            holders=holders,
        )
        tell("放到位")
        put(beside(order.out, "new"), NAME, manifest.as_bytes())
        swap(order.out)
    return Release(manifest, reading, laid.found, codes)


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
    """Hold that two more copies of the site fit beside the one there is. Raises `SwapError`."""
    records = reading.stations + reading.deputies
    copies = 1 if beside(out, "work").is_dir() else 2
    room_for(out.parent, copies * (records * _PAGE + _REST), copies * records * _PER_RECORD)


def _laid(reading: Reading, order: Order, crew: Crew, shelf: Shelf, work: Path) -> tuple[Laid, int]:
    """The files in their new folder, found fit. Raises `ReleaseError`."""
    paths = files_below(work)
    if unfit := unfit_names(paths):
        raise ReleaseError("\n".join(f"{one.path}：{one.words}" for one in unfit))
    codes = _payloads(reading)
    if lost := codes.keys() - set(paths):
        raise ReleaseError("\n".join(f"{path}：编号有记录，却没有页面" for path in sorted(lost)))
    kept = shelf.below("release")
    known = kept.get(_PROVEN) or frozenset()
    sheet = Sheet(work, beside(order.out, "new"), codes, known, order.sought)
    sheet.new.mkdir()
    sheet.new.chmod(0o755)  # whatever the umask
    laid = lay(sheet, paths, crew)
    if laid.amiss:
        raise ReleaseError("\n".join(laid.amiss))
    kept.put(_PROVEN, laid.proven)
    return laid, len(codes)


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
