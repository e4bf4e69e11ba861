"""`liaison build`: a release of the site, checked and listed, ready to be signed off and published."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from liaison.cli.options import refuse, site_option, site_root, tell_problems, today_option


@click.command(short_help="生成待发布的站点：全部检查、逐个扫码、列出清单")
@site_option
@click.option("--out", type=click.Path(path_type=Path), help="放到哪个文件夹；默认是站点的 site。")
@click.option("--previous", metavar="文件夹、zip 或网址", help="已经发布的那一版：编号一个也不能少，并说明改了什么。")
@click.option(
    "--offline", is_flag=True, help="另做一份离线版，放在旁边的 …-offline，拷到 U 盘上双击 index.html 就能看。"
)
@today_option
def command(*, site: str | None, out: Path | None, previous: str | None, offline: bool, today: date | None) -> None:
    """生成待发布的站点：先检查全部记录，在旁边生成，每个二维码都扫一遍，列出每个文件的校验值，最后一步放到位。

    有任何问题时什么也不改，原来那一版还在。

    做好时退出码是 0，有错误是 1，命令用法不对是 2。
    """
    from liaison import shelf
    from liaison.build.host import HostError
    from liaison.build.release import Order, ReleaseError, release
    from liaison.cli.reading import usual_crew
    from liaison.problems import ProblemsError
    from liaison.publish.manifest import Difference
    from liaison.publish.offline import OfflineError, offline_copy
    from liaison.publish.previous import PreviousError, previous_manifest
    from liaison.publish.swap import SwapError
    from liaison.records.today import today_for

    root = site_root(site)
    target = (out or root / "site").absolute()
    start = time.monotonic()
    try:
        before = previous_manifest(previous) if previous else None
        order = Order(out=target, today=lambda facts: today_for(facts, today), previous=before)
        made = release(root, order, usual_crew(), shelf.open_for(root), steps())
        if offline:
            click.echo(f"离线版：{offline_copy(target, target.with_name(f'{target.name}-offline'))} 个文件")
    except ProblemsError as error:
        tell_problems(error.problems)
        refuse(f"记录里有 {len(error.problems)} 个错误，没有生成；原来那一版没有动")
    except (HostError, ReleaseError, PreviousError, SwapError) as error:
        refuse(f"{error}\n没有生成；原来那一版没有动")
    except OfflineError as error:
        refuse(f"站点已经生成，离线版没有做成：{error}")
    manifest = made.manifest
    size = sum(entry.size for entry in manifest.files.values())
    notices = len(made.reading.problems)
    took = time.monotonic() - start
    click.echo(f"生成了 {len(manifest.files)} 个文件，{size / 1_000_000:,.1f} MB，用时 {took:.0f} 秒；放在 {target}")
    click.echo(
        f"二维码 {made.codes} 个全部扫过；记录里有 {notices} 条提示" + ("，运行 liaison check 查看" if notices else "")
    )
    click.echo(f"日期 {manifest.today}，版本 {manifest.commit[:12] or '（不在 Git 里）'}，校验值 {manifest.tree[:16]}")
    if before is not None:
        differing = Difference.between(before, manifest)
        click.echo(
            f"和已发布的相比：新增 {len(differing.added)} 个文件，改动 {len(differing.changed)} 个，"
            f"删去 {len(differing.removed)} 个；编号一个没有少"
        )


def steps() -> Callable[[str], None]:
    """Says each step as it begins."""
    return lambda step: click.echo(f"· {step}", err=True)
