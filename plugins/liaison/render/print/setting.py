"""All that a template is handed: measures of the sheet, colours, facts of the site, wording, and the copies."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Literal
from urllib.parse import urlsplit

from liaison.model.site import Site
from liaison.plan.kinds import Kind
from liaison.render import words

from .palette import palette
from .profiles import Profile
from .subjects import Copy

Mode = Literal["office", "press", "proof"]
"""For the office printer and download; for the press; the press layout marked 样张, to be read and signed."""

BLEED = 3.0
"""Millimetres of true size that colour goes beyond the cut."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """How a run is set."""

    site: Site
    today: date
    mode: Mode = "office"
    scale: int = 1
    """1:n, for large kinds."""
    has_marks: bool = True
    """Crop marks: around press sheets, and between cards that are imposed on one sheet."""
    profile: Profile | None = None
    """Of the press; None for the office."""
    families: tuple[str, ...] = ()
    logo: str = ""

    def scale_of(self, kind: Kind) -> int:
        """1:n for large kinds, true size for all others."""
        return self.scale if kind.is_large else 1

    def bleed_of(self, kind: Kind) -> float:
        """Millimetres on the paper that colour goes beyond the cut."""
        return 0.0 if self.mode == "office" else BLEED / self.scale_of(kind)

    def trim_of(self, kind: Kind) -> tuple[float, float]:
        """Width and height of the sheet once cut, in millimetres on the paper."""
        return kind.width / self.scale_of(kind), kind.height / self.scale_of(kind)

    @property
    def has_crop_marks(self) -> bool:
        """A proof has none, so that nobody cuts it."""
        return self.has_marks and self.mode != "proof"

    def facts(self) -> dict[str, Any]:
        """What templates know of the site: part of everything printed."""
        site, base = self.site, self.site.code_base
        return {
            "name": site.name,
            "organ": site.print.organ or site.footer.sponsor or site.name,
            "domain": domain(base),
            "typed": typed(base),
            "sample": site.sample_notice,
            "words": asdict(site.print.words),
            "colour": site.print.colour,
        }

    def data(self, kind: Kind, title: str, place: str, items: Sequence[Copy]) -> dict[str, Any]:
        """All that a template of this kind is handed; lengths are those of its design."""
        unit = kind.width / kind.design
        facts = self.facts()
        return {
            "title": title,
            "place": place,
            "fonts": list(self.families),
            "colours": palette(self.site.print.colour, self.profile),
            "words": facts.pop("words"),
            "site": {**facts, "logo": self.logo or None, "today": words.day(self.today)},
            "sheet": {
                "kind": kind.name,
                "width": kind.width / unit,
                "height": kind.height / unit,
                "unit": unit / self.scale_of(kind),
                "bleed": (0 if self.mode == "office" else BLEED) / unit,
                "symbol": kind.symbol / unit,
                "least": kind.least,
                "proof": self.mode == "proof",
                "marks": self.has_crop_marks,
            },
            "items": list(items),
        }


def domain(base: str) -> str:
    """「db.example.gov.cn」: the official host, as it is compared with what a phone shows."""
    return (urlsplit(base).hostname or "").lower()


def typed(base: str) -> str:
    """「db.example.gov.cn/zt/jiazhan」: what somebody types who does not scan."""
    return domain(base) + urlsplit(base).path.rstrip("/")
