"""Click's own words in Chinese: usage line, headings, and what is wrong with how a command was called."""

from __future__ import annotations

import re
from collections.abc import Iterable

import click
from click.exceptions import NoArgsIsHelpError

from liaison.records.report import columns

_HEADINGS = {"Options": "选项", "Commands": "命令", "Positional arguments": "参数"}
_HELP = "显示这份说明后退出。"
_EXTRAS = (
    (re.compile(r"\[default: ([^\];]*)"), r"[默认 \1"),
    (re.compile(r"env var: "), "环境变量 "),
    (re.compile(r"\brequired\]"), "必填]"),
)


class Formatter(click.HelpFormatter):
    """Help text with Chinese headings."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The usage line."""
        super().write_usage(prog, args, prefix or "用法：")

    def write_heading(self, heading: str) -> None:
        """A heading, with a full-width colon."""
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """Options or commands, one a row, aligned for wide characters."""
        rows = list(rows)
        first = min(col_max, max(columns(name) for name, _ in rows)) + col_spacing
        for name, text in rows:
            gap = " " * max(col_spacing, first - columns(name))
            self.write(f"{'':>{self.current_indent}}{name}{gap}{_extras(text)}\n")


def _extras(text: str) -> str:
    for pattern, words in _EXTRAS:
        text = pattern.sub(words, text)
    return text


class Context(click.Context):
    """A call whose help is in Chinese."""

    formatter_class = Formatter


def in_chinese(command: click.Command) -> click.Command:
    """The command and all below it, with help in Chinese."""
    command.context_class = Context
    command.options_metavar = "[选项]"
    help_option = command.get_help_option(Context(command))
    if help_option is not None:
        help_option.help = _HELP
    if isinstance(command, click.Group):
        command.subcommand_metavar = "命令 [参数]…"
        for inner in command.commands.values():
            in_chinese(inner)
    return command


def said(error: click.ClickException) -> str:
    """What is wrong, with the usage line and where to read more."""
    if isinstance(error, NoArgsIsHelpError):
        return error.format_message()
    if not isinstance(error, click.UsageError):
        return f"出错了：{_message(error)}"
    told = f"用法不对：{_message(error)}"
    if error.ctx is not None:
        told = f"{error.ctx.get_usage()}\n{told}\n看说明：{error.ctx.command_path} --help"
    return told


def _message(error: click.ClickException) -> str:
    match error:
        case click.NoSuchOption():
            close = f"，是不是 {'、'.join(error.possibilities)}" if error.possibilities else ""
            return f"没有 {error.option_name} 这个选项{close}"
        case click.MissingParameter():
            return f"缺少{_parameter(error)}"
        case click.BadParameter():
            return f"{_parameter(error)}：{_value(error.message)}"
        case click.BadOptionUsage():
            return _value(error.message)
        case _:
            return _value(error.message)


def _parameter(error: click.BadParameter) -> str:
    if error.param is None:
        return "参数"
    kind = "参数" if isinstance(error.param, click.Argument) else "选项"
    return f"{kind} {error.param.get_error_hint(error.ctx)}".replace("'", "")


_VALUES = tuple(
    (re.compile(pattern), words)
    for pattern, words in (
        (r"'(.*)' is not (?:one of )?('.*')\.", r"“\1”不在可选的值里：\2"),
        (r"(.*) is not in the range (.*)\.", r"\1 不在范围内：\2"),
        (r"'(.*)' is not a valid .*\.", r"“\1”不是数字"),
        (r"\w+ '(.*)' does not exist\.", r"没有这个文件或文件夹：\1"),
        (r"\w+ '(.*)' is a directory\.", r"\1 是文件夹"),
        (r"\w+ '(.*)' is a file\.", r"\1 是文件"),
        (r"Option '(.*)' requires an argument\.", r"选项 \1 后面要有值"),
        (r"Option '(.*)' requires (\d+) arguments\.", r"选项 \1 后面要有 \2 个值"),
        (r"Option '(.*)' does not take a value\.", r"选项 \1 后面不写值"),
        (r"Got unexpected extra arguments? \((.*)\)", r"多了参数：\1"),
        (r"No such command '(.*)'\..*", r"没有 \1 这个命令"),
        (r"Missing command\.", "要写明命令"),
    )
)


def _value(message: str) -> str:
    """The message in Chinese; as it is where click has no such message of its own."""
    for pattern, words in _VALUES:
        if found := pattern.fullmatch(message):
            return found.expand(words)
    return message
