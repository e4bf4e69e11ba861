"""The kinds of things that are printed, with their sizes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

Subject = Literal["station", "deputy", "lesson", "deputy codes", "all codes"]
"""What one file is about: a single record or lesson, or the codes of a township."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Something that is printed. Measures are of the trimmed sheet and true size, in millimetres."""

    name: str
    """How it is asked for; also the folder its files lie in."""
    title: str
    subject: Subject
    template: str
    """The Typst file below `overrides/print`, without `.typ`."""
    width: float
    height: float
    symbol: float
    """Width of the QR symbol without its quiet zone."""
    design: float = 210
    """Width of the sheet in the measures of its template: A3 is A4 enlarged."""
    times: int = 1
    """How often the symbol of a record stands on it."""
    least: float = 9
    """Size of the smallest type, in points."""
    material: str
    """What the printer is told of paper and finish."""
    names_deputies: bool = False
    """Whether the thing of a station lists its deputies, unless it is to outlive a term."""
    is_large: bool = False
    """Whether it is usually sent to the printer reduced, 1:n."""

    @property
    def reach(self) -> float:
        """From how far it scans, in metres: ten times the width of the symbol (rule of thumb)."""
        return self.symbol / 100

    @property
    def is_shared(self) -> bool:
        """Whether one file holds what belongs to many records."""
        return self.subject.endswith("codes")


_PAPER = "157克铜版纸，覆哑膜"
_OFFICE = "80克以上复印纸，办公打印机即可"
_CARD = "300克白卡纸，双面覆哑膜"
_PLATE = "UV印刷铝板或亚克力，亚光表面"

KINDS = {
    kind.name: kind
    for kind in (
        Kind(
            name="station-a3",
            title="联络站海报 A3",
            subject="station",
            template="station",
            width=297,
            height=420,
            symbol=153,
            names_deputies=True,
            material=_PAPER,
        ),
        Kind(
            name="station-a4",
            title="联络站海报 A4",
            subject="station",
            template="station",
            width=210,
            height=297,
            symbol=108,
            names_deputies=True,
            material=_PAPER,
        ),
        Kind(
            name="deputy-a4",
            title="代表海报 A4",
            subject="deputy",
            template="deputy",
            width=210,
            height=297,
            symbol=100,
            material=_PAPER,
        ),
        Kind(
            name="plate",
            title="门牌 60×40厘米",
            subject="station",
            template="plate",
            width=600,
            height=400,
            symbol=200,
            design=297,
            material=_PLATE,
        ),
        Kind(
            name="plate-a4",
            title="门牌 A4",
            subject="station",
            template="plate",
            width=297,
            height=210,
            symbol=100,
            design=297,
            material=_PAPER,
        ),
        Kind(
            name="desk-card",
            title="桌牌（对折A5）",
            subject="deputy",
            template="desk_card",
            width=210,
            height=297,
            symbol=60,
            times=2,
            material="250克白卡纸，横向对折",
        ),
        Kind(
            name="badge",
            title="胸卡 90×54毫米",
            subject="deputy codes",
            template="badge",
            width=90,
            height=54,
            symbol=26,
            design=90,
            least=7,
            material=_CARD,
        ),
        Kind(
            name="badge-9",
            title="胸卡 9张拼A4",
            subject="deputy codes",
            template="badge",
            width=297,
            height=210,
            symbol=26,
            design=297,
            least=7,
            material=_CARD,
        ),
        Kind(
            name="badge-10",
            title="胸卡 10张拼A4",
            subject="deputy codes",
            template="badge",
            width=210,
            height=297,
            symbol=26,
            least=7,
            material=_CARD,
        ),
        Kind(
            name="rollup",
            title="易拉宝 80×200厘米",
            subject="station",
            template="rollup",
            width=800,
            height=2000,
            symbol=400,
            material="PP胶或相纸，覆哑膜，装易拉宝架",
            is_large=True,
        ),
        Kind(
            name="board",
            title="展板 60×90厘米",
            subject="station",
            template="board",
            width=600,
            height=900,
            symbol=200,
            names_deputies=True,
            material="KT板或PVC板，覆哑膜",
            is_large=True,
        ),
        Kind(
            name="codes",
            title="乡镇编号总表",
            subject="all codes",
            template="codes",
            width=210,
            height=297,
            symbol=26,
            material=_OFFICE,
        ),
        Kind(
            name="notice",
            title="接待公告",
            subject="station",
            template="notice",
            width=210,
            height=297,
            symbol=100,
            material=_OFFICE,
        ),
        Kind(
            name="opinion",
            title="意见卡 A5",
            subject="station",
            template="opinion",
            width=148,
            height=210,
            symbol=40,
            design=148,
            material="100克双胶纸",
        ),
        Kind(
            name="lesson-a4",
            title="普法课海报 A4",
            subject="lesson",
            template="lesson",
            width=210,
            height=297,
            symbol=100,
            material=_PAPER,
        ),
        Kind(
            name="handout",
            title="普法课讲义 A4",
            subject="lesson",
            template="handout",
            width=210,
            height=297,
            symbol=36,
            material=_OFFICE,
        ),
    )
}
"""All kinds by name, in the order they are listed."""

LINKED: Mapping[str, str] = {"station": "station-a4", "deputy": "deputy-a4"}
"""The kind whose file the page of a record links to."""


def too_near(kinds: Iterable[Kind], distance: float) -> list[Kind]:
    """Kinds that do not scan from so far, in metres."""
    return [kind for kind in kinds if kind.reach < distance]
