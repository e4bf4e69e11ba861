"""Who signed a sheet, put on file: `approvals/<sheet>.yml` with the scan beside it, both or neither."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from liaison.desk.new import quoted
from liaison.model.site import Site
from liaison.problems import ProblemsError
from liaison.publish.tree import put
from liaison.records.approvals import (
    FOLDER,
    SCANS,
    Approval,
    Signature,
    approval_for,
    moment,
    order_refusals,
    read_approvals,
)

_GIVEN = re.compile(r"\s*(?P<role>[^=＝]+?)\s*[=＝]\s*(?P<name>.*?)\s+(?P<at>\S+\s+\S+)\s*")
_MOST = 50_000_000
"""Bytes of a scan."""


class SigningError(ValueError):
    """Nothing was put on file; says why and what to do in Chinese."""


def signature(text: str) -> Signature:
    """From 「拟稿=李示例 2026-11-22 09:30」. Raises `SigningError`."""
    parts = _GIVEN.fullmatch(text)
    if not parts or not parts["name"]:
        raise SigningError(f"“{text}”写得不对：写成 拟稿=李示例 2026-11-22 09:30 这样，环节=姓名 日期 时间")
    return signed(parts["role"], parts["name"], " ".join(parts["at"].split()))


def signed(role: str, name: str, at: str) -> Signature:
    """The same from its parts. Raises `SigningError`."""
    if not name.strip() or not name.isprintable():
        raise SigningError(f"{role}：姓名不能空，也不能有看不见的字符")
    try:
        return Signature(role=role, name=name.strip(), at=moment(at))
    except ValueError as error:
        raise SigningError(f"{role}：{error}") from error


def check_signatures(given: Sequence[Signature], roles: Sequence[str], sheet: str) -> None:
    """Every role once, nobody else, in order of time. Raises `SigningError`."""
    names = [one.role for one in given]
    known = "、".join(roles)
    if unknown := [one for one in names if one not in roles]:
        raise SigningError(f"没有“{unknown[0]}”这个环节；site.yml 里的环节是：{known}")
    if twice := next((one for one in names if names.count(one) > 1), None):
        raise SigningError(f"“{twice}”写了两次")
    if missing := [one for one in roles if one not in names]:
        raise SigningError(f"还缺{'、'.join(missing)}的签字：全部签完再登记")
    if wrong := order_refusals(given, roles, sheet):
        raise SigningError(wrong[0])


def put_on_file(root: Path, site: Site, approval: Approval, scan: Path | None) -> Path:
    """Write the record, and the scan beside it; gives the record's file.

    Raises `SigningError`, `ProblemsError` where another record is written wrong, and `OSError`. Nothing is left then.
    """
    check_signatures(approval.signed, site.approval.roles, approval.sheet)
    if (before := approval_for(root, site, approval.tree)) is not None:
        raise SigningError(f"这一版已经登记过签字（审批单 {before.sheet}），不用再登记")
    file = f"{FOLDER}/{approval.sheet}.yml"
    if (root / file).exists():
        raise SigningError(f"审批单 {approval.sheet} 已经登记过，是另一版的；核对审批单右上角的编号")
    copied = f"{FOLDER}/{approval.sheet}{scan_ending(scan)}" if scan is not None else None
    made = [file]
    try:
        if scan is not None and copied is not None and _copy(root, scan, copied):
            made.append(copied)
        put(root, file, as_text(approval, copied).encode())
        read_approvals(root)
    except BaseException as error:
        for path in made:
            (root / path).unlink(missing_ok=True)
        if isinstance(error, ProblemsError):
            raise SigningError(f"写下的记录读不回来：{error}") from error
        raise
    return root / file


def as_text(approval: Approval, scan: str | None) -> str:
    """The record as it is written: keys in one order, a signature on each line, in the order given."""
    lines = [f"tree: {approval.tree}", f"sheet: {approval.sheet}", "signed:"]
    lines += [
        f"  - {{role: {quoted(one.role)}, name: {quoted(one.name)}, at: {one.at:%Y-%m-%d %H:%M}}}"
        for one in approval.signed
    ]
    if approval.version:
        lines.append(f"version: {approval.version}")
    if scan:
        lines.append(f"scan: {scan}")
    if approval.note:
        lines.append(f"note: {quoted(approval.note)}")
    return "\n".join(lines) + "\n"


def scan_ending(scan: Path) -> str:
    """Which ending its content asks for. Raises `SigningError`."""
    try:
        with scan.open("rb") as opened:
            head = opened.read(16)
        size = scan.stat().st_size
    except OSError as error:
        raise SigningError(f"读不了扫描件 {scan}：{error.strerror or error}") from error
    if size > _MOST:
        raise SigningError(f"扫描件有 {size / 1_000_000:.0f} MB，超过 {_MOST // 1_000_000} MB；扫描时分辨率调低一些")
    ending = next((one for one, starts in SCANS.items() if head.startswith(starts)), None)
    if ending is None:
        raise SigningError(f"{scan} 不是 PDF、JPG 或 PNG，扫描时换一种格式")
    return ending


def _copy(root: Path, scan: Path, path: str) -> bool:
    """Lay the scan where it belongs; says whether it was not there. Raises `SigningError` where another one is."""
    if not (root / path).exists():
        put(root, path, scan.read_bytes())
        return True
    if not (root / path).samefile(scan):
        raise SigningError(f"{path} 已经有了，是别的扫描件；核对后移走再登记")
    return False
