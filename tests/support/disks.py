"""Small disks for tests, in memory: they fill up, and can be made read-only."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(at: Path, megabytes: int) -> Iterator[Path]:
    """An empty disk of this size, mounted at a folder that is made."""
    if os.geteuid() != 0 or sys.platform != "linux":
        pytest.skip("needs root, to mount a disk")
    at.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "liaison-test", str(at)]
    if subprocess.run(command, check=False, capture_output=True).returncode != 0:
        pytest.skip("needs to be allowed to mount a disk")
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


@contextmanager
def in_memory(otherwise: Path) -> Iterator[Path]:
    """A folder on the system's disk in memory, where what is written through to the disk costs no time.

    Where there is none with 64 MB free, another folder.
    """
    memory = Path("/dev/shm")
    if not (memory.is_dir() and os.access(memory, os.W_OK) and shutil.disk_usage(memory).free >= 64_000_000):
        yield otherwise
        return
    with tempfile.TemporaryDirectory(prefix="liaison-test-", dir=memory) as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


def make_read_only(disk: Path) -> None:
    """Nothing can be written on it from now on."""
    subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)


def make_writable(disk: Path) -> None:
    """Everything can again."""
    subprocess.run(["mount", "-o", "remount,rw", str(disk)], check=True)


def fill(disk: Path, left: int = 0) -> Path:
    """A file that leaves so many bytes of room on it."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"x" * 65_536)
        except OSError:
            stream.truncate(stream.tell() - left)
            return filler
