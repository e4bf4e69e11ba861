"""The one way to be wrong: what is amiss, where it stands, and how to mend it.

Knows nothing of YAML, records or pages. Every layer reports through these types.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much a problem stops."""

    ERROR = "error"
    """Something is written wrong: stops check, build and publish."""

    NOTICE = "notice"
    """What time or judgement brings: listed, never stops unless asked to."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """A place in a file: path relative to the site's root, line and column from 1, counted in characters."""

    file: str
    line: int = 1
    column: int = 1
    text: str = ""
    """The line itself, for the caret; empty where the place is a whole file."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, said to an editor.

    `rule` is a permanent id `thing/what`; `message` says in Chinese what was found and expected,
    `hint` how to mend it.
    """

    rule: str
    severity: Severity
    source: Source
    message: str
    hint: str

    def order(self) -> tuple[Source, str, str]:
        """Sort key: file order, then place, then rule."""
        return self.source, self.rule, self.message


class ProblemsError(Exception):
    """Raised where work cannot go on; carries every problem found so far."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("；".join(problem.message for problem in self.problems))


def errors(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Those that stop the work."""
    return tuple(problem for problem in problems if problem.severity is Severity.ERROR)
