"""What stands against reading a file: the rules that hold before a record is looked at."""

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
