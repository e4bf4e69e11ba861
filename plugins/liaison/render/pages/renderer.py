"""One page of the plan to its files: view, template, shell. Pure: the same plan gives the same bytes."""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import escape
from typing import Any, cast

import jinja2

from liaison.model.codes import ALPHABET, grouped
from liaison.model.register import Register
from liaison.plan import urls
from liaison.plan.diary import Diary
from liaison.plan.listing import Sort
from liaison.plan.pages import Kind, Page, Plan
from liaison.render import photos
from liaison.render.filler import FillError
from liaison.render.page_filler import PageFiller
from liaison.render.pages import deputy, directory, front, laws, lectures, linked_data, station
from liaison.render.pages.home import Home
from liaison.render.pages.templates import PARTS, environment, to
from liaison.render.pages.views import Link, Photo, Qr
from liaison.render.qr import SymbolTable, data_uri
from liaison.render.shell import Shell

_log = logging.getLogger("liaison")

_TEMPLATES = {
    "home": "liaison/home.html",
    "station": "liaison/station.html",
    "deputy": "liaison/deputy.html",
    "entry": "liaison/entry.html",
    "map": "liaison/map.html",
    "lessons": "liaison/lessons.html",
    "topics": "liaison/topic.html",
    "topic": "liaison/topic.html",
    "laws": "liaison/laws.html",
    "law": "liaison/law.html",
    "article": "liaison/article.html",
}
_DIRECTORY = "liaison/directory.html"
_COLUMN_TYPES = {
    "home": "首页",
    "entry": "办事服务",
    "map": "概况信息",
    "region": "机构职能",
    "villages": "办事服务",
    "roll": "负责人信息",
    "views": "负责人信息",
    "view": "负责人信息",
    "lessons": "政策解读",
    "topics": "政策解读",
    "topic": "政策解读",
    "laws": "政策解读",
    "law": "政策解读",
    "article": "政策解读",
}
"""国办发〔2017〕47号, attachment 2: the closed list of ColumnType."""

_FILLED: dict[Kind, int] = {"station": urls.depth(urls.station("")), "deputy": urls.depth(urls.deputy(""))}
"""Kinds of which there are so many that their templates are compiled by shape, and the depth of their pages."""

_SCALE = 6
_QUIET = 4


@dataclass(frozen=True, slots=True)
class Poster:
    """A poster as PDF, A4."""

    data: bytes
    pages: int


class Renderer:
    """Renders pages of one plan into shells, one shell for each depth."""

    def __init__(
        self,
        plan: Plan,
        shells: Mapping[int, Shell],
        templates: jinja2.BaseLoader,
        photo: Callable[[str, str], photos.Encoded],
        assets: Mapping[str, str],
        guides: Sequence[Link] = (),
        compiled: jinja2.BytecodeCache | None = None,
    ) -> None:
        """`photo` gives the picture that is shown of a deputy, by code and the path of what was handed in.

        `compiled` may hold the templates as an earlier run compiled them.
        """
        self._poster_of: Callable[[Plan, str], Poster | None] | None = None
        self._plan = plan
        self._shells = shells
        self._photo_of = photo
        self._assets = assets
        self._guides = guides
        own = environment(templates, compiled)
        self._templates = {name: own.get_template(name) for name in {*_TEMPLATES.values(), _DIRECTORY}}
        self._parts = own.get_template(PARTS).module
        self._fillers = {
            kind: PageFiller(_TEMPLATES[kind], functools.partial(self._run, kind, depth), self._parts)
            for kind, depth in _FILLED.items()
        }
        self._home: Home | None = None

    def turn_to(self, register: Register) -> None:
        """Go on with pages of the records in another register of the same site."""
        self._plan = replace(self._plan, register=register, diary=Diary(register, self._plan.today))
        self._home = None

    def link_posters(self, poster: Callable[[Plan, str], Poster | None]) -> None:
        """Let pages link to posters: `poster` gives that of a station or deputy by code, where one still holds."""
        self._poster_of = poster

    def files(self, page: Page) -> Iterator[tuple[str, bytes]]:
        """The files of a page: its HTML, a deputy's photo, the poster to print. Raises `photos.PhotoError`."""
        photo = self._photo(page) if page.kind == "deputy" else None
        if photo:
            yield urls.photo(page.key[0]), photo.data
        poster = self._poster_of(self._plan, page.key[0]) if self._poster_of and page.kind in _FILLED else None
        if poster:
            yield urls.print_file(page.path), poster.data
        yield urls.file(page.path), self._html(page, photo, poster).encode()

    def _html(self, page: Page, photo: photos.Encoded | None, poster: Poster | None) -> str:
        depth = urls.depth(page.path)
        view = self._view(page, photo)
        if poster:
            view = replace(view, poster=_print_link(page.path, poster))
        site = self._plan.register.site
        title = site.name if page.kind == "home" else f"{page.title} - {site.name}"
        slots = {
            "title": escape(title),
            "description": escape(self._description(page, view)),
            "canonical": escape(site.url + page.path),
            "head": self._head(page),
            "body": self._body(page, view),
        }
        return self._shells[depth].fill(slots)

    def _body(self, page: Page, view: object) -> str:
        if page.kind in self._fillers:
            try:
                return self._fillers[page.kind].fill(view)
            except FillError as error:
                del self._fillers[page.kind]
                _log.warning("%s；改为逐页运行这个模板，站点很大时会慢", error)
        return self._run(page.kind, urls.depth(page.path), view, self._parts)

    def _run(self, kind: Kind, depth: int, view: object, parts: object = None) -> str:
        """The template's result for a view of a page at this depth; it calls `parts` where it does not import them."""
        return self._templates[_TEMPLATES.get(kind, _DIRECTORY)].render(
            view=view,
            to=to(depth),
            parts=parts,
            assets=self._assets,
            sample=self._plan.register.site.sample_notice,
        )

    def _view(self, page: Page, photo: photos.Encoded | None) -> Any:  # noqa: ANN401 - each kind has its own view
        plan, key = self._plan, page.key
        if page.kind == "deputy":
            home = self._home_of(key[0])
            return deputy.deputy_view(plan, key[0], self._qr(page), _shown(key[0], photo), home)
        if page.kind == "station":
            return station.station_view(plan, key[0], self._qr(page))
        makers: dict[str, Callable[[], Any]] = {
            "home": lambda: front.home_view(plan, self._guides),
            "entry": lambda: front.entry_view(plan),
            "map": lambda: front.map_view(plan, self._guides),
            "region": lambda: directory.region_view(plan, key[0]),
            "villages": lambda: directory.villages_view(plan, key[0]),
            "roll": lambda: directory.roll_view(plan, key[0], key[1]),
            "views": lambda: directory.views_view(plan, key[0], cast("Sort", key[1])),
            "lessons": lambda: lectures.lessons_view(plan),
            "topics": lambda: lectures.topics_view(plan),
            "topic": lambda: lectures.topic_view(plan, key[0]),
            "laws": lambda: laws.laws_view(plan),
            "law": lambda: laws.law_view(plan, key[0]),
            "article": lambda: laws.article_view(plan, (key[0], int(key[1]), int(key[2]))),
            "view": lambda: directory.view_view(plan, key[0], cast("Sort", key[1]), key[2], key[3]),
        }
        return makers[page.kind]()

    def _home_of(self, code: str) -> Home:
        """The home station of a deputy: the same as on the page before while it is the same station."""
        station, home = self._plan.register.home_of[code], self._home
        if home is None or home.code != station:
            home = self._home = Home(self._plan, station)
        return home

    @functools.cached_property
    def _symbols(self) -> SymbolTable:
        base = self._plan.register.site.code_base
        return SymbolTable.for_payloads(base, len(base) + len(urls.station("2345678")), "M", alphabet=ALPHABET + "SD/")

    def _qr(self, page: Page) -> Qr:
        url = self._plan.register.site.code_base + page.path
        matrix = self._symbols.matrix(url)
        size = (matrix.size + 2 * _QUIET) * _SCALE
        image = data_uri(matrix, scale=_SCALE, quiet=_QUIET)
        return Qr(image=image, size=size, code=grouped(page.key[0]), url=url)

    def _photo(self, page: Page) -> photos.Encoded | None:
        code = page.key[0]
        path = photo_source(self._plan.register, code)
        return self._photo_of(code, path) if path else None

    def _head(self, page: Page) -> str:
        plan = self._plan
        if page.kind == "station":
            return linked_data.script(linked_data.station(plan, page.key[0]))
        if page.kind == "deputy":
            if plan.register.deputies[page.key[0]].is_hidden:
                return '<meta name="robots" content="noindex">'
            return linked_data.script(linked_data.deputy(plan, page.key[0]))
        column = {
            "ColumnName": page.title,
            "ColumnDescription": f"{plan.register.site.name}：{page.title}",
            "ColumnKeywords": "人大代表,联络站,接待群众",
            "ColumnType": _COLUMN_TYPES[page.kind],
        }
        return "".join(f'<meta name="{name}" content="{escape(value)}">' for name, value in column.items())

    def _description(self, page: Page, view: Any) -> str:  # noqa: ANN401 - each kind has its own view
        site = self._plan.register.site
        if page.kind == "station":
            rules = "；".join(rule.words for rule in view.receptions.rules)
            return f"{view.name}。{view.lead}。" + (f"接待：{rules}。" if rules else "")
        if page.kind == "deputy":
            if not view.lead:
                return f"{view.name}。{view.banner.words if view.banner else ''}"
            return f"{view.name}代表，{view.lead}。接待时间、地点和联系方式。"
        if page.kind == "home":
            return f"{site.name}：查找身边的人大代表和联络站，看接待日期，打电话，留言反映问题。"
        return f"{page.title}。{site.name}。"


def photo_source(register: Register, code: str) -> str | None:
    """The photo handed in, where the deputy is in office and consents to its showing."""
    record = register.deputies[code]
    shown = record.status == "active" and record.consents_to("photo")
    return register.photos.get(code) if shown else None


def _print_link(page: str, poster: Poster) -> Link:
    """「打印海报（A4）」 「PDF，2页，48 KB；微信里打不开时，用浏览器打开」"""
    note = f"PDF，{poster.pages}页，{max(1, len(poster.data) // 1024)} KB；微信里打不开时，用浏览器打开"
    return Link(text="打印海报（A4）", path=urls.print_file(page), note=note)


def _shown(code: str, photo: photos.Encoded | None) -> Photo | None:
    return Photo(path=urls.photo(code), width=photo.width, height=photo.height) if photo else None
