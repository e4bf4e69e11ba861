"""A publication from beginning to end, the same for every kind of host: nothing is touched before all is right."""

from __future__ import annotations

import errno
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from liaison.workers import Crew

from .audit import Amiss, audit_folder, sample, sentinels
from .brake import broken_codes, named, too_many_gone
from .journal import Line
from .manifest import NAME, Difference, Manifest
from .place import HostError, Place, Published, PublishError, Source, Tell, UnreadableError

_SAMPLE = 50
"""Files that are hashed once more after the site changed, besides the sentinels."""
_AGAIN_AFTER = (1, 3)
"""Seconds: a web server may show for a moment what it remembers."""

Online = Callable[[Manifest, Sequence[str]], Sequence[Amiss]]
"""Fetches files of a release from the web and says which are wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """Who publishes what is asked for, and how."""

    who: str
    target: str
    """What the place is called in the log."""
    refusals: Callable[[], Sequence[str]]
    """Why the release may not be published: what its approval lacks."""
    approval: str = ""
    brake: int = 2
    """Percent of pages."""
    keep: int = 5
    may_remove: bool = False
    """Whether somebody confirmed that many pages go."""
    previous: Callable[[], Manifest | None] = lambda: None
    """What is published, for where the place itself does not know; asked only then."""
    online: Online | None = None
    note: Callable[[Line], object]
    """Takes the line for the log of the site."""
    crew: Crew | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it went."""

    name: str
    before: str
    """Name of the release that was published before; empty where there was none."""
    manifest: Manifest
    """Of what is published now."""
    difference: Difference
    is_same: bool = False
    """Nothing was done, since this is what is published."""
    pruned: int = 0


def check(source: Source, order: Order) -> None:
    """Hold that a release is whole and approved. Raises `PublishError`."""
    amiss = audit_folder(source.folder, source.manifest, crew=order.crew)
    if amiss:
        raise PublishError(
            f"{source.folder} 里有 {len(amiss)} 处和清单不一样，可能被改动过；请重新运行 liaison build。什么也没有发布",
            named([f"{one.path}：{one.words}" for one in amiss], "处"),
        )
    if refusals := order.refusals():
        raise PublishError("还没有审批好，不能发布；什么也没有改", refusals)


def compare(before: Manifest | None, source: Source, order: Order) -> Difference:
    """How the release differs from what is published. Raises `PublishError` where that may not be."""
    before = before or order.previous()
    difference = Difference.between(before, source.manifest)
    if before is None:
        return difference
    if broken := broken_codes(before, source.manifest):
        raise PublishError(
            f"有 {len(broken)} 个已经公布的编号出了问题，不能发布：印出去的二维码还在墙上，编号不能消失，也不能换人。"
            "请把这些记录改回来；站撤并、代表离任，改记录里的 status，不删文件",
            named(broken, "个编号"),
        )
    gone = too_many_gone(before, difference, order.brake)
    if gone and not order.may_remove:
        raise PublishError(
            f"这次发布会删去 {len(gone)} 个网页，超过现有 {len(before.pages)} 个的 {order.brake}%，先停下来；"
            "确实要删的话，加上 --confirm-removal",
            named(gone, "个网页"),
        )
    return difference


def publish(place: Place, source: Source, order: Order, tell: Tell) -> Outcome:
    """Publish a release. Raises `PublishError`; unless that says otherwise, the site is as it was."""
    check(source, order)
    tell("checked")
    reached = Reached(tell)
    with in_words(place, order.target, reached), place.locked():
        reached("locked")
        before = published(place, order)
        difference = compare(before.manifest if before else None, source, order)
        reached("compared")
        was = before.name if before else ""
        if before and before.manifest.tree == source.manifest.tree and place.is_whole(before):
            return Outcome(was, was, source.manifest, difference, is_same=True)
        name = place.lay(source, before, reached)
        line = line_of(order, source.manifest, difference, was, name)
        place.switch(name, before, line, reached)
        confirm(place, Published(name, source.manifest), before, order, line, reached)
        reached("confirmed")
        write(place, order, replace(line, when=now(), outcome="published"))
        reached("logged")
        pruned = place.prune(order.keep, [name, was])
        reached("pruned")
    return Outcome(name, was, source.manifest, difference, pruned=pruned)


def published(place: Place, order: Order) -> Published | None:
    """What is published, as the place or, where it does not know, the order says. Raises `UnreadableError`."""
    try:
        return place.published()
    except UnreadableError as error:
        manifest = order.previous()
        if manifest is None:
            raise
        return Published(error.name, manifest)


def confirm(place: Place, after: Published, before: Published | None, order: Order, line: Line, tell: Tell) -> None:
    """Look at the site as it is served. Where it is wrong, go back to what was. Raises `PublishError`."""
    some = [path for path in sample(after.manifest, _SAMPLE) if path != NAME]
    amiss = list(place.amiss(after.manifest, some))
    if not amiss and order.online is not None:
        amiss = _online(order.online, after.manifest)
    if not amiss:
        return
    lines = named([f"{one.path}：{one.words}" for one in amiss], "个文件")
    reason = f"发布后核对，有 {len(amiss)} 个文件不对"
    write(place, order, replace(line, when=now(), outcome="failed", note=f"{reason}：{lines[0]}"))
    if before is None or not before.name:
        raise PublishError(f"{reason}；以前的版本没有留存，退不回去，网站现在是新的一版。请马上检查", lines)
    back = replace(line, when=now(), outcome="rolled back", came_from=after.name, to=before.name, note=reason)
    back = replace(back, tree=before.manifest.tree, approval="", added=0, changed=0, removed=0)
    place.switch(before.name, after, back, tell)
    order.note(back)
    raise PublishError(f"{reason}，已经退回 {before.name}；请检查网站的设置，改好以后再发布", lines)


def _online(online: Online, manifest: Manifest) -> list[Amiss]:
    wanted = sentinels(manifest)
    amiss = list(online(manifest, wanted))
    for seconds in _AGAIN_AFTER:
        if not amiss:
            break
        time.sleep(seconds)
        amiss = list(online(manifest, wanted))
    return amiss


def write(place: Place, order: Order, line: Line) -> None:
    """Into both logs."""
    place.log(line)
    order.note(line)


def now() -> str:
    """The time as logs have it."""
    return f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"


def line_of(order: Order, manifest: Manifest, difference: Difference, was: str = "", name: str = "") -> Line:
    """For the log, before anything is changed."""
    return Line(
        when=now(),
        who=order.who,
        outcome="begun",
        target=order.target,
        came_from=was,
        to=name,
        tree=manifest.tree,
        today=manifest.today.isoformat(),
        commit=manifest.commit,
        files=len(manifest.files),
        added=len(difference.added),
        changed=len(difference.changed),
        removed=len(difference.removed),
        approval=order.approval,
    )


class Reached:
    """Passes on the steps, and knows the last one."""

    def __init__(self, tell: Tell) -> None:
        self.step = ""
        self.changed = False
        """Whether the site may be another since."""
        self._tell = tell

    def __call__(self, step: str) -> None:
        """The site has come to this step."""
        self.step = step
        self.changed = self.changed or step in {"placing", "switched"}
        self._tell(step)


@contextmanager
def in_words(place: Place, label: str, reached: Reached) -> Iterator[None]:
    """Say what a fault of disk or host means for the site."""
    try:
        yield
    except (OSError, HostError) as error:
        words = str(error) if isinstance(error, HostError) else disk_words(error, label)
        raise PublishError(f"{words}；{_state(place, reached)}") from error


def _state(place: Place, reached: Reached) -> str:
    if not reached.changed:
        return "网站没有变。处理好以后再运行一次同样的命令"
    if place.is_gradual and reached.step in {"placing", "placed"}:
        return "每个文件都是完整的，但网站上有新有旧；处理好以后再运行一次同样的命令，会接着做完"
    return "网站已经换成新的，后面的步骤没有做完；处理好以后再运行一次同样的命令"


def disk_words(error: OSError, label: str) -> str:
    """What a fault of a disk is, in words."""
    match error.errno:
        case errno.ENOSPC | errno.EDQUOT:
            return f"{label} 的磁盘满了"
        case errno.EROFS:
            return f"{label} 是只读的，写不进去"
        case errno.EACCES | errno.EPERM:
            return f"没有权限写 {error.filename or label}"
    return f"读写 {error.filename or label} 出错：{error.strerror or error}"
