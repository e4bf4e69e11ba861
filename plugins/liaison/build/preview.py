"""A large site to look at: its pages are made when somebody asks for them."""

from __future__ import annotations

import threading

from liaison.build.hand import Hand, Look, Task, front
from liaison.build.tasks import bench
from liaison.plan.pages import Plan
from liaison.publish.tree import Tree
from liaison.records.read import Reading
from liaison.shelf import Shelf

_PARTS_OF_A_CODE = 3  # S/3F/7K2MC


class Preview:
    """Makes pages of records and directories below a folder, each with all others of its task."""

    def __init__(self, reading: Reading, plan: Plan, look: Look, tree: Tree, shelf: Shelf) -> None:
        self._reading, self._plan = reading, plan
        made = bench(reading, plan, look, tree.root, shelf)
        self._hand = Hand(made)
        self._done: set[Task] = set()
        self._one_at_a_time = threading.Lock()
        for file, data in front(made):
            tree.write(file, data)

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
