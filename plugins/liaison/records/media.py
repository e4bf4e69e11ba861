"""Pictures, recordings and papers: what a file is is judged by its content, not by its name (the trust report, S9)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from .files import PICTURES, unreadable
from .findings import Finding
from .limits import IMAGE_BYTES

_HEAD = 12
_JPEG, _MP4 = re.compile(rb"\xff\xd8\xff"), re.compile(rb"....ftyp", re.DOTALL)
_STARTS = {
    ".jpg": _JPEG,
    ".jpeg": _JPEG,
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n"),
    ".webp": re.compile(rb".{8}WEBP", re.DOTALL),
    ".mp4": _MP4,
    ".m4v": _MP4,
    ".m4a": _MP4,
    ".webm": re.compile(rb"\x1a\x45\xdf\xa3"),
    ".mp3": re.compile(rb"ID3|\xff[\xe2-\xff]"),
    ".pdf": re.compile(rb"%PDF-"),
}
"""What a file with an ending begins with."""


def picture(path: str) -> Finding:
    """照片文件的内容必须和扩展名一致，是真正的 JPG、PNG 或 WebP 图片。"""
    ending = path.rpartition(".")[2]
    hint = "用看图软件打开原图，另存为 JPG；改扩展名不能改变格式"
    return Finding(path, (), f"文件的内容不是 {ending} 图片", hint, rule="picture/content")


def too_large(path: str, size: int) -> Finding:
    """照片文件不超过 5 MB。"""
    found = f"照片有 {size / 1024 / 1024:.1f} MB，超过 5 MB"
    return Finding(path, (), found, "把照片缩小后再放进来，宽 1000 像素就够", rule="picture/too-large")


def other(path: str) -> Finding:
    """音视频和 PDF 文件的内容必须和扩展名一致。"""
    ending = path.rpartition(".")[2]
    hint = "用播放或阅读软件打开原文件，另存为这种格式；改扩展名不能改变格式"
    return Finding(path, (), f"文件的内容不是 {ending} 格式", hint, rule="file/content")


RULES = {"picture/content": picture, "picture/too-large": too_large, "file/content": other}
"""The rules held here, each a function whose docstring is its sentence."""


def findings(root: Path, files: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with files below a site's root; only their first bytes are read. Captions are read elsewhere."""
    for path in sorted(files):
        ending = Path(path).suffix
        if ending not in _STARTS:
            continue
        try:
            size, head = _look(root / path)
        except OSError as error:
            yield unreadable(path, error)
            continue
        if ending in PICTURES and size > IMAGE_BYTES:
            yield too_large(path, size)
        elif not _STARTS[ending].match(head):
            yield picture(path) if ending in PICTURES else other(path)


def _look(file: Path) -> tuple[int, bytes]:
    with file.open("rb") as opened:
        return file.stat().st_size, opened.read(_HEAD)
