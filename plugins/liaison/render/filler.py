"""Macros compiled by shape: what differs from another result only in its words is filled, not rendered.

What a macro makes of what it is given depends on its shape: which texts are empty, how long tuples are, numbers and
switches. For each shape seen twice the macro is run with a token in place of each text; the result, cut at the tokens,
is a form to be filled. A macro that looks into a text (its length, its first character), or compares two, would be
wrong that way. So it is run with tokens that all differ, and with longer ones that are all alike: both must give the
same pieces, and the form filled must be the macro's own result.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import cache
from itertools import count
from operator import attrgetter
from typing import Any

TOKEN = re.compile("\ue000(\\d+)\ue001")
_ALIKE = "\ue000" + "0" * 99 + "\ue001"

_MOST_FORMS = 4_000
"""Forms kept of one macro."""

Shape = tuple[object, ...]
Form = tuple[list[str], list[int]]
"""The pieces between texts, with room for these in between, and which text goes where."""


class FillError(ValueError):
    """A template makes something of a text that depends on more than whether it is empty."""


def token(number: int) -> str:
    """Text that `TOKEN` finds again."""
    return f"\ue000{number}\ue001"


def escaped(text: str) -> str:
    """The text as the templates escape it."""
    if "&" in text:
        text = text.replace("&", "&amp;")
    if "<" in text:
        text = text.replace("<", "&lt;")
    if ">" in text:
        text = text.replace(">", "&gt;")
    if '"' in text:
        text = text.replace('"', "&#34;")
    if "'" in text:
        text = text.replace("'", "&#39;")
    return text


@dataclass(slots=True, eq=False)
class Flat:
    """A field of a view laid flat: itself, its shape, and its texts, escaped, in order."""

    value: Any
    shape: Shape
    texts: list[str]


_TEXT: Shape = (True,)


def flat(value: Any) -> Flat:  # noqa: ANN401 - a field of a view
    """Lay a field flat."""
    if type(value) is str and value:
        return Flat(value, _TEXT, [escaped(value)])
    texts: list[str] = []
    shape: list[object] = []
    _walk((value,), texts, shape)
    joined = "".join(texts)
    return Flat(value, tuple(shape), texts if escaped(joined) is joined else [escaped(text) for text in texts])


def _walk(values: tuple[Any, ...], texts: list[str], shape: list[object]) -> None:
    """Gather the texts; everything else is part of the shape."""
    for value in values:
        kind: Any = type(value)
        if kind is str:
            if value:
                texts.append(value)
                shape.append(True)
            else:
                shape.append(False)
        elif value is None:
            shape.append(None)
        elif kind is tuple:
            shape.append((len(value),))
            _walk(value, texts, shape)
        elif kind is bool or kind is int:
            shape.append(f"={value}")
        else:
            shape.append(kind)
            _walk(values_of(kind)(value), texts, shape)


@cache
def values_of(kind: Any) -> Callable[[Any], tuple[Any, ...]]:  # noqa: ANN401 - a dataclass
    """How to get the values of a dataclass's fields, all at once."""
    names = [field.name for field in fields(kind)]
    get: Callable[[Any], Any] = attrgetter(*names)
    return get if len(names) > 1 else lambda value: (get(value),)


class MacroFiller:
    """One macro, run four times at most for each shape of what it is given; for the same again not even filled."""

    def __init__(self, name: str, run: Callable[..., str]) -> None:
        self._name = name
        self._run = run
        self._seen: set[int] = set()
        self._forms: dict[tuple[Shape, ...], Form] = {}
        self._last: tuple[tuple[Flat, ...], str] = ((), "")

    def fill(self, given: tuple[Flat, ...]) -> str:
        """The macro's result. Raises `FillError` where it cannot be compiled."""
        before, result = self._last
        if given != before:  # each is equal to itself alone
            result = self._made(given)
            self._last = given, result
        return result

    def _made(self, given: tuple[Flat, ...]) -> str:
        shape = tuple([one.shape for one in given])
        form = self._forms.get(shape)
        if form is not None:
            return _filled(form, given)
        result = self._run(*[one.value for one in given])
        mark = hash(shape)
        if mark in self._seen:
            self._compile(shape, given, result)
        else:
            self._seen.add(mark)
        return result

    def _compile(self, shape: tuple[Shape, ...], given: tuple[Flat, ...], result: str) -> None:
        numbers = count()
        form = _cut(self._run(*[_replaced(one.value, lambda: token(next(numbers))) for one in given]))
        pieces, _ = _cut(self._run(*[_replaced(one.value, lambda: _ALIKE) for one in given]))
        if pieces != form[0] or _filled(form, given) != result:
            raise FillError(f"模板的宏 {self._name} 的结果取决于文字的内容，不能按形状编译")
        if len(self._forms) >= _MOST_FORMS:
            self._forms.clear()
        self._forms[shape] = form


def _cut(result: str) -> Form:
    pieces = TOKEN.split(result)
    places = [int(place) for place in pieces[1::2]]
    pieces[1::2] = [""] * len(places)
    return pieces, places


def _filled(form: Form, given: tuple[Flat, ...]) -> str:
    pieces, places = form
    texts = given[0].texts if len(given) == 1 else [text for one in given for text in one.texts]
    out = pieces.copy()
    out[1::2] = [texts[place] for place in places]
    return "".join(out)


def _replaced(value: Any, make: Callable[[], str]) -> Any:  # noqa: ANN401 - a field of a view, or a part of one
    """The same value with a token for each text."""
    kind = type(value)
    if kind is str:
        return make() if value else value
    if kind is tuple:
        return tuple([_replaced(inner, make) for inner in value])
    if value is None or kind is bool or kind is int:
        return value
    return kind(**{field.name: _replaced(getattr(value, field.name), make) for field in fields(kind)})
