"""The scripts of the benchmark, and a province small enough to look at."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from bench_scripts import BENCHMARKS, script

sys.path.insert(0, str(BENCHMARKS))  # scripts find each other beside themselves


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four stations and forty deputies."""
    out = tmp_path_factory.mktemp("province") / "site"
    script("province.py", out, "--stations", "4", "--deputies", "40")
    return out
