"""`liaison qr`: files that other people's readers can read."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
import zxingcpp
from click.testing import CliRunner, Result

from liaison.cli import main

ROOT = Path(__file__).parents[2]


def run(out: Path, *arguments: str) -> Result:
    """Run the command on the sample."""
    return CliRunner().invoke(main, ["qr", *arguments, "--site", str(ROOT), "--out", str(out)])


def test_a_png_leads_to_the_page_of_its_code(tmp_path: Path) -> None:
    """The picture is named by its code and holds the short address of the page, for stations and deputies."""
    result = run(tmp_path, "3f7 k2mc", "7K3M9TY", "--png")
    assert result.exit_code == 0, result.output
    for code, path in (("3F7K2MC", "S/3F/7K2MC/"), ("7K3M9TY", "D/7K/3M9TY/")):
        (read,) = zxingcpp.read_barcodes(cv2.imread(str(tmp_path / f"{code}.png")))
        assert read.text == f"HTTPS://DB.EXAMPLE.GOV.CN/{path}"


def test_an_svg_has_the_width_asked_for(tmp_path: Path) -> None:
    """The vector picture carries its printed width."""
    assert run(tmp_path, "3F7K2MC", "--svg", "--width", "100").exit_code == 0
    assert 'width="100mm"' in (tmp_path / "3F7K2MC.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("3F7K2MC",), "--svg"), (("ZZZ", "--png"), "ZZZ"), (("2222222", "--png"), "2222222"), ((), "编号")],
)
def test_wrong_usage_is_named_and_writes_nothing(tmp_path: Path, arguments: tuple[str, ...], said: str) -> None:
    """No picture comes of an unknown code or a missing choice; the exit code is 2."""
    result = run(tmp_path, *arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert not list(tmp_path.iterdir())
