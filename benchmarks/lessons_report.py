"""The section on law lessons of the report: what a run of `lessons.py` found. It names no path of the machine."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

TITLE = "## Law lessons"
OURS, NAV, FAST = "ours", "MkDocs + Material", "MkDocs + Material, lessons out of the menu"
WARM, CHANGED = "ours, nothing changed", "ours, one lesson changed"
AT_MOST = {"peer": 1.2, "growth": 1.1}
"""What is asked for: against the peer, and against our own time per lesson at the smaller size."""

_ABOUT = """\
Lessons are dealt from the sample's own texts: 600 to 1,200 characters of Markdown with headings, lists, tables and
true citations, with front matter (quiz, handout, speakers, stations, laws, review; every tenth with captions and
chapters), at most 100 in a series. *Ours* is the whole build, with the sample's stations and deputies: every lesson is
read, judged and searched for citations, has its own page with a QR code, quiz and sheet to print, is in feeds and in
the search index, and every article cited has a page. *MkDocs + Material* makes pages and the search index of the same
Markdown, with the same extensions, and none of the rest; as it comes, each of its pages has all of them in the menu,
which ours have not, so the third site has its lessons out of the menu (`not_in_nav`). All are built in turn, cold: no
output folder and no cache. Ours reads with all cores, MkDocs uses one. Wall time is what is asked for; processor time
(all processes) is steadier where others use the machine too."""

_PER_LESSON = """\
*Quotient*: time of the build by lessons. *More*: time of the build less that of the same site without lessons, by
lessons. Times are medians of the rounds, ratios medians of the ratios in each round."""


def section(found: dict[str, Any]) -> str:
    """The section, its title first."""
    parts = (_head, _times, _costs, _verdict)
    return "\n".join([line for part in parts for line in part(found)])


def _head(found: dict[str, Any]) -> Iterator[str]:
    yield from (TITLE, "", "Written by `benchmarks/lessons.py` (`make bench-lessons`); do not edit. Again:", "")
    size = f"--lessons {found['lessons']} --smaller {found['smaller']} --runs {found['runs']}"
    yield from (f"    python benchmarks/lessons.py {size}", "")
    machine, versions = found["machine"], found["versions"]
    names = ("Python", "mkdocs", "mkdocs-material")
    about = [*(f"{name} {machine[name]}" for name in machine), *(f"{name} {versions[name]}" for name in names)]
    yield from (f"{'; '.join([*about, 'commit ' + found['commit'], found['date']])}.", "", _ABOUT, "")


def _times(found: dict[str, Any]) -> Iterator[str]:
    yield from _table_head("build", "lessons", "median s", "min", "max", "processor s", "files", "MB")
    for name in (OURS, FAST, NAV, WARM, CHANGED):
        for size in _sizes(found):
            one = found["times"].get(f"{name}/{size}")
            if one is None:
                continue
            files, amount = found["amounts"].get(f"{name}/{size}", (0, 0))
            what = (f"{files:,}", f"{amount / 1e6:,.0f}") if files else ("", "")
            wall = one["wall"]
            figures = (median(wall), min(wall), max(wall), median(one["processor"]))
            yield _row(name, f"{size:,}", *(f"{figure:.2f}" for figure in figures), *what)
    yield ""


def _costs(found: dict[str, Any]) -> Iterator[str]:
    yield from ("### Time per lesson, in milliseconds", "", _PER_LESSON, "")
    sizes = [size for size in _sizes(found) if size]
    titles = [f"{size:,}, {how}" for size in sizes for how in ("quotient", "more")]
    yield from _table_head("build", *titles)
    for kind, note in (("wall", ""), ("processor", ", processor")):
        for name in (OURS, FAST, NAV):
            figures = (
                median(per(found, kind, name, size)) * 1000 for size in sizes for per in (_quotients, _marginals)
            )
            yield _row(name + note, *(f"{figure:.2f}" for figure in figures))
    yield ""


def _verdict(found: dict[str, Any]) -> Iterator[str]:
    largest, smaller = found["lessons"], found["smaller"]
    yield from _table_head(f"ratio at {largest:,} lessons", "asked", "quotient", "more", "processor, more")
    for name in (NAV, FAST):
        asked = f"≤ {AT_MOST['peer']}" if name == NAV else ""
        ours = (OURS, largest)
        yield _row(f"ours ÷ {name}", asked, *_ratios(found, ours, (name, largest)))
    for name in (OURS, FAST, NAV) if smaller else ():
        asked = f"≤ {AT_MOST['growth']}" if name == OURS else ""
        yield _row(f"{name}: ÷ at {smaller:,}", asked, *_ratios(found, (name, largest), (name, smaller)))
    yield ""


Which = tuple[str, int]


def _ratios(found: dict[str, Any], one: Which, other: Which) -> Iterator[str]:
    for per, kind in ((_quotients, "wall"), (_marginals, "wall"), (_marginals, "processor")):
        pairs = zip(per(found, kind, *one), per(found, kind, *other), strict=True)
        yield f"{median(above / below for above, below in pairs):.2f}"


def _quotients(found: dict[str, Any], kind: str, name: str, size: int) -> list[float]:
    """Seconds of a whole build by lessons, in each round."""
    return [time / size for time in found["times"][f"{name}/{size}"][kind]]


def _marginals(found: dict[str, Any], kind: str, name: str, size: int) -> list[float]:
    """Seconds that a lesson adds to the site without lessons, in each round."""
    without = OURS if name == OURS else FAST  # the peers are the same without lessons
    pairs = zip(found["times"][f"{name}/{size}"][kind], found["times"][f"{without}/0"][kind], strict=True)
    return [(time - base) / size for time, base in pairs]


def _sizes(found: dict[str, Any]) -> list[int]:
    return sorted({0, found["smaller"], found["lessons"]})


def _table_head(*titles: str) -> Iterator[str]:
    yield _row(*titles)
    yield f"|{'|'.join(['---', *['---:'] * (len(titles) - 1)])}|"


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
