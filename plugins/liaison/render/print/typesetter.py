"""Typst at work: templates from the site's `overrides/print`, data from copies, PDF as bytes."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import typst

from .fonts import FontSet
from .logos import Logo

PHOTOS = "photos"
_TOO_LONG = "排不下"

_AGE = 11
"""Typst throws away what it has worked out when the last ten files have not asked for it again."""

_MOST_KEPT = 200_000
"""Characters of data whose results it may keep: some 45 badges, about 40 MB. Of ten files with 400 badges each it keeps
3 GB, of ten with 60 half a GB; forgetting in time takes no longer, since each file makes it look through all that."""


class TypesetError(ValueError):
    """A template could not be set; says why in Chinese."""


class TooLongError(TypesetError):
    """Words find no room even in the smallest type."""


@dataclass(frozen=True, slots=True)
class Look:
    """What print looks like, apart from what it says."""

    templates: Path
    fonts: FontSet
    logo: Path | None = None

    def check(self, names: Iterable[str]) -> None:
        """Look for templates before anything is begun. Raises `TypesetError`."""
        missing = sorted(name for name in names if not (self.templates / f"{name}.typ").is_file())
        if missing:
            files = "、".join(f"overrides/print/{name}.typ" for name in missing)
            raise TypesetError(f"缺少版式文件 {files}，从本项目复制过来")


class Typesetter:
    """Sets one file after another in a folder of its own below `workspace`."""

    def __init__(self, look: Look, made_on: datetime, workspace: Path, logo: Logo | None = None) -> None:
        self._made_on = made_on
        self.logo_name = logo.name if logo else ""
        """The file that templates show as logo; empty where there is none."""
        self._root = Path(tempfile.mkdtemp(prefix="room-", dir=workspace))
        (self._root / PHOTOS).mkdir()
        for file in look.templates.glob("*.typ"):
            shutil.copyfile(file, self._root / file.name)
        if logo:
            self.put_file(logo.name, logo.data)
        self._compiler = typst.Compiler(root=self._root, font_paths=look.fonts.open(), ignore_system_fonts=True)
        self._kept = 0

    def put_photo(self, code: str, data: bytes) -> str:
        """Lay a photo where templates find it; returns its name there."""
        name = f"{PHOTOS}/{code}.jpg"
        (self._root / name).write_bytes(data)
        return name

    def drop_photos(self) -> None:
        """Take away the photos of a file that is done."""
        for file in (self._root / PHOTOS).iterdir():
            file.unlink()

    def put_file(self, name: str, data: bytes) -> None:
        """Lay something else where a template finds it: the logo, pages for the cover."""
        (self._root / name).write_bytes(data)

    def set(self, template: str, data: Mapping[str, Any], *, is_archival: bool) -> bytes:
        """The PDF of a template: tagged PDF/A-2a where it is to be archival, else as it comes.

        Raises `TypesetError`, and `TooLongError` where a template says that words do not fit.
        """
        main = self._root / f"{template}.typ"
        words = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
        self._make_room(len(words))
        try:
            made, warnings = self._compiler.compile_with_warnings(
                main,
                format="pdf",
                sys_inputs={"data": words},
                pdf_standards=["a-2a"] if is_archival else [],
                pdf_tags=is_archival,
                timestamp=self._made_on,
            )
        except typst.TypstError as error:
            if _TOO_LONG in error.message:
                raise TooLongError("文字太长，最小的字号也排不下，请写短一些") from error
            raise TypesetError(_said(template, error)) from error
        if warnings:
            raise TypesetError(_said(template, warnings[0]))
        return bytes(made)  # type: ignore[arg-type]  # one PDF, not pages

    def _make_room(self, more: int) -> None:
        """Let Typst forget earlier files where it would keep too much: it counts files, so some empty ones are set."""
        if self._kept and self._kept + more > _MOST_KEPT:
            for _ in range(_AGE):
                self._compiler.compile(b"", format="pdf", sys_inputs=None, pdf_tags=False)
            self._kept = 0
        self._kept += more


def _said(template: str, error: typst.TypstError | typst.TypstWarning) -> str:
    """Typst's own words are English: they are for whoever changed the template."""
    place = next((line.strip(" ┌─") for line in error.diagnostic.splitlines() if "┌─" in line), f"{template}.typ")
    return f"版式 overrides/print/{template}.typ 排版出错：{error.message}（{place}）"
