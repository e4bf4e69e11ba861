"""A click group that loads its commands late, speaks Chinese and never shows a traceback.

Exit codes: 0 done, 1 errors were found, 2 wrong usage, 70 a fault of the program itself, 130 interrupted.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import click

from liaison.cli.chinese import in_chinese, said
from liaison.problems import ProblemsError

ERRORS, USAGE, FAULT, INTERRUPTED = 1, 2, 70, 130


@dataclass(frozen=True, slots=True)
class Lazy:
    """A command that is not loaded yet: `module:attribute`, and its line in the list."""

    target: str
    line: str

    def load(self) -> click.Command:
        """The command, its own words in Chinese."""
        module, _, name = self.target.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return in_chinese(command)


class Program(click.Group):
    """The group of all commands."""

    def __init__(self, table: Mapping[str, Lazy], **settings: Any) -> None:  # noqa: ANN401 - click's own settings
        super().__init__(**settings)
        self.table = table
        in_chinese(self)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Names in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - the same
        """The command of this name."""
        return self.table[cmd_name].load() if cmd_name in self.table else None

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - the same
        """The list of commands, from the table alone."""
        with formatter.section("命令"):
            formatter.write_dl([(name, lazy.line) for name, lazy in self.table.items()])

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,  # noqa: ANN401 - click's signature
    ) -> Any:  # noqa: ANN401 - the same
        """Run and end the process; everything that can go wrong becomes a line in Chinese and an exit code."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):
                stream.reconfigure(errors="backslashreplace")  # a terminal may lack rare characters
        try:
            code = super().main(args, prog_name or "liaison", complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            _end(said(error), USAGE if isinstance(error, click.UsageError) else ERRORS)
        except (click.Abort, KeyboardInterrupt):
            _end("已中断。", INTERRUPTED)
        except ProblemsError as error:
            _end(_report(error), ERRORS)
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads on; say no more
            sys.exit(ERRORS)
        except OSError as error:
            _end(f"读写文件出错：{error.filename or ''} {error.strerror or error}", ERRORS)
        except Exception as error:  # noqa: BLE001 - the last door: an editor must never see a traceback
            _end(_fault(error), FAULT)
        sys.exit(code if isinstance(code, int) else 0)


def _end(text: str, code: int) -> NoReturn:
    click.echo(text, err=True)
    sys.exit(code)


def _report(error: ProblemsError) -> str:
    from liaison.records.report import report

    return "\n".join(report(error.problems))


def _fault(error: Exception) -> str:
    """What to pass on to whoever maintains the program: kind, words and innermost place of ours."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "liaison" in Path(frame.filename).parts] or frames
    place = f"{Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    words = " ".join(str(error).split())[:200]
    return f"程序出错了，不是您填写的问题。请把下面这一行告诉维护人员：\n  {type(error).__name__}: {words}（{place}）"
