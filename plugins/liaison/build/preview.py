"""A large site to look at: its pages are made when somebody asks for them."""

from __future__ import annotations

import threading

from liaison.build.hand import Bench, Hand, Task

_PARTS_OF_A_CODE = 3  # S/3F/7K2MC


class Preview:
    """Makes pages of records and directories below a folder, each with all others of its task."""

    def __init__(self, bench: Bench) -> None:
        self._reading, self._plan = bench.reading, bench.plan
        self._hand = Hand(bench)
        self._done: set[Task] = set()
        self._one_at_a_time = threading.Lock()

    def want(self, path: str) -> None:
        """Make the page at a path of the site, if it is one of ours. Raises `photos.PhotoError` and `ChangedError`."""
        task = self._task(path)
        if task is None:
            return
        with self._one_at_a_time:
            if task not in self._done:
                self._hand.do(task)
                self._done.add(task)

    def _task(self, path: str) -> Task | None:
        pieces = path.strip("/").split("/")
        if pieces[0] in {"S", "D"} and len(pieces) >= _PARTS_OF_A_CODE:
            index = self._reading.source.index
            place = (index.station if pieces[0] == "S" else index.deputy).get(pieces[1] + pieces[2])
            return None if place is None else place[0]
        if pieces[0] == "r" and len(pieces) > 1 and pieces[1] in self._plan.atlas:
            return self._plan.land.roll_region(pieces[1])
        return None
