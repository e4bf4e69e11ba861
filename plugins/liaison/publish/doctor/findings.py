"""What a check found: how grave it is, what was seen, and how it is mended."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Level(Enum):
    """How grave a finding is; the value is the word for it."""

    ERROR = "错误"
    """Citizens are hit, or what was never meant to be public is."""
    NOTICE = "提醒"
    """Worth mending."""
    GOOD = "正常"
    NOTED = "说明"
    """Neither good nor bad: a figure, or why something was not looked at."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One kind of fault, the same wherever it is found."""

    level: Level
    sentence: str
    """What is wrong."""
    remedy: str
    """What to do, for whoever looks after the server."""
    nginx: str = ""
    """Lines of its configuration."""
    iis: str = ""
    """Lines of `web.config`, or where to click."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one check."""

    level: Level
    text: str
    """What is said: the sentence of the fault, or what is in order."""
    id: str = ""
    """Permanent name of the fault, `doctor/…`; empty where nothing is wrong."""
    seen: str = ""
    """What the server did."""
    fault: Fault | None = None

    @property
    def is_bad(self) -> bool:
        """Whether it is an error or a notice."""
        return self.level in {Level.ERROR, Level.NOTICE}


def good(text: str) -> Finding:
    """Something is in order."""
    return Finding(Level.GOOD, text)


def noted(text: str) -> Finding:
    """Something to know."""
    return Finding(Level.NOTED, text)
