"""One host over SSH: small scripts and rsync over one connection, never a question, plain words when it fails."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO

from liaison.workers import end_with_parent

from .goals import Target
from .place import HostError

WAITS = (1, 3, 9)
"""Seconds before each new try when the connection fails that stood."""

_LOST = 255
"""What `ssh` exits with when the connection fails."""
_RSYNC_LOST = {10, 12, 30, 35, _LOST}
"""What `rsync` exits with when the connection fails, see its manual page."""
_SOCKET_WAIT = 20
"""Seconds until a connection must stand, somewhat more than ssh waits itself."""
_ALWAYS = ("BatchMode=yes",)
_USUALLY = ("ConnectTimeout=10", "ServerAliveInterval=5", "ServerAliveCountMax=3", "Compression=yes")

_FAULTS = (
    (
        "REMOTE HOST IDENTIFICATION HAS CHANGED",
        "{host} 的主机密钥变了，可能有人冒充这台主机：先向主机管理员核实，不要急着改",
    ),
    (
        "Host key verification failed",
        "不认识主机 {host} 的密钥：请先在这台电脑上运行一次 ssh {host}，向主机管理员核对屏幕上的指纹，一致才输入 yes",
    ),
    (
        "Permission denied (",
        "{host} 不接受登录：请把这台电脑的 SSH 公钥交给主机管理员，装到这个用户名下；发布时不会问密码",
    ),
    ("Too many authentication failures", "{host} 不接受登录：试的密钥太多，用 --ssh-option IdentityFile=… 指定一个"),
    ("Could not resolve hostname", "找不到主机 {host}：检查名字写得对不对，网络通不通"),
    ("Connection refused", "{host} 拒绝连接：检查端口对不对，主机的 SSH 服务开没开"),
    ("timed out", "连不上 {host}：等了很久没有回应，检查网络和防火墙"),
    ("No route to host", "连不上 {host}：网络不通"),
    ("Network is unreachable", "连不上 {host}：网络不通"),
)
_DISK = (
    ("No space left on device", "{host} 的磁盘满了"),
    ("Disk quota exceeded", "{host} 上这个用户的磁盘配额用完了"),
    ("Read-only file system", "{host} 上的文件夹是只读的，写不进去"),
    ("Permission denied", "{host} 上的这个用户没有权限写那个文件夹"),
    ("rsync: command not found", "{host} 上没有 rsync，请主机管理员安装"),
    ("rsync: not found", "{host} 上没有 rsync，请主机管理员安装"),
)


class Shell:
    """Runs scripts on a host. To be closed at the end; without that, nothing of it outlives this process."""

    def __init__(self, target: Target) -> None:
        for name in ("ssh", "rsync"):
            if shutil.which(name) is None:
                raise HostError(
                    f"这台电脑上没有 {name}，不能往主机发布；请先安装，或用 liaison publish archive 出上传包"
                )
        self.host = target.host
        self._name = target.host.replace("[", "").replace("]", "")
        self._answered = False
        self._own = Path(tempfile.mkdtemp(prefix="liaison-"))
        self._socket = self._own / "ssh"
        self._master: subprocess.Popen[bytes] | None = None
        options = [*_ALWAYS, *target.ssh_options, *_USUALLY, "ControlMaster=no", f"ControlPath={self._socket}"]
        self._ssh = ["ssh", *(["-p", str(target.port)] if target.port else []), *_each("-o", options)]

    def close(self) -> None:
        """End the connection."""
        self._hang_up()
        shutil.rmtree(self._own, ignore_errors=True)

    def run(self, script: str, *given: str, data: bytes = b"", good: Sequence[int] = (0,)) -> tuple[int, bytes]:
        """Exit code and output of a script for `sh`, which finds `given` as `$1` and so on, and `data` as its input.

        It is run again when the connection fails, so it must do no harm when run twice. Raises `HostError`.
        """
        words = " ".join(["exec env LC_ALL=C sh -c", *(shlex.quote(word) for word in (script, "sh", *given))])

        def once() -> tuple[int, bytes, str]:
            done = _call([*self._ssh, self._name, words], data)
            return done.returncode, done.stdout, done.stderr.decode(errors="replace")

        code, output, told = self._insist(once, {_LOST})
        if code not in good:
            raise HostError(self._words(told) if told else f"{self.host} 上的命令没有成功（{code}）")
        return code, output

    def send(self, folder: Path, to: str, paths: Sequence[str], each: Callable[[], object]) -> None:
        """Copy files below `folder` to `to` on the host, each put in place whole; `each` is told of every one.

        What arrived before the connection failed is not sent again, large files go on where they stopped. Raises
        `HostError`.
        """
        listed = self._own / "paths"
        listed.write_bytes(b"".join(f"{path}\0".encode() for path in paths))
        command = [
            "rsync",
            "-r",
            "--checksum",
            "--perms",
            "--chmod=D755,F644",
            "--partial-dir=.partial",
            "--timeout=60",
        ]
        command += ["--from0", f"--files-from={listed}", "--out-format=%n", "--rsync-path=env LC_ALL=C rsync"]
        command += ["-e", shlex.join(self._ssh), "--", f"{folder}/", f"{self.host}:{to}/"]

        def once() -> tuple[int, bytes, str]:
            with tempfile.TemporaryFile() as told, _started(command, stdin=subprocess.DEVNULL, errors=told) as running:
                try:
                    for _ in running.stdout or ():
                        each()
                    code = running.wait()
                finally:
                    running.kill()
                told.seek(0)
                return code, b"", told.read().decode(errors="replace")

        code, _, told = self._insist(once, _RSYNC_LOST)
        if code != 0:
            raise HostError(self._words(told))

    def _insist(self, once: Callable[[], tuple[int, bytes, str]], lost: set[int]) -> tuple[int, bytes, str]:
        """Try again while the connection fails that stood before. Raises `HostError`."""
        told = ""
        for wait in (0, *WAITS):
            time.sleep(wait)
            self._dial()
            code, output, told = once()
            self._answered = self._answered or code not in lost
            if code not in lost or not self._answered or _is_lasting(told) or _on_disk(told):
                break
            self._hang_up()
        if code == _LOST or (code in lost and not _on_disk(told)):
            raise HostError(self._words(told, is_lost=True))
        return code, output, told

    def _dial(self) -> None:
        """Open the connection that all calls share; where it cannot be had, each call makes one of its own."""
        if self._master is not None and self._master.poll() is None:
            return
        self._hang_up()
        command = [*self._ssh, "-N", self._name]
        command[command.index("ControlMaster=no")] = "ControlMaster=yes"
        self._master = _started(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, errors=subprocess.DEVNULL)
        end = time.monotonic() + _SOCKET_WAIT
        while not self._socket.exists() and self._master.poll() is None and time.monotonic() < end:
            time.sleep(0.01)

    def _hang_up(self) -> None:
        if self._master is not None:
            self._master.terminate()
            self._master.wait()
            self._master = None
        self._socket.unlink(missing_ok=True)

    def _words(self, told: str, *, is_lost: bool = False) -> str:
        """What ssh, rsync or a script said, in Chinese."""
        known = _FAULTS if is_lost else (*_DISK, *_FAULTS)
        for words, chinese in known:
            if words in told:
                return chinese.format(host=self.host)
        last = next((line.strip() for line in reversed(told.splitlines()) if line.strip()), "")
        if is_lost:
            tries = f"断了，又试了 {len(WAITS)} 次都没有成功" if self._answered else "没有建立起来"
            return f"和 {self.host} 的连接{tries}" + (f"（{last[:200]}）" if last else "")
        return f"{self.host} 上出错了：{last[:200]}"


def _is_lasting(told: str) -> bool:
    """Whether trying again is of no use: the host is there and does not want us."""
    return any(words in told for words, _ in _FAULTS[:5])


def _on_disk(told: str) -> bool:
    return any(words in told for words, _ in _DISK if words != "Permission denied")


def _each(flag: str, values: Sequence[str]) -> list[str]:
    return [part for value in values for part in (flag, value)]


def _started(
    command: Sequence[str], *, stdin: int, stdout: int = subprocess.PIPE, errors: int | IO[bytes] = subprocess.PIPE
) -> subprocess.Popen[bytes]:
    """A program that ends when this process does."""
    return subprocess.Popen(  # noqa: S603 - no shell; host and paths were checked
        command,
        stdin=stdin,
        stdout=stdout,
        stderr=errors,
        env={**os.environ, "LC_ALL": "C"},
        start_new_session=True,  # an interruption at the terminal is for us to answer
        preexec_fn=end_with_parent,  # noqa: PLW1509 - a single call into the kernel
    )


def _call(command: Sequence[str], data: bytes) -> subprocess.CompletedProcess[bytes]:
    running = _started(command, stdin=subprocess.PIPE)
    try:
        output, told = running.communicate(data)
    except BaseException:
        running.kill()
        running.wait()
        raise
    return subprocess.CompletedProcess(command, running.returncode, output, told)
