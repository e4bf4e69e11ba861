"""A release as a folder that is read without a server: copied to a stick, opened by a double click."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from liaison.workers import Crew, usual_workers

from .manifest import NAME, Entry, Manifest, ManifestError
from .offline_page import CODES, Copy
from .replaced import replaced
from .swap import SwapError, room_for
from .tree import create

README = "offline.txt"
"""Says what the folder is, to people and to the next copy."""

_MARK = "离线版网站"
_BATCH = 400
"""Files that a worker copies at a time."""
_ALONE_UP_TO = 2_000
"""Files that are sooner copied than workers started."""
_BLOCK = 4096
_GROWTH = 2
"""How much larger a page may become, at most."""


class OfflineError(ValueError):
    """The copy cannot be made; says why in Chinese. What was there before is as it was."""


def offline_copy(release: Path, out: Path, crew: Crew | None = None) -> int:
    """Lay a release into `out` so that it can be read from a disk; says how many files that are.

    An earlier copy at `out` is replaced whole. Raises `OfflineError`, and `OSError`.
    """
    try:
        manifest = Manifest.read(release)
    except ManifestError as error:
        raise OfflineError(f"{release} 里的 {error}") from error
    except (FileNotFoundError, NotADirectoryError) as error:
        raise OfflineError(f"{release} 里没有 {NAME}，不是 liaison build 生成的站点") from error
    out = out.absolute()
    _check_place(release.resolve(), out, manifest)
    try:
        with replaced(out, "正在做离线版", README, _MARK) as new:
            wanted = sum(_GROWTH * (entry.size // _BLOCK + 1) * _BLOCK for entry in manifest.files.values())
            room_for(new, wanted, 2 * len(manifest.files))
            return _fill(release, new, manifest, crew or Crew(usual_workers()))
    except SwapError as error:
        raise OfflineError(str(error)) from error


def _check_place(release: Path, out: Path, manifest: Manifest) -> None:
    """Hold that the copy lies apart from the release, and that no file of the site is hidden by ours."""
    at = out.parent.resolve() / out.name
    if at == release or at.is_relative_to(release) or release.is_relative_to(at):
        raise OfflineError(f"离线版不能放在站点的文件夹里面，也不能放在它外面一层：{out}")
    for name in (README, CODES):
        if name in manifest.files:
            raise OfflineError(f"站点里已经有 {name}，和离线版自己的文件重名；请把站点里的改个名字")


def _fill(release: Path, new: Path, manifest: Manifest, crew: Crew) -> int:
    copy = Copy(frozenset(manifest.files), (manifest.url, manifest.code_base), manifest.today)
    paths = sorted(manifest.files)
    batches = [paths[at : at + _BATCH] for at in range(0, len(paths), _BATCH)]
    given = (release, new, copy, manifest)
    sizes = [len(batch) for batch in batches]
    count = sum(
        done
        for _, done in crew.do(_copy, batches, _start, given, title="做离线版", sizes=sizes, alone_up_to=_ALONE_UP_TO)
    )
    create(f"{new}/{CODES}", copy.codes(), new)
    create(f"{new}/{README}", _readme(manifest), new)
    return count + 2


def _readme(manifest: Manifest) -> bytes:
    """For whoever finds the stick; with the mark and line ends that the usual editor of Windows wants."""
    lines = (
        f"{_MARK}：{manifest.url}",
        f"内容截至 {manifest.today}，以网站上公布的为准。",
        "双击这个文件夹里的 index.html，用浏览器打开。",
        "整个文件夹可以拷到 U 盘上；里面的文件不要单独拿出来。",
        "页面里的二维码是网上的地址，扫码看到的是网站，不是这个文件夹。",
    )
    return "\ufeff".encode() + "".join(f"{line}\r\n" for line in lines).encode()


_here = threading.local()
"""What a worker works from: set once, when it starts."""


def _start(*given: Any) -> None:  # noqa: ANN401 - release, new folder, facts of the copy, manifest
    _here.given = given


def _copy(paths: Sequence[str]) -> int:
    """Copy these files; says how many. Raises `OfflineError` on one that is not what the manifest says."""
    release, new, copy, manifest = _here.given
    for path in paths:
        try:
            data = (release / path).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            data = None
        if data is None or Entry.of(data) != manifest.files[path]:
            raise OfflineError(f"站点里的 {path} 和 {NAME} 对不上，生成以后被改动过；请重新生成")
        create(f"{new}/{path}", copy.page(path, data) if path.endswith(".html") else data, new)
    return len(paths)
