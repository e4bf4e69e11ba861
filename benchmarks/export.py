"""The pages of a site as plain data in one JSON file: what Hugo builds from.

For each page its address, title, description, head and view, as the renderer makes them; no markup, no reading of
records left to do. `python benchmarks/export.py SITE OUT.json`
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
from hosting import hand_over

from liaison.build import Hosted, Job
from liaison.render.pages import Renderer
from liaison.render.pages.views import Link
from liaison.render.shell import Shell

_META = re.compile(r'<meta name="([^"]*)" content="([^"]*)">')
_LINKED_DATA = re.compile(r'<script type="application/ld\+json">(.*)</script>', re.DOTALL)


class Keeper(jinja2.BaseLoader):
    """Stands for shells and templates alike, and keeps what the renderer would have put into them."""

    def __init__(self) -> None:
        self.view: Any = None
        self.slots: Mapping[str, str] = {}

    def load(self, environment: jinja2.Environment, name: str, globals: Any = None) -> jinja2.Template:  # noqa: A002, ANN401, ARG002 - Jinja's names
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


def pages(job: Job, hosted: Hosted) -> Iterator[dict[str, Any]]:
    """Every page of the plan as plain data, in order."""
    keeper = Keeper()
    shells = defaultdict(lambda: cast("Shell", keeper))
    guides = tuple(Link(text=one.title, path=one.path) for one in hosted.manuals if one.path.startswith("guides/"))
    renderer = Renderer(job.plan, shells, keeper, lambda path: (job.root / path).read_bytes(), hosted.assets, guides)
    for page in job.plan.pages:
        for _ in renderer.files(page):
            pass
        slots = keeper.slots
        yield {
            "kind": page.kind,
            "path": page.path,
            "title": html.unescape(slots["title"]),
            "description": html.unescape(slots["description"]),
            **_head(slots["head"]),
            "view": without_picture(plain(keeper.view)),
        }


def plain(value: Any) -> Any:  # noqa: ANN401 - views hold anything JSON holds
    """A view as JSON knows it; what is empty is left out, but not an address: an empty one is the home page."""
    if dataclasses.is_dataclass(value):
        found = {name: plain(getattr(value, name)) for name in _names(type(value))}
        return {name: one for name, one in found.items() if one or (name == "path" and one is not None)}
    if isinstance(value, (tuple, list)):
        return [plain(one) for one in value]
    return value


_fields: dict[type, tuple[str, ...]] = {}


def _names(of: type) -> tuple[str, ...]:
    if of not in _fields:
        _fields[of] = tuple(one.name for one in dataclasses.fields(of))
    return _fields[of]


def without_picture(view: dict[str, Any]) -> dict[str, Any]:
    """The view without the QR picture: Hugo makes none, and a constant stands for it."""
    if "qr" in view:
        del view["qr"]["image"]
    return view


def _head(markup: str) -> dict[str, Any]:
    """The head's linked data as an object, or its metas as pairs."""
    if found := _LINKED_DATA.fullmatch(markup):
        return {"linked_data": json.loads(found[1])}
    return {"metas": [[html.unescape(text) for text in one] for one in _META.findall(markup)]}


def export(site: Path, out: Path) -> None:
    """Write the pages of `site` to `out`, one a line, and what they share."""

    def work(job: Job, hosted: Hosted) -> None:
        facts = job.plan.register.site
        shared = {"name": facts.name, "url": facts.url, "assets": hosted.assets, "footer": plain(facts.footer)}
        shared |= {"sample": facts.sample_notice}
        with out.open("w", encoding="utf-8") as stream:
            stream.write(f'{{"site":{_text(shared)},\n"pages":[\n')
            between = ""
            for page in pages(job, hosted):
                stream.write(between + _text(page))
                between = ",\n"
            stream.write("\n]}\n")

    hand_over(site, out.parent / "unwritten", work)


_text: Callable[[Any], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def main() -> None:
    """Write the JSON of a site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("out", type=Path)
    options = parser.parse_args()
    export(options.site.resolve(), options.out.resolve())


if __name__ == "__main__":
    main()
