"""Changes to record files as a set: shown before they are written, written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from liaison.problems import Problem, ProblemsError


@dataclass(slots=True)
class Edits:
    """New texts of files below a site's root."""

    root: Path
    texts: dict[str, str] = field(default_factory=dict)

    def write(self, judge: Callable[[], tuple[Problem, ...]]) -> None:
        """Write all texts, then judge; where that finds something, put everything back and raise `ProblemsError`."""
        before = {file: self._bytes(file) for file in self.texts}
        made: list[Path] = []
        try:
            for file, text in self.texts.items():
                made += _folders_missing(self.root / file)
                _replace(self.root / file, text.encode())
            _stop_at(judge())
        except BaseException:
            self._restore(before, made)
            raise

    def _bytes(self, file: str) -> bytes | None:
        path = self.root / file
        return path.read_bytes() if path.exists() else None

    def _restore(self, before: dict[str, bytes | None], made: list[Path]) -> None:
        for file, data in before.items():
            if data is None:
                (self.root / file).unlink(missing_ok=True)
            else:
                _replace(self.root / file, data)
        for folder in reversed(made):
            if folder.is_dir() and not any(folder.iterdir()):
                folder.rmdir()


def _stop_at(problems: tuple[Problem, ...]) -> None:
    if problems:
        raise ProblemsError(problems)


def _folders_missing(file: Path) -> list[Path]:
    """Make the folders of a file; those that were not there, outermost first."""
    missing = [folder for folder in file.parents if not folder.exists()]
    file.parent.mkdir(parents=True, exist_ok=True)
    return list(reversed(missing))


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
