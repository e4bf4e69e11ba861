"""The words of the variable-data kit: its table, row by row, and the sheet that explains it to the shop."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil

from liaison.model.site import Site
from liaison.plan.kinds import Subject

from .sheets import Column
from .subjects import Copy
from .symbols import LEAST_MODULE, QUIET

COLUMNS = (
    Column("编号", 11, "center"),
    Column("编号（分组显示）", 12, "center"),
    Column("类别", 9, "center"),
    Column("名称", 28, wraps=True),
    Column("地区", 24, wraps=True),
    Column("地址", 34, wraps=True),
    Column("接待日", 40, wraps=True),
    Column("电话", 16, "center", wraps=True),
    Column("所在站", 22, wraps=True),
    Column("单位职务", 28, wraps=True),
    Column("任职", 32, wraps=True),
    Column("网址", 40),
    Column("二维码文件（SVG）", 20),
    Column("二维码文件（PDF）", 20),
    Column("核验日期", 16, "center"),
)


def row(key: str, subject: Subject, item: Copy, files: Mapping[str, str]) -> tuple[str, ...]:
    """What a record's thing may say, in the order of `COLUMNS`; what a station has not stays empty."""
    return (
        *(key, item["code"], "联络站" if subject == "station" else "代表", item["name"], item["place"]),
        *(item["address"], "；".join(_rule(one) for one in item["rules"]), _phone(item["phone"])),
        *(item.get("station", ""), item.get("employer", ""), "、".join(item.get("mandates", ()))),
        *(item["url"], files["svg"], files["pdf"], item["verified"]),
    )


def _rule(one: Copy) -> str:
    """「每月第一个周五 上午9:00—11:00（节假日顺延，线下）」"""
    more = "，".join(filter(None, (one["holiday"], one["mode"], one["station"], one["guests"])))
    return f"{one['when']}（{more}）" if more else str(one["when"])


def _phone(found: Copy | None) -> str:
    if found is None:
        return ""
    number = str(found["number"])
    return number if found["whose"] == "站" else f"{number}（{found['whose']}）"


def readme(site: Site, day: str, records: int, modules: int, width: float, *, is_proof: bool) -> str:
    """What the shop has to know; `modules` a side has the largest symbol, `width` millimetres wide as it is drawn."""
    least = ceil(modules * LEAST_MODULE)
    proof = "【样张】只供试排，不得印刷、不得张贴；文件名都带“样张”。正式文件另给。\n\n" if is_proof else ""
    mark = "-样张" if is_proof else ""
    return f"""{site.name}　可变数据印刷包　{day}

{proof}一、有什么
　　数据{mark}.xlsx　一行一个联络站或一位代表，共 {records} 行，第一行是列名，供合并打印用。
　　qr/编号{mark}.pdf　二维码，矢量，单色黑（K100），一条路径，已带白边。排版请用这个。
　　qr/编号{mark}.svg　同一个二维码。SVG 只有 RGB 颜色，用它排版要把黑色改成 K100。
　　“二维码文件”两列写的是与本文件同一个文件夹下的位置。

二、怎么排
　　1. 二维码原样放大缩小，宽高同比；不旋转成斜的，不拉伸，不改颜色，不反白，不加底纹、渐变、圆角和图标。
　　2. 图形本身宽 {width:g} 毫米（不算白边）。印出来不能窄于 {least} 毫米（每格不小于 {LEAST_MODULE:g} 毫米）；
　　　 要从几米外扫，就印成几米的十分之一宽，如 1 米外扫，宽 100 毫米。
　　3. 四周白边各留 {QUIET} 格（文件里已有），白边里不放文字、线条和图案，裁切时不能裁掉。
　　4. 二维码只用黑版 K100，不用四色黑；底色用白。颜色管理、陷印不要改动它。
　　5. 覆哑膜，不覆亮膜：亮膜反光，不好扫。
　　6. 编号旁边印“编号（分组显示）”一列，不扫码的人可以输入。

三、印前
　　1. 二维码和名称按编号对应，排好后每一页都要扫：打开的网址应与“网址”一列完全相同。
　　2. 网址都以 {site.code_base} 开头，不要换成别的网址，不要用别的软件重新生成二维码。
　　3. 送签样，签字后再批量印刷。

四、资料
　　数据里有姓名、电话等，只用于本次印刷，印完删除，不得转给他人。
"""
