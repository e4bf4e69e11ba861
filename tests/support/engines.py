"""Engines as somebody else may write them, and one that is none."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from typing import Any

Start = Callable[..., object]

NO_ENGINE = "not to be called"


def threads(workers: int, start: Start, given: tuple[Any, ...]) -> Executor:
    """Threads of one process."""
    return ThreadPoolExecutor(workers, initializer=start, initargs=given)


def spawned(workers: int, start: Start, given: tuple[Any, ...]) -> Executor:
    """Processes that share nothing with the one that started them, as on macOS and Windows."""
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(workers, context, initializer=start, initargs=given)
