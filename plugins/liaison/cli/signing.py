"""`liaison approval --sign` and `--list`: signatures put on file, and shown."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from liaison.build.approval_numbers import earlier_sheets
from liaison.cli.options import fail, refuse, tell_problems
from liaison.desk.signatures import SigningError, check_signatures, put_on_file, scan_ending, signature, signed
from liaison.model.site import Site
from liaison.problems import ProblemsError
from liaison.publish.manifest import Manifest
from liaison.records.approvals import (
    FOLDER,
    Approval,
    Signature,
    approval_for,
    is_sheet_number,
    moment,
    read_approvals,
    remarks,
)
from liaison.records.read import read_site_facts
from liaison.records.report import visible


def register(root: Path, manifest: Manifest, given: Sequence[str], scan: Path | None, sheet: str | None) -> None:
    """Put on file who signed the release that lies in `site/`. Ends where that cannot be."""
    site = read_site_facts(root)
    try:
        if (before := approval_for(root, site, manifest.tree)) is not None:
            refuse(f"这一版已经登记过签字（审批单 {before.sheet}），不用再登记")
        number = _number(root, manifest, sheet)
        if scan is not None:
            scan_ending(scan)
        found = [signature(one) for one in given] or _asked(site, number, manifest)
        check_signatures(found, site.approval.roles, number)
        roles = site.approval.roles
        approval = Approval(
            tree=manifest.tree,
            sheet=number,
            signed=tuple(sorted(found, key=lambda one: roles.index(one.role))),
            version=manifest.commit if manifest.commit and not manifest.commit.endswith("+") else None,
        )
        file = put_on_file(root, site, approval, scan)
    except SigningError as error:
        refuse(f"{error}\n没有登记")
    except ProblemsError as error:
        tell_problems(error.problems)
        refuse(f"审批记录里有 {len(error.problems)} 个错误，改好以后再登记；没有登记")
    click.echo(f"已登记审批单 {number} 的签字（校验值 {manifest.tree[:8]}），记在 {file.relative_to(root)}")
    for line in (*_lines(approval), *remarks(approval)):
        click.echo(f"  {line}")
    click.echo("现在可以发布：liaison publish")


def _number(root: Path, manifest: Manifest, given: str | None) -> str:
    """Of the sheet that was signed. Ends where it is of another release, or unknown."""
    sheets = earlier_sheets(root)
    if given is None:
        own = [one.number for one in sheets if one.tree == manifest.tree]
        if not own:
            refuse(
                "这一版还没有出过审批单：先运行 liaison approval；"
                "审批单是在别的电脑上出的，用 --sheet 写上右上角的编号。没有登记"
            )
        return own[-1]
    if not is_sheet_number(given):
        fail(f"“{given}”不是审批单的编号，写成 2026-11-22-1 这样")
    if any(one.number == given and one.tree != manifest.tree for one in sheets):
        refuse(f"审批单 {given} 签的是另一版，不是 site 里的这一版（校验值 {manifest.tree[:8]}）。没有登记")
    return given


def _asked(site: Site, number: str, manifest: Manifest) -> list[Signature]:
    """From whoever sits at the terminal. Ends where nobody does."""
    if not sys.stdin.isatty():
        refuse("没有写谁签的字：每个环节写一个 --signed，如 --signed “拟稿=李示例 2026-11-22 09:30”。没有登记")
    click.echo(f"审批单 {number}，校验值前8位 {manifest.tree[:8]}：先核对纸上的校验值一样，再照纸上的签字填写")
    return [_asked_for(role) for role in site.approval.roles]


def _asked_for(role: str) -> Signature:
    while True:
        name = click.prompt(f"{role}：姓名", type=str)
        at = click.prompt(f"{role}：签字时间，如 2026-11-22 09:30", type=str)
        try:
            moment(at.strip())
            return signed(role, name, at.strip())
        except ValueError as error:
            click.echo(f"{error}，再填一次", err=True)


def tell_records(root: Path) -> None:
    """Every record on file, the newest last. Ends where one is written wrong."""
    try:
        found = read_approvals(root)
    except ProblemsError as error:
        tell_problems(error.problems)
        refuse(f"审批记录里有 {len(error.problems)} 个错误")
    if not found:
        click.echo(f"还没有审批记录（{FOLDER}/）")
    for filed in found:
        one = filed.record
        click.echo(f"{one.sheet}　校验值 {one.tree[:8]}" + (f"　扫描件 {visible(one.scan)}" if one.scan else ""))
        more = [*remarks(one), *([f"说明：{one.note}"] if one.note else [])]
        for line in (*_lines(one), *more):
            click.echo(f"  {visible(line)}")


def _lines(approval: Approval) -> list[str]:
    return [f"{one.role}　{one.name}　{one.at:%Y-%m-%d %H:%M}" for one in approval.signed]
