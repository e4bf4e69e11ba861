"""From the plain tree of a file to a typed record; every field that does not fit is a finding.

A record with a bad field is not lost to the other rules: what can be left out is left out, and the rest is judged.
"""

from __future__ import annotations

import copy
import difflib
import functools
import types
import typing
from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from .findings import Finding
from .labels import LABELS, labelled
from .loader import Document, Node, Path

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """One field that does not fit: where in the record, and what to say."""

    rule: str
    path: Path
    message: str
    hint: str
    on_key: bool = False


def unknown(error: ErrorDetails, shape: type) -> Said:
    """每个键都必须是约定的键；写错的键会提示“是不是想写…”。"""
    path = _path(error)
    key, known = str(path[-1]), keys_at(shape, path[:-1])
    by_label = [name for name in known if LABELS.get(name) == key]
    close = by_label or difflib.get_close_matches(key.lower(), known, n=1, cutoff=0.6)
    if close:
        return Said(
            "field/unknown", path, f"不认识的键“{key}”，是不是想写“{close[0]}”？", f"改成 {close[0]}", on_key=True
        )
    return Said(
        "field/unknown", path, f"不认识的键“{key}”", f"删去，或用这里可以写的键：{'、'.join(known)}", on_key=True
    )


def missing(error: ErrorDetails, _shape: type) -> Said:
    """必填的键不能缺。"""
    path = _path(error)
    key = str(path[-1])
    return Said("field/missing", path, f"缺少必填的键 {labelled(key)}", f"补一行 {key}: …")


def empty(error: ErrorDetails, _shape: type) -> Said:
    """不填的键整行省去，不留空值。"""
    return empty_at(_path(error))


def empty_at(path: Path) -> Said:
    """What `empty` says of a place."""
    return Said("field/empty", path, f"{labelled(_key(path))} 写了键却没有内容", "填上内容，或删去这一行")


def choice(error: ErrorDetails, _shape: type) -> Said:
    """只能从几个词里选的字段，必须是其中一个。"""
    path, value = _path(error), str(error["input"])
    allowed = error.get("ctx", {}).get("expected", "").replace("'", "").replace(" or ", ", ").split(", ")
    return not_among(path, value, allowed)


def not_among(path: Path, value: str, allowed: list[str]) -> Said:
    """What `choice` says, for a choice that depends on the site."""
    close = difflib.get_close_matches(value, allowed, n=1, cutoff=0.4)
    message = f"{labelled(_key(path))} 不能是“{value}”"
    if close:
        message += f"，是不是想写“{close[0]}”？"
    return Said("field/choice", path, message, f"可以写：{'、'.join(allowed)}")


def kind(error: ErrorDetails, _shape: type) -> Said:
    """每个字段必须是约定的类型：文字、日期、时间、数字、列表或一组键。"""
    path, given = _path(error), error["input"]
    wanted = _WANTED.get(error["type"], "约定的形式")
    found = "一组键" if isinstance(given, dict) else "列表" if isinstance(given, list) else f"文字“{given}”"
    return Said(
        "field/type", path, f"{labelled(_key(path))} 要写{wanted}，这里是{found}", _EXAMPLES.get(wanted, "按样例改写")
    )


def impossible(error: ErrorDetails, _shape: type) -> Said:
    """日期必须是日历上有的一天。"""
    return _own(error)


def _own(error: ErrorDetails) -> Said:
    context = error.get("ctx", {})
    return Said(error["type"], _path(error), context.get("message", error["msg"]), context.get("hint", ""))


_WANTED = {
    "string_type": "文字",
    "tuple_type": "列表",
    "list_type": "列表",
    "dataclass_type": "一组键",
    "dict_type": "一组键",
}
_EXAMPLES = {
    "文字": "写成一行文字",
    "列表": "写成 [甲, 乙]，或每行一个“- ”",
    "一组键": "写成 {键: 值, 键: 值}，或换行缩进逐个写",
}

_BY_TYPE: dict[str, Callable[[ErrorDetails, type], Said]] = {
    "unexpected_keyword_argument": unknown,
    "missing": missing,
    "string_too_short": empty,
    "too_short": empty,
    "literal_error": choice,
    "date/impossible": impossible,
}
RULES: dict[str, Callable[[ErrorDetails, type], Said]] = {
    "field/unknown": unknown,
    "field/missing": missing,
    "field/empty": empty,
    "field/type": kind,
    "field/choice": choice,
    "date/impossible": impossible,
}
"""The rules held here, each a function whose docstring is its sentence."""


@functools.cache
def _adapter(shape: type[T]) -> TypeAdapter[T]:
    return TypeAdapter(shape)


def build(shape: type[T], document: Document, file: str) -> tuple[T | None, list[Finding]]:
    """The record in a document that was read, and what does not fit; None where too little is left of it."""
    adapter = _adapter(shape)
    empties = list(_empties(document))
    said = [empty_at(path) for path in empties]
    try:
        if not empties:
            return adapter.validate_python(document.tree), []
    except ValidationError:
        pass
    reported = {*empties, *document.dropped}
    tree = copy.deepcopy(document.tree)
    for attempt in range(_ROUNDS):
        failed = [(path, "empty") for path in empties] if not attempt else []
        try:
            record = adapter.validate_python(tree)
        except ValidationError as error:
            details = error.errors(include_url=False)
            failed += [(_path(detail), detail["type"]) for detail in details]
            if not attempt:
                said += [one for detail in details if (one := _say(detail, shape)).path not in reported]
        else:
            if not failed:
                return record, [_finding(one, file) for one in said]
        if not _prune(tree, failed):
            break
    return None, [_finding(one, file) for one in said]


_ROUNDS = 12  # each round removes at least one level of what does not fit


def _finding(one: Said, file: str) -> Finding:
    path = one.path[:-1] if one.rule == "field/missing" else one.path
    return Finding(file, path, one.message, one.hint, rule=one.rule, spot="key" if one.on_key else "value")


def _say(error: ErrorDetails, shape: type) -> Said:
    if "/" in error["type"] and error["type"] != "date/impossible":
        return _own(error)
    return _BY_TYPE.get(error["type"], kind)(error, shape)


def _path(error: ErrorDetails) -> Path:
    return tuple(error["loc"])


def _key(path: Path) -> str:
    """The last name on a path; list places have none."""
    return next((part for part in reversed(path) if isinstance(part, str)), "内容")


def _empties(document: Document) -> Iterator[Path]:
    """Paths of empty values; walked only when the loader saw one."""
    if not document.has_empty or document.tree in ("", [], {}):
        return
    stack: list[tuple[Path, Node]] = [((), document.tree)] if document.tree is not None else []
    while stack:
        path, node = stack.pop()
        if path and not node:
            yield path
        elif isinstance(node, dict):
            stack += [((*path, key), value) for key, value in reversed(node.items())]
        elif isinstance(node, list):
            stack += [((*path, place), node[place]) for place in reversed(range(len(node)))]


def _prune(tree: object, failed: list[tuple[Path, str]]) -> bool:
    """Leave out what failed; a missing or unfit required value takes its parent along. False: nothing left to do."""
    done = False
    removed: set[Path] = set()
    for path, why in sorted(failed, key=lambda one: _depth_first(one[0])):
        target = path[:-1] if why == "missing" else path
        if target and target not in removed:
            removed.add(target)
            done |= _remove(tree, target)
    return done


def _depth_first(path: Path) -> tuple[int, tuple[int, ...]]:
    """Deeper paths first, later list places first, so that earlier removals do not move later ones."""
    return -len(path), tuple(-part if isinstance(part, int) else 0 for part in path)


def _remove(tree: object, path: Path) -> bool:
    node: Any = tree
    for part in path[:-1]:
        try:
            node = node[part]
        except (KeyError, IndexError, TypeError):
            return False
    try:
        del node[path[-1]]
    except (KeyError, IndexError, TypeError):
        return False
    return True


def keys_at(shape: type, path: Path) -> list[str]:
    """The keys that a record of this shape knows at a path."""
    at: Any = shape
    for part in path:
        if isinstance(part, int):
            continue
        at = _inner(_hints(at).get(_attribute(at, part))) if at is not None else None
    return [_written(at, one.name) for one in fields(at)] if at is not None and is_dataclass(at) else []


@functools.cache
def _hints(shape: type) -> dict[str, Any]:
    return typing.get_type_hints(shape, include_extras=True)


def _written(shape: type, name: str) -> str:
    """The key as an editor writes it: `from` for the attribute `from_`."""
    for extra in getattr(_hints(shape)[name], "__metadata__", ()):
        if isinstance(extra, FieldInfo) and extra.alias:
            return extra.alias
    return name


def _attribute(shape: type, key: str) -> str:
    return next((one.name for one in fields(shape) if _written(shape, one.name) == key), key)  # type: ignore[arg-type]


def _inner(hint: Any) -> Any:  # noqa: ANN401 - a type hint can be any object
    """The dataclass inside Annotated, unions and tuples; None where there is none."""
    if hint is None:
        return None
    if is_dataclass(hint):
        return hint
    if typing.get_origin(hint) in (typing.Annotated, typing.Union, types.UnionType, tuple):
        return next((found for part in typing.get_args(hint) if (found := _inner(part)) is not None), None)
    return None
