"""What the sign-off sheet and the cover of a run say, as plain data for their templates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from liaison.render import words

from .packing import Load
from .setting import BLEED, Mode, Setting

MODES: dict[Mode, str] = {
    "office": "办公打印和下载",
    "press": "交印厂（四色，有出血）",
    "proof": "样张（版面同交印文件，只供签样，不得张贴）",
}


def signoff(setting: Setting, by_kind: Sequence[Load]) -> dict[str, Any]:
    """The form that is signed before a run is printed."""
    return {
        "facts": _facts(setting),
        "kinds": [
            {
                "title": load.kind.title,
                "size": load.files[0].size,
                "material": load.kind.material,
                "files": len(load.files),
                "pages": load.pages,
                "copies": load.copies,
                "ink": "办公彩打" if setting.mode == "office" else "四色",
            }
            for load in by_kind
        ],
        "totals": _sums(by_kind),
        "checks": _checks(setting, by_kind),
    }


def cover(setting: Setting, by_kind: Sequence[Load], pictures: Sequence[str]) -> dict[str, Any]:
    """One picture of each kind; `pictures` are the files the template finds them in."""
    files, pages, _ = _sums(by_kind)
    use = MODES[setting.mode].partition("（")[0]
    return {
        "line": f"印刷品　{words.day(setting.today)}　{use}　共 {files} 个文件、{pages} 页",
        "kinds": [
            {
                "title": load.kind.title,
                "size": load.files[0].sized("毫米"),
                "amount": f"{len(load.files)} 个文件，{load.pages} 页",
                "file": picture,
            }
            for load, picture in zip(by_kind, pictures, strict=True)
        ],
    }


def _sums(by_kind: Sequence[Load]) -> tuple[int, int, int]:
    """Files, pages and copies of all kinds together."""
    files = sum(len(load.files) for load in by_kind)
    return files, sum(load.pages for load in by_kind), sum(load.copies for load in by_kind)


def _facts(setting: Setting) -> list[tuple[str, str]]:
    site, printing = setting.site, setting.site.print
    kept = [
        f"{printing.confirmed_by}确认" if printing.confirmed_by else "",
        words.day(printing.confirmed_on) if printing.confirmed_on else "",
        f"保留到{words.day(printing.kept_until)}" if printing.kept_until else "",
    ]
    return [
        ("站点", site.name),
        ("制作日期", words.day(setting.today)),
        ("用途", MODES[setting.mode]),
        ("网址开头", site.code_base),
        ("网址确认", "，".join(filter(None, kept)) or "未确认"),
        *([("颜色文件", setting.profile.name)] if setting.profile else []),
    ]


def _checks(setting: Setting, by_kind: Sequence[Load]) -> list[tuple[str, str]]:
    base = setting.site.code_base
    found = [
        ("扫码", f"每种至少抽一张，用微信和手机相机各扫一次，打开的网址以 {base} 开头，页面与纸上的名称一致"),
        ("文字", "站名、姓名、地址、电话、接待日与核定的底稿一致，没有缺字、错字"),
    ]
    if setting.mode == "office":
        found.append(("颜色", "颜色均匀，二维码是黑色，没有条纹和偏色"))
        found.append(("打印", "打印时选“实际大小”（100%），不选“适合页面”；裁切后尺寸与上表一致"))
    else:
        profile = f"，颜色文件为“{setting.profile.name}”" if setting.profile else ""
        found.append(("颜色", f"与签过的纸样一致{profile}；黑色的字和二维码只用黑版（K100）"))
        found.append(
            ("裁切", f"四边出血各 {BLEED:g} 毫米（按成品计），按裁切线裁，成品尺寸与上表一致，二维码四周的白边没有裁掉")
        )
    if any("哑膜" in load.kind.material for load in by_kind):
        found.append(("覆哑膜", "覆哑膜，不覆亮膜：亮膜反光，二维码不好扫；覆膜后再扫一次"))
    return found
