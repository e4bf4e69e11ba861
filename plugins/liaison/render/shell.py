"""A page rendered once by MkDocs, with slots that are filled for every record."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

SLOTS = ("title", "description", "canonical", "head", "body")
_TOKEN = re.compile(r"%%liaison:([a-z_]+)%%")


class ShellError(ValueError):
    """The template has not exactly the slots it should have."""


@dataclass(frozen=True, slots=True)
class Shell:
    """Text and slot names in turn: text, name, text, name, … text."""

    pieces: tuple[str, ...]

    @classmethod
    def parse(cls, html: str) -> Shell:
        """The shell in a rendered page. Raises `ShellError` on a missing, unknown or broken slot."""
        pieces = tuple(_TOKEN.split(html))
        names = set(pieces[1::2])
        if missing := [name for name in SLOTS if name not in names]:
            raise ShellError(f"模板缺少插槽：{'、'.join(missing)}")
        if unknown := sorted(names.difference(SLOTS)):
            raise ShellError(f"模板里有不认识的插槽：{'、'.join(unknown)}")
        if any("%%liaison" in text for text in pieces[::2]):
            raise ShellError("模板里有写坏的插槽记号 %%liaison")
        return cls(pieces)

    def fill(self, slots: Mapping[str, str]) -> str:
        """The page with every slot filled; values are markup, already escaped."""
        out = list(self.pieces)
        out[1::2] = [slots[name] for name in out[1::2]]
        return "".join(out)
