"""Pickling of small frozen records by the hundred thousand."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

T = TypeVar("T")


def quick(cls: type[T]) -> type[T]:
    """A dataclass with slots, to be pickled and unpickled several times faster than by its own means.

    Those ask for the fields anew for every object, and set each by name.
    """
    names = tuple(field.name for field in fields(cls))  # type: ignore[arg-type]
    setters = tuple(getattr(cls, name).__set__ for name in names)
    values = ", ".join(f"self.{name}" for name in names)
    made: dict[str, Any] = {}
    exec(f"def getstate(self): return ({values},)", made)  # noqa: S102 - as dataclasses makes its own methods

    def setstate(self: T, state: tuple[Any, ...]) -> None:
        for put, value in zip(setters, state, strict=True):
            put(self, value)

    for name, method in (("__getstate__", made["getstate"]), ("__setstate__", setstate)):
        setattr(cls, name, method)
    return cls
