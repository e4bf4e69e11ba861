"""Small changes to a generated province, as an editor makes them, and where the built site must show them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from liaison.plan import urls


@dataclass(frozen=True)
class Change:
    """A key of a record that gets another value each time, and the page that shows it."""

    file: Path
    key: str
    text: str
    """The value, with `{}` for a number."""
    page: str

    def make(self, number: int) -> str:
        """Write the record anew; returns the value that the page must show."""
        before, value = self.file.read_text(encoding="utf-8"), self.text.format(number)
        after = re.sub(rf"(?m)^{self.key}: .*$", f"{self.key}: {value}", before)
        if after == before:
            raise ValueError(f"{self.file} has no {self.key} that could change")
        self.file.write_text(after, encoding="utf-8")
        return value

    def is_shown(self, site: Path, value: str) -> bool:
        """Whether the built site says so."""
        return value in (site / urls.file(self.page)).read_text(encoding="utf-8")


def bio(site: Path) -> Change:
    """A deputy in office has another `bio`."""
    return next(
        Change(file, "bio", "第{:04}次改过的简介。", urls.deputy(_code(text)))
        for file, text in _records(site, "*/*/deputies/*.yml")
        if "\nstatus: active\n" in text and "\nbio: " in text
    )


def phone(site: Path) -> Change:
    """An open station has another `phone`."""
    return next(
        Change(file, "phone", "0731-1{:03}0000", urls.station(_code(text)))
        for file, text in _records(site, "*/*/station.yml")
        if "\nstatus: active\n" in text and "\nphone: " in text
    )


def _records(site: Path, pattern: str) -> list[tuple[Path, str]]:
    """Files and texts from the middle of the province on."""
    files = sorted((site / "stations").glob(pattern))
    return [(file, file.read_text(encoding="utf-8")) for file in files[len(files) // 2 :][:200]]


def _code(text: str) -> str:
    return text.partition("code: ")[2][:7]
