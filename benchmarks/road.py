"""`make bench-road`: how long a province takes from records to a host, back again, and to take one person down.

A synthetic province in a repository of its own. Side by side with what an office would do without the project: rsync of
the finished folder onto a host's folder, with check sums, as we compare too.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from argparse import Namespace
from pathlib import Path

import changes
import road_report
import sections
from measure import Command, Series
from road_report import BUILD, CHANGED, FIRST, HIDE, MOVED, NEXT, PEER, ROLLBACK
from run import HERE, REPOSITORY, Bench

LIAISON = str(Path(sys.executable).with_name("liaison"))
ROLES = ("拟稿", "审核", "保密审查", "签发")
FULL = 100_000
"""Deputies from which on a run is the one that the report in the repository is about."""


class RoadBench(Bench):
    """The province, its host, and what was found."""

    def __init__(self, options: Namespace) -> None:
        super().__init__(Namespace(**vars(options), no_hugo=True))
        self.series = {name: Series(name) for name in (BUILD, CHANGED, FIRST, NEXT, PEER, ROLLBACK, HIDE, MOVED)}

    def measure(self) -> None:
        """Everything, in the order in which an office does it."""
        self.about()
        site = self.province(self.options.deputies, self.options.stations)
        self.commit(site)
        host, plain = self.folder / "host", self.folder / "plain"
        bio = changes.bio(site)
        self.timed(BUILD, site, "build")
        self.approve(site)
        self.timed(FIRST, site, "publish", str(host))
        shutil.copytree(site / "site", plain)
        for number in range(1, self.options.runs + 1):
            bio.make(number)
            self.commit(site)
            self.timed(CHANGED, site, "build")
            self.approve(site)
            self.timed(NEXT, site, "publish", str(host))
            rsync = ["rsync", "-a", "--checksum", "--delete", f"{site / 'site'}/", f"{plain}/"]
            self.meter.time(Command(rsync, site), self.series[PEER])
        for _ in range(self.options.runs):
            self.timed(ROLLBACK, site, "rollback", str(host))
        self.meter.run(Command([LIAISON, "publish", str(host)], site))
        first, *others = self.people(site)
        for code in others:
            self.timed(HIDE, site, "hide", code)
            self.meter.run(Command([LIAISON, "publish", str(host), "--approval-follows"], site))
        bio.make(99)
        self.timed(MOVED, site, "hide", first)
        held = [path for path in (site / "site").rglob("*") if path.is_file()]
        self.found |= {
            "series": [one.as_json() for one in self.series.values()],
            "files": len(held),
            "bytes": sum(path.stat().st_size for path in held),
        }

    def timed(self, name: str, site: Path, *words: str) -> None:
        """One run of a command."""
        self.meter.time(Command([LIAISON, *words], site), self.series[name])

    def approve(self, site: Path) -> None:
        """Note that the release in `site/` was signed."""
        number = len(list((site / "approvals").glob("*.yml"))) + 1
        tree = json.loads((site / "site/manifest.json").read_text("utf-8"))["tree"]
        signed = "".join(
            f"  - {{role: {role}, name: 李示例, at: 2026-11-22 09:3{at}}}\n" for at, role in enumerate(ROLES)
        )
        (site / "approvals").mkdir(exist_ok=True)
        file = site / f"approvals/2026-11-22-{number}.yml"
        file.write_text(f"tree: {tree}\nsheet: 2026-11-22-{number}\nsigned:\n{signed}", "utf-8")

    def commit(self, site: Path) -> None:
        """Everything that was written."""
        if not (site / ".git").exists():
            (site / ".gitignore").write_text("/site/\n/.site.*\n/upload/\n/internal/\n")
            self.meter.run(Command(["git", "init", "-q"], site))
        git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.gov.cn", "-c", "gc.auto=0"]
        self.meter.run(Command([*git, "add", "-A"], site))
        self.meter.run(Command([*git, "commit", "-q", "-m", "x"], site))

    def people(self, site: Path) -> list[str]:
        """Codes of deputies in office whose names nobody else has, one more than there are runs."""
        by_name: dict[str, list[str]] = {}
        for file in sorted(site.glob("stations/*/*/deputies/*.yml")):
            text = file.read_text("utf-8")
            code, name = (re.search(rf"(?m)^{key}: (.*)$", text) for key in ("code", "name"))
            if code and name:
                by_name.setdefault(name[1], []).append(code[1] if "\nstatus: active\n" in text else "")
        everyone, alone = "\n".join(by_name), []
        for name, codes in by_name.items():
            if len(codes) == 1 and codes[0] and everyone.count(name) == 1:  # no part of a longer name either
                alone.append(codes[0])
            if len(alone) > self.options.runs:
                break
        return alone


def parse() -> Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--deputies", type=int, default=128_000)
    parser.add_argument("--stations", type=int, help="default: a fifteenth of the deputies")
    parser.add_argument("--runs", type=int, default=3, help="runs of each thing, at least 3 for a report")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep the province and the hosts of this run")
    parser.add_argument("--scratch", type=Path, default=REPOSITORY / ".cache" / "bench")
    parser.add_argument(
        "--report", type=Path, help="default: REPORT.md here for a full run, else in the scratch folder"
    )
    options = parser.parse_args()
    options.stations = options.stations or max(1, options.deputies // 15)
    options.report = options.report or (HERE if options.deputies >= FULL else options.scratch) / "REPORT.md"
    return options


def main() -> None:
    """Measure, and put the section into the report."""
    if shutil.which("rsync") is None:
        sys.exit("rsync is needed: it is what our publishing is compared with")
    options = parse()
    bench, started = RoadBench(options), time.monotonic()
    said = subprocess.run(["rsync", "--version"], check=True, capture_output=True, text=True).stdout.split()
    try:
        bench.found["rsync"] = said[2]
        bench.measure()
    finally:
        (options.scratch / "road.json").write_text(json.dumps(bench.found, ensure_ascii=False, indent=1), "utf-8")
        if not options.keep:
            shutil.rmtree(bench.folder)
    before = options.report.read_text("utf-8") if options.report.exists() else "# Benchmark\n"
    text = sections.put(before, road_report.section(bench.found))
    options.report.write_text(text, "utf-8")
    print(f"{options.report} after {(time.monotonic() - started) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
