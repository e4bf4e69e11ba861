"""What a rule is: an id, a severity, and one function whose docstring is its sentence."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from liaison.problems import Severity
from liaison.records.case import Case
from liaison.records.document import Path
from liaison.records.filed import Filed
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


NAMED = 5
"""People named where many are meant."""


@dataclass(frozen=True, slots=True, order=True)
class Member:
    """A place in a record, by file, that is said together with others; `name` of whom it is about."""

    order: tuple[str, ...]
    file: str
    path: Path
    name: str


@dataclass(frozen=True, slots=True)
class Group:
    """How many places are said together, and the first of them, in file order."""

    count: int
    first: tuple[Member, ...]

    def __add__(self, other: Group) -> Group:
        return Group(self.count + other.count, tuple(sorted((*self.first, *other.first))[:NAMED]))


Key = tuple[Hashable, ...]
Gather = Callable[[Case], Iterable[tuple[Key, Filed[object], Path, str]]]
Say = Callable[[Key, Group], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class GroupRule:
    """A notice that is given once for many records: what is gathered by key, and the message and remedy for a group."""

    id: str
    severity: Severity
    sentence: str
    gather: Gather
    say: Say

    def groups(self, case: Case) -> dict[Key, Group]:
        """What some records give, to be added to what others give."""
        found: dict[Key, list[Member]] = {}
        for key, filed, path, name in self.gather(case):
            member = Member(tuple(filed.file.split("/")), filed.file, (*filed.path, *path), name)
            found.setdefault(key, []).append(member)
        return {key: Group(len(members), tuple(sorted(members)[:NAMED])) for key, members in found.items()}

    def finding(self, key: Key, group: Group) -> Finding:
        """What is said of a group, at its first place."""
        message, hint = self.say(key, group)
        first = group.first[0]
        return Finding(first.file, first.path, message, hint, rule=self.id, severity=self.severity)


def error(rule_id: str) -> Callable[[Judge], Rule]:
    """Make a function a rule whose findings stop the build."""
    return lambda judge: Rule(rule_id, Severity.ERROR, (judge.__doc__ or "").strip(), judge)


def notice(rule_id: str) -> Callable[[Judge], Rule]:
    """Make a function a rule whose findings are listed and never stop."""
    return lambda judge: Rule(rule_id, Severity.NOTICE, (judge.__doc__ or "").strip(), judge)


def notice_together(rule_id: str, say: Say) -> Callable[[Gather], GroupRule]:
    """Make a function a rule that gathers records by key; each group is said once, in the words of `say`."""
    return lambda gather: GroupRule(rule_id, Severity.NOTICE, (gather.__doc__ or "").strip(), gather, say)
