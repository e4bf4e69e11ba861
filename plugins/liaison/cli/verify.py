"""`liaison verify --codes`: whether the live site has a page for every printed code."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
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


@click.command(short_help="核对网站上有没有每个编号的页面")
@click.argument("url", metavar="[网址]", required=False)
@click.option("--codes", "is_codes", is_flag=True, help="核对印出去的编号：逐个打开网页，看是不是这个编号的页面。")
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
    url: str | None,
    is_codes: bool,
    kinds: tuple[str, ...],
    areas: tuple[str, ...],
    stations: tuple[str, ...],
    codes: tuple[str, ...],
    resolve: tuple[str, ...],
    ca: Path | None,
    site: str | None,
    today: date | None,
) -> None:
    """印刷前核对：从网上逐个打开二维码里的地址，看打开的是不是这个编号的页面。

    网址不写时用 site.yml 的 short_url（没有就用 url）。结果记在 posters/verified.json，正式印刷时要用。

    全部正常时退出码是 0，有问题是 1，命令用法不对是 2。
    """
    if not is_codes:
        fail("要写明核对什么；现在能核对的是印出去的编号：--codes")
    given = _base(url) if url else None
    try:
        route = Route.of(resolve, ca)
    except RouteError as error:
        fail(str(error))
    root = site_root(site)
    reading = sound_reading(root, today)
    register, lectures = reading.register, Lectures(library(reading.curriculum))
    base = given or _base(register.site.code_base, "site.yml 里的网址")
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
    raise click.exceptions.Exit(0 if len(seen) == len(wanted) and all(one.is_good for one in seen) else 1)


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
