"""MkDocs over a site in this process, for what has to look inside: the export and the stages."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from liaison import build
from liaison.build import Hosted, Job
from liaison.publish.tree import Tally


def run(site: Path, out: Path) -> None:
    """`mkdocs build` of the site at `site` into `out`."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    with chdir(site):  # options of the plugin are relative to the folder the command is given in
        mkdocs_build(load_config("mkdocs.yml", site_dir=str(out)))


def hand_over(site: Path, work: Callable[[Job, Hosted], None]) -> None:
    """Build the site, but do `work` with the plan and the shells where the record pages would be written."""

    def instead(job: Job, hosted: Hosted, *_: object, **__: object) -> Tally:
        work(job, hosted)
        return Tally()

    before, build.write = build.write, instead
    try:
        run(site, site / "site")
    finally:
        build.write = before
