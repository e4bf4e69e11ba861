"""Every rule on a planted fault: exact text, place and remedy. `LIAISON_UPDATE_GOLDEN=1` writes the cases anew."""

from __future__ import annotations

import os
from pathlib import Path

import casebook
import pytest
from click.testing import CliRunner, Result

from liaison.cli import main
from liaison.records.rule_list import entries

CASES = casebook.load_all()
ELSEWHERE = {
    "lesson/number-changed": "test_issued.py",
    "file/unreadable": "test_reading.py",
    **dict.fromkeys(("code/vanished", "code/changed", "code/reused"), "test_issued_codes.py"),
    **{f"approval/{what}": "test_approvals.py" for what in ("file-name", "sheet", "role-twice")},
    **{f"approval/{what}": "test_approvals.py" for what in ("scan-missing", "scan-content")},
}
"""Rules that no file laid over the site can show, for want of a history or of a gap; and where they are tested."""


def check(root: Path, *args: str) -> Result:
    return CliRunner().invoke(main, ["check", "--site", str(root), *args], env={"LIAISON_TODAY": ""})


def test_base_site_has_no_problems(tmp_path: Path) -> None:
    """The site that all cases are laid over is in order, so that each case shows its own fault only."""
    result = check(casebook.base_site(tmp_path / "site"), "--strict")
    assert result.output == "共 0 个错误，0 条提示；读了 2 个站、2 位代表、1 讲普法课\n"
    assert result.exit_code == 0


def planted(root: Path, cases: list[casebook.Case]) -> Path:
    casebook.base_site(root)
    for case in cases:
        case.lay_over(root)
    return root


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: casebook.Case, tmp_path: Path) -> None:
    """A planted fault gives exactly the text that is on file, and the exit code of its severity."""
    root = casebook.base_site(tmp_path / "site")
    case.lay_over(root)
    result = check(root)
    if os.environ.get("LIAISON_UPDATE_GOLDEN"):
        case.update(result.output)
    else:
        assert result.output == case.expected
    assert result.exit_code == (1 if ": 错误 " in result.output else 0), result.exception
    assert {rule for _, rule in casebook.places(result.output)} == {case.rule}


def test_every_rule_has_a_case() -> None:
    """Nobody adds a rule, or leaves one behind, without showing what it says."""
    assert {case.rule for case in CASES} | set(ELSEWHERE) == {entry.rule for entry in entries()}
    for rule, file in ELSEWHERE.items():
        assert rule not in {case.rule for case in CASES}
        assert rule in Path(__file__).with_name(file).read_text(encoding="utf-8")


def test_r4_all_cases_at_once(tmp_path: Path) -> None:
    """One run over a tree with every fault reports each at its own place and nothing else."""
    for number, cases in enumerate(casebook.together(CASES)):
        result = check(planted(tmp_path / str(number), cases))
        expected = sorted(place for case in cases for place in case.places)
        assert sorted(casebook.places(result.output)) == expected
        assert "Traceback" not in result.output
        assert result.exit_code == (1 if ": 错误 " in result.output else 0)


def test_notices_alone_stop_only_when_asked(tmp_path: Path) -> None:
    """What time or judgement brings is listed with exit code 0, and with --strict 1."""
    notices = casebook.together([case for case in CASES if ": 错误 " not in case.expected])
    for number, cases in enumerate(notices):
        root = planted(tmp_path / str(number), cases)
        result = check(root)
        assert {rule for _, rule in casebook.places(result.output)} == {case.rule for case in cases}
        assert result.exit_code == 0
        assert check(root, "--strict").exit_code == 1
