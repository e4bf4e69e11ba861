"""Planted faults in a site that was checked before: what is remembered of it changes nothing in what is printed."""

from __future__ import annotations

import shutil
from pathlib import Path

import casebook
from click.testing import CliRunner

from liaison.cli import main

SOUND = "共 0 个错误，0 条提示；读了 2 个站、2 位代表、1 讲普法课\n"


def test_every_fault_is_told_the_same_where_all_was_right_before(tmp_path: Path) -> None:
    """Each case planted into the same site, one after the other, and mended in between."""
    root, cache = tmp_path / "site", tmp_path / "cache"

    def check() -> str:
        variables = {"LIAISON_TODAY": "", "LIAISON_CACHE": str(cache)}
        return CliRunner().invoke(main, ["check", "--site", str(root)], env=variables).output

    for case in casebook.load_all():
        casebook.base_site(root)
        assert check() == SOUND, case.name
        case.lay_over(root)
        assert check() == case.expected, case.name
        shutil.rmtree(root)


def test_every_fault_is_told_the_same_where_others_were_before(tmp_path: Path) -> None:
    """Each case planted where the one before was just taken away."""
    root, cache = tmp_path / "site", tmp_path / "cache"
    for case in casebook.load_all():
        casebook.base_site(root)
        case.lay_over(root)
        variables = {"LIAISON_TODAY": "", "LIAISON_CACHE": str(cache)}
        assert CliRunner().invoke(main, ["check", "--site", str(root)], env=variables).output == case.expected, (
            case.name
        )
        shutil.rmtree(root)
