"""A site with errors is refused with the list of them, whatever else could be made of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from liaison.build import prepare
from liaison.problems import ProblemsError
from liaison.records import read
from liaison.records.parts import Part
from support import small


def refused(root: Path) -> set[str]:
    with pytest.raises(ProblemsError) as raised:
        prepare(root, small.TODAY)
    return {one.rule for one in raised.value.problems}


@pytest.mark.parametrize("code", ["431382200201", "431382001"])
def test_a_region_without_a_code_is_an_error_and_no_fault_of_the_program(code: str, tmp_path: Path) -> None:
    """Though stations lie in it, and directories cannot be made."""
    root = tmp_path / "site"
    small.base_site(root)
    small.change(root, "stations/regions.yml", f"{{code: {code}, ", f"{{cod: {code}, ")
    assert "field/unknown" in refused(root)


def test_an_unknown_region_elsewhere_is_an_error_and_no_fault_of_the_program(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a station that a deputy of another part is at too."""
    monkeypatch.setattr(
        read,
        "parts",
        lambda folders: tuple(Part(one.replace("/", "-"), one.rpartition("/")[0], (one,)) for one in folders),
    )
    root = tmp_path / "site"
    small.base_site(root)
    small.change(root, small.GULI, "status: paused", "status: active")
    small.change(root, f"{small.LANTIAN}/station.yml", "region: 431382001", "region: 431382009")
    assert refused(root) == {"region/unknown"}
