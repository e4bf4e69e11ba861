"""Sections of the report that are written by scripts of their own: put in place, and kept when others are renewed."""

from __future__ import annotations

import re
from collections.abc import Iterator

_OWN = "Written by `benchmarks/"
"""What a section of a script of its own says of itself."""


def put(report: str, section: str) -> str:
    """The report with the section in place of the one with its title, or at its end."""
    title = section.partition("\n")[0]
    found = re.search(rf"(?ms)^{re.escape(title)}$.*?(?=^## |\Z)", report)
    if found is None:
        return f"{report.rstrip()}\n\n{section}"
    rest = report[found.end() :]
    return report[: found.start()] + section + ("\n" if rest else "") + rest


def of_others(report: str) -> Iterator[str]:
    """The sections of a report that other scripts than the main one wrote."""
    for section in re.findall(r"(?ms)^## .*?(?=^## |\Z)", report):
        if _OWN in section:
            yield f"{section.rstrip()}\n"
