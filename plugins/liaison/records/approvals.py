"""Who signed a release: `approvals/<date>-<number>.yml`, one file for each sheet that was signed (先审后发).

Read strictly, and only when something is to be signed or published; a build does not look at it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, ConfigDict, Field

from liaison.model.site import Site
from liaison.model.values import Text, wrong
from liaison.problems import ProblemsError, errors

from . import files
from .filed import Filed
from .findings import Finding
from .folder import Folder

FOLDER = "approvals"
SCANS = {".pdf": b"%PDF-", ".jpg": b"\xff\xd8\xff", ".png": b"\x89PNG\r\n\x1a\n"}
"""What a scan may be, by its ending, and what such a file begins with."""

NONE_YET = "没有这一版的审批记录：先运行 liaison approval 出审批单，签完后运行 liaison approval --sign 登记"

_NAME = re.compile(r"(\d{4}-\d{2}-\d{2}-[1-9]\d*)\.yml", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2} ([01]\d|2[0-3]):[0-5]\d", re.ASCII)
_TREE = re.compile(r"[0-9a-f]{64}", re.ASCII)
_CLOSED = ConfigDict(extra="forbid")


def moment(value: object) -> datetime:
    """`YYYY-MM-DD HH:MM` as a time on the clock of the office. Raises `PydanticCustomError`."""
    if isinstance(value, datetime):
        return value
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            return datetime.strptime(value, "%Y-%m-%d %H:%M")  # noqa: DTZ007 - what was written on paper
        except ValueError:
            raise wrong("date/impossible", f"日历上没有 {value[:10]} 这一天", "核对日期后改正") from None
    raise wrong("field/type", "这里要写签字的日期和时间，形式是“年-月-日 时:分”", "写成 2026-11-22 09:30 这样的形式")


def _tree(value: object) -> str:
    if isinstance(value, str) and _TREE.fullmatch(value):
        return value
    raise wrong("field/type", "这里要写版本的校验值，是 64 位小写字母和数字", "照审批单上的校验值写全")


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """Who signed for a role, and when."""

    __pydantic_config__ = _CLOSED

    role: Text
    name: Text
    at: Annotated[datetime, BeforeValidator(moment)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """A signed sheet."""

    __pydantic_config__ = _CLOSED

    tree: Annotated[str, BeforeValidator(_tree)]
    """What was signed: `Manifest.tree`."""
    sheet: Text
    """Number of the sheet."""
    signed: Annotated[tuple[Signature, ...], Field(min_length=1)]
    version: Text | None = None
    """The commit that the release was made from."""
    scan: Text | None = None
    """The signed paper, relative to the site's root."""
    note: Text | None = None


def is_sheet_number(text: str) -> bool:
    """Whether it is spelled like the number of a sheet: `2026-11-22-1`."""
    return _NAME.fullmatch(f"{text}.yml") is not None


def read_approvals(root: Path) -> tuple[Filed[Approval], ...]:
    """Every record below `root`, by number of the sheet. Raises `ProblemsError` where one is written wrong."""
    folder = Folder(root)
    found: list[Filed[Approval]] = []
    for file in _listed(root, folder):
        filed = folder.one(Approval, file)
        if filed is not None:
            folder.findings += _judged(root, filed)
            found.append(filed)
    problems = folder.all_problems()
    if errors(problems):
        raise ProblemsError(problems)
    return tuple(sorted(found, key=lambda one: _order(one.record.sheet)))


def refusals(root: Path, site: Site, tree: str, commit: str = "") -> list[str]:
    """Why a release may not be published yet, and what to do; empty where one record has every role signed.

    Where the site allows it, that may be one for the same `commit` on another day. Raises `ProblemsError`.
    """
    if for_other_day(root, site, tree, commit) is not None:
        return []
    reasons = [_lacks(one, site.approval.roles) for one in _for(root, tree)]
    if not reasons:
        return [NONE_YET]
    return [] if [] in reasons else reasons[-1]


def approval_for(root: Path, site: Site, tree: str) -> Approval | None:
    """The last record that approves a release; None where `refusals` says why not. Raises `ProblemsError`."""
    good = [one for one in _for(root, tree) if not _lacks(one, site.approval.roles)]
    return good[-1] if good else None


def for_other_day(root: Path, site: Site, tree: str, commit: str) -> Approval | None:
    """The record that approves a release only because its source was signed for another day. Raises `ProblemsError`."""
    if not site.approval.new_days or not commit or commit.endswith("+"):
        return None
    signed = [one.record for one in read_approvals(root) if not _lacks(one.record, site.approval.roles)]
    if any(one.tree == tree for one in signed):
        return None
    return next((one for one in reversed(signed) if one.version == commit), None)


def remarks(approval: Approval) -> list[str]:
    """What is allowed, and worth knowing: one person who signed for several roles."""
    by_name: dict[str, list[str]] = {}
    for one in approval.signed:
        by_name.setdefault(one.name, []).append(one.role)
    return [f"{'、'.join(roles)}由同一人（{name}）签字" for name, roles in by_name.items() if len(roles) > 1]


def order_refusals(signed: Sequence[Signature], roles: Sequence[str], sheet: str) -> list[str]:
    """Roles that were signed before an earlier one."""
    at = {one.role: one.at for one in signed}
    there = [role for role in roles if role in at]
    return [
        f"审批单 {sheet}：{later}（{at[later]:%Y-%m-%d %H:%M}）早于{earlier}（{at[earlier]:%Y-%m-%d %H:%M}），"
        "要先审后发；核对签字时间后改正"
        for earlier, later in pairwise(there)
        if at[later] < at[earlier]
    ]


def _for(root: Path, tree: str) -> list[Approval]:
    return [one.record for one in read_approvals(root) if one.record.tree == tree]


def _lacks(approval: Approval, roles: Sequence[str]) -> list[str]:
    signed = {one.role for one in approval.signed}
    found = []
    if missing := [role for role in roles if role not in signed]:
        file = f"{FOLDER}/{approval.sheet}.yml"
        found.append(f"审批单 {approval.sheet} 还没有{'、'.join(missing)}的签字：签完后补到 {file} 的 signed 里")
    return found + order_refusals(approval.signed, roles, approval.sheet)


def _order(sheet: str) -> tuple[str, int]:
    day, _, number = sheet.rpartition("-")
    return day, int(number)


def _listed(root: Path, folder: Folder) -> Iterator[str]:
    """The files that must be records, sorted; what is named wrong or no plain file becomes a finding."""
    if (root / FOLDER).is_symlink():
        folder.findings.append(files.link(FOLDER))
        return
    try:
        entries = sorted(os.scandir(root / FOLDER), key=lambda one: one.name)
    except FileNotFoundError:
        return
    except OSError as error:
        folder.findings.append(files.unreadable(FOLDER, error))
        return
    for entry in entries:
        path = f"{FOLDER}/{entry.name}"
        if not entry.name.endswith((".yml", ".yaml")):
            continue
        if not entry.is_file(follow_symlinks=False):
            folder.findings.append(files.link(path))
        elif not _NAME.fullmatch(entry.name):
            folder.findings.append(misnamed(path))
        else:
            yield path


def _judged(root: Path, filed: Filed[Approval]) -> Iterator[Finding]:
    record = filed.record
    if not filed.lacks("sheet") and filed.file != f"{FOLDER}/{record.sheet}.yml":
        yield other_sheet(filed)
    seen = set[str]()
    for number, one in enumerate(record.signed):
        if one.role in seen and not filed.lacks("signed", number, "role"):
            yield role_twice(filed, number)
        seen.add(one.role)
    if record.scan is not None and not filed.lacks("scan"):
        yield from _scan(root, filed, record.scan)


def _scan(root: Path, filed: Filed[Approval], scan: str) -> Iterator[Finding]:
    name = scan.removeprefix(f"{FOLDER}/")
    at = root / scan
    if scan != f"{FOLDER}/{name}" or "/" in name or not at.is_file() or at.is_symlink():
        yield scan_missing(filed)
        return
    starts = SCANS.get(at.suffix)
    with at.open("rb") as opened:
        if starts is None or not opened.read(16).startswith(starts):
            yield scan_content(filed)


def misnamed(path: str) -> Finding:
    """审批记录的文件名是审批单的编号加 .yml，如 approvals/2026-11-22-1.yml。"""
    hint = "改成审批单右上角的编号，如 2026-11-22-1.yml"
    return Finding(path, (), "文件名不是审批单的编号", hint, rule="approval/file-name")


def other_sheet(filed: Filed[Approval]) -> Finding:
    """审批记录里的编号（sheet）和文件名一致。"""
    own = Path(filed.file).stem
    message, hint = f"编号和文件名不一致：文件名是 {own}", f"核对审批单右上角的编号，把 sheet 改成 {own}，或改文件名"
    return Finding(filed.file, ("sheet",), message, hint, rule="approval/sheet")


def role_twice(filed: Filed[Approval], number: int) -> Finding:
    """审批记录里每个环节只登记一次签字。"""
    role = filed.record.signed[number].role
    path = ("signed", number, "role")
    return Finding(filed.file, path, f"“{role}”登记了两次签字", "只留一次，删去另一次", rule="approval/role-twice")


def scan_missing(filed: Filed[Approval]) -> Finding:
    """审批单的扫描件（scan）放在 approvals/ 里，文件要在。"""
    hint = f"把扫描件放进来，写成 {FOLDER}/{filed.record.sheet}.pdf 这样，或删去 scan 这一行"
    return Finding(filed.file, ("scan",), f"{FOLDER}/ 里没有这个扫描件", hint, rule="approval/scan-missing")


def scan_content(filed: Filed[Approval]) -> Finding:
    """审批单的扫描件是 PDF、JPG 或 PNG，内容和扩展名一致。"""
    hint = "用扫描软件重新存成 PDF 或 JPG；改扩展名不能改变格式"
    return Finding(filed.file, ("scan",), "扫描件的内容和扩展名不一致", hint, rule="approval/scan-content")


RULES = {
    "approval/file-name": misnamed,
    "approval/sheet": other_sheet,
    "approval/role-twice": role_twice,
    "approval/scan-missing": scan_missing,
    "approval/scan-content": scan_content,
}
"""The rules held here, each a function whose docstring is its sentence."""
