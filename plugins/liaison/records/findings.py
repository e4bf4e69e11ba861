"""What a rule finds, before its place is known: file and path inside the record; and how places are looked up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal

from liaison.problems import Problem, Severity, Source

from .document import Mark, Path
from .faults import Fault
from .front_matter import split
from .loader import read
from .text import decode, line_of, lines

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
    line: int = 0
    """Line of the file, where the place is known and no path leads to it: in the body of a lesson. Else 0."""
    column: int = 0
    moot: bool = False
    """Whether it is about a part of the record that did not fit, which has been said already."""

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
        text = _text(file, read_bytes) if any(one.path or one.line for one in found) else ""
        document = (split(text).head or "") if file.endswith(".md") else text
        marks = read(document, with_marks=True).marks if document else {}
        all_lines = lines(text)
        problems += [
            Problem(one.rule, one.severity, _source(one, marks, all_lines), one.message, one.hint) for one in found
        ]
    return problems


def from_faults(file: str, faults: Iterable[Fault], text: str, first_line: int = 1) -> list[Problem]:
    """What the loader noted, as problems; `first_line` is the file's line on which `text` begins."""
    all_lines = lines(text)
    return [
        Problem(
            fault.rule,
            Severity.ERROR,
            Source(file, fault.line + first_line - 1, fault.column, line_of(all_lines, fault.line)),
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


def _source(finding: Finding, marks: dict[Path, Mark], all_lines: list[str]) -> Source:
    """The place of the value or key; of what holds it where it is not written; else the file as a whole."""
    if finding.line:
        return Source(finding.file, finding.line, finding.column, line_of(all_lines, finding.line))
    path = finding.path
    while path and path not in marks:
        path = path[:-1]
    if not path:
        return Source(finding.file)
    mark, exact = marks[path], path == finding.path
    if finding.spot == "key" and exact:
        return Source(finding.file, mark.key_line, mark.key_column, line_of(all_lines, mark.key_line))
    line, column = line_of(all_lines, mark.line), mark.column
    if finding.offset and exact:
        inside = column + finding.offset + (line[column - 1 : column] in {"'", '"'})
        column = inside if inside <= len(line) else column
    return Source(finding.file, mark.line, column, line)
