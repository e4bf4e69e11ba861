"""Regions: their list, and every reference to it."""

from __future__ import annotations

from collections.abc import Iterator

from liaison.model.regions import LEVEL_BY_DIGITS
from liaison.records.case import Case
from liaison.records.document import Path
from liaison.records.filed import Filed
from liaison.records.files import REGIONS_FILE
from liaison.records.findings import Finding
from liaison.records.text import shown

from .rule import error

_ZONE = "功能区"


def _is_code(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) in LEVEL_BY_DIGITS


@error("region/code-form")
def code_form(case: Case) -> Iterator[Finding]:
    """区划代码是 2、4、6、9 或 12 位数字。"""
    for filed in case.regions:
        code = filed.record.code
        if not _is_code(code):
            message = f"区划代码“{shown(code)}”不是 2、4、6、9 或 12 位数字"
            yield filed.at("code", message=message, hint="省 2 位、市 4 位、县 6 位、乡镇和街道 9 位、村和社区 12 位")


@error("region/duplicate")
def duplicate(case: Case) -> Iterator[Finding]:
    """一个区划代码在 regions.yml 里只写一次。"""
    for filed in case.regions:
        first = case.region.get(filed.record.code)
        if first is not None and first is not filed:
            message = f"区划代码 {shown(filed.record.code)} 前面已经写过（{shown(first.record.name)}）"
            yield filed.at("code", message=message, hint="删去重复的一项，或改成正确的代码")


@error("region/level-disagrees")
def level_disagrees(case: Case) -> Iterator[Finding]:
    """区划的级别要与代码位数一致：2 位省级、4 位市级、6 位县级、9 位乡级、12 位村级；功能区不限。"""
    for filed in case.regions:
        record = filed.record
        expected = LEVEL_BY_DIGITS.get(len(record.code))
        if _is_code(record.code) and record.level not in {expected, _ZONE}:
            message = f"{len(record.code)} 位代码 {record.code} 是{expected}，这里写的是{record.level}"
            yield filed.at("level", message=message, hint=f"改成{expected}，或核对代码；开发区、管理区写{_ZONE}")


@error("region/parent-missing")
def parent_missing(case: Case) -> Iterator[Finding]:
    """功能区要写明 parent（上级区划）。"""
    for filed in case.regions:
        if filed.record.level == _ZONE and filed.record.parent is None and not filed.lacks("parent"):
            message = f"功能区“{shown(filed.record.name)}”没有写 parent（上级）"
            yield filed.at("level", message=message, hint="补上 parent: 后面写管辖它的区划的代码")


@error("region/parent-unknown")
def parent_unknown(case: Case) -> Iterator[Finding]:
    """区划的 parent（上级）必须是 regions.yml 里的另一个区划。"""
    for filed in case.regions:
        parent = filed.record.parent
        if parent is None or (parent != filed.record.code and case.knows_region(parent)):
            continue
        said = "是它自己" if parent == filed.record.code else f"“{shown(parent)}”不在 regions.yml 里"
        yield filed.at("parent", message=f"上级{said}", hint="写上级区划的代码；没有登记的先在 regions.yml 里补上")


@error("region/parent-loop")
def parent_loop(case: Case) -> Iterator[Finding]:
    """区划的 parent（上级）不能绕回自己。"""
    for filed in case.regions:
        record = filed.record
        above = case.tree.get(record.parent) if record.parent not in {None, record.code} else None
        if above is not None and case.tree.lies_in(above.code, record.code):
            message = f"上级 {above.code}（{shown(above.name)}）自己又在 {record.code} 之内"
            yield filed.at("parent", message=message, hint="核对两处的 parent，改正写反的一处")


@error("region/unknown")
def unknown(case: Case) -> Iterator[Finding]:
    """用到的区划都要在 stations/regions.yml 里。"""
    if case.knows_no_regions:
        return
    for filed, path, code in _references(case):
        if not case.knows_region(code):
            message = f"区划“{shown(code)}”不在 {REGIONS_FILE} 里"
            yield filed.at(*path, message=message, hint=_remedy(case, code))


def _references(case: Case) -> Iterator[tuple[Filed[object], Path, str]]:
    """Every region that is referred to outside the list, with its place."""
    for site in case.sites:
        yield site, ("home_region",), site.record.home_region
    for area in case.areas:
        yield area, ("region",), area.record.region
        for number, organ in enumerate(area.record.organs or ()):
            yield area, ("organs", number, "region"), organ.region
    for station in case.stations:
        yield station, ("region",), station.record.region
    for deputy in case.deputies:
        for number, mandate in enumerate(deputy.record.mandates):
            yield deputy, ("mandates", number, "region"), mandate.region


def _remedy(case: Case, code: str) -> str:
    if _is_code(code):
        line = f"- {{code: {code}, name: 名称, level: {LEVEL_BY_DIGITS[len(code)]}}}"
        return f"核对代码；确有这个区划，就在文件里补一行：{line}"
    by_name = next((region.code for region in case.tree if region.name == code), None)
    return f"这里写代码，不写名称：{by_name}" if by_name else "这里写区划代码，如 431382"
