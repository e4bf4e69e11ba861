"""Reading by several processes: the same records and the same problems as by one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import casebook
import pytest

from liaison.records import judge, read
from liaison.records.read import read_site
from liaison.workers import Crew
from support import engines, small
from support.sites import copy_site

TODAY = date(2026, 11, 22)
SAMPLE = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make workers pay for a handful of files."""
    monkeypatch.setattr(read, "ALONE_UP_TO", 2)
    monkeypatch.setattr(judge, "ALONE_UP_TO", 2)


CREWS = {"forked": Crew(2), "threads": Crew(2, engines.threads), "spawned": Crew(2, engines.spawned)}
every_crew = pytest.mark.parametrize("crew", CREWS.values(), ids=CREWS)


@every_crew
def test_the_sample_is_read_alike(crew: Crew) -> None:
    """Records, their order and all notices are those of one process."""
    alone, shared = (read_site(SAMPLE, TODAY, one) for one in (Crew(), crew))
    assert shared.problems == alone.problems
    assert list(shared.register.deputies.items()) == list(alone.register.deputies.items())
    assert list(shared.register.stations.items()) == list(alone.register.stations.items())
    assert dict(shared.register.home_of) == dict(alone.register.home_of)


@every_crew
def test_every_planted_fault_is_found_alike(crew: Crew, tmp_path: Path) -> None:
    """A tree with a fault against every rule gives the same problems at the same places."""
    root = casebook.base_site(tmp_path / "site")
    for case in casebook.at_once():
        case.lay_over(root)
    alone, shared = (read_site(root, TODAY, one) for one in (Crew(), crew))
    assert shared.problems == alone.problems
    assert len(shared.problems) > 100


@every_crew
def test_what_one_kept_another_may_use(crew: Crew, tmp_path: Path) -> None:
    """Workers fill the cache for one process, and the reverse; a record that changed in between is found by all."""
    root = copy_site(tmp_path / "site")
    file = root / "stations/lianyuan/sanjia-yufeng/deputies/zeng-shili.yml"
    for first, second in ((Crew(), crew), (crew, Crew())):
        kept = small.shelf(tmp_path / f"kept-{first.workers}")
        before = read_site(root, TODAY, first, kept)
        assert read_site(root, TODAY, second, kept).problems == before.problems
        casebook.change(root, "stations/lianyuan/sanjia-yufeng/deputies/zeng-shili.yml", "7K3M9TY", "7K3M9TX")
        changed = read_site(root, TODAY, second, kept)
        assert changed.has_errors
        assert changed.problems == read_site(root, TODAY).problems
        file.write_text(file.read_text("utf-8").replace("7K3M9TX", "7K3M9TY"), "utf-8")
