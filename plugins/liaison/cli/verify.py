"""`liaison verify`: whether a folder or a host holds the release, and the live site a page for every printed code."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import click

from liaison.cli.choice import choice_options, chosen
from liaison.cli.options import fail, refuse, site_option, site_root, today_option
from liaison.cli.reading import sound_reading
from liaison.model.register import Register
from liaison.model.site import Site
from liaison.plan.lectures import Lectures
from liaison.plan.pages import land_of
from liaison.plan.prints import Target, key_of, pieces, targets
from liaison.progress import progress_bar
from liaison.publish.livecheck import Report, Seen, look, normalised
from liaison.publish.visit import Route, RouteError, Visitor
from liaison.records.lessons import library


@click.command(short_help="核对网站上的文件和每个编号的页面")
@click.argument("place", metavar="[网址或文件夹]", required=False)
@click.option("--files", "is_files", is_flag=True, help="核对文件：每个文件是不是和清单一样。不写 --codes 时就是这样。")
@click.option("--codes", "is_codes", is_flag=True, help="核对印出去的编号：逐个打开网页，看是不是这个编号的页面。")
@click.option("--sample", type=click.IntRange(0), metavar="个数", help="只抽查这么多个文件；首页等要紧的总是核对。")
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    metavar="清单",
    help="按哪份清单核对：manifest.json，或它所在的文件夹；默认是文件夹自己的，网址则是站点 site 里的。",
)
@choice_options
@click.option(
    "--resolve",
    multiple=True,
    metavar="主机:端口:IP",
    help="连这台主机时改连这个 IP，写法同 curl；域名还没有启用时用，可以写多次。",
)
@click.option(
    "--ca", type=click.Path(path_type=Path), metavar="文件", help="另外信任这个证书文件（PEM），如单位自建的根证书。"
)
@site_option
@today_option
def command(
    *,
    place: str | None,
    is_files: bool,
    is_codes: bool,
    sample: int | None,
    manifest: Path | None,
    kinds: tuple[str, ...],
    areas: tuple[str, ...],
    stations: tuple[str, ...],
    codes: tuple[str, ...],
    resolve: tuple[str, ...],
    ca: Path | None,
    site: str | None,
    today: date | None,
) -> None:
    """核对发布的结果：网站上（或一个文件夹里）的文件是不是和生成时一样，编号的网页打得开、对得上。

    写文件夹时，核对里面的每个文件，多了、少了、改过都说出来。写网址时从网上逐个取来核对，https 和 http 都行。

    加 --codes 是印刷前核对：从网上逐个打开二维码里的地址，看打开的是不是这个编号的页面；网址不写时用 site.yml 的
    short_url（没有就用 url），要是 https。结果记在 posters/verified.json，正式印刷时要用。

    全部正常时退出码是 0，有问题是 1，命令用法不对是 2。
    """
    if not (place or is_codes or is_files):
        fail("要写明核对什么：写上网址或文件夹，核对文件；不写的话，现在能核对的是印出去的编号：--codes")
    is_files = is_files or not is_codes
    if not is_files and (manifest or sample is not None):
        fail("--manifest 和 --sample 是核对文件用的，要加上 --files")
    if not is_codes and (kinds or areas or stations or codes):
        fail("--kind、--area、--station 和 --code 是核对编号用的，要加上 --codes")
    try:
        route = Route.of(resolve, ca)
    except RouteError as error:
        fail(str(error))
    if place and "://" not in place and not is_codes:
        _verify_folder(Path(place), manifest, is_whole=sample is None)
    given = _base(place) if place and is_codes else None  # before anything long is begun
    is_good = not is_files or _verify_files(place, manifest, sample, route, site)
    if is_codes:
        is_good &= _verify_codes(given, (kinds, areas, stations, codes), route, site_root(site), today)
    raise click.exceptions.Exit(0 if is_good else 1)


def _verify_folder(folder: Path, manifest: Path | None, *, is_whole: bool) -> NoReturn:
    from liaison.cli.verify_files import read_manifest, verify_folder

    if not is_whole:
        fail("--sample 只用于网址；文件夹总是全部核对")
    if not folder.is_dir():
        fail(f"没有这个文件夹：{folder}；要核对网站，网址以 https:// 或 http:// 开头")
    raise click.exceptions.Exit(0 if verify_folder(folder, read_manifest(manifest or folder)) else 1)


def _verify_files(place: str | None, file: Path | None, count: int | None, route: Route, site: str | None) -> bool:
    """Whether the host has the release that was built here, or the one of a manifest."""
    from liaison.cli.places import remember
    from liaison.cli.verify_files import base_of_files, read_manifest, verify_online

    given = base_of_files(place) if place else ""
    root = site_root(site) if file is None else None
    manifest = read_manifest(file or site_root(site) / "site")
    own = base_of_files(manifest.url)
    is_good = verify_online(given or own, manifest, count, route)
    if is_good and root and given in {"", own}:
        remember(root, manifest)
        click.echo("已记下网站上是这一版，下一次审批同它比较")
    return is_good


def _verify_codes(
    given: str | None, choosing: tuple[tuple[str, ...], ...], route: Route, root: Path, today: date | None
) -> bool:
    """Whether every code has its page; what was found is kept for the press."""
    reading = sound_reading(root, today)
    register, lectures = reading.register, Lectures(library(reading.curriculum))
    base = given or _base(register.site.code_base, "site.yml 里的网址")
    kinds, areas, stations, codes = choosing
    choice = chosen(register, kinds, areas, stations, codes)
    wanted = targets(pieces(register, land_of(register), lectures, choice), register, lectures)
    if not wanted:
        refuse("没有要核对的编号：只印开放的站、在任的代表和已发布的课")
    if base != normalised(register.site.code_base):
        click.echo(f"注意：二维码里印的是 {register.site.code_base}，不是 {base}，正式印刷不认这次的结果", err=True)
    visitor = Visitor(route, _bases(base, register.site))
    seen: list[Seen] = []
    try:
        _look(base, wanted, visitor, Names(register, lectures), seen)
    finally:  # what was found before an interruption is kept too
        if seen:
            Report.read(root).plus(base, seen, route.words).write(root)
    _tell(wanted, seen)
    return len(seen) == len(wanted) and all(one.is_good for one in seen)


def _base(url: str, what: str = "网址") -> str:
    """The address as a base of codes. Ends with wrong usage where it cannot be one."""
    try:
        parts = urlsplit(url)
        is_whole = parts.hostname and parts.port != 0
    except ValueError:
        fail(f"{what}写错了：{url}")
    if parts.scheme != "https":
        fail(f"{what}要以 https:// 开头，别的不核对：{url}")
    if not is_whole or parts.username is not None or parts.query or parts.fragment:
        fail(f"{what}要写成 https://db.example.gov.cn/ 这样，不带用户名、? 和 #：{url}")
    return normalised(url)


def _bases(base: str, site: Site) -> list[str]:
    """All addresses whose hosts a redirect may lead to."""
    return [base, site.url, site.code_base]


class Names:
    """What codes and lessons are called; may be asked by several threads."""

    def __init__(self, register: Register, lectures: Lectures) -> None:
        self._register = register
        self._lessons = {key_of(one): one.lesson.title for one in lectures.shown}
        self._lock = threading.Lock()

    def __call__(self, key: str) -> str:
        """The name, empty where nothing is called so."""
        with self._lock:  # the register reads files when it is asked
            if key in self._register.stations:
                return self._register.stations[key].label
            if key in self._register.deputies:
                return self._register.deputies[key].name
        return self._lessons.get(key, "")


def _look(base: str, wanted: Sequence[Target], visitor: Visitor, names: Names, seen: list[Seen]) -> None:
    """Look at each page, and note what was found."""
    with progress_bar("核对编号", len(wanted)) as step:
        for one in look(base, wanted, visitor, datetime.now(UTC), names):
            seen.append(one)
            step(1)


def _tell(wanted: Sequence[Target], seen: Sequence[Seen]) -> None:
    named = {target.key: target.name for target in wanted}
    bad = [one for one in seen if not one.is_good]
    for one in bad:
        click.echo(f"✗ {one.key} {named[one.key]}：{one.reason}")
    click.echo(f"核对了 {len(seen)} 个编号：{len(seen) - len(bad)} 个正常，{len(bad)} 个有问题")
    if left := len(wanted) - len(seen):
        click.echo(f"一连多个页面都连不上，没有核对下去；还有 {left} 个编号没有核对")
