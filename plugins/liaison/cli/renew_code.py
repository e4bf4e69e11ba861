"""`liaison renew-code FILE`: another code for a record whose code was never published."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from liaison.cli.options import fail, refuse, site_option, site_root
from liaison.desk.renew import renewal


@click.command(short_help="给从未公布的记录换一个编号")
@site_option
@click.argument("file", metavar="记录文件", type=click.Path(path_type=Path))
@click.option("--never-published", is_flag=True, help="确认旧编号从未公布、从未印刷；在脚本里必须写明。")
@click.option("--dry-run", is_flag=True, help="只看会改什么，不写。")
def command(*, site: str | None, file: Path, never_published: bool, dry_run: bool) -> None:
    """给一份记录换编号，并改好别处对它的引用。

    只用于从未公布、从未印刷的编号（例如两人同时建档抽到了同一个号）。印过的编号永远不能换。
    """
    if not file.is_file():
        fail(f"没有这个文件：{file}")
    root = site_root(site or str(file.parent))
    try:
        name = file.resolve().relative_to(root).as_posix()
    except ValueError:
        fail(f"{file} 不在站点 {root} 里")
    plan = renewal(root, name)
    if plan is None:
        fail(f"{name} 不是站或代表的记录，或者没有写编号")
    click.echo(f"{plan.old} → {plan.new}")
    for one in plan.changed:
        click.echo(f"  改 {one.file}:{one.line}:{one.column}")
    for one in plan.left:
        click.echo(f"  不改 {one.file}:{one.line}:{one.column}：仍指另一份编号相同的记录，请核对")
    if dry_run:
        return
    if not never_published:
        if not sys.stdin.isatty():
            fail("旧编号若从未公布、从未印刷，加上 --never-published 再运行")
        if not click.confirm(f"{plan.old} 从未公布、从未印刷？", default=False):
            refuse("没有改动")
    plan.edits.write(tuple)
    click.echo(f"已换成 {plan.new}")
