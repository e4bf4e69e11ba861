"""What changed, in the words of an office: 「新增代表3名」, with who that is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from liaison.plan.changes import Change, Changes, Count, LessonChange, What


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A station or deputy, as those know it who sign."""

    name: str
    """Empty where it is on file no more."""
    station: str = ""
    """Of a deputy: the home station."""
    into: str = ""
    """Of a merged station: where its work went."""
    remark: str = ""
    """What is out of the ordinary: 「已停用」."""
    consent: str = ""
    """File number of the consent on record."""
    has_photo: bool = False
    has_own_phone: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that changed."""

    code: str
    """Empty for lessons."""
    words: str
    """「曾示例（7K3M9TY）」"""
    subject: str
    """The name alone, for the annex."""
    station: str = ""
    detail: str = ""
    """「并入丙站」「简介、关注领域」"""


@dataclass(frozen=True, slots=True)
class Topic:
    """Things that changed alike."""

    title: str
    count: int
    unit: str
    items: tuple[Item, ...] = ()
    """As many as `count`, or none where they are not worth naming."""
    detail: str = ""
    """What is said where no items are named."""

    @property
    def counted(self) -> str:
        """「新增代表3名」"""
        return f"{self.title}{self.count}{self.unit}"


Titles = Mapping[tuple[str, int], str]
"""Titles of lessons, by series and number."""


@dataclass(frozen=True, slots=True)
class _Kind:
    title: str
    unit: str
    whats: tuple[What, ...]
    kind: str = ""


_KINDS = (
    _Kind("新增代表", "名", (What.ADDED,), "deputy"),
    _Kind("重新任职代表", "名", (What.RESUMED,), "deputy"),
    _Kind("恢复公开代表", "名", (What.SHOWN,), "deputy"),
    _Kind("离任代表", "名", (What.FORMER,), "deputy"),
    _Kind("暂停公开代表", "名", (What.PAUSED,), "deputy"),
    _Kind("撤下代表", "名", (What.WITHHELD,), "deputy"),
    _Kind("新增联络站", "个", (What.ADDED,), "station"),
    _Kind("停用联络站", "个", (What.CLOSED, What.MERGED), "station"),
    _Kind("升级改造联络站", "个", (What.UPGRADING,), "station"),
    _Kind("恢复开放联络站", "个", (What.OPENED,), "station"),
    _Kind("更名", "处", (What.RENAMED,)),
)

_GROUPS: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("修改电话", "处", frozenset({"phone", "contact"})),
    ("更换照片", "张", frozenset({"photo"})),
    ("修改接待安排", "处", frozenset({"receptions"})),
    ("修改地址", "处", frozenset({"address", "landmark", "access", "location"})),
    ("修改联系渠道", "处", frozenset({"channels"})),
    ("修改开放时间", "处", frozenset({"hours"})),
    ("修改代表职务", "处", frozenset({"mandates"})),
    ("修改单位职务", "处", frozenset({"employer", "post"})),
    ("修改工作人员", "处", frozenset({"staff"})),
    ("修改服务范围", "处", frozenset({"covers"})),
    ("更新核验日期", "处", frozenset({"verified_on"})),
)
"""One thing each, however many of the fields are different."""

_OTHERS = "其他修改"
_LABELS = {
    "also": "站的性质",
    "also_at": "同时在站",
    "area": "所在区域",
    "bio": "简介",
    "checkin_url": "扫码进站地址",
    "ethnicity": "民族",
    "gender": "性别",
    "groups": "小组",
    "kind": "类型",
    "merged_into": "并入的站",
    "parent": "上级站",
    "pinyin": "拼音",
    "region": "区划",
    "short_name": "简称",
    "specialties": "关注领域",
    "station": "所在站",
    "successor": "接任代表",
}
_LESSONS = ((What.ADDED, "新增普法课"), (What.ALTERED, "修改普法课"), (What.VANISHED, "撤下普法课"))


def topics(changes: Changes, subjects: Mapping[str, Subject], titles: Titles) -> tuple[Topic, ...]:
    """All that changed, what weighs most first."""
    return (
        *_of_kinds(changes, subjects),
        *_of_fields(changes.of(What.ALTERED), subjects),
        *_of_lessons(changes.lessons, titles),
        *_of_files(changes),
    )


def summary(found: Sequence[Topic]) -> str:
    """「新增代表3名，停用联络站1个，修改电话2处。」"""
    return "，".join(one.counted for one in found) + "。"


def _of_kinds(changes: Changes, subjects: Mapping[str, Subject]) -> Iterator[Topic]:
    for one in _KINDS:
        found = [change for change in changes.of(*one.whats) if one.kind in {"", change.kind}]
        if found:
            items = tuple(_item(change, subjects, _detail(change, subjects)) for change in found)
            yield Topic(one.title, len(found), one.unit, items)


def _of_fields(altered: Sequence[Change], subjects: Mapping[str, Subject]) -> Iterator[Topic]:
    grouped = frozenset[str]().union(*(names for _, _, names in _GROUPS))
    for title, unit, names in _GROUPS:
        found = tuple(_item(one, subjects) for one in altered if not names.isdisjoint(one.fields))
        if found:
            yield Topic(title, len(found), unit, found)
    others = []
    for one in altered:
        if rest := [name for name in one.fields if name not in grouped]:
            words = "、".join(dict.fromkeys(_LABELS.get(name, "其他内容") for name in rest))
            others.append(_item(one, subjects, words))
    if others:
        yield Topic(_OTHERS, len(others), "处", tuple(others))


def _of_lessons(changes: Sequence[LessonChange], titles: Titles) -> Iterator[Topic]:
    for what, title in _LESSONS:
        items = tuple(_lesson(one, titles) for one in changes if one.what is what)
        if items:
            yield Topic(title, len(items), "讲", items)


def _of_files(changes: Changes) -> Iterator[Topic]:
    """Pages that follow from the rest, and files that are no pages."""
    kinds = (("站和代表的页面", changes.record_pages), ("其他页面", changes.other_pages), ("图片等文件", changes.files))
    detail = "；".join(f"{title}{_spelled(count)}" for title, count in kinds if count.total)
    pages = changes.record_pages.total + changes.other_pages.total
    if pages or changes.files.total:
        yield Topic("涉及页面" if pages else "涉及文件", pages or changes.files.total, "个", detail=detail)


def _spelled(count: Count) -> str:
    """「新增3个、修改2个、删除1个」"""
    words = (("新增", count.added), ("修改", count.changed), ("删除", count.removed))
    return "、".join(f"{word}{number}个" for word, number in words if number)


def _item(change: Change, subjects: Mapping[str, Subject], detail: str = "") -> Item:
    subject = subjects.get(change.code, Subject(name=""))
    inside = "，".join(filter(None, (change.code if subject.name else "", detail)))
    name = subject.name or change.code
    return Item(change.code, f"{name}（{inside}）" if inside else name, subject.name, subject.station, detail)


def _detail(change: Change, subjects: Mapping[str, Subject]) -> str:
    subject = subjects.get(change.code, Subject(name=""))
    match change.what:
        case What.CLOSED:
            return "关闭"
        case What.MERGED:
            return f"并入{subject.into}" if subject.into else "合并"
        case What.ADDED:
            return subject.remark
        case _:
            return ""


def _lesson(change: LessonChange, titles: Titles) -> Item:
    place = f"{change.series} 第{change.number}讲"
    title = titles.get((change.series, change.number), "")
    return Item("", f"《{title}》" if title else place, title or place, detail=place)
