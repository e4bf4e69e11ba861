"""The part of `liaison verify` that compares files, in a folder or on a host, with the manifest of a release."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from liaison.cli.options import fail, refuse
from liaison.cli.reading import usual_crew
from liaison.progress import progress_bar
from liaison.publish.audit import Amiss, audit_folder, sample
from liaison.publish.audit_online import audit_online
from liaison.publish.manifest import NAME, Manifest, ManifestError

if TYPE_CHECKING:
    from liaison.publish.visit import Route

_NAMED = 20
"""Files that are named one by one."""


def read_manifest(file: Path) -> Manifest:
    """The manifest in a file or the folder of a release. Ends where there is none that is whole."""
    named = file / NAME if file.is_dir() else file
    try:
        return Manifest.read(file)
    except ManifestError as error:
        refuse(f"{named}：{error}")
    except FileNotFoundError:
        refuse(f"没有清单 {named}：先用 liaison build 生成站点，或者用 --manifest 写明清单在哪里")
    except OSError as error:
        refuse(f"清单读不了：{named}，{error.strerror or error}")


def verify_folder(folder: Path, manifest: Manifest) -> bool:
    """Whether a folder holds exactly the release; what is wrong is said."""
    amiss = audit_folder(folder, manifest, crew=usual_crew())
    tell(amiss)
    if amiss:
        click.echo("这个文件夹和清单不一致：不要发布。站点要重新生成（liaison build），上传的要重新上传上面这些文件")
    click.echo(_sum(manifest, len(manifest.files), len(amiss)))
    return not amiss


def base_of_files(url: str) -> str:
    """The address below which files are fetched. Ends with wrong usage where it cannot be one."""
    try:
        parts = urlsplit(url)
        is_whole = parts.hostname and parts.port != 0
    except ValueError:
        fail(f"网址写错了：{url}")
    if parts.scheme not in {"http", "https"}:
        fail(f"网址要以 https:// 或 http:// 开头；要核对文件夹，请看它在不在：{url}")
    if not is_whole or parts.username is not None or parts.query or parts.fragment:
        fail(f"网址要写成 https://www.example.gov.cn/zt/ 这样，不带用户名、? 和 #：{url}")
    return url if url.endswith("/") else f"{url}/"


def verify_online(base: str, manifest: Manifest, count: int | None, route: Route) -> bool:
    """Whether the host serves the release, all of it or a sample of so many files; what is wrong is said."""
    paths = None if count is None else sample(manifest, count)
    found = audit_online(base, manifest, paths, route=route, progress=progress_bar)
    tell(found.amiss)
    if found.left:
        click.echo(f"一连多个文件都取不到，没有核对下去；还有 {found.left} 个文件没有核对")
    if found.amiss:
        click.echo(
            "请重新上传上面这些文件；网站有缓存或者 CDN 的，先刷新缓存。再核对一次："
            f"liaison verify {base}；还不行，用上一次的上传包退回"
        )
    if found.nowhere:
        click.echo(
            f"✗ {found.nowhere.path}：{found.nowhere.words}\n"
            "请网站管理员改服务器的设置：找不到网页时回答 404，并显示本站的 404.html"
        )
    if count is not None:
        click.echo(f"这次是抽查：{found.looked} 个文件，清单里共 {len(manifest.files) + 1} 个")
    click.echo(_sum(manifest, found.looked, len(found.amiss) + (found.nowhere is not None)))
    return found.is_good


def tell(amiss: Sequence[Amiss]) -> None:
    """Name what is wrong, up to a number."""
    for one in amiss[:_NAMED]:
        click.echo(f"✗ {one.path}：{one.words}")
    if len(amiss) > _NAMED:
        click.echo(f"另有 {len(amiss) - _NAMED} 处有问题，没有一一列出")


def _sum(manifest: Manifest, looked: int, bad: int) -> str:
    verdict = f"{bad} 处有问题" if bad else "全部和清单一致"
    return f"核对了 {looked} 个文件，{verdict}（站点版本 {manifest.tree[:8]}，{manifest.today:%Y-%m-%d}）"
