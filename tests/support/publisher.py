"""Publishing for tests: in this process, or in one of its own that kills itself at a step."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Mapping
from functools import cache
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

from liaison.model.site import Layout
from liaison.publish import journal
from liaison.publish.goals import Target
from liaison.publish.manifest import Manifest
from liaison.publish.place import Source
from liaison.publish.places import opened
from liaison.publish.publishing import Order, Outcome, publish
from liaison.publish.returning import Return, roll_back
from support.releases import page, release

PAGES, ASSETS = 40, 16


def many_files(word: str, shared: str = "共用") -> dict[str, bytes]:
    """Some 60 files; another word gives other bytes to all of them but a few pages, which depend on `shared`."""
    assets = [f"liaison/assets/{number:02d}.css" for number in range(ASSETS)]
    files = {one: f"/* {word} {one} */ {'x' * 2000}".encode() for one in assets}
    for number in range(PAGES):
        said = shared if number % 5 == 0 else word
        mine = assets[number % ASSETS], assets[(number * 7 + 1) % ASSETS]
        files[f"D/{number % 4:02d}/{number:05d}/index.html"] = page(f"{said} {number} {'字' * 700}", *mine, depth=3)
    files["index.html"] = page(f"首页{word}", *assets[:3])
    files["404.html"] = page(f"没有这一页{word}", assets[0])
    files["sitemap.xml"] = f"<urlset><!-- {word} --></urlset>".encode()
    return files


def lay_out(folder: Path, word: str, extra: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """A release of such files, in a folder; its files."""
    files = {**many_files(word), **(extra or {})}
    release(folder, files)
    return files


def target_at(folder: Path, layout: Layout = "current", **more: Any) -> Target:
    """A folder as a target."""
    return Target(label=str(folder), folder=str(folder), layout=layout, **more)


def order_for(target: Target, root: Path, **more: Any) -> Order:
    """An order that nothing stands against."""

    def note(line: journal.Line) -> None:
        journal.append(root / "internal" / journal.FILE, line)

    if isinstance(previous := more.get("previous"), Manifest):
        more["previous"] = lambda: previous
    given = {"who": "tester@here", "target": target.label, "refusals": list, "note": note, "may_remove": True}
    return Order(**{**given, **more})


def nobody(_step: str) -> None:
    """Told, and does nothing."""


def put_there(target: Target, source: Path, root: Path, tell: Callable[[str], object] = nobody, **more: Any) -> Outcome:
    """Publish a release."""
    given = Source(source, Manifest.read(source))
    with opened(target, root, "tester@here", may_break=bool(more.pop("may_break", False))) as place:
        return publish(place, given, order_for(target, root, **more), tell)


def go_back(target: Target, root: Path, wanted: Return | None = None, **more: Any) -> Outcome:
    """Roll back."""
    with opened(target, root, "tester@here") as place:
        return roll_back(place, wanted or Return(), order_for(target, root, **more), nobody)


def put_there_and_die(target: Target, source: Path, root: Path, step: str, at: int = 1) -> bool:
    """Publish in a process that is killed when it comes to a step for the so-manieth time; says whether it was."""
    process = _fork_server().Process(target=_publish_and_die, args=(target, source, root, step, at))
    process.start()
    process.join(120)
    assert process.exitcode in {0, -signal.SIGKILL}
    return process.exitcode != 0


def _publish_and_die(target: Target, source: Path, root: Path, step: str, at: int) -> None:
    seen = 0

    def tell(reached: str) -> None:
        nonlocal seen
        seen += reached == step
        if seen >= at:
            os.kill(os.getpid(), signal.SIGKILL)

    put_there(target, source, root, tell)


@cache
def _fork_server() -> ForkServerContext:
    """Processes that begin with the program loaded, and without threads of this one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["support.publisher"])
    return context
