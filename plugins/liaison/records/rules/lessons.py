"""Law lessons: what a published one needs, and that everything it refers to is there."""

from __future__ import annotations

import posixpath
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from urllib.parse import unquote, urlsplit

from liaison.model import codes
from liaison.model.lessons import LETTERS, Lesson, Place, Recording, written
from liaison.records.case import Case, Curriculum, Filed, Issued
from liaison.records.document import Path
from liaison.records.files import CAPTIONS, EPISODES, PICTURES, RECORDINGS
from liaison.records.findings import Finding
from liaison.records.text import shown

from .deputies import missing_deputy
from .rule import error, notice
from .stations import missing_station

_POINTS, _POINT = 3, 60
"""Points of a handout, and characters of a point: so much fits on one A4 page in large type."""


_LAW_HINT = "一项一处，写成“民法典第1043条第二款”这样的形式；没有登记的法律加书名号，如《某某条例》第三条"


def _lessons(case: Case) -> Iterator[tuple[Filed[Lesson], Lesson, Curriculum]]:
    for filed in case.curriculum.lessons if case.curriculum else ():
        assert case.curriculum is not None  # noqa: S101 - as the line above says
        yield filed, filed.record, case.curriculum


@error("lesson/series-missing")
def series_missing(case: Case) -> Iterator[Finding]:
    """每个系列的文件夹里要有 index.md，写明系列的名称和介绍。"""
    told: set[str] = set()
    for filed, _, curriculum in _lessons(case):
        name = filed.folder.rpartition("/")[2]
        index = f"{filed.folder}/index.md"
        if name not in curriculum.series_in and name not in told and index not in curriculum.unread:
            told.add(name)
            yield filed.at(message=f"系列缺少说明：{index}", hint="新建这个文件，写 title、description 和 planned")


@error("lesson/number-duplicate")
def number_duplicate(case: Case) -> Iterator[Finding]:
    """一个系列里，讲次不能重复。"""
    by_place: dict[tuple[str, int], list[Filed[Lesson]]] = defaultdict(list)
    for filed, _, _ in _lessons(case):
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
    if curriculum is None:
        return
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


@error("lesson/incomplete")
def incomplete(case: Case) -> Iterator[Finding]:
    """已发布的课要写明发布日期（date）、摘要（summary），有正文。"""
    for filed, lesson, curriculum in _lessons(case):
        if lesson.status != "published":
            continue
        for key, label in (("date", "发布日期"), ("summary", "摘要")):
            if getattr(lesson, key) is None and not filed.lacks(key):
                message = f"已发布的课缺少{label}"
                yield filed.at("status", message=message, hint=f"补一行 {key}: …，或先写 status: draft")
        if filed.file not in curriculum.has_body:
            yield filed.at("status", message="已发布的课没有正文", hint="写上正文，或先写 status: draft")


@error("lesson/date")
def dates(case: Case) -> Iterator[Finding]:
    """发布日期不能在今天以后；审核的日期按顺序，不晚于发布日期。"""
    for filed, lesson, _ in _lessons(case):
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
    for filed, lesson, _ in _lessons(case):
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
    for filed, lesson, _ in _lessons(case):
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
    for filed, lesson, _ in _lessons(case):
        for number, code in enumerate(lesson.stations):
            if not codes.is_valid(code):
                message = f"“{shown(code)}”不是站的编号"
                yield filed.at("stations", number, message=message, hint="写站的7位编号")
            elif not case.knows_station(code):
                message, hint = missing_station(case, code)
                yield filed.at("stations", number, message=message, hint=hint)


@error("lesson/file-missing")
def file_missing(case: Case) -> Iterator[Finding]:
    """视频、声音、字幕、封面的文件必须与课文放在同一个文件夹，类型要对。"""
    for filed, lesson, curriculum in _lessons(case):
        wanted: list[tuple[Path, str | None, tuple[str, ...]]] = [(("captions",), lesson.captions, CAPTIONS)]
        for key, one in (("video", lesson.video), ("audio", lesson.audio)):
            if one is not None:
                wanted.append(((key, "poster"), one.poster, PICTURES))
                wanted.append(((key, "src"), None if one.is_elsewhere else one.src, RECORDINGS))
        for path, name, endings in wanted:
            yield from _missing(filed, path, name, endings, curriculum)
    for series in case.curriculum.series if case.curriculum else ():
        assert case.curriculum is not None  # noqa: S101 - as above
        yield from _missing(series, ("cover",), series.record.cover, PICTURES, case.curriculum)


def _missing(
    filed: Filed[object], path: Path, name: str | None, endings: tuple[str, ...], curriculum: Curriculum
) -> Iterator[Finding]:
    if name is None:
        return
    if not name.endswith(endings):
        message = f"“{shown(name)}”不是这里要的文件"
        yield filed.at(*path, message=message, hint=f"用这些类型的文件：{'、'.join(endings)}")
    elif f"{filed.folder}/{name}" not in curriculum.media:
        message = f"课文旁没有文件“{shown(name)}”"
        yield filed.at(*path, message=message, hint=f"把文件放到 {filed.folder}/，文件名与这里一致，或删去这一行")


@error("markdown/link-broken")
def link_broken(case: Case) -> Iterator[Finding]:
    """正文里链接的本站文件必须有；没有发布的课不能链接。"""
    curriculum = case.curriculum
    if curriculum is None:
        return
    without_page = {filed.file for filed in curriculum.lessons if not filed.record.has_page}
    for link in curriculum.links:
        address = unquote(re.split("[?#]", link.address)[0])
        if link.file in without_page or not address.endswith((".md", *PICTURES, *RECORDINGS, ".pdf")):
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(link.file), address))
        if target in without_page:
            message, hint = f"“{shown(address, 60)}”还没有发布，不能链接", "等它发布后再链接，或删去链接"
        elif target not in curriculum.pages and target not in curriculum.media:
            message, hint = (
                f"没有文件“{shown(address, 60)}”",
                "核对文件名；写相对路径，如 06-shanyang.md",
            )
        else:
            continue
        yield Finding(link.file, (), message, hint, line=link.line, column=link.column)


@error("lesson/recording")
def recording(case: Case) -> Iterator[Finding]:
    """别处的音视频要用 https，主机登记在 site.yml 的 media_hosts，写明大小（size）；本地文件写了 size 的要相符。"""
    for filed, lesson, curriculum in _lessons(case):
        for key, one in (("video", lesson.video), ("audio", lesson.audio)):
            if one is None or filed.lacks(key, "src"):
                continue
            if one.is_elsewhere:
                yield from _elsewhere(filed, key, one, case.site.record.media_hosts)
            elif one.size is not None:
                size = curriculum.media.get(f"{filed.folder}/{one.src}", one.size)
                if size != one.size:
                    message = f"文件实际是 {size} 字节"
                    yield filed.at(key, "size", message=message, hint="删去 size：本站的文件不用写")
        if lesson.recording is None:
            for key in ("captions", "chapters"):
                if getattr(lesson, key):
                    message = "没有视频和声音，却写了字幕或分段"
                    yield filed.at(key, spot="key", message=message, hint="补上 video 或 audio，或删去这一项")


def _elsewhere(filed: Filed[Lesson], key: str, one: Recording, hosts: tuple[str, ...]) -> Iterator[Finding]:
    try:
        parts = urlsplit(one.src)
        host = parts.hostname or ""
    except ValueError:
        parts, host = None, ""
    if parts is None or parts.scheme != "https" or not parts.path.endswith(RECORDINGS):
        hint = f"写 https:// 开头、{'、'.join(RECORDINGS)} 结尾的网址"
        yield filed.at(key, "src", message="音视频的网址不对", hint=hint)
    elif parts.netloc != host or host not in hosts:
        message = f"主机 {shown(parts.netloc)} 没有登记"
        yield filed.at(key, "src", message=message, hint="请维护人员把主机名写进 site.yml 的 media_hosts")
    elif one.size is None:
        message = "别处的音视频要写明文件大小"
        yield filed.at(key, message=message, hint="补 size: 字节数；订阅的播放器要用")


@error("lesson/chapters")
def chapters(case: Case) -> Iterator[Finding]:
    """分段的时间从前到后，不重复，不超出时长（duration）；时长不短于字幕。"""
    for filed, lesson, curriculum in _lessons(case):
        last = -1
        for number, chapter in enumerate(lesson.chapters):
            if filed.lacks("chapters", number):
                continue
            if chapter.at <= last:
                message = "这一段的时间不在上一段之后"
                yield filed.at("chapters", number, "at", message=message, hint="按时间先后排列")
            elif lesson.duration is not None and chapter.at >= lesson.duration:
                yield filed.at("chapters", number, "at", message="这一段的时间超出了时长", hint="核对时间和 duration")
            last = max(last, chapter.at)
        cues = curriculum.cues.get(filed.file, ())
        if lesson.duration is not None and cues and cues[-1].start >= (lesson.duration + 1) * 1000:
            yield filed.at("duration", message="时长比字幕还短", hint="核对时长和字幕")


@error("lesson/quiz")
def quiz(case: Case) -> Iterator[Finding]:
    """测验的答案（answer）写选项的字母，选项不能重复。"""
    for filed, lesson, _ in _lessons(case):
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
    for filed, lesson, _ in _lessons(case):
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
    for filed, lesson, curriculum in _lessons(case):
        if not curriculum.laws.by_id:
            return
        read = {one.path[1:] for one in curriculum.cited_in.get(filed.file, ()) if one.path[:1] == ("laws",)}
        for number, text in enumerate(lesson.laws):
            if (number,) not in read and not filed.lacks("laws", number):
                message = f"“{shown(text)}”读不出是哪部法律的哪一条"
                yield filed.at("laws", number, message=message, hint=_LAW_HINT)


@notice("lesson/no-captions")
def no_captions(case: Case) -> Iterator[Finding]:
    """有视频或声音的课要有字幕（captions）或文字稿（transcript），听不清的人也能看。"""
    for filed, lesson, _ in _lessons(case):
        has_words = lesson.captions or lesson.transcript or filed.lacks("captions") or filed.lacks("transcript")
        if lesson.status == "published" and lesson.recording is not None and not has_words:
            key = "video" if lesson.video else "audio"
            message = "没有字幕，也没有文字稿"
            yield filed.at(key, spot="key", message=message, hint="补 captions: 文件名.vtt，或 transcript: | 加文字稿")
