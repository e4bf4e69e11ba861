"""The section on posters of the report: what a run of `posters.py` found. It names no path of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import version
from statistics import median
from typing import Any

TITLE = "## Posters"
STATIONS, SHEETS = "station posters (A4)", "badges, ten to a sheet"
PROVINCE, SAMPLE = "one station, in the large province", "one station, in the sample"
ASKED = {STATIONS: 30, PROVINCE: 3, SAMPLE: 3}
"""Seconds that `liaison posters` may take."""

TYPESET, PROOFED = 10, 15
"""Minutes that badges may take to be set, and to be read back."""

MOST = 2_000
"""Megabytes of memory they may take."""

_ABOUT = """\
`liaison posters` as it is typed, start of the program and reading of the site included; `liaison check` ran before, so
that the records are in the cache. Provinces are synthetic; what is not open or not in office is not printed. Every QR
code is read back from the finished file, or nothing is put in place. *Typeset* and *read back* are what the files took
in all workers together: both go on at the same time, so the clock does not see them apart. Typeset is all until a file
is there: its words, QR codes, Typst. Start, reading, starting workers, workbooks, archives and putting files in place
are neither. One station means all kinds of its own things and of its deputies'."""

_COMPARED = """\
The same station posters one after another in one process, from the records to the bytes of a PDF. Ours are tagged
PDF/A-2a, and each code is read back. Chromium prints a page of HTML with the same words in much the same layout and
with the same SVG symbol, in a font of the system, one tab for all, and reads nothing back; how many pages a long table
makes differs. Starting either, and one poster before, is not counted. Medians of the runs."""

_GROWTH = """\
Typst keeps what it has worked out for the files it set last. Proportional set size of one process that sets sheets of
badges and reads them back:"""


def versions() -> dict[str, str]:
    """What prints."""
    return {name: version(name) for name in ("typst", "pypdfium2", "zxing-cpp")}


def section(found: dict[str, Any]) -> str:
    """The section, its title first."""
    parts = (_head, _times, _badges, _compared, _growth)
    return "\n".join([line for part in parts for line in part(found)])


def _head(found: dict[str, Any]) -> Iterator[str]:
    yield from (TITLE, "", "Written by `benchmarks/posters.py` (`make bench-posters`); do not edit. Again:", "")
    words = " ".join(f"--{name} {found[name]}" for name in ("posters", "badges", "files", "sheets", "runs"))
    yield from (f"    python benchmarks/posters.py {words}", "")
    machine, known = found["machine"], found["versions"]
    about = [f"{name} {machine[name]}" for name in machine]
    about += [f"{name} {known[name]}" for name in ("Python", *versions())]
    yield from (f"{'; '.join([*about, 'commit ' + found['commit'], found['date']])}.", "", _ABOUT, "")


def _times(found: dict[str, Any]) -> Iterator[str]:
    yield from _table_head("what", "files", "pages", "codes", "MB", "asked s", "median s", "min", "max", "verdict")
    for name, one in found["times"].items():
        wall, asked = one["wall"], ASKED.get(name)
        amounts = (*(f"{one[what]:,}" for what in ("files", "pages", "codes")), f"{one['bytes'] / 1e6:,.1f}")
        figures = (f"{seconds:.2f}" for seconds in (median(wall), min(wall), max(wall)))
        holds = _holds(median(wall), asked) if asked else ""
        yield _row(name, *amounts, f"≤ {asked}" if asked else "", *figures, holds)
    yield ""
    yield from _table_head(
        "where the time goes, s", "wall", "typeset", "read back", "a code typeset, ms", "read back, ms"
    )
    for name, one in found["times"].items():
        typeset, proofed = (median(part) for part in zip(*one["parts"], strict=True))
        each = (seconds / one["codes"] * 1000 for seconds in (typeset, proofed))
        yield _row(name, *(f"{part:.2f}" for part in (median(one["wall"]), typeset, proofed, *each)))
    yield ""


def _badges(found: dict[str, Any]) -> Iterator[str]:
    one, workers = found["times"][SHEETS], found["workers"]
    typeset, proofed = (median(part) / workers / 60 for part in zip(*one["parts"], strict=True))
    memory = found["peak"] / 1e6
    yield from _table_head(f"{one['codes']:,} badges", "asked", "found", "verdict")
    yield _row("typeset, minutes", f"≤ {TYPESET}", f"{typeset:.1f}", _holds(typeset, TYPESET))
    yield _row("read back, minutes more", f"≤ {PROOFED}", f"{proofed:.1f}", _holds(proofed, PROOFED))
    yield _row("memory of all processes, MB", f"≤ {MOST:,}", f"{memory:,.0f}", _holds(memory, MOST))
    yield _row("bar on a terminal", "seen", "seen" if found["bar"] else "not seen", "yes" if found["bar"] else "no")
    yield ""
    yield f"Minutes are the sums above, shared out among {workers} workers."
    yield from ("Memory is the largest sum of proportional set sizes, seen in a run of its own.", "")


def _compared(found: dict[str, Any]) -> Iterator[str]:
    runs = found["compare"]
    yield from ("### Side by side with Chromium", "", _COMPARED, "")
    if any(run["Chromium"] is None for run in runs):
        yield from ("There was no Chromium on this machine: not measured.", "")
        return
    yield from _table_head("50 posters" if found["files"] == 50 else "posters", "files", "pages", "ms a poster", "kB")
    for name in ("ours", "Chromium"):
        one, each = runs[0][name], median(_each(run[name]) for run in runs)
        title = "ours, read back" if name == "ours" else f"Chromium {one['version']}"
        figures = (f"{each:.1f}", f"{one['bytes'] / one['files'] / 1000:,.0f}")
        yield _row(title, f"{one['files']:,}", f"{one['pages']:,}", *figures)
    ratio = median(_each(run["Chromium"]) / _each(run["ours"]) for run in runs)
    size = runs[0]["Chromium"]["bytes"] / runs[0]["ours"]["bytes"]
    proofed = median(run["ours"]["proofed"] / run["ours"]["seconds"] for run in runs)
    yield ""
    yield f"Chromium takes {ratio:.2f} times as long, and its files are {size:.2f} times as large as ours."
    yield from (f"Of our time {proofed:.0%} is reading back.", "")


def _each(one: dict[str, Any]) -> float:
    """Milliseconds a file."""
    return float(one["seconds"]) / int(one["files"]) * 1000


def _growth(found: dict[str, Any]) -> Iterator[str]:
    yield from ("### Memory over many sheets", "", _GROWTH, "")
    yield from _table_head("sheets", "MB")
    for sheets, memory in found["growth"]:
        yield _row(f"{sheets:,}", f"{memory / 1e6:,.0f}")
    yield ""


def _holds(figure: float, asked: float) -> str:
    return "yes" if figure <= asked else "no"


def _table_head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield f"|{'|'.join(['---', *['---:'] * (len(titles) - 1)])}|"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
