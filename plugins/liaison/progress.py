"""A bar on the terminal that says how far long work is; nothing where nobody looks."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import click

_WORTH = 2_000
"""Records or pages below which the work is done before a bar can be read."""


@contextmanager
def progress_bar(title: str, length: int) -> Iterator[Callable[[int], object]]:
    """A bar for so much work, on standard error, if that is a terminal."""
    if length < _WORTH or not sys.stderr.isatty():
        yield lambda _count: None
        return
    with click.progressbar(length=length, label=title, file=sys.stderr) as bar:
        yield bar.update
