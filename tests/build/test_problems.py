"""A site with errors is told of them and of nothing else: no fault of the program, no page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from building import Workshop

from liaison.build import prepare
from liaison.problems import ProblemsError, errors
from liaison.records.read import read_site
from support import small
from support.sites import REPOSITORY
from support.small import TODAY

CASES = sorted((REPOSITORY / "tests/cases").glob("*.txt"))


def plant(case: Path, root: Path) -> None:
    """New files of a case, as far as they are plain text."""
    for part in case.read_text("utf-8").split("\n=== ")[1:]:
        file, _, text = part.partition("\n")
        if re.fullmatch(r"stations/\S+\.yml", file) and not (root / file).exists():
            small.write(root, file, f"{text}\n")


def test_a_build_tells_the_errors_that_the_check_finds(shop: Workshop) -> None:
    """Of all planted faults at once: the same, in the same order, and nothing is written."""
    for case in CASES:
        plant(case, shop.root)
    found = errors(read_site(shop.root, TODAY).problems)
    assert len(found) > 50
    for _ in range(2):
        with pytest.raises(ProblemsError) as raised:
            prepare(shop.root, TODAY, None, shop.shelf)
        assert raised.value.problems == found
    assert not shop.out.exists()


def test_a_site_that_was_mended_is_built(shop: Workshop) -> None:
    """What was kept of the errors does not stand in the way; notices stay."""
    good = (shop.root / small.ZENG).read_text("utf-8")
    small.change(shop.root, small.ZENG, "gender: 女", "gender: 无")
    with pytest.raises(ProblemsError):
        shop.build()
    small.write(shop.root, small.ZENG, good)
    assert shop.build().written > 20
    job = prepare(shop.root, TODAY.replace(year=2028), None, shop.shelf)
    assert {one.rule for one in job.notices} >= {"verified/stale"}
    assert job.depths == (0, 1, 2, 3, 4)
    assert job.records == 8
