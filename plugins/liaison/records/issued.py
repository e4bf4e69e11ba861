"""Lessons that an earlier version had published, read from Git: their numbers never change and never go away."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

from liaison.model.lessons import Place

from .curriculum import Issued
from .files import EPISODES
from .front_matter import split
from .loader import read
from .text import decode


class BaseError(ValueError):
    """The version to compare with cannot be had; says why in Chinese."""


def issued_at(root: Path, ref: str) -> tuple[Issued, ...]:
    """Lessons published, or withdrawn after they were, in the version `ref` of the site at `root`.

    Raises `BaseError`.
    """
    if ref.startswith("-"):
        raise BaseError(f"不能作版本：{ref}")
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").decode().strip()
    prefix = _git(root, "rev-parse", "--show-prefix").decode().strip()
    listed = _git(root, "ls-tree", "-r", "-z", "--full-tree", commit, "--", f"{prefix}{EPISODES}")
    blobs = [row.split("\t", 1) for row in listed.decode(errors="replace").split("\0") if "\t" in row]
    files = [(about.split()[2], path.removeprefix(prefix)) for about, path in blobs if about.split()[1] == "blob"]
    lessons = [(blob, place) for blob, path in files if (place := Place.of(path)) is not None]
    return tuple(_published(lessons, _contents(root, [blob for blob, _ in lessons])))


def check_out(root: Path, ref: str, folder: Path) -> None:
    """Lay the site as it was at a version of its repository into a folder. Raises `BaseError`."""
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}").decode().strip()
    prefix = _git(root, "rev-parse", "--show-prefix").decode().strip()
    packed = _git(root, "archive", "--format=tar", f"{commit}:{prefix}")
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        archive.extractall(folder, filter="data")


def _published(lessons: list[tuple[str, Place]], contents: Iterator[bytes]) -> Iterator[Issued]:
    for (_, place), data in zip(lessons, contents, strict=True):
        text = decode(data)
        head = split(text).head if isinstance(text, str) else None
        tree = read(head).tree if head is not None else None
        if isinstance(tree, dict) and tree.get("status") in {"published", "withdrawn"}:
            yield Issued(place, str(tree.get("title", "")), str(tree.get("date", "")))


def _contents(root: Path, blobs: list[str]) -> Iterator[bytes]:
    """The content of each blob."""
    data = _git(root, "cat-file", "--batch", given="\n".join(blobs).encode() + b"\n") if blobs else b""
    at = 0
    for _ in blobs:
        end = data.index(b"\n", at)
        size = int(data[at:end].split()[2])
        yield data[end + 1 : end + 1 + size]
        at = end + 1 + size + 1


def _git(root: Path, *arguments: str, given: bytes | None = None) -> bytes:
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError as error:
        raise BaseError("没有找到 git，不能和以前的版本比较") from error
    if done.returncode:
        raise BaseError(
            f"git 没有找到这个版本，或这里不是 Git 仓库（{arguments[0]}）；核对 --base 后面的分支名或版本号"
        )
    return done.stdout
