"""`liaison redirects`: rules for other hosts, so that printed codes and earlier addresses lead to the site."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liaison.cli.options import fail, refuse, site_option, site_root

if TYPE_CHECKING:
    from liaison.render.redirects import Source

_NOTE = "redirects.txt"
_MARK = "联络站网站的跳转规则"
_KINDS = {
    "nginx": "nginx 的配置",
    "iis": "IIS 的 web.config",
    "apache": "Apache 的配置",
    "pages": "跳转页面：主机上什么都不能设置时，整个文件夹传上去",
}


@click.command(short_help="出短网址和旧网址的跳转规则")
@click.argument("kind", type=click.Choice(list(_KINDS)), metavar="nginx|iis|apache|pages")
@click.option(
    "--from", "former", multiple=True, metavar="旧网址", help="网站以前的网址，也跳到现在的网址；可以写多次。"
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="文件夹",
    help="放到哪个文件夹；默认是站点的 internal/redirects/ 下面，按种类分开。",
)
@site_option
def command(*, kind: str, former: tuple[str, ...], out: Path | None, site: str | None) -> None:
    """出跳转规则，交给管服务器的同志：从二维码里的短网址（site.yml 的 short_url）和以前的网址，跳到现在的网址。

    nginx、iis、apache 是服务器的配置；pages 是一批跳转页面，主机上什么都不能设置时用。路径不变，一律用 302 跳转。

    做好或者不需要跳转时退出码是 0，做不了是 1，命令用法不对是 2。
    """
    from liaison.problems import ProblemsError
    from liaison.publish.replaced import replaced
    from liaison.publish.swap import SwapError
    from liaison.publish.tree import put
    from liaison.records.read import read_site_facts
    from liaison.render.redirects import RedirectError, sources_of

    root = site_root(site)
    try:
        facts = read_site_facts(root)
    except ProblemsError as error:
        refuse(f"site.yml 有错误，运行 liaison check 查看（{len(error.problems)} 处）；什么也没有改")
    try:
        sources = sources_of(facts.url, facts.short_url, former)
    except RedirectError as error:
        fail(str(error))
    if not sources:
        has_none = "没有写 short_url" if facts.short_url is None else "short_url 和 url 是同一个网址"
        click.echo(f"site.yml 里{has_none}，也没有用 --from 写以前的网址：不需要跳转，没有生成文件")
        return
    files = {**_files(kind, root, facts.url, sources), _NOTE: _note(kind, facts.url, sources)}
    target = (out or root / "internal" / "redirects" / kind).absolute()
    if root.resolve().is_relative_to(target.resolve()):
        fail(f"不能放在站点的文件夹外面一层：{target}")
    try:
        with replaced(target, "正在出跳转规则", _NOTE, _MARK) as new:
            for path, data in files.items():
                put(new, path, data)
    except SwapError as error:
        refuse(f"{error}\n什么也没有改")
    for source in sources:
        click.echo(f"{source.host}{source.path} → {source.target}")
    click.echo(f"{_KINDS[kind]}，{len(files)} 个文件，放在 {target}")


def _files(kind: str, root: Path, url: str, sources: Sequence[Source]) -> dict[str, bytes]:
    """Files of this kind, by path."""
    from liaison.render.redirects import apache, iis, nginx, pages

    if kind == "pages":
        return pages.files(url, _printed(root), has_front=not any(source.is_partial for source in sources))
    return {"nginx": nginx.files, "iis": iis.files, "apache": apache.files}[kind](sources)


def _printed(root: Path) -> list[str]:
    """Paths that codes on walls may hold: of every station and deputy that ever was, and of lessons that are shown."""
    from liaison.cli.reading import sound_reading
    from liaison.plan import urls
    from liaison.plan.lectures import Lectures
    from liaison.records.lessons import library

    reading = sound_reading(root, None)
    shown = Lectures(library(reading.curriculum)).shown
    return [
        *map(urls.station, reading.register.stations),
        *map(urls.deputy, reading.register.deputies),
        *(urls.lesson(one.place.series, one.place.number) for one in shown),
    ]


def _note(kind: str, url: str, sources: Sequence[Source]) -> bytes:
    """What lies in the folder, for whoever gets it; with the line ends that the usual editor of Windows wants."""
    lines = [f"{_MARK}：{_KINDS[kind]}", *(f"{one.host}{one.path} → {one.target}" for one in sources)]
    if kind == "pages":
        lines += [
            "把这个文件夹里的全部内容传到上面箭头左边的网址对应的文件夹。",
            "新增编号以后要重新生成、重新上传；小写的编号、? 后面的内容，这个办法管不了。",
            "能设置服务器的，请用服务器的规则。",
        ]
    else:
        lines.append("每个文件开头写了放在哪里、怎么生效。")
    lines.append(f"网址再有变动，改好 site.yml（现在是 {url}）以后重新生成，再换上去。")
    return "\ufeff".encode() + "".join(f"{line}\r\n" for line in lines).encode()
