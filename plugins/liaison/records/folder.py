"""A site's folder while it is read: from files to records, gathering everything that is wrong on the way."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from liaison.problems import Problem

from . import characters, fields
from .document import Document
from .faults import Fault
from .filed import Filed
from .files import unreadable
from .findings import Finding, from_faults, locate
from .limits import YAML_BYTES
from .loader import read
from .text import decode

T = TypeVar("T")

_CODE_LIKE = re.compile(rb"(?<![0-9A-Za-z])(?:[2-9B-Y]{7}|[0-9]{2,12})(?![0-9A-Za-z])")


@dataclass(slots=True)
class Folder:
    """The files below a site's root, and what was found wrong so far."""

    root: Path
    findings: list[Finding] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unsound: dict[str, Collection[str]] = field(default_factory=dict)
    """For each file that gave no record with a code: what in it looks like one. What refers to it is not blamed."""

    _held: dict[str, bytes] = field(default_factory=dict)

    def bytes_of(self, file: str) -> bytes:
        """The bytes of a file, no more than are looked at; one byte over tells that there are more."""
        if file in self._held:
            return self._held[file]
        with open(f"{self.root}/{file}", "rb", buffering=0) as opened:  # noqa: PTH123 - as text, this is quicker
            return opened.read(YAML_BYTES + 1)

    def held(self, file: str) -> bytes:
        """The bytes of a file, kept for whoever reads it next; empty where they cannot be had."""
        try:
            self._held[file] = self.bytes_of(file)
        except OSError:
            return b""
        return self._held[file]

    def text_of(self, file: str) -> str | None:
        """The text of a file; what stands against reading it is noted."""
        try:
            text = decode(self.bytes_of(file))
        except OSError as error:
            self.findings.append(unreadable(file, error))
            return None
        if isinstance(text, Fault):
            self.problems += from_faults(file, [text], "")
            return None
        return text

    def document(self, file: str) -> Document:
        """A file, read; faults are noted."""
        text = self.text_of(file)
        if text is None:
            return Document(broken=True)
        document = read(text)
        if document.faults:
            self.problems += from_faults(file, document.faults, text)
        self.problems += characters.problems(file, text, document)
        if document.tree is None and not document.faults:
            empty = Fault("field/empty", 1, 1, "文件是空的", "按样例写上内容，或删去这个文件")
            self.problems += from_faults(file, [empty], text)
        return document

    def one(self, shape: type[T], file: str) -> Filed[T] | None:
        """The record of a file, if it gave one."""
        document = self.document(file)
        if document.tree is None or document.broken:
            self._note_unsound(file)
            return None
        built = fields.build(shape, document, file)
        self.findings += built.findings
        if built.record is None or ("code",) in built.lost:
            self._note_unsound(file)
        return None if built.record is None else Filed(file, (), built.record, built.lost)

    def listed(self, shape: type[T], file: str | None) -> tuple[Filed[T], ...]:
        """The records of a file that holds a list of them."""
        if file is None:
            return ()
        document = self.document(file)
        if not isinstance(document.tree, list) or document.broken:
            if document.tree is not None and not document.broken:
                self.findings.append(Finding(file, (), "这个文件要写成列表", "每项以“- ”开头", rule="field/type"))
            self._note_unsound(file)
            return ()
        found: list[Filed[T]] = []
        for number, item in enumerate(document.tree):
            part = Document(tree=item, has_empty=document.has_empty)
            part.dropped = {path[1:] for path in document.dropped if path[:1] == (number,)}
            built = fields.build(shape, part, file)
            self.findings += [finding.below((number,)) for finding in built.findings]
            if built.record is None or ("code",) in built.lost:
                self._note_unsound(file)
            if built.record is not None:
                found.append(Filed(file, (number,), built.record, built.lost))
        return tuple(found)

    def all_problems(self) -> tuple[Problem, ...]:
        """Everything found, each once, in file order."""
        return in_order(self.problems + locate(self.findings, self.bytes_of))

    @property
    def said(self) -> int:
        """How much was noted so far, to tell whether a file gave rise to anything."""
        return len(self.findings) + len(self.problems) + len(self.unsound)

    def _note_unsound(self, file: str) -> None:
        if file not in self.unsound:
            try:
                self.unsound[file] = {word.decode() for word in _CODE_LIKE.findall(self.bytes_of(file))}
            except OSError:
                self.unsound[file] = ()


def in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Problems each once, in file order; what a name's own rule says is not said again of its file."""
    found = dict.fromkeys(problems)
    names = {problem.source for problem in found if problem.rule == "name/characters"}
    kept = (one for one in found if one.rule != "text/characters" or one.source not in names)
    return tuple(sorted(kept, key=Problem.order))
