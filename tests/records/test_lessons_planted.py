"""Slips of editors, planted into the sample's lessons one by one and all at once, with a text of the Civil Code."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import casebook
import pytest
from click.testing import CliRunner, Result

from liaison.cli import main

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "tests/laws/texts"
SERIES = "content/episodes/minfadian"
JIANHU, SHANYANG, CAILI = f"{SERIES}/02-jianhu.md", f"{SERIES}/06-shanyang.md", f"{SERIES}/12-caili.md"
ZHAIJIDI, DONGWU, JUZHUQUAN = f"{SERIES}/07-zhaijidi.md", f"{SERIES}/11-siyang-dongwu.md", f"{SERIES}/13-juzhuquan.md"


@dataclass(frozen=True)
class Planted:
    """A slip: what it does to the site, what is found of it, and words of the message."""

    plant: Callable[[Path], object]
    found: tuple[tuple[str, str], ...]
    words: str


def instead(file: str, line: int, was: str, now: str, place: str, rule: str, words: str) -> Planted:
    """Other words in a line; the fault is where `place` begins in the new line."""

    def plant(root: Path) -> None:
        lines = (root / file).read_text(encoding="utf-8").split("\n")
        assert lines[line - 1].count(was) == 1
        lines[line - 1] = lines[line - 1].replace(was, now)
        (root / file).write_text("\n".join(lines), encoding="utf-8")

    text = (ROOT / file).read_text(encoding="utf-8").split("\n")[line - 1].replace(was, now)
    return Planted(plant, ((f"{file}:{line}:{text.index(place) + 1}", rule),), words)


PLANTED = {
    "an article that is not there": instead(
        CAILI, 42, "民法典第1049条", "民法典第1261条", "第1261条", "law/article-unknown", "没有第1261条，一共1260条"
    ),
    "an article of another book": instead(
        CAILI, 43, "民法典第1052条", "民法典继承编第300条", "继承编", "law/wrong-part", "第300条不在继承编"
    ),
    "a law that was repealed": instead(
        CAILI, 41, "《民法典》第一千零四十六条", "婚姻法第32条", "婚姻法", "law/repealed", "已于2021年1月1日废止"
    ),
    "a paragraph that is not there": instead(
        CAILI, 9, "民法典第1042条", "民法典第1043条第三款", "第1043条", "law/paragraph-unknown", "没有第三款，一共2款"
    ),
    "an item that is not there": instead(
        JIANHU, 38, "第二十七条", "第27条第二款第四项", "第27条", "law/paragraph-unknown", "第二款没有第四项，一共3项"
    ),
    "another character in a quotation": instead(
        SHANYANG, 40, "扶助", "扶持", "持", "law/quotation", "引文和《民法典》第26条的原文不同：“持”"
    ),
    "captions": instead(
        f"{SERIES}/01.vtt", 8, " --> ", " -> ", "00", "captions/syntax", "写成 00:00:03.000 --> 00:00:06.000"
    ),
    "a deputy who is not on file": instead(
        ZHAIJIDI, 5, "7K3M9TY", "HCYYTHY", "HCYYTHY", "lesson/speaker-unknown", "没有编号是 HCYYTHY 的代表"
    ),
    "front matter": instead(
        DONGWU, 7, "]", "", "[", "yaml/syntax", "这里的方括号没有配好"
    ),
    "one number twice": Planted(
        lambda root: shutil.copy(root / f"{SERIES}/05-geren-xinxi.md", root / f"{SERIES}/04-chongfu.md"),
        tuple((f"{SERIES}/{name}.md:1:1", "lesson/number-duplicate") for name in ("04-chongfu", "04-minjian-jiedai")),
        f"第4讲有两份：还有 {SERIES}/04-minjian-jiedai.md",
    ),
    "another number for a published lesson": Planted(
        lambda root: (root / JUZHUQUAN).rename(root / f"{SERIES}/53-juzhuquan.md"),
        ((f"{SERIES}/53-juzhuquan.md:2:1", "lesson/number-changed"),),
        f"改法：把文件改回 {JUZHUQUAN}",
    ),
}  # fmt: skip


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample in Git, as it was published."""
    root = tmp_path_factory.mktemp("planted") / "site"
    root.mkdir()
    shutil.copy(ROOT / "site.yml", root)
    for folder in ("stations", "content", "laws"):
        shutil.copytree(ROOT / folder, root / folder)
    who = {f"GIT_{role}_{part}": "example" for role in ("AUTHOR", "COMMITTER") for part in ("NAME", "EMAIL")}
    settings = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    for command in (["init", "-q", "-b", "main"], ["add", "content"], ["commit", "-q", "-m", "published"]):
        subprocess.run(["git", *command], cwd=root, check=True, capture_output=True, env=os.environ | who | settings)
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    """A copy that may be changed; only the lessons are."""
    root = tmp_path / "site"
    shutil.copytree(published, root, ignore=shutil.ignore_patterns("stations"))
    (root / "stations").mkdir()
    shutil.copytree(published / "stations", root / "stations", copy_function=os.link, dirs_exist_ok=True)
    return root


def check(root: Path) -> Result:
    return CliRunner().invoke(main, ["check", "--site", str(root), "--law-texts", str(TEXTS), "--base", "main"])


def of_lessons(output: str) -> list[tuple[str, str]]:
    """Places and rules of what is found, but for what time brings to stations and deputies."""
    return sorted(place for place in casebook.places(output) if not place[0].startswith("stations/"))


def test_the_sample_itself(published: Path) -> None:
    """With the text of the Civil Code its lessons have no error, and nothing is noticed of them either."""
    result = check(published)
    assert result.exit_code == 0, result.output
    assert of_lessons(result.output) == []
    assert re.search(r"共 0 个错误，\d+ 条提示；读了 \d+ 个站、\d+ 位代表、57 讲普法课\n", result.output)


@pytest.mark.parametrize("name", PLANTED)
def test_a_slip_alone(name: str, root: Path) -> None:
    """It is found at its line and column under its rule, with what is meant, and nothing else is."""
    planted = PLANTED[name]
    planted.plant(root)
    result = check(root)
    assert of_lessons(result.output) == sorted(planted.found)
    assert planted.words in result.output
    assert result.exit_code == 1


def test_all_slips_at_once(root: Path) -> None:
    """One run finds all of them, each where it is found alone."""
    for planted in PLANTED.values():
        planted.plant(root)
    result = check(root)
    assert of_lessons(result.output) == sorted(place for planted in PLANTED.values() for place in planted.found)
    assert result.exit_code == 1
    assert all(planted.words in result.output for planted in PLANTED.values())
