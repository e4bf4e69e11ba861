"""Templates compiled by shape: pages that differ only in their words are filled without running the template again.

A view is plain data. What a template makes of it depends on its shape: which texts are empty, which are equal, how
long its tuples are, its numbers and switches. For each shape seen twice the template is run with a token in place of
each text; the result, cut at the tokens, is a form to be filled. A template that looks into a text (its
length, its first character) would be wrong that way: each form is therefore checked against the template's own
result when it is made, and tests compare every page of the sample.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import Any

_TOKEN = re.compile("\ue000(\\d+)\ue001")
_MOST_FORMS = 4_000
"""Forms kept; a form is about as large as a page."""

_WIDTHS = (1, 99)
"""Digits of a token: a template that asks for a text's length gives different results for the two."""

Shape = tuple[object, ...]
Form = tuple[list[str], list[int]]


class FillError(ValueError):
    """A template makes something of a text that depends on more than whether it is empty or equal to another."""


class Filler:
    """One template, run four times at most for each shape of view; `run` gives the template's result for a view."""

    def __init__(self, name: str, run: Callable[[Any], str]) -> None:
        self._name = name
        self._run = run
        self._seen: set[int] = set()
        self._forms: dict[Shape, Form] = {}

    def fill(self, view: object) -> str:
        """The template's result for a view. Raises `FillError` where the template cannot be compiled."""
        texts: dict[str, int] = {}
        parts: list[object] = []
        _walk((view,), texts, parts)
        shape = tuple(parts)
        form = self._forms.get(shape)
        if form is not None:
            return _filled(form, list(texts))
        result = self._run(view)
        mark = hash(shape)
        if mark in self._seen:
            self._compile(view, shape, list(texts), result)
        else:
            self._seen.add(mark)
        return result

    def _compile(self, view: object, shape: Shape, texts: list[str], result: str) -> None:
        places = {text: place for place, text in enumerate(texts)}
        form, other = (_cut(self._run(_tokens(view, places, width))) for width in _WIDTHS)
        if form != other or _filled(form, texts) != result:
            raise FillError(f"模板 {self._name} 的结果取决于文字的内容，不能按形状编译")
        if len(self._forms) >= _MOST_FORMS:
            self._forms.clear()
        self._forms[shape] = form


def _cut(result: str) -> Form:
    """The pieces between tokens, with room for texts in between, and which text goes where."""
    pieces = _TOKEN.split(result)
    places = [int(place) for place in pieces[1::2]]
    pieces[1::2] = [""] * len(places)
    return pieces, places


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


def _filled(form: Form, texts: list[str]) -> str:
    pieces, places = form
    out = pieces.copy()
    out[1::2] = [escaped(texts[place]) for place in places]
    return "".join(out)


@cache
def _values(kind: Any) -> Callable[[Any], tuple[Any, ...]]:  # noqa: ANN401 - a dataclass
    """The values of a dataclass's fields, all at once."""
    names = [field.name for field in fields(kind)]
    if len(names) == 1:
        (name,) = names
        return lambda value: (getattr(value, name),)
    getter: Callable[[Any], tuple[Any, ...]] = attrgetter(*names)
    return getter


def _walk(values: tuple[Any, ...], texts: dict[str, int], shape: list[object]) -> None:
    """Number the texts of a view by first occurrence, and note everything else as part of the shape."""
    for value in values:
        kind = type(value)
        if kind is str:
            shape.append(texts.setdefault(value, len(texts)) if value else "")
        elif value is None:
            shape.append(None)
        elif kind is tuple:
            shape.append(f"({len(value)}")
            _walk(value, texts, shape)
        elif kind is bool or kind is int:
            shape.append(f"={value}")
        else:
            shape.append(kind)
            of_kind: Any = kind
            _walk(_values(of_kind)(value), texts, shape)


def _tokens(value: Any, places: dict[str, int], width: int) -> Any:  # noqa: ANN401 - a view, or a part of one
    """The same view with a token of so many digits for each text."""
    kind = type(value)
    if kind is str:
        return f"\ue000{places[value]:0{width}}\ue001" if value else value
    if kind is tuple:
        return tuple(_tokens(inner, places, width) for inner in value)
    if value is None or kind is bool or kind is int:
        return value
    names = [field.name for field in fields(kind)]
    return kind(**{name: _tokens(getattr(value, name), places, width) for name in names})
