"""`liaison doctor`: whether the web server is fit for the site, and what its administrator can do about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from liaison.cli.options import fail, refuse, site_option
from liaison.publish.doctor.findings import Finding, Level
from liaison.records.files import find_root
from liaison.records.report import columns, visible

if TYPE_CHECKING:
    from liaison.model.site import Site
    from liaison.publish.doctor.exam import Group
    from liaison.publish.doctor.wire import Reach
    from liaison.publish.manifest import Manifest

_WIDTH = 96
"""Columns of a line."""
_MARKS = {
    Level.ERROR: ("✗", "red"),
    Level.NOTICE: ("!", "yellow"),
    Level.GOOD: ("✓", "green"),
    Level.NOTED: ("·", None),
}


@click.command(short_help="检查网站服务器的设置")
@click.argument("url", metavar="[网址]", required=False)
@site_option
@click.option(
    "--resolve",
    multiple=True,
    metavar="主机:端口:IP",
    help="连这台主机时改连这个 IP，写法同 curl；域名还没有启用时用，可以写多次，同一台主机可以写多个 IP。",
)
@click.option(
    "--ca", type=click.Path(path_type=Path), metavar="文件", help="另外信任这个证书文件（PEM），如单位自建的根证书。"
)
@click.option(
    "--manifest",
    type=click.Path(path_type=Path),
    metavar="文件或文件夹",
    help="网站上没有 manifest.json 时，按这个清单检查。",
)
@click.option("--strict", is_flag=True, help="有提醒也算没有通过。")
def command(
    *, url: str | None, site: str | None, resolve: tuple[str, ...], ca: Path | None, manifest: Path | None, strict: bool
) -> None:
    """检查网站服务器的设置：HTTPS、跳转、404 页、文件类型、压缩、缓存等，逐项列出问题和改法（nginx、IIS）。

    只读取网页，不改动服务器。网址不写时用 site.yml 的 url，并检查 short_url。

    没有错误时退出码是 0，有错误是 1，命令用法不对是 2。
    """
    from liaison.publish.doctor.exam import Order, examine
    from liaison.publish.visit import Route, RouteError, host_of

    root = find_root(Path(site or "."))
    if root is None and (site or not url):
        fail("没有写网址，这里也不是站点：写成 liaison doctor https://db.example.gov.cn/")
    facts = _facts(root) if root else None
    base = _base(url or (facts.url if facts else ""))
    try:
        tls = Route.of((), ca).tls
        reach = _reach(resolve, ca)
    except RouteError as error:
        fail(str(error))
    named = (base, facts.url, facts.code_base) if facts else (base,)
    order = Order(
        base=base,
        now=datetime.now(UTC),
        short=_short(facts, base) if facts and not url else "",
        hosts=frozenset(host_of(urlsplit(one)) for one in named),
        given=_manifest(manifest) if manifest else None,
        own=_own(root) if root else None,
        media_hosts=frozenset(facts.media_hosts) if facts else frozenset(),
    )
    click.echo(f"检查 {base}")
    if reach.words:
        click.echo(f"  连接的方法：{reach.words}")
    found = [one for group in examine(order, reach, tls) for one in _told(group)]
    is_bad = _sum_up(found, strict=strict)
    raise click.exceptions.Exit(1 if is_bad else 0)


def _facts(root: Path) -> Site:
    from liaison.records.read import read_site_facts

    return read_site_facts(root)


def _base(url: str) -> str:
    """The address of a site, with a slash at its end. Ends with wrong usage where it cannot be one."""
    from liaison.publish.visit import host_of, netloc

    try:
        parts = urlsplit(url)
        is_whole = parts.hostname and host_of(parts) and parts.port != 0
        at = netloc(parts) if is_whole else ""
    except ValueError:
        fail(f"网址写错了：{url}")
    if parts.scheme not in {"https", "http"}:
        fail(f"网址要以 https:// 或 http:// 开头：{url}")
    if (
        not is_whole
        or parts.username is not None
        or parts.query
        or parts.fragment
        or any(char.isspace() for char in url)
    ):
        fail(f"网址要写成 https://db.example.gov.cn/ 这样，不带用户名、? 和 #：{url}")
    return f"{parts.scheme}://{at}{parts.path.removesuffix('index.html').rstrip('/')}/"


def _short(facts: Site, base: str) -> str:
    """The address that codes begin with, where it is on another host than the site."""
    from liaison.publish.visit import host_of

    short = _base(facts.code_base)
    return short if host_of(urlsplit(short)) != host_of(urlsplit(base)) else ""


def _reach(entries: tuple[str, ...], ca: Path | None) -> Reach:
    """Addresses that were given; several for one host are all kept. Raises `RouteError`."""
    from liaison.publish.doctor.wire import Reach
    from liaison.publish.visit import Route

    given: dict[tuple[str, int], list[tuple[str, int]]] = {}
    for entry in entries:
        for host, address in Route.of([entry]).resolve.items():
            given.setdefault(host, []).append(address)
    return Reach(given, words=Route.of(entries, ca).words)


def _manifest(at: Path) -> Manifest:
    """A manifest that was named. Ends where it cannot be read."""
    from liaison.publish.manifest import Manifest, ManifestError

    try:
        return Manifest.read(at)
    except ManifestError as error:
        refuse(f"{at}：{error}")
    except OSError as error:
        refuse(f"读不了清单 {at}：{error.strerror or error}")


def _own(root: Path) -> Manifest | None:
    """That of the release that lies on this computer, if there is a whole one."""
    from liaison.publish.manifest import Manifest, ManifestError

    try:
        return Manifest.read(root / "site")
    except (ManifestError, OSError):
        return None


def _told(group: Group) -> Iterable[Finding]:
    """Show a group, and hand its findings on."""
    if group.findings:
        click.echo()
        click.secho(group.title, bold=True)
        for one in group.findings:
            for line in _lines(one):
                click.echo(line)
    return group.findings


def _lines(finding: Finding) -> Iterator[str]:
    """A finding as it is shown: one line where all is well, else what was seen and how it is mended."""
    mark, colour = _MARKS[finding.level]
    level = f"{finding.level.value}  " if finding.is_bad else ""
    head, *more = wrapped(level + visible(finding.text), _WIDTH - 4)
    yield f"  {click.style(mark, fg=colour)} {click.style(head, bold=finding.is_bad)}"
    yield from (f"    {line}" for line in more)
    if finding.seen:
        yield from _field("看到", wrapped(visible(finding.seen), _WIDTH - 12))
    if finding.fault:
        yield from _field("改法", wrapped(finding.fault.remedy, _WIDTH - 12))
        yield from _field("nginx", finding.fault.nginx.splitlines())
        yield from _field("IIS", finding.fault.iis.splitlines())
        yield from _field("编号", [finding.id])


def _field(name: str, lines: list[str]) -> Iterator[str]:
    """Lines behind a name, all beginning in the same column."""
    for number, line in enumerate(lines):
        label = name if not number else ""
        yield f"      {label}{' ' * (6 - columns(label))}{line}"


def wrapped(text: str, width: int) -> list[str]:
    """Lines of at most so many columns; no line begins with a mark that ends a phrase, no word of letters is torn."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and columns(line + piece) > width and piece[0] not in _ENDS:
            lines.append(line.rstrip())
            line = piece.lstrip()
        else:
            line += piece
    return [*lines, line]


_ENDS = "，。；：、）》”！？ "


def _pieces(text: str) -> Iterator[str]:
    """What may not be broken: a wide character, or a run of narrow ones without a blank."""
    piece = ""
    for char in text:
        if char.isascii() and not char.isspace():
            piece += char
            continue
        if piece:
            yield piece
        piece = ""
        yield char
    if piece:
        yield piece


def _sum_up(found: list[Finding], *, strict: bool) -> bool:
    """Say how it went; whether it went badly."""
    count = {level: sum(one.level is level for one in found) for level in Level}
    errors, notices = count[Level.ERROR], count[Level.NOTICE]
    click.echo()
    click.secho(
        f"共 {len(found) - count[Level.NOTED]} 项：{count[Level.GOOD]} 项正常，{errors} 个错误，{notices} 个提醒",
        bold=True,
    )
    if errors:
        click.echo("下面的会影响群众使用或信息安全，先改；改好以后再检查一次：")
        for text in dict.fromkeys(one.text for one in found if one.level is Level.ERROR):
            click.echo(f"  {click.style('✗', fg='red')} {text}")
    elif notices:
        click.echo("没有错误，网站可以用；有 ! 的建议改。")
    else:
        click.echo("服务器的设置符合要求。")
    return bool(errors or (strict and notices))
