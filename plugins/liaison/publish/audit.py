"""A folder compared with the manifest of a release: every file is there, whole, and nothing besides."""

from __future__ import annotations

import hashlib
import heapq
import os
import stat
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from liaison.workers import Crew

from .manifest import NAME, Entry, Manifest, upload_order

_CHUNK = 1 << 20
"""Bytes that are read at once."""
_BATCH = 2_000
"""Files that one task of a worker looks at."""
_ALONE_UP_TO = 64 << 20
"""Bytes below which starting workers costs more than it saves."""
_OPENING = 20_000
"""What opening a file costs, in bytes that could be read meanwhile."""

FEED_PATH, MISSING_PATH = "sitemap.xml", "404.html"


@dataclass(frozen=True, slots=True, order=True)
class Amiss:
    """A file that is not as the manifest says, or that it does not know."""

    path: str
    """Below the release."""
    words: str
    """What is wrong, as a short sentence in Chinese without a full stop."""


def audit_folder(
    folder: Path, manifest: Manifest, *, paths: Collection[str] | None = None, crew: Crew | None = None
) -> tuple[Amiss, ...]:
    """What in a folder is not as the manifest says, in order of paths; nothing where all of it is right.

    Without `paths` it is every file, and nothing else may be in the folder but this manifest and names at its root that
    begin with a dot. The folder itself may be reached over a link; nothing below it may be one. Raises `KeyError` where
    the manifest does not have one of `paths`.
    """
    wanted = entries(manifest, manifest.files if paths is None else paths)
    amiss: list[Amiss] = []
    if paths is None:
        if os.path.lexists(folder / NAME):
            wanted += entries(manifest, (NAME,))
        amiss += _strangers(folder, manifest)
    starts = range(0, len(wanted), _BATCH)
    sizes = [sum(entry.size + _OPENING for _, entry in wanted[start : start + _BATCH]) for start in starts]
    given = str(folder), wanted
    done = (crew or Crew()).do(_work, starts, _start, given, title="核对文件", sizes=sizes, alone_up_to=_ALONE_UP_TO)
    for _, found in done:
        amiss += found
    return tuple(sorted(amiss))


def entries(manifest: Manifest, paths: Iterable[str]) -> list[tuple[str, Entry]]:
    """What each of these files must be; one may be the manifest's own. Raises `KeyError` where one is not listed."""
    return [(path, Entry.of(manifest.as_bytes()) if path == NAME else manifest.files[path]) for path in paths]


def sentinels(manifest: Manifest) -> list[str]:
    """The paths that must be right on every host, in the order of an upload.

    Home, the page for what is missing, a station, a deputy, the list of pages, one file of each sort, and the manifest.
    """
    found = {NAME: NAME}
    for path in sorted(manifest.files):
        if path in {"index.html", MISSING_PATH, FEED_PATH, "robots.txt"}:
            found[path] = path
        elif path.endswith("/index.html"):
            found.setdefault(f"{path.partition('/')[0]}/" if path.startswith(("S/", "D/")) else "page", path)
        else:
            found.setdefault(PurePosixPath(path).suffix.lower(), path)
    return upload_order(set(found.values()))


def sample(manifest: Manifest, count: int) -> list[str]:
    """So many paths, the same ones for the same files, besides the sentinels; in the order of an upload."""

    def lot(path: str) -> bytes:
        return hashlib.sha256(f"{manifest.tree} {path}".encode()).digest()

    always = sentinels(manifest)
    rest = heapq.nsmallest(count, manifest.files.keys() - set(always), key=lot)
    return upload_order({*always, *rest})


_here = threading.local()
"""What a worker looks at: set once, when it starts."""


def _start(folder: str, wanted: Sequence[tuple[str, Entry]]) -> None:
    _here.folder, _here.wanted = folder, wanted
    _here.plain = {""}


def _work(start: int) -> list[Amiss]:
    batch: Sequence[tuple[str, Entry]] = _here.wanted[start : start + _BATCH]
    found = ((path, _fault(_here.folder, path, entry, _here.plain)) for path, entry in batch)
    return [Amiss(path, words) for path, words in found if words]


def _fault(folder: str, path: str, entry: Entry, plain: set[str]) -> str:
    """What is wrong with a file; nothing where it is right. `plain` are folders that are known to be no links."""
    try:
        if words := _way(folder, path.rpartition("/")[0], plain):
            return words
        handle = os.open(f"{folder}/{path}", os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            return _held(handle, entry)
        finally:
            os.close(handle)
    except (FileNotFoundError, NotADirectoryError):
        return "没有这个文件"
    except OSError as error:
        if Path(folder, path).is_symlink():
            return "是链接，不是文件"
        return f"读不出来：{error.strerror or error}"


def _way(folder: str, parent: str, plain: set[str]) -> str:
    """What is wrong with the folders above a file. Raises `OSError`."""
    if parent in plain:
        return ""
    if words := _way(folder, parent.rpartition("/")[0], plain):
        return words
    if stat.S_ISLNK(os.lstat(f"{folder}/{parent}").st_mode):
        return f"所在的文件夹 {parent} 是链接"
    plain.add(parent)
    return ""


def _held(handle: int, entry: Entry) -> str:
    found = os.fstat(handle)
    if stat.S_ISDIR(found.st_mode):
        return "是文件夹，不是文件"
    if not stat.S_ISREG(found.st_mode):
        return "不是普通文件"
    if found.st_size != entry.size:
        return f"大小不对：应当是 {entry.size} 字节，现在是 {found.st_size} 字节"
    made = hashlib.sha256()
    while chunk := os.read(handle, _CHUNK):
        made.update(chunk)
    return "" if made.hexdigest() == entry.sha256 else "内容不对：和清单里的校验值不一样"


def _strangers(folder: Path, manifest: Manifest) -> Iterator[Amiss]:
    """What the folder holds besides the files of the manifest."""
    yield from _within(folder, "", manifest.files, _folders(manifest.files))


def _folders(paths: Iterable[str]) -> set[str]:
    found = {""}
    for path in paths:
        at = path
        while (at := at.rpartition("/")[0]) not in found:
            found.add(at)
    return found


def _within(root: Path, folder: str, files: Mapping[str, Entry], folders: set[str]) -> Iterator[Amiss]:
    """Strangers below a folder, which is given with a slash. One that holds nothing of ours is named as a whole."""
    try:
        with os.scandir(f"{root}/{folder}") as scanned:
            found = list(scanned)
    except FileNotFoundError:
        return
    except OSError as error:
        yield Amiss(folder.rstrip("/") or ".", f"文件夹打不开：{error.strerror or error}")
        return
    for entry in found:
        path = folder + entry.name
        if path in files or (not folder and (entry.name.startswith(".") or path == NAME)):
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield Amiss(_shown(path), "清单里没有这个文件")
        elif path in folders:
            yield from _within(root, f"{path}/", files, folders)
        else:
            yield Amiss(_shown(path), "清单里没有这个文件夹")


def _shown(path: str) -> str:
    """A name that can be printed and kept, whatever its bytes are."""
    return path.encode("utf-8", "backslashreplace").decode()
