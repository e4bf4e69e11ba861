"""When files were last changed: by Git's own word, or not at all."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from liaison.records.history import changed_on
from support.small import shelf


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose site lies in a folder of it."""
    folder = tmp_path / "repository"
    (folder / "office/stations/a b").mkdir(parents=True)
    (folder / "office/content").mkdir()
    git(folder, "init", "-q")
    return folder


def git(folder: Path, *words: str, seconds: int = 0) -> str:
    variables = {**os.environ, "GIT_COMMITTER_DATE": f"@{seconds} +0800", "GIT_AUTHOR_DATE": "@1 +0000"}
    command = ["git", "-C", str(folder), "-c", "user.name=示例", "-c", "user.email=a@example.gov.cn", *words]
    return subprocess.run(command, env=variables, check=True, capture_output=True, text=True).stdout


def commit(folder: Path, seconds: int, **files: str) -> None:
    for name, text in files.items():
        (folder / "office" / PATHS[name]).write_text(text)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", "示例", seconds=seconds)


PATHS = {"one": "stations/a b/一.yml", "two": "stations/two.yml", "text": "content/text.md", "site": "site.yml"}


def test_each_file_has_the_time_of_its_last_commit(repository: Path, tmp_path: Path) -> None:
    """In UTC, by its path below the site; a later commit counts, others do not; the answer is kept for a commit."""
    commit(repository, 1_795_132_800, one="1", two="1", text="1", site="1")
    commit(repository, 1_795_219_200, two="2")
    kept = shelf(tmp_path / "cache")
    found = {
        "stations/a b/一.yml": "2026-11-20T00:00:00Z",
        "stations/two.yml": "2026-11-21T00:00:00Z",
        "content/text.md": "2026-11-20T00:00:00Z",
    }
    assert changed_on(repository / "office", kept) == found
    assert changed_on(repository / "office", kept) == found
    commit(repository, 1_795_305_600, text="2")
    assert changed_on(repository / "office", kept) == found | {"content/text.md": "2026-11-22T00:00:00Z"}


def test_without_a_whole_history_nothing_is_said(repository: Path, tmp_path: Path) -> None:
    """Outside Git, before the first commit, and where only the last commits were fetched."""
    kept = shelf(tmp_path / "cache")
    assert changed_on(tmp_path, kept) == {}
    assert changed_on(repository / "office", kept) == {}
    commit(repository, 1, one="1")
    commit(repository, 2, two="1")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{repository}", str(tmp_path / "shallow"))
    assert changed_on(tmp_path / "shallow/office", kept) == {}
