"""Versions of a site in the history of its repository: which files there were, what they held, which differ now."""

from __future__ import annotations

import hashlib
import os
import re
import stat
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .limits import YAML_BYTES
from .text import shown

MODULE = "160000"
"""What Git calls the commit of another repository that stands in for a folder."""

_NOTHING = "0" * 6
_SHA1 = 40
_AT_A_TIME = 4096
_NAMING = ("rev-parse", "archive")
"""What fails where there is no such version."""
_UNWATCHED = re.compile(rb"(?:^|(?<=\0))[a-zS] ([^\0]+)")
"""Marks of `git ls-files -v`: small letters for `--assume-unchanged`, S for `--skip-worktree`."""


class BaseError(ValueError):
    """The version to compare with cannot be had; says why in Chinese."""


@dataclass(frozen=True, slots=True)
class Version:
    """A commit of the repository that the site at `root` lies in. Its methods raise `BaseError`.

    Paths are relative to the site.
    """

    root: Path
    ref: str
    """What it was called by whoever asked."""
    commit: str
    prefix: str
    """The folder of the site in the repository, with a slash at the end; empty at its top."""

    @classmethod
    def of(cls, root: Path, ref: str) -> Version:
        """The version that somebody names: a branch, a tag, a number."""
        if ref.startswith("-"):
            raise BaseError(f"不能作版本：{ref}")
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{ref}^{{commit}}")
        commit, prefix = _git(root, *asked), _git(root, "rev-parse", "--show-prefix")
        return cls(root, ref, commit.decode().strip(), os.fsdecode(prefix).removesuffix("\n"))

    def files(self, folder: str) -> dict[str, str]:
        """Where the content of each file below a folder lies, by path; other things than files are left out."""
        listed = self._git("ls-tree", "-r", "-z", "--full-tree", self.commit, "--", f"{self.prefix}{folder}")
        found = {}
        for row in listed.split(b"\0"):
            about, _, path = row.partition(b"\t")
            if path and about.split()[1] == b"blob":
                found[os.fsdecode(path).removeprefix(self.prefix)] = about.split()[2].decode()
        return found

    def differing(self, folder: str) -> dict[str, str]:
        """What there was below a folder and may not be the same in the work tree now, be it committed or not.

        By path the mode that it had. A file that was only touched may be among them.
        """
        kept = ("--raw", "-z", "--no-abbrev", "--no-renames", "--relative", "--ignore-submodules=none")
        told = self._git("diff-index", *kept, self.commit, "--", folder).split(b"\0")
        modes = ((path, about[1:].split()[0].decode()) for about, path in zip(told[::2], told[1::2], strict=False))
        return {os.fsdecode(path): mode for path, mode in modes if mode != _NOTHING}

    def is_touched_only(self, path: str, blob: str) -> bool:
        """Whether there is a file in the work tree, with the content of a blob; looked at as far as a record may be."""
        file = self.root / path
        try:
            about = file.lstat()
            if not stat.S_ISREG(about.st_mode) or about.st_size > YAML_BYTES:
                return False
            data = file.read_bytes()
        except OSError:
            return False
        made = hashlib.new("sha1" if len(blob) == _SHA1 else "sha256", usedforsecurity=False)
        made.update(b"blob %d\0" % len(data) + data)
        return made.hexdigest() == blob

    def unwatched(self, folder: str) -> frozenset[str]:
        """Files below a folder that Git was told not to look at, so that they never differ."""
        marked = self._git("ls-files", "-v", "-z", "--", folder)
        return frozenset(os.fsdecode(path) for path in _UNWATCHED.findall(marked))

    def contents(self, blobs: Sequence[str]) -> Iterator[bytes]:
        """The content of each blob."""
        for start in range(0, len(blobs), _AT_A_TIME):
            some = blobs[start : start + _AT_A_TIME]
            yield from self._some_contents(some, self._git("cat-file", "--batch", given="\n".join(some).encode()))

    def _some_contents(self, blobs: Sequence[str], data: bytes) -> Iterator[bytes]:
        at = 0
        for _ in blobs:
            end = data.index(b"\n", at)
            about = data[at:end].split()
            if not about[-1].isdigit():
                raise BaseError(f"这里的 Git 仓库不完整，缺少 {shown(self.ref)} 的文件；运行 git fetch 取全后再比较")
            yield data[end + 1 : end + 1 + int(about[-1])]
            at = end + 1 + int(about[-1]) + 1

    def has_more(self) -> bool:
        """Whether something was committed to it that the work tree does not rest on."""
        try:
            return bool(self._git("rev-list", "--max-count=1", f"HEAD..{self.commit}").strip())
        except BaseError:  # nothing is committed here yet
            return False

    def packed(self) -> bytes:
        """The whole site as a tar archive."""
        return self._git("archive", "--format=tar", f"{self.commit}:{self.prefix}")

    def _git(self, *arguments: str, given: bytes | None = None) -> bytes:
        return _git(self.root, *arguments, given=given)


def _git(root: Path, *arguments: str, given: bytes | None = None) -> bytes:
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603 - no shell
    except OSError as error:
        raise BaseError("没有找到 git，不能和以前的版本比较") from error
    except ValueError as error:  # a null character
        raise BaseError("--base 后面的版本里有不能用的字符") from error
    if done.returncode:
        step = next(one for one in arguments if not one.startswith("-"))
        if step not in _NAMING:
            raise BaseError(f"git {step} 没有成功，不能和以前的版本比较；运行 git fsck 看仓库是否完好")
        hint = "核对 --base 后面的分支名或版本号"
        if (root / ".git/shallow").exists():
            hint += "；这里只取了最近的历史，先运行 git fetch --unshallow"
        raise BaseError(f"git 没有找到这个版本，或这里不是 Git 仓库（{step}）；{hint}")
    return done.stdout
