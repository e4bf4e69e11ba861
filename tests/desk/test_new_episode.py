"""`liaison new episode`: the next number of a series, and a lesson that can be filled in."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.desk.episode import NewEpisode, episode_text, lesson_slug, next_number
from liaison.model.lessons import Place
from liaison.records.front_matter import split
from liaison.records.loader import read

BASE = Path(__file__).parents[1] / "cases" / "base"
SERIES = "content/episodes/shiyan"
SNAPSHOT = """\
---
# 普法课。以 # 开头的行是可以填写的项：填好后去掉行首的“# ”。不填的行可以删去。
# 改完运行 liaison check，看有没有写错。发布前把 status 改成 published。
title: 借钱要打借条
# date: 2026-11-20          # 发布日期
# summary: 用一两句话说清这一讲讲什么
# duration: "06:30"          # 视频或录音的时长，分:秒
# speakers: [7K3M9TY, {name: 李示例, post: 某某县人民法院法官}]    # 代表写编号，别人写姓名和职务
# stations: [3F7K2MC]        # 参加的站，写编号；页面会列出这些站最近的接待
# topics: [婚姻家庭]          # 主题，和别的课用一样的词
# audience: [村（居）民]
# video: {src: 02.mp4, poster: 02.jpg}     # 与本文件放在一起
# 视频在别处的：video: {src: "https://…", size: 字节数}
# captions: 02.vtt           # 字幕，vtt 或 srt
# chapters: [{at: "00:00", title: 案情}, {at: "01:30", title: 法律怎么说}]
# laws: [民法典第1043条第二款]   # 讲到的法条，每项一处
# quiz:
#   - question: 问题
#     options: [甲, 乙, 丙]
#     answer: B
#     why: 为什么
# handout: [要点一, 要点二, 要点三]     # 印在一张纸上的三条
# review:                    # 三审三校
#   责编: {name: 王示例, date: 2026-11-20}
#   一审: {name: 李示例, date: 2026-11-20}
#   二审: {name: 张示例, date: 2026-11-20}
#   三审: {name: 刘示例, date: 2026-11-20}
status: draft              # draft 草稿；planned 已列入计划，只显示题目；published 已发布；withdrawn 已下架
---

先讲一件身边的事：谁遇到了什么问题？

## 法律怎么说

引用法条写明法律和条，如《民法典》第一千零四十三条；原文放在引号里，一字不差。

## 该怎么办

1. 第一步；
2. 第二步。
"""


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A copy of the base site that may be changed."""
    return Path(shutil.copytree(BASE, tmp_path / "site"))


def new(site: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["new", "episode", "--site", str(site), *arguments], env={"LIAISON_TODAY": ""})


def check(site: Path) -> Result:
    return CliRunner().invoke(main, ["check", "--site", str(site)], env={"LIAISON_TODAY": ""})


def files(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in site.rglob("*")}


def test_the_lesson_as_it_is_written(site: Path) -> None:
    """Every key is there as a comment with an example; the site passes the check without a notice."""
    before = files(site)
    result = new(site, "--series", "shiyan", "--title", "借钱要打借条")
    name = f"{SERIES}/02-jie-qian-yao-da-jie-tiao.md"
    assert result.exit_code == 0, result.output
    assert files(site) - before == {name}
    assert (site / name).read_text(encoding="utf-8") == SNAPSHOT
    assert result.stdout == f"已写出 {name}\n这是第2讲，发布后讲次不能再改。打开文件，填好说明和正文。\n"
    assert check(site).output == "共 0 个错误，0 条提示；读了 2 个站、2 位代表、2 讲普法课\n"


def test_what_is_offered_as_a_comment_can_be_filled_in(site: Path) -> None:
    """With every comment made a line, and files beside it, the lesson still passes and is complete."""
    shutil.copy(site / f"{SERIES}/01.mp4", site / f"{SERIES}/02.mp4")
    shutil.copy(site / f"{SERIES}/01.vtt", site / f"{SERIES}/02.vtt")
    shutil.copy(site / "stations/lianyuan/yufeng/deputies/photo.jpg", site / f"{SERIES}/02.jpg")
    head, body = SNAPSHOT.split("\n", 3)[3].split("\n---\n")
    head = "\n".join(line for line in head.split("\n") if not line.startswith("# 视频在别处的"))
    filled = head.replace("\n# ", "\n").replace("status: draft ", "status: published ")
    (site / f"{SERIES}/02-ke.md").write_text(f"---\n{filled}\n---\n{body}", encoding="utf-8")
    assert check(site).output == "共 0 个错误，0 条提示；读了 2 个站、2 位代表、2 讲普法课\n"


def test_the_number_comes_after_the_largest(site: Path) -> None:
    """Gaps are not filled, planned and unreadable lessons count, other series and pages do not."""
    (site / f"{SERIES}/05-jihua.md").write_text("---\ntitle: 示例课\nstatus: planned\n---\n", encoding="utf-8")
    assert "第6讲" in new(site, "--series", "shiyan", "--title", "甲").output
    (site / f"{SERIES}/99-huai.md").write_text("---\ntitle: [\n", encoding="utf-8")
    shutil.copytree(site / SERIES, site / "content/episodes/lingyi")
    (site / "content/episodes/lingyi/300-ke.md").write_text("---\ntitle: 课\nstatus: draft\n---\n", encoding="utf-8")
    (site / "content/guides/shiyan").mkdir(parents=True)
    (site / "content/guides/shiyan/500-zhinan.md").write_text("指南\n", encoding="utf-8")
    result = new(site, "--series", "shiyan", "--title", "乙")
    assert result.exit_code == 0, result.output
    assert (site / f"{SERIES}/100-yi.md").is_file()


def test_the_first_lesson_of_a_series(site: Path) -> None:
    """A series with its description alone begins with number one."""
    (site / "content/episodes/lingyi").mkdir()
    shutil.copy(site / f"{SERIES}/index.md", site / "content/episodes/lingyi")
    assert new(site, "--series", "lingyi", "--title", "甲").exit_code == 0
    assert (site / "content/episodes/lingyi/01-jia.md").is_file()


@pytest.mark.parametrize(
    "title",
    ["他说：“不还”", '"引号"', "it's: a # title", "- 甲", "[甲]", "&甲", "*甲", "!甲", "甲: 乙", "#甲", "2026", "null",
     "~", "甲\\n乙"],
)  # fmt: skip
def test_titles_that_yaml_would_take_for_something_else(site: Path, title: str) -> None:
    """The title is the text that was given, whatever signs are in it."""
    result = new(site, "--series", "shiyan", "--title", title, "--slug", "ke")
    assert result.exit_code == 0, result.output
    text = (site / f"{SERIES}/02-ke.md").read_text(encoding="utf-8")
    tree = read(split(text).head or "").tree
    assert tree == {"title": title, "status": "draft"}
    assert check(site).exit_code == 0


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("借钱<b>要</b>还", "markdown/html"),
        ("甲\u200b乙", "text/characters"),
        ("  ", "field/empty"),
        ("", "field/empty"),
    ],
)
def test_titles_that_would_not_pass(site: Path, title: str, said: str) -> None:
    """Nothing is written, and the rule is named."""
    before = files(site)
    result = new(site, "--series", "shiyan", "--title", title, "--slug", "ke")
    assert result.exit_code == 1
    assert said in result.stderr
    assert files(site) == before


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--series", "nix", "--title", "甲"], "--series 不能是“nix”，可以写：shiyan"),
        (["--series", "../shiyan", "--title", "甲"], "--series 不能是"),
        (["--series", "shiyan", "--title", "甲", "--slug", "Jia"], "--slug 只用小写字母、数字和短横"),
        (["--series", "shiyan", "--title", "甲", "--slug", "课"], "--slug 只用"),
        (["--series", "shiyan", "--title", "甲", "--slug", "../x"], "--slug 只用"),
        (["--series", "shiyan", "--title", "甲", "--slug", "a/b"], "--slug 只用"),
        (["--series", "shiyan", "--title", "甲", "--slug", "-a"], "--slug 只用"),
        (["--series", "shiyan", "--title", "甲", "--slug", "a.b"], "--slug 只用"),
        (["--title", "甲"], "缺少选项 --series"),
        (["--series", "shiyan"], "缺少选项 --title"),
        (["--series", "shiyan", "--title", "甲", "--today", "明天"], "“明天”不是日期"),
    ],
)
def test_wrong_usage(site: Path, arguments: list[str], words: str) -> None:
    """It ends with 2, says in Chinese what is wrong, and leaves nothing behind."""
    before = files(site)
    result = new(site, *arguments)
    assert result.exit_code == 2
    assert words in result.stderr
    assert files(site) == before


def test_without_a_series_and_without_a_site(site: Path, tmp_path: Path) -> None:
    """It is said what comes first."""
    shutil.rmtree(site / "content")
    result = new(site, "--series", "shiyan", "--title", "甲")
    assert (result.exit_code, "还没有系列" in result.stderr) == (2, True)
    (tmp_path / "empty").mkdir()
    result = new(tmp_path / "empty", "--series", "shiyan", "--title", "甲")
    assert (result.exit_code, "这里不是站点" in result.stderr) == (2, True)


def test_it_is_listed_in_chinese() -> None:
    """The help of `new` names it, and its own help has every option."""
    runner = CliRunner()
    assert "新建一讲普法课" in runner.invoke(main, ["new", "--help"]).stdout
    told = runner.invoke(main, ["new", "episode", "--help"])
    assert told.exit_code == 0
    assert told.stdout.startswith("用法：liaison new episode")
    assert all(option in told.stdout for option in ("--series", "--title", "--slug", "--site", "--today"))
    assert "Options" not in told.stdout


def test_numbers_and_names_by_themselves() -> None:
    """Numbers are those of one series; a name is cut at a syllable and never empty."""
    places = [Place("a", 3, "x"), Place("a", 1, "y"), Place("b", 9, "z")]
    assert [next_number(places, series) for series in ("a", "b", "c")] == [4, 10, 1]
    long = lesson_slug("孩子交给爷爷奶奶带，谁是监护人，这笔钱谁出")
    assert len(long) <= 40
    assert Place.of(f"a/01-{long}.md")
    assert not long.endswith("-")
    assert lesson_slug("？！") == "lesson"
    assert lesson_slug("a" * 60) == "a" * 40
    lesson = NewEpisode(series="a", number=100, title="甲", slug="jia")
    assert lesson.file == "content/episodes/a/100-jia.md"
    assert "video: {src: 100.mp4" in episode_text(lesson, date(2026, 11, 20))
