"""Names of specialties and groups as parts of addresses: Latin, stable, and different for different names."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

from liaison.model.names import syllables

_FOREIGN = re.compile(r"[^a-z0-9]+")
_LONGEST = 48


def slugs(names: Iterable[str]) -> dict[str, str]:
    """A slug for each name; where readings coincide all of them carry four hexadecimal digits of their name."""
    wanted = {name: _plain(name) for name in dict.fromkeys(names)}
    doubled = {slug for slug, count in Counter(wanted.values()).items() if count > 1 or not slug}
    return {
        name: f"{slug}-{hashlib.sha256(name.encode()).hexdigest()[:4]}".lstrip("-") if slug in doubled else slug
        for name, slug in wanted.items()
    }


def _plain(name: str) -> str:
    return _FOREIGN.sub("-", "-".join(syllables(name))).strip("-")[:_LONGEST].rstrip("-")
