"""Whether what should be there is there, under names with capitals too, and what should not be is not."""

from __future__ import annotations

from collections.abc import Iterator

from liaison.plan.urls import opened

from .client import Answer
from .findings import Finding, good, noted
from .subject import WECHAT, Subject
from .table import bad

_OK = 200
_NAMED = 4
"""Paths that are named in one finding."""


def named(paths: list[str]) -> str:
    """Some paths in words."""
    return "、".join(paths[:_NAMED]) + (f" 等 {len(paths)} 个" if len(paths) > _NAMED else "")


def pages(subject: Subject) -> Iterator[Finding]:
    """The pages of codes, and one of each part of the site, are there; names keep their capitals."""
    by_fault: dict[str, list[str]] = {}
    for path in subject.pages:
        if name := _amiss(subject, path):
            by_fault.setdefault(name, []).append(f"/{opened(path)}")
    for name, paths in by_fault.items():
        yield bad(name, named(paths))
    if not by_fault:
        yield good(f"看了 {len(subject.pages)} 个页面，都能打开")
    if subject.codes and not by_fault:
        yield noted(_about_case(subject, opened(subject.codes[0])))


def _amiss(subject: Subject, path: str) -> str:
    """The fault of a page; empty where there is none."""
    address = opened(path)
    answer = subject.get(address)
    if subject.is_there(path, answer):
        return ""
    lower = address.lower()
    if answer.is_moved:
        return "case-redirect" if answer.to == subject.url(lower) != subject.url(address) else "page-missing"
    if lower != address and subject.get(lower).status == _OK and _is_real(subject, subject.get(lower)):
        return "case-lowered"
    return "index-missing" if subject.get(path).status == _OK else "page-missing"


def _is_real(subject: Subject, answer: Answer) -> bool:
    """Whether it is more than what is said where there is nothing."""
    return answer.text != subject.missing.text


def _about_case(subject: Subject, address: str) -> str:
    answer = subject.get(address.lower())
    if answer.status == _OK and _is_real(subject, answer):
        return f"服务器不分大小写：{address.lower()} 也能打开"
    return "服务器分大小写：二维码和网址里的编号都要大写"


def files(subject: Subject) -> Iterator[Finding]:
    """A file of each kind is there."""
    missing = []
    for path in subject.samples:
        answer = subject.part(path)
        if not subject.is_there(path, answer) and not _is_lowered(subject, path) and not path.endswith(".html"):
            missing.append(f"/{path}（{answer.status}）")
    if missing:
        yield bad("file-missing", named(missing))
    elif subject.samples:
        yield good(f"看了 {len(subject.samples)} 种文件，都能打开")


def _is_lowered(subject: Subject, path: str) -> bool:
    return path.lower() != path and subject.part(path.lower()).status == _OK


def manifest(subject: Subject) -> Iterator[Finding]:
    """What is served is what the site's own manifest says."""
    if subject.release is None or not subject.is_live:
        return
    seen = {**subject.live_pages, **subject.live_samples}
    changed = [
        f"/{path}" for path, answer in seen.items()
        if not answer.raw.is_cut and answer.text and not subject.is_as_signed(path, answer.body)
    ]  # fmt: skip
    if changed:
        yield bad("file-changed", named(changed))
    else:
        yield good("看过的文件和清单一致")


def wechat(subject: Subject) -> Iterator[Finding]:
    """The file by which WeChat knows the site is served as it is."""
    wanted = [path for path in subject.files if path.startswith(WECHAT) and path.endswith(".txt")]
    for path in wanted:
        answer = subject.get(path)
        if answer.status != _OK:
            if not _is_lowered(subject, path):
                yield bad("wechat-file", f"{path} 回答 {answer.status}")
        elif not subject.is_as_signed(path, answer.body) or "<" in answer.text:
            yield bad("wechat-file", f"{path} 的内容不对")
        else:
            yield good(f"微信的验证文件 {path} 能打开")
