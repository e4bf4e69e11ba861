"""Comparing with a version in Git, in repositories of all sorts."""

from __future__ import annotations

import os
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import casebook
import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.records.issued_codes import codes_at
from liaison.records.versions import Version
from support.history import commit, git, publish
from support.sites import copy_site
from support.small import AREA, GULI, YUFENG, ZENG, base_site, change, deputy_text, write

VANISHED, REUSED = "code/vanished", "code/reused"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A site in Git."""
    made = base_site(tmp_path / "site")
    publish(made)
    return made


def check(root: Path, *args: str, base: str = "main") -> Result:
    return CliRunner().invoke(main, ["check", "--site", str(root), "--base", base, *args])


def found(root: Path, *args: str, base: str = "main") -> list[tuple[str, str]]:
    """Places and rules."""
    result = check(root, *args, base=base)
    places = casebook.places(result.output)
    assert result.exit_code == (1 if places else 0), result.output
    return places


def refused(root: Path, base: str = "main") -> str:
    """What is said where nothing can be compared: in Chinese, as wrong usage."""
    result = check(root, base=base)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.stderr
    assert "fatal" not in result.stderr
    return result.stderr


def break_both(root: Path) -> None:
    """One code vanishes, another changes hands."""
    (root / GULI).unlink()
    change(root, "content/episodes/shiyan/01-jiafeng.md", "speakers: [Q2RX7DK, ", "speakers: [")
    change(root, ZENG, "name: 曾示例", "name: 李示例")


BOTH = [(f"{GULI}:1:1", VANISHED), (f"{ZENG}:1:7", REUSED)]


@pytest.mark.parametrize("how", ["left", "staged", "committed", "half", "amended"])
def test_the_work_tree_is_what_counts(root: Path, how: str) -> None:
    """Be it committed, staged or neither; what was committed in between does not count."""
    git(root, "branch", "base")
    if how == "half":
        (root / GULI).unlink()
        commit(root)
        git(root, "checkout", "-q", "base", "--", GULI)
    break_both(root)
    if how == "staged":
        git(root, "add", "-A")
    if how in {"committed", "amended"}:
        commit(root)
    if how == "amended":
        git(root, "checkout", "-q", "--orphan", "other")
        commit(root)
    assert found(root, base="base") == BOTH
    assert found(root, base="refs/heads/base^{commit}") == BOTH


def test_a_record_that_is_new_there(root: Path) -> None:
    """Whoever has not merged what others added lately is told to, before anything else."""
    git(root, "checkout", "-q", "-b", "mine")
    git(root, "checkout", "-q", "main")
    write(root, f"{YUFENG}/deputies/new.yml", deputy_text("MQR6M65"))
    commit(root)
    git(root, "checkout", "-q", "mine")
    result = check(root)
    assert "编号 MQR6M65（李示例）在 main 里有，现在没有了" in result.output
    assert "改法：如果是 main 里新加的，先把它合并进来；不是的：编号印在墙上" in result.output
    git(root, "merge", "-q", "main")
    assert found(root) == []
    (root / f"{YUFENG}/deputies/new.yml").unlink()
    assert "先把它合并进来" not in check(root).output


def test_what_was_kept_from_an_earlier_run(root: Path) -> None:
    """A check without a version, or with another, leaves nothing behind that would hide a fault or make one up."""
    CliRunner().invoke(main, ["check", "--site", str(root)])
    break_both(root)
    assert CliRunner().invoke(main, ["check", "--site", str(root)]).exit_code == 0
    assert found(root) == BOTH
    commit(root)
    assert found(root) == []
    assert found(root, base="main~1") == BOTH
    assert CliRunner().invoke(main, ["check", "--site", str(root)]).exit_code == 0


def test_only_some_files_are_asked_for(root: Path) -> None:
    """The list is of those files, a deleted one in its folder too; the others are counted."""
    break_both(root)
    result = check(root, str(root / ZENG))
    assert casebook.places(result.output) == BOTH[1:]
    assert "别的文件里还有 1 个错误" in result.output
    assert casebook.places(check(root, str(root / YUFENG)).output) == BOTH


@pytest.mark.parametrize("name", ["示例 站", "[ab]*?", ":(top)x", "-q", "a\nb", "a'b\"c", "a\\b"])
def test_the_site_in_a_folder_of_the_repository(tmp_path: Path, name: str) -> None:
    """The folder may have any name; what lies elsewhere in the repository is not the site's."""
    repository = tmp_path / "repository"
    root = repository / "sites" / name
    root.parent.mkdir(parents=True)
    base_site(root)
    shutil.copytree(root / "stations", repository / "stations")
    publish(repository)
    assert found(root) == []
    shutil.rmtree(repository / "stations")
    assert found(root) == []
    break_both(root)
    assert found(root) == BOTH


def test_files_with_odd_names(root: Path) -> None:
    """A record that lay under a name that is not taken had its code all the same."""
    odd = [f"{YUFENG}/deputies/{name}" for name in ("古丽.yml", "G uli.yml", 'gu"li.yml', "gu\nli.yml")]
    (root / GULI).rename(root / odd[0])
    commit(root)
    assert VANISHED not in {rule for _, rule in found(root)}
    for was, now in pairwise(odd):
        (root / was).rename(root / now)
        assert VANISHED not in {rule for _, rule in found(root)}
    (root / odd[-1]).rename(root / GULI)
    assert found(root) == []
    (root / GULI).rename(root / ".." / "elsewhere")
    assert (f"{odd[0]}:1:1", VANISHED) in found(root)


CONFIGURED = {
    "diff.relative": "true",
    "diff.noprefix": "true",
    "diff.external": "false",
    "diff.orderFile": "/nowhere",
    "diff.renames": "copies",
    "diff.ignoreSubmodules": "all",
    "core.quotePath": "true",
    "core.autocrlf": "true",
    "color.ui": "always",
    "core.abbrev": "4",
    "status.showUntrackedFiles": "no",
    "core.pager": "false",
    "diff.context": "0",
    "core.fsmonitor": "false",
}


def test_whatever_somebody_configured(root: Path) -> None:
    """Nobody's settings for Git change what is found."""
    for name, value in CONFIGURED.items():
        git(root, "config", name, value)
    assert found(root) == []
    (root / GULI).rename(root / f"{YUFENG}/deputies/moved.yml")
    assert found(root) == []
    (root / f"{YUFENG}/deputies/moved.yml").rename(root / GULI)
    break_both(root)
    assert found(root) == BOTH


@pytest.mark.parametrize("mark", ["--assume-unchanged", "--skip-worktree"])
def test_files_that_git_was_told_not_to_look_at(root: Path, mark: str) -> None:
    """They are compared all the same; one that is not there leaves it open whether it was deleted."""
    git(root, "update-index", mark, ZENG, GULI)
    assert found(root) == []
    change(root, ZENG, "name: 曾示例", "name: 李示例")
    assert found(root) == [(f"{ZENG}:1:7", REUSED)]
    (root / GULI).unlink()
    assert "稀疏检出" in refused(root)


def test_sparse_checkout(root: Path) -> None:
    """What was not taken out is not taken for deleted; nothing is judged."""
    git(root, "sparse-checkout", "set", "--no-cone", "/*", f"!/{YUFENG}/deputies/")
    assert not (root / GULI).exists()
    assert "先运行 git sparse-checkout disable" in refused(root)


def test_shallow_clone(root: Path, tmp_path: Path) -> None:
    """A version that was not fetched is asked for."""
    commit(root)
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    assert found(tmp_path / "shallow", base="HEAD") == []
    assert "git fetch --unshallow" in refused(tmp_path / "shallow", base="HEAD~1")


def test_a_repository_that_lacks_something(root: Path) -> None:
    """Where the content of a record is gone nothing is judged."""
    blob = subprocess.run(["git", "rev-parse", f"main:{GULI}"], cwd=root, capture_output=True, text=True, check=True)
    kept = root / ".git/objects" / blob.stdout[:2] / blob.stdout[2:].strip()
    break_both(root)
    kept.unlink()
    assert "仓库不完整" in refused(root)


def test_submodules(root: Path) -> None:
    """Records that lay in another repository cannot be compared."""
    git(root, "update-index", "--add", "--cacheinfo", f"160000,{'1' * 40},{AREA}/elsewhere")
    git(root, "commit", "-q", "-m", "module")
    git(root, "rm", "-q", "--cached", f"{AREA}/elsewhere")
    assert "子模块" in refused(root)


def test_a_merge_that_stopped(root: Path) -> None:
    """While two sides of a merge stand in a file, the marks are its fault; other files are judged."""
    git(root, "checkout", "-q", "-b", "other")
    change(root, ZENG, "post: 党总支书记", "post: 教师")
    commit(root)
    git(root, "checkout", "-q", "main")
    change(root, ZENG, "post: 党总支书记", "post: 医生")
    (root / GULI).unlink()
    change(root, "content/episodes/shiyan/01-jiafeng.md", "speakers: [Q2RX7DK, ", "speakers: [")
    commit(root)
    with pytest.raises(subprocess.CalledProcessError):
        git(root, "merge", "other")
    for base in ("main~1", "other"):
        rules = {rule for _, rule in found(root, base=base)}
        assert VANISHED in rules
        assert rules - {VANISHED} == {"yaml/syntax"}


def test_in_a_hook(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Git runs hooks with variables that name its folder and its index."""
    monkeypatch.setenv("GIT_DIR", str(root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(root / ".git/index"))
    break_both(root)
    assert found(root) == BOTH


def test_somebody_else_at_work(root: Path) -> None:
    """A repository that another program has locked can be compared with."""
    (root / ".git/index.lock").touch()
    os.utime(root / ZENG)
    assert found(root) == []
    break_both(root)
    assert found(root) == BOTH


def test_git_writes_nothing(root: Path) -> None:
    """A check leaves the repository as it is; files that were only touched are the same."""
    index = root / ".git/index"
    os.utime(root / GULI)
    before = index.read_bytes(), index.stat().st_mtime_ns
    assert found(root) == []
    assert (index.read_bytes(), index.stat().st_mtime_ns) == before
    assert GULI in codes_at(Version.of(root, "main")).same


def test_the_sample(tmp_path: Path) -> None:
    """The sample agrees with itself, and says the same with a version to compare with as without."""
    root = copy_site(tmp_path / "sample")
    alone = CliRunner().invoke(main, ["check", "--site", str(root)])
    publish(root)
    assert check(root).output == alone.output
