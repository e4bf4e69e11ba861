"""Small releases for tests: a folder of files with the manifest that `liaison build` would lay beside them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from liaison.model.holders import Holder, short_digest
from liaison.publish.manifest import NAME, Entry, Manifest

STATION, DEPUTY = "3F7K2MC", "7K3M9TY"

MADE_ON = datetime(2026, 11, 20, 8, tzinfo=UTC)


def page(title: str, *assets: str, depth: int = 0) -> bytes:
    """A small page that loads some assets, given by their paths below the site."""
    links = "".join(f'<link rel="stylesheet" href="{"../" * depth}{one}">' for one in assets)
    head = f"<head><title>{title}</title>{links}</head>"
    return f'<!doctype html><html lang="zh-CN">{head}<body>{title}</body></html>'.encode()


def small_files(word: str = "一") -> dict[str, bytes]:
    """A tiny site; another word gives other bytes to every page and asset."""
    style = "liaison/assets/liaison.css"
    return {
        style: f"/* {word} */ body {{ color: #222 }}".encode(),
        "index.html": page(f"首页{word}", style),
        "404.html": page(f"没有这一页{word}", style),
        f"S/{STATION[:2]}/{STATION[2:]}/index.html": page(f"示例站{word}", style, depth=3),
        f"D/{DEPUTY[:2]}/{DEPUTY[2:]}/index.html": page(f"曾示例{word}", style, depth=3),
        "sitemap.xml": f"<urlset><!-- {word} --></urlset>".encode(),
    }


def small_holders(name: str = "曾示例") -> dict[str, Holder]:
    """Who holds the two codes of the tiny site."""
    return {
        STATION: Holder(kind="station", status="active", fields={"name": short_digest("示例站")}),
        DEPUTY: Holder(kind="deputy", status="active", fields={"name": short_digest(name)}),
    }


def release(
    folder: Path, files: Mapping[str, bytes] | None = None, holders: Mapping[str, Holder] | None = None
) -> Manifest:
    """Lay a release into a folder, which is made."""
    held = dict(small_files() if files is None else files)
    for path, data in held.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    made = Manifest(
        url="https://www.example.gov.cn/zt/jiazhan/",
        code_base="HTTPS://DB.EXAMPLE.GOV.CN/",
        today=date(2026, 11, 22),
        made_on=MADE_ON,
        commit="0123456789abcdef0123456789abcdef01234567",
        versions={"liaison": "0.1.0"},
        files={path: Entry.of(data) for path, data in held.items()},
        holders=small_holders() if holders is None else holders,
    )
    (folder / NAME).write_bytes(made.as_bytes())
    return made
