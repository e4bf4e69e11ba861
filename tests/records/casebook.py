"""Golden cases: how a file of `tests/cases` is read, laid over the base site, and written anew.

A case is a sentence, then files, then the exact output of `liaison check`:

    === path                new file with these lines
    === path (gbk)          the same in another encoding
    === path -> target      a link
    === expected            what the command prints

For a file of the base site the lines are pairs `was: …` / `now: …`; each changes one line and moves none.
`{{U+200B}}` stands for that character, `{{字*500}}` for five hundred of it; a `№` in what is repeated counts from 0001.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass
from pathlib import Path

CASES = Path(__file__).parents[1] / "cases"
BASE = CASES / "base"

_FILE = re.compile(r"(?P<path>.+?)(?: \((?P<encoding>\w+)\)| -> (?P<target>\S+))?")
_EDIT = re.compile(r"was: (.*)\nnow: (.*)\n")
_PLACE = re.compile(r"^(\S.*?:\d+:\d+): (?:错误|提示) (\S+)$", re.MULTILINE)


@dataclass(frozen=True)
class Case:
    """One file of `tests/cases`."""

    file: Path
    head: str
    """Everything before the expected output, as it stands."""
    expected: str

    @property
    def name(self) -> str:
        """The rule, and after two hyphens which case of it."""
        return self.file.stem.replace("__", "/")

    @property
    def rule(self) -> str:
        """The rule that the case is about."""
        return self.name.partition("--")[0]

    @property
    def places(self) -> list[tuple[str, str]]:
        """Place and rule of each problem that is expected."""
        return places(self.expected)

    def lay_over(self, root: Path) -> None:
        """Plant the case into a copy of the base site."""
        for part in self.head.split("\n=== ")[1:]:
            head, _, body = part.partition("\n")
            if body and not body.endswith("\n"):
                body += "\n"
            found = _FILE.fullmatch(head)
            assert found is not None
            path = root / found["path"]
            path.parent.mkdir(parents=True, exist_ok=True)
            if found["target"]:
                path.symlink_to(found["target"])
            elif (BASE / found["path"]).exists():
                _edit(path, body)
            else:
                path.write_bytes(_unfold(body).encode(found["encoding"] or "utf-8"))

    @property
    def edits(self) -> set[tuple[str, str]]:
        """The lines of the base site that are changed, each with its file."""
        parts = [part.partition("\n") for part in self.head.split("\n=== ")[1:]]
        return {
            (file, was) for file, _, body in parts if (BASE / file).is_file() for was, _ in _EDIT.findall(body + "\n")
        }

    def update(self, output: str) -> None:
        """Write the file anew with this output."""
        self.file.write_text(f"{self.head}=== expected\n{output}", encoding="utf-8")


def places(output: str) -> list[tuple[str, str]]:
    """Place and rule of each problem in an output of the command."""
    return _PLACE.findall(output)


def load_all() -> list[Case]:
    """All cases, by name."""
    return [_load(file) for file in sorted(CASES.glob("*.txt"))]


def together(cases: list[Case]) -> list[list[Case]]:
    """The cases in as few heaps as can each be planted into one tree: of those that change a line, one in each."""
    heaps: list[list[Case]] = []
    for case in cases:
        heap = next((one for one in heaps if not any(case.edits & other.edits for other in one)), None)
        if heap is None:
            heaps.append([case])
        else:
            heap.append(case)
    return heaps


def at_once() -> list[Case]:
    """Nearly all cases: those that can be planted into one tree."""
    return together(load_all())[0]


def base_site(root: Path) -> Path:
    """A copy of the base site."""
    shutil.copytree(BASE, root)
    return root


def change(root: Path, file: str, was: str, now: str) -> None:
    """Write something else in one place of a file."""
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert was in text
    path.write_text(text.replace(was, now, 1), encoding="utf-8")


def _load(file: Path) -> Case:
    head, _, expected = file.read_text(encoding="utf-8").partition("=== expected\n")
    return Case(file, head, expected)


def _edit(path: Path, body: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    for was, now in _EDIT.findall(body):
        lines[lines.index(was)] = now
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _unfold(body: str) -> str:
    body = re.sub(r"\{\{U\+([0-9A-F]{4,6})\}\}", lambda found: chr(int(found[1], 16)), body)
    return re.sub(r"\{\{([^{}]+)\*(\d+)\}\}", lambda found: _repeated(found[1], int(found[2])), body)


def _repeated(text: str, times: int) -> str:
    return "".join(text.replace("№", f"{number:04}") for number in range(1, times + 1)) if "№" in text else text * times
