"""The sheet for the clerk who uploads archives."""

from __future__ import annotations

from pathlib import Path

from liaison.model.site import Archiving
from liaison.publish.archives import pack
from support.releases import MADE_ON, STATION, page, release, small_files

PAGE = f"S/{STATION[:2]}/{STATION[2:]}/index.html"


def test_the_sheet(tmp_path: Path) -> None:
    """The sheet opens in Notepad, and its figures, names and addresses are those of the archives."""
    old = small_files() | {"x/index.html": page("旧页"), "x/a.txt": b"x"}
    before = release(tmp_path / "old", old)
    after = release(tmp_path / "new", small_files("二") | {"v/c.vtt": b"WEBVTT"})
    made = pack(
        tmp_path / "new",
        after,
        before,
        tmp_path / "out",
        archiving=Archiving(),
        made_on=MADE_ON,
        site_name="示例站",
    )
    data = made.instructions.read_bytes()
    assert data.startswith(b"\xef\xbb\xbf")
    assert data.count(b"\r\n") == data.count(b"\n") > 40
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    for words in (
        f"版本：{after.tree[:8]}（2026年11月22日）",
        f"上一版本：{before.tree[:8]}",
        "比上一版本：新增 1 个，改动 6 个，删去 2 个文件",
        f"{made.full[0].name}（8 个文件）",
        f"{made.update[0].name}（8 个文件）",
        "共 2 个：x/a.txt、x/index.html。顺序不能反",
        f"{after.url}{PAGE.removesuffix('index.html')}\n     应当看到：网页标题是“示例站二”",
        f"{after.url}x/\n     应当看到：网页标题是“没有这一页二”",
        f"名字以 site-20261122-{before.tree[:8]}-full- 开头",
        f"打开 {after.url}v/c.vtt",
        "这次撤下的 2 个文件会重新出现在网站上",
    ):
        assert words in text
    assert made.deletions is not None
    assert made.deletions.name in text
    assert str(tmp_path) not in text
