"""The record pages and directories of a site as tasks for workers, each with a digest of what it is made from."""

from __future__ import annotations

import threading
from collections.abc import Iterable
from pathlib import Path

from liaison.build.hand import Bench, Hand, Look, Task, name_of
from liaison.build.hung import Hung
from liaison.plan.pages import Page, Plan
from liaison.publish.tree import Tally, Tree
from liaison.records.read import Reading
from liaison.shelf import Shelf, digest
from liaison.workers import Crew, uncollected

KEPT = "out"
"""Name of the shelf about each folder that was brought up to date."""

ALONE_UP_TO = 1_500
"""Pages below which starting workers costs more than it saves."""


def bench(reading: Reading, plan: Plan, look: Look, out: Path, shelf: Shelf) -> Bench:
    """A bench to make pages below the folder `out` at; what it keeps of this folder lies apart."""
    hung = Hung.found(reading.source.root)
    return Bench(reading, plan, look, out, shelf.below_for(KEPT, out), _keys(reading, plan, look.digest(), hung), hung)


def bring(at: Bench, tree: Tree, crew: Crew) -> None:
    """Make every page of records and every directory stand below `tree`.

    Raises `photos.PhotoError` and `ChangedError`.
    """
    tasks = list(at.keys)
    sizes = [_size(at.reading, at.plan, task) for task in tasks]
    fresh: dict[Task, bytes] = {}
    done = crew.do(_work, tasks, _start, (at,), title="生成页面", sizes=sizes, alone_up_to=ALONE_UP_TO)
    for task, (written, news) in done:
        tree.tally.add(written)
        if news is not None:
            fresh[task] = news
    for task, news in fresh.items():
        at.shelf.put_packed(name_of(at.reading, task), news)
    at.shelf.keep_only(name_of(at.reading, task) for task in tasks)


def _size(reading: Reading, plan: Plan, task: Task) -> int:
    return len(reading.source.index.briefs[task].codes) if isinstance(task, int) else len(plan.by_region[task])


def _keys(reading: Reading, plan: Plan, look: bytes, hung: Hung | None) -> dict[Task, bytes]:
    """Every task with a digest of what it is made from; parts first, which take longest."""
    keys: dict[Task, bytes] = {}
    lectures = plan.lectures
    for number, (key, brief) in enumerate(zip(reading.keys, reading.source.index.briefs, strict=True)):
        around = {one.code for region in brief.regions for one in plan.land.chain(region)}
        rolls = {plan.land.roll_region(region) for region in brief.regions}
        taught = [
            (code, [(one.key, one.lesson.title, one.lesson.date) for one in lessons])
            for code in brief.codes
            if code and (lessons := (*lectures.of_station.get(code, ()), *lectures.of_deputy.get(code, ())))
        ]
        seen = (
            taught,
            [hung.digest(code) for code in brief.codes if code] if hung else [],
            sorted(region for region in around if region in plan.atlas),
            sorted((roll, sorted(plan.slugs.get((roll, "group"), {}).items())) for roll in rolls),
        )
        keys[number] = digest(look, key, repr(seen).encode())
    common = digest(look, *(reading.ground.digests.get(file, b"") for file in ("site.yml", "stations/regions.yml")))
    rows: dict[str, list[bytes]] = {}
    for verdict in reading.verdicts:
        for region, data in verdict.extra.posts.items():
            rows.setdefault(plan.land.roll_region(region), []).extend((region.encode(), data))
        for region, data in verdict.extra.people.items():
            rows.setdefault(region, []).extend((b"people", data))
    for region, pages in plan.by_region.items():
        keys[region] = digest(common, repr(_figures(plan, pages)).encode(), *rows.get(region, ()))
    return keys


def _figures(plan: Plan, pages: Iterable[Page]) -> list[object]:
    """What pages of regions say of regions around and inside them."""
    atlas = plan.atlas
    found: list[object] = []
    for page in pages:
        found.append(page)
        if page.kind == "region":
            region = page.key[0]
            found += [
                (one.code, atlas.count_stations(one.code), atlas.count_deputies(one.code))
                for one in atlas.subregions(region)
            ]
            found += [atlas.count_stations(region), atlas.count_deputies(region)]
            found += [one.code in atlas for one in atlas.chain(region)]
    return found


_here = threading.local()
"""What a worker works from: set once, when it starts."""


def _start(bench: Bench) -> None:
    _here.hand = Hand(bench)


def _work(task: Task) -> tuple[Tally, bytes | None]:
    hand: Hand = _here.hand
    with uncollected():
        return hand.do(task)
