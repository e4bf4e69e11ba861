"""What was published in an earlier version keeps its number (`liaison check --base`), with a history in Git."""

from __future__ import annotations

import shutil
from pathlib import Path

import casebook
import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.records import issued
from liaison.records.versions import Version
from support.history import git, publish

RULE = "lesson/number-changed"
SERIES = "content/episodes/shiyan"
FIRST, SECOND, PLANNED = f"{SERIES}/01-jiafeng.md", f"{SERIES}/02-jiedai.md", f"{SERIES}/03-yizhu.md"


def lesson(title: str, status: str = "published", day: str = "2026-11-13") -> str:
    """A lesson that is complete."""
    signed = "".join(f"  {who}: {{name: 示例, date: 2026-11-02}}\n" for who in ("责编", "一审", "二审", "三审"))
    return f"---\ntitle: {title}\ndate: {day}\nsummary: 一句话。\nreview:\n{signed}status: {status}\n---\n\n正文。\n"


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site in Git with two lessons published and one planned."""
    root = casebook.base_site(tmp_path_factory.mktemp("issued") / "site")
    (root / SECOND).write_text(lesson("借钱要打借条"), encoding="utf-8")
    (root / PLANNED).write_text("---\ntitle: 遗嘱怎么写\nstatus: planned\n---\n", encoding="utf-8")
    publish(root)
    return root


@pytest.fixture
def root(published: Path, tmp_path: Path) -> Path:
    """A copy that may be changed."""
    return Path(shutil.copytree(published, tmp_path / "site"))


def check(root: Path, base: str = "main") -> Result:
    return CliRunner().invoke(main, ["check", "--site", str(root), "--base", base])


def found(root: Path, base: str = "main") -> list[tuple[str, str]]:
    """Places and rules; the exit code has to agree with them."""
    result = check(root, base)
    places = casebook.places(result.output)
    assert result.exit_code == (1 if places else 0), result.output
    return places


def test_nothing_changed(root: Path) -> None:
    """A site agrees with the version that it is."""
    assert found(root) == []


def test_a_published_lesson_is_deleted(root: Path) -> None:
    """It is said at the series, with the number, the title and the file to bring back."""
    (root / SECOND).unlink()
    result = check(root)
    assert casebook.places(result.output) == [(f"{SERIES}/index.md:1:1", "lesson/number-changed")]
    assert f"第2讲“借钱要打借条”已经发布，不能删去：{SECOND}\n" in result.output
    assert "要下架的写 status: withdrawn" in result.output
    assert result.exit_code == 1


def test_a_whole_series_is_deleted(root: Path) -> None:
    """Each of its lessons is missed."""
    shutil.rmtree(root / SERIES)
    assert found(root) == [(f"{SERIES}/index.md:1:1", RULE)] * 2


def test_a_published_lesson_has_another_number(root: Path) -> None:
    """It is said at the lesson, with the name that its file had."""
    (root / SECOND).rename(root / f"{SERIES}/04-jiedai.md")
    result = check(root)
    assert casebook.places(result.output) == [(f"{SERIES}/04-jiedai.md:2:1", RULE)]
    assert f"改法：把文件改回 {SECOND}\n" in result.output


@pytest.mark.parametrize(("name", "title"), [("jiedai", "借条怎么打"), ("jietiao", "借钱要打借条")])
def test_another_number_and_another_title_or_name(root: Path, name: str, title: str) -> None:
    """The lesson is known by what is left of the two."""
    (root / SECOND).unlink()
    (root / f"{SERIES}/04-{name}.md").write_text(lesson(title), encoding="utf-8")
    assert found(root) == [(f"{SERIES}/04-{name}.md:2:1", RULE)]


def test_another_lesson_takes_the_number(root: Path) -> None:
    """It is said at the lesson that has the number now, with the title that was published under it."""
    (root / SECOND).unlink()
    (root / f"{SERIES}/02-caili.md").write_text(lesson("彩礼要不要还", day="2026-11-14"), encoding="utf-8")
    result = check(root)
    assert casebook.places(result.output) == [(f"{SERIES}/02-caili.md:2:1", RULE)]
    assert "第2讲已经发布过“借钱要打借条”，这个讲次不能给别的课" in result.output


@pytest.mark.parametrize("status", ["draft", "planned"])
def test_a_published_lesson_is_taken_back(root: Path, status: str) -> None:
    """It would lose its page, so it is an error at the word."""
    casebook.change(root, SECOND, "status: published", f"status: {status}")
    result = check(root)
    assert casebook.places(result.output) == [(f"{SECOND}:10:9", RULE)]
    assert f"已经发布的课不能改回 {status}" in result.output


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("status: published", "status: withdrawn"),
        ("title: 借钱要打借条", "title: 借条怎么打"),
        ("date: 2026-11-13", "date: 2026-11-14"),
        ("正文。", "改过的正文。"),
    ],
)
def test_what_may_change(root: Path, was: str, now: str) -> None:
    """Title, day, text, and that it is withdrawn: the address stays."""
    casebook.change(root, SECOND, was, now)
    assert found(root) == []


def test_the_name_of_the_file_may_change(root: Path) -> None:
    """The address has the number alone; even with a new title it is the same lesson of the same day."""
    (root / SECOND).rename(root / f"{SERIES}/02-jietiao.md")
    assert found(root) == []
    casebook.change(root, f"{SERIES}/02-jietiao.md", "title: 借钱要打借条", "title: 借条怎么打")
    assert found(root) == []


def test_a_withdrawn_lesson_stays(root: Path) -> None:
    """What was withdrawn in the version compared with has its number for ever too."""
    casebook.change(root, SECOND, "status: published", "status: withdrawn")
    git(root, "commit", "-q", "-a", "-m", "withdrawn")
    (root / SECOND).unlink()
    assert found(root) == [(f"{SERIES}/index.md:1:1", RULE)]


@pytest.mark.parametrize("day", ["2026-11-13", "2026-11-12"])
def test_two_lessons_swap_their_numbers(root: Path, day: str) -> None:
    """Both are named, though they may have been published on one day."""
    casebook.change(root, SECOND, "date: 2026-11-13", f"date: {day}")
    git(root, "commit", "-q", "-a", "--allow-empty", "-m", "day")
    (root / FIRST).rename(root / f"{SERIES}/02-jiafeng.md")
    (root / SECOND).rename(root / f"{SERIES}/01-jiedai.md")
    assert found(root) == [(f"{SERIES}/01-jiedai.md:2:1", RULE), (f"{SERIES}/02-jiafeng.md:2:1", RULE)]


def test_two_lessons_swap_their_content(root: Path) -> None:
    """The names of the files alone do not make a lesson the same."""
    (root / FIRST).rename(root / "between")
    (root / SECOND).rename(root / FIRST)
    (root / "between").rename(root / SECOND)
    assert found(root) == [(f"{FIRST}:2:1", RULE), (f"{SECOND}:2:1", RULE)]


def test_lessons_with_one_name(root: Path) -> None:
    """A lesson is not taken for another that had the same name under its own number all along."""
    (root / f"{SERIES}/04-jiedai.md").write_text(lesson("民间借贷的利息"), encoding="utf-8")
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", "one more")
    (root / SECOND).unlink()
    (root / f"{SERIES}/02-jietiao.md").write_text(lesson("借条怎么打"), encoding="utf-8")
    assert found(root) == []


def test_planned_lessons_may_change(root: Path) -> None:
    """A number that was never published can be given up, changed or given to another lesson."""
    (root / PLANNED).rename(root / f"{SERIES}/07-yizhu.md")
    assert found(root) == []
    (root / PLANNED).write_text(lesson("彩礼要不要还"), encoding="utf-8")
    assert found(root) == []
    (root / f"{SERIES}/07-yizhu.md").unlink()
    assert found(root) == []


def test_a_lesson_that_cannot_be_read_is_not_called_deleted(root: Path) -> None:
    """Its own fault is the one thing said of it."""
    casebook.change(root, SECOND, "title: 借钱要打借条", "title: [借钱要打借条")
    assert found(root) == [(f"{SECOND}:2:8", "yaml/syntax")]


def test_the_site_in_a_folder_of_the_repository(published: Path, tmp_path: Path) -> None:
    """Paths in Git are those from the top of the repository, also where a lesson lies outside the site."""
    root = tmp_path / "repository/sites/示例 站"
    shutil.copytree(published, root, ignore=shutil.ignore_patterns(".git"))
    (tmp_path / "repository" / SERIES).mkdir(parents=True)
    shutil.copy(root / SECOND, tmp_path / "repository" / SERIES / "09-elsewhere.md")
    publish(tmp_path / "repository")
    assert found(root) == []
    (root / SECOND).unlink()
    assert found(root) == [(f"{SERIES}/index.md:1:1", RULE)]


def test_what_is_no_file_in_the_version_compared_with(root: Path) -> None:
    """A submodule or a link under the name of a lesson, or a lesson that could not be read, is passed over."""
    (root / f"{SERIES}/05-lianjie.md").symlink_to("/etc/passwd")
    (root / f"{SERIES}/06-gbk.md").write_bytes("---\ntitle: 示例\nstatus: published\n---\n".encode("gbk"))
    git(root, "add", "-A")
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{SERIES}/08-zimokuai.md")
    git(root, "commit", "-q", "-m", "odd")
    (root / f"{SERIES}/05-lianjie.md").unlink()
    (root / f"{SERIES}/06-gbk.md").unlink()
    assert found(root) == []


@pytest.mark.parametrize("base", ["nix", "--help", "-q", "", "main:site.yml", "main~5", "main..main", "HEAD\nmain"])
def test_a_version_that_is_none(root: Path, base: str) -> None:
    """It is wrong usage, said in Chinese, and not passed over in silence."""
    result = CliRunner().invoke(main, ["check", "--site", str(root), f"--base={base}"])
    assert result.exit_code == 2, result.output
    assert "版本" in result.stderr
    assert "fatal" not in result.output
    assert "Traceback" not in result.output


def test_outside_git_and_without_git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where nothing can be compared the command says so, instead of finding nothing."""
    root = casebook.base_site(tmp_path / "site")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    result = check(root)
    assert (result.exit_code, "这里不是 Git 仓库" in result.stderr) == (2, True)
    monkeypatch.setenv("PATH", str(tmp_path))
    result = check(root)
    assert (result.exit_code, "没有找到 git" in result.stderr) == (2, True)


def test_an_empty_repository_and_a_version_without_lessons(tmp_path: Path) -> None:
    """Before the first commit there is no version; one without lessons promises nothing."""
    root = casebook.base_site(tmp_path / "site")
    git(root, "init", "-q", "-b", "main")
    assert check(root).exit_code == 2
    git(root, "add", "site.yml")
    git(root, "commit", "-q", "-m", "site")
    assert found(root) == []
    assert issued.issued_at(Version.of(root, "main")) == ()
