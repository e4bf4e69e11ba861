"""A small site with a release in `site/` that everybody signed."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

from liaison.model.holders import Holder
from liaison.publish.manifest import Manifest
from liaison.publish.releases import release_names
from support.releases import release, small_files
from support.sites import REPOSITORY

_SHEET = """\
tree: {tree}
sheet: {sheet}
signed:
- {{role: 拟稿, name: 李示例, at: 2026-11-22 09:30}}
- {{role: 审核, name: 王示例, at: 2026-11-22 10:30}}
- {{role: 保密审查, name: 张示例, at: 2026-11-22 11:30}}
- {{role: 签发, name: 赵示例, at: 2026-11-22 12:30}}
"""


def small_site(folder: Path) -> Path:
    """A site without problems."""
    shutil.copytree(REPOSITORY / "tests/cases/base", folder)
    return folder


def lay_release(
    root: Path, word: str = "一", holders: Mapping[str, Holder] | None = None, extra: Mapping[str, bytes] | None = None
) -> Manifest:
    """A release in `site/`, in place of what was there."""
    shutil.rmtree(root / "site", ignore_errors=True)
    return release(root / "site", {**small_files(word), **(extra or {})}, holders)


def approve(root: Path, manifest: Manifest, number: int = 1) -> None:
    """Record that everybody signed it."""
    (root / "approvals").mkdir(exist_ok=True)
    sheet = f"2026-11-22-{number}"
    (root / f"approvals/{sheet}.yml").write_text(_SHEET.format(tree=manifest.tree, sheet=sheet), "utf-8")


def names_at(host: Path) -> list[str]:
    """The releases that a folder keeps, in order."""
    return release_names(one.name for one in (host / "releases").iterdir())
