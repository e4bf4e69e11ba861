"""The loader's short way for a file in which nothing is out of the ordinary: most are, and most of the time goes here.

It gives up at the first thing that would have to be said, or that it does not know; the loader then reads again, slowly
and with every fault noted. So it decides nothing: what it returns is what the loader would return.
"""

from __future__ import annotations

from typing import Any

import yaml
from yaml._yaml import CParser
from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

from .document import Document, Node
from .limits import YAML_DEPTH, YAML_NODES, YAML_SCALAR_BYTES

_SURELY_SHORT = YAML_SCALAR_BYTES // 4
"""Characters that are not more bytes than a text may have, whatever they are."""


def plain(text: str) -> Document | None:
    """The document in `text`, without places; None where the long way must be taken."""
    parser = CParser(text)
    try:
        return _built(parser)
    except yaml.YAMLError:
        return None
    finally:
        parser.dispose()


def _built(parser: CParser) -> Document | None:  # noqa: C901, PLR0911, PLR0912, PLR0915 - see below
    # One loop over all events: calls would take most of the time.
    next_event: Any = parser.get_event
    document = Document()
    outer: list[Any] = []
    node: Any = None
    key: str | None = None
    is_mapping = has_empty = False
    count = documents = 0
    while True:
        event = next_event()
        kind = type(event)
        if kind is ScalarEvent:
            value: str = event.value
            count += 1
            if event.anchor is not None or event.tag is not None or len(value) > _SURELY_SHORT:
                return None
            if is_mapping:
                if key is None:
                    if value == "<<" or value in node:
                        return None
                    key = value
                    continue
                node[key] = value
                key = None
            elif node is None:
                document.tree = value
            else:
                node.append(value)
            if not value:
                has_empty = True
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            count += 1
            if event.anchor is not None or event.tag is not None or len(outer) >= YAML_DEPTH:
                return None
            new: dict[str, Node] | list[Node] = {} if kind is MappingStartEvent else []
            if node is None:
                document.tree = new
            elif is_mapping:
                if key is None:
                    return None
                node[key] = new
                key = None
            else:
                node.append(new)
            outer.append(new)
            node, is_mapping = new, kind is MappingStartEvent
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            if not node:
                has_empty = True
            outer.pop()
            node = outer[-1] if outer else None
            is_mapping = type(node) is dict
        elif kind is DocumentStartEvent:
            documents += 1
            if documents > 1:
                return None
        elif kind is StreamEndEvent:
            document.has_empty = has_empty
            return document if count <= YAML_NODES else None
        elif kind is not StreamStartEvent and kind is not DocumentEndEvent:
            return None
