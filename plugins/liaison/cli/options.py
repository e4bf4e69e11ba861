"""Options that every command shares, and how a command says that it cannot go on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from liaison.problems import Problem
from liaison.records.files import find_root
from liaison.records.report import report


class DayType(click.ParamType[date]):
    """A date on the command line."""

    name = "日期"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """`YYYY-MM-DD` as a date."""
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"“{value}”不是日期，写成 2026-10-01 这样", param, ctx)


site_option = click.option(
    "--site", metavar="文件夹", help="站点所在的文件夹；默认是当前文件夹，或它上面有 site.yml 的一层。"
)
today_option = click.option(
    "--today", type=DayType(), metavar="日期", envvar="LIAISON_TODAY", help="当作今天的日期，如 2026-10-01。"
)


def fail(message: str) -> NoReturn:
    """Say how the command was called wrong, with its usage line; ends with exit code 2, and nothing was changed."""
    raise click.UsageError(message, click.get_current_context(silent=True))


def refuse(message: str) -> NoReturn:
    """Say that what was asked for cannot be done; ends with exit code 1, and nothing was changed."""
    click.echo(message, err=True)
    raise click.exceptions.Exit(1)


def site_root(given: str | None) -> Path:
    """The site's folder. Ends with wrong usage outside a site."""
    root = find_root(Path(given or "."))
    if root is None:
        fail(f"{Path(given or '.').resolve()} 和它上面的文件夹里都没有 site.yml，这里不是站点")
    return root


def tell_problems(problems: Iterable[Problem]) -> None:
    """Problems as text, to standard error."""
    for text in report(problems):
        click.echo(text, err=True)
