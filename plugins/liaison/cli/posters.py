"""`liaison posters`: everything that is printed, for the office or for the press."""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NoReturn

import click

from liaison.build import gates, posters, reprints
from liaison.build import kit as variable_data
from liaison.build.posters import Printed
from liaison.build.pressroom import Made
from liaison.build.run import Order, Run, choose, prepare
from liaison.cli.choice import choice_options, chosen
from liaison.cli.options import fail, refuse, site_option, site_root, tell_problems, today_option
from liaison.cli.reading import sound_reading, usual_crew
from liaison.plan.kinds import KINDS, Kind, too_near
from liaison.plan.prints import Choice, targets
from liaison.problems import ProblemsError
from liaison.publish.ledger import Item
from liaison.publish.livecheck import Report
from liaison.records.commit import made_on
from liaison.render.photos import PhotoError
from liaison.render.print.copies import Wording, reasons
from liaison.render.print.fonts import FontError
from liaison.render.print.press import PressError
from liaison.render.print.profiles import ProfileError
from liaison.render.print.setting import Mode
from liaison.render.print.typesetter import TypesetError

_WRONG = (TypesetError, PressError, FontError, ProfileError, PhotoError)
"""What is wrong with a template, a font, a profile or a photo, in Chinese words."""


@click.command(short_help="制作海报、门牌、胸卡等印刷品（PDF）")
@choice_options
@click.option("--press", "mode", flag_value="press", help="交印厂的文件：CMYK、3毫米出血、裁切线；要先核对过二维码。")
@click.option("--proof", "mode", flag_value="proof", help="样张：版面同印厂文件，印有“样张”，没有裁切线。")
@click.option("--without-deputies", is_flag=True, help="联络站海报和展板不列代表，换届后还能用。")
@click.option("--no-marks", is_flag=True, help="不画裁切线。")
@click.option("--scale", type=click.IntRange(1, 20), default=1, help="易拉宝和展板缩小到几分之一，如 4 是 1:4。")
@click.option("--distance", type=click.FloatRange(min=0.1), metavar="米", help="要从多远扫得到；二维码太小的品种不做。")
@click.option("--changed-since", metavar="版本或清单", help="只做印出来有变化的：Git 版本，或以前的 manifest.json。")
@click.option(
    "--kit", is_flag=True, help="只做可变数据印刷包（二维码图形和数据表），给自己排版的印厂；核对同 --press。"
)
@click.option("--out", type=click.Path(path_type=Path), help="放到哪个文件夹；默认是站点的 posters。")
@click.option("--yes", is_flag=True, help="有代表一年内任期届满也照做，不再问。")
@click.option("--timing", is_flag=True, hidden=True, help="做好后说排版和核对各用了多少秒。")  # for benchmarks
@site_option
@today_option
def command(
    *,
    kinds: tuple[str, ...],
    areas: tuple[str, ...],
    stations: tuple[str, ...],
    codes: tuple[str, ...],
    mode: Mode | None,
    without_deputies: bool,
    no_marks: bool,
    scale: int,
    distance: float | None,
    changed_since: str | None,
    kit: bool,
    out: Path | None,
    yes: bool,
    timing: bool,
    site: str | None,
    today: date | None,
) -> None:
    """制作印刷品：海报、门牌、桌牌、胸卡、易拉宝、展板、编号总表、接待公告、意见卡、普法课海报和讲义。

    不写选项时是办公打印和下载用的 PDF，放在 posters/office；--press 放在 posters/press，--proof 放在 posters/proof。
    旁边有总表 index.xlsx、分发清单、签样单和封面；--kit 放在 posters/kit。
    每个二维码印好后都扫一遍。有任何问题时什么也不改。

    做好时退出码是 0，不能做是 1，命令用法不对是 2。
    """
    root = site_root(site)
    reading = sound_reading(root, today)
    order = Order(
        mode=mode or ("press" if kit else "office"),
        wording=Wording(with_deputies=not without_deputies),
        scale=scale,
        has_marks=not no_marks,
    )
    choice = chosen(reading.register, kinds, areas, stations, codes)
    if kit:
        choice = _kit_choice(choice, given=bool(kinds or changed_since or distance))
    _check_distance(choice, distance)
    run = choose(prepare(root, reading, order), choice)
    why: dict[Item, tuple[str, ...]] = {}
    if changed_since is not None:
        run, why = _changed(run, changed_since)
    if not run.pieces:
        _nothing(changed_since)
    _pass_gates(run, may_end=yes)
    folder = (out or root / "posters") / ("kit" if kit else order.mode)
    if kit:
        _make_kit(run, folder)
        return
    try:
        printed = posters.produce(
            run,
            folder,
            usual_crew(),
            made_on=made_on(root, reading.today),
            whole=() if choice.is_narrow or changed_since else choice.kinds or tuple(KINDS),
            why=why,
        )
    except ProblemsError as error:
        tell_problems(error.problems)
        refuse(f"有 {len(error.problems)} 处印不出来，什么也没有改")
    except _WRONG as error:
        refuse(f"{error}；什么也没有改")
    _tell(printed, folder, why)
    if timing:
        click.echo(f"排版 {printed.typeset:.1f} 秒、核对 {printed.proofed:.1f} 秒（各进程合计）")


def _kit_choice(choice: Choice, *, given: bool) -> Choice:
    """The choice for a kit, which knows no kinds. Ends with wrong usage where options were given that ask for them."""
    if given:
        fail("--kit 是每个站、每位代表一个二维码，不分品种：去掉 --kind、--distance 和 --changed-since")
    return replace(choice, kinds=variable_data.KINDS)


def _make_kit(run: Run, folder: Path) -> None:
    """Ends where a drawing is amiss."""
    try:
        made = variable_data.make(run, folder, usual_crew(), made_on=made_on(run.root, run.reading.today))
    except (variable_data.KitError, *_WRONG) as error:
        refuse(f"{error}；什么也没有改")
    removed = f"，删去 {made.removed} 个过时的文件" if made.removed else ""
    click.echo(f"可变数据 {made.records} 条，二维码 SVG、PDF 各 {made.records} 个，全部核对过{removed}；放在 {folder}")


def _check_distance(choice: Choice, distance: float | None) -> None:
    """Ends where something that is asked for does not scan from so far."""
    if distance is None:
        return
    wanted = [kind for name, kind in KINDS.items() if not choice.kinds or name in choice.kinds]
    near = too_near(wanted, distance)
    for kind in wanted:
        click.echo(f"{'✗' if kind in near else '✓'} {_reach(kind)}", err=kind in near)
    if near:
        refuse(f"有 {len(near)} 种在 {distance:g} 米外扫不到，什么也没有做；用 --kind 选别的品种，或站近一些")


def _reach(kind: Kind) -> str:
    """「station-a4 联络站海报 A4：二维码宽 108 毫米，约 1.1 米内扫得到」"""
    return f"{kind.name} {kind.title}：二维码宽 {kind.symbol:g} 毫米，约 {kind.reach:.1f} 米内扫得到"


def _changed(run: Run, since: str) -> tuple[Run, dict[Item, tuple[str, ...]]]:
    """The run with what is printed differently since then; says why."""
    try:
        before = reprints.printed_before(run, since)
    except reprints.BeforeError as error:
        fail(str(error))
    return reprints.only_changed(run, before)


def _pass_gates(run: Run, *, may_end: bool) -> None:
    """Ends where something stands against printing."""
    site, today, mode = run.register.site, run.reading.today, run.order.mode
    refusals = gates.address_refusals(site, mode)
    if mode == "press":
        refusals += gates.confirmation_refusals(site, today)
        wanted = targets(run.pieces, run.register, run.plan.lectures)
        refusals += gates.live_refusals(site, wanted, Report.read(run.root), datetime.now(UTC))
    if refusals:
        for line in refusals:
            click.echo(f"✗ {line}", err=True)
        refuse("现在不能交印，什么也没有做" if mode == "press" else "现在不能制作，什么也没有做")
    ending = gates.ending_terms(run.register, run.pieces, today, with_deputies=run.order.wording.with_deputies)
    if ending:
        click.echo(f"注意：有 {len(ending)} 位代表一年内任期届满，印出来很快就要换：", err=True)
        for line in gates.shortened(ending):
            click.echo(f"  {line}", err=True)
        if not may_end:
            _ask_on()


def _ask_on() -> None:
    if not sys.stdin.isatty():
        refuse("要照做，加上 --yes；联络站海报可以用 --without-deputies 不列代表。什么也没有做")
    if not click.confirm("照做吗？", default=False, err=True):
        refuse("什么也没有做")


def _nothing(since: str | None) -> NoReturn:
    if since is None:
        refuse("没有要印的：只印开放的站、在任的代表和已发布的课")
    click.echo(f"和 {since} 相比，印出来的内容没有变化，不用重印")
    raise click.exceptions.Exit(0)


_LISTED = 200
"""Reasons told one by one; all of them stand in the index."""


def _reasons(why: dict[Item, tuple[str, ...]]) -> list[str]:
    """「重印 联络站海报 A4 3F7K2MC：电话」「新印 …」"""
    lines = [
        f"重印 {KINDS[name].title} {key}：{reasons(fields)}" if fields else f"新印 {KINDS[name].title} {key}"
        for (name, key), fields in sorted(why.items())
    ]
    more = len(lines) - _LISTED
    return [*lines[:_LISTED], f"……另有 {more} 项，见 index.xlsx"] if more > 0 else lines


def _tell(printed: Printed, folder: Path, why: dict[Item, tuple[str, ...]]) -> None:
    """What was made, a line a kind."""
    by_kind: dict[str, list[Made]] = {}
    for one in printed.made:
        by_kind.setdefault(one.piece.kind.name, []).append(one)
    for kind in KINDS.values():
        found = by_kind.get(kind.name)
        if found:
            click.echo(f"{_reach(kind)}；{len(found)} 个文件，{sum(one.pages for one in found)} 页")
    for line in _reasons(why):
        click.echo(f"  {line}")
    removed = f"，删去 {printed.removed} 个过时的文件" if printed.removed else ""
    click.echo(
        f"共 {len(printed.made)} 个文件、{printed.pages} 页，二维码 {printed.codes} 个全部扫过{removed}；放在 {folder}"
    )
