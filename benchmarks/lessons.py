"""`make bench-lessons`: what a law lesson costs here, and what it costs in plain MkDocs with Material.

Three sites from the same Markdown files, built in turn: ours, with everything the project does for lessons and with
the sample's records around them; the peer as MkDocs comes, all lessons in the menu of each page; and the peer at its
fastest, lessons out of the menu. Each also without lessons. As with `run.py`, nothing is deleted between timed runs.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from argparse import Namespace
from pathlib import Path

import lessons_report
import lessons_sample
import sections
from lessons_report import CHANGED, FAST, NAV, OURS, WARM
from measure import Series
from run import HERE, REPOSITORY, Bench

FULL = 2_000
"""Lessons from which on a run is the one that the report in the repository is about."""

_PEER = """\
site_name: 普法课
site_url: https://www.example.gov.cn/zt/jiazhan/
theme:
  name: material
  language: zh
  font: false
plugins:
  - search
"""


class LessonBench(Bench):
    """The sites of one run and their times."""

    def __init__(self, options: Namespace) -> None:
        super().__init__(Namespace(**vars(options), no_hugo=True, deputies=0, stations=0))
        self.found = {"lessons": options.lessons, "smaller": options.smaller, "runs": options.runs}
        self.sites: dict[tuple[str, int], Path] = {}
        self.series: dict[tuple[str, int], Series] = {}

    @property
    def sizes(self) -> list[int]:
        """Numbers of lessons, the largest last."""
        return sorted({0, self.options.smaller, self.options.lessons})

    def lay_out(self) -> None:
        """Write the sites."""
        for size in self.sizes:
            ours = self.folder / f"ours-{size}"
            lessons_sample.write(ours, size, self.options.seed)
            self._note(OURS, size, ours)
            settings = (ours / "mkdocs.yml").read_text(encoding="utf-8")
            extensions = settings[settings.index("markdown_extensions:") : settings.index("extra:")]
            for name, more in ((NAV, ""), (FAST, 'not_in_nav: "episodes/**"\n')):
                if name == NAV and not size:
                    continue  # without lessons both peers are the same
                peer = self.folder / f"{'nav' if name == NAV else 'fast'}-{size}"
                shutil.copytree(ours / "content", peer / "docs")
                (peer / "mkdocs.yml").write_text(_PEER + extensions + more, encoding="utf-8")
                self._note(name, size, peer)

    def _note(self, name: str, size: int, site: Path) -> None:
        self.sites[name, size], self.series[name, size] = site, Series(f"{name}, {size:,} lessons")
        self._generated.update(site.iterdir())

    def measure(self) -> None:
        """Everything, in rounds: whatever disturbs the machine for a while disturbs all of them."""
        self.about()
        self.lay_out()
        largest = self.options.lessons
        warm, changed = Series(WARM), Series(CHANGED)
        self.series |= {(WARM, largest): warm, (CHANGED, largest): changed}
        for number in range(self.options.runs):
            for (name, size), site in self.sites.items():
                self.cold(site)
                self.meter.time(self.build(site), self.series[name, size])
                if (name, size) == (OURS, largest):
                    self.meter.time(self.build(site), warm)
                    added = _change(site, number)
                    self.meter.time(self.build(site), changed)
                    if added not in (site / "site/episodes/xilie-01/01/index.html").read_text(encoding="utf-8"):
                        sys.exit(f"{changed.name}: its page does not show it")
                if number == 0:
                    self._look(name, size)
            self._keep()

    def _look(self, name: str, size: int) -> None:
        """Stop where a site has not a page for each lesson; note how much it is."""
        built = self.sites[name, size] / "site"
        pages = sum(1 for file in built.glob("episodes/*/*/index.html") if file.parent.name[:2].isdigit())
        if pages != size:
            sys.exit(f"{name}: {pages} pages of {size} lessons")
        files = [file.stat().st_size for file in built.rglob("*") if file.is_file()]
        self.found.setdefault("amounts", {})[f"{name}/{size}"] = [len(files), sum(files)]

    def _keep(self) -> None:
        self.found["times"] = {
            f"{name}/{size}": {"wall": one.wall, "processor": one.processor}
            for (name, size), one in self.series.items()
        }


def _change(site: Path, number: int) -> str:
    """Add a sentence to the first lesson; returns it."""
    [file] = site.glob("content/episodes/xilie-01/01-*.md")
    added = f"第{number + 1}次补充的话。"
    file.write_text(f"{file.read_text(encoding='utf-8')}\n{added}\n", encoding="utf-8")
    return added


def parse() -> Namespace:
    """What is asked for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--lessons", type=int, default=FULL)
    parser.add_argument("--smaller", type=int, default=200, help="the size it is compared with; 0 for none")
    parser.add_argument("--runs", type=int, default=3, help="runs of each thing, at least 3 for a report")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="keep sites and outputs of this run")
    parser.add_argument("--scratch", type=Path, default=REPOSITORY / ".cache" / "bench")
    parser.add_argument(
        "--report", type=Path, help="default: REPORT.md here for a full run, else in the scratch folder"
    )
    options = parser.parse_args()
    options.report = options.report or (HERE if options.lessons >= FULL else options.scratch) / "REPORT.md"
    return options


def main() -> None:
    """Measure, and put the section into the report."""
    options = parse()
    bench, started = LessonBench(options), time.monotonic()
    try:
        bench.measure()
    finally:
        results = json.dumps(bench.found, ensure_ascii=False, indent=1)
        (options.scratch / "lessons.json").write_text(results, encoding="utf-8")
        if not options.keep:
            shutil.rmtree(bench.folder)
    before = options.report.read_text(encoding="utf-8") if options.report.exists() else "# Benchmark\n"
    options.report.write_text(sections.put(before, lessons_report.section(bench.found)), encoding="utf-8")
    print(f"{options.report} after {(time.monotonic() - started) / 60:.0f} minutes")


if __name__ == "__main__":
    main()
