"""Commands in processes of their own that start warm: forked from a process that has loaded the libraries, no more.

What a command remembers dies with it, as on a terminal; only the start-up of Python and MkDocs is saved.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from support.sites import environment

_SERVER = Path(__file__).with_name("warm_server.py")


@dataclass(frozen=True)
class Said:
    """How a command ended, and its words on both streams."""

    code: int
    out: str
    err: str

    def __str__(self) -> str:
        return f"exit code {self.code}\n{self.out}\n{self.err}"


def build(source: Path, out: Path, **variables: str) -> Said:
    """`mkdocs build --strict` of a site into `out`; the outcome is not judged."""
    return _run("mkdocs", ["build", "--strict", "-f", source / "mkdocs.yml", "-d", out], variables)


def check(*words: str | Path, **variables: str) -> Said:
    """`liaison check` of what is named."""
    return _run("liaison", ["check", *words], variables)


def _run(program: str, words: list[str | Path], variables: dict[str, str]) -> Said:
    with TemporaryDirectory() as scratch:
        out, err = Path(scratch) / "out", Path(scratch) / "err"
        asked = {
            "program": program,
            "words": [str(word) for word in words],
            "env": environment(**variables),
            "streams": [str(out), str(err)],
        }
        server = _server()
        assert server.stdin
        assert server.stdout
        server.stdin.write(f"{json.dumps(asked)}\n")
        server.stdin.flush()
        code = int(server.stdout.readline())
        return Said(code, out.read_text("utf-8"), err.read_text("utf-8"))


@cache
def _server() -> subprocess.Popen[str]:
    command = [sys.executable, "-P", str(_SERVER)]  # without this folder on the path: it has an `html.py`
    server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def end() -> None:
        server.communicate()

    atexit.register(end)
    return server
