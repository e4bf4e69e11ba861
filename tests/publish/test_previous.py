"""What is published is found wherever its manifest is: a folder, archives, the live site."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from liaison.publish.manifest import NAME
from liaison.publish.previous import PreviousError, previous_manifest
from support.releases import release, small_files
from support.server import serving


def zipped(folder: Path, archive: Path, *, without_manifest: bool = False) -> Path:
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not (without_manifest and path.name == NAME):
                packed.write(path, path.relative_to(folder).as_posix())
    return archive


def test_it_is_found_in_folders_and_archives(tmp_path: Path) -> None:
    """A release, the folder of a host, the manifest alone, a zip, and a folder of zips of one release."""
    made = release(tmp_path / "site")
    (tmp_path / "host").mkdir()
    (tmp_path / "host/current").symlink_to(tmp_path / "site")
    uploads = tmp_path / "upload"
    uploads.mkdir()
    zipped(tmp_path / "site", uploads / "full-1of2.zip", without_manifest=True)
    archive = zipped(tmp_path / "site", uploads / "full-2of2.zip")
    zipped(tmp_path / "site", uploads / "update-1of1.zip")
    for place in ("site", "host", f"site/{NAME}", archive.relative_to(tmp_path), "upload"):
        assert previous_manifest(str(tmp_path / place)) == made


def test_it_is_fetched_from_the_live_site(tmp_path: Path) -> None:
    """Below a path too, with and without a slash."""
    made = release(tmp_path)
    with serving({"/zt/jiazhan/": tmp_path}) as host:
        for address in ("/zt/jiazhan/", "/zt/jiazhan", f"/zt/jiazhan/{NAME}"):
            assert previous_manifest(host.origin + address) == made
        with pytest.raises(PreviousError, match="HTTP 404"):
            previous_manifest(f"{host.origin}/elsewhere/")


def test_what_is_none_is_refused(tmp_path: Path) -> None:
    """Nothing there, an empty folder, other files, broken zips, parts without the last, and two releases."""
    release(tmp_path / "site")
    empty, broken, parts, two = (tmp_path / name for name in ("empty", "broken", "parts", "two"))
    for folder in (empty, broken, parts, two):
        folder.mkdir()
    (broken / "a.zip").write_bytes(b"PK\x03\x04 and no more")
    zipped(tmp_path / "site", parts / "full-1of2.zip", without_manifest=True)
    zipped(tmp_path / "site", two / "one.zip")
    release(tmp_path / "other", small_files("二"))
    zipped(tmp_path / "other", two / "other.zip")
    (tmp_path / "text").write_text("text")
    for place, words in (
        (tmp_path / "nowhere", "没有这个文件夹或文件"),
        (empty, "不是发布过的站点"),
        (broken, "不是完整的 zip 文件"),
        (parts, "要带上最后一卷"),
        (two, "2 个不同版本"),
        (tmp_path / "text", "不是站点的清单"),
        ("http://127.0.0.1:9/", "连不上"),
    ):
        with pytest.raises(PreviousError, match=words):
            previous_manifest(str(place))
