"""Sites for tests: copies of what a site is made of, and what `mkdocs build` makes of them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

import yaml

from liaison.shelf import VARIABLE
from support.html import PageFacts, read_page

REPOSITORY = Path(__file__).resolve().parents[2]

NO_CACHE = {VARIABLE: ""}
"""A variable for a build that keeps nothing and uses nothing that was kept."""

_PARTS = ("mkdocs.yml", "site.yml", "stations", "content", "laws", "overrides", "static")
_MANUAL = ("guides/", "about/")
"""Folders of hand-written pages."""

_HIDDEN_VARIABLES = ("LIAISON_TODAY", "SOURCE_DATE_EPOCH", "PYTHONHASHSEED", "TZ")


@dataclass(frozen=True)
class Built:
    """A site and the tree of files that was built from it."""

    source: Path
    tree: Path

    @cached_property
    def facts(self) -> dict[str, str]:
        """`site.yml`, unjudged."""
        loaded: dict[str, str] = yaml.load((self.source / "site.yml").read_text("utf-8"), yaml.BaseLoader)
        return loaded

    @property
    def url(self) -> str:
        """Where the site says it will stand."""
        return self.facts["url"]

    @property
    def mount(self) -> str:
        """The path of `url`, with slashes at both ends."""
        return urlsplit(self.url).path or "/"

    @property
    def today(self) -> date:
        """The day the sample is built for."""
        return date.fromisoformat(self.facts["sample_today"])

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Paths of all files of the tree, sorted."""
        return tuple(sorted(path.relative_to(self.tree).as_posix() for path in self.tree.rglob("*") if path.is_file()))

    @cached_property
    def known(self) -> frozenset[str]:
        """The same paths, to ask whether a file is there."""
        return frozenset(self.files)

    @cached_property
    def pages(self) -> dict[str, PageFacts]:
        """Every HTML file, read."""
        return {path: read_page(self.text(path)) for path in self.files if path.endswith(".html")}

    def text(self, path: str) -> str:
        """A file of the tree as text."""
        return (self.tree / path).read_text("utf-8")

    def data(self, path: str) -> bytes:
        """A file of the tree as it lies there."""
        return (self.tree / path).read_bytes()

    @property
    def record_pages(self) -> dict[str, PageFacts]:
        """Pages made from records, and the page for what is missing: all in the light layout."""
        return {path: page for path, page in self.pages.items() if not path.startswith(_MANUAL)}


def copy_site(to: Path, *, url: str | None = None, source: Path = REPOSITORY) -> Path:
    """What a site is made of, at another place; with another address if wanted."""
    to.mkdir(parents=True, exist_ok=True)
    for name in _PARTS:
        part = source / name
        if part.is_dir():
            shutil.copytree(part, to / name)
        elif part.is_file():
            shutil.copyfile(part, to / name)
    if url:
        edit(to / "site.yml", r"(?m)^url: .*$", f"url: {url}")
    return to


def edit(file: Path, pattern: str, new: str) -> None:
    """Replace exactly one place of a file."""
    text, count = re.subn(pattern, lambda _: new, file.read_text("utf-8"))
    assert count == 1, f"{pattern} is found {count} times in {file}"
    file.write_text(text, "utf-8")


def environment(**more: str) -> dict[str, str]:
    """Variables for a build that depend on nobody's shell."""
    kept = {name: value for name, value in os.environ.items() if name not in _HIDDEN_VARIABLES}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", "NO_MKDOCS_2_WARNING": "1", **more}


def run_build(
    source: Path, out: Path, *, program: str = "mkdocs", cwd: Path | None = None, **variables: str
) -> subprocess.CompletedProcess[str]:
    """`mkdocs build --strict` of a site into `out`, by this interpreter; the outcome is not judged."""
    command = [sys.executable, "-m", program, "build", "--strict", "-f", str(source / "mkdocs.yml"), "-d", str(out)]
    return subprocess.run(
        command, cwd=cwd, env=environment(**variables), capture_output=True, text=True, timeout=300, check=False
    )


def build(source: Path, out: Path, *, program: str = "mkdocs", cwd: Path | None = None, **variables: str) -> Built:
    """A site built without a warning."""
    done = run_build(source, out, program=program, cwd=cwd, **variables)
    assert done.returncode == 0, f"{program} build failed:\n{done.stdout}\n{done.stderr}"
    return Built(source, out)


def contents(tree: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {path.relative_to(tree).as_posix(): path.read_bytes() for path in tree.rglob("*") if path.is_file()}
