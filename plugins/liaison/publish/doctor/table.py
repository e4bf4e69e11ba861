"""All kinds of faults with their permanent ids."""

from __future__ import annotations

from collections.abc import Mapping

from .faults_of_connection import CONNECTION
from .faults_of_headers import HEADERS
from .faults_of_pages import PAGES
from .findings import Fault, Finding

FAULTS: Mapping[str, Fault] = {
    f"doctor/{name}": fault for part in (CONNECTION, PAGES, HEADERS) for name, fault in part.items()
}
"""By id."""

FINDINGS: Mapping[str, str] = {name: fault.sentence for name, fault in FAULTS.items()}
"""The sentence of each id."""


def bad(name: str, seen: str = "") -> Finding:
    """A fault by the end of its id, with what the server did."""
    fault = FAULTS[f"doctor/{name}"]
    return Finding(fault.level, fault.sentence, f"doctor/{name}", seen, fault)
