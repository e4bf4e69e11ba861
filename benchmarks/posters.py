"""`make bench-posters`: how long it takes to print a province, and one station of it; and how much memory that takes.

Synthetic provinces by the record contract, and the sample. Each is checked before anything is timed, so that its
records are in the cache, as they are on the machine of whoever looks after them; what was printed is moved aside.
"""

from __future__ import annotations

import argparse
import json
import os
import pty
import re
import shutil
import signal
import subprocess
import sys
import time
from argparse import Namespace
from pathlib import Path
from typing import Any

import posters_report
import sections
from measure import Command, Series, python
from posters_report import PROVINCE, SAMPLE, SHEETS, STATIONS
from run import HERE, REPOSITORY, Bench

from liaison.workers import usual_workers

FULL = 120_000
"""Badges from which on a run is the one that the report in the repository is about."""

_SUM = re.compile(r"共 (\d+) 个文件、(\d+) 页，二维码 (\d+) 个")
_SECONDS = re.compile(r"排版 ([\d.]+) 秒、核对 ([\d.]+) 秒")
_CODE = re.compile(r"(?m)^code: (\w+)$")
_BAR = re.compile(r"排版和核对[^%]*%")


class PosterBench(Bench):
    """The sites of one run, and what printing them took."""

    def __init__(self, options: Namespace) -> None:
        super().__init__(Namespace(**vars(options), no_hugo=True, deputies=0, stations=0))
        asked = ("posters", "badges", "runs", "files", "sheets")
        self.found = {name: getattr(options, name) for name in asked} | {"workers": usual_workers(), "times": {}}

    def measure(self) -> None:
        """Everything, the large province last."""
        self.about()
        self.found["versions"] |= posters_report.versions()
        runs, most = self.options.runs, self.options.posters
        site = self.checked(self.province(most * 31 // 2, most * 31 // 30))  # one in thirty is not open
        self.timed(STATIONS, site, runs, "--kind", "station-a4")
        self.found["compare"] = [self.alone(site, "compare", "--files", self.options.files) for _ in range(runs)]
        self.found["growth"] = self.alone(site, "growth", "--sheets", self.options.sheets, "--every", "200")
        sample = self.checked(self.sample())
        self.timed(SAMPLE, sample, runs, "--station", _station(sample))
        most = self.options.badges
        site = self.checked(self.province(most * 9 // 8, max(1, most // 15)))  # nine in ten are in office
        self.timed(PROVINCE, site, runs, "--station", _station(site))
        self.timed(SHEETS, site, 1, "--kind", "badge-10")
        self.found["bar"] = self.shows_bar(site)
        self.aside(site / "posters")
        self.found["peak"] = self.meter.peak(self.printing(site, "--kind", "badge-10"), SHEETS)

    def sample(self) -> Path:
        """The sample, as it is in the repository."""
        site = self.folder / "sample"
        for folder in ("content", "overrides", "static", "stations"):
            shutil.copytree(REPOSITORY / folder, site / folder)
        for file in ("mkdocs.yml", "site.yml"):
            shutil.copy(REPOSITORY / file, site)
        return site

    def checked(self, site: Path) -> Path:
        """The site with its records in the cache."""
        self.meter.run(self.check(site))
        return site

    def printing(self, site: Path, *words: str) -> Command:
        """`liaison posters`, which says where its time went."""
        liaison = str(Path(sys.executable).with_name("liaison"))
        return Command([liaison, "posters", "--yes", "--timing", *words], site)

    def timed(self, name: str, site: Path, runs: int, *words: str) -> None:
        """Print so often; note how long it took, and where the time went."""
        series, parts = Series(name), []
        for _ in range(runs):
            self.aside(site / "posters")
            self.meter.time(self.printing(site, *words), series)
            said = self.meter.log.read_text(encoding="utf-8")
            made, seconds = _SUM.search(said), _SECONDS.search(said)
            if not (made and seconds):
                sys.exit(f"{name}: what was printed is not told\n{said[-2000:]}")
            parts.append([float(part) for part in seconds.groups()])
        size = sum(file.stat().st_size for file in (site / "posters").rglob("*.pdf"))
        amounts = dict(zip(("files", "pages", "codes"), map(int, made.groups()), strict=True))
        self.found["times"][name] = {**series.as_json(), "parts": parts, "bytes": size, **amounts}

    def alone(self, site: Path, what: str, *words: object) -> Any:  # noqa: ANN401 - JSON
        """What `posters_alone.py` finds."""
        script = python(str(HERE / "posters_alone.py"), str(site), what, *map(str, words))
        self.meter.run(Command(script, site))
        return json.loads(self.meter.log.read_text(encoding="utf-8").splitlines()[-1])

    def shows_bar(self, site: Path) -> bool:
        """Whether somebody at a terminal sees how far it is; asked of all badges, and stopped at the first sight."""
        self.aside(site / "posters")
        ours, theirs = pty.openpty()
        command = self.printing(site, "--kind", "badge-10")
        process = subprocess.Popen(
            command.words,
            cwd=site,
            env=os.environ | {"XDG_CACHE_HOME": str(self.cache), "TERM": "xterm"},
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)
        said = b""
        try:
            while not _BAR.search(said.decode(errors="replace")):
                said += os.read(ours, 4096)
        except OSError:  # it ended without one
            return False
        else:
            return True
        finally:
            os.killpg(process.pid, signal.SIGKILL)  # with its workers
            os.close(ours)
            process.wait()


def _station(site: Path) -> str:
    """The code of the open station with most deputies."""
    files = [file for file in site.glob("stations/*/*/station.yml") if "\nstatus: active" in file.read_text("utf-8")]
    largest = max(sorted(files), key=lambda file: len(list(file.parent.glob("deputies/*.yml"))))
    found = _CODE.search(largest.read_text("utf-8"))
    if not found:
        sys.exit(f"{largest.name}: no code")
    return found[1]


def parse() -> Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--posters", type=int, default=1_000, help="station posters, at least")
    parser.add_argument("--badges", type=int, default=FULL, help="badges, at least")
    parser.add_argument("--files", type=int, default=50, help="posters side by side with Chromium")
    parser.add_argument("--sheets", type=int, default=3_000, help="sheets over which memory is watched in one process")
    parser.add_argument(
        "--runs", type=int, default=3, help="runs of each thing but the badges, at least 3 for a report"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep sites and outputs of this run")
    parser.add_argument("--scratch", type=Path, default=REPOSITORY / ".cache" / "bench")
    parser.add_argument(
        "--report", type=Path, help="default: REPORT.md here for a full run, else in the scratch folder"
    )
    options = parser.parse_args()
    options.report = options.report or (HERE if options.badges >= FULL else options.scratch) / "REPORT.md"
    return options


def main() -> None:
    """Measure, and put the section into the report."""
    options = parse()
    bench, started = PosterBench(options), time.monotonic()
    try:
        bench.measure()
    finally:
        results = json.dumps(bench.found, ensure_ascii=False, indent=1)
        (options.scratch / "posters.json").write_text(results, encoding="utf-8")
        if not options.keep:
            shutil.rmtree(bench.folder)
    before = options.report.read_text(encoding="utf-8") if options.report.exists() else "# Benchmark\n"
    options.report.write_text(sections.put(before, posters_report.section(bench.found)), encoding="utf-8")
    print(f"{options.report} after {(time.monotonic() - started) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
