"""The pages of a site as plain data in one JSON file: what Hugo builds from.

For each page its address, title, description, head and view, as our own code makes them: every record is read, judged
and put into words already. `python benchmarks/export.py SITE OUT`
"""

from __future__ import annotations

import argparse
import dataclasses
import html
import json
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import host

from liaison.plan import urls
from liaison.plan.pages import Page
from liaison.records.read import read_site_facts
from liaison.render.pages import deputy, directory, front, station

PAGES = "pages.tsv"
"""Kind and address of every page."""

DATA = "data/export.json"

_META = re.compile(r'<meta name="(Column\w+|robots)" content="([^"]*)">')
_LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)">')
_ASSET = re.compile(r'(?:href|src)="[./]*(liaison/assets/(\w+)\.(\w+)\?[^"]*)"')
_text: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclasses.dataclass
class Views:
    """The view of the page that is being made, kept when its builder returns it."""

    last: Any = None

    def watch(self, *modules: ModuleType) -> None:
        """Keep what the page builders of these modules return: their functions named `…_view`."""
        for module in modules:
            for name, function in vars(module).copy().items():
                if name.endswith("_view") and getattr(function, "__module__", "") == module.__name__:
                    setattr(module, name, self._kept(function))

    def _kept(self, builder: Callable[..., Any]) -> Callable[..., Any]:
        def keep(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - any view
            self.last = builder(*given, **named)
            return self.last

        return keep

    def take(self) -> dict[str, Any]:
        """The view as plain data, once."""
        found, self.last = plain(self.last), None
        if not isinstance(found, dict):
            raise TypeError("export: no page builder was called for a page; see Views.watch")
        return found


@dataclasses.dataclass
class Pictures:
    """The lengths of the QR pictures that were left out: a string of the same length stands for each."""

    count: int = 0
    characters: int = 0

    def take(self, view: dict[str, Any]) -> None:
        """Leave the picture out of a view."""
        if "qr" in view:
            self.characters += len(view["qr"].pop("image"))
            self.count += 1

    @property
    def stand_in(self) -> str:
        """A `data:` URI that is no picture, as long as one is on average."""
        head = "data:image/png;base64,"
        return head + "A" * (self.characters // max(1, self.count) - len(head))


def plain(value: Any) -> Any:  # noqa: ANN401 - views hold anything JSON holds
    """A view as JSON knows it; what is empty is left out, but not an address: an empty one is the home page."""
    if dataclasses.is_dataclass(value):
        found = {name: plain(getattr(value, name)) for name in _names(type(value))}
        return {name: one for name, one in found.items() if one or (name == "path" and one is not None)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


_fields: dict[type, tuple[str, ...]] = {}


def _names(of: Any) -> tuple[str, ...]:  # noqa: ANN401 - the class of a view
    if of not in _fields:
        _fields[of] = tuple(one.name for one in dataclasses.fields(of))
    return _fields[of]


def say_once(view: dict[str, Any]) -> None:
    """Leave out of the dates what the templates do not show: place and people of the only rule there is."""
    rules, dates = (view.get("receptions", {}).get(name, ()) for name in ("rules", "dates"))
    if len(rules) != 1:
        return
    for one in dates:
        if one.get("station") == rules[0].get("station"):
            one.pop("station", None)
        if all(one.get(name) == rules[0].get(name) for name in ("people", "guests")):
            one.pop("people", None)
            one.pop("guests", None)


def page_data(page: Page, markup: str, view: dict[str, Any]) -> dict[str, Any]:
    """All that Hugo is told of a page; what stands in its head is read from the finished page."""
    linked = _LINKED_DATA.search(markup)
    metas = [[name, html.unescape(value)] for name, value in _META.findall(markup)]
    return {
        "kind": page.kind,
        "path": page.path,
        "title": html.unescape(_one(_TITLE, markup)),
        "description": html.unescape(_one(_DESCRIPTION, markup)),
        **({"linked_data": json.loads(linked[1])} if linked else {"metas": metas}),
        "view": view,
    }


def _one(pattern: re.Pattern[str], markup: str) -> str:
    found = pattern.search(markup)
    if found is None:
        raise ValueError(f"export: no {pattern.pattern} in a page")
    return found[1]


def export(site: Path, out: Path) -> None:
    """Write the pages of `site` into the folder `out`, with what they share."""
    facts, views, pictures = read_site_facts(site), Views(), Pictures()
    shared: dict[str, Any] = {"name": facts.name, "url": facts.url, "sample": facts.sample_notice}
    shared |= {"footer": plain(facts.footer), "assets": {}}
    views.watch(deputy, directory, front, station)
    data_file, pages_file = out / DATA, out / PAGES
    data_file.parent.mkdir(parents=True)

    def work(pages: Sequence[Page], render: host.Render) -> None:
        between = '{"pages":[\n'
        for page in pages:
            markup = dict(render(page))[urls.file(page.path)].decode()
            view = views.take()
            pictures.take(view)
            say_once(view)
            data.write(between + _text(page_data(page, markup, view)))
            listed.write(f"{page.kind}\t{page.path}\n")
            shared["assets"] |= {f"{name}_{kind}": path for path, name, kind in _ASSET.findall(markup)}
            between = ",\n"

    with data_file.open("w", encoding="utf-8") as data, pages_file.open("w", encoding="utf-8") as listed:
        host.run(site, out / "unfinished", work)
        shared["picture"] = pictures.stand_in
        data.write(f'\n],\n"site":{_text(shared)}}}\n')


def main() -> None:
    """Write the JSON of a site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("out", type=Path, help="a folder that is not there yet")
    options = parser.parse_args()
    export(options.site.resolve(), options.out.resolve())


if __name__ == "__main__":
    main()
