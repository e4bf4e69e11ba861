"""What the YAML parser says in English, in plain Chinese and at the place where an editor has to look."""

from __future__ import annotations

from dataclasses import dataclass

import yaml

from .faults import Fault
from .text import line_of, lines


def syntax_fault(error: yaml.YAMLError, text: str, bracket: object) -> Fault:
    """What the parser says, at the place where an editor has to look."""
    mark = getattr(error, "problem_mark", None)
    said = _explain(str(getattr(error, "problem", "")), line_of(lines(text), getattr(mark, "line", 0) + 1))
    if said.at_start:
        mark = getattr(error, "context_mark", None) or mark
    elif bracket is not None and getattr(mark, "line", 0) >= len(lines(text.rstrip())):
        return fault_at("yaml/syntax", bracket, *_UNCLOSED)
    return fault_at("yaml/syntax", mark, said.message, said.hint)


def fault_at(rule: str, mark: object, message: str, hint: str) -> Fault:
    """What is wrong at a mark of the parser."""
    return Fault(rule, *line_and_column(mark), message, hint)


def line_and_column(mark: object) -> tuple[int, int]:
    """The place of a mark of the parser, which counts from 0."""
    return getattr(mark, "line", 0) + 1, getattr(mark, "column", 0) + 1


@dataclass(frozen=True, slots=True)
class _Explained:
    """What to say of an error of the parser, and whether the place is where the unfinished thing began."""

    message: str
    hint: str
    at_start: bool = False


def _explain(problem: str, line: str) -> _Explained:
    """Message and remedy for what the parser says in English about a line."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or ("cannot start any token" in problem and "\t" in line):
        return _Explained("行首用了制表符（Tab）", "改用空格缩进")
    return next((said for words, said in _SYNTAX.items() if words in problem), _OTHER)


_UNCLOSED = ("这里的括号到文件末尾也没有收住", "补上后一个括号：[ 用 ] 收住，{ 用 } 收住")
"""Message and remedy for a bracket that nothing closes."""

_OTHER = _Explained("这里不合 YAML 的写法", "检查缩进、冒号后的空格、引号和括号是否成对")
_SYNTAX = {
    "could not find expected ':'": _Explained(
        "这一行缺英文冒号", "键后写英文冒号，冒号后空一格；值里有冒号时给整个值加引号", at_start=True
    ),
    "mapping values are not allowed": _Explained(
        "这里多了一个冒号，或缩进不对", "值里有“: ”时给整个值加引号；检查上一行的缩进"
    ),
    "did not find expected key": _Explained("这里的缩进或引号不对，读不出键", "同一层的键要左对齐；引号要成对"),
    "did not find expected '-' indicator": _Explained("列表的缩进不对", "同一个列表的“- ”要左对齐"),
    "did not find expected ',' or ']'": _Explained(
        "这里的方括号没有配好", "列表各项用英文逗号隔开，末尾用 ] 收住", at_start=True
    ),
    "did not find expected ',' or '}'": _Explained(
        "这里的花括号没有配好", "各项用英文逗号隔开，末尾用 } 收住", at_start=True
    ),
    "found unexpected end of stream": _Explained("这里的引号没有收住", "给这段文字补上后一个引号", at_start=True),
    "found unexpected document indicator": _Explained("这里的引号没有收住", "给这段文字补上后一个引号", at_start=True),
    "cannot start any token": _Explained("值不能以这个字符开头", "给整个值加英文引号"),
    "unknown escape": _Explained("双引号里的反斜杠写法不对", "改用单引号，或去掉反斜杠"),
    "did not find expected node content": _Explained("这里缺内容，或多了一个逗号、括号", "补上内容，或删去多余的符号"),
    "block sequence entries are not allowed": _Explained("这里不能开始列表", "“- ”另起一行，并与同级对齐"),
    "document start": _Explained("这里的内容不在同一份记录里", "检查缩进；多余的内容删去"),
}
