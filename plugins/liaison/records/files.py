"""Which files a site's records live in; nothing is read here but folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .findings import Finding

SITE_FILE = "site.yml"
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
_NAME = re.compile(r"[a-z0-9._-]+")
_KEPT = {".gitkeep", ".gitignore"}


@dataclass(slots=True)
class Layout:
    """The record files of a site, in order, as paths relative to its root; and what does not belong there."""

    regions: str | None = None
    holidays: str | None = None
    areas: list[str] = field(default_factory=list)
    stations: list[str] = field(default_factory=list)
    deputies: list[str] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    lessons: list[str] = field(default_factory=list)
    """Markdown below `content/`."""
    findings: list[Finding] = field(default_factory=list)


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds `site.yml`."""
    at = start.resolve()
    return next((folder for folder in (at, *at.parents) if (folder / SITE_FILE).is_file()), None)


def survey(root: Path) -> Layout:
    """All record files below `root`; links, odd names and stray files become findings and are not followed."""
    layout = Layout()
    for file in _walk(root, "stations", layout):
        _place(file, layout)
    for file in _walk(root, "content", layout):
        if file.endswith(".md"):
            layout.lessons.append(file)
    return layout


def _walk(root: Path, folder: str, layout: Layout) -> Iterator[str]:
    """Regular files below a folder, sorted; a folder's own files come before its subfolders."""
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    folders: list[str] = []
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.name in _KEPT:
            continue
        if entry.is_symlink() or not (entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)):
            layout.findings.append(link(path))
        elif not _NAME.fullmatch(entry.name):
            layout.findings.append(name(path, entry.name))
        elif entry.is_dir(follow_symlinks=False):
            folders.append(path)
        else:
            yield path
    for path in folders:
        yield from _walk(root, path, layout)


def link(path: str) -> Finding:
    """记录和内容目录里不放链接和特殊文件。"""
    return Finding(path, (), "这里是链接或特殊文件，不是普通文件", "删去它，把内容本身放在这里", rule="file/link")


def name(path: str, written: str) -> Finding:
    """文件和文件夹的名字只用小写英文字母、数字、点、下划线和连字符。"""
    wrong = "".join(dict.fromkeys(char for char in written if not _NAME.fullmatch(char)))
    hint = f"改名为 {written.lower()}" if _NAME.fullmatch(written.lower()) else "改用拼音或英文小写命名，如 yufeng.yml"
    return Finding(path, (), f"文件名“{written}”里有不能用的字符：{wrong}", hint, rule="file/name")


def unexpected(path: str) -> Finding:
    """记录目录里只放约定位置上的记录和照片。"""
    hint = "记录文件是 area.yml、<站>/station.yml 和 <站>/deputies/*.yml，照片放在记录旁；改名、移到对的位置或删去"
    if path.endswith(".yaml"):
        hint = f"扩展名改为 .yml：{path.rpartition('/')[2][:-5]}.yml"
    return Finding(path, (), "这个文件不在约定的位置，不会被读取", hint, rule="file/unexpected")


RULES = {"file/link": link, "file/name": name, "file/unexpected": unexpected}
"""The rules held here, each a function whose docstring is its sentence."""


def _place(file: str, layout: Layout) -> None:
    match file.split("/")[1:]:
        case ["regions.yml"]:
            layout.regions = file
        case ["holidays.yml"]:
            layout.holidays = file
        case [_, "area.yml"]:
            layout.areas.append(file)
        case [_, _, "station.yml"]:
            layout.stations.append(file)
        case [_, _, "deputies", last] if last.endswith(".yml"):
            layout.deputies.append(file)
        case [_, _, *rest] if rest and rest[-1].endswith(PICTURES):
            layout.pictures.add(file)
        case _:
            layout.findings.append(unexpected(file))
