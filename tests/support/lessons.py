"""Lessons as Markdown files: front matter and body, read and written in tests."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

EPISODES = "content/episodes"
_LINE = "---\n"


@dataclass(slots=True)
class Written:
    """One Markdown file with front matter, every scalar as text."""

    file: Path
    fields: dict[str, Any]
    body: str

    @property
    def number(self) -> int:
        """Which one of its series."""
        return int(self.file.name.partition("-")[0])

    @property
    def page(self) -> str:
        """The file of its page."""
        return f"episodes/{self.file.parent.name}/{self.number:02}/index.html"

    def change(self, body: str | None = None, **fields: object) -> Written:
        """Write some fields anew, and the body if one is given; None takes a field away."""
        self.fields = {key: value for key, value in {**self.fields, **fields}.items() if value is not None}
        self.body = self.body if body is None else body
        head = yaml.safe_dump(self.fields, allow_unicode=True, sort_keys=False)
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(f"{_LINE}{head}{_LINE}{self.body}", "utf-8")
        return self


def read_lesson(file: Path) -> Written | None:
    """A lesson or series; None where the file has no front matter that can be read."""
    _, *parts = file.read_text("utf-8", "replace").split(_LINE, 2)
    try:
        fields = yaml.load(parts[0], yaml.CBaseLoader) if parts[1:] else None
    except yaml.YAMLError:
        return None
    return Written(file, fields, parts[1]) if isinstance(fields, dict) else None


def lessons_of(root: Path, *statuses: str) -> Iterator[Written]:
    """Lessons of a site by series and number, in some statuses or in any."""
    for file in sorted((root / EPISODES).glob("*/[0-9]*.md")):
        lesson = read_lesson(file)
        if lesson is not None and (not statuses or lesson.fields.get("status") in statuses):
            yield lesson


def keep_known(lesson: Written, deputies: Container[str], stations: Container[str]) -> None:
    """Take out of a lesson whoever is not on file."""
    speakers = [one for one in lesson.fields.get("speakers", ()) if not isinstance(one, str) or one in deputies]
    places = [one for one in lesson.fields.get("stations", ()) if one in stations]
    lesson.change(speakers=speakers or None, stations=places or None)
