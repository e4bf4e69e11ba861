"""`liaison qr CODE…`: the QR codes of stations and deputies as files."""

from __future__ import annotations

from pathlib import Path

import click

from liaison.cli.options import fail, site_option, site_root
from liaison.model import codes
from liaison.plan import urls
from liaison.publish.tree import put
from liaison.records.codes_on_file import codes_on_file
from liaison.records.read import read_site_facts
from liaison.render.qr import Level, encode, png, svg


@click.command(short_help="输出站或代表的二维码图")
@site_option
@click.argument("wanted", metavar="编号…", nargs=-1, required=True)
@click.option("--svg", "kinds", flag_value="svg", multiple=True, help="输出 SVG（矢量，适合印刷）。")
@click.option("--png", "kinds", flag_value="png", multiple=True, help="输出 PNG。")
@click.option("--level", type=click.Choice(["M", "Q", "H"]), default="Q", show_default=True, help="纠错等级。")
@click.option("--width", type=click.FloatRange(min=10), metavar="毫米", help="SVG 的宽度，含四周空白。")
@click.option("--scale", type=click.IntRange(1, 100), default=20, show_default=True, help="PNG 每个小方块的像素数。")
@click.option("--out", type=click.Path(path_type=Path), default=".", help="放到哪个文件夹；默认当前文件夹。")
def command(
    *,
    site: str | None,
    wanted: tuple[str, ...],
    kinds: tuple[str, ...],
    level: Level,
    width: float | None,
    scale: int,
    out: Path,
) -> None:
    """输出二维码图，文件名是编号。SVG 和 PNG 至少选一种。

    码里的内容是 site.yml 的 short_url（没有就用 url）加上页面地址。
    """
    if not kinds:
        fail("选 --svg 或 --png，或两个都选")
    root = site_root(site)
    base = read_site_facts(root).code_base
    paths = {one.code: _path(one.code, one.file) for one in codes_on_file(root) if one.is_own}
    matched = [(code, paths[code]) for code in (_known(text, paths) for text in wanted)]
    for code, path in matched:
        matrix = encode(base + path, level)
        for kind in dict.fromkeys(kinds):
            data = png(matrix, scale=scale) if kind == "png" else svg(matrix, width_mm=width, title=code).encode()
            put(out, f"{code}.{kind}", data)
            click.echo(f"{out / f'{code}.{kind}'}  {base}{path}")


def _path(code: str, file: str) -> str:
    return urls.station(code) if file.endswith("/station.yml") else urls.deputy(code)


def _known(typed: str, paths: dict[str, str]) -> str:
    """The code on file that was meant."""
    found = [code for code in codes.candidates(typed) if code in paths]
    if len(found) == 1:
        return found[0]
    if found:
        fail(f"“{typed}”可能是 {'、'.join(found)}，请写准")
    return fail(f"没有编号是“{typed}”的站或代表")
