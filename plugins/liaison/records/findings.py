"""What a rule finds, before its place is known: file and path inside the record; and how places are looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from liaison.problems import Problem, Severity, Source

from .loader import Fault, Mark, Path, decode, read

Spot = Literal["value", "key"]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something amiss at `path` of the record in `file`; rule and severity are those of the rule that found it."""

    file: str
    path: Path
    message: str
    hint: str
    rule: str = ""
    severity: Severity = Severity.ERROR
    spot: Spot = "value"
    offset: int = 0
    """Characters from the start of the value to what is meant."""

    def below(self, path: Path) -> Finding:
        """The same, in a record that stands at `path` of its file."""
        return replace(self, path=(*path, *self.path))


def locate(findings: Iterable[Finding], read_bytes: Callable[[str], bytes]) -> list[Problem]:
    """The findings with line, column and source line; files are read again only here, with places."""
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_file[finding.file].append(finding)
    problems: list[Problem] = []
    for file, found in by_file.items():
        text = _text(file, read_bytes)
        marks = read(text, with_marks=True).marks if text else {}
        lines = text.splitlines()
        for one in found:
            line, column = _place(one, marks, lines)
            source = Source(file, line, column, lines[line - 1] if line <= len(lines) else "")
            problems.append(Problem(one.rule, one.severity, source, one.message, one.hint))
    return problems


def from_faults(file: str, faults: Iterable[Fault], text: str, first_line: int = 1) -> list[Problem]:
    """What the loader noted, as problems; `first_line` is the file's line on which `text` begins."""
    lines = text.splitlines()
    return [
        Problem(
            fault.rule,
            Severity.ERROR,
            Source(
                file,
                fault.line + first_line - 1,
                fault.column,
                lines[fault.line - 1] if fault.line <= len(lines) else "",
            ),
            fault.message,
            fault.hint,
        )
        for fault in faults
    ]


def _text(file: str, read_bytes: Callable[[str], bytes]) -> str:
    try:
        text = decode(read_bytes(file))
    except OSError:  # the finding is about the file or folder itself
        return ""
    return text if isinstance(text, str) else ""


def _place(finding: Finding, marks: dict[Path, Mark], lines: list[str]) -> tuple[int, int]:
    path = finding.path
    while path and path not in marks:
        path = path[:-1]
    mark = marks.get(path)
    if mark is None:
        return 1, 1
    if finding.spot == "key" and path == finding.path:
        return mark.key_line, mark.key_column
    offset = finding.offset if path == finding.path else 0
    quoted = mark.line <= len(lines) and lines[mark.line - 1][mark.column - 1 : mark.column] in {"'", '"'}
    return mark.line, mark.column + offset + (1 if offset and quoted else 0)
