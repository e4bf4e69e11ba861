"""sshd on loopback with keys of its own; a way to it that breaks after so many bytes."""

from __future__ import annotations

import contextlib
import getpass
import os
import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from liaison.model.site import Layout
from liaison.publish.goals import Target
from support.server import free_port, wait_for

_CONFIGURATION = """
Port {port}
ListenAddress 127.0.0.1
HostKey {own}/host_key
PidFile {own}/sshd.pid
AuthorizedKeysFile {own}/user_key.pub
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
MaxStartups 100
SetEnv HOME={own}
"""


@dataclass(frozen=True, slots=True)
class SshHost:
    """A host that takes one key."""

    port: int
    own: Path
    """Where its keys are."""
    pid: int

    @property
    def options(self) -> tuple[str, ...]:
        """What ssh must be told to trust it, and to be trusted."""
        return (
            f"IdentityFile={self.own}/user_key",
            "IdentitiesOnly=yes",
            f"UserKnownHostsFile={self.own}/known_hosts",
            "GlobalKnownHostsFile=/dev/null",
        )

    def target(self, folder: Path, layout: Layout = "current", port: int | None = None) -> Target:
        """A folder there."""
        host = f"{getpass.getuser()}@127.0.0.1"
        return Target(
            label=f"{host}:{folder}",
            folder=str(folder),
            host=host,
            layout=layout,
            port=port or self.port,
            ssh_options=(*self.options, f"HostKeyAlias=[127.0.0.1]:{self.port}"),
        )


@contextmanager
def serving_ssh(own: Path) -> Iterator[SshHost]:
    """A host of this computer's folders, for the user who runs the tests."""
    program = shutil.which("sshd") or shutil.which("sshd", path="/usr/sbin")
    for name, found in (("sshd", program), *((one, shutil.which(one)) for one in ("ssh", "rsync", "ssh-keygen"))):
        if found is None:
            pytest.skip(f"needs {name}")
    own.mkdir(mode=0o700)
    for key in ("host_key", "user_key"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(own / key)], check=True)
    port = free_port()
    words = (own / "host_key.pub").read_text("ascii").split()
    (own / "known_hosts").write_text(f"[127.0.0.1]:{port} {words[0]} {words[1]}\n", "ascii")
    (own / "sshd_config").write_text(_CONFIGURATION.format(port=port, own=own), "ascii")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where it shuts itself in before somebody has logged in
    command = [str(program), "-D", "-f", str(own / "sshd_config"), "-E", str(own / "log")]
    running = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, running)
        yield SshHost(port, own, running.pid)
    finally:
        running.terminate()
        running.wait(10)


class Cutter:
    """Passes connections on to a port, and breaks all of them once so many bytes went up."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self._left: int | None = None
        self._refuses = False
        self._open: list[socket.socket] = []
        self._lock = threading.Lock()
        threading.Thread(target=self._accept, daemon=True).start()

    def cut_after(self, count: int, *, for_good: bool) -> None:
        """Break all connections after so many more bytes; those that come later too, if it is for good."""
        with self._lock:
            self._left, self._refuses = count, for_good

    def mend(self) -> None:
        """Pass everything on again."""
        with self._lock:
            self._left, self._refuses = None, False

    def close(self) -> None:
        """End everything."""
        self._listening.close()
        self._break()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listening.accept()
            except OSError:
                return
            if self._refuses and self._left is not None and self._left <= 0:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._to))
            with self._lock:
                self._open += [near, far]
            for one, other, counts in ((near, far, True), (far, near, False)):
                threading.Thread(target=self._pass, args=(one, other, counts), daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket, counts: bool) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(4096):
                if counts and self._counted(len(data)):
                    self._break()
                    return
                other.sendall(data)
        for end in (one, other):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _counted(self, count: int) -> bool:
        """Whether this is where it breaks."""
        with self._lock:
            if self._left is None or (self._left <= 0 and not self._refuses):
                return False
            self._left -= count
            return self._left <= 0

    def _break(self) -> None:
        with self._lock:
            found, self._open = self._open, []
        for end in found:
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()
