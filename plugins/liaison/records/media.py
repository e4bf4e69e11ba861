"""Recordings and papers below `content/`: what they are is judged by their content, not by their name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from . import pictures
from .files import PICTURES, unreadable
from .findings import Finding

_HEAD = 12
_STARTS = {
    ".mp4": re.compile(rb"....ftyp", re.DOTALL),
    ".m4v": re.compile(rb"....ftyp", re.DOTALL),
    ".m4a": re.compile(rb"....ftyp", re.DOTALL),
    ".webm": re.compile(rb"\x1a\x45\xdf\xa3"),
    ".mp3": re.compile(rb"ID3|\xff[\xe2-\xff]"),
    ".pdf": re.compile(rb"%PDF-"),
}
"""What a file with an ending begins with."""


def content(path: str) -> Finding:
    """音视频和 PDF 文件的内容必须和扩展名一致。"""
    ending = path.rpartition(".")[2]
    hint = "用播放或阅读软件打开原文件，另存为这种格式；改扩展名不能改变格式"
    return Finding(path, (), f"文件的内容不是 {ending} 格式", hint, rule="file/content")


RULES = {"file/content": content}
"""The rule held here."""


def findings(root: Path, files: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with files below a site's root; only their first bytes are read."""
    known = sorted(files)
    yield from pictures.findings(root, (file for file in known if file.endswith(PICTURES)))
    for file in known:
        start = _STARTS.get(Path(file).suffix)
        if start is None:
            continue
        try:
            with (root / file).open("rb") as opened:
                head = opened.read(_HEAD)
        except OSError as error:
            yield unreadable(file, error)
            continue
        if not start.match(head):
            yield content(file)
