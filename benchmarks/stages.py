"""Where the time of a cold build goes.

Stage by stage in one process, so that the sum is more than a build takes; or with `--phases` with all workers at it:
wall time until the records are read, judged and listed, then until all pages stand there, and the rest.

Timers stand around functions of the project while `mkdocs build` runs here; a stage does not count what another one
inside it takes. `python benchmarks/stages.py SITE OUT` prints JSON: seconds by stage.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import perf_counter
from typing import Any

import host

from liaison import build
from liaison.build import hand, job, listed, tasks
from liaison.records import judge
from liaison.render.pages import renderer
from liaison.render.qr import SymbolTable

STAGES = {
    "host": "MkDocs: theme, manual pages, shells",
    "read": "look at files, read records, keep them in the cache",
    "judge": "fetch them again and judge them by the rules, keep the verdicts",
    "plan": "list them for directories, readings of names, plan pages",
    "render": "fetch records again; views, dates, templates",
    "qr": "QR codes to PNG",
    "write": "write record pages and directories",
    "sync": "copy manual and assets, sitemaps, remove stale files",
}


PHASES = {
    "host": "start of the program, MkDocs: theme, manual pages, shells",
    "records": "read, judge, list, plan",
    "pages": "render, QR codes, write: record pages, directories, home",
    "rest": "manual, assets, sitemaps, removal of stale files",
}


@dataclass
class Clock:
    """Seconds by stage; only the innermost stage runs at a time."""

    seconds: dict[str, float] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)
    _since: float = 0.0

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Count what happens inside to a stage."""
        self._turn()
        self._open.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._open.pop()

    def _turn(self) -> None:
        now = perf_counter()
        if self._open:
            self.seconds[self._open[-1]] = self.seconds.get(self._open[-1], 0.0) + now - self._since
        self._since = now

    def wrap(self, owner: object, name: str, stage: str) -> None:
        """Time every call of a function; where the project no longer has it, say so and go on."""
        found: Callable[..., Any] | None = getattr(owner, name, None)
        if found is None:
            print(f"stages: {owner} has no {name} any more, {stage} is counted elsewhere", file=sys.stderr)
            return

        def timed(*given: Any, **named: Any) -> Any:  # noqa: ANN401 - any function
            with self(stage):
                return found(*given, **named)

        setattr(owner, name, timed)


def watch(clock: Clock) -> None:
    """Put timers around the stages of this process."""
    clock.wrap(job, "read_site", "read")
    clock.wrap(judge, "_judge", "judge")
    clock.wrap(listed.Lister, "__call__", "plan")
    clock.wrap(job, "plan", "plan")
    clock.wrap(build, "write", "sync")
    clock.wrap(tasks, "_work", "render")
    clock.wrap(job, "front", "render")
    clock.wrap(SymbolTable, "matrix", "qr")
    clock.wrap(renderer, "data_uri", "qr")
    clock.wrap(hand, "put_leaf", "write")
    clock.wrap(hand, "put", "write")


def stages(site: Path, out: Path) -> dict[str, float]:
    """Seconds by stage of a cold build of `site` into the new folder `out`."""
    clock = Clock()
    watch(clock)
    with clock("host"):
        host.build(site, out, workers=1)
    return {stage: clock.seconds.get(stage, 0.0) for stage in STAGES}


def phases(site: Path, out: Path) -> dict[str, float]:
    """Wall seconds by phase of a cold build of `site` into the new folder `out`, with the usual workers."""
    clock = Clock()
    clock.wrap(build, "prepare", "records")
    clock.wrap(build, "write", "rest")
    clock.wrap(job, "bring", "pages")
    with clock("host"):
        host.build(site, out)
    return {phase: clock.seconds.get(phase, 0.0) for phase in PHASES}


def main() -> None:
    """Print the stages of a site."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--phases", action="store_true", help="phases with all workers, not stages in one process")
    options = parser.parse_args()
    measured = phases if options.phases else stages
    with tempfile.TemporaryDirectory() as cache:
        os.environ["LIAISON_CACHE"] = cache
        print(json.dumps(measured(options.site.resolve(), options.out.resolve())))


if __name__ == "__main__":
    main()
