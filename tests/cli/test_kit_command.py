"""`liaison posters --kit`: what stands between a site and a shop that prints its codes."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from support import small

SHORT = "url: https://db.example.gov.cn/"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """The small site."""
    root = small.base_site(tmp_path / "site")
    (root / "overrides/print").mkdir(parents=True)
    return root


def kit(root: Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["posters", "--site", str(root), "--kit", "--yes", *options])


def test_codes_nobody_checked_are_not_given_away(root: Path) -> None:
    """A kit goes to a printer, so it must pass what files for the press must."""
    done = kit(root)
    assert done.exit_code == 1
    assert "没有 short_url" in done.output
    assert "没有核对过" in done.output
    assert "现在不能交印" in done.output
    assert not (root / "posters").exists()


def test_a_proof_can_be_had_before(root: Path) -> None:
    """The shop may begin its layout with what is marked a proof."""
    done = kit(root, "--proof")
    assert done.exit_code == 0, done.output
    assert "可变数据 3 条，二维码 SVG、PDF 各 3 个，全部核对过" in done.output
    assert {file.name for file in (root / "posters/kit").iterdir()} == {"qr", "数据-样张.xlsx", "说明-样张.txt"}


@pytest.mark.parametrize("option", [("--kind", "badge"), ("--distance", "3"), ("--changed-since", "HEAD")])
def test_a_kit_knows_no_kinds(root: Path, option: tuple[str, str]) -> None:
    """Options about kinds are wrong usage, not passed over."""
    done = kit(root, *option)
    assert done.exit_code == 2
    assert "不分品种" in done.output
