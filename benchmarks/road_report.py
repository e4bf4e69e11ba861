"""The section on the road to the host of the report: what a run of `road.py` found. It names no path of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

TITLE = "## Road to the host"
BUILD, CHANGED = "liaison build, cold", "liaison build, one deputy changed"
FIRST, NEXT = "liaison publish to a folder, first", "liaison publish to a folder, one deputy changed"
PEER = "rsync --checksum, one deputy changed"
ROLLBACK, HIDE = "liaison rollback", "liaison hide"
MOVED = "liaison hide, records changed since"
ASKED = {ROLLBACK: 5, HIDE: 60, MOVED: 60}
"""Seconds that a province may take."""

_ABOUT = """\
Each command as it is typed, start of the program included. A build reads and judges the records, makes the pages, reads
every code back from its page, hashes every file, and puts the release in place; a code that was read from the very
same picture before is not read again. Publishing checks every file of the release, links what is the same from the
release before, hashes the whole before the switch, and checks it through the link after it. *rsync* brings the same
change into one folder of the same disk, comparing check sums on both sides: no release to go back to, no check, and
a site that is half old and half new while it runs. Hiding starts from the published version, with the record changed:
build, search for the name in every file, and the upload with its instructions; where records were changed since, from
a work tree of the published commit."""


def section(found: dict[str, Any]) -> str:
    """The section, its title first."""
    return "\n".join([*_head(found), *_times(found), *_ratio(found)])


def _head(found: dict[str, Any]) -> Iterator[str]:
    yield from (TITLE, "", "Written by `benchmarks/road.py` (`make bench-road`); do not edit. Again:", "")
    words = " ".join(f"--{name} {found[name]}" for name in ("deputies", "stations", "runs"))
    yield from (f"    python benchmarks/road.py {words}", "")
    machine, known = found["machine"], found["versions"]
    about = [f"{name} {machine[name]}" for name in machine]
    about += [f"Python {known['Python']}", f"rsync {found['rsync']}", f"commit {found['commit']}", found["date"]]
    yield from (f"{'; '.join(about)}.", "", _ABOUT, "")
    yield from (f"The release has {found['files']:,} files of {found['bytes'] / 1e6:,.0f} MB.", "")


def _times(found: dict[str, Any]) -> Iterator[str]:
    yield "| what | asked s | median s | min | max | processor s | verdict |"
    yield "|---|---:|---:|---:|---:|---:|---|"
    for one in found["series"]:
        wall, asked = one["wall"], ASKED.get(one["name"])
        cells = [f"{seconds:.2f}" for seconds in (median(wall), min(wall), max(wall), median(one["processor"]))]
        verdict = ("yes" if median(wall) <= asked else "no") if asked else ""
        yield f"| {one['name']} | {f'≤ {asked}' if asked else ''} | {' | '.join(cells)} | {verdict} |"
    yield ""


def _ratio(found: dict[str, Any]) -> Iterator[str]:
    walls = {one["name"]: one["wall"] for one in found["series"]}
    ratio = median(ours / theirs for ours, theirs in zip(walls[NEXT], walls[PEER], strict=True))
    yield from (f"Publishing takes {ratio:.2f} times as long as that rsync (median of the pairs).", "")
