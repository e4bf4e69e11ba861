"""`make bench`: how long the project takes for a synthetic province, and how long Hugo takes for the same pages.

Every figure is the median of some runs. Nothing is deleted between timed runs, only moved aside: ext4 searches long for
an inode that was not given back within the last minutes, and whoever runs after a removal would pay for it. So the full
size wants some 25 GB and 4 million inodes until it ends.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from datetime import UTC, date, datetime, timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

import changes
import hugo
import report
import sections
from export import DATA
from measure import Command, Meter, Series, amounts, machine, python
from province import TODAY
from verify import verify

HERE = Path(__file__).parent
REPOSITORY = HERE.parent
COLD, PEER = "mkdocs build, cold", "Hugo, cold"
CITY = (12_000, 300)
"""Deputies and stations."""
FULL = 100_000
"""Deputies from which on a run is the one that the report in the repository is about."""


class Bench:
    """One run: a folder of its own below the scratch folder, and what was found."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.scratch: Path = options.scratch.resolve()
        self.folder: Path = self.scratch / f"run-{os.getpid()}"
        self.folder.mkdir(parents=True)
        self.cache = self.folder / "cache"
        self.meter = Meter(self.folder / "log", self.cache)
        self.hugo = None if options.no_hugo else hugo.install(self.scratch)
        self.found: dict[str, Any] = {"deputies": options.deputies, "stations": options.stations, "runs": options.runs}
        self._generated: set[Path] = set()
        self._aside = 0

    def about(self) -> None:
        """What the figures hold for."""
        git = ["git", "--no-optional-locks", "-C", str(REPOSITORY)]
        commit = subprocess.run([*git, "rev-parse", "--short=12", "HEAD"], check=False, capture_output=True, text=True)
        changed = subprocess.run(
            [*git, "status", "--porcelain", "--", "plugins", "overrides", "mkdocs.yml"],
            check=False,
            capture_output=True,
            text=True,
        )
        self.found |= {
            "date": f"{datetime.now(UTC):%Y-%m-%d}",
            "commit": commit.stdout.strip() + (" with changes not committed" if changed.stdout.strip() else ""),
            "machine": machine(),
            "versions": {"Python": sys.version.split()[0]}
            | {name: version(name) for name in ("mkdocs", "mkdocs-material", "pydantic", "jinja2")}
            | ({"Hugo": hugo.version(self.hugo)} if self.hugo else {}),
        }

    def province(self, deputies: int, stations: int) -> Path:
        """A new province."""
        site: Path = self.folder / f"site-{deputies}"
        size = ["--deputies", str(deputies), "--stations", str(stations), "--seed", str(self.options.seed)]
        self.meter.run(Command(python(str(HERE / "province.py"), str(site), *size), self.folder))
        self._generated.update(site.iterdir())
        return site

    def export(self, site: Path) -> Path:
        """The folder Hugo builds from, of the same pages."""
        source: Path = self.folder / f"hugo-{site.name}"
        self.meter.run(Command(python(str(HERE / "export.py"), str(site), str(source)), self.folder))
        hugo.lay_out(source)
        return source

    def aside(self, path: Path) -> None:
        """Take a folder out of the way."""
        if path.exists():
            self._aside += 1
            path.rename(self.folder / f"aside-{self._aside}")

    def cold(self, site: Path) -> None:
        """Leave of a site nothing but what was generated: no output, no cache."""
        for path in [self.cache, *site.iterdir()]:
            if path not in self._generated:
                self.aside(path)

    def build(self, site: Path, **environment: str) -> Command:
        """`mkdocs build`."""
        return Command(python("-m", "mkdocs", "build", "--quiet"), site, environment)

    def check(self, site: Path) -> Command:
        """`liaison check`."""
        return Command([str(Path(sys.executable).with_name("liaison")), "check"], site)

    def pairs(self, site: Path) -> tuple[Path, Series, Series]:
        """Cold builds, ours and Hugo's in turn, and what Hugo built from. Another page than ours ends the run."""
        print(f"-- {site.name}", flush=True)
        ours, theirs = Series(COLD), Series(PEER)
        source = self.export(site) if self.hugo else site
        for number in range(self.options.runs):
            self.cold(site)
            self.meter.time(self.build(site), ours)
            if self.hugo:
                self.aside(source / "public")
                self.meter.time(hugo.build(self.hugo, source, self.cache / "hugo"), theirs)
                if number == 0:
                    self.compare(site, source)
        return source, ours, theirs

    def memory(self, source: Path) -> None:
        """Hugo's memory, and the size of what it reads."""
        if self.hugo:
            self.aside(source / "public")
            command = hugo.build(self.hugo, source, self.cache / "hugo")
            self.found["peaks"] = {PEER: self.meter.peak(command, PEER)}
            self.found["json"] = (source / DATA).stat().st_size

    def compare(self, site: Path, source: Path) -> None:
        """Stop where Hugo's pages are not the same."""
        verdict = verify(site / "site", source, self.options.seed)
        print(f"compared {verdict.compared} pages: {len(verdict.differences)} differences", flush=True)
        if verdict.differences:
            sys.exit("\n".join(["Hugo's pages are not the same as ours:", *verdict.differences[:20]]))
        self.found["compared"] = verdict.compared
        self.found["sizes"] = {kind: asdict(size) for kind, size in verdict.sizes.items()}

    def again(self, site: Path) -> list[Series]:
        """Builds after small changes, and checks. The site is built and unchanged when this begins."""
        quiet, deputy = Series("mkdocs build, nothing changed"), Series("mkdocs build, one deputy changed")
        station, day = Series("mkdocs build, one station changed"), Series("mkdocs build, a day later")
        cold, warm = Series("liaison check, cold"), Series("liaison check, one deputy changed")
        runs = range(1, self.options.runs + 1)
        for _ in runs:
            self.meter.time(self.build(site), quiet)
        bio, phone = changes.bio(site), changes.phone(site)
        for series, change in ((deputy, bio), (station, phone)):
            for number in runs:
                value = change.make(number)
                self.meter.time(self.build(site), series)
                if not change.is_shown(site / "site", value):
                    sys.exit(f"{series.name}: the page {change.page} does not show it")
        self.meter.run(self.check(site))  # fills whatever it may keep
        for number in runs:
            bio.make(len(runs) + number)
            self.meter.time(self.check(site), warm)
        bio.make(0)
        peaks = self.found.setdefault("peaks", {})
        peaks[deputy.name] = self.meter.peak(self.build(site), deputy.name)
        for number in runs:
            today = date.fromisoformat(TODAY) + timedelta(number)
            self.meter.time(self.build(site, LIAISON_TODAY=today.isoformat()), day)
        for _ in runs:
            self.cold(site)
            self.meter.time(self.check(site), cold)
        self.cold(site)
        peaks[cold.name] = self.meter.peak(self.check(site), cold.name)
        self.cold(site)
        peaks[COLD] = self.meter.peak(self.build(site), COLD)
        return [deputy, station, quiet, day, cold, warm]

    def stages(self, site: Path, *options: str) -> dict[str, list[float]]:
        """Seconds by stage of cold builds."""
        found: dict[str, list[float]] = {}
        for number in range(self.options.runs):
            self.cold(site)
            os.sync()
            out = self.folder / f"stages{''.join(options)}-{number}"
            self.meter.run(Command(python(str(HERE / "stages.py"), str(site), str(out), *options), self.folder))
            for stage, seconds in json.loads(self.meter.log.read_text(encoding="utf-8").splitlines()[-1]).items():
                found.setdefault(stage, []).append(seconds)
        return found

    def measure(self) -> None:
        """Everything, the largest size last but for what follows its cold builds."""
        self.about()
        if self.options.marginal:
            self.found["smaller"] = {
                self.options.deputies // part: [one.as_json() for one in self.pairs(self._smaller(part))[1:]]
                for part in (100, 10)
            }
            self.found["city"] = self.city().as_json()
        site = self.province(self.options.deputies, self.options.stations)
        source, ours, theirs = self.pairs(site)
        self.memory(source)
        self.found["amounts"] = {family: asdict(one) for family, one in amounts(site / "site").items()}
        self.found["series"] = [one.as_json() for one in (ours, *([theirs] if self.hugo else []), *self.again(site))]
        self.found["phases"] = self.stages(site, "--phases")
        self.found["stages"] = self.stages(site)

    def city(self) -> Series:
        """Cold builds of a large city."""
        site, series = self.province(*CITY), Series(COLD)
        for _ in range(self.options.runs):
            self.cold(site)
            self.meter.time(self.build(site), series)
        return series

    def _smaller(self, part: int) -> Path:
        return self.province(self.options.deputies // part, max(1, self.options.stations // part))


def parse() -> argparse.Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--deputies", type=int, default=128_000)
    parser.add_argument("--stations", type=int, help="default: a fifteenth of the deputies")
    parser.add_argument("--runs", type=int, default=3, help="runs of each thing, at least 3 for a report")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--marginal", action="store_true", help="also a tenth and a hundredth of the size")
    parser.add_argument("--no-hugo", action="store_true", help="do not install and measure the peer")
    parser.add_argument("--keep", action="store_true", help="keep sites and outputs of this run")
    parser.add_argument("--scratch", type=Path, default=REPOSITORY / ".cache" / "bench")
    parser.add_argument(
        "--report", type=Path, help="default: REPORT.md here for a full run, else in the scratch folder"
    )
    options = parser.parse_args()
    options.stations = options.stations or max(1, options.deputies // 15)
    if options.report is None:
        options.report = (HERE if options.deputies >= FULL else options.scratch) / "REPORT.md"
    return options


def main() -> None:
    """Measure and report."""
    options = parse()
    for left in options.scratch.glob("run-*"):
        if Path("/proc", left.name.removeprefix("run-")).exists():
            sys.exit(f"{left.name} is running, or its number is in use again: remove the folder if not")
        print(f"removing {left.name}, left by an earlier run; the first figures may suffer")
        shutil.rmtree(left)
    bench = Bench(options)
    started = time.monotonic()
    try:
        bench.measure()
    finally:
        (options.scratch / "results.json").write_text(json.dumps(bench.found, ensure_ascii=False, indent=1))
        if not options.keep:
            shutil.rmtree(bench.folder)
    before = options.report.read_text(encoding="utf-8") if options.report.exists() else ""
    text = report.markdown(bench.found)
    for section in sections.of_others(before):  # measured by other runs, and kept
        text = sections.put(text, section)
    options.report.write_text(text, encoding="utf-8")
    print(f"{options.report} after {(time.monotonic() - started) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
