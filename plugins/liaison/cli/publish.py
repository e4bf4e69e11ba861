"""`liaison publish`: an approved release onto its host, or into archives that somebody uploads."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from liaison.cli import places
from liaison.cli.options import fail, refuse, site_option, site_root

if TYPE_CHECKING:
    from liaison.model.site import Site
    from liaison.publish.archives import Packed
    from liaison.publish.goals import Target
    from liaison.publish.journal import Line
    from liaison.publish.manifest import Difference, Manifest
    from liaison.publish.place import Source
    from liaison.publish.publishing import Order, Outcome

ARCHIVE = "archive"
"""The target of those who upload by hand."""


@click.command(short_help="把签发过的站点发布到网站")
@click.argument("target", metavar="目标")
@click.option(
    "--release", type=click.Path(path_type=Path), metavar="文件夹", help="发布哪个文件夹；默认是站点的 site。"
)
@places.target_options
@click.option(
    "--previous",
    metavar="文件夹、zip 或网址",
    help="网站上现在是哪一版：网站上没有清单时写；出上传包时默认是上次记下的。",
)
@click.option("--out", type=click.Path(path_type=Path), metavar="文件夹", help="上传包放在哪里；默认是站点的 upload。")
@click.option("--keep", type=click.IntRange(1), metavar="个数", help="留几个版本，好退回去；默认照 site.yml。")
@click.option("--confirm-removal", is_flag=True, help="确认要删去很多网页。")
@click.option("--approval-follows", is_flag=True, help="先撤下、后补审批：只用于 liaison hide 刚做好的那一版。")
@click.option("--dry-run", is_flag=True, help="只看能不能发布、会改什么，什么也不动。")
@click.option("--history", is_flag=True, help="看这个目标的发布日志，什么也不动。")
@site_option
def command(
    *,
    target: str,
    release: Path | None,
    layout: Literal["current", "plain"] | None,
    port: int | None,
    ssh_options: tuple[str, ...],
    url: str | None,
    break_lock: bool,
    previous: str | None,
    out: Path | None,
    keep: int | None,
    confirm_removal: bool,
    approval_follows: bool,
    dry_run: bool,
    history: bool,
    site: str | None,
) -> None:
    """把签发过的站点发布出去。

    目标写 site.yml 里 publish.targets 的名字、文件夹、user@host:/文件夹（SSH），或 archive（出上传包）。

    先核对每个文件，看审批过没有、编号少没少、网页是不是删得太多；都没有问题才动网站。

    换好以后再核对，不对就自己退回去。中途断了，网站上还是完整的；再运行一次同样的命令就行。

    发布好退出码是 0，不能发布是 1，命令用法不对是 2。
    """
    from liaison.records.read import read_site_facts

    root = site_root(site)
    facts = read_site_facts(root)
    to_archive = target == ARCHIVE and ARCHIVE not in facts.publish.targets
    if history and to_archive:
        places.tell_history(_own_log(root))
        return
    _check_usage(
        to_archive=to_archive, out=out, remote=(layout, port, url, ssh_options or None, break_lock or None, keep)
    )
    place = None if to_archive else places.target_for(target, facts, layout, port, url, ssh_options)
    if history and place:
        with places.at_place(place, root, may_break=False) as there:
            places.tell_history(there.history())
        return
    source = _source(release or root / "site")
    if place and not place.host:
        _check_apart(Path(place.folder), source.folder)
    noted = root / places.PUBLISHED
    if place is None and previous is None and noted.is_file():
        previous = str(noted)
    order = _order(root, facts, source, place.label if place else ARCHIVE, previous, follows=approval_follows)
    order = replace(order, may_remove=confirm_removal, keep=keep or facts.publish.keep)
    if place is None:
        _pack(facts, source, order, out or root / "upload", dry_run=dry_run)
    elif dry_run:
        _try(place, root, source, order)
    else:
        _publish(place, root, source, replace(order, online=places.online(place.address)), break_lock=break_lock)
    if approval_follows:
        click.echo("注意：这一版还没有审批。请尽快补办：liaison approval 出审批单，签完用 liaison approval --sign 登记")


def _check_usage(*, to_archive: bool, out: Path | None, remote: Sequence[object]) -> None:
    if to_archive and any(one is not None for one in remote):
        fail("出上传包时不写 --layout、--port、--ssh-option、--url、--break-lock 和 --keep，它们是直接发布用的")
    if not to_archive and out is not None:
        fail("--out 是上传包放的地方，只和目标 archive 一起写")


def _check_apart(target: Path, release: Path) -> None:
    """A release is not published into itself, nor around itself."""
    there, here = target.resolve(), release.resolve()
    if there.is_relative_to(here) or here.is_relative_to(there):
        fail(f"目标 {target} 和要发布的 {release} 不能是同一个文件夹，也不能一个在另一个里面")


def _own_log(root: Path) -> Sequence[Line]:
    from liaison.publish.journal import read

    return read(root / places.LOG)


def _source(folder: Path) -> Source:
    """The release. Ends where it is none."""
    from liaison.publish.manifest import NAME, Manifest, ManifestError
    from liaison.publish.place import Source

    if not (folder / NAME).is_file():
        refuse(f"{folder} 里没有 {NAME}，不是生成好的站点；先运行 liaison build")
    try:
        return Source(folder, Manifest.read(folder))
    except ManifestError as error:
        refuse(f"{folder}：{error}；请重新运行 liaison build。什么也没有发布")


def _order(root: Path, facts: Site, source: Source, target: str, previous: str | None, *, follows: bool) -> Order:
    from liaison.cli.reading import usual_crew
    from liaison.publish.previous import PreviousError, previous_manifest
    from liaison.publish.publishing import Order

    try:
        before = previous_manifest(previous) if previous else None
    except PreviousError as error:
        refuse(f"{error}；什么也没有发布")
    refusals, approval = _approval(root, facts, source.manifest, follows=follows)
    return Order(
        who=places.who(),
        target=target,
        refusals=refusals,
        approval=approval,
        brake=facts.publish.brake,
        previous=lambda: before,
        note=places.noter(root),
        crew=usual_crew(),
    )


def _approval(root: Path, facts: Site, manifest: Manifest, *, follows: bool) -> tuple[Callable[[], list[str]], str]:
    """What stands against publishing, and what to write into the log."""
    from liaison.records.approvals import FOLDER, approval_for, for_other_day, refusals

    if not follows:
        approval = approval_for(root, facts, manifest.tree)
        other = for_other_day(root, facts, manifest.tree, manifest.commit)
        sheet = f"{FOLDER}/{approval.sheet}.yml" if approval else ""
        if other:
            sheet = f"{FOLDER}/{other.sheet}.yml（只有日期推移）"
        return lambda: refusals(root, facts, manifest.tree, manifest.commit), sheet
    held = _permission(root)
    if held.get("tree") != manifest.tree:
        refuse(
            "--approval-follows 只用于 liaison hide 刚做好的那一版，这一版不是；"
            "照常审批：liaison approval 出审批单，签完用 --sign 登记。什么也没有发布"
        )
    return list, f"后补：{held.get('reason') or '撤下 ' + str(held.get('code', ''))}"


def _permission(root: Path) -> dict[str, object]:
    try:
        held = json.loads((root / places.PERMIT).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _publish(target: Target, root: Path, source: Source, order: Order, *, break_lock: bool) -> None:
    from liaison.publish.publishing import publish

    with places.at_place(target, root, may_break=break_lock, crew=order.crew) as place:
        outcome = publish(place, source, order, places.teller())
    places.remember(root, outcome.manifest)
    if outcome.is_same:
        click.echo(f"{target.label} 上已经是这一版，每个文件都对，什么也没有改")
        return
    _tell(target, outcome)


def _tell(target: Target, outcome: Outcome) -> None:
    click.echo(f"已发布到 {target.label}：{outcome.name}，{_words(outcome.difference)}")
    if outcome.pruned:
        click.echo(f"清理了 {outcome.pruned} 个更早的版本")
    if outcome.before:
        click.echo(f"原来是 {outcome.before}；要退回去：liaison rollback {target.label}")
    if not target.address:
        click.echo("没有写网址（--url），还没有从网上看过；请运行 liaison verify 加网址核对")


def _words(difference: Difference) -> str:
    added, changed, removed = len(difference.added), len(difference.changed), len(difference.removed)
    return f"新增 {added} 个文件，改动 {changed} 个，删去 {removed} 个"


def _try(target: Target, root: Path, source: Source, order: Order) -> None:
    """Everything that is looked at before a publication, and nothing else."""
    from liaison.publish.publishing import check, compare, published

    with places.at_place(target, root, may_break=False) as place:
        check(source, order)
        before = published(place, order)
        difference = compare(before.manifest if before else None, source, order)
    was = f"和 {target.label} 上的 {before.name or '现有网站'} 相比" if before else f"{target.label} 上还没有发布过"
    click.echo(f"可以发布。{was}：{_words(difference)}。这次只是看看，什么也没有改")


def _pack(facts: Site, source: Source, order: Order, out: Path, *, dry_run: bool) -> None:
    """Archives to be uploaded by hand."""
    from liaison.publish.archives import ArchiveError, pack
    from liaison.publish.place import PublishError
    from liaison.publish.publishing import check, compare, line_of

    try:
        check(source, order)
        difference = compare(None, source, order)
    except PublishError as error:
        places.stop(error)
    before = order.previous()
    if before is None:
        click.echo("注意：没有写 --previous，只出完整的上传包，也没法核对编号少没少；网站上有旧版时请写明", err=True)
    if dry_run:
        click.echo(f"可以出上传包：{_words(difference)}。这次只是看看，什么也没有做")
        return
    manifest, bounds = source.manifest, facts.publish.archive
    try:
        packed = pack(
            source.folder,
            manifest,
            before,
            out,
            archiving=bounds,
            made_on=manifest.made_on,
            site_name=facts.name,
            crew=order.crew,
        )
    except ArchiveError as error:
        refuse(f"{error}\n没有做成上传包")
    order.note(replace(line_of(order, manifest, difference), outcome="packed"))
    click.echo(f"上传包在 {out}：完整的 {len(packed.full)} 个{_more(packed)}")
    click.echo(f"照 {packed.instructions} 上传；传完运行 liaison verify 加网址核对")


def _more(packed: Packed) -> str:
    """What there is besides the full set."""
    update = f"，只含变动的 {len(packed.update)} 个" if packed.update else ""
    return f"{update}，传完要删去 {len(packed.removed)} 个文件" if packed.deletions else update
