"""Whether file names can lie on every host a release may be put on: nginx and IIS, Linux and Windows, as installed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import PurePosixPath

from .audit import Amiss

SERVED = frozenset(
    f".{one}"
    for one in (
        *("html", "css", "js", "json", "xml", "txt", "pdf", "docx", "xlsx", "zip"),
        *("png", "jpg", "jpeg", "gif", "svg", "ico", "mp3", "m4a", "mp4", "woff", "woff2"),
    )
)
"""Extensions that IIS 10 and nginx send with a right type as they are installed.

By the `staticContent` of IIS 10's `applicationHost.config` and by nginx' `mime.types`. IIS answers 404 for any other:
it lacks `.webp` and `.vtt`. nginx sends others for download: `.ics`, `.vcf`, `.map`, `.csv` and `.vtt`.
"""

SET_UP = frozenset({".vtt"})
"""Extensions that a release may hold although IIS serves them only when told to: a recording plays without captions."""

_KNOWN = SERVED | SET_UP
_LONGEST = 200
"""Characters of a path; Windows takes 259 with the folder of the site before it."""
_PLAIN = re.compile(r"[A-Za-z0-9._-]+", re.ASCII)
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
_HIDDEN = {
    "bin",
    "app_browsers",
    "app_code",
    "app_data",
    "app_globalresources",
    "app_localresources",
    "app_webreferences",
    "web.config",
    "_vti_bin",
}
"""Names that IIS never serves, wherever they stand in a path (`hiddenSegments` of its request filter)."""


def unfit_names(paths: Iterable[str]) -> tuple[Amiss, ...]:
    """Paths that some host would refuse, lose or mix up, in order, each with the first reason that was found."""
    found: list[Amiss] = []
    names = _Names()
    for path in sorted(paths):
        words = _unfit(path) or names.taken(path)
        names.add(path)
        if words:
            found.append(Amiss(path, words))
    return tuple(found)


def to_set_up(paths: Iterable[str]) -> dict[str, str]:
    """Extensions among these that a host may have to be told of, each with the first path that has it."""
    found: dict[str, str] = {}
    for path in sorted(paths):
        suffix = PurePosixPath(path).suffix.lower()
        if suffix in SET_UP:
            found.setdefault(suffix, path)
    return found


class _Names:
    """Files and folders that were met, by their names as Windows knows them; those of folders end in a slash."""

    def __init__(self) -> None:
        self._met: dict[str, str] = {}
        self._folders: set[str] = set()

    def add(self, path: str) -> None:
        """Note a file and the folders above it."""
        self._met.setdefault(path.casefold(), path)
        for folder in _above(path):
            if folder in self._folders:
                return
            self._folders.add(folder)
            self._met.setdefault(folder.casefold(), folder)

    def taken(self, path: str) -> str:
        """Whether Windows takes this path, or a folder of it, for another."""
        folded = path.casefold()
        if folded in self._met:
            return f"和 {self._met[folded]} 只差大小写，Windows 服务器上会互相覆盖"
        if f"{folded}/" in self._met:
            return f"和文件夹 {self._met[f'{folded}/']} 同名"
        for folder in _above(path):
            name = folder.casefold()
            if folder not in self._folders and name in self._met:
                return f"所在的文件夹和 {self._met[name]} 只差大小写，Windows 服务器上会合成一个"
            if name[:-1] in self._met:
                return f"所在的文件夹和文件 {self._met[name[:-1]]} 同名"
        return ""


def _above(path: str) -> Iterator[str]:
    """The folders above a file, the innermost first, each with a slash."""
    while path := path.rpartition("/")[0]:
        yield f"{path}/"


def _unfit(path: str) -> str:
    for segment in path.split("/"):
        if words := _bad_segment(segment):
            return words
    if len(path) > _LONGEST:
        return f"路径有 {len(path)} 个字符，超过 {_LONGEST} 个"
    suffix = PurePosixPath(path).suffix
    if suffix not in _KNOWN:
        return f"扩展名 {suffix} 有的服务器不认，打不开" if suffix else "没有扩展名，有的服务器打不开"
    return ""


@lru_cache(maxsize=10_000)
def _bad_segment(segment: str) -> str:
    if not segment or segment.startswith("."):
        return "名字以点开头，有的服务器不对外提供" if segment else "路径里有空的一段"
    if not _PLAIN.fullmatch(segment):
        return "名字里有字母、数字、点、横线以外的字符"
    if segment.endswith("."):
        return "名字以点结尾，Windows 服务器上放不了"
    if segment.partition(".")[0].casefold() in _DEVICES:
        return f"{segment.partition('.')[0]} 是 Windows 的设备名，放不了"
    if segment.casefold() in _HIDDEN:
        return f"名字里有 {segment}，IIS 服务器不对外提供"
    return ""
