"""What stands on printed things, as plain data: the words that Typst templates set, and nothing of the look.

Each kind gets only the fields it prints, so that what did not change on paper is not printed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from liaison.model.library import Lecture
from liaison.plan.kinds import Kind
from liaison.plan.pages import Plan
from liaison.plan.prints import Piece, key_of

from .subjects import Copy, Deputy, Lesson, Row, Station

LABELS = {
    "access": "进门方式",
    "address": "地址",
    "also": "站的性质",
    "asks": "到站里问",
    "banner": "站的状态",
    "channels": "联系渠道",
    "code": "编号",
    "covers": "服务范围",
    "dates": "接待日期",
    "deputies": "代表",
    "employer": "单位职务",
    "hours": "开放时间",
    "kind": "站的类型",
    "landmark": "附近标志",
    "laws": "依据",
    "levels": "代表级别",
    "mandates": "任职",
    "name": "名称",
    "number": "讲次",
    "phone": "电话",
    "photo": "照片",
    "place": "所在地区",
    "points": "要点",
    "rows": "编号表",
    "rules": "接待日",
    "series": "系列",
    "site": "站点文字（site.yml）",
    "speakers": "主讲",
    "specialties": "关注领域",
    "staff": "工作人员",
    "station": "所在站",
    "summary": "简介",
    "term": "任期",
    "title": "题目",
    "unit": "选区",
    "url": "二维码网址",
    "verified": "核验日期",
}
"""What each field is called where somebody is told why a thing is printed again."""

_ALWAYS = ("code", "url", "verified")
_STATION = (*_ALWAYS, "name", "place", "kind", "also")
FIELDS: Mapping[str, tuple[str, ...]] = {
    "station": (
        *_STATION,
        *(
            "address",
            "landmark",
            "access",
            "hours",
            "rules",
            "dates",
            "phone",
            "channels",
            "staff",
            "deputies",
            "banner",
        ),
    ),
    "plate": (*_STATION, "hours"),
    "rollup": (*_STATION, "address", "landmark", "hours", "rules", "phone", "channels", "covers", "banner"),
    "board": (*_STATION, "address", "landmark", "hours", "rules", "phone", "channels", "deputies", "covers", "banner"),
    "notice": (*_STATION, "address", "landmark", "access", "rules", "dates", "phone", "banner"),
    "opinion": (*_STATION, "address", "phone", "channels"),
    "deputy": (
        *_ALWAYS,
        *("name", "place", "levels", "mandates", "unit", "employer", "photo", "specialties", "station", "address"),
        *("rules", "dates", "phone", "term"),
    ),
    "desk_card": (*_ALWAYS, "name", "place", "mandates", "employer", "station", "term"),
    "badge": (*_ALWAYS, "name", "place", "mandates", "photo", "station", "term"),
    "codes": (*_ALWAYS, "name", "note", "kind"),
    "lesson": (*_ALWAYS, "title", "number", "series", "summary", "laws", "speakers"),
    "handout": (*_ALWAYS, "title", "number", "series", "summary", "points", "laws", "asks"),
}
"""By template: what it prints."""


@dataclass(frozen=True, slots=True)
class Wording:
    """How a run words things."""

    with_deputies: bool = True
    """Without them a station's poster outlives the term."""


def copies(plan: Plan, piece: Piece, wording: Wording) -> list[Copy]:
    """What stands on each of the things in a file, in its order."""
    lectures = {key_of(one): one for one in plan.lectures.published} if piece.kind.subject == "lesson" else {}
    return [_only(piece.kind, _copy(plan, key, piece.kind, lectures), wording) for key in piece.keys]


def _copy(plan: Plan, key: str, kind: Kind, lectures: Mapping[str, Lecture]) -> Mapping[str, Callable[[], Any]]:
    if key in lectures:
        return Lesson(plan, lectures[key]).fields()
    if kind.template == "codes":
        return Row(plan, key).fields()
    if key in plan.register.stations:
        return Station(plan, key).fields()
    return Deputy(plan, key).fields()


def _only(kind: Kind, fields: Mapping[str, Callable[[], Any]], wording: Wording) -> Copy:
    """The fields the kind prints; others are not even worked out."""
    left_out = {"deputies"} if not wording.with_deputies else set()
    return {name: fields[name]() for name in FIELDS[kind.template] if name not in left_out}


def reasons(fields: Iterable[str]) -> str:
    """Why something is printed again, in words."""
    return "、".join(LABELS.get(name, name) for name in fields) or "新增"
