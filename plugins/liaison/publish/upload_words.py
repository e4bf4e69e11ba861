"""The sheet for the clerk who uploads archives: what they are, what to do in which order, what to see afterwards.

Plain text that every office computer opens and prints. All figures are those of the archives.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from liaison.plan.urls import opened

from .manifest import NAME, Difference, Manifest
from .names import to_set_up

_MEGABYTE = 1_000_000
_TITLE = re.compile(rb"<title>(.*?)</title>", re.DOTALL)
_NAMED = 20
"""Files that are named one by one."""


@dataclass(frozen=True, slots=True)
class Archive:
    """One archive."""

    name: str
    size: int
    """Bytes."""
    files: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """What the sheet tells of."""

    site_name: str
    release: Path
    manifest: Manifest
    previous: Manifest | None
    difference: Difference | None
    full: Sequence[Archive]
    update: Sequence[Archive]
    deletions: str
    """Name of the list of what to delete; empty where there is none."""
    is_clashing: bool

    @property
    def buried(self) -> Sequence[str]:
        """Paths that are overwritten since they cannot be deleted."""
        return self.difference.removed if self.difference and self.update and not self.deletions else ()


def sheet(upload: Upload) -> str:
    """The whole sheet, lines ended as on Unix."""
    parts = (
        ("一、这是什么", _what(upload)),
        ("二、这个文件夹里有什么", _contents(upload)),
        ("三、怎样上传", _steps(upload)),
        ("四、上传后怎样检查", _checks(upload)),
        ("五、出了问题怎样退回", _back(upload)),
        ("六、核对上传包有没有传坏", _sums()),
    )
    head = f"{upload.site_name}　网站上传说明"
    lines = [head, "=" * 2 * len(head)]
    for name, part in parts:
        lines += ["", name, "", *part]
    return "\n".join([*lines, ""])


def version(manifest: Manifest) -> str:
    """How a release is called: the beginning of its hash, and its day."""
    return f"{manifest.tree[:8]}（{manifest.today.year}年{manifest.today.month}月{manifest.today.day}日）"


def _what(upload: Upload) -> list[str]:
    made = upload.manifest
    size = sum(entry.size for entry in made.files.values())
    lines = [
        f"  网站：{upload.site_name}",
        f"  网址：{made.url}",
        f"  版本：{version(made)}",
        f"  内容：{len(made.files) + 1} 个文件，解压后共 {_size(size + len(made.as_bytes()))}",
    ]
    if upload.previous and upload.difference:
        found = upload.difference
        lines += [
            f"  上一版本：{version(upload.previous)}",
            f"  比上一版本：新增 {len(found.added)} 个，改动 {len(found.changed)} 个，删去 {len(found.removed)} 个文件",
            f"  （{NAME} 是文件清单，每次都更新，不计在内。）",
        ]
    return lines


def _contents(upload: Upload) -> list[str]:
    lines = ["  全量包：网站的全部文件。", *_listed(upload.full)] if upload.full else []
    if upload.update:
        gone = f"，以及替换 {len(upload.buried)} 个撤下文件的空页" if upload.buried else ""
        lines += [f"  增量包：只有新增和改动的文件{gone}，用在上一版本之上。", *_listed(upload.update)]
    if upload.deletions:
        lines += ["  删除清单：上传增量包以后要从网站上删去的文件，一行一个。", f"    {upload.deletions}"]
    return [*lines, "  SHA256SUMS.txt：每个压缩包的校验值，用法见第六部分。"]


def _steps(upload: Upload) -> list[str]:
    place = f"网站上对应 {upload.manifest.url} 的文件夹（下面叫“网站文件夹”）"
    order = "几个压缩包要按编号从小到大，一个传完、解压完，再传下一个。" if _is_split(upload) else ""
    lines = [
        f"  传到：{place}。",
        "  解压：直接解压到网站文件夹里，不要多套一层文件夹；问到同名文件时，选“全部覆盖”。",
        f"  {order}中途断了，从断的那个压缩包重新传、重新解压就行，网站不会缺样式和图片。",
        "",
    ]
    if upload.update and upload.previous:
        lines += [
            f"  甲、网站上现在是 {upload.previous.tree[:8]} 这个版本：用增量包",
            f"    （打开 {upload.manifest.url}{NAME}，看 tree 后面的前 8 位就知道是哪个版本。）",
            *_numbered((*_uploads(upload.update), *_deleting(upload))),
            "",
        ]
        if not upload.full:
            return [
                *lines,
                "  乙、网站上是别的版本：不能用这个增量包，请维护人员另出全量包（liaison publish archive）。",
            ]
        lines.append("  乙、网站上是别的版本，或者第一次上传：用全量包")
    elif upload.is_clashing:
        lines += ["  这一次有文件改了大小写，或者文件和文件夹换了位置，不能用增量包，只能用全量包："]
    else:
        lines += ["  出包时没有写明上一版本，用全量包："]
    clear = "网站文件夹里如果有本站以前的文件，先备份，再清空；别的单位的文件不要动。"
    spare = "    （主机上能给文件夹改名的：解压到一个新文件夹，再和网站文件夹互换名字，网站就不会中断。）"
    tips = [spare]
    if upload.update:
        tips.append("    （清空不了的：全量包全部解压以后，再做一遍甲的各步，撤下的文件才会去掉。）")
    return [*lines, *_numbered((clear, *_uploads(upload.full))), *tips]


def _uploads(archives: Sequence[Archive]) -> list[str]:
    return [f"上传并解压 {one.name}（{one.files} 个文件）。" for one in archives]


def _deleting(upload: Upload) -> list[str]:
    if upload.deletions and upload.difference:
        gone = upload.difference.removed
        few = f"：{'、'.join(gone)}" if len(gone) <= _NAMED else ""
        step = f"全部解压完以后，再从网站文件夹里删去删除清单上的文件，共 {len(gone)} 个{few}。"
        return [f"{step}顺序不能反。空了的文件夹可以留着。"]
    if upload.buried:
        return [f"不用删除文件：撤下的 {len(upload.buried)} 个文件已由增量包换成“网页已撤下”或者空文件。"]
    return ["这次没有要删除的文件。"]


def _checks(upload: Upload) -> list[str]:
    lines = ["  用没有登录的浏览器（最好再用一部手机）打开下面的网址，网站有缓存的先刷新缓存：", ""]
    seen = _to_open(upload)
    for number, (url, words) in enumerate(seen, 1):
        lines += [f"  {number}. {url}", f"     应当看到：{words}"]
    for suffix, path in to_set_up(upload.manifest.files).items():
        lines += [
            "",
            f"  本站有 {suffix} 文件（普法课字幕）。打开 {upload.manifest.url}{path}，如果是“找不到”，",
            f"  请网站管理员在服务器上给 {suffix} 加上文件类型 text/vtt；不加也能看课，只是没有字幕。",
        ]
    return [
        *lines,
        "",
        f"  装有本程序的电脑可以逐个文件核对：liaison verify {upload.manifest.url}",
        "  有一项不对：先按第三部分再传一次；还不对，按第五部分退回，并告诉维护人员。",
    ]


def _to_open(upload: Upload) -> list[tuple[str, str]]:
    """Addresses with what is seen there, pages that are new before others."""
    made, found = upload.manifest, upload.difference
    fresh = {*found.added, *found.changed} if found else set()
    pages = sorted(made.files, key=lambda path: (path not in fresh, path))
    chosen = [next((path for path in pages if path.startswith(folder)), "") for folder in ("S/", "D/")]
    shown = [path for path in ("index.html", *chosen) if path.endswith("index.html") and path in made.files]
    seen = [(made.url + opened(path), f"网页标题是“{title(upload.release / path)}”") for path in shown]
    seen.append((made.url + NAME, f"tree 后面的前 8 位是 {made.tree[:8]}"))
    nowhere = f"网页标题是“{title(upload.release / '404.html')}”" if "404.html" in made.files else "找不到网页的提示"
    gone = next((path for path in (found.removed if found else ()) if path.endswith(".html")), "")
    if gone:
        seen.append((made.url + opened(gone), "网页标题是“网页已撤下”" if upload.buried else f"{nowhere}（已经撤下）"))
    seen.append((f"{made.url}none-{made.tree[:8]}.html", f"{nowhere}（这个网址本来就没有）"))
    return seen


def title(page: Path) -> str:
    """What a page is called. Raises `OSError`."""
    found = _TITLE.search(page.read_bytes())
    return html.unescape(found[1].decode(errors="replace")).strip() if found else ""


def _back(upload: Upload) -> list[str]:
    if upload.previous is None:
        return ["  清空网站文件夹，恢复上传前的备份，或者照第三部分上传以前的全量包。", _KEEP]
    before = f"site-{upload.previous.today:%Y%m%d}-{upload.previous.tree[:8]}-full-"
    added = len(upload.difference.added) if upload.difference else 0
    lines = [f"  找出上一版本的全量包（名字以 {before} 开头），先清空网站文件夹，再按编号上传解压，就回到了上一版本。"]
    left = f"：这次新增的 {added} 个文件会留在网站上，没有网页链接到它们" if added else ""
    lines.append(f"  网站文件夹清空不了的，直接解压覆盖也行{left}。")
    if upload.difference and upload.difference.removed:
        lines.append(
            f"  注意：退回以后，这次撤下的 {len(upload.difference.removed)} 个文件会重新出现在网站上，退回前要请示。"
        )
    return [*lines, _KEEP] if upload.full else lines


_KEEP = "  这一次的整个文件夹请保留好，下次要退回时用得着。"


def _sums() -> list[str]:
    return [
        "  Windows：在这个文件夹的地址栏里输入 cmd 回车，再输入 certutil -hashfile 压缩包的名字 SHA256",
        "  麒麟、统信：在这个文件夹里打开终端，输入 sha256sum -c SHA256SUMS.txt",
        "  得出的一串字和 SHA256SUMS.txt 里的一样，就没有传坏。",
    ]


def _listed(archives: Sequence[Archive]) -> list[str]:
    return [f"    {one.name}　{_size(one.size)}，{one.files} 个文件" for one in archives]


def _numbered(steps: Sequence[str]) -> list[str]:
    return [f"    {number}. {step}" for number, step in enumerate(steps, 1)]


def _is_split(upload: Upload) -> bool:
    return len(upload.full) > 1 or len(upload.update) > 1


def _size(size: int) -> str:
    return f"{size / _MEGABYTE:,.1f} MB" if size >= _MEGABYTE / 10 else f"{max(size, 1) / 1_000:,.1f} KB"
