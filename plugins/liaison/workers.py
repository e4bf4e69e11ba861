"""Worker processes for work that comes in many parts: the only place that starts any.

Knows nothing of records or pages. Another engine is another `concurrent.futures.Executor`, named in the configuration.
"""

from __future__ import annotations

import ctypes
import gc
import multiprocessing
import os
import pkgutil
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

Engine = Callable[[int, Callable[..., object], tuple[Any, ...]], Executor]
"""Makes an executor from a number of workers, a function to be called first in each, and what it is given."""

Step = Callable[[int], object]
"""Told how much more is done."""

Progress = Callable[[str, int], AbstractContextManager[Step]]
"""Shows progress: given a title and how much there is to do."""


class EngineError(ValueError):
    """The engine named in the configuration cannot be had; says why in Chinese."""


_C = ctypes.CDLL(None)
_PDEATHSIG = 1
"""Of prctl(2)."""


def end_with_parent() -> None:
    """Let this process be killed when the one that started it ends, however it ends; on Linux only."""
    if hasattr(_C, "prctl"):
        _C.prctl(_PDEATHSIG, signal.SIGKILL)


def usual_workers() -> int:
    """One for each processor that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _begin(start: Callable[..., object], given: tuple[Any, ...]) -> None:
    """What a worker does first: it must not work on when nobody waits for it any more."""
    end_with_parent()
    start(*given)


def forked(workers: int, start: Callable[..., object], given: tuple[Any, ...]) -> Executor:
    """The usual engine: processes that inherit what is in memory."""
    gc.freeze()  # what is here stays: workers need not look through it, and so share its memory
    return ProcessPoolExecutor(
        workers, multiprocessing.get_context("fork"), initializer=_begin, initargs=(start, given)
    )


def spawned(workers: int, start: Callable[..., object], given: tuple[Any, ...]) -> Executor:
    """Processes that inherit nothing: for libraries with threads of their own, which a fork would leave behind."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, initializer=_begin, initargs=(start, given))


def engine(name: str) -> Engine:
    """The engine called `package.module:function`. Raises `EngineError`."""
    try:
        found = pkgutil.resolve_name(name)
    except (ImportError, AttributeError, ValueError) as error:
        raise EngineError(f"找不到执行引擎 {name}：{error}；写成 包.模块:函数") from error
    if not callable(found):
        raise EngineError(f"执行引擎 {name} 不是函数")
    made: Engine = found
    return made


def unseen(_title: str, _length: int) -> AbstractContextManager[Step]:
    """No progress shown."""
    return nullcontext(lambda _count: None)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the search for cycles, which would walk many records again and again and find none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(frozen=True, slots=True)
class Crew:
    """How many work, on what engine, and who is told how far they are."""

    workers: int = 1
    engine: Engine | None = None
    """The usual one where left out."""
    progress: Progress = unseen

    def do(
        self,
        work: Callable[[T], R],
        items: Sequence[T],
        start: Callable[..., object],
        given: tuple[Any, ...],
        *,
        title: str,
        sizes: Sequence[int],
        alone_up_to: int,
    ) -> Iterator[tuple[T, R]]:
        """Each item with what `work` made of it, as they are done; each worker first calls `start` with `given`.

        `sizes` say how much each item holds; work of no more than `alone_up_to` is done in this process. Raises what
        `work` raises.
        """
        with self.progress(title, sum(sizes)) as step:
            if not self._pays(len(items), sum(sizes), alone_up_to):
                start(*given)
                for item, size in zip(items, sizes, strict=True):
                    yield item, work(item)
                    step(size)
                return
            with (self.engine or forked)(self.workers, start, given) as executor:
                waiting = {executor.submit(work, item): number for number, item in enumerate(items)}
                try:
                    for done in as_completed(waiting):
                        number = waiting[done]
                        yield items[number], done.result()
                        step(sizes[number])
                finally:
                    executor.shutdown(cancel_futures=True)
                    gc.unfreeze()

    def _pays(self, items: int, size: int, alone_up_to: int) -> bool:
        """Whether workers are wanted, can be had, and have enough to do."""
        can_be_had = self.engine is not None or "fork" in multiprocessing.get_all_start_methods()
        return self.workers > 1 and items > 1 and size > alone_up_to and can_be_had
