"""Archives have the same bytes wherever they are made."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from pathlib import Path

from support.releases import release, small_files
from support.sites import REPOSITORY
from support.unpacking import PACK, held


def test_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """Another zone, umask, hash seed, locale, number of workers and file times give the same archives."""
    luck = random.Random(6)
    old = small_files() | {f"p/{number}.html": b"%d" % number for number in range(90)}
    old |= {f"big/{number}.jpg": luck.randbytes(5_000_000) for number in range(8)}
    release(tmp_path / "old", old)
    release(tmp_path / "site", {path: data for path, data in old.items() if path != "p/7.html"} | small_files("二"))
    worlds = [
        ({"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "LC_ALL": "C"}, "022", 1),
        ({"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LC_ALL": "C.UTF-8"}, "077", 2),
    ]
    for number, (world, umask, workers) in enumerate(worlds):
        command = [sys.executable, "-c", PACK, "site", "old", umask, f"out{number}", str(workers)]
        env = {**os.environ, **world, "PYTHONPATH": str(REPOSITORY / "plugins")}
        subprocess.run(command, cwd=tmp_path, env=env, check=True)
        for file in (tmp_path / "site").rglob("*"):
            os.utime(file, (number * 10**9, number * 10**9))
    assert held(tmp_path / "out0") == held(tmp_path / "out1")
    assert len(held(tmp_path / "out0")) > 5
