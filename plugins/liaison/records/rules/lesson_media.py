"""What lessons play and show, and where they link to: that it is there, and of the right kind."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from liaison.model.lessons import Lesson, Recording
from liaison.records.case import Case
from liaison.records.curriculum import Curriculum
from liaison.records.document import Path
from liaison.records.filed import Filed
from liaison.records.files import CAPTIONS, PICTURES, RECORDINGS
from liaison.records.findings import Finding
from liaison.records.text import shown

from .rule import error, notice


@error("lesson/file-missing")
def file_missing(case: Case) -> Iterator[Finding]:
    """视频、声音、字幕、封面的文件必须与课文放在同一个文件夹，类型要对。"""
    for filed in case.lessons:
        lesson = filed.record
        wanted: list[tuple[Path, str | None, tuple[str, ...]]] = [(("captions",), lesson.captions, CAPTIONS)]
        for key, one in (("video", lesson.video), ("audio", lesson.audio)):
            if one is not None:
                wanted.append(((key, "poster"), one.poster, PICTURES))
                wanted.append(((key, "src"), None if one.is_elsewhere else one.src, RECORDINGS))
        for path, name, endings in wanted:
            yield from _missing(filed, path, name, endings, case.curriculum)
    for series in case.curriculum.series:
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
    without_page = {filed.file for filed in curriculum.lessons if not filed.record.has_page}
    for link in curriculum.links:
        address = unquote(re.split("[?#]", link.address)[0])
        if link.file in without_page or not address.endswith((".md", *PICTURES, *RECORDINGS, ".pdf")):
            continue
        target = posixpath.normpath(posixpath.join(posixpath.dirname(link.file), address))
        if target in without_page:
            message, hint = f"“{shown(address, 60)}”还没有发布，不能链接", "等它发布后再链接，或删去链接"
        elif target not in curriculum.pages and target not in curriculum.media:
            message, hint = f"没有文件“{shown(address, 60)}”", "核对文件名；写相对路径，如 06-shanyang.md"
        else:
            continue
        yield Finding(link.file, (), message, hint, line=link.line, column=link.column)


@error("lesson/recording")
def recording(case: Case) -> Iterator[Finding]:
    """别处的音视频要用 https，主机登记在 site.yml 的 media_hosts，写明大小（size）；本地文件写了 size 的要相符。"""
    for filed in case.lessons:
        lesson = filed.record
        for key, one in (("video", lesson.video), ("audio", lesson.audio)):
            if one is None or filed.lacks(key, "src"):
                continue
            if one.is_elsewhere:
                yield from _elsewhere(filed, key, one, case.site.record.media_hosts)
            elif one.size is not None:
                size = case.curriculum.media.get(f"{filed.folder}/{one.src}", one.size)
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
    for filed in case.lessons:
        lesson = filed.record
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
        cues = case.curriculum.cues.get(filed.file, ())
        if lesson.duration is not None and cues and cues[-1].start >= (lesson.duration + 1) * 1000:
            yield filed.at("duration", message="时长比字幕还短", hint="核对时长和字幕")


@notice("lesson/no-captions")
def no_captions(case: Case) -> Iterator[Finding]:
    """有视频或声音的课要有字幕（captions）或文字稿（transcript），听不清的人也能看。"""
    for filed in case.lessons:
        lesson = filed.record
        has_words = lesson.captions or lesson.transcript or filed.lacks("captions") or filed.lacks("transcript")
        if lesson.status == "published" and lesson.recording is not None and not has_words:
            key = "video" if lesson.video else "audio"
            message = "没有字幕，也没有文字稿"
            yield filed.at(key, spot="key", message=message, hint="补 captions: 文件名.vtt，或 transcript: | 加文字稿")
