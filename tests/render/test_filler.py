"""Templates compiled: the same result as the template itself, or a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from rendering import QR, pages_of

from liaison.build import prepare
from liaison.plan import urls
from liaison.render.filler import FillError, MacroFiller, escaped, flat
from liaison.render.page_filler import PageFiller
from liaison.render.pages.deputy import deputy_view
from liaison.render.pages.station import station_view
from liaison.render.pages.views import Photo
from support.sites import REPOSITORY


@dataclass(frozen=True, slots=True)
class Row:
    """A small view."""

    name: str
    others: tuple[str, ...] = ()
    count: int = 0
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A view of a page."""

    title: str
    rows: tuple[Row, ...] = ()
    foot: str | None = None


def environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(REPOSITORY / "overrides"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def macro(source: str) -> Callable[..., str]:
    """A macro of one `row`, written here."""
    module: Any = environment().from_string("{% macro made(row) %}" + source + "{% endmacro %}").module
    return lambda row: str(module.made(row))


def page(source: str, macros: str) -> tuple[PageFiller, Callable[[Sheet], str]]:
    """A page's template and its macros, written here: compiled, and plain."""
    template, parts = environment().from_string(source), environment().from_string(macros).module

    def render(view: Sheet, parts: object) -> str:
        return template.render(view=view, parts=parts)

    return PageFiller("small.html", render, parts), lambda view: render(view, parts)


@pytest.mark.parametrize("kind", ["station", "deputy"])
def test_every_page_of_the_sample_is_filled_as_the_template_would(kind: str) -> None:
    """Pages are filled with their own words, byte for byte what the template gives, in whatever order."""
    plan = prepare(REPOSITORY, date(2026, 11, 22)).plan
    template, parts = (
        environment().get_template(f"liaison/{kind}.html"),
        environment().get_template("liaison/parts.html"),
    )
    links = {"to": lambda path: urls.relative(path, 3), "assets": {}, "sample": True}

    def run(view: object, parts: object) -> str:
        return template.render(view=view, parts=parts, **links)

    filled = PageFiller(kind, run, parts.module)
    photo = Photo(path="D/7K/3M9TY/photo.jpg", width=240, height=320)
    codes = [page.key[0] for page in pages_of(plan) if page.kind == kind]
    views: list[object] = (
        [station_view(plan, code, QR) for code in codes]
        if kind == "station"
        else [deputy_view(plan, code, QR, photo) for code in codes]
    )
    expected = [run(view, parts.module) for view in views]
    for _ in range(2):
        assert [filled.fill(view) for view in views] == expected
        assert [filled.fill(view) for view in reversed(views)] == expected[::-1]


@given(
    st.lists(st.builds(Row, st.text(), st.lists(st.text(), max_size=3).map(tuple), st.integers(0, 2), st.booleans()))
)
def test_any_words_come_out_as_the_template_escapes_them(rows: list[Row]) -> None:
    """Whatever the texts hold, empty or equal ones among them, filled results equal rendered ones."""
    plain = macro(
        "<p title='{{ row.name }}'>{% if row.name %}{{ row.name }}{% endif %}{{ row.count }}"
        "{% for one in row.others %}{{ one }}{% if not loop.last %}、{% endif %}{% endfor %}"
        "{% if row.is_new %}new{% endif %}"
    )
    filled = MacroFiller("small", plain)
    for row in [*rows, *rows, *rows]:
        assert filled.fill((flat(row),)) == plain(row)


@pytest.mark.parametrize(
    "look",
    [
        "{{ row.name | length }}",
        "{{ 'long' if row.name | length > 20 }}",
        "{{ row.name[0] }}",
        "{{ 'x' if row.name == '曾示例' }}",
        "{{ 'x' if row.name == row.others[0] }}",
        "{{ 'x' if row.others[0] in row.name }}",
    ],
)
def test_a_macro_that_looks_into_a_text_is_refused(look: str) -> None:
    """Where the result depends on what a text says, compiling stops with the macro's name."""
    filled = MacroFiller("small", macro(look))
    filled.fill((flat(Row("曾示例", ("李示例",))),))
    with pytest.raises(FillError, match="宏 small 的结果"):
        filled.fill((flat(Row("曾示例", ("王示例",))),))


@given(st.text())
def test_texts_are_escaped_as_templates_do(text: str) -> None:
    """The quick escape and that of the template engine are one."""
    assert escaped(text) == str(escape(text))


def test_a_macro_is_run_only_for_new_shapes() -> None:
    """Twice plainly, twice with tokens; then never again for what has that shape."""
    runs: list[object] = []

    def run(row: Row) -> str:
        runs.append(row)
        return f"<p>{escape(row.name)}"

    filled = MacroFiller("counted", run)
    row = Row("甲")
    rows = [flat(replace(row, name=name)) for name in "甲乙丙丁戊"]
    assert [filled.fill((one,)) for one in rows] == [f"<p>{name}" for name in "甲乙丙丁戊"]
    assert len(runs) == 4


MACROS = """
{% macro head(title, size) %}
<h{{ size }}>{{ title }}</h{{ size }}>
{% endmacro %}
{% macro list(rows, foot) %}
{% for row in rows %}<li>{{ row.name }}{% endfor %}<i>{{ foot or "-" }}</i>
{% endmacro %}
"""
SOURCE = """
{{ parts.head(view.title, 1) }}
{% if view.rows %}
<ul>{{ parts.list(view.rows, view.foot) }}</ul>
{% endif %}
{{ parts.list((), view.foot or view.title) -}}
{{ parts.list((), none) }}
<hr>
"""

SHEETS = st.builds(
    Sheet,
    st.text(),
    st.lists(st.builds(Row, st.text()), max_size=3).map(tuple),
    st.none() | st.sampled_from(["", "<脚>"]),
)


@given(st.lists(SHEETS))
def test_any_page_comes_out_as_its_template_makes_it(sheets: list[Sheet]) -> None:
    """Whichever fields there are, and whatever of the page before comes again."""
    filled, plain = page(SOURCE, MACROS)
    for one in [*sheets, *sheets]:
        for sheet in (one, replace(one, title="甲"), one):
            assert filled.fill(sheet) == plain(sheet)


@pytest.mark.parametrize(
    "look",
    [
        "{{ view.title }}",
        "{{ view.title ~ '！' }}",
        "{{ view.title | length }}",
        "{{ parts.head(view.title[0], 1) }}",
        "{{ parts.list(view.rows, view.rows[0].name) }}",
        "{% for row in view.rows %}{{ parts.head('x', 1) }}{% endfor %}",
        "{% if view.title == '甲' %}x{% endif %}",
        "{% if view.rows | length == 1 %}x{% endif %}",
        "{% if '甲' in view.title %}x{% endif %}",
        "{{ parts.head(title=view.title, size=1) }}",
        "{% if view.rows is iterable %}x{% endif %}",
    ],
)
def test_a_page_that_looks_into_a_field_is_refused(look: str) -> None:
    """It may ask whether a field is there and hand it on; whatever else it does stops with its name."""
    filled, _ = page(look, MACROS)
    with pytest.raises(FillError, match=r"small\.html"):
        filled.fill(Sheet("甲", (Row("乙"),), "脚"))


def test_what_a_page_repeats_is_not_made_again() -> None:
    """A field that is the same object as on the page before, and macros that are given nothing else."""
    runs: list[str] = []

    class Parts:
        """Macros that are counted."""

        def made(self, what: str) -> str:
            runs.append(what)
            return f"<{what}>"

    filled = PageFiller("counted.html", lambda view, parts: parts.made(view.title) + parts.made(view.foot), Parts())
    foot = "同一个"
    assert filled.fill(Sheet("甲", (), foot)) == f"<甲><{foot}>"
    runs.clear()
    assert filled.fill(Sheet("乙", (), foot)) == f"<乙><{foot}>"
    assert foot not in runs
