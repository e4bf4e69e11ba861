"""Listings of registers made by hand, and what an atlas put together from them says."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from liaison.model.register import Register
from liaison.plan.atlas import Atlas
from liaison.plan.diary import Diary
from liaison.plan.listing import Listing, listing
from liaison.plan.pages import SORTS, Plan, land_of
from support.registers import TODAY


def listed(register: Register, stations: Iterable[str] | None = None, today: date = TODAY) -> Listing:
    """The listing of some of the stations, or of all."""
    place = {code: (number,) for number, code in enumerate(register.stations)}
    wanted = place if stations is None else {code: place[code] for code in stations}
    return listing(register, land_of(register), Diary(register, today), wanted)


def atlas_of(register: Register) -> Atlas:
    """The atlas of a register listed as a whole."""
    return Atlas(land_of(register), [listed(register)])


def facts(plan: Plan) -> dict[str, Any]:
    """All that a plan and its atlas say of a site."""
    atlas = plan.atlas
    regions = [one.code for one in plan.register.regions]
    return {
        "pages": plan.pages,
        "by region": plan.by_region,
        "front": plan.front,
        "slugs": plan.slugs,
        "regions": atlas.regions(),
        "top": atlas.top,
        "areas": atlas.areas(),
        "first": atlas.first(),
        "places": atlas.places,
        "rolls": dict(atlas.rolls),
        "by place": {code: _of_region(plan, code) for code in regions},
    }


def _of_region(plan: Plan, region: str) -> list[object]:
    atlas = plan.atlas
    values = {sort: plan.values(region, sort) for sort in SORTS}
    return [
        region in atlas,
        atlas.subregions(region) if region in atlas else (),
        (atlas.count_stations(region), atlas.count_covers(region), atlas.count_deputies(region)),
        atlas.posts(region),
        atlas.posts_on_roll(region),
        atlas.count_on_roll(region),
        atlas.roll(region),
        [(sort, list(found.items())) for sort, found in values.items()],
        [(value, atlas.holders(region, sort, value)) for sort, found in values.items() for value in found],
        plan.roll_chunks(region),
        [plan.view_chunks(region, sort, value) for sort, found in values.items() for value in found],
    ]
