"""A site whose pages are made when somebody asks for them."""

from __future__ import annotations

from pathlib import Path

import pytest
from building import ALONE, GUEST, PERSON, Workshop

from liaison.build import preview
from liaison.plan import urls
from liaison.plan.pages import record_pages
from support.sites import contents


def test_what_was_asked_for_is_what_a_build_makes(shop: Workshop, tmp_path: Path) -> None:
    """At first only the ways in are there; once every page was asked for, every file is, byte for byte."""
    job = shop.prepare()
    shown = preview(job, shop.hosted, shop.out)
    assert not [path for path in contents(shop.out) if path.startswith(("S/", "D/", "r/"))]
    whole = shop.elsewhere(tmp_path / "whole")
    whole.build()
    register = job.plan.register
    for page in (*job.plan.pages, *record_pages(register, register.stations, register.deputies)):
        shown.want(page.path)
        file = urls.file(page.path)
        assert (shop.out / file).read_bytes() == (whole.out / file).read_bytes()
    assert contents(shop.out) == contents(whole.out)


@pytest.mark.parametrize("path", ["photo.jpg", "index.html", "", "index.html?x"])
def test_whatever_is_asked_for_of_a_page_makes_it(path: str, shop: Workshop) -> None:
    """Its photo, its file, its folder; and with it the others of its part, no more."""
    shown = preview(shop.prepare(), shop.hosted, shop.out)
    shown.want(urls.deputy(PERSON) + path)
    assert (shop.out / urls.photo(PERSON)).exists()
    assert not (shop.out / urls.station(ALONE)).exists()
    shown.want(f"/{urls.station(ALONE)}")
    assert (shop.out / urls.deputy(GUEST)).exists()


@pytest.mark.parametrize(
    "path", ["", "S/", "S/3F/", "S/22/22222/", "D/CK/YTPCB/", "r/", "r/99/", "x/y/z", "S//", "..", "r/../S"]
)
def test_what_is_no_page_makes_none(path: str, shop: Workshop) -> None:
    """Nor does it stop the server."""
    shown = preview(shop.prepare(), shop.hosted, shop.out)
    before = contents(shop.out)
    shown.want(path)
    assert contents(shop.out) == before
