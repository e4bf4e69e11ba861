"""Which files a site's records live in; nothing is read here but folders."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from .findings import Finding
from .text import shown

SITE_FILE = "site.yml"
REGIONS_FILE = "stations/regions.yml"
PICTURES = (".jpg", ".jpeg", ".png", ".webp")
RECORDINGS = (".mp4", ".m4v", ".webm", ".mp3", ".m4a")
CAPTIONS = (".vtt", ".srt")
EPISODES = "content/episodes/"
KEYWORDS_FILE = "laws/keywords.yml"
TEXTS = "laws/texts"
_NAME = re.compile(r"[a-z0-9._-]+")
_KEPT = {".gitkeep", ".gitignore"}
_SYSTEM = {".DS_Store", "Thumbs.db", "desktop.ini"}


@dataclass(slots=True)
class Layout:
    """The record files of a site, in order, as paths relative to its root; and what does not belong there."""

    regions: str | None = None
    holidays: str | None = None
    areas: list[str] = field(default_factory=list)
    stations: list[str] = field(default_factory=list)
    deputies: list[str] = field(default_factory=list)
    pictures: set[str] = field(default_factory=set)
    pages: list[str] = field(default_factory=list)
    """Markdown below `content/`."""
    media: dict[str, int] = field(default_factory=dict)
    """Pictures, recordings, captions and papers below `content/`, with their size in bytes."""
    laws: list[str] = field(default_factory=list)
    keywords: str | None = None
    refused: set[str] = field(default_factory=set)
    """What was not taken because of its name or kind."""
    findings: list[Finding] = field(default_factory=list)


def find_root(start: Path) -> Path | None:
    """The nearest folder at or above `start` that holds `site.yml`."""
    at = start.resolve()
    return next((folder for folder in (at, *at.parents) if (folder / SITE_FILE).is_file()), None)


def survey(root: Path) -> Layout:
    """All record files below `root`; links, odd names and stray files become findings and are not followed."""
    layout, folders = survey_top(root)
    for folder in folders:
        survey_into(root, folder, layout)
    layout.findings += unlisted(layout, [file.split("/")[1] for file in (*layout.stations, *layout.deputies)])
    return layout


def survey_top(root: Path) -> tuple[Layout, list[str]]:
    """What lies above the folders of stations, and these folders, which are not looked into."""
    layout = Layout()
    folders: list[str] = []
    for file in _walk(root, "stations", layout, folders):
        _sort_in(file, layout)
    for file in _walk(root, "content", layout):
        if file.endswith(".md"):
            layout.pages.append(file)
        elif file.endswith((*PICTURES, *RECORDINGS, *CAPTIONS, ".pdf")):
            layout.media[file] = os.stat(f"{root}/{file}").st_size  # noqa: PTH116 - paths as text, as above
        else:
            layout.findings.append(unexpected_content(file))
    for file in _walk(root, "laws", layout):
        _sort_in_law(file, layout)
    return layout, folders


def _sort_in_law(file: str, layout: Layout) -> None:
    if file == KEYWORDS_FILE:
        layout.keywords = file
    elif file.endswith(".yml") and file.count("/") == 1:
        layout.laws.append(file)
    elif not (file.startswith(f"{TEXTS}/") and file.endswith(".tsv") and file.count("/") == TEXTS.count("/") + 1):
        layout.findings.append(unexpected_law(file))


def survey_into(root: Path, folder: str, layout: Layout) -> None:
    """Add what lies in the folder of a station."""
    for file in _walk(root, folder, layout):
        _sort_in(file, layout)


def unlisted(layout: Layout, areas: Iterable[str]) -> list[Finding]:
    """The files that must be there and are not, given the areas that hold a record."""
    wanted = [REGIONS_FILE, *(f"stations/{area}/area.yml" for area in sorted(set(areas)))]
    there = {layout.regions, *layout.areas} | layout.refused
    return [missing(file) for file in wanted if file not in there]


def _walk(root: Path, top: str, layout: Layout, unentered: list[str] | None = None) -> Iterator[str]:
    """Regular files below a folder, sorted; a folder's own files come before those of its subfolders.

    Where `unentered` is given, folders of stations are put there instead of being entered.
    """
    folders = [top]
    if os.path.islink(f"{root}/{top}"):  # noqa: PTH114 - called for every station: paths as text are quicker
        layout.findings.append(link(top))
        folders = []
    while folders:
        folder = folders.pop()
        try:
            entries = sorted(os.scandir(f"{root}/{folder}"), key=_BY_NAME)
        except FileNotFoundError:
            continue
        except OSError as error:
            layout.findings.append(unreadable(folder, error))
            continue
        inner = []
        for entry in entries:
            path = f"{folder}/{entry.name}"
            if entry.name in _KEPT or _is_refused(path, entry, layout):
                continue
            if entry.is_dir(follow_symlinks=False):
                inner.append(path)
            else:
                yield path
        if unentered is not None and folder.count("/") == 1:
            unentered += inner
        else:
            folders += reversed(inner)


_BY_NAME = attrgetter("name")


def _is_refused(path: str, entry: os.DirEntry[str], layout: Layout) -> bool:
    """Whether something is not taken; then it is noted why."""
    plain = entry.is_dir(follow_symlinks=False) or entry.is_file(follow_symlinks=False)
    if plain and entry.name != ".git" and _NAME.fullmatch(entry.name):
        return False
    named = plain and entry.name != ".git"
    layout.findings.append(misnamed(path, entry.name) if named else link(path))
    layout.refused.add(path)
    return True


def link(path: str) -> Finding:
    """记录和内容目录里不放链接、子模块和特殊文件。"""
    return Finding(
        path, (), "这里是链接、子模块或特殊文件，不是普通文件", "删去它，把内容本身放在这里", rule="file/link"
    )


def misnamed(path: str, name: str) -> Finding:
    """文件和文件夹的名字只用小写英文字母、数字、点、下划线和连字符。"""
    wrong = "".join(dict.fromkeys(char for char in name if not _NAME.fullmatch(char)))
    hint = "改用拼音或英文小写命名，如 yufeng.yml"
    if name in _SYSTEM:
        hint = "这是系统自动生成的文件，删去"
    elif _NAME.fullmatch(lower := re.sub(r"\s+", "-", name.lower())):
        hint = f"改名为 {lower}"
    return Finding(path, (), f"名字“{shown(name)}”里有不能用的字符：{_spelled(wrong)}", hint, rule="file/name")


def _spelled(chars: str) -> str:
    return "、".join(char if char.isprintable() and char != " " else f"U+{ord(char):04X}" for char in chars[:10])


def unexpected(path: str) -> Finding:
    """记录、内容和法律目录里只放约定的文件，各在约定的位置。"""
    hint = "记录文件是 area.yml、<站>/station.yml 和 <站>/deputies/*.yml，照片放在记录旁；改名、移到对的位置或删去"
    if path.endswith(".yaml"):
        hint = f"扩展名改为 .yml：{path.rpartition('/')[2][:-5]}.yml"
    return Finding(path, (), "这个文件不在约定的位置，不会被读取", hint, rule="file/unexpected")


def unexpected_content(path: str) -> Finding:
    """What `unexpected` says of a file below `content/`."""
    hint = "图片用 jpg、png、webp，视频用 mp4，声音用 mp3 或 m4a，字幕用 vtt 或 srt，文件用 pdf；别的删去"
    return Finding(path, (), "内容目录里不放这种文件", hint, rule="file/unexpected")


def unexpected_law(path: str) -> Finding:
    """What `unexpected` says of a file below `laws/`."""
    hint = "法律登记放 laws/<法律>.yml，条文放 laws/texts/<法律>.tsv；别的删去"
    return Finding(path, (), "法律目录里不放这种文件", hint, rule="file/unexpected")


def missing(path: str) -> Finding:
    """必须有 stations/regions.yml，每个区域文件夹里必须有 area.yml。"""
    hint = "新建这个文件，写 region: 加上这个区域的区划代码"
    if path == REGIONS_FILE:
        hint = "新建这个文件，每行写一个区划，如 - {code: 431382, name: 涟源市, level: 县级}"
    return Finding(path, (), "缺少这个文件", hint, rule="file/missing")


def unreadable(path: str, error: OSError) -> Finding:
    """文件和文件夹必须能打开。"""
    reason = _REASONS.get(type(error), f"系统错误 {error.errno}")
    return Finding(path, (), f"打不开：{reason}", "检查它是不是被移动、改名、占用，或没有权限", rule="file/unreadable")


_REASONS: dict[type[OSError], str] = {
    FileNotFoundError: "没有这个文件",
    PermissionError: "没有权限",
    IsADirectoryError: "这是文件夹，不是文件",
    NotADirectoryError: "这里应当是文件夹",
}
RULES = {
    "file/link": link,
    "file/missing": missing,
    "file/name": misnamed,
    "file/unexpected": unexpected,
    "file/unreadable": unreadable,
}
"""The rules held here, each a function whose docstring is its sentence."""


def _sort_in(file: str, layout: Layout) -> None:
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
