"""Many pages to disk, in worker processes where that pays."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeVar

from liaison.publish.tree import Tree, put
from liaison.workers import pays, pool

T = TypeVar("T")
Render = Callable[[T], Iterable[tuple[str, bytes]]]

ALONE_UP_TO = 1_500
"""Pages below which starting workers costs more than it saves."""

_CHUNK = 400

_work: tuple[Render[Any], Path] | None = None  # set once in each worker, before any chunk


def write_all(items: Sequence[T], render: Render[T], tree: Tree, workers: int) -> None:
    """Render every item and write its files, which are claimed already. Raises what `render` raises."""
    chunks = [items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK)]
    if pays(len(items), ALONE_UP_TO, workers):
        with pool(workers, _start, render, tree.root) as executor:
            _gather(executor.map(_write_chunk, chunks), tree)
    else:
        _start(render, tree.root)
        _gather(map(_write_chunk, chunks), tree)


def _start(render: Render[Any], root: Path) -> None:
    global _work  # noqa: PLW0603 - the state of a worker process, set when it starts
    _work = (render, root)


def _write_chunk(chunk: Sequence[object]) -> tuple[list[str], int]:
    assert _work is not None  # noqa: S101 - _start ran first
    render, root = _work
    paths, changed = [], 0
    for item in chunk:
        for path, data in render(item):
            paths.append(path)
            changed += put(root, path, data)
    return paths, changed


def _gather(results: Iterable[tuple[list[str], int]], tree: Tree) -> None:
    for paths, changed in results:
        tree.confirm(paths)
        tree.count(changed=True, times=changed)
        tree.count(changed=False, times=len(paths) - changed)
