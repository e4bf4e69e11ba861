"""MkDocs over a site in this process, up to the point where it hands over what it made. Shared by export and stages."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config

from liaison import build
from liaison.build import Hosted, Job
from liaison.publish.tree import Tally


def hand_over(site: Path, out: Path, work: Callable[[Job, Hosted], None]) -> None:
    """Build the site at `site`, but do `work` where the record pages would be written to `out`.

    `work` sees the plan and the shells; what MkDocs rendered is there until it returns.
    """

    def instead(job: Job, hosted: Hosted, *_: object, **__: object) -> Tally:
        work(job, hosted)
        return Tally()

    logging.getLogger("mkdocs").setLevel(logging.WARNING)
    before, build.write = build.write, instead
    cwd = Path.cwd()
    os.chdir(site)  # options of the plugin are relative to the folder a command is given in
    try:
        mkdocs_build(load_config("mkdocs.yml", site_dir=str(out)))
    finally:
        os.chdir(cwd)
        build.write = before
