"""Codes that an earlier version has: each stays with its holder for ever, since it is printed on walls."""

from __future__ import annotations

from collections.abc import Iterator

from liaison.model.holders import Breach
from liaison.records.case import Case
from liaison.records.findings import Finding
from liaison.records.issued_codes import Held, Unkept
from liaison.records.text import shown

from .rule import error

_KINDS = {"station": "站", "deputy": "代表"}
_ANYBODY = {"station": "一个站", "deputy": "一位代表"}
_ENDINGS = {"station": "closed（已停用）或 merged（已并入）", "deputy": "former（已卸任）或 withheld（暂不展示）"}


@error("code/vanished")
def vanished(case: Case) -> Iterator[Finding]:
    """有过的编号永远不能删（check --base 与以前的版本比较）；停用、卸任的改 status，记录留着。"""
    for one in _broken(case, Breach.VANISHED):
        was = one.was
        message = f"编号 {was.code}（{_name(was)}）在 {shown(one.ref)} 里有，现在没有了"
        where = "，另存一个文件" if one.is_file_there else ""
        ending = _ENDINGS[was.holder.kind]
        hint = f"编号印在墙上，永远不能删：从版本历史里找回这份记录{where}，不再展示的把 status 改成 {ending}"
        if one.is_behind:
            hint = f"如果是 {shown(one.ref)} 里新加的，先把它合并进来；不是的：{hint}"
        yield Finding(was.file, (), message, hint)


@error("code/changed")
def changed(case: Case) -> Iterator[Finding]:
    """记录的编号永远不能换（check --base 与以前的版本比较）。"""
    for one in _broken(case, Breach.CHANGED):
        if one.now is not None:
            message = f"同一份记录的编号从 {one.was.code} 换成了 {shown(one.broken.other)}"
            hint = f"改回 {one.was.code}：编号印在墙上，永远不能换"
            yield Finding(one.now.file, ("code",), message, hint)


@error("code/reused")
def reused(case: Case) -> Iterator[Finding]:
    """编号永远不能转给别的站、别的代表（check --base 与以前的版本比较）；改了名称的写 former_names。"""
    for one in _broken(case, Breach.REUSED):
        if one.now is not None:
            was, now = _called(one.was, one.now), _called(one.now, one.was)
            message = f"编号 {one.was.code} 原来是{was}，现在给了{now}"
            yield Finding(one.now.file, ("code",), message, _remedy(one, one.now))


def _remedy(one: Unkept, now: Held) -> str:
    was, code = one.was, one.was.code
    if one.broken.other:
        other = f"（{_name(was)}，现在写的是 {shown(one.broken.other)}）"
        return f"编号 {code} 还给原来的记录{other}；这一份用自己原来的编号，没有的用新编号"
    restored = f"先从版本历史里找回原来的记录，再运行 liaison renew-code {now.file}，新的记录换新编号"
    if was.file == now.file:
        restored = "新的记录另存一个文件，从版本历史里找回原来的记录，再给新的文件运行 liaison renew-code 换新编号"
    if was.holder.kind != now.holder.kind:
        return restored
    who = "站" if was.holder.kind == "station" else "人"
    return f"{restored}；确是同一个{who}改名的，加一行 former_names: [{shown(was.name) or '原名'}]"


def _broken(case: Case, breach: Breach) -> Iterator[Unkept]:
    return (one for one in case.unkept if one.broken.breach is breach)


def _called(held: Held, other: Held) -> str:
    """A holder in the sentence, with its kind where the two are not of one."""
    if not held.name:
        return _ANYBODY[held.holder.kind]
    return f"{_KINDS[held.holder.kind] if held.holder.kind != other.holder.kind else ''}“{shown(held.name)}”"


def _name(held: Held) -> str:
    return shown(held.name) or _ANYBODY[held.holder.kind]
