"""Where to publish: what somebody wrote on the command line or in `site.yml`, understood and checked."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from liaison.model.site import Goal, Layout

_REMOTE = re.compile(
    r"((?:[A-Za-z0-9_][A-Za-z0-9._-]*@)?(?:[A-Za-z0-9][A-Za-z0-9.-]*|\[[0-9A-Fa-f:.]+\])):(.*)", re.DOTALL
)
_FOLDER = re.compile(r"/[A-Za-z0-9._/+@=,-]+")
_OPTION = re.compile(r"[A-Za-z][A-Za-z0-9]*=[^\x00-\x1f]+")
_PORTS = range(1, 1 << 16)


class GoalError(ValueError):
    """The target cannot be understood; the message is for the user."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """A folder here or on a host."""

    label: str
    """What it is called to people and in logs: its name in `site.yml`, or as it was written."""
    folder: str
    host: str = ""
    """`user@host` of SSH; empty on this computer."""
    layout: Layout = "current"
    port: int | None = None
    address: str = ""
    """Where what is published can be fetched; empty where nobody said."""
    ssh_options: tuple[str, ...] = ()
    """`Name=value`, as after `ssh -o`."""

    @property
    def key(self) -> str:
        """A short name for files, another for another place."""
        place = f"{self.host}:{self.port or 22}:{self.folder}" if self.host else str(Path(self.folder).resolve())
        plain = re.sub(r"[^A-Za-z0-9]+", "-", Path(self.folder).name).strip("-") or "site"
        return f"{plain}-{hashlib.sha256(place.encode()).hexdigest()[:8]}"


def target_of(
    text: str,
    goals: Mapping[str, Goal],
    *,
    layout: Layout | None = None,
    port: int | None = None,
    address: str | None = None,
    ssh_options: tuple[str, ...] = (),
) -> Target:
    """The target that somebody means: a name in `site.yml`, a folder, or `user@host:/folder`. Raises `GoalError`.

    What is given besides goes before what `site.yml` says.
    """
    goal = goals.get(text)
    to = goal.to if goal else text
    layout = layout or (goal.layout if goal else "current")
    port = port or (goal.port if goal else None)
    address = address or (goal.address if goal else None) or ""
    if address and not address.startswith(("http://", "https://")):
        raise GoalError(f"网址要以 https:// 或 http:// 开头：{address}")
    if port is not None and port not in _PORTS:
        raise GoalError(f"端口要在 1 到 65535 之间：{port}")
    for option in ssh_options:
        if not _OPTION.fullmatch(option):
            raise GoalError(f"SSH 选项写成 IdentityFile=/home/me/.ssh/id_ed25519 这样：{option}")
    if not to.startswith(("/", "./", "../", "~")) and (found := _REMOTE.fullmatch(to)):
        folder = _remote_folder(found[2], to)
        return Target(
            label=text,
            folder=folder,
            host=found[1],
            layout=layout,
            port=port,
            address=address,
            ssh_options=ssh_options,
        )
    if port is not None or ssh_options:
        raise GoalError(f"{text} 是这台电脑上的文件夹，用不着端口和 SSH 选项")
    return Target(label=text, folder=_local_folder(to, goals), layout=layout, address=address)


def _remote_folder(folder: str, whole: str) -> str:
    if not folder.startswith("/"):
        raise GoalError(f"主机上的文件夹要写全，从 / 开始，如 user@host:/var/www/zhan：{whole!r}")
    if not _FOLDER.fullmatch(folder) or ".." in folder.split("/") or not folder.strip("/"):
        raise GoalError(f"主机上的文件夹名只用英文字母、数字和 . _ - + @ = ,，不能是根目录，不写 ..：{whole!r}")
    return "/" + "/".join(part for part in folder.split("/") if part not in {"", "."})


def _local_folder(to: str, goals: Mapping[str, Goal]) -> str:
    if not to or to.startswith("-") or any(ord(char) < ord(" ") for char in to):
        raise GoalError(f"看不懂目标 {to!r}：写 site.yml 里 publish.targets 的名字、文件夹，或 user@host:/文件夹")
    if "@" in to and ":" in to:
        raise GoalError(f"看不懂目标 {to!r}：SSH 主机写成 user@host:/文件夹，用户名和主机名只用英文字母、数字和 . _ -")
    if "/" not in to and not Path(to).is_dir():
        names = f"现有的名字：{'、'.join(goals)}" if goals else "site.yml 里还没有写 publish.targets"
        raise GoalError(f"没有叫“{to}”的目标（{names}）；要发布到文件夹，写成 ./{to}")
    folder = Path(to).expanduser().absolute()
    if folder.resolve() == Path("/"):
        raise GoalError("不能发布到根目录")
    return str(folder)
