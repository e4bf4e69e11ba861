"""`liaison hide CODE`: a person taken off the site at once, as a small upload that needs no earlier approval."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from liaison.cli.options import fail, refuse, site_option, site_root, tell_problems
from liaison.cli.places import PERMIT, PUBLISHED
from liaison.plan.urls import opened

if TYPE_CHECKING:
    from liaison.build.takedown import Standing, Subject, Takedown
    from liaison.desk.hide import Hiding, Way
    from liaison.publish.archives import Packed
    from liaison.publish.manifest import Manifest
    from liaison.records.read import Reading

_NAMED = 20
_WAYS = {"withheld": "暂不展示", "paused": "暂停执行职务", "consent": "撤回同意"}


@click.command(short_help="马上撤下一位代表的信息")
@click.argument("code", metavar="编号")
@click.option(
    "--as",
    "way",
    type=click.Choice(list(_WAYS)),
    default="withheld",
    help="withheld 暂不展示；paused 暂停执行职务；consent 撤回同意，只去掉照片和本人电话。",
)
@click.option("--reason", default="", metavar="原因", help="记在发布记录里，不上网。")
@click.option("--previous", metavar="文件夹、zip 或网址", help="网站上现在是哪一版；不写时用上次发布时记下的。")
@click.option("--out", type=click.Path(path_type=Path), help="上传包放到哪里；默认是站点的 upload/hide-编号。")
@site_option
def command(
    *,
    code: str,
    way: Literal["withheld", "paused", "consent"],
    reason: str,
    previous: str | None,
    out: Path | None,
    site: str | None,
) -> None:
    """把一位代表的信息从网站上全部撤下：页面、名单、检索、照片、海报。编号和页面还在，只写“暂不展示”和所在的站。

    只做一个小的上传包，只含有变化的文件；别的还没有审批的改动不会一起上网。审批可以后补。

    做好、别处也没有留下姓名时退出码是 0，还有留下的是 1，命令用法不对是 2。
    """
    from liaison.build.host import HostError
    from liaison.build.release import ReleaseError
    from liaison.build.takedown import Standing, reading_of, take_down
    from liaison.cli.build import steps
    from liaison.cli.reading import usual_crew
    from liaison.desk.hide import HideError, hiding
    from liaison.problems import ProblemsError
    from liaison.publish.archives import ArchiveError
    from liaison.publish.swap import SwapError
    from liaison.records.issued import BaseError

    root = site_root(site)
    published = _published(root, previous)
    folder = out or root / "upload" / f"hide-{code}"
    try:
        at = Standing(root, root / "site", usual_crew())
        before = reading_of(at, published)
        hidden = hiding(root, _record(before, code), code, way)
        _write(at, hidden, published, before)
        done = take_down(at, _subject(hidden), published, steps())
        packed = None if done.difference.is_none else _packed(root, done, published, folder)
    except ProblemsError as error:
        tell_problems(error.problems)
        refuse("记录里有错误，没有做成上传包")
    except HideError as error:
        fail(str(error))
    except (HostError, ReleaseError, SwapError, BaseError, ArchiveError) as error:
        refuse(f"{error}\n没有做成上传包")
    if hidden.photo:
        (root / hidden.photo).unlink(missing_ok=True)
    _permit(root, hidden, done, reason)
    _tell(hidden, done, packed, folder)
    if done.left:
        _tell_left(root, hidden, done, published)
    raise click.exceptions.Exit(1 if done.left or done.photos else 0)


def _published(root: Path, spec: str | None) -> Manifest:
    """The manifest of what is online. Ends where it is not known."""
    from liaison.publish.previous import PreviousError, previous_manifest

    noted = root / PUBLISHED
    try:
        if spec:
            return previous_manifest(spec)
        if noted.is_file():
            return previous_manifest(str(noted))
        found = previous_manifest(str(root / "site"))
    except PreviousError as error:
        fail(f"{error}\n不知道网站上现在是哪一版；用 --previous 写明（网址、上传包或文件夹）")
    click.echo("没有发布记录，把 site 里的这一版当作网站上的", err=True)
    return found


def _record(reading: Reading, code: str) -> str:
    """The file of the deputy with this code. Ends with wrong usage where there is none."""
    index = reading.source.index
    if station := index.file("station", code):
        fail(f"{code} 是联络站；停用联络站把 {station} 里的 status 改成 closed 或 merged，走正常的发布")
    file = index.file("deputy", code)
    if file is None:
        fail(f"没有编号是 {code} 的代表")
    return file


def _write(at: Standing, hidden: Hiding, published: Manifest, before: Reading) -> None:
    """Change the record. Raises `ProblemsError` where that makes something wrong; then nothing is changed."""
    from liaison.build.takedown import reading_of
    from liaison.problems import errors

    if hidden.edits.texts:
        known = set(errors(before.problems))
        hidden.edits.write(lambda: tuple(set(errors(reading_of(at, published).problems)) - known))


def _subject(hidden: Hiding) -> Subject:
    from liaison.build.takedown import Subject
    from liaison.desk.hide import HideError, hiding
    from liaison.model.writings import ways_of_writing

    def change(folder: Path, file: str, code: str, status: str) -> None:
        way: Way = "consent" if not status else "paused" if status == "paused" else "withheld"
        try:
            hiding(folder, file, code, way).edits.write(tuple)
        except HideError as error:
            raise HideError(f"已经发布的那一版里：{error}") from error

    ways = {} if hidden.way == "consent" else {hidden.name: ways_of_writing(hidden.name, hidden.reading)}
    status = "" if hidden.way == "consent" else hidden.way
    return Subject(code=hidden.code, status=status, change=change, sought=ways)


def _packed(root: Path, done: Takedown, published: Manifest, folder: Path) -> Packed:
    """The upload, with a list of addresses whose copies elsewhere have to go. Raises `ArchiveError` and `OSError`."""
    from liaison.publish.archives import pack
    from liaison.publish.tree import put

    site, manifest = done.release.reading.ground.site.record, done.release.manifest
    packed = pack(
        root / "site",
        manifest,
        published,
        folder,
        archiving=site.publish.archive,
        made_on=manifest.made_on,
        site_name=site.name,
        with_full=False,
    )
    lines = [manifest.url + opened(path) for path in (*done.difference.changed, *done.difference.removed)]
    put(folder, "purge.txt", "".join(f"{line}\r\n" for line in lines).encode())
    return packed


def _permit(root: Path, hidden: Hiding, done: Takedown, reason: str) -> None:
    """Note that this release may be published before it is approved."""
    from liaison.publish.tree import put

    held = {"tree": done.release.manifest.tree, "code": hidden.code, "way": hidden.way, "reason": reason}
    put(root, PERMIT, f"{json.dumps(held, ensure_ascii=False)}\n".encode())


def _tell(hidden: Hiding, done: Takedown, packed: Packed | None, folder: Path) -> None:
    differing = done.difference
    click.echo(f"{hidden.code} {hidden.name}：{_WAYS[hidden.way]}；记录 {hidden.file} 已改")
    if packed is None:
        click.echo("网站上的这一版本来就没有这些内容，不用上传")
        return
    click.echo(
        f"和网站上的相比：改动 {len(differing.changed)} 个文件，删去 {len(differing.removed)} 个，"
        f"新增 {len(differing.added)} 个；上传包在 {folder}，照里面的 instructions.txt 上传"
    )
    if not done.is_alone:
        click.echo("注意：这里没有网站上那一版的 Git 记录，别的改动也可能在上传包里，上传前请看文件清单")
    click.echo("直接发布到服务器：liaison publish 目标 --approval-follows；审批单随后补：liaison approval")
    click.echo("上传后还要清掉别处的副本（地址列在 purge.txt）：")
    for line in _elsewhere(differing.changed + differing.removed):
        click.echo(f"  {line}")
    if done.papers:
        click.echo("这些印刷品上有此人，请撤换：")
        for line in _cut(done.papers):
            click.echo(f"  {line}")
    if done.photos:
        click.echo("照片还在这些文件里：", err=True)
        for line in _cut(done.photos):
            click.echo(f"  {line}", err=True)


def _tell_left(root: Path, hidden: Hiding, done: Takedown, published: Manifest) -> None:
    """Pages that still name the person, and where that is written."""
    from liaison.desk.hide import mentions

    click.echo("还有页面写着这个姓名：", err=True)
    for line in _cut(tuple(done.left)):
        click.echo(f"  {published.url}{opened(line)}", err=True)
    click.echo("写在这些地方，请改掉再来一次；是同名的别人，就不用改：", err=True)
    for line in _cut(tuple(mentions(root, hidden))):
        click.echo(f"  {line}", err=True)


def _elsewhere(paths: tuple[str, ...]) -> list[str]:
    """Where copies of pages are kept that are not on the host."""
    feeds = [path for path in paths if path.rpartition("/")[2].startswith(("feed", "rss"))]
    found = [f"内容分发（CDN）和反向代理的缓存：刷新 purge.txt 里的 {len(paths)} 个地址"]
    if feeds:
        found.append(f"订阅源：{'、'.join(feeds)}；订阅软件会留旧条目，通知已知的转载单位")
    found.append("搜索引擎的快照：在百度、必应、360、搜狗的站长平台提交网页更新或删除")
    found.append("微信里转发过的卡片：让人重新打开页面，旧卡片上的标题改不了")
    return found


def _cut(lines: tuple[str, ...]) -> list[str]:
    more = len(lines) - _NAMED
    return [*lines[:_NAMED], f"……另有 {more} 个"] if more > 0 else list(lines)
