"""Pages link to the posters that were made, as long as these say what is on file."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import urljoin

import pytest

from support.printing import GULI, YUFENG, ZENG, posters, small_sample
from support.sites import Built, build, edit

POSTER = "poster.pdf"
STATION, DEPUTY, OTHER = f"S/{YUFENG[:2]}/{YUFENG[2:]}/", f"D/{ZENG[:2]}/{ZENG[2:]}/", f"D/{GULI[:2]}/{GULI[2:]}/"
CHEN = "D/3Q/JTW2B/"
HOME = "stations/lianyuan/sanjia-yufeng"
DEPUTIES = f"{HOME}/deputies"


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A site whose posters of one station and its deputies were made, and were all built into it."""
    folder = tmp_path_factory.mktemp("linked")
    site = small_sample(folder / "source")
    posters(site, "--kind", "station-a4", "--kind", "deputy-a4", "--station", YUFENG)
    return build(site, folder / "site")


@pytest.fixture(scope="module")
def later(printed: Built, tmp_path_factory: pytest.TempPathFactory) -> Built:
    """The same after a new phone of the station, and after a deputy and a photo were taken back."""
    edit(printed.source / HOME / "station.yml", r"(?m)^phone: .*$", "phone: 0738-1111111")
    edit(printed.source / DEPUTIES / "yang-shili.yml", r"(?m)^status: .*$", "status: withheld")
    return build(printed.source, tmp_path_factory.mktemp("later") / "site")


def made(built: Built, ending: str) -> list[Path]:
    return list((built.source / "posters/office").rglob(f"*-{ending}.pdf"))


@pytest.mark.parametrize(("page", "code"), [(STATION, YUFENG), (DEPUTY, ZENG), (OTHER, GULI)])
def test_a_poster_lies_beside_its_page(printed: Built, page: str, code: str) -> None:
    """The page links to the very poster that was made, with its pages and size."""
    (file,) = made(printed, code)
    assert printed.data(page + POSTER) == file.read_bytes()
    markup = printed.text(f"{page}index.html")
    (link,) = re.findall(r'<a href="([^"]*)" type="application/pdf">', markup)
    assert urljoin(f"/{page}", link) == f"/{page}{POSTER}"
    assert f"{file.stat().st_size // 1024} KB" in markup


def test_no_other_page_has_one(printed: Built) -> None:
    """Only what was made is linked to: the station and its deputies in office."""
    count = len(made(printed, "*"))
    assert sum(path.endswith(POSTER) for path in printed.files) == count
    assert sum(POSTER in printed.text(path) for path in printed.files if path.endswith(".html")) == count


def test_a_poster_that_says_something_old_is_not_linked_to(printed: Built, later: Built) -> None:
    """With another phone on file the poster of the station is gone from its page, and those that say it too."""
    assert made(printed, YUFENG)
    assert STATION + POSTER not in later.known
    assert POSTER not in later.text(f"{STATION}index.html")


def test_a_deputy_who_is_withheld_has_none(later: Built) -> None:
    """Of a deputy who is no more shown there is no poster, though the file still lies with the others."""
    assert made(later, GULI)
    assert OTHER + POSTER not in later.known
    assert POSTER not in later.text(f"{OTHER}index.html")


@pytest.mark.parametrize("status", ["withheld", "paused", "former"])
def test_whoever_is_out_of_office_has_none(printed: Built, tmp_path: Path, status: str) -> None:
    """A poster that would say the very same words goes all the same; the page of somebody without a photo shows it."""
    source = shutil.copytree(printed.source, tmp_path / "source")
    edit(source / DEPUTIES / "chen-shili-jie.yml", r"(?m)^status: .*$", f"status: {status}")
    again = build(source, tmp_path / "site")
    assert CHEN + POSTER in printed.known
    assert CHEN + POSTER not in again.known
    assert POSTER not in again.text(f"{CHEN}index.html")


def test_what_still_holds_stays(later: Built) -> None:
    """A deputy with a phone of their own keeps the poster."""
    assert DEPUTY + POSTER in later.known
    assert POSTER in later.text(f"{DEPUTY}index.html")
