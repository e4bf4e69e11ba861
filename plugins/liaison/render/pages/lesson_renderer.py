"""Pages of lessons and series: view, template, shell. Their bodies and shells come from the host."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from html import escape
from typing import Any

import jinja2

from liaison.model.library import Lecture
from liaison.plan import urls
from liaison.plan.pages import Plan
from liaison.render.pages import linked_data
from liaison.render.pages.lectures import Material, lesson_view, media_address, series_view, speaker_links
from liaison.render.pages.lesson_rows import key
from liaison.render.pages.lesson_views import LessonView
from liaison.render.pages.templates import PARTS, environment, to
from liaison.render.pages.views import Qr
from liaison.render.qr import SymbolTable, data_uri
from liaison.render.shell import Shell

_TEMPLATES = ("liaison/lesson.html", "liaison/series.html")
_DIGITS = "0123456789"
_SCALE, _QUIET = 6, 4


class LessonRenderer:
    """Renders pages of one plan, each into the shell that it brings."""

    def __init__(
        self,
        plan: Plan,
        templates: jinja2.BaseLoader,
        assets: Mapping[str, str],
        compiled: jinja2.BytecodeCache | None = None,
    ) -> None:
        self._plan, self._assets = plan, assets
        own = environment(templates, compiled)
        self._templates = {name: own.get_template(name) for name in _TEMPLATES}
        self._parts = own.get_template(PARTS).module

    def lesson(self, one: Lecture, material: Material, shell: Shell) -> str:
        """The page of a lesson."""
        view = lesson_view(self._plan, one, material, self._qr(one))
        title = f"{one.lesson.title} - {self._plan.register.site.name}"
        about = view.summary or f"{view.series.text} {view.number}"  # of a lesson taken down the view has none
        return self._page(urls.lesson(*one.key), title, about, self._lesson_head(one, view), view, shell)

    def series(self, name: str, material: Material, shell: Shell) -> str:
        """The home of a series."""
        view = series_view(self._plan, name, material.body, material.poster)
        site = self._plan.register.site
        column = {
            "ColumnName": view.title,
            "ColumnDescription": view.description,
            "ColumnKeywords": "普法,法律,人大代表联络站",
            "ColumnType": "政策解读",
        }
        feed = self._feed(name, urls.series(name)) if view.feeds else ""
        head = _meta(column) + feed + linked_data.script(linked_data.series(self._plan, name))
        return self._page(urls.series(name), f"{view.title} - {site.name}", view.description, head, view, shell)

    def _page(self, path: str, title: str, about: str, head: str, view: Any, shell: Shell) -> str:  # noqa: ANN401 - either view
        site = self._plan.register.site
        body = self._templates[_TEMPLATES[not isinstance(view, LessonView)]].render(
            view=view,
            to=to(urls.depth(path)),
            parts=self._parts,
            assets=self._assets,
            sample=site.sample_notice,
        )
        slots = {
            "title": escape(title),
            "description": escape(about),
            "canonical": escape(site.url + path),
            "head": head,
            "body": body,
        }
        return shell.fill(slots)

    def _lesson_head(self, one: Lecture, view: LessonView) -> str:
        """Labels of an article page (国办发〔2017〕47号, attachment 2), and the lesson as data."""
        lesson, site = one.lesson, self._plan.register.site
        if lesson.status == "withdrawn":
            return '<meta name="robots" content="noindex">'
        labels = {
            "ArticleTitle": lesson.title,
            "PubDate": f"{lesson.date.isoformat()} 00:00" if lesson.date else "",
            "ContentSource": site.name,
            "Keywords": ",".join(lesson.topics),
            "Author": ",".join(who.text for who in view.speakers),
            "Description": lesson.summary or "",
            "Image": site.url + view.player.poster.path if view.player and view.player.poster else "",
            "Url": site.url + urls.lesson(*one.key),
        }
        media = media_address(self._plan, one)
        data = linked_data.lesson(self._plan, one, speaker_links(self._plan, one), media)
        return _meta(labels) + self._feed(one.place.series, urls.lesson(*one.key)) + linked_data.script(data)

    def _feed(self, name: str, page: str) -> str:
        """Where a feed reader finds the series, seen from a page of it."""
        title = escape(self._plan.lectures.library.series[name].title)
        href = escape(to(urls.depth(page))(urls.feed("xml", name)))
        return f'<link rel="alternate" type="application/rss+xml" title="{title}" href="{href}">'

    def _qr(self, one: Lecture) -> Qr:
        url = self._plan.register.site.code_base + urls.lesson(*one.key)
        matrix = _table(url[: url[:-1].rindex("/") + 1], len(url)).matrix(url)
        size = (matrix.size + 2 * _QUIET) * _SCALE
        return Qr(image=data_uri(matrix, scale=_SCALE, quiet=_QUIET), size=size, code=key(one), url=url)


@functools.lru_cache(maxsize=64)
def _table(base: str, length: int) -> SymbolTable:
    """The codes of a series: its lessons differ in their numbers only."""
    return SymbolTable.for_payloads(base, length, "M", alphabet=_DIGITS + "/")


def _meta(labels: Mapping[str, str]) -> str:
    return "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in labels.items() if value)
