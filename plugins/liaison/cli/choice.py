"""Which printed things a command is about: options that `posters` and `verify` share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from liaison.cli.options import fail
from liaison.model import codes as permanent
from liaison.model.register import Register
from liaison.plan.kinds import KINDS
from liaison.plan.prints import Choice

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="只要这一种；可以写多次。"),
    click.option("--area", "areas", multiple=True, metavar="区域", help="只要这个区域：文件夹名，或区划代码。"),
    click.option("--station", "stations", multiple=True, metavar="站", help="只要这个站和它的代表：编号，或站名。"),
    click.option("--code", "codes", multiple=True, metavar="编号", help="只要这个编号。"),
)


def choice_options(command: F) -> F:
    """Add `--kind`, `--area`, `--station` and `--code`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def chosen(
    register: Register,
    kinds: Iterable[str],
    areas: Iterable[str],
    stations: Iterable[str],
    codes: Iterable[str],
) -> Choice:
    """The choice in the codes of the register. Ends with wrong usage where something is not on file."""
    return Choice(
        kinds=tuple(kinds),
        areas=tuple(_area(one, register) for one in areas),
        stations=tuple(_station(one, register) for one in stations),
        codes=tuple(_code(one, {*register.stations, *register.deputies}) for one in codes),
    )


def _area(given: str, register: Register) -> str:
    if given in register.areas or given in register.regions:
        return given
    named = [one.code for one in register.regions if one.name == given]
    if len(named) == 1:
        return named[0]
    if named:
        fail(f"叫“{given}”的区划有 {len(named)} 个，请写代码：{'、'.join(named[:5])}")
    return fail(f"没有这个区域：{given}；写 stations/ 下的文件夹名、区划代码或区划名称")


def _station(given: str, register: Register) -> str:
    if permanent.is_valid(given) and given in register.stations:
        return given
    named = [code for code, one in register.stations.items() if given in {one.name, one.short_name}]
    if len(named) > 1:
        fail(f"叫“{given}”的站有 {len(named)} 个，请写编号：{'、'.join(named[:5])}")
    return named[0] if named else _code(given, set(register.stations))


def _code(given: str, known: set[str]) -> str:
    found = [one for one in permanent.candidates(given) if one in known]
    if len(found) == 1:
        return found[0]
    return fail(f"“{given}”可能是 {'、'.join(found)}，请写准" if found else f"没有编号是“{given}”的记录")
