"""What YAML may hold and a record may not: the rules of the loader, and the parser's English in plain Chinese."""

from __future__ import annotations

from dataclasses import dataclass

from .limits import YAML_DEPTH

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
"""The rules that hold before a record is looked at, each in one sentence."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What stands against reading a file or a part of it: rule, place (from 1), message and remedy."""

    rule: str
    line: int
    column: int
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class Explained:
    """What to say of an error of the parser, and whether the place is where the unfinished thing began."""

    message: str
    hint: str
    at_start: bool = False


def explain(problem: str, line: str) -> Explained:
    """Message and remedy for what the parser says in English about a line."""
    indent = line[: len(line) - len(line.lstrip())]
    if "\t" in indent or ("cannot start any token" in problem and "\t" in line):
        return Explained("行首用了制表符（Tab）", "改用空格缩进")
    return next((said for words, said in _SYNTAX.items() if words in problem), _OTHER)


_OTHER = Explained("这里不合 YAML 的写法", "检查缩进、冒号后的空格、引号和括号是否成对")
_SYNTAX = {
    "could not find expected ':'": Explained(
        "这一行缺英文冒号", "键后写英文冒号，冒号后空一格；值里有冒号时给整个值加引号", at_start=True
    ),
    "mapping values are not allowed": Explained(
        "这里多了一个冒号，或缩进不对", "值里有“: ”时给整个值加引号；检查上一行的缩进"
    ),
    "did not find expected key": Explained("这里的缩进或引号不对，读不出键", "同一层的键要左对齐；引号要成对"),
    "did not find expected '-' indicator": Explained("列表的缩进不对", "同一个列表的“- ”要左对齐"),
    "did not find expected ',' or ']'": Explained(
        "这里的方括号没有配好", "列表各项用英文逗号隔开，末尾用 ] 收住", at_start=True
    ),
    "did not find expected ',' or '}'": Explained(
        "这里的花括号没有配好", "各项用英文逗号隔开，末尾用 } 收住", at_start=True
    ),
    "found unexpected end of stream": Explained("这里的引号没有收住", "给这段文字补上后一个引号", at_start=True),
    "found unexpected document indicator": Explained("这里的引号没有收住", "给这段文字补上后一个引号", at_start=True),
    "cannot start any token": Explained("值不能以这个字符开头", "给整个值加英文引号"),
    "unknown escape": Explained("双引号里的反斜杠写法不对", "改用单引号，或去掉反斜杠"),
    "did not find expected node content": Explained("这里缺内容，或多了一个逗号、括号", "补上内容，或删去多余的符号"),
    "block sequence entries are not allowed": Explained("这里不能开始列表", "“- ”另起一行，并与同级对齐"),
    "document start": Explained("这里的内容不在同一份记录里", "检查缩进；多余的内容删去"),
}
