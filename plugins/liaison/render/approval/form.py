"""What the approval sheet says, as plain data for its Typst template and for Word: the same words in both."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from liaison.render import words

from .risks import Risk
from .topics import Topic, summary

TITLE = "信息发布审批单"
ANNEX, PREVIEW = "changes.xlsx", "preview.zip"

_GROUP = 4
"""Letters of the check value that stand together."""
_LARGE = 8
"""Letters of it that are set large: enough to tell one version from another at a glance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """Everything there is to say."""

    number: str
    site: str
    url: str
    day: date
    """On which the sheet is made."""
    roles: tuple[str, ...]
    published: date | None
    """The day that the published site was made for; None where nothing is published yet."""
    topics: tuple[Topic, ...]
    codes: int
    new_codes: int
    prints: tuple[str, ...]
    """What it means for what is printed, a sentence each."""
    risks: tuple[Risk, ...]
    notices: tuple[tuple[str, int], ...]
    """What the check remarks on: its sentence, and how often."""
    tree: str
    """Check value of the release: 64 letters."""
    commit: str
    today: date
    """The day the release was made for."""
    pages: int
    files: int
    size: int
    """Bytes of all files together."""


@dataclass(frozen=True, slots=True)
class Cut:
    """How much is listed; the rest stands in the annex. How much there is of everything is always said."""

    topics: int
    items: int
    """Of each topic."""
    names: int
    """Of each risk."""
    notices: int


_ALL = 40
"""Topics: more than there can be."""

CUTS = (
    *(Cut(_ALL, items, max(items // 2, 3), 8) for items in (40, 28, 20, 14, 10, 7, 5, 4, 3)),
    Cut(_ALL, 2, 2, 5),
    Cut(_ALL, 1, 1, 4),
    *(Cut(listed, 1, 1, 3) for listed in (12, 9, 6, 4)),
    Cut(4, 1, 0, 2),
    Cut(2, 1, 0, 1),
    Cut(0, 0, 0, 1),
    Cut(0, 0, 0, 0),
)
"""From the fullest sheet to the barest: the first that fits on a page is taken."""


def laid_out(form: Form, cut: Cut) -> dict[str, Any]:
    """The sheet, no longer than the cut allows."""
    return {
        "title": TITLE,
        "number": form.number,
        "site": form.site,
        "url": form.url,
        "day": words.day(form.day),
        "summary": opening(form) + summary(form.topics),
        "topics": _topics(form.topics, cut),
        "prints": [_codes(form), *form.prints],
        "risks": [_risk(one, cut) for one in form.risks] or [{"head": "未发现", "body": ""}],
        "notices": _notices(form.notices, cut),
        "large": _grouped(form.tree[:_LARGE]),
        "tree": _grouped(form.tree),
        "version": _version(form),
        "roles": list(form.roles),
        "notes": [
            f"预览：解压 {PREVIEW}，打开里面的文件夹，双击 index.html，在浏览器里逐页看，不用联网。",
            f"变动逐项见附件清单 {ANNEX}。签字只对这一版有效：改动一个字，校验值就不同。",
        ],
    }


def opening(form: Form) -> str:
    """What it is compared with: 「首次发布。」"""
    if form.published is None:
        return "首次发布。"
    return f"与已发布的（{words.day(form.published)}的数据）相比："


def _topics(topics: Sequence[Topic], cut: Cut) -> list[dict[str, str]]:
    found = [{"head": one.counted, "body": _body(one, cut.items)} for one in topics[: cut.topics]]
    if more := len(topics) - len(found):
        head = f"其余{more}类变动" if found else "全部变动"
        found.append({"head": f"{head}见附件清单", "body": ""})
    return found


def _body(topic: Topic, most: int) -> str:
    if not topic.items:
        return topic.detail
    return _shortened([one.words for one in topic.items], most)


def _shortened(names: Sequence[str], most: int) -> str:
    """「甲、乙……另有3项，见附件清单」"""
    if len(names) <= most:
        return "、".join(names)
    more = f"另有{len(names) - most}项，见附件清单" if most else "见附件清单"
    return ("、".join(names[:most]) + "……" if most else "") + more


def _risk(one: Risk, cut: Cut) -> dict[str, str]:
    names = "、".join(one.names[: cut.names])
    more = len(one.names) - cut.names
    if names and more > 0:
        names += f"……另有{more}项"
    return {"head": one.title, "body": "；".join(filter(None, (names, one.advice)))}


def _codes(form: Form) -> str:
    if form.published is None:
        return f"二维码{form.codes}个，都是新的。"
    if form.new_codes:
        return f"新增二维码{form.new_codes}个；原有的{form.codes - form.new_codes}个不变，已经印出的都能用。"
    return f"二维码不变（{form.codes}个），已经印出的都能用。"


def _notices(notices: Sequence[tuple[str, int]], cut: Cut) -> list[str]:
    """First how many, then what the most frequent are."""
    total = sum(count for _, count in notices)
    if not total:
        return ["全部检查通过，没有错误，没有提示。"]
    shown = [f"{sentence.rstrip('。')}（{count}条）" for sentence, count in notices[: cut.notices]]
    more = total - sum(count for _, count in notices[: cut.notices])
    head = f"全部检查通过，没有错误；提示{total}条" + ("：" if shown else "，运行 liaison check 逐条查看。")
    if shown and more:
        shown.append(f"其余{more}条用 liaison check 查看")
    return [head, *shown]


def _version(form: Form) -> list[tuple[str, str]]:
    found = [("数据日期", words.day(form.today))]
    if form.commit:
        found.append(("资料版本", form.commit[:12] + ("+" if form.commit.endswith("+") else "")))
    amount = f"{form.files:,} 个文件（{form.pages:,} 个页面），{_size(form.size)}"
    return [*found, ("数量", amount)]


def _size(size: int) -> str:
    """「12.3 MB」"""
    for unit, name in ((1_000_000_000, "GB"), (1_000_000, "MB")):
        if size >= unit:
            return f"{size / unit:.1f} {name}"
    return f"{size / 1000:.1f} KB"


def _grouped(letters: str) -> str:
    return " ".join(letters[at : at + _GROUP] for at in range(0, len(letters), _GROUP))
