"""Numbers of lessons: each once in its series, and for ever once it is published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from liaison.model.lessons import Lesson, Place, written
from liaison.records.case import Case
from liaison.records.curriculum import Issued
from liaison.records.filed import Filed
from liaison.records.files import EPISODES
from liaison.records.findings import Finding
from liaison.records.text import shown

from .rule import error


@error("lesson/series-missing")
def series_missing(case: Case) -> Iterator[Finding]:
    """每个系列的文件夹里要有 index.md，写明系列的名称和介绍。"""
    told: set[str] = set()
    for filed in case.lessons:
        name = filed.folder.rpartition("/")[2]
        index = f"{filed.folder}/index.md"
        if name not in case.curriculum.series_in and name not in told and index not in case.curriculum.unread:
            told.add(name)
            yield filed.at(message=f"系列缺少说明：{index}", hint="新建这个文件，写 title、description 和 planned")


@error("lesson/number-duplicate")
def number_duplicate(case: Case) -> Iterator[Finding]:
    """一个系列里，讲次不能重复。"""
    by_place: dict[tuple[str, int], list[Filed[Lesson]]] = defaultdict(list)
    for filed in case.lessons:
        if place := Place.of(filed.file):
            by_place[place.key].append(filed)
    for (_, number), alike in by_place.items():
        for filed in alike if len(alike) > 1 else ():
            others = "、".join(other.file for other in alike if other is not filed)
            hint = "把新加的一讲改成没有用过的讲次；已经发布的讲次不能改"
            yield filed.at(message=f"第{number}讲有两份：还有 {others}", hint=hint)


@error("lesson/number-changed")
def number_changed(case: Case) -> Iterator[Finding]:
    """已经发布的讲次不能改，也不能删（check --base 与以前的版本比较）；下架的写 status: withdrawn。"""
    curriculum = case.curriculum
    now = {place.key: filed for filed in curriculum.lessons if (place := Place.of(filed.file)) is not None}
    issued = {before.place.key: before for before in curriculum.issued}
    for before in curriculum.issued:
        filed, place = now.get(before.place.key), before.place
        moved = _moved(before, now, issued)
        same = filed is not None and moved is None and _is_same(filed, before)
        if same and filed is not None and filed.record.has_page:
            continue
        file = f"{EPISODES}{place.series}/{written(place.number)}-{place.slug}.md"
        if moved is not None:
            message = f"这一讲已经作为第{place.number}讲发布，讲次不能改"
            yield moved.at("title", spot="key", message=message, hint=f"把文件改回 {file}")
        elif filed is None:
            if file not in curriculum.unread:
                message = f"第{place.number}讲“{shown(before.title)}”已经发布，不能删去"
                hint = "从版本历史里找回这个文件；要下架的写 status: withdrawn"
                yield Finding(f"{EPISODES}{place.series}/index.md", (), f"{message}：{file}", hint)
        elif same:
            message = f"已经发布的课不能改回 {filed.record.status}"
            yield filed.at("status", message=message, hint="改回 published；要下架的写 withdrawn")
        else:
            message = f"第{place.number}讲已经发布过“{shown(before.title)}”，这个讲次不能给别的课"
            yield filed.at("title", spot="key", message=message, hint=f"这一课另用新的讲次，并找回 {file}")


_Key = tuple[str, int]


def _is_same(filed: Filed[Lesson], before: Issued) -> bool:
    """Whether a lesson is the one it was: a title or a file's name may be mended, not everything at once."""
    date = filed.record.date.isoformat() if filed.record.date else ""
    return date == before.day != "" or any(map(str.__eq__, _marks(filed), _marks(before)))


def _moved(before: Issued, now: Mapping[_Key, Filed[Lesson]], issued: Mapping[_Key, Issued]) -> Filed[Lesson] | None:
    """The lesson of the series that took its title, else its file's name, to another number."""
    here = now.get(before.place.key)
    for number, mark in enumerate(_marks(before)):
        if here is not None and _marks(here)[number] == mark:
            return None
        for key, one in now.items():
            had_it = key in issued and _marks(issued[key])[number] == mark
            if key[0] == before.place.series and _marks(one)[number] == mark and not had_it:
                return one
    return None


def _marks(lesson: Filed[Lesson] | Issued) -> tuple[str, str]:
    """What a lesson is known by: its title and the name of its file, without the number."""
    if isinstance(lesson, Issued):
        return lesson.title, lesson.place.slug
    place = Place.of(lesson.file)
    return lesson.record.title, place.slug if place else ""
