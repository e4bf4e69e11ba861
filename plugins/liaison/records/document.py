"""What a file holds once it is read: plain mappings, lists and text, each with its path; and what was wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .faults import Fault

Path = tuple[str | int, ...]
Node = str | list["Node"] | dict[str, "Node"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a node stands: its value, and its key when it is a value of a mapping; line and column from 1."""

    line: int
    column: int
    key_line: int
    key_column: int


@dataclass(slots=True)
class Document:
    """What a file holds: plain mappings, lists and text, and what was wrong with it."""

    tree: Node | None = None
    faults: list[Fault] = field(default_factory=list)
    marks: dict[Path, Mark] = field(default_factory=dict)
    """Places of all nodes; filled only on request, since only problems need them."""
    dropped: set[Path] = field(default_factory=set)
    """Nodes left out because of a fault, so that nobody reports them missing."""
    has_empty: bool = False
    """Whether some value is empty text, an empty list or an empty mapping."""
    broken: bool = False
    """Whether reading stopped before the end, so that what is missing means nothing."""


def scalars(tree: Node | None) -> Iterator[tuple[Path, str]]:
    """Every text in a tree with its path, in the order of the file."""
    stack: list[tuple[Path, Node]] = [] if tree is None else [((), tree)]
    while stack:
        path, node = stack.pop()
        if isinstance(node, str):
            yield path, node
        elif isinstance(node, dict):
            stack += [((*path, key), value) for key, value in reversed(node.items())]
        else:
            stack += [((*path, number), node[number]) for number in reversed(range(len(node)))]
