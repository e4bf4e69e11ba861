"""Reading a site with one file damaged: whatever is in it, problems come out that can be printed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from liaison.problems import Problem, ProblemsError
from liaison.records.read import read_site
from liaison.records.report import report


def judge(root: Path, file: str, data: bytes, today: date) -> tuple[Problem, ...]:
    """Read the site with this file changed, and print what is found, which is returned."""
    path = root / file
    before = path.read_bytes()
    path.write_bytes(data)
    try:
        problems = read_site(root, today).problems
    except ProblemsError as error:
        problems = error.problems
    finally:
        path.write_bytes(before)
    for text in report(problems):
        text.encode()
    for problem in problems:
        assert problem.rule
        assert problem.hint
        assert problem.source.line >= 1
        assert problem.source.column >= 1
    return problems
