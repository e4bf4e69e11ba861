"""The table of kinds in the guide to printing."""

from __future__ import annotations

import re

import pytest

from liaison.plan.kinds import KINDS, Kind
from support.sites import REPOSITORY

ROW = re.compile(r"\| ([a-z0-9-]+) \| ([^|]+) \| (\d+)×(\d+) \| (\d+) \| ([\d.]+) \|")


def test_the_guide_lists_every_kind_as_it_is() -> None:
    """Name, title, size, width of the symbol and reach, in the order of the program."""
    listed = ROW.findall((REPOSITORY / "docs" / "printing.md").read_text("utf-8"))
    assert listed == [
        (one.name, one.title, f"{one.width:g}", f"{one.height:g}", f"{one.symbol:g}", f"{one.reach:.1f}")
        for one in KINDS.values()
    ]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_symbols_are_as_wide_as_walls_ask(kind: Kind) -> None:
    """At least 100 mm on an A4 poster for a wall, 150 on A3, 20 on what is held in the hand; type of 9 points or 7."""
    is_on_wall = kind.name in {"station-a4", "deputy-a4", "plate-a4", "notice", "lesson-a4"}
    least = 150 if kind.name == "station-a3" else 100 if is_on_wall else 20
    assert kind.symbol >= least
    assert kind.least == (7 if kind.name.startswith("badge") else 9)
