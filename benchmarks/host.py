"""`mkdocs build` in this process, for what has to look inside: the export and the stages.

The one place that knows where the project makes and writes its record pages: `build.job.bring`.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import chdir
from pathlib import Path

import jinja2
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from liaison.build import job
from liaison.build.hand import Bench
from liaison.plan.pages import Page, record_pages
from liaison.render import photos
from liaison.render.pages import Renderer

Render = Callable[[Page], Iterable[tuple[str, bytes]]]
"""The files of a page: path and bytes."""


def build(site: Path, out: Path, workers: int | None = None) -> None:
    """Build the site at `site` into `out`; as many workers as usual where their number is left out."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with chdir(site):  # options of the plugin are relative to the folder the command is given in
        config = load_config("mkdocs.yml", site_dir=str(out))
        if workers is not None:
            config.plugins["liaison"].config["workers"] = workers
        mkdocs_build(config)


def run(site: Path, out: Path, work: Callable[[Sequence[Page], Render], None]) -> None:
    """Build the site at `site` into `out`, but do `work` where the record pages would be made and written."""
    if not hasattr(job, "bring"):
        sys.exit("host: build.job.bring is gone; name its successor in benchmarks/host.py")

    def instead(at: Bench, *_: object) -> None:
        plan, look = at.plan, at.look
        register, loader = plan.register, jinja2.FileSystemLoader(look.templates)
        renderer = Renderer(plan, look.shells, loader, _photo, look.assets, look.guides)
        work([*plan.pages, *record_pages(register, register.stations, register.deputies)], renderer.files)

    def _photo(_code: str, path: str) -> photos.Encoded:
        return photos.encode((site / path).read_bytes())

    setattr(job, "bring", instead)  # noqa: B010 - another signature
    build(site, out, workers=1)
