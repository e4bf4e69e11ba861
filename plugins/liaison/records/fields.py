"""From the plain tree of a file to a typed record; every field that does not fit is a finding.

A record with a bad field is not lost to the other rules: what may be left out is left out, what is required gets a
stand-in, and the rest is judged.
"""

from __future__ import annotations

import copy
import difflib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from .document import Document, Node, Path
from .findings import Finding
from .labels import LABELS, labelled
from .limits import FAULTS
from .shapes import hint_at, is_required, keys_at, stand_in
from .text import shown

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
    message = f"不认识的键“{shown(key)}”"
    if close:
        return Said("field/unknown", path, f"{message}，是不是想写“{close[0]}”？", f"改成 {close[0]}", on_key=True)
    return Said("field/unknown", path, message, f"删去，或用这里可以写的键：{'、'.join(known)}", on_key=True)


def missing(error: ErrorDetails, _shape: type) -> Said:
    """必填的键不能缺。"""
    path = _path(error)
    key = str(path[-1])
    return Said("field/missing", path, f"缺少必填的键 {labelled(key)}", f"补上 {key}: …")


def empty(error: ErrorDetails, _shape: type) -> Said:
    """不填的键整行省去，不留空值。"""
    return empty_at(_path(error))


def empty_at(path: Path) -> Said:
    """What `empty` says of a place."""
    return Said("field/empty", path, f"{labelled(_key(path))}写了键却没有内容", "填上内容，或删去这一行")


def choice(error: ErrorDetails, shape: type) -> Said:
    """只能从几个词里选的字段，必须是其中一个。"""
    if not isinstance(error["input"], str):
        return kind(error, shape)
    expected = error.get("ctx", {}).get("expected", "")
    allowed = expected.replace("'", "").replace(" or ", ", ").split(", ")
    return Said("field/choice", _path(error), *not_among(_key(_path(error)), error["input"], allowed))


def not_among(key: str, value: str, allowed: list[str]) -> tuple[str, str]:
    """Message and remedy of `choice`."""
    close = difflib.get_close_matches(value[:FAULTS], allowed, n=1, cutoff=0.4)
    asked = f"，是不是想写“{close[0]}”？" if close else ""
    return f"{labelled(key)}不能是“{shown(value)}”{asked}", f"可以写：{'、'.join(allowed)}"


def kind(error: ErrorDetails, _shape: type) -> Said:
    """每个字段必须是约定的类型：文字、日期、时间、数字、列表或一组键。"""
    path, given = _path(error), error["input"]
    wanted = _WANTED.get(error["type"], "文字")
    found = "一组键" if isinstance(given, dict) else "列表" if isinstance(given, list) else f"文字“{shown(given)}”"
    return Said("field/type", path, f"{labelled(_key(path))}要写{wanted}，这里是{found}", _EXAMPLES[wanted])


def impossible(error: ErrorDetails, _shape: type) -> Said:
    """日期必须是日历上有的一天。"""
    return _own(error)


def _own(error: ErrorDetails) -> Said:
    """What the type of the value says itself."""
    context = error.get("ctx", {})
    return Said(error["type"], _path(error), context["message"], context["hint"])


_WANTED = {"tuple_type": "列表", "dataclass_type": "一组键", "dict_type": "一组键"}
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


@dataclass(frozen=True, slots=True)
class Built(Generic[T]):
    """A record made from a document, or None where the document holds no mapping; what did not fit, and its paths."""

    record: T | None
    findings: list[Finding]
    lost: frozenset[Path] = frozenset()


_ADAPTERS: dict[type, TypeAdapter[Any]] = {}  # made once for each shape: making one takes milliseconds


def _adapter(shape: type[T]) -> TypeAdapter[T]:
    if shape not in _ADAPTERS:
        _ADAPTERS[shape] = TypeAdapter(shape)
    return _ADAPTERS[shape]


def build(shape: type[T], document: Document, file: str) -> Built[T]:
    """The record in a document that was read whole, and what does not fit."""
    if not document.has_empty and not document.dropped:
        try:
            return Built(_adapter(shape).validate_python(document.tree), [])
        except ValidationError:
            pass
    return _salvage(shape, document, file)


_ROUNDS = 4  # a stand-in fits, so the second round should be the last


def _salvage(shape: type[T], document: Document, file: str) -> Built[T]:
    empties = list(islice(_empties(document), FAULTS))
    said = [empty_at(path) for path in empties]
    lost = {*empties, *document.dropped}
    tree: Any = copy.deepcopy(document.tree)
    for path in empties:
        _mend(tree, path, shape)
    record: T | None = None
    for _ in range(_ROUNDS):
        try:
            record = _adapter(shape).validate_python(tree)
            break
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                path = _path(detail)
                if detail["type"] == "too_short" and detail["input"]:
                    continue  # it has items; that they do not fit is said of each
                if path not in lost and len(said) < FAULTS:
                    said.append(_say(detail, shape))
                lost.add(path)
                _mend(tree, path, shape)
    return Built(record, [_finding(one, file) for one in said], frozenset(lost))


def _finding(one: Said, file: str) -> Finding:
    path = one.path[:-1] if one.rule == "field/missing" else one.path
    return Finding(file, path, one.message, one.hint, rule=one.rule, spot="key" if one.on_key else "value")


def _say(error: ErrorDetails, shape: type) -> Said:
    if error["type"] == "field/type":
        return _own(error)
    return _BY_TYPE.get(error["type"], kind)(error, shape)


def _path(error: ErrorDetails) -> Path:
    return tuple(error["loc"])


def _key(path: Path) -> str:
    """The last name on a path; list places have none."""
    return next((part for part in reversed(path) if isinstance(part, str)), "内容")


def _empties(document: Document) -> Iterator[Path]:
    """Paths of empty values; walked only when the loader saw one."""
    if not document.has_empty or not document.tree:
        return
    stack: list[tuple[Path, Node]] = [((), document.tree)]
    while stack:
        path, node = stack.pop()
        if not node:
            yield path
        elif isinstance(node, dict):
            stack += [((*path, key), value) for key, value in reversed(node.items())]
        elif isinstance(node, list):
            stack += [((*path, number), node[number]) for number in reversed(range(len(node)))]


def _mend(tree: Any, path: Path, shape: type) -> None:  # noqa: ANN401 - the tree is being mended, it may be anything
    """Put a stand-in where something is required, and leave out what is not."""
    node = tree
    try:
        for part in path[:-1]:
            node = node[part]
        if path and is_required(shape, path):
            node[path[-1]] = stand_in(hint_at(shape, path))
        elif path:
            del node[path[-1]]
    except (KeyError, IndexError, TypeError):  # gone with what held it
        return
