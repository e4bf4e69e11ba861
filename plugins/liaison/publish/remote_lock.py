"""The lock of a folder on a host: a folder `.lock.d` that is put there in one step and says who holds it.

It stays when its holder is killed. On the holder's own computer the next publisher sees that and takes over; from
another one somebody has to say so.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from .place import HostError, PublishError
from .shell import Shell

_TAKEN, _NO_MV, _LOST = 41, 42, 45

_TAKE = f"""
set -e
umask 022
[ -d "$1" ] || mkdir -- "$1"
chmod a+rx -- "$1"
cd -- "$1"
rm -rf ".lock.$2"
mkdir ".lock.$2"
cat > ".lock.$2/holder"
: > ".lock.$2/$2"
mv -T ".lock.$2" .lock.d 2>/dev/null && exit 0
rm -rf ".lock.$2"
[ -e ".lock.d/$2" ] && exit 0
[ -d .lock.d ] || exit {_NO_MV}
cat .lock.d/holder
exit {_TAKEN}
"""
_LET_GO = """
cd -- "$1" || exit 0
[ -e ".lock.d/$2" ] || exit 0
mv -T .lock.d ".lock.gone.$2" && rm -rf ".lock.gone.$2"
"""
STILL_HELD = f"""
cd -- "$1" || exit 1
[ -e ".lock.d/$2" ] || exit {_LOST}
"""
"""Begins every script that changes something: `$1` is the folder, `$2` what the lock was taken with."""


class RemoteLock:
    """The lock of one folder, for one publisher."""

    def __init__(self, shell: Shell, folder: str, who: str, when: str, *, may_break: bool = False) -> None:
        """`may_break`: somebody made sure that whoever holds it is gone."""
        self.folder = folder
        self.token = secrets.token_hex(8)
        self._shell, self._may_break = shell, may_break
        self._holder = {"who": who, "when": when, "machine": _machine(), "pid": os.getpid(), "token": self.token}

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold it. Raises `PublishError` where somebody else does."""
        for _ in range(2):
            code, output = self._take()
            if code != _TAKEN:
                break
            holder = _holder_of(output)
            if not (self._may_break or _is_dead(holder)):
                raise PublishError(_told(holder, self._shell.host, self.folder))
            self._shell.run(_LET_GO, self.folder, str(holder.get("token", "")))
        if code == _TAKEN:
            raise PublishError(_told(_holder_of(output), self._shell.host, self.folder))
        if code == _NO_MV:
            raise PublishError(
                f"{self._shell.host} 上的 mv 没有 -T 选项（要 GNU coreutils），不能安全地切换网站；请改用上传包"
            )
        try:
            yield
        finally:
            with suppress(
                HostError
            ):  # the connection is lost, which was said; the next publisher sees that we are gone
                self._shell.run(_LET_GO, self.folder, self.token)

    def _take(self) -> tuple[int, bytes]:
        data = json.dumps(self._holder, ensure_ascii=False).encode()
        return self._shell.run(_TAKE, self.folder, self.token, data=data, good=(0, _TAKEN, _NO_MV))

    def run(self, script: str, *given: str, data: bytes = b"", good: tuple[int, ...] = (0,)) -> tuple[int, bytes]:
        """Run a script in the folder as long as the lock is ours; `given` are `$3` and so on. Raises `PublishError`."""
        code, output = self._shell.run(
            STILL_HELD + script, self.folder, self.token, *given, data=data, good=(*good, _LOST)
        )
        if code == _LOST:
            raise PublishError(f"{self._shell.host} 上的占用被别人解除了，这次发布停下来；请看看是谁在发布，再运行一次")
        return code, output


def _holder_of(output: bytes) -> dict[str, Any]:
    try:
        held = json.loads(output)
    except ValueError:
        return {}
    return held if isinstance(held, dict) else {}


def _told(holder: dict[str, Any], host: str, folder: str) -> str:
    who, when = holder.get("who") or "不知道是谁", holder.get("when") or "不知道什么时候"
    return (
        f"有人正在往 {host}:{folder} 发布（{who}，{when} 开始），等那边做完再来；什么也没有改。"
        "问过本人、确实已经停了，再加上 --break-lock"
    )


def _machine() -> str:
    """Where a number of a process means something: this computer since it was started; empty where that is unknown."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _is_dead(holder: dict[str, Any]) -> bool:
    """Whether it is certain that the holder is gone: it was a process of this computer."""
    pid = holder.get("pid")
    if not holder.get("machine") or holder["machine"] != _machine() or not isinstance(pid, int) or pid <= 0:
        return False
    return not Path(f"/proc/{pid}").exists()
