"""What directories need of a part is made with its verdict, and adds up to what the whole register gives."""

from __future__ import annotations

import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from building import COUNTIES, Workshop

from liaison.build import prepare
from liaison.build.listed import Listed, Lister, Packed, told
from liaison.plan.listing import Post
from liaison.plan.pages import SORTS, Plan, plan
from liaison.problems import ProblemsError
from liaison.records import read
from liaison.render import photos
from liaison.render.photos import PhotoError
from support import small
from support.sites import Built
from support.small import GULI, PHOTO, TODAY, YUFENG


def unplaced(posts: tuple[Post, ...]) -> list[Post]:
    """Rows without their place among the files, which a whole register counts otherwise."""
    return [replace(one, order=()) for one in posts]


def facts(found: Plan) -> dict[str, Any]:
    """What a plan says of every region, and of the whole."""
    atlas = found.atlas
    regions = [one.code for one in atlas.regions()]
    by_region = {
        code: (
            (atlas.count_stations(code), atlas.count_covers(code), atlas.count_deputies(code)),
            (unplaced(atlas.posts(code)), unplaced(atlas.posts_on_roll(code))),
            (atlas.roll(code), {sort: list(found.values(code, sort).items()) for sort in SORTS}),
        )
        for code in regions
    }
    whole = (atlas.regions(), atlas.top, atlas.places, dict(atlas.rolls), atlas.first())
    return {"pages": found.pages, "slugs": found.slugs, "whole": whole, "by region": by_region}


@pytest.mark.parametrize("apart", [False, True])
def test_listings_of_parts_give_the_plan_of_the_whole(
    apart: bool, site: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made by each part of what it may look at, of every built site; with a part for each area or each station."""
    if apart:
        small.part_by_station(monkeypatch)
    job = prepare(site.source, site.today)
    assert (len(job.reading.source.parts) > len(job.reading.ground.areas)) == apart
    whole = plan(job.reading.register, site.today, library=job.plan.lectures.library)
    assert facts(job.plan) == facts(whole)
    assert len(job.plan.pages) > 50


def test_rows_are_unpickled_only_when_somebody_asks() -> None:
    """To know which regions there are costs nothing."""
    rows = Packed[str]({"43": pickle.dumps(["甲", "乙"]), "4313": b"no pickle"})
    assert (list(rows), len(rows), "43" in rows) == (["43", "4313"], 2, True)
    assert rows["43"] == ["甲", "乙"]
    assert rows.get("44", ()) == ()
    with pytest.raises(pickle.UnpicklingError):
        rows["4313"]


def test_what_is_kept_is_opened_to_what_was_listed(shop: Workshop) -> None:
    """The same rows and figures."""
    reading = prepare(shop.root, TODAY).reading
    for verdict in reading.verdicts:
        assert isinstance(verdict.extra, Listed)
        opened = verdict.extra.opened()
        assert opened.tally == verdict.extra.tally
        assert set(opened.posts) == set(opened.tally.stations)
        assert {region: len(there) for region, there in opened.posts.items()} == opened.tally.stations
        assert {region: len(there) for region, there in opened.people.items()} == {
            region: roll.people for region, roll in opened.tally.rolls.items()
        }
    assert {region for one in reading.verdicts for region in one.extra.people} == COUNTIES


def test_a_photo_that_cannot_be_shown_stops_before_anything_is_written(shop: Workshop) -> None:
    """It is named by its file; a site that stands there stays as it is."""
    (shop.root / PHOTO).write_bytes(b"\xff\xd8\xff\xe0 and no more")
    with pytest.raises(PhotoError, match=rf"^{PHOTO}：照片读不出来"):
        shop.build()
    assert not shop.out.exists()


@pytest.mark.parametrize("status", ["former", "paused", "withheld"])
def test_a_photo_that_may_not_be_shown_is_not_looked_at(status: str, shop: Workshop) -> None:
    """Of people who are not in office, whatever is wrong with it."""
    consent = "consent: {scope: [photo], date: 2026-01-05, ref: 2026-7}"
    small.change(shop.root, GULI, "status: paused", f"status: {status}\nphoto: guli.jpg\n{consent}")
    (shop.root / YUFENG / "deputies/guli.jpg").write_bytes(b"\xff\xd8\xff\xe0 and no more")
    assert len(prepare(shop.root, TODAY).plan.register.photos) == 2


def test_photos_of_a_site_with_errors_are_not_looked_at(shop: Workshop) -> None:
    """Its errors come first."""
    (shop.root / PHOTO).write_bytes(b"\xff\xd8\xff\xe0 and no more")
    small.change(shop.root, f"{YUFENG}/station.yml", "phone: 0738-0000000", "phone: 无")
    with pytest.raises(ProblemsError):
        prepare(shop.root, TODAY)


def test_a_photo_is_looked_at_again_only_when_it_changed(shop: Workshop, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was looked at is kept with the verdict."""
    looked: list[bytes] = []
    monkeypatch.setattr(photos, "check", looked.append)
    kept = shop.shelf
    prepare(shop.root, TODAY, None, kept)
    assert len(looked) == 1
    prepare(shop.root, TODAY, None, kept)
    assert len(looked) == 1
    (shop.root / PHOTO).write_bytes((shop.root / PHOTO).read_bytes() + b"\0")
    prepare(shop.root, TODAY, None, kept)
    assert len(looked) == 2


def test_work_on_a_photo_says_which_it_was(tmp_path: Path) -> None:
    """Its result where all is well; a fault with the path in front."""
    (tmp_path / "p.jpg").write_bytes(b"12345")
    assert told("p.jpg", len, tmp_path) == 5

    def fail(_data: bytes) -> int:
        raise PhotoError("照片太小")

    with pytest.raises(PhotoError, match=r"^p\.jpg：照片太小$"):
        told("p.jpg", fail, tmp_path)


def test_listing_needs_nothing_but_the_root(shop: Workshop) -> None:
    """So that any worker can do it."""
    lister = pickle.loads(pickle.dumps(Lister(shop.root)))
    reading = read.read_site(shop.root, TODAY, None, None, lister)
    assert [type(one.extra) for one in reading.verdicts] == [Listed] * 4
