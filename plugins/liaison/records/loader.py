"""The one loader for YAML: every scalar stays text and has a place; nothing clever is accepted.

Works on the events of PyYAML's C parser, so depth and size are bounded before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml
from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from .document import Document, Mark, Node, Path
from .limits import FAULTS, YAML_DEPTH, YAML_NODES, YAML_SCALAR_BYTES
from .plain import plain
from .syntax import fault_at, line_and_column, syntax_fault
from .text import shown

_NodeEvent = ScalarEvent | MappingStartEvent | SequenceStartEvent


class _StopReading(Exception):  # noqa: N818 - not an error: the fault is already noted
    """Nothing after this can be read."""


class _SecondDocument(_StopReading):
    """Nothing after this is read; the first document is whole."""


_UNREADABLE = re.compile("[\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff\ufffe\uffff]")
"""What the parser would stop at, or take for the end of a line. `characters` reports each; here it is a space."""


def read(text: str, *, with_marks: bool = False) -> Document:
    """The document in `text`; never raises, every fault is in the result."""
    readable = _UNREADABLE.sub(" ", text)
    if not with_marks and (document := plain(readable)) is not None:
        return document
    reader = _Reader(with_marks)
    document = reader.document
    try:
        for event in _events(readable):
            reader.take(event)
    except _SecondDocument:
        pass
    except _StopReading:
        document.broken = True
    except yaml.YAMLError as error:
        document.broken = True
        document.faults.append(syntax_fault(error, text, reader.innermost_bracket()))
    return document


def _events(text: str) -> Iterator[Event]:
    parser = CParser(text)
    try:
        while (event := parser.get_event()) is not None:
            yield event
    finally:
        parser.dispose()


@dataclass(slots=True)
class _Level:
    """An open mapping or list; `key` waits for its value."""

    node: dict[str, Node] | list[Node]
    path: Path
    key: str | None = None
    key_mark: object = None
    skip: bool = False
    """The value that comes is read over: its key was faulty."""
    bracket: object = None
    """Where it was opened, if with a bracket."""


class _Reader:
    """Builds the document from events, noting faults and going on wherever that makes sense."""

    def __init__(self, with_marks: bool) -> None:
        self.document = Document()
        self._with_marks = with_marks
        self._open: list[_Level] = []
        self._nodes = 0
        self._skipped = 0  # depth inside a node that is read over
        self._documents = 0

    def fault(self, rule: str, mark: object, message: str, hint: str) -> None:
        """Note what is wrong at a mark, and stop where there is too much of it."""
        self.document.faults.append(fault_at(rule, mark, message, hint))
        if len(self.document.faults) == FAULTS:
            raise _StopReading

    def innermost_bracket(self) -> object:
        """Where the innermost bracket that is still open stands; None where none is."""
        return next((level.bracket for level in reversed(self._open) if level.bracket is not None), None)

    def take(self, event: Event) -> None:
        """Go on by one event."""
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, MappingStartEvent):
            self._start(event, {})
        elif isinstance(event, SequenceStartEvent):
            self._start(event, [])
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._end()
        elif isinstance(event, AliasEvent):
            self._alias(event)
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self.fault(
                    "yaml/second-document",
                    event.start_mark,
                    "这里开始了第二份内容",
                    "一个文件只放一份记录，删去 --- 和其后的内容，或另存为一个文件",
                )
                raise _SecondDocument

    def _count(self, event: _NodeEvent) -> None:
        self._nodes += 1
        if self._nodes > YAML_NODES:
            self.fault("yaml/too-large", event.start_mark, f"内容超过 {YAML_NODES:,} 项", "拆分内容")
            raise _StopReading
        if event.anchor is not None:
            self.fault(
                "yaml/alias",
                event.start_mark,
                f"用了锚点 &{shown(event.anchor)}",
                "删去 & 和后面的名字；值以 & 开头时加引号",
            )
        if event.tag is not None:
            self.fault(
                "yaml/tag",
                event.start_mark,
                f"用了类型标签 {shown(event.tag)}",
                "删去 ! 和后面的名字；值以 ! 开头时加引号",
            )

    def _scalar(self, event: ScalarEvent) -> None:
        self._count(event)
        value: str = event.value
        if len(value) > YAML_SCALAR_BYTES // 4 and len(value.encode()) > YAML_SCALAR_BYTES:
            self.fault("yaml/too-large", event.start_mark, "这一段文字超过 64 KB", "缩短文字")
        if self._skipped:
            return
        level = self._open[-1] if self._open else None
        if level is not None and isinstance(level.node, dict) and level.key is None:
            self._key(level, event)
        else:
            self._add(event, value)
            if not value:
                self.document.has_empty = True

    def _key(self, level: _Level, event: ScalarEvent) -> None:
        key: str = event.value
        level.key, level.key_mark, level.skip = key, event.start_mark, False
        if key == "<<" and event.implicit[0]:
            self.fault("yaml/merge-key", event.start_mark, "用了合并键 <<", "把要合并的内容逐项写出来")
            level.skip = True
        elif key in level.node:
            self.fault("yaml/duplicate-key", event.start_mark, f"“{shown(key)}”在这里写了两次", "只留一个，删去另一个")
            level.skip = True

    def _start(self, event: MappingStartEvent | SequenceStartEvent, node: dict[str, Node] | list[Node]) -> None:
        self._count(event)
        if len(self._open) + self._skipped >= YAML_DEPTH:
            self.fault("yaml/too-deep", event.start_mark, f"嵌套超过 {YAML_DEPTH} 层", "减少层次；多余的括号删去")
            raise _StopReading
        if self._skipped:
            self._skipped += 1
            return
        level = self._open[-1] if self._open else None
        if level is not None and isinstance(level.node, dict):
            if level.key is None:
                self.fault("yaml/syntax", event.start_mark, "键不能是列表或映射", "键写成文字，后面跟英文冒号和空格")
                raise _StopReading
            if level.skip:
                self._skipped = 1
                return
        bracket = event.start_mark if event.flow_style else None
        self._open.append(_Level(node, self._add(event, node), bracket=bracket))

    def _end(self) -> None:
        if self._skipped:
            self._skipped -= 1
            if not self._skipped:
                self._open[-1].key = None
            return
        level = self._open.pop()
        if not level.node and level.path not in self.document.dropped:
            self.document.has_empty = True

    def _alias(self, event: AliasEvent) -> None:
        self.fault(
            "yaml/alias",
            event.start_mark,
            f"用了引用 *{shown(event.anchor)}",
            "把被引用的内容在这里写全；值以 * 开头时加引号",
        )
        level = self._open[-1] if self._open else None
        if self._skipped or level is None:
            return
        if isinstance(level.node, list):
            self.document.dropped.add(level.path)
        elif level.key is None:
            raise _StopReading
        else:
            self.document.dropped.add((*level.path, level.key))
            level.key = None

    def _add(self, event: _NodeEvent, node: Node) -> Path:
        """Put a node where it belongs and give its path."""
        document = self.document
        if not self._open:
            document.tree = node
            self._mark((), event, event.start_mark)
            return ()
        level = self._open[-1]
        if isinstance(level.node, list):
            path: Path = (*level.path, len(level.node))
            level.node.append(node)
            self._mark(path, event, event.start_mark)
            return path
        key, level.key = level.key, None
        assert key is not None  # noqa: S101 - a scalar or node in a mapping without a key is a key, handled before
        path = (*level.path, key)
        if not level.skip:
            level.node[key] = node
            self._mark(path, event, level.key_mark)
        return path

    def _mark(self, path: Path, event: _NodeEvent, key_mark: object) -> None:
        if self._with_marks:
            self.document.marks[path] = Mark(*line_and_column(event.start_mark), *line_and_column(key_mark))
