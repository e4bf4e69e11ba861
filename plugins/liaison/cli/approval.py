"""`liaison approval`: the sheet that is signed before a release goes online, and the record of who signed."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from liaison.cli.options import fail, refuse, site_option, site_root, tell_problems, today_option
from liaison.cli.places import PUBLISHED

if TYPE_CHECKING:
    from liaison.build.approval import Papers
    from liaison.publish.manifest import Manifest


@click.command(short_help="出信息发布审批单，登记签字")
@click.option("--previous", metavar="文件夹、zip 或网址", help="与已经发布的哪一版比较；不写时用上次发布时记下的。")
@click.option("--first", is_flag=True, help="第一次发布，网站上还没有内容。")
@click.option("--out", type=click.Path(path_type=Path), help="放到哪个文件夹；默认是站点的 internal/approval。")
@click.option("--sign", is_flag=True, help="登记签字：纸上都签完以后，记下谁在什么时候签的。")
@click.option(
    "--signed",
    multiple=True,
    metavar="环节=姓名 日期 时间",
    help="如 “拟稿=李示例 2026-11-22 09:30”，每个环节写一次；不写时逐个问。",
)
@click.option("--scan", type=click.Path(path_type=Path), metavar="文件", help="签好的审批单的扫描件（PDF、JPG、PNG）。")
@click.option("--sheet", metavar="编号", help="审批单右上角的编号；审批单是在别的电脑上出的时候写。")
@click.option("--list", "is_list", is_flag=True, help="列出登记过的审批记录。")
@site_option
@today_option
def command(
    *,
    previous: str | None,
    first: bool,
    out: Path | None,
    sign: bool,
    signed: tuple[str, ...],
    scan: Path | None,
    sheet: str | None,
    is_list: bool,
    site: str | None,
    today: date | None,
) -> None:
    """出信息发布审批单：改了什么、有什么风险、要不要重印，连同预览包，打印一页签字（先审后发）。

    先运行 liaison build。审批单有 PDF 和 Word 两种，内容一样；变动逐项列在 changes.xlsx。
    签完后用 --sign 登记，才能发布。

    做好时退出码是 0，不能做是 1，命令用法不对是 2。
    """
    makes = previous is not None or first or out is not None
    registers = bool(signed) or scan is not None or sheet is not None
    if is_list and (sign or makes or registers):
        fail("--list 只列出审批记录，不和别的选项一起写")
    if sign and makes:
        fail("--sign 是登记签字，不和 --previous、--first、--out 一起写")
    if registers and not sign:
        fail("--signed、--scan、--sheet 要和 --sign 一起写")
    if first and previous is not None:
        fail("--first 和 --previous 只能写一个")
    root = site_root(site)
    if is_list:
        from liaison.cli.signing import tell_records

        tell_records(root)
    elif sign:
        from liaison.cli.signing import register

        register(root, _release(root), signed, scan, sheet)
    else:
        _make(root, today, _Compared(previous, first), out)


class _Compared:
    """What a release is compared with."""

    def __init__(self, previous: str | None, first: bool) -> None:
        self._previous, self._first = previous, first

    def manifest(self, root: Path) -> Manifest | None:
        """Of what is published; None where nothing is. Ends where nobody knows."""
        from liaison.publish.previous import PreviousError, previous_manifest

        if self._first:
            if (root / PUBLISHED).is_file():
                refuse(f"已经发布过（见 {PUBLISHED}），不是第一次：去掉 --first；网站清空重来的，先删去这个文件")
            return None
        spec = self._previous or (str(root / PUBLISHED) if (root / PUBLISHED).is_file() else None)
        if spec is None:
            refuse(
                "不知道网站上现在是哪一版，不能比较。改法：\n"
                "  第一次发布，加上 --first\n"
                "  已经发布过，加上 --previous，写网址、上次的上传包（zip），或者发布过的文件夹"
            )
        try:
            return previous_manifest(spec)
        except PreviousError as error:
            refuse(f"{error}\n什么也没有做")


def _release(root: Path) -> Manifest:
    """Of the release in `site/`. Ends where there is none, or it is damaged."""
    from liaison.publish.manifest import NAME, Manifest, ManifestError

    try:
        return Manifest.read(root / "site")
    except (FileNotFoundError, NotADirectoryError):
        refuse(f"site 里没有生成好的站点（{NAME}）：先运行 liaison build")
    except ManifestError as error:
        refuse(f"site 里的 {error}；重新运行 liaison build")


def _make(root: Path, today: date | None, compared: _Compared, out: Path | None) -> None:
    from liaison.build.approval import ApprovalError, Order, changes_of, produce
    from liaison.cli.reading import sound_reading
    from liaison.problems import ProblemsError
    from liaison.publish.offline import OfflineError
    from liaison.publish.swap import SwapError
    from liaison.records.approvals import approval_for
    from liaison.render.photos import PhotoError
    from liaison.render.print.fonts import FontError
    from liaison.render.print.typesetter import TypesetError

    manifest = _release(root)
    published = compared.manifest(root)
    if published is not None and published.tree == manifest.tree:
        click.echo("与已发布的完全相同，不用审批")
        return
    reading = sound_reading(root, today)
    order = Order(root=root, reading=reading, release=root / "site", manifest=manifest, published=published)
    try:
        before = approval_for(root, reading.register.site, manifest.tree)
        papers = produce(order, changes_of(order), out, lambda step: click.echo(f"· {step}", err=True))
    except ProblemsError as error:
        tell_problems(error.problems)
        refuse(f"审批记录里有 {len(error.problems)} 个错误，改好以后再来")
    except (ApprovalError, TypesetError, FontError, PhotoError, SwapError, OfflineError) as error:
        refuse(f"{error}\n没有出审批单")
    _tell(papers)
    if before is not None:
        click.echo(f"注意：这一版已经有审批记录（{before.sheet}），可以直接发布")


def _tell(papers: Papers) -> None:
    from liaison.build.approval import PDF, WORD
    from liaison.render.approval.form import ANNEX, PREVIEW, opening
    from liaison.render.approval.topics import summary

    form = papers.form
    click.echo(f"信息发布审批单 {papers.number}：{opening(form)}{summary(form.topics)}")
    for one in form.risks:
        click.echo(f"  风险提示：{one.title}")
    click.echo(f"放在 {papers.folder}：")
    click.echo(f"  {PDF}  打印后签字；{WORD} 内容一样，可以改")
    click.echo(f"  {ANNEX}  逐项变动")
    click.echo(f"  {PREVIEW}  预览，{papers.preview} 个文件，解压后双击 index.html")
    click.echo("签完后运行 liaison approval --sign 登记")
