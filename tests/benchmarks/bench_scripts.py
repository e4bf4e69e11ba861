"""Scripts of the benchmark, run as a user runs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def script(name: str, *words: str | Path) -> str:
    """What a script of the benchmark prints."""
    command = [sys.executable, BENCHMARKS / name, *words]
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout
