"""Templates of pages compiled: which macros they call, in which order, and what stands in between.

That depends on nothing but which fields of the view there are: such a template puts parts in order, and asks of a field
only whether it is there. So it is run once for each choice of fields, and then the macros are filled (see `filler`). A
field that is the same object as on the page before is not looked at again, and a macro that is given nothing else is
not filled again: deputies of one station share most of their pages.

A template that looks into a field is refused. Every order of parts is checked against the template's own result when it
is made, and tests compare every page of the sample.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from operator import itemgetter
from typing import Any, NoReturn

from markupsafe import Markup

from liaison.render.filler import TOKEN, FillError, Flat, MacroFiller, flat, token, values_of

_NOTHING = Flat(object(), (), [])

_Call = tuple[str, tuple[Any, ...]]
"""Name of a macro, and what it is called with."""

_Pattern = tuple[tuple[bool, Any], ...]
"""What a macro is called with: for each argument whether it is a field of the view, and its place there, or itself."""


@dataclass(frozen=True, slots=True)
class _Step:
    """A macro called by the template: the text before it, and how to take the fields it is given."""

    before: str
    macro: MacroFiller
    pick: Callable[[Sequence[Flat]], tuple[Flat, ...]]


@dataclass(frozen=True, slots=True)
class _Order:
    """What the template makes of views that have the same fields."""

    steps: tuple[_Step, ...]
    end: str


class PageFiller:
    """The template of one kind of page, and a filler for each way in which it calls a macro.

    `render` runs the template on a view, with the macros that it is to call; `parts` are the real ones.
    """

    def __init__(self, name: str, render: Callable[[Any, Any], str], parts: object) -> None:
        self._name = name
        self._render = render
        self._parts = parts
        self._orders: dict[tuple[bool, ...], _Order] = {}
        self._macros: dict[tuple[str, _Pattern], MacroFiller] = {}
        self._flats: tuple[Flat, ...] = ()

    def fill(self, view: Any) -> str:  # noqa: ANN401 - a dataclass
        """The template's result for a view. Raises `FillError` where it, or a macro, cannot be compiled."""
        kind: Any = type(view)
        values = values_of(kind)(view)
        there = tuple(map(bool, values))
        order = self._orders.get(there)
        if order is not None:
            return self._put(order, values)
        try:
            order = self._arranged(view, values)
        except TypeError as error:  # what a field has not: it was called, added to something
            raise FillError(f"模板 {self._name} 只能判断各项有没有，或把它们交给 parts 里的宏：{error}") from error
        result = self._put(order, values)
        if result != self._render(view, self._parts):
            raise FillError(f"模板 {self._name} 的结果不只取决于各项有没有，不能编译")
        self._orders[there] = order
        return result

    def _put(self, order: _Order, values: tuple[Any, ...]) -> str:
        before = self._flats or (_NOTHING,) * len(values)
        self._flats = flats = tuple(
            [one if one.value is value else flat(value) for one, value in zip(before, values, strict=True)]
        )
        out: list[str] = []
        for step in order.steps:
            out += (step.before, step.macro.fill(step.pick(flats)))
        out.append(order.end)
        return "".join(out)

    def _arranged(self, view: Any, values: tuple[Any, ...]) -> _Order:  # noqa: ANN401 - a dataclass
        """Run the template on what it may see of the view, and note the macros it calls."""
        calls: list[_Call] = []
        seen = {
            field.name: _Field(self._name, field.name, place) if value else value
            for place, (field, value) in enumerate(zip(fields(view), values, strict=True))
        }
        text, *rest = TOKEN.split(self._render(type(view)(**seen), _Recorder(calls)))
        steps = []
        for number, after in zip(rest[::2], rest[1::2], strict=True):
            name, given = calls[int(number)]
            places = [one.place for one in given if isinstance(one, _Field)]
            if places:
                pattern = tuple((True, one.place) if isinstance(one, _Field) else (False, one) for one in given)
                steps.append(_Step(text, self._macro(name, pattern), _pick(places)))
                text = after
            else:
                text += str(getattr(self._parts, name)(*given)) + after
        return _Order(tuple(steps), text)

    def _macro(self, name: str, pattern: _Pattern) -> MacroFiller:
        if (name, pattern) not in self._macros:
            macro = getattr(self._parts, name)

            def run(*values: Any) -> str:  # noqa: ANN401 - fields of a view
                left = iter(values)
                return str(macro(*[next(left) if is_field else what for is_field, what in pattern]))

            self._macros[name, pattern] = MacroFiller(name, run)
        return self._macros[name, pattern]


def _pick(places: Sequence[int]) -> Callable[[Sequence[Flat]], tuple[Flat, ...]]:
    """How to take what stands at these places: a tuple, also of a single one."""
    return itemgetter(*places) if len(places) > 1 else itemgetter(slice(places[0], places[0] + 1))


class _Field:
    """What the template sees of a field that is there: it can ask whether it is, and hand it to a macro."""

    def __init__(self, template: str, name: str, place: int) -> None:
        self._template = template
        self._name = name
        self.place = place

    def __bool__(self) -> bool:
        return True

    def __getattr__(self, _: str) -> NoReturn:
        raise self._refusal()

    def __getitem__(self, _: object) -> NoReturn:
        raise self._refusal()

    def __iter__(self) -> NoReturn:
        raise self._refusal()

    def __len__(self) -> int:
        raise self._refusal()

    def __eq__(self, _: object) -> bool:
        raise self._refusal()

    __hash__ = object.__hash__

    def _refusal(self) -> FillError:
        return FillError(f"模板 {self._template} 只能判断 {self._name} 有没有，或把它交给 parts 里的宏")


class _Recorder:
    """Stands for the macros while the template is run: keeps each call, and gives a token for it."""

    def __init__(self, calls: list[_Call]) -> None:
        self._calls = calls

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        def call(*given: Any) -> Markup:  # noqa: ANN401 - fields, and anything else the template knows
            self._calls.append((name, given))
            return Markup(token(len(self._calls) - 1))  # noqa: S704 - no words in it

        return call
