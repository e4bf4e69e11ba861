"""Archives that an office uploads by hand: all of a release, and what is new since an earlier one.

Beside them lie a list of what to delete afterwards, check sums, and a sheet that says what to do.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from liaison.model.site import Archiving
from liaison.workers import Crew

from .archive_order import burial, clashes, update_order
from .archive_stock import Stock
from .archive_tombstones import tombstone
from .archive_zip import ArchiveError, Member, parts, write
from .audit import entries
from .manifest import NAME, Difference, Manifest, upload_order
from .swap import SwapError, beside, only_one, recover, swap
from .upload_words import Archive, Upload, sheet

__all__ = ["ArchiveError", "Packed", "pack"]

SUMS, INSTRUCTIONS = "SHA256SUMS.txt", "instructions.txt"
_OURS = re.compile(
    r"site-\d{8}-[0-9a-f]{8}-(full|update)-[0-9a-z-]+\.(zip|txt)|SHA256SUMS\.txt|instructions\.txt|purge\.txt"
)
"""What may lie in a folder that is replaced; `purge.txt` is laid beside the archives by whoever takes a person down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Packed:
    """What lies in the folder of archives; paths are whole."""

    full: tuple[Path, ...]
    """Nothing where only an update was asked for, and can be had."""
    update: tuple[Path, ...]
    """Nothing without an earlier release, or where an update cannot be unpacked over it (`is_clashing`)."""
    deletions: Path | None
    """The list of what to delete after the upload."""
    sums: Path
    instructions: Path
    difference: Difference | None
    """From the earlier release; nothing without one."""
    is_clashing: bool
    """Whether a name changed between file and folder or between capitals and small letters, so that only the full set
    can be used, on an emptied folder."""

    @property
    def removed(self) -> tuple[str, ...]:
        """Paths that are gone since the earlier release."""
        return self.difference.removed if self.difference else ()


def pack(  # noqa: PLR0913 - what a release is, and what is asked of its archives
    release: Path,
    manifest: Manifest,
    previous: Manifest | None,
    out: Path,
    *,
    archiving: Archiving,
    made_on: datetime,
    site_name: str,
    crew: Crew | None = None,
    with_full: bool = True,
) -> Packed:
    """Make the archives of a release, and of what is new since `previous`, in the folder `out`.

    What an earlier call left there is replaced as a whole; whatever fails leaves it as it was. `made_on` is the time
    that all files in the archives bear. Without `with_full` there is an update alone, and only its files are read.
    Raises `ArchiveError`.
    """
    out = Path(os.path.realpath(out))
    try:
        if previous is None and not with_full:
            raise ArchiveError("没有上一版本的清单，出不了增量包；请出全量包")
        if out.is_relative_to(os.path.realpath(release)):
            raise ArchiveError(f"上传包不能放在站点文件夹 {release} 里面，换一个文件夹")
        with only_one(out, "制作上传包"):
            recover(out)
            _check_ours(out)
            stage = beside(out, "new")
            stage.mkdir()
            try:
                work = _Work(release, manifest, previous, stage, archiving, made_on, with_full)
                packed = work.done(site_name, crew or Crew())
                swap(out)
            finally:
                shutil.rmtree(stage, ignore_errors=True)
    except SwapError as error:
        raise ArchiveError(str(error)) from error
    except OSError as error:
        raise ArchiveError(_words(error, out)) from error
    return _moved(packed, out)


@dataclass(frozen=True, slots=True)
class _Work:
    release: Path
    manifest: Manifest
    previous: Manifest | None
    stage: Path
    bounds: Archiving
    made_on: datetime
    with_full: bool

    def done(self, site_name: str, crew: Crew) -> Packed:
        """Everything in the stage. Raises `ArchiveError` and `OSError`."""
        difference = Difference.between(self.previous, self.manifest) if self.previous else None
        for path in (*self.manifest.files, *(difference.removed if difference else ())):
            if not (path.isascii() and path.isprintable()):
                raise ArchiveError(f"文件名里有中文或者特殊字符，有的服务器解压不了：{path!r}；请改用字母、数字和横线")
        with closing(Stock(self.stage)) as stock:
            upload, deletions = self._made(site_name, stock, difference, crew)
            stock.clear()
        return self._described(upload, deletions)

    def _made(
        self, site_name: str, stock: Stock, difference: Difference | None, crew: Crew
    ) -> tuple[Upload, Path | None]:
        """The archives, and the list of what to delete."""
        is_clashing = difference is not None and clashes(difference.removed, self.manifest.files)
        whole = upload_order((*self.manifest.files, NAME)) if self.with_full or is_clashing else []
        gone = burial(difference.removed) if difference and self.bounds.deletions == "tombstones" else []
        news = update_order(difference, gone) if difference and not is_clashing else []
        buried = set(gone)
        stock.fill(self.release, entries(self.manifest, whole or [path for path in news if path not in buried]), crew)
        full = self._archives(stock, whole, f"{stem(self.manifest)}-full")
        update: list[Archive] = []
        deletions = None
        if self.previous and difference and not is_clashing:
            name = f"{stem(self.manifest)}-update-{self.previous.tree[:8]}-{self.manifest.tree[:8]}"
            stock.add({path: tombstone(path) for path in gone})
            update = self._archives(stock, news, name)
            if difference.removed and not gone:
                deletions = self.stage / f"{name}-deletions.txt"
                deletions.write_bytes("".join(f"{path}\r\n" for path in difference.removed).encode("ascii"))
        upload = Upload(
            site_name=site_name,
            release=self.release,
            manifest=self.manifest,
            previous=self.previous,
            difference=difference,
            full=full,
            update=update,
            deletions=deletions.name if deletions else "",
            is_clashing=is_clashing,
        )
        return upload, deletions

    def _archives(self, stock: Stock, order: Sequence[str], name: str) -> list[Archive]:
        """Archives of these files, in this order."""
        lots: list[list[Member]] = list(parts([stock.members[path] for path in order], self.bounds))
        found: list[Archive] = []
        for number, members in enumerate(lots, 1):
            file = self.stage / f"{name}-{number:0{len(str(len(lots)))}}of{len(lots)}.zip"
            sha256 = write(file, members, stock.packed, self.made_on)
            found.append(Archive(file.name, file.stat().st_size, len(members), sha256))
        return found

    def _described(self, upload: Upload, deletions: Path | None) -> Packed:
        """With check sums and the sheet."""
        sums, words = self.stage / SUMS, self.stage / INSTRUCTIONS
        told = {one.name: one.sha256 for one in (*upload.full, *upload.update)}
        if deletions:
            told[deletions.name] = hashlib.sha256(deletions.read_bytes()).hexdigest()
        sums.write_bytes("".join(f"{sha256}  {name}\n" for name, sha256 in told.items()).encode())
        words.write_bytes(b"\xef\xbb\xbf" + sheet(upload).replace("\n", "\r\n").encode())
        return Packed(
            full=tuple(self.stage / one.name for one in upload.full),
            update=tuple(self.stage / one.name for one in upload.update),
            deletions=deletions,
            sums=sums,
            instructions=words,
            difference=upload.difference,
            is_clashing=upload.is_clashing,
        )


def stem(manifest: Manifest) -> str:
    """What the names of the archives of a release begin with."""
    return f"site-{manifest.today:%Y%m%d}-{manifest.tree[:8]}"


def _check_ours(out: Path) -> None:
    """Raises `ArchiveError` where the folder holds what no earlier call left there."""
    if not out.exists():
        return
    if not out.is_dir():
        raise ArchiveError(f"{out} 不是文件夹，上传包要放在一个文件夹里")
    for entry in sorted(out.iterdir()):
        if not _OURS.fullmatch(entry.name) or not entry.is_file() or entry.is_symlink():
            raise ArchiveError(
                f"{out} 里有别的文件：{entry.name}；上传包要单独放一个文件夹，请移走它，或者换一个文件夹"
            )


def _moved(packed: Packed, out: Path) -> Packed:
    return replace(
        packed,
        full=tuple(out / one.name for one in packed.full),
        update=tuple(out / one.name for one in packed.update),
        deletions=out / packed.deletions.name if packed.deletions else None,
        sums=out / packed.sums.name,
        instructions=out / packed.instructions.name,
    )


_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_SHUT = {errno.EROFS, errno.EACCES, errno.EPERM}


def _words(error: OSError, out: Path) -> str:
    if error.errno in _FULL:
        return f"磁盘放不下：上传包没有做成，请腾出空间，或者把上传包放到别的磁盘；{out} 没有改动"
    if error.errno in _SHUT:
        return f"没有权限写 {out}：上传包没有做成，请换一个文件夹，或者请管理员放开权限"
    return f"上传包没有做成：{error.filename or out}，{error.strerror or error}"
