"""One Markdown file read by itself: its front matter typed, its body looked at, what it cites, its captions.

What depends on other files – whether a deputy is on file, whether a number is taken – is for the rules.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from liaison.model.captions import read_captions
from liaison.model.citations import citations
from liaison.model.cues import Cue
from liaison.model.doubts import doubts
from liaison.model.laws import Laws
from liaison.model.lessons import Lesson, Series
from liaison.model.lessons import Place as LessonPlace
from liaison.model.quotations import misquotations
from liaison.problems import Problem
from liaison.quick import quick

from . import characters, fields
from . import document as documents
from .curriculum import Cited, Linked, Misquoted, Passage
from .document import Document
from .faults import Fault
from .filed import Filed
from .files import EPISODES
from .findings import Finding, from_faults
from .folder import Folder
from .front_matter import Halves, split
from .limits import MARKDOWN_BYTES
from .loader import read
from .markdown import has_markup, look
from .text import places, shown

_READ_FOR_LAW = ("title", "summary", "description", "laws", "quiz", "handout", "transcript")
"""Keys of front matter whose words may cite laws."""
_NEEDS_HEAD = (Series, Lesson)

RULES = {
    "markdown/front-matter": "课程和系列的文件以说明开头：说明写在两行 --- 之间。",
    "lesson/file-name": "课程放在 content/episodes/<系列>/ 下，文件名是“<讲次>-<拼音>.md”，如 07-zhaijidi.md。",
}
"""The rules held here, each in one sentence."""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Studied:
    """What a Markdown file gave."""

    record: Filed[Any] | None = None
    """Front matter of a lesson or series."""
    has_body: bool = False
    cited: tuple[Cited, ...] = ()
    misquoted: tuple[Misquoted, ...] = ()
    cues: tuple[Cue, ...] = ()
    links: tuple[Linked, ...] = ()
    problems: tuple[Problem, ...] = ()


def study(root: Path, file: str, laws: Laws, media: Collection[str]) -> Studied:
    """Read a Markdown file below `content/`, and the captions beside it if `media` has them."""
    folder = Folder(root)
    text = folder.text_of(file)
    if text is None:
        return Studied(problems=folder.all_problems())
    halves = split(text)
    shape = _shape(file, folder)
    document = _front_matter(folder, file, text, halves, needed=shape in _NEEDS_HEAD)
    folder.problems += characters.problems(file, text, document or Document())
    record: Filed[Any] | None = None
    cues: tuple[Cue, ...] = ()
    cited: list[Cited] = []
    misquoted: list[Misquoted] = []
    body = look(halves)
    folder.problems += from_faults(file, body.faults, text)
    if shape is not None and document is not None and not document.broken:
        built = fields.build(shape, document, file)
        folder.findings += built.findings
        if built.record is not None:
            record = Filed(file, (), built.record, built.lost)
        for piece in _pieces(file, halves, document):
            _law(piece, laws, cited, misquoted)
    if record is not None and isinstance(record.record, Lesson):
        cues = _captions(folder, record, media)
    return Studied(
        record=record,
        has_body=bool(halves.body.strip()),
        cited=tuple(cited),
        misquoted=tuple(misquoted),
        cues=cues,
        links=tuple(Linked(file, *one) for one in body.links),
        problems=folder.all_problems(),
    )


def _shape(file: str, folder: Folder) -> type[Any] | None:
    """What a file is by its place: a series, a lesson, or any other page."""
    if not file.startswith(EPISODES):
        return None
    inside = file.removeprefix(EPISODES).split("/")
    if len(inside) == 2 and inside[1] == "index.md":  # noqa: PLR2004 - series and file
        return Series
    if len(inside) == 2 and LessonPlace.of(file):  # noqa: PLR2004 - the same
        return Lesson
    hint = "改名为“讲次-拼音.md”，讲次至少两位数，如 07-zhaijidi.md，放在系列的文件夹里；系列的说明写在 index.md"
    folder.findings.append(Finding(file, (), "这个文件的名字或位置不对，不会成为一讲", hint, rule="lesson/file-name"))
    return None


def _front_matter(folder: Folder, file: str, text: str, halves: Halves, *, needed: bool) -> Document | None:
    """The front matter as the loader gives it; None where there is none, or where it has no end."""
    if halves.head is None and not needed:
        return None
    if halves.head is None or not halves.is_closed:
        message = "说明没有结束，缺第二行 ---" if halves.head is not None else "文件开头没有说明"
        fault = Fault("markdown/front-matter", 1, 1, message, "说明写在文件最前面，上下各一行 ---")
        folder.problems += from_faults(file, [fault], text)
        return None
    document = read(halves.head)
    folder.problems += from_faults(file, document.faults, text)
    for path, value in documents.scalars(document.tree):
        if (offset := has_markup(value)) is not None:
            message = f"“{shown(value[offset:], 12)}”是 HTML，说明里只写文字"
            hint = "删去尖括号里的内容"
            folder.findings.append(Finding(file, path, message, hint, rule="markdown/html", offset=offset))
    return document


@dataclass(frozen=True, slots=True)
class _Piece:
    """A text that may cite laws, and where it stands."""

    file: str
    path: documents.Path
    text: str
    first_line: int
    """Line of the file on which it begins; 0 in the front matter."""

    def passages(self, offsets: Sequence[int]) -> Iterator[Passage]:
        """Places of the text as places of the file."""
        found = places(self.text, offsets) if self.first_line else [(0, 0)] * len(offsets)
        before = max(self.first_line - 1, 0)
        for offset, (line, column) in zip(offsets, found, strict=True):
            yield Passage(self.file, self.path, offset, line + before, column)


def _pieces(file: str, halves: Halves, document: Document) -> Iterator[_Piece]:
    for path, value in documents.scalars(document.tree):
        if path and path[0] in _READ_FOR_LAW:
            yield _Piece(file, path, value, 0)
    if len(halves.body) <= MARKDOWN_BYTES:
        yield _Piece(file, (), halves.body, halves.first_line)


def _law(piece: _Piece, laws: Laws, cited: list[Cited], misquoted: list[Misquoted]) -> None:
    if "第" not in piece.text or "条" not in piece.text:
        return
    found = citations(piece.text, laws)
    doubted = doubts(piece.text, found, laws)
    for number, (one, passage) in enumerate(zip(found, piece.passages([one.start for one in found]), strict=True)):
        cited.append(Cited(passage, one, doubted.get(number)))
    wrong = misquotations(piece.text, found, laws)
    for amiss, passage in zip(wrong, piece.passages([one.start for one in wrong]), strict=True):
        words = piece.text[amiss.start : amiss.end]
        misquoted.append(Misquoted(passage, amiss.citation, words, amiss.expected))


def _captions(folder: Folder, filed: Filed[Lesson], media: Collection[str]) -> tuple[Cue, ...]:
    """The captions that a lesson names, if they are there."""
    file = f"{filed.folder}/{filed.record.captions}"
    if file not in media:
        return ()
    text = folder.text_of(file)
    if text is None:
        return ()
    found = read_captions(text)
    faults: Sequence[Fault] = [Fault(one.rule, one.line, one.column, one.message, one.hint) for one in found.faults]
    folder.problems += from_faults(file, faults, text)
    folder.problems += characters.problems(file, text, Document())
    return found.cues
