"""Types and character sets of files, and whether recordings can be read in parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .findings import Finding, good
from .subject import Subject, extension
from .table import bad

_PARTIAL = 206
_KINDS: dict[str, set[str]] = {
    "html": {"text/html"},
    "css": {"text/css"},
    "js": {"text/javascript", "application/javascript", "application/x-javascript"},
    "mjs": {"text/javascript", "application/javascript"},
    "svg": {"image/svg+xml"},
    "jpg": {"image/jpeg"},
    "jpeg": {"image/jpeg"},
    "png": {"image/png"},
    "webp": {"image/webp"},
    "gif": {"image/gif"},
    "pdf": {"application/pdf"},
    "mp4": {"video/mp4"},
    "mp3": {"audio/mpeg", "audio/mp3"},
    "m4a": {"audio/mp4", "audio/x-m4a"},
    "ics": {"text/calendar"},
    "vcf": {"text/vcard", "text/x-vcard"},
}
"""What browsers need to show a file as it is meant."""
_DATA: dict[str, set[str]] = {
    "json": {"application/json", "text/json"},
    "xml": {"application/xml", "text/xml", "application/rss+xml", "application/atom+xml"},
    "txt": {"text/plain"},
    "vtt": {"text/vtt"},
    "woff2": {"font/woff2", "application/font-woff2", "application/x-font-woff2"},
    "woff": {"font/woff", "application/font-woff", "application/x-font-woff"},
    "zip": {"application/zip", "application/x-zip-compressed"},
    "webmanifest": {"application/manifest+json"},
}
"""What most browsers show or use all the same."""
_TEXT = {"html", "css", "js", "mjs", "json", "xml", "svg", "txt", "vtt", "ics", "vcf"}
_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]+)""", re.IGNORECASE)
_UTF8 = {"utf-8", "utf8"}
_MEDIA = {"mp4", "mp3", "m4a", "webm"}


def kinds(subject: Subject) -> Iterator[Finding]:
    """Each file is sent with the type of its extension."""
    wrong: dict[str, list[str]] = {"mime-page": [], "mime-data": []}
    for path, answer in subject.live_samples.items():
        end = extension(path)
        for name, table in (("mime-page", _KINDS), ("mime-data", _DATA)):
            if end in table and answer.kind not in table[end]:
                wrong[name].append(f".{end} 是 {answer.kind or '（没有写）'}")
    for name, seen in wrong.items():
        if seen:
            yield bad(name, "，".join(seen))
    if not any(wrong.values()):
        yield good("文件类型都对：" + " ".join(extension(path) for path in subject.live_samples))


def charsets(subject: Subject) -> Iterator[Finding]:
    """What the server says of characters is UTF-8, or nothing."""
    wrong = []
    for path, answer in subject.live_samples.items():
        found = _CHARSET.search(answer.headers.get("content-type", ""))
        if extension(path) in _TEXT and found and found[1].lower() not in _UTF8:
            wrong.append(f".{extension(path)} 是 {found[1]}")
    yield bad("charset-wrong", "，".join(wrong)) if wrong else good("字符集是 UTF-8")


def ranges(subject: Subject) -> Iterator[Finding]:
    """A player can ask for a part of a recording."""
    for path, whole in subject.live_samples.items():
        if extension(path) not in _MEDIA:
            continue
        answer = subject.part(path, {"Range": "bytes=1-100"})
        start = answer.headers.get("content-range", "").replace(" ", "").lower()
        if answer.status != _PARTIAL or not start.startswith("bytes1-") or answer.raw.body != whole.raw.body[1:101]:
            yield bad("range-missing", f"/{path} 要第 2 到 101 个字节，回答 {answer.status}")
        else:
            yield good(f"音像文件可以分段读取（.{extension(path)}）")
