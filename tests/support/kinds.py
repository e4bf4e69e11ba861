"""One page of every kind, for judges that would take too long on all of them."""

from __future__ import annotations

import re

from support.sites import Built

SAMPLE_PAGES = {
    "home": "",
    "entry": "c/",
    "map": "map/",
    "province": "r/43/",
    "city": "r/4313/",
    "county": "r/431382/",
    "township": "r/431382200/",
    "zone": "r/430371/",
    "villages": "r/431382/villages/",
    "roll": "r/431382/deputies/",
    "levels": "r/431382/level/",
    "level": "r/431382/level/county/",
    "specialties": "r/431382/specialty/",
    "groups": "r/431382/group/",
    "station": "S/3F/7K2MC/",
    "home of deputies": "S/TK/58CWB/",
    "merged station": "S/PN/RTHK5/",
    "closed station": "S/2W/JPD6N/",
    "upgrading station": "S/CK/YTPCB/",
    "deputy": "D/7K/3M9TY/",
    "all lessons": "episodes/",
    "series": "episodes/minfadian/",
    "lesson with a video": "episodes/minfadian/01/",
    "lesson to read": "episodes/minfadian/07/",
    "topics": "topics/",
    "laws": "laws/",
    "law": "laws/civil-code/",
    "guide": "guides/how-to-meet-your-deputy/",
    "statement": "about/accessibility/",
    "missing": "gone/for/ever/",
}

HEAVY_PAGES = {
    "withdrawn lesson": "episodes/qita/03/",
    "lesson to hear": "episodes/qita/01/",
    "lesson full of words": "episodes/qita/02/",
    "article with its text": "laws/civil-code/1053/",
}
"""Made by `support.heavy`."""

_STATUSES = ("paused", "withheld", "former")


def one_of_each(sample: Built, heavy: Built, home: str, heavy_home: str) -> dict[str, str]:
    """Kind and address: of the sample, and of the heavy site where only that has such a page."""
    found = {kind: home + path for kind, path in SAMPLE_PAGES.items()}
    found["heaviest station"] = heavy_home + _largest(heavy, "S/")
    found["paged roll"] = heavy_home + _largest(heavy, "r/", "/deputies/")
    found["topic"] = home + _largest(sample, "topics/", "/")
    found["article"] = home + _largest(sample, "laws/civil-code/", "/")
    found |= {f"{kind} of the heavy site": heavy_home + path for kind, path in HEAVY_PAGES.items()}
    for status in _STATUSES:
        found[f"{status} deputy"] = home + _deputy_with(sample, status)
    return found


def _largest(built: Built, start: str, inside: str = "") -> str:
    pages = (path for path in built.files if path.startswith(start) and inside in path and path.endswith("index.html"))
    return max(pages, key=lambda path: len(built.data(path))).removesuffix("index.html")


def _deputy_with(built: Built, status: str) -> str:
    for file in sorted((built.source / "stations").rglob("deputies/*.yml")):
        text = file.read_text("utf-8")
        if re.search(rf"(?m)^status: {status}$", text) and (code := re.search(r"(?m)^code: (\w{7})", text)):
            return f"D/{code[1][:2]}/{code[1][2:]}/"
    raise LookupError(f"the sample has no {status} deputy")
