"""Photos as files: what they are is judged by their content, not by their name (the trust report, S9)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from .files import unreadable
from .findings import Finding
from .limits import IMAGE_BYTES

_HEAD = 12
_KINDS = {
    ".jpg": (0, b"\xff\xd8\xff"),
    ".jpeg": (0, b"\xff\xd8\xff"),
    ".png": (0, b"\x89PNG\r\n\x1a\n"),
    ".webp": (8, b"WEBP"),
}
"""For each ending, what the file must hold and from which byte on."""


def content(path: str) -> Finding:
    """照片文件的内容必须和扩展名一致，是真正的 JPG、PNG 或 WebP 图片。"""
    ending = path.rpartition(".")[2]
    hint = "用看图软件打开原图，另存为 JPG；改扩展名不能改变格式"
    return Finding(path, (), f"文件的内容不是 {ending} 图片", hint, rule="picture/content")


def too_large(path: str, size: int) -> Finding:
    """照片文件不超过 5 MB。"""
    found = f"照片有 {size / 1024 / 1024:.1f} MB，超过 5 MB"
    return Finding(path, (), found, "把照片缩小后再放进来，宽 1000 像素就够", rule="picture/too-large")


RULES = {"picture/content": content, "picture/too-large": too_large}
"""The rules held here, each a function whose docstring is its sentence."""


def findings(root: Path, pictures: Iterable[str]) -> Iterator[Finding]:
    """What is wrong with the picture files below a site's root; only their first bytes are read."""
    for path in sorted(pictures):
        try:
            size, head = _look(root / path)
        except OSError as error:
            yield unreadable(path, error)
            continue
        if size > IMAGE_BYTES:
            yield too_large(path, size)
            continue
        start, wanted = _KINDS[Path(path).suffix]
        if head[start : start + len(wanted)] != wanted:
            yield content(path)


def _look(file: Path) -> tuple[int, bytes]:
    with file.open("rb") as opened:
        return file.stat().st_size, opened.read(_HEAD)
