"""The one loader for YAML: every scalar stays text and has a place; nothing clever is accepted.

Works on the events of PyYAML's C parser, so depth and size are bounded before anything is built.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

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

from .limits import YAML_BYTES, YAML_DEPTH, YAML_NODES, YAML_SCALAR_BYTES

Path = tuple[str | int, ...]
Node = str | list["Node"] | dict[str, "Node"]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something YAML may hold and a record may not: rule, place (from 1), message and remedy."""

    rule: str
    line: int
    column: int
    message: str
    hint: str


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


class _StopReading(Exception):  # noqa: N818 - not an error: the fault is already noted
    """Nothing after this can be read."""


RULES = {
    "yaml/syntax": "文件必须是能读懂的 YAML：缩进用空格，冒号后有空格，引号和括号成对。",
    "yaml/duplicate-key": "同一层里，一个键只能写一次。",
    "yaml/alias": "不用锚点（&）和引用（*），每处都把内容写全。",
    "yaml/tag": "不用类型标签（!…）。",
    "yaml/merge-key": "不用合并键（<<）。",
    "yaml/second-document": "一个文件只放一份记录，不用 --- 分成几份。",
    "yaml/too-deep": f"嵌套不超过 {YAML_DEPTH} 层。",
    "yaml/too-large": "文件不超过 1 MB，一段文字不超过 64 KB，内容不超过 200,000 项。",
    "yaml/not-text": "文件必须是 UTF-8 编码的文本。",
}
"""The rules this loader holds, each in one sentence."""


def decode(data: bytes) -> str | Fault:
    """The text of a file, without a byte order mark; or what stands against reading it."""
    if len(data) > YAML_BYTES:
        return Fault("yaml/too-large", 1, 1, f"文件有 {len(data):,} 字节，超过 1 MB", "拆分内容，或删去多余部分")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        return Fault("yaml/not-text", line, column, "这里不是 UTF-8 文字", "用编辑器把文件“另存为”UTF-8 编码")
    place = next((i for i, char in enumerate(text) if char < " " and char not in "\t\n\r"), -1) if _odd(text) else -1
    if place >= 0:
        line = text.count("\n", 0, place) + 1
        column = place - (text.rfind("\n", 0, place) + 1) + 1
        found = f"这里有看不见的控制字符 U+{ord(text[place]):04X}"
        return Fault("yaml/not-text", line, column, found, "删去这个字符；整个文件应是普通文字")
    return text


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def _odd(text: str) -> bool:
    return _CONTROL.search(text) is not None


def read(text: str, *, with_marks: bool = False) -> Document:
    """The document in `text`; never raises, every fault is in the result."""
    reader = _Reader(with_marks)
    try:
        for event in _events(text):
            reader.take(event)
    except _StopReading:
        pass
    except yaml.reader.ReaderError as error:
        place = text.find(chr(_ordinal(error)))
        mark = _Place(text.count("\n", 0, place), place - text.rfind("\n", 0, place) - 1)
        reader.fault("yaml/not-text", mark, f"有不能用的字符 U+{_ordinal(error):04X}", "删去这个字符")
    except yaml.MarkedYAMLError as error:
        unclosed = "unexpected end of stream" in str(error.problem)
        mark = (error.context_mark if unclosed else None) or error.problem_mark
        reader.fault("yaml/syntax", mark, *_explain(str(error.problem or ""), text, mark))
    return reader.document


def _events(text: str) -> Iterator[Event]:
    parser = CParser(text)
    try:
        while parser.check_event():
            yield parser.get_event()
    finally:
        parser.dispose()


def _ordinal(error: yaml.reader.ReaderError) -> int:
    return ord(error.character) if isinstance(error.character, str) else int(error.character)


@dataclass(frozen=True, slots=True)
class _Place:
    line: int
    column: int


@dataclass(slots=True)
class _Level:
    """An open mapping or list; `key` waits for its value."""

    node: dict[str, Node] | list[Node]
    path: Path
    key: str | None = None
    key_mark: object = None
    skip: bool = False
    """The value that comes is read over: its key was faulty."""


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
        """Note what is wrong at a mark of the parser, which counts from 0."""
        line, column = getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1
        self.document.faults.append(Fault(rule, line, column, message, hint))

    def take(self, event: Event) -> None:
        """Go on by one event."""
        kind = type(event)
        if kind is ScalarEvent:
            self._scalar(event)
        elif kind is MappingStartEvent or kind is SequenceStartEvent:
            self._start(event, {} if kind is MappingStartEvent else [])
        elif kind is MappingEndEvent or kind is SequenceEndEvent:
            self._end()
        elif kind is AliasEvent:
            self._alias(event)
        elif kind is DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                self.fault(
                    "yaml/second-document",
                    event.start_mark,
                    "这里开始了第二份内容",
                    "一个文件只放一份记录，删去 --- 和其后的内容，或另存为一个文件",
                )
                raise _StopReading

    def _count(self, event: Event) -> None:
        self._nodes += 1
        if self._nodes > YAML_NODES:
            self.fault("yaml/too-large", event.start_mark, f"内容超过 {YAML_NODES:,} 项", "拆分内容")
            raise _StopReading
        if event.anchor is not None:
            self.fault(
                "yaml/alias", event.start_mark, f"用了锚点 &{event.anchor}", "删去 & 和后面的名字；值以 & 开头时加引号"
            )
        if event.tag is not None:
            self.fault(
                "yaml/tag", event.start_mark, f"用了类型标签 {event.tag}", "删去 ! 和后面的名字；值以 ! 开头时加引号"
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
            self.fault("yaml/duplicate-key", event.start_mark, f"“{key}”在这里写了两次", "只留一个，删去另一个")
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
        self._open.append(_Level(node, self._add(event, node)))

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
            "yaml/alias", event.start_mark, f"用了引用 *{event.anchor}", "把被引用的内容在这里写全；值以 * 开头时加引号"
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

    def _add(self, event: Event, node: Node) -> Path:
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

    def _mark(self, path: Path, event: Event, key_mark: object) -> None:
        if self._with_marks:
            at = event.start_mark
            line, column = getattr(key_mark, "line", 0), getattr(key_mark, "column", 0)
            self.document.marks[path] = Mark(at.line + 1, at.column + 1, line + 1, column + 1)


def _explain(problem: str, text: str, mark: object) -> tuple[str, str]:
    """Message and remedy for what the parser says in English."""
    lines = text.splitlines()
    number = getattr(mark, "line", 0)
    line = lines[number] if number < len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())] or ("cannot start any token" in problem and "\t" in line):
        return "行首用了制表符（Tab）", "改用空格缩进"
    for words, message, hint in _SYNTAX:
        if words in problem:
            return message, hint
    return "这里不合 YAML 的写法", "检查缩进、冒号后的空格、引号和括号是否成对"


_SYNTAX = (
    ("could not find expected ':'", "这里缺一个英文冒号", "键后写英文冒号，冒号后空一格；值里有冒号时加引号"),
    ("mapping values are not allowed", "这里多了一个冒号，或缩进不对", "值里有“: ”时给整个值加引号；检查上一行的缩进"),
    ("did not find expected key", "这里的缩进或引号不对，读不出键", "同一层的键要左对齐；引号要成对"),
    ("did not find expected '-' indicator", "列表的缩进不对", "同一个列表的“- ”要左对齐"),
    ("did not find expected ',' or ']'", "方括号没有配好", "列表各项用英文逗号隔开，末尾用 ] 收住"),
    ("did not find expected ',' or '}'", "花括号没有配好", "各项用英文逗号隔开，末尾用 } 收住"),
    ("found unexpected end of stream", "引号没有收住", "给这段文字补上后一个引号"),
    ("cannot start any token", "值不能以这个字符开头", "给整个值加英文引号"),
    ("unknown escape", "双引号里的反斜杠写法不对", "改用单引号，或去掉反斜杠"),
    ("did not find expected node content", "这里缺内容，或多了一个逗号、括号", "补上内容，或删去多余的符号"),
    ("block sequence entries are not allowed", "这里不能开始列表", "“- ”另起一行，并与同级对齐"),
    ("document start", "这里的内容不在同一份记录里", "检查缩进；多余的内容删去"),
)
