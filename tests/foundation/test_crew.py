"""Work that comes in parts: the same whoever does it, on whatever engine."""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from liaison.workers import Crew, Engine, EngineError, engine, forked, uncollected, usual_workers
from support import engines

ITEMS = range(30)
PAINFUL = 7

CREWS = {
    "alone": Crew(),
    "forked": Crew(2),
    "three": Crew(3, forked),
    "threads": Crew(2, engines.threads),
    "spawned": Crew(2, engines.spawned),
}
everyone = pytest.mark.parametrize("crew", CREWS.values(), ids=CREWS)

_here = threading.local()


class PainError(Exception):
    """What goes wrong with one item."""


def start(factor: int) -> None:
    _here.factor = factor


def multiply(number: int) -> int:
    return number * int(_here.factor)


def multiply_with_pain(number: int) -> int:
    if number == PAINFUL:
        raise PainError(f"item {number}")
    return multiply(number)


def where(_number: int) -> int:
    return os.getpid()


def leave_a_mark(folder: str) -> None:
    _here.folder = Path(folder)


def mark(number: int) -> None:
    (_here.folder / str(number)).touch()
    if number == 0:
        raise PainError("item 0")
    time.sleep(0.01)


def did(crew: Crew, work: Callable[[int], Any] = multiply, items: range = ITEMS, *, alone_up_to: int = 0) -> Any:
    sizes = [number % 3 for number in items]
    return dict(crew.do(work, items, start, (3,), title="示例", sizes=sizes, alone_up_to=alone_up_to))


def nobody_left() -> bool:
    """Neither a process nor a thread of a crew."""
    return not multiprocessing.active_children() and not [
        one for one in threading.enumerate() if one.name.startswith("ThreadPoolExecutor")
    ]


@everyone
def test_every_crew_gives_the_same(crew: Crew) -> None:
    """Each item once, with what was made of it by a worker that was told first what to work from."""
    assert did(crew) == {number: number * 3 for number in ITEMS}
    assert nobody_left()


@everyone
def test_what_goes_wrong_comes_out(crew: Crew) -> None:
    """The error itself, not a broken pool; and no worker is left behind."""
    with pytest.raises(PainError, match="item 7"):
        did(crew, multiply_with_pain)
    assert nobody_left()


@pytest.mark.parametrize("name", ["forked", "threads", "spawned"])
def test_after_a_fault_nothing_more_is_begun(name: str, tmp_path: Path) -> None:
    """A build that cannot succeed ends at once: what waits for a worker is given up."""
    work = CREWS[name].do(
        mark, range(400), leave_a_mark, (str(tmp_path),), title="示例", sizes=[1] * 400, alone_up_to=0
    )
    with pytest.raises(PainError, match="item 0"):
        list(work)
    assert 1 <= len(list(tmp_path.iterdir())) < 400
    assert nobody_left()


@everyone
def test_who_stops_asking_leaves_no_worker_behind(crew: Crew) -> None:
    """As when what is done with one result fails."""
    work = crew.do(multiply, ITEMS, start, (3,), title="示例", sizes=[1] * len(ITEMS), alone_up_to=0)
    next(work)
    work.close()  # type: ignore[attr-defined]
    assert nobody_left()


class Display:
    """Progress as somebody sees it."""

    def __init__(self) -> None:
        self.title = ""
        self.length = -1
        self.done = 0
        self.is_open = False

    @contextmanager
    def __call__(self, title: str, length: int) -> Iterator[Callable[[int], object]]:
        """The display of one piece of work."""
        self.title, self.length, self.is_open = title, length, True
        yield self._step
        self.is_open = False

    def _step(self, count: int) -> None:
        assert self.is_open
        self.done += count


@pytest.mark.parametrize("items", [range(0), range(1), ITEMS], ids=["none", "one", "many"])
@pytest.mark.parametrize(
    ("workers", "chosen"),
    [(1, None), (2, None), (2, engines.threads), (2, engines.spawned)],
    ids=["alone", "forked", "threads", "spawned"],
)
def test_progress_is_counted_to_the_end(workers: int, chosen: Engine | None, items: range) -> None:
    """In every case, of whatever size the items are; then the display is closed."""
    display = Display()
    did(Crew(workers, chosen, display), items=items)
    assert display.title == "示例"
    assert display.done == display.length == sum(number % 3 for number in items)
    assert not display.is_open


@pytest.mark.parametrize(
    ("items", "alone_up_to", "workers", "in_workers"),
    [(30, 29, 2, True), (30, 30, 2, False), (30, 0, 1, False), (1, 0, 2, False), (0, 0, 2, False)],
)
def test_workers_start_only_where_they_pay(items: int, alone_up_to: int, workers: int, *, in_workers: bool) -> None:
    """With more than one item and worker, and more to do than starting them costs; else this process does it."""
    processes = set(did(Crew(workers), where, range(items), alone_up_to=alone_up_to).values())
    assert bool(processes - {os.getpid()}) == in_workers
    assert len(processes) <= workers


def test_where_processes_cannot_fork_one_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same, more slowly; an engine that was chosen is used all the same."""
    monkeypatch.setattr(multiprocessing, "get_all_start_methods", lambda: ["spawn"])
    assert set(did(Crew(2), where).values()) == {os.getpid()}
    assert os.getpid() not in did(Crew(2, engines.spawned), where).values()


def test_workers_inherit_what_is_in_memory() -> None:
    """The usual engine hands over what cannot be pickled, such as templates."""
    unpicklable = threading.Lock()
    work = Crew(2).do(where, ITEMS, _keep, (unpicklable,), title="示例", sizes=[1] * len(ITEMS), alone_up_to=0)
    assert os.getpid() not in dict(work).values()


def _keep(given: object) -> None:
    _here.given = given


def test_an_engine_is_found_by_its_name() -> None:
    """`package.module:function`, as it is written in mkdocs.yml."""
    assert engine("support.engines:threads") is engines.threads
    assert engine("liaison.workers:forked") is forked


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("no_such_package.engines:threads", "找不到执行引擎 no_such_package.engines:threads：.*写成 包.模块:函数"),
        ("support.engines:no_such_function", "找不到执行引擎 support.engines:no_such_function：.*写成 包.模块:函数"),
        ("support engines", "找不到执行引擎 support engines：.*写成 包.模块:函数"),
        ("", "找不到执行引擎 ：.*写成 包.模块:函数"),
        ("support.engines:NO_ENGINE", "执行引擎 support.engines:NO_ENGINE 不是函数"),
    ],
)
def test_an_engine_that_cannot_be_had_is_told_in_chinese(name: str, said: str) -> None:
    """With the name as it was written, and how to write one."""
    with pytest.raises(EngineError, match=f"^{said}$"):
        engine(name)


def test_the_usual_number_of_workers_is_that_of_processors() -> None:
    """At least one, and no more than the machine has."""
    assert 1 <= usual_workers() <= (os.cpu_count() or 1)


def test_no_search_for_cycles_while_records_are_made() -> None:
    """It goes on afterwards, also after an error, and only if it went on before."""
    assert gc.isenabled()
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with pytest.raises(PainError), uncollected():
        raise PainError("inside")
    assert gc.isenabled()
