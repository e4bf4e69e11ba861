"""Going back to a release that a place keeps: quick, since only a part is looked at; never to what was hidden."""

from __future__ import annotations

from dataclasses import dataclass, replace

from .audit import sample
from .brake import lost_codes, named, shown_again
from .journal import Line, previous_name
from .manifest import NAME, Difference
from .place import Place, Published, PublishError, Tell
from .publishing import Order, Outcome, Reached, confirm, in_words, now, published

_SAMPLE = 300
"""Files that are hashed before going back, besides the sentinels: two seconds would be too many for 140,000."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """What is asked for."""

    to: str = ""
    """Name of a release; empty for the one that was published before."""
    reason: str = ""
    may_lose_codes: bool = False
    """Whether somebody confirmed that posters of newer codes will lead nowhere."""


def roll_back(place: Place, wanted: Return, order: Order, tell: Tell) -> Outcome:
    """Publish an earlier release again. Raises `PublishError`; unless that says otherwise, the site is as it was."""
    reached = Reached(tell)
    with in_words(place, order.target, reached), place.locked():
        reached("locked")
        current = published(place, order)
        if current is None:
            raise PublishError(f"{order.target} 还没有发布过，没有可退的")
        older = _older(place, current, wanted.to, order.target)
        check_return(current, older, wanted)
        reached("compared")
        some = [path for path in sample(older.manifest, _SAMPLE) if path != NAME]
        if amiss := place.amiss(older.manifest, some, older.name):
            lines = named([f"{one.path}：{one.words}" for one in amiss], "个文件")
            raise PublishError(f"{older.name} 这一版不完整，不能退回去；用 --list 看看别的版本，加 --to 指定", lines)
        reached("verified")
        line = _line(order, current, older, wanted.reason)
        place.switch(older.name, current, line, reached)
        confirm(place, older, current, order, line, reached)
        reached("confirmed")
        order.note(line)
        reached("logged")
    return Outcome(older.name, current.name, older.manifest, Difference((), (), ()))


def _older(place: Place, current: Published, to: str, label: str) -> Published:
    kept = place.kept()
    name = to or previous_name(place.history(), kept, current.name)
    if not name:
        raise PublishError(f"{label} 没有留存更早的版本，退不回去；要换内容，请改好记录，重新生成、审批、发布")
    if name not in kept:
        raise PublishError(f"{label} 没有留存 {name} 这一版；留存的有：{'、'.join(reversed(kept)) or '没有'}")
    if name == current.name:
        raise PublishError(f"网站现在就是 {name} 这一版，不用退")
    return place.release(name)


def check_return(current: Published, older: Published, wanted: Return) -> None:
    """Hold that nobody who is hidden would be shown again, and no code lost unseen. Raises `PublishError`."""
    now_held, then_held = current.manifest.holders, older.manifest.holders
    if shown := shown_again(now_held, then_held):
        raise PublishError(
            f"退回 {older.name} 会重新公开 {len(shown)} 位已经撤下的代表，不能退；"
            "请退到撤下以后的版本，或重新生成再发布",
            named(shown, "个编号"),
        )
    lost = lost_codes(now_held, then_held)
    if lost and not wanted.may_lose_codes:
        raise PublishError(
            f"退回 {older.name} 后，有 {len(lost)} 个已经公布的编号打不开或不是原来的人，印出去的二维码会失效；"
            "确实要退的话，加上 --confirm-codes",
            named(lost, "个编号"),
        )


def _line(order: Order, current: Published, older: Published, reason: str) -> Line:
    line = Line(when=now(), who=order.who, outcome="rolled back", target=order.target, note=reason)
    return replace(
        line,
        came_from=current.name,
        to=older.name,
        tree=older.manifest.tree,
        today=older.manifest.today.isoformat(),
        commit=older.manifest.commit,
        files=len(older.manifest.files),
    )
