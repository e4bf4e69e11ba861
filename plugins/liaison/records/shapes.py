"""What the type of a record asks for at a path: the keys it knows, what is required, and a value that would fit."""

from __future__ import annotations

import functools
import types
import typing
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from typing import Any

from pydantic.fields import FieldInfo

from .document import Node, Path

_STAND_INS: dict[object, str] = {
    datetime: "2000-01-01 00:00",
    date: "2000-01-01",
    time: "00:00",
    float: "0",
    int: "0",
    bool: "off",
}


def keys_at(shape: type, path: Path) -> list[str]:
    """The keys that a record of this shape knows at a path."""
    at = _dataclass_in(hint_at(shape, path))
    return list(_keys(at)) if at is not None else []


def is_required(shape: type, path: Path) -> bool:
    """Whether a record of this shape must have something at a path: a required key, or a place of a list."""
    if isinstance(path[-1], int):
        return True
    at = _dataclass_in(hint_at(shape, path[:-1]))
    return at is not None and path[-1] in _keys(at) and _keys(at)[path[-1]][1]


def hint_at(shape: type, path: Path) -> Any:  # noqa: ANN401 - a type hint can be any object
    """The type hint of the value at a path; None where the shape knows nothing there."""
    at: Any = shape
    for part in path:
        if isinstance(part, int):
            at = next(iter(typing.get_args(_bare(at))), None)
        else:
            inner = _dataclass_in(at)
            at = _keys(inner)[part][0] if inner is not None and part in _keys(inner) else None
        if at is None:
            return None
    return at


def stand_in(hint: Any) -> Node:  # noqa: ANN401 - a type hint can be any object
    """A value of the least content that fits the hint, as it would be read from a file."""
    bare = _bare(hint)
    if is_dataclass(bare) and isinstance(bare, type):
        return {key: stand_in(inner) for key, (inner, required) in _keys(bare).items() if required}
    if typing.get_origin(bare) is typing.Literal:
        return str(typing.get_args(bare)[0])
    if typing.get_origin(bare) is tuple:
        return [stand_in(typing.get_args(bare)[0])]
    return _STAND_INS.get(bare, "？")


@functools.cache
def _keys(shape: type) -> dict[str, tuple[Any, bool]]:
    """Hint, and whether it is required, by key as an editor writes it: `from` for the attribute `from_`."""
    hints = typing.get_type_hints(shape, include_extras=True)
    return {
        _written(hints[one.name], one.name): (
            hints[one.name],
            one.default is MISSING and one.default_factory is MISSING,
        )
        for one in fields(shape)
    }


def _written(hint: Any, name: str) -> str:  # noqa: ANN401 - a type hint can be any object
    extras = getattr(hint, "__metadata__", ())
    return next((extra.alias for extra in extras if isinstance(extra, FieldInfo) and extra.alias), name)


def _bare(hint: Any) -> Any:  # noqa: ANN401 - a type hint can be any object
    """The hint without Annotated and without `| None`."""
    while True:
        if typing.get_origin(hint) is typing.Annotated:
            hint = typing.get_args(hint)[0]
        elif typing.get_origin(hint) in {typing.Union, types.UnionType}:
            hint = next(part for part in typing.get_args(hint) if part is not types.NoneType)
        else:
            return hint


def _dataclass_in(hint: Any) -> type | None:  # noqa: ANN401 - a type hint can be any object
    bare = _bare(hint)
    return bare if is_dataclass(bare) and isinstance(bare, type) else None
