"""What a rule is: an id, a severity, and one function whose docstring is its sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from liaison.problems import Severity
from liaison.records.case import Case
from liaison.records.findings import Finding

Judge = Callable[[Case], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A permanent id, how much it stops, its sentence in Chinese, and the function that judges."""

    id: str
    severity: Severity
    sentence: str
    judge: Judge

    def findings(self, case: Case) -> Iterator[Finding]:
        """What is amiss, under this rule's id and severity, but for what was said of the field already."""
        found = (one for one in self.judge(case) if not one.moot)
        return (replace(one, rule=self.id, severity=self.severity) for one in found)


def error(rule_id: str) -> Callable[[Judge], Rule]:
    """Make a function a rule whose findings stop the build."""
    return lambda judge: Rule(rule_id, Severity.ERROR, (judge.__doc__ or "").strip(), judge)


def notice(rule_id: str) -> Callable[[Judge], Rule]:
    """Make a function a rule whose findings are listed and never stop."""
    return lambda judge: Rule(rule_id, Severity.NOTICE, (judge.__doc__ or "").strip(), judge)
