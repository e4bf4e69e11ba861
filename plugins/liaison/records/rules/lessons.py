"""Law lessons: what a published one needs, and that everything it refers to is there."""

from __future__ import annotations

from collections.abc import Iterator

from liaison.model import codes
from liaison.model.lessons import LETTERS
from liaison.records.case import Case
from liaison.records.findings import Finding
from liaison.records.text import shown

from .deputies import missing_deputy
from .rule import error, notice
from .stations import missing_station

_POINTS, _POINT = 3, 60
"""Points of a handout, and characters of a point: so much fits on one A4 page in large type."""

_LAW_HINT = "一项一处，写成“民法典第1043条第二款”这样的形式；没有登记的法律加书名号，如《某某条例》第三条"


@error("lesson/incomplete")
def incomplete(case: Case) -> Iterator[Finding]:
    """已发布的课要写明发布日期（date）、摘要（summary），有正文。"""
    for filed in case.lessons:
        lesson = filed.record
        if lesson.status != "published":
            continue
        for key, label in (("date", "发布日期"), ("summary", "摘要")):
            if getattr(lesson, key) is None and not filed.lacks(key):
                message = f"已发布的课缺少{label}"
                yield filed.at("status", message=message, hint=f"补一行 {key}: …，或先写 status: draft")
        if filed.file not in case.curriculum.has_body:
            yield filed.at("status", message="已发布的课没有正文", hint="写上正文，或先写 status: draft")


@error("lesson/date")
def dates(case: Case) -> Iterator[Finding]:
    """发布日期不能在今天以后；审核的日期按顺序，不晚于发布日期。"""
    for filed in case.lessons:
        lesson = filed.record
        if lesson.status == "published" and lesson.date is not None and lesson.date > case.today:
            yield filed.at("date", message="发布日期还没有到", hint="改正日期；到日子再发布的，先写 status: draft")
        last, before = None, ""
        for title, signature in lesson.review.signatures if lesson.review else ():
            if signature is None or filed.lacks("review", title):
                continue
            if last is not None and signature.date < last:
                message = f"{title}的日期早于{before}"
                yield filed.at("review", title, "date", message=message, hint="核对两个日期")
            last, before = signature.date, title
            if lesson.date is not None and not filed.lacks("date") and signature.date > lesson.date:
                message = f"{title}的日期晚于发布日期"
                yield filed.at("review", title, "date", message=message, hint="先审后发：核对审核日期和发布日期")


@notice("lesson/review-incomplete")
def review_incomplete(case: Case) -> Iterator[Finding]:
    """已发布的课要署名：责编、一审、二审、三审。"""
    for filed in case.lessons:
        lesson = filed.record
        if lesson.status != "published" or filed.lacks("review"):
            continue
        signed = lesson.review.signatures if lesson.review else ()
        missing = [title for title, one in signed if one is None] if signed else ["责编", "一审", "二审", "三审"]
        if missing:
            message = f"缺少{'、'.join(missing)}的署名"
            yield filed.at("review", spot="key", message=message, hint="在 review 下补 一审: {name: 姓名, date: 日期}")


@error("lesson/speaker-unknown")
def speaker_unknown(case: Case) -> Iterator[Finding]:
    """主讲人写登记在册的代表编号，或写姓名（name）和职务（post）。"""
    for filed in case.lessons:
        lesson = filed.record
        for number, speaker in enumerate(lesson.speakers):
            path = ("speakers", number)
            if speaker.code is None and speaker.name is None and not filed.lacks(*path):
                yield filed.at(*path, message="主讲人没有姓名", hint="写 {name: 姓名, post: 职务}，或写代表编号")
            elif speaker.code is not None and not codes.is_valid(speaker.code):
                message = f"“{shown(speaker.code)}”不是代表编号"
                hint = "写7位编号；不是代表的写 {name: 姓名, post: 职务}"
                yield filed.at(*path, message=message, hint=hint)
            elif speaker.code is not None and not case.knows_deputy(speaker.code):
                message, hint = missing_deputy(case, speaker.code)
                yield filed.at(*path, message=message, hint=hint)


@error("lesson/station-unknown")
def station_unknown(case: Case) -> Iterator[Finding]:
    """参加的站（stations）必须是登记在册的站。"""
    for filed in case.lessons:
        lesson = filed.record
        for number, code in enumerate(lesson.stations):
            if not codes.is_valid(code):
                message = f"“{shown(code)}”不是站的编号"
                yield filed.at("stations", number, message=message, hint="写站的7位编号")
            elif not case.knows_station(code):
                message, hint = missing_station(case, code)
                yield filed.at("stations", number, message=message, hint=hint)


@error("lesson/quiz")
def quiz(case: Case) -> Iterator[Finding]:
    """测验的答案（answer）写选项的字母，选项不能重复。"""
    for filed in case.lessons:
        lesson = filed.record
        for number, one in enumerate(lesson.quiz):
            path = ("quiz", number)
            if filed.lacks(*path, "options"):
                continue
            if not filed.lacks(*path, "answer") and LETTERS.index(one.answer) >= len(one.options):
                message = f"答案是 {one.answer}，选项只到 {LETTERS[len(one.options) - 1]}"
                yield filed.at(*path, "answer", message=message, hint="写一个选项的字母")
            for place, option in enumerate(one.options):
                if option in one.options[:place]:
                    yield filed.at(*path, "options", place, message="这个选项写了两次", hint="改成不同的选项")


@error("lesson/handout")
def handout(case: Case) -> Iterator[Finding]:
    """讲义要点不超过三条，每条不超过 60 字：印在一张 A4 纸上。"""
    for filed in case.lessons:
        lesson = filed.record
        for number, point in enumerate(lesson.handout):
            if number >= _POINTS:
                yield filed.at("handout", number, message="要点多于三条", hint="留下最要紧的三条")
                break
            if len(point) > _POINT:
                message = f"这一条有 {len(point)} 字，超过 {_POINT} 字"
                yield filed.at("handout", number, message=message, hint="写短一些：一张纸上用大字印")


@error("lesson/laws")
def laws(case: Case) -> Iterator[Finding]:
    """依据（laws）每项写一处法条，如“民法典第1043条第二款”。"""
    if not case.curriculum.laws.by_id:
        return
    for filed in case.lessons:
        lesson = filed.record
        paths = (one.passage.path for one in case.curriculum.cited_in.get(filed.file, ()))
        read = {path[1:] for path in paths if path[:1] == ("laws",)}
        for number, text in enumerate(lesson.laws):
            if (number,) not in read and not filed.lacks("laws", number):
                message = f"“{shown(text)}”读不出是哪部法律的哪一条"
                yield filed.at("laws", number, message=message, hint=_LAW_HINT)
