"""`liaison new station|deputy|episode`: a commented record in the right folder, with a new code or number."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePosixPath

import click

from liaison.cli.options import fail, refuse, site_option, site_root, tell_problems, today_option
from liaison.desk.edits import Edits
from liaison.desk.episode import NewEpisode, episode_text, lesson_slug, next_number
from liaison.desk.new import NewDeputy, NewStation, deputy_text, fresh_code, station_folder, station_text
from liaison.model.deputies import CONGRESS_LEVELS
from liaison.model.lessons import Place
from liaison.problems import Problem, ProblemsError, errors
from liaison.records.codes_on_file import codes_on_file
from liaison.records.files import EPISODES, survey, survey_top
from liaison.records.read import read_site, read_site_facts
from liaison.records.today import today_for


@click.group(short_help="新建联络站、代表的记录，或一讲普法课")
def command() -> None:
    """新建记录：自动编号，放到对的文件夹，带填写说明。

    在终端里运行时逐项询问；写在脚本里时用选项给出。
    """


def _ask(value: str | None, option: str, question: str, choices: tuple[str, ...] = ()) -> str:
    """The option's value, or the answer to a question where somebody sits at a terminal."""
    if value is None and not sys.stdin.isatty():
        fail(f"缺少选项 {option}（{question}）")
    if value is None:
        kind = click.Choice(choices) if choices else None
        value = click.prompt(question, type=kind, show_choices=True)
    if choices and value not in choices:
        fail(f"{option} 不能是“{value}”，可以写：{'、'.join(choices)}")
    return str(value).strip()


@command.command(short_help="新建一个联络站")
@site_option
@today_option
@click.option("--area", metavar="文件夹", help="stations/ 下的区域文件夹，如 lianyuan。")
@click.option("--name", metavar="名称", help="全称，如 三甲乡玉峰社区人大代表联络站。")
@click.option("--kind", metavar="类型", help="代表之家、联络站、联络点、代表工作室，或 site.yml 里另列的类型。")
@click.option("--region", metavar="代码", help="所在区划的代码，见 stations/regions.yml。")
@click.option("--address", metavar="地址", help="详细地址。")
@click.option("--phone", metavar="电话", help="站的电话，可以不填。")
@click.option("--folder", metavar="文件夹", help="站的文件夹名；不填按名称的拼音。")
def station(
    *,
    site: str | None,
    today: date | None,
    area: str | None,
    name: str | None,
    kind: str | None,
    region: str | None,
    address: str | None,
    phone: str | None,
    folder: str | None,
) -> None:
    """新建一个联络站：写出 stations/<区域>/<站>/station.yml。"""
    root = site_root(site)
    facts = read_site_facts(root)
    layout = survey(root)
    areas = tuple(file.split("/")[1] for file in layout.areas)
    if not areas:
        fail("还没有区域：先建 stations/<区域>/area.yml")
    area = _ask(area, "--area", "区域文件夹", areas)
    name = _ask(name, "--name", "名称")
    new = NewStation(
        area=area,
        folder=folder or station_folder(name),
        name=name,
        kind=_ask(kind, "--kind", "类型", facts.station_kinds),
        region=_ask(region, "--region", "区划代码"),
        address=_ask(address, "--address", "地址"),
        phone=phone,
    )
    if PurePosixPath(new.folder).name != new.folder or new.folder == "..":
        fail("--folder 只写一个文件夹名，不写路径")
    if new.file in layout.stations:
        fail(f"{new.file} 已经有了；用 --folder 另取文件夹名")
    day = today or today_for(facts)
    code = fresh_code({one.code for one in codes_on_file(root)})
    _write(root, new.file, station_text(new, code, day), day)
    click.echo(f"已写出 {new.file}\n编号 {code}。打开文件，填好其余各项。")


@command.command(short_help="新建一位代表")
@site_option
@today_option
@click.option("--station", metavar="编号", help="所在站的编号，或 stations/ 下的 <区域>/<站> 文件夹。")
@click.option("--name", metavar="姓名", help="姓名；少数民族姓名中间用“·”。")
@click.option("--gender", metavar="性别", help="男 或 女。")
@click.option("--congress", metavar="名称", help="哪一届人大，如 涟源市第十八届人民代表大会。")
@click.option("--level", metavar="级别", help="全国、省级、市级、县级、乡级。")
@click.option("--region", metavar="代码", help="该级人大的区划代码；全国人大代表写选出的省。")
@click.option("--start", metavar="日期", help="任职开始日期，如 2021-12-20。")
@click.option("--electoral-unit", metavar="选区", help="选区或选举单位，可以不填。")
def deputy(
    *,
    site: str | None,
    today: date | None,
    station: str | None,
    name: str | None,
    gender: str | None,
    congress: str | None,
    level: str | None,
    region: str | None,
    start: str | None,
    electoral_unit: str | None,
) -> None:
    """新建一位代表：写出 stations/<区域>/<站>/deputies/<姓名拼音>.yml。"""
    root = site_root(site)
    written = codes_on_file(root)
    home = _home(root, _ask(station, "--station", "所在站的编号"))
    new = NewDeputy(
        home=home,
        name=_ask(name, "--name", "姓名"),
        gender=_ask(gender, "--gender", "性别", ("男", "女")),
        congress=_ask(congress, "--congress", "哪一届人大"),
        level=_ask(level, "--level", "级别", CONGRESS_LEVELS),
        region=_ask(region, "--region", "区划代码"),
        start=_ask(start, "--start", "任职开始日期（年-月-日）"),
        electoral_unit=electoral_unit,
    )
    day = today or today_for(read_site_facts(root))
    file = new.file(set(survey(root).deputies))
    code = fresh_code({one.code for one in written})
    _write(root, file, deputy_text(new, code, day), day)
    click.echo(f"已写出 {file}\n编号 {code}。打开文件，填好其余各项。")


@command.command(short_help="新建一讲普法课")
@site_option
@today_option
@click.option("--series", metavar="文件夹", help="content/episodes/ 下的系列文件夹，如 minfadian。")
@click.option("--title", metavar="题目", help="这一讲的题目。")
@click.option("--slug", "name", metavar="名字", help="文件名里讲次后面的部分，小写字母、数字和短横；不填按题目的拼音。")
def episode(*, site: str | None, today: date | None, series: str | None, title: str | None, name: str | None) -> None:
    """新建一讲普法课：写出 content/episodes/<系列>/<讲次>-<拼音>.md，讲次接着最后一讲。"""
    root = site_root(site)
    day = today or today_for(read_site_facts(root))
    pages = survey_top(root)[0].pages
    known = tuple(sorted({file.split("/")[2] for file in pages if file.startswith(EPISODES) and file.count("/") > 2}))  # noqa: PLR2004
    if not known:
        fail("还没有系列：先建 content/episodes/<系列>/index.md，写 title 和 description")
    series = _ask(series, "--series", "系列文件夹", known)
    title = _ask(title, "--title", "题目")
    ours = (file for file in pages if file.startswith(f"{EPISODES}{series}/"))
    places = [place for file in ours if (place := Place.of(file)) is not None]
    new = NewEpisode(series=series, number=next_number(places, series), title=title, slug=name or lesson_slug(title))
    if Place.of(new.file) is None:
        fail("--slug 只用小写字母、数字和短横，如 zhaijidi")
    _write(root, new.file, episode_text(new, day), day)
    click.echo(f"已写出 {new.file}\n这是第{new.number}讲，发布后讲次不能再改。打开文件，填好说明和正文。")


def _home(root: Path, given: str) -> str:
    """The folder of a station named by code or by folder."""
    folders = {file.removeprefix("stations/").removesuffix("/station.yml") for file in survey(root).stations}
    if given.strip("/") in folders:
        return given.strip("/")
    wanted = given.upper()
    for one in codes_on_file(root):
        if one.is_own and one.code == wanted and one.file.endswith("/station.yml"):
            return one.file.removeprefix("stations/").removesuffix("/station.yml")
    return fail(f"没有编号或文件夹是“{given}”的站")


def _write(root: Path, file: str, text: str, today: date) -> None:
    """Write the record; where it would not pass the check, leave everything as it was and say why."""
    try:
        Edits(root, {file: text}).write(_judge(root, file, today))
    except ProblemsError as error:
        tell_problems(error.problems)
        refuse("填写的内容有误，没有写出记录")


def _judge(root: Path, file: str, today: date) -> Callable[[], tuple[Problem, ...]]:
    """Errors of the file or of a folder it lies in: a folder with an unfit name is not read at all."""
    above = {file, *(parent.as_posix() for parent in PurePosixPath(file).parents)}
    return lambda: tuple(one for one in errors(read_site(root, today).problems) if one.source.file in above)
