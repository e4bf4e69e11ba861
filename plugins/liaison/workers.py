"""Worker processes for work that comes in many equal parts: the only place that starts any.

Knows nothing of records or pages. Another engine is another `concurrent.futures.Executor` made here.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import Any


def usual_workers() -> int:
    """One for each processor that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def pays(parts: int, enough: int, workers: int) -> bool:
    """Whether workers are wanted, can be had, and have more than enough parts to do."""
    return workers > 1 and parts > enough and "fork" in multiprocessing.get_all_start_methods()


def pool(workers: int, start: Callable[..., object] | None = None, *given: Any) -> Executor:  # noqa: ANN401
    """Workers that inherit what is in memory by forking: `start` is called in each with `given`, unpickled."""
    gc.freeze()  # what is here stays: workers need not look through it, and so share its memory
    return ProcessPoolExecutor(workers, multiprocessing.get_context("fork"), initializer=start, initargs=given)
