"""Templates compiled by shape: the same result as the template itself, or a refusal."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import jinja2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from liaison.build import prepare
from liaison.plan import urls
from liaison.render.filler import Filler, FillError, escaped
from liaison.render.pages.deputy import deputy_view
from liaison.render.pages.station import station_view
from liaison.render.pages.views import Photo, Qr

REPOSITORY = Path(__file__).parents[2]
QR = Qr(image="data:image/png;base64,AAAA", size=198, code="3F7 K2MC", url="HTTPS://DB.EXAMPLE.GOV.CN/S/3F/7K2MC/")


@dataclass(frozen=True, slots=True)
class Row:
    """A small view."""

    name: str
    others: tuple[str, ...] = ()
    count: int = 0
    is_new: bool = False


def filler(source: str) -> Filler:
    """A filler of a template written here."""
    environment = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    template = environment.from_string(source)
    return Filler("small.html", lambda view: template.render(view=view))


@pytest.mark.parametrize("kind", ["station", "deputy"])
def test_every_page_of_the_sample_is_filled_as_the_template_would(kind: str) -> None:
    """Pages of one shape are filled with their own words, byte for byte what the template gives."""
    plan = prepare(REPOSITORY, date(2026, 11, 22)).plan
    loader = jinja2.FileSystemLoader(REPOSITORY / "overrides")
    environment = jinja2.Environment(
        loader=loader, autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.get_template(f"liaison/{kind}.html")

    def run(view: object) -> str:
        return template.render(view=view, to=lambda path: urls.relative(path, 3), assets={}, sample=True)

    filled = Filler(kind, run)
    photo = Photo(path="D/7K/3M9TY/photo.jpg", width=240, height=320)
    views: list[object] = (
        [station_view(plan, code, QR) for code in plan.register.stations]
        if kind == "station"
        else [deputy_view(plan, code, QR, photo) for code in plan.register.deputies]
    )
    for _ in range(3):
        assert [filled.fill(view) for view in views] == [run(view) for view in views]


@given(
    st.lists(st.builds(Row, st.text(), st.lists(st.text(), max_size=3).map(tuple), st.integers(0, 2), st.booleans()))
)
def test_any_words_come_out_as_the_template_escapes_them(rows: list[Row]) -> None:
    """Whatever the texts hold, empty or equal ones among them, filled pages equal rendered ones."""
    source = (
        "<p title='{{ view.name }}'>{% if view.name %}{{ view.name }}{% endif %}{{ view.count }}"
        "{% for one in view.others %}{{ one }}{% if one == view.name %}!{% endif %}{% endfor %}"
        "{% if view.is_new %}new{% endif %}"
    )
    filled, plain = filler(source), jinja2.Environment(autoescape=True).from_string(source)
    for row in [*rows, *rows, *rows]:
        assert filled.fill(row) == plain.render(view=row)


@pytest.mark.parametrize(
    "look",
    [
        "{{ view.name | length }}",
        "{{ 'long' if view.name | length > 20 }}",
        "{{ view.name[0] }}",
        "{{ 'x' if view.name == '曾示例' }}",
    ],
)
def test_a_template_that_looks_into_a_text_is_refused(look: str) -> None:
    """Where the result depends on what a text says, compiling stops with the template's name."""
    filled = filler(look)
    filled.fill(Row("曾示例"))
    with pytest.raises(FillError, match=r"small\.html"):
        filled.fill(Row("曾示例"))


@given(st.text())
def test_texts_are_escaped_as_templates_do(text: str) -> None:
    """The quick escape and that of the template engine are one."""
    assert escaped(text) == str(escape(text))


def test_the_template_is_run_only_for_new_shapes() -> None:
    """Twice plainly, twice with tokens; then never again for pages of that shape."""
    runs: list[object] = []

    def run(view: Row) -> str:
        runs.append(view)
        return f"<p>{escape(view.name)}"

    filled = Filler("counted.html", run)
    row = Row("甲")
    assert [filled.fill(replace(row, name=name)) for name in "甲乙丙丁戊"] == [f"<p>{name}" for name in "甲乙丙丁戊"]
    assert len(runs) == 4
