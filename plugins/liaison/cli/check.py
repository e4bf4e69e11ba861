"""`liaison check`: every problem of all records in one run."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import click

from liaison import shelf
from liaison.cli.options import fail, site_option, today_option
from liaison.problems import Problem, ProblemsError, errors
from liaison.progress import progress_bar
from liaison.records.files import find_root
from liaison.records.issued import BaseError
from liaison.records.lessons import Against
from liaison.records.read import read_site
from liaison.records.report import Part, plain, report
from liaison.records.today import today_for
from liaison.workers import Crew, usual_workers

_COLOURS: dict[Part, str] = {"error": "red", "notice": "yellow", "place": "cyan", "gutter": "blue", "caret": "red"}


@click.command(short_help="检查记录，列出全部问题和改法")
@click.argument("paths", metavar="[文件或文件夹]…", nargs=-1)
@site_option
@click.option("--strict", is_flag=True, help="有提示也算没通过（退出码 1）。")
@click.option("--format", "form", type=click.Choice(["text"]), default="text", help="输出的形式：text 是给人看的文字。")
@click.option(
    "--base", metavar="版本", help="与 Git 里的这个版本比较：编号和已发布的讲次不能改、不能删、不能换给别的。"
)
@click.option("--law-texts", metavar="文件夹", help="法律条文（TSV）的文件夹，用来核对引文；不写用站点自己的。")
@today_option
def command(
    *,
    paths: tuple[str, ...],
    site: str | None,
    strict: bool,
    form: str,  # noqa: ARG001 - one form so far
    base: str | None,
    law_texts: str | None,
    today: date | None,
) -> None:
    """检查记录，列出全部问题：在哪一行、错在哪里、怎么改。

    写了文件或文件夹时，仍按整个站点判断，只列出这些文件里的问题。

    没有错误时退出码是 0，有错误是 1，命令用法不对是 2。提示不影响结果，除非加上 --strict。
    """
    root = _root(site, paths)
    wanted = [_below(root, path) for path in paths]
    try:
        reading = read_site(
            root,
            lambda facts: today_for(facts, today),
            Crew(usual_workers(), progress=progress_bar),
            shelf.open_for(root),
            against=Against(base, Path(law_texts).absolute() if law_texts else None),
        )
    except BaseError as error:
        fail(str(error))
    except ProblemsError as error:  # nothing could be judged, so everything is said
        _tell(error.problems)
        raise click.exceptions.Exit(1) from None
    listed = tuple(problem for problem in reading.problems if _is_among(problem.source.file, wanted))
    _tell(listed)
    wrong = len(errors(listed))
    lessons = len(reading.curriculum.lessons)
    read = f"{reading.stations} 个站、{reading.deputies} 位代表" + (f"、{lessons} 讲普法课" if lessons else "")
    summary = f"共 {wrong} 个错误，{len(listed) - wrong} 条提示；读了 {read}"
    others = len(errors(reading.problems)) - wrong
    click.echo(summary + (f"；别的文件里还有 {others} 个错误" if others else ""))
    raise click.exceptions.Exit(1 if wrong or (strict and listed) else 0)


def _root(site: str | None, paths: tuple[str, ...]) -> Path:
    """The site: nearest folder with `site.yml` at or above what was named first."""
    for path in (*paths, *([site] if site else [])):
        if not os.path.lexists(path):
            fail(f"没有这个文件或文件夹：{path}")
    start = site or (paths[0] if paths else ".")
    at = _parent_resolved(start)
    root = find_root(at.parent if at.is_symlink() else at)
    if root is None:
        fail(f"{start} 和它上面的文件夹里都没有 site.yml，这里不是站点；用 --site 指明站点文件夹")
    return root


def _parent_resolved(path: str) -> Path:
    """The path with its folder resolved but not itself, which may be a link that is to be reported."""
    at = Path(path).absolute()
    return at.resolve() if at.name in {"", ".."} or at.is_dir() else at.parent.resolve() / at.name


def _below(root: Path, path: str) -> str:
    """The path relative to the site; empty for the whole."""
    at = _parent_resolved(path)
    if not at.is_relative_to(root):
        fail(f"{path} 不在站点 {root} 里")
    relative = at.relative_to(root).as_posix()
    return "" if relative == "." else relative


def _is_among(file: str, wanted: Iterable[str]) -> bool:
    wanted = list(wanted)
    return not wanted or any(path in {"", file} or file.startswith(f"{path}/") for path in wanted)


def _tell(problems: Iterable[Problem]) -> None:
    is_terminal = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    for text in report(problems, _coloured if is_terminal else plain):
        click.echo(f"{text}\n", color=is_terminal)


def _coloured(text: str, part: Part) -> str:
    return click.style(text, fg=_COLOURS.get(part), bold=True if part in {"error", "caret"} else None)
