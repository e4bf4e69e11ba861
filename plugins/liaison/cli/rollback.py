"""`liaison rollback`: back to a release that the target keeps."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from liaison.cli import places
from liaison.cli.options import refuse, site_option, site_root

if TYPE_CHECKING:
    from liaison.publish.goals import Target
    from liaison.publish.journal import Line
    from liaison.publish.manifest import Manifest


@click.command(short_help="退回上一次发布的站点")
@click.argument("target", metavar="目标")
@click.option("--to", metavar="版本", help="退到哪一版，见 --list；不写时是现在这一版之前发布的。")
@click.option("--list", "is_list", is_flag=True, help="列出留着的版本，什么也不动。")
@click.option("--reason", metavar="原因", default="", help="为什么退，记入发布日志。")
@click.option("--confirm-codes", is_flag=True, help="确认退回后有些编号会打不开。")
@places.target_options
@site_option
def command(
    *,
    target: str,
    to: str | None,
    is_list: bool,
    reason: str,
    confirm_codes: bool,
    layout: Literal["current", "plain"] | None,
    port: int | None,
    ssh_options: tuple[str, ...],
    url: str | None,
    break_lock: bool,
    site: str | None,
) -> None:
    """退回以前发布的一版。目标的写法同 liaison publish；出上传包发布的，重新上传旧的上传包。

    会重新公开已经撤下的代表时，不退；有编号会打不开时，要加 --confirm-codes。

    退好退出码是 0，不能退是 1，命令用法不对是 2。
    """
    from liaison.publish.publishing import Order
    from liaison.publish.returning import Return, roll_back
    from liaison.records.read import read_site_facts

    root = site_root(site)
    facts = read_site_facts(root)
    if target == "archive" and target not in facts.publish.targets:
        refuse("上传包发布的网站不能从这里退：把以前的完整上传包重新上传，或改好记录，重新生成、审批、上传")
    place = places.target_for(target, facts, layout, port, url, ssh_options)
    if is_list:
        _list(place, root)
        return
    order = Order(
        who=places.who(),
        target=place.label,
        refusals=list,
        previous=lambda: _last(root),
        online=places.online(place.address),
        note=places.noter(root),
    )
    wanted = Return(to=to or "", reason=reason, may_lose_codes=confirm_codes)
    with places.at_place(place, root, may_break=break_lock) as there:
        outcome = roll_back(there, wanted, order, places.teller())
    click.echo(f"{place.label} 退回到 {outcome.name}，原来是 {outcome.before}")
    click.echo("站点的记录没有退：改好以后，重新生成、审批、发布")
    places.remember(root, outcome.manifest)


def _last(root: Path) -> Manifest | None:
    """What was published last from here, for where the target does not know any more."""
    from liaison.publish.previous import PreviousError, previous_manifest

    try:
        return previous_manifest(str(root / places.PUBLISHED))
    except PreviousError:
        return None


def _list(target: Target, root: Path) -> None:
    """The releases that are kept, newest first, the published one marked."""
    with places.at_place(target, root, may_break=False) as place:
        published, kept = place.published(), place.kept()
        known: dict[str, Line] = {line.to: line for line in place.history() if line.files}
    current = published.name if published else ""
    for name in reversed(kept):
        mark = "● " if name == current else "  "
        about = ""
        if line := known.get(name):
            when = datetime.strptime(name[:15], "%Y%m%d-%H%M%S").replace(tzinfo=UTC).astimezone()
            about = f"  {when:%Y-%m-%d %H:%M} 发布，{line.who}，{line.files} 个文件，站点日期 {line.today}"
        click.echo(f"{mark}{name}{about}")
    if not kept:
        click.echo(f"{target.label} 没有留存的版本")
    elif current:
        click.echo("● 是网站现在的版本")
