"""How templates of citizen pages are run: an environment of our own, and how they write addresses."""

from __future__ import annotations

import functools
from collections.abc import Callable

import jinja2

from liaison.plan import urls

PARTS = "liaison/parts.html"
"""Macros that pages share."""


def environment(templates: jinja2.BaseLoader, compiled: jinja2.BytecodeCache | None) -> jinja2.Environment:
    """Our own environment: it escapes, and stops at a name that is not there."""
    return jinja2.Environment(
        loader=templates,
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=compiled,
    )


@functools.cache
def to(depth: int) -> Callable[[str], str]:
    """How a template of a page at this depth writes an address of the site."""
    return functools.partial(urls.relative, page_depth=depth)
