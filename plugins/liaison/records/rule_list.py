"""The list of all rules: for docs/rules.md (`python -m liaison.records.rule_list`), and for tests."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from itertools import groupby

from liaison.model import caption_rules
from liaison.problems import Severity
from liaison.records import approvals, characters, faults, fields, files, lawbook, markdown, media, study
from liaison.records.report import WORDS
from liaison.records.rules import RULES

_THINGS = {
    "yaml": "文件的写法",
    "file": "文件和文件夹",
    "picture": "照片文件",
    "text": "文字",
    "field": "字段",
    "date": "日期",
    "code": "编号",
    "region": "区划",
    "station": "联络站",
    "deputy": "代表",
    "mandate": "任职",
    "name": "姓名",
    "location": "坐标",
    "phone": "电话",
    "url": "网址",
    "hours": "开放时间",
    "reception": "接待",
    "verified": "核验",
    "markdown": "Markdown",
    "lesson": "普法课",
    "captions": "字幕",
    "law": "法律引用",
    "site": "站点（site.yml）",
    "print": "印刷（site.yml 的 print）",
    "approval": "审批记录（approvals/，登记和发布时检查）",
}
"""What rules are about, in the order of the list."""

_HEAD = """\
# 检查规则

`liaison check` 按下面的规则检查全部记录，一次列出所有问题，写明文件、行、列和改法。
“错误”必须改正，否则不能生成和发布；“提示”列出来供处理，不妨碍发布。

本页由程序生成（`make docs`），不要手工修改。
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A rule as it is listed."""

    rule: str
    severity: Severity
    sentence: str

    @property
    def thing(self) -> str:
        """What the rule is about: the part of its id before the stroke."""
        return self.rule.partition("/")[0]


def entries() -> list[Entry]:
    """All rules, by what they are about; one that is judged in two places has both sentences."""
    by_function: dict[str, object] = {**files.RULES, **media.RULES, **characters.RULES}
    by_function |= {**fields.RULES, **caption_rules.RULES, **approvals.RULES}
    by_sentence = {**faults.RULES, **study.RULES, **markdown.RULES, **lawbook.RULES}
    found = [Entry(rule, Severity.ERROR, sentence) for rule, sentence in by_sentence.items()]
    found += [Entry(rule, Severity.ERROR, str(function.__doc__)) for rule, function in by_function.items()]
    found += [Entry(rule.id, rule.severity, rule.sentence) for rule in RULES]
    merged: dict[str, Entry] = {}
    for one in found:
        known = merged.get(one.rule)
        merged[one.rule] = Entry(one.rule, one.severity, known.sentence + one.sentence) if known else one
    return sorted(merged.values(), key=lambda one: list(_THINGS).index(one.thing))


def page() -> str:
    """The list as a page."""
    parts = [_HEAD]
    for thing, group in groupby(entries(), key=lambda one: one.thing):
        rows = [f"| `{one.rule}` | {WORDS[one.severity]} | {one.sentence} |" for one in group]
        parts.append("\n".join([f"## {_THINGS[thing]}\n", "| 规则 | 级别 | 要求 |", "|---|---|---|", *rows]) + "\n")
    return "\n".join(parts)


if __name__ == "__main__":
    sys.stdout.write(page())
