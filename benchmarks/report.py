"""The report in Markdown, from what a run found. It names no path and no person of the machine."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from measure import PAGE_FAMILIES
from stages import PHASES, STAGES

FAIRNESS = """\
Hugo builds the record pages from one JSON file that our own code exported. It is given every page's address, title,
description, linked data and view: all words are final. So Hugo does **not** read and validate YAML records, judge
them against each other, read names for the roll, compute the dates of receptions, sort and page the lists, or draw a QR
code (a constant string as long as a code on average stands in its place); nor does it make the manual, assets, search
index and sitemaps, or look at what is on disk already. All of that is in our time. The templates are ported by hand and
written for speed: constant parts cached by depth, no taxonomies, feeds, sitemap, menus or Markdown; data looked up, not
copied into each page. Both use all cores and write to the same disk. On a sample of pages the visible text, addresses,
attributes that are read, and linked data were compared and were equal."""


MEASURES = """\
*Cold*: no output folder and no cache; Python's compiled modules are there. *Processor*: user and system time of all
processes. *Peak*: the largest sum of memory over all processes, looked at every 50 ms in a run of its own that was not
timed; it is the proportional set size (Pss of `smaps_rollup`), so what forked workers share counts once. Before each
timed run everything was written to disk (`sync`); what it reads may be in the page cache."""

STAGES_APART = """\
In one process (`benchmarks/stages.py`), so that stages do not overlap: the sum is more than a build takes.
"""


def markdown(found: dict[str, Any]) -> str:
    """The whole report."""
    sections = (_head, _times, _peer, _marginal, _phases, _stages, _sizes)
    return "\n".join(line for section in sections for line in section(found))


def _head(found: dict[str, Any]) -> Iterator[str]:
    machine, pages = found["machine"], sum(found["amounts"][family]["files"] for family in PAGE_FAMILIES)
    yield "# Benchmark"
    yield ""
    yield "Written by `benchmarks/run.py`; do not edit. Again:"
    yield ""
    peer = "" if "Hugo" in found["versions"] else " --no-hugo"
    marginal = " --marginal" if "smaller" in found else ""
    size = f"--deputies {found['deputies']} --stations {found['stations']} --runs {found['runs']}"
    yield f"    python benchmarks/run.py {size}{marginal}{peer}"
    yield ""
    yield f"A synthetic province of {found['stations']:,} stations and {found['deputies']:,} deputies: {pages:,} pages."
    yield f"Figures are seconds of wall time: median, least and most of {found['runs']} runs."
    yield ""
    rows = [*machine.items(), *found["versions"].items(), ("commit", found["commit"]), ("date", found["date"])]
    yield from _table(("", ""), rows)


def _times(found: dict[str, Any]) -> Iterator[str]:
    yield "## Times and memory"
    yield ""
    peaks = found.get("peaks", {})
    rows = [
        (one["name"], *_spread(one["wall"]), f"{median(one['processor']):.2f}", _mebibytes(peaks.get(one["name"])))
        for one in found["series"]
    ]
    yield from _table(("what", "median s", "min", "max", "processor s", "peak MiB"), rows)
    yield from (MEASURES, "")


def _peer(found: dict[str, Any]) -> Iterator[str]:
    series = {one["name"]: one["wall"] for one in found["series"]}
    ours, theirs = series["mkdocs build, cold"], series.get("Hugo, cold")
    if theirs is None:
        return
    yield "## Hugo, side by side"
    yield ""
    rows = [
        (f"{number}", f"{one:.2f}", f"{other:.2f}", f"{one / other:.2f}")
        for number, (one, other) in enumerate(zip(ours, theirs, strict=True), 1)
    ]
    ratios = [one / other for one, other in zip(ours, theirs, strict=True)]
    rows.append(("**median**", f"{median(ours):.2f}", f"{median(theirs):.2f}", f"{median(ratios):.2f}"))
    yield from _table(("pair", "ours s", "Hugo s", "ours ÷ Hugo"), rows)
    yield FAIRNESS
    yield f"The JSON has {found['json'] / 1e6:,.0f} MB; {found['compared']} pages were compared."
    yield ""
    kinds = [
        (
            kind,
            f"{one['pages']:,}",
            f"{one['ours']:,.0f}",
            f"{one['peer']:,.0f}",
            f"{one['peer'] / one['ours'] - 1:+.1%}",
        )
        for kind, one in found["sizes"].items()
    ]
    yield from _table(("kind of page", "pages", "bytes, ours", "bytes, Hugo", ""), kinds)


def _marginal(found: dict[str, Any]) -> Iterator[str]:
    if "smaller" not in found:
        return
    yield "## Cost of one deputy more"
    yield ""
    yield "With a fifteenth of a station and their share of directories, in milliseconds of wall time, from medians."
    yield ""
    sizes = [*(int(size) for size in found["smaller"]), found["deputies"]]
    rows = []
    steps_of: dict[str, list[float]] = {}
    for place, name in enumerate(("mkdocs build, cold", "Hugo, cold")):
        largest = next((one for one in found["series"] if one["name"] == name), None)
        if largest is None:
            continue
        times = [median(one[place]["wall"]) for one in found["smaller"].values()] + [median(largest["wall"])]
        points = pairwise(zip(sizes, times, strict=True))
        steps = [(later - time) / (larger - size) * 1000 for (size, time), (larger, later) in points]
        rows.append((name, *(f"{one:.2f}" for one in times), *(f"{one:.3f}" for one in steps)))
        steps_of[name] = steps
    titles = [f"T({size:,}) s" for size in sizes]
    titles += [f"{one:,} → {other:,}, ms" for one, other in pairwise(sizes)]
    yield from _table(("", *titles), rows)
    first, second = steps_of["mkdocs build, cold"]
    yield f"The second step of ours is {second / first:.2f} times the first."
    yield ""
    if "city" in found:
        middle, least, most = _spread(found["city"]["wall"])
        yield f"A city of 300 stations and 12,000 deputies is built cold in {middle} s ({least} to {most})."
        yield ""


def _phases(found: dict[str, Any]) -> Iterator[str]:
    yield "## Phases of a cold build"
    yield ""
    yield "Wall time with all workers."
    yield ""
    rows = [(PHASES[phase], *_spread(runs)) for phase, runs in found["phases"].items()]
    totals = [sum(run) for run in zip(*found["phases"].values(), strict=True)]
    yield from _table(("phase", "median s", "min", "max"), [*rows, ("**sum**", *_spread(totals))])
    theirs = next((one["wall"] for one in found["series"] if one["name"] == "Hugo, cold"), None)
    if theirs is not None:
        yield f"The pages alone take {median(found['phases']['pages']) / median(theirs):.2f} of Hugo's median."
        yield ""


def _stages(found: dict[str, Any]) -> Iterator[str]:
    yield "## Stages of a cold build"
    yield ""
    yield STAGES_APART
    rows = [(stage, STAGES[stage], *_spread(runs)) for stage, runs in found["stages"].items()]
    totals = [sum(run) for run in zip(*found["stages"].values(), strict=True)]
    yield from _table(("stage", "what", "median s", "min", "max"), [*rows, ("**sum**", "", *_spread(totals))])


def _sizes(found: dict[str, Any]) -> Iterator[str]:
    yield "## What is written"
    yield ""
    amounts = found["amounts"]
    rows = [(family, f"{one['files']:,}", f"{one['bytes'] / 1e6:,.1f}") for family, one in amounts.items()]
    total = [sum(one[what] for one in amounts.values()) for what in ("files", "bytes")]
    yield from _table(("family", "files", "MB"), [*rows, ("**sum**", f"{total[0]:,}", f"{total[1] / 1e6:,.1f}")])


def _spread(runs: Sequence[float]) -> tuple[str, str, str]:
    return f"{median(runs):.2f}", f"{min(runs):.2f}", f"{max(runs):.2f}"


def _mebibytes(amount: int | None) -> str:
    return "" if amount is None else f"{amount / 2**20:,.0f}"


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(titles)} |"
    yield f"|{'|'.join(['---', *['---:' if len(titles) > 2 else '---'] * (len(titles) - 1)])}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"
    yield ""


def main() -> None:
    """Write the report again from the results of the last run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("results", type=Path)
    print(markdown(json.loads(parser.parse_args().results.read_text(encoding="utf-8"))))


if __name__ == "__main__":
    main()
