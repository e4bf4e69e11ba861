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
    made: dict[str, Any] = {f"put_{name}": getattr(cls, name).__set__ for name in names}
    values = ", ".join(f"self.{name}" for name in names)
    puts = "; ".join(f"put_{name}(self, {name})" for name in names)
    source = (
        f"def __getstate__(self): return ({values},)\n"
        f"def __setstate__(self, state): ({', '.join(names)},) = state; {puts}"
    )
    exec(source, made)  # noqa: S102 - names of fields and nothing else; dataclasses makes its own methods like this
    for method in ("__getstate__", "__setstate__"):
        setattr(cls, method, made[method])
    return cls
