"""How much there is, and how quickly it comes."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator

from liaison.publish.manifest import Manifest

from .findings import Finding, good, noted
from .subject import Subject
from .table import bad

_MANY = 1000
"""Entries of a folder at which file managers in a browser grow slow."""
_TRIES = 5


def folders(subject: Subject) -> Iterator[Finding]:
    """No folder holds very many entries."""
    if subject.release is None:
        return
    sizes = entries(subject.release)
    largest = max(sizes, key=lambda folder: sizes[folder])
    total = sum(entry.size for entry in subject.release.files.values())
    about = f"共 {len(subject.release.files):,} 个文件，{_bytes(total)}"
    if sizes[largest] > _MANY:
        yield noted(about)
        yield bad("folder-large", f"/{largest} 里有 {sizes[largest]:,} 项")
    else:
        yield noted(f"{about}；最大的文件夹 /{largest} 有 {sizes[largest]:,} 项")


def entries(release: Manifest) -> Counter[str]:
    """How many files and folders each folder holds, by its path; the root's is empty."""
    held: dict[str, set[str]] = {"": set()}
    for path in release.files:
        parts = path.split("/")
        for depth in range(len(parts)):
            held.setdefault("/".join(parts[:depth]), set()).add(parts[depth])
    return Counter({folder: len(names) for folder, names in held.items()})


def _bytes(count: int) -> str:
    for size, unit in ((1 << 30, "GB"), (1 << 20, "MB"), (1 << 10, "KB")):
        if count >= size:
            return f"{count / size:.1f} {unit}"
    return f"{count} 字节"


def speed(subject: Subject) -> Iterator[Finding]:
    """How long the first byte of the home page takes, and whether connections are kept."""
    before = subject.client.reused
    waits = [subject.client.get(subject.base, fresh=True).raw.waited for _ in range(_TRIES)]
    wait = statistics.median(waits) * 1000
    span = f" {wait:.0f} " if wait >= 1 else "不到 1 "
    yield noted(f"打开首页 {_TRIES} 次，等到第一个字节的时间，中位数是{span}毫秒")
    if subject.client.reused == before:
        yield bad("keepalive-off")
    else:
        yield good("连接可以重复使用")


def same_release(subject: Subject, own: Manifest | None) -> Iterator[Finding]:
    """Whether what is served is what lies on this computer."""
    if own is None or subject.release is None or not subject.is_live:
        return
    if own.tree == subject.release.tree:
        yield noted(f"网站上的就是本机 site 文件夹里的这一版（校验值 {own.tree[:12]}）")
    else:
        yield noted(f"网站上的和本机 site 文件夹里的不是同一版（{subject.release.tree[:12]} 和 {own.tree[:12]}）")
