"""`mkdocs build` in this process, for what has to look inside: the export and the stages.

The one place that knows where the project renders and writes its record pages: `build.write_all`.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import chdir
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from liaison import build
from liaison.plan.pages import Page

Render = Callable[[Page], Iterable[tuple[str, bytes]]]
"""The files of a page: path and bytes."""


def run(site: Path, out: Path, work: Callable[[Sequence[Page], Render], None]) -> None:
    """Build the site at `site` into `out`, but do `work` where the record pages would be rendered and written."""
    if not hasattr(build, "write_all"):
        sys.exit("host: build.write_all is gone; name its successor in benchmarks/host.py")

    def instead(pages: Sequence[Page], render: Render, *_: object, **__: object) -> None:
        work(pages, render)

    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    setattr(build, "write_all", instead)  # noqa: B010 - another signature
    with chdir(site):  # options of the plugin are relative to the folder the command is given in
        mkdocs_build(load_config("mkdocs.yml", site_dir=str(out)))
