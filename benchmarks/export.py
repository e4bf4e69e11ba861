"""The pages of a site as plain data in one JSON file: what Hugo builds from.

For each page its address, title, description, head and view, as the renderer makes them: every record is read, judged
and put into words already. `python benchmarks/export.py SITE OUT`
"""

from __future__ import annotations

import argparse
import dataclasses
import html
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, cast

import jinja2

from host import hand_over
from liaison.build import Hosted, Job
from liaison.render.pages import Renderer
from liaison.render.pages.views import Link
from liaison.render.shell import Shell

PAGES = "pages.tsv"
"""Kind and address of every page."""

DATA = "data/export.json"

_META = re.compile(r'<meta name="([^"]*)" content="([^"]*)">')
_LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*)</script>', re.DOTALL)
_text: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


class Keeper(jinja2.BaseLoader):
    """Stands for shells and templates alike, and keeps what the renderer would have put into them."""

    def __init__(self) -> None:
        self.view: Any = None
        self.slots: Mapping[str, str] = {}

    def load(self, environment: object, name: str, globals: object = None) -> jinja2.Template:  # noqa: A002, ARG002 - Jinja's names
        """Itself, as every template."""
        return cast("jinja2.Template", self)

    def render(self, *, view: object, **_: object) -> str:
        """Keep the view a template is given."""
        self.view = view
        return ""

    def fill(self, slots: Mapping[str, str]) -> str:
        """Keep the slots a shell is given."""
        self.slots = slots
        return ""


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


def pages(job: Job, hosted: Hosted, pictures: Pictures) -> Iterator[dict[str, Any]]:
    """Every page of the plan as plain data, in order."""
    keeper = Keeper()
    shells = defaultdict(lambda: cast("Shell", keeper))
    guides = tuple(Link(text=one.title, path=one.path) for one in hosted.manuals if one.path.startswith("guides/"))
    renderer = Renderer(job.plan, shells, keeper, lambda path: (job.root / path).read_bytes(), hosted.assets, guides)
    for page in job.plan.pages:
        for _ in renderer.files(page):
            pass
        view = plain(keeper.view)
        pictures.take(view)
        say_once(view)
        yield {
            "kind": page.kind,
            "path": page.path,
            "title": html.unescape(keeper.slots["title"]),
            "description": html.unescape(keeper.slots["description"]),
            **_head(keeper.slots["head"]),
            "view": view,
        }


def plain(value: Any) -> Any:  # noqa: ANN401 - views hold anything JSON holds
    """A view as JSON knows it; what is empty is left out, but not an address: an empty one is the home page."""
    if dataclasses.is_dataclass(value):
        found = {name: plain(getattr(value, name)) for name in _names(type(value))}
        return {name: one for name, one in found.items() if one or (name == "path" and one is not None)}
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    return value


_fields: dict[type, tuple[str, ...]] = {}


def _names(of: type) -> tuple[str, ...]:
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


def _head(markup: str) -> dict[str, Any]:
    """The head's linked data as an object, or its metas as pairs."""
    if found := _LINKED_DATA.fullmatch(markup):
        return {"linked_data": json.loads(found[1])}
    return {"metas": [[html.unescape(text) for text in one] for one in _META.findall(markup)]}


def export(site: Path, out: Path) -> None:
    """Write the pages of `site` into the folder `out`, with what they share."""

    def work(job: Job, hosted: Hosted) -> None:
        pictures = Pictures()
        with (out / DATA).open("w", encoding="utf-8") as data, (out / PAGES).open("w", encoding="utf-8") as listed:
            between = '{"pages":[\n'
            for page in pages(job, hosted, pictures):
                data.write(between + _text(page))
                listed.write(f"{page['kind']}\t{page['path']}\n")
                between = ",\n"
            facts = job.plan.register.site
            shared = {"name": facts.name, "url": facts.url, "sample": facts.sample_notice}
            shared |= {"footer": plain(facts.footer), "assets": hosted.assets, "picture": pictures.stand_in}
            data.write(f'\n],\n"site":{_text(shared)}}}\n')

    (out / DATA).parent.mkdir(parents=True, exist_ok=True)
    hand_over(site, work)


def main() -> None:
    """Write the JSON of a site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    export(options.site.resolve(), options.out.resolve())


if __name__ == "__main__":
    main()
