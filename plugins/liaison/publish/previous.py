"""The manifest of what is published, wherever it can be had: a folder, uploaded archives, or the live site."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from urllib3 import PoolManager, Retry, Timeout, exceptions

from liaison.publish.manifest import NAME, Manifest, ManifestError

_LARGEST = 300_000_000
"""Bytes of a manifest that are read: one of 140,000 files and codes has 50 million."""
_TIMEOUT = Timeout(connect=10, read=30)


class PreviousError(ValueError):
    """What is published cannot be told; says why and what to do in Chinese."""


def previous_manifest(spec: str) -> Manifest:
    """The manifest at an address `http(s)://…`, in the folder of a release or host, in a zip or a folder of zips.

    Raises `PreviousError`.
    """
    try:
        if spec.startswith(("http://", "https://")):
            return Manifest.of(_fetched(spec))
        return _on_disk(Path(spec))
    except ManifestError as error:
        raise PreviousError(f"{spec}：{error}") from error
    except OSError as error:
        raise PreviousError(f"读不了 {spec}：{error.strerror or error}") from error


def _on_disk(at: Path) -> Manifest:
    if at.is_dir():
        for folder in (at, at / "current"):
            if (folder / NAME).is_file():
                return Manifest.read(folder)
        archives = sorted(at.glob("*.zip"))
        if not archives:
            raise PreviousError(f"{at} 里没有 {NAME}，也没有上传包（zip），不是发布过的站点")
        return _of_archives(archives, at)
    if not at.exists():
        raise PreviousError(f"没有这个文件夹或文件：{at}")
    return _of_archives([at], at) if zipfile.is_zipfile(at) else Manifest.read(at)


def _of_archives(archives: list[Path], at: Path) -> Manifest:
    found: dict[str, Manifest] = {}
    for archive in archives:
        data = _from_archive(archive)
        if data is not None:
            manifest = Manifest.of(data)
            found[manifest.tree] = manifest
    if not found:
        raise PreviousError(f"{at} 里没有 {NAME}：上传包要带上最后一卷")
    if len(found) > 1:
        raise PreviousError(f"{at} 里有 {len(found)} 个不同版本的上传包，请写明是哪一个 zip 文件")
    return next(iter(found.values()))


def _from_archive(archive: Path) -> bytes | None:
    try:
        with zipfile.ZipFile(archive) as opened:
            if NAME not in opened.namelist():
                return None
            if opened.getinfo(NAME).file_size > _LARGEST:
                raise PreviousError(f"{archive} 里的 {NAME} 大得不正常")
            return opened.read(NAME)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise PreviousError(f"{archive} 打不开，不是完整的 zip 文件") from error


def _fetched(url: str) -> bytes:
    """The manifest of the live site. Raises `PreviousError`."""
    address = f"{url.rstrip('/')}/{NAME}" if not url.endswith(f"/{NAME}") else url
    pool = PoolManager(timeout=_TIMEOUT, retries=Retry(2, redirect=0, raise_on_redirect=False, status=0))
    try:
        answer = pool.request("GET", address, preload_content=False, redirect=False)
        try:
            if answer.status != 200:  # noqa: PLR2004 - a status of HTTP
                raise PreviousError(f"{address} 打不开（HTTP {answer.status}）；网站还没有发布过时，不要写 --previous")
            data = answer.read(_LARGEST + 1, decode_content=True)
        finally:
            answer.release_conn()
    except exceptions.HTTPError as error:
        raise PreviousError(f"连不上 {address}：{_words(error)}") from error
    if len(data) > _LARGEST:
        raise PreviousError(f"{address} 大得不正常")
    return data


def _words(error: Exception) -> str:
    reason = getattr(error, "reason", None) or error
    if isinstance(reason, exceptions.SSLError):
        return "证书不受信任或已过期"
    if isinstance(reason, exceptions.TimeoutError):
        return "对方没有应答"
    return "网络不通，或域名写错了"
