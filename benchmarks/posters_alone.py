"""Posters in one process: side by side with Chromium, and how memory goes over thousands of sheets of badges.

`python benchmarks/posters_alone.py SITE compare|growth [--files 50] [--sheets 3000] [--every 200]` prints JSON.
"""

from __future__ import annotations

import argparse
import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html import escape
from pathlib import Path
from time import perf_counter
from typing import Any

import pypdfium2
from province import TODAY

from liaison.build.pressroom import Pressroom, Task
from liaison.build.run import Order, Run, choose, prepare, shop_of, tasks_of, workspace_below
from liaison.plan.prints import Choice
from liaison.records.read import read_site
from liaison.render.print.copies import Copy
from liaison.render.print.symbols import LEVEL
from liaison.render.qr import encode, svg

POSTER, SHEET = "station-a4", "badge-10"
SYMBOL = 108 * 41 / 33
"""Millimetres a side of a symbol of 33 modules, quiet zone included, as wide as on our poster."""

_STYLE = """\
@page { size: 210mm 297mm; margin: 0 } * { box-sizing: border-box; margin: 0 }
body { font: 13pt/1.6 'Noto Sans CJK SC', sans-serif; width: 210mm }
header { background: #b3261e; color: #fff; height: 40mm; padding: 6mm 18mm } h1 { font-size: 25pt; line-height: 1.2 }
main { padding: 0 18mm } .code { display: flex; align-items: center; gap: 4mm } .code svg { margin-left: -13mm }
.words b { font-size: 25pt; color: #b3261e } dl { background: #fbeeec; border-radius: 4mm; padding: 6mm 9mm;
display: grid; grid-template-columns: 24mm 1fr; row-gap: 3mm } dt { color: #b3261e }
table { width: 100%; margin-top: 4mm; border-collapse: collapse; font-size: 11pt }
td, th { text-align: left; padding: 1.4mm 2mm } footer { padding: 4mm 18mm }
"""


@contextmanager
def pressroom(root: Path, kind: str) -> Iterator[tuple[Run, Pressroom]]:
    """A site's files of a kind, and the room that prints them in this process."""
    reading = read_site(root, lambda _: date.fromisoformat(TODAY))
    run = choose(prepare(root, reading, Order()), Choice(kinds=[kind]))
    with workspace_below(None) as workspace:
        yield run, Pressroom(shop_of(run, workspace))


def _tasks(run: Run, most: int) -> list[Task]:
    """As many single files as asked for, those of a part together."""
    found: list[Task] = []
    for number, pieces in tasks_of(run):
        found.append((number, pieces[: most - sum(len(few) for _, few in found)]))
    return [task for task in found if task[1]]


def _other(run: Run) -> Task:
    """A single file that comes last: so that fonts and templates are read before anything is timed."""
    number, pieces = tasks_of(run)[-1]
    return number, pieces[-1:]


def _figures(files: int, seconds: float, size: int, pages: int) -> dict[str, Any]:
    return {"files": files, "seconds": seconds, "bytes": size, "pages": pages}


def ours(run: Run, room: Pressroom, most: int) -> dict[str, Any]:
    """Seconds and bytes of our files, with every code read back."""
    tasks = _tasks(run, most)
    room.do(_other(run))
    start = perf_counter()
    made = [one for task in tasks for one in room.do(task)]
    seconds = perf_counter() - start
    if any(one.faults for one in made):
        raise SystemExit("a poster is amiss")
    figures = _figures(len(made), seconds, sum(one.size for one in made), sum(one.pages for one in made))
    return figures | {"proofed": sum(one.proofed for one in made)}


def theirs(run: Run, room: Pressroom, most: int) -> dict[str, Any] | None:
    """The same of Chromium, which reads nothing back; None where there is none."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        return None
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - a site is built without it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        made: list[bytes] = []

        def printed(task: Task) -> None:
            for _, _, item in room.items(task):
                page.set_content(html(item, room.setting.facts()))
                made.append(page.pdf(prefer_css_page_size=True, print_background=True))

        printed(_other(run))
        made.clear()
        start = perf_counter()
        for task in _tasks(run, most):
            printed(task)
        seconds, version = perf_counter() - start, browser.version
        browser.close()
    pages = sum(len(pypdfium2.PdfDocument(pdf)) for pdf in made)
    return _figures(len(made), seconds, sum(map(len, made)), pages) | {"version": version}


def html(item: Copy, facts: dict[str, Any]) -> str:
    """The words of a station's poster as a page of HTML with the same symbol."""
    words, symbol = facts["words"], svg(encode(item["url"], LEVEL), width_mm=SYMBOL)
    rows = [
        ("接待日", [one["when"] for one in item["rules"]] + [one["day"] for one in item["dates"]]),
        ("开　放", item["hours"]),
        ("电　话", [item["phone"]["number"]] if item["phone"] else []),
        ("地　址", [item["address"]]),
        ("反　映", [one["label"] + "：" + one["detail"] for one in item["channels"]]),
        ("工作人员", [" ".join(one) for one in item["staff"]]),
    ]
    shown = "".join(f"<dt>{name}</dt><dd>{'<br>'.join(map(escape, some))}</dd>" for name, some in rows if some)
    people = "".join(
        f"<tr><th>{escape(one['name'])}</th><td>{escape(one['levels'])}</td>"
        f"<td>{escape(one['employer'])}　{escape(one['specialties'])}</td></tr>"
        for one in item["deputies"]
    )
    beside = f"<b>{escape(words['station'])}</b><p>{escape(words['finds'])}</p><p>{escape(words['otherwise'])}</p>"
    return (
        f'<!doctype html><html lang="zh-CN"><title>{escape(item["name"])}</title><style>{_STYLE}</style>'
        f"<header><p>{escape(item['place'])}</p><h1>{escape(item['name'])}</h1></header>"
        f'<main><div class="code">{symbol}<div class="words">{beside}<p>{item["code"]}</p>'
        f"<p>{escape(facts['typed'])}</p></div></div><dl>{shown}</dl><table>{people}</table></main>"
        f"<footer>{escape(facts['organ'])}监制　{escape(item['verified'])}核验　"
        f"扫出的网址不是 {escape(facts['domain'])} 时，请勿打开</footer>"
    )


def growth(run: Run, room: Pressroom, sheets: int, every: int) -> list[tuple[int, int]]:
    """Bytes of memory of this process after so many sheets, again and again."""
    found, done = [(0, _memory())], 0
    while done < sheets:
        for task in tasks_of(run):
            done += sum(one.pages for one in room.do(task))
            if done >= found[-1][0] + every or done >= sheets:
                found.append((done, _memory()))
            if done >= sheets:
                break
    return found


def _memory() -> int:
    """Proportional set size; Linux only."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("site", type=Path)
    parser.add_argument("what", choices=["compare", "growth"])
    parser.add_argument("--files", type=int, default=50)
    parser.add_argument("--sheets", type=int, default=3_000)
    parser.add_argument("--every", type=int, default=200)
    options = parser.parse_args()
    with pressroom(options.site, POSTER if options.what == "compare" else SHEET) as (run, room):
        if options.what == "compare":
            found = {"ours": ours(run, room, options.files), "Chromium": theirs(run, room, options.files)}
            print(json.dumps(found))
        else:
            print(json.dumps(growth(run, room, options.sheets, options.every)))


if __name__ == "__main__":
    main()
