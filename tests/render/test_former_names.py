"""Former names hold codes to their holders and are shown nowhere."""

from __future__ import annotations

from typing import Any

from rendering import pages_of, planned, renderer

from support.registers import code, deputy, register, station

STATION, OTHER, DEPUTY, FORMER = code(1), code(2), code(11), code(12)


def rendered(former: tuple[str, ...], phone: str = "0738-0000000") -> dict[str, bytes]:
    """All pages of a small office whose people and stations were called otherwise before."""
    more: dict[str, Any] = {"former_names": former}
    merged = station(OTHER, status="merged", merged_into=STATION, **more)
    deputies = [deputy(DEPUTY, **more), deputy(FORMER, status="former", **more)]
    site = planned(register([station(STATION, phone=phone, **more), merged], {STATION: deputies}))
    made = renderer(site)
    return {path: data for page in pages_of(site) for path, data in made.files(page)}


def test_pages_are_the_same_with_former_names() -> None:
    """No byte of any page depends on them: stations, deputies, lists and data."""
    pages = rendered(())
    assert len(pages) > len((STATION, OTHER, DEPUTY, FORMER))
    assert rendered(("曾用示例",)) == pages
    assert rendered((), phone="0738-1111111") != pages
