"""Reading by several processes: the same records and the same problems as by one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import casebook
import pytest

from liaison.records import judge, read
from liaison.records.read import read_site
from liaison.workers import Crew

TODAY = date(2026, 11, 22)
SAMPLE = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make workers pay for a handful of files."""
    monkeypatch.setattr(read, "ALONE_UP_TO", 2)
    monkeypatch.setattr(judge, "ALONE_UP_TO", 2)


def test_the_sample_is_read_alike() -> None:
    """Records, their order and all notices are those of one process."""
    alone, shared = (read_site(SAMPLE, TODAY, Crew(workers)) for workers in (1, 2))
    assert shared.problems == alone.problems
    assert list(shared.register.deputies.items()) == list(alone.register.deputies.items())
    assert list(shared.register.stations.items()) == list(alone.register.stations.items())
    assert dict(shared.register.home_of) == dict(alone.register.home_of)


def test_every_planted_fault_is_found_alike(tmp_path: Path) -> None:
    """A tree with a fault against every rule gives the same problems at the same places."""
    root = casebook.base_site(tmp_path / "site")
    for case in casebook.load_all():
        case.lay_over(root)
    alone, shared = (read_site(root, TODAY, Crew(workers)) for workers in (1, 2))
    assert shared.problems == alone.problems
    assert len(shared.problems) > 100
