import re
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.codes import ALPHABET
from liaison.plan import urls

GENTLE = settings(deadline=None, database=None)
CODES = st.text(ALPHABET, min_size=7, max_size=7)
REGIONS = st.from_regex(r"[1-9]([0-9]|[0-9]{3}|[0-9]{5}|[0-9]{8})", fullmatch=True)
PATHS = (
    CODES.map(urls.station)
    | CODES.map(urls.deputy)
    | REGIONS.map(urls.region)
    | REGIONS.map(urls.villages)
    | st.builds(urls.roll, REGIONS, st.sampled_from(["", "A", "Z", "other"]), st.integers(1, 12))
    | st.builds(urls.views, REGIONS, st.sampled_from(["level", "specialty", "group"]))
    | st.builds(urls.view, REGIONS, st.just("group"), st.from_regex(r"[a-z][a-z0-9-]{0,9}", fullmatch=True))
    | st.sampled_from([urls.HOME, urls.ENTRY, urls.MAP])
)


def test_permanent_addresses_are_as_printed() -> None:
    """The contract of the codes: two symbols, then five, each a folder."""
    assert urls.station("3F7K2MC") == "S/3F/7K2MC/"
    assert urls.deputy("7K3M9TY") == "D/7K/3M9TY/"
    assert urls.photo("7K3M9TY") == "D/7K/3M9TY/photo.jpg"


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        (urls.region("431382"), "r/431382/"),
        (urls.villages("431382"), "r/431382/villages/"),
        (urls.roll("431382"), "r/431382/deputies/"),
        (urls.roll("431382", "Z"), "r/431382/deputies/z/"),
        (urls.roll("431382", "Z", 2), "r/431382/deputies/z/2/"),
        (urls.roll("431382", "other", 1), "r/431382/deputies/other/"),
        (urls.views("431382", "level"), "r/431382/level/"),
        (urls.view("431382", "level", "county"), "r/431382/level/county/"),
        (urls.view("431382", "level", "county", 3), "r/431382/level/county/3/"),
    ],
)
def test_addresses_of_directories(made: str, expected: str) -> None:
    """The first page of a list has no number; letters are small."""
    assert made == expected


@settings(GENTLE)
@given(PATHS)
def test_every_address_is_plain_relative_and_ends_in_a_slash(path: str) -> None:
    """It works below any sub-path of a host, and names a folder with an index."""
    assert re.fullmatch(r"([A-Za-z0-9-]+/)*", path)
    assert urls.file(path) == f"{path}index.html"


@settings(GENTLE)
@given(PATHS, PATHS)
def test_a_link_leads_from_any_page_to_any_other(here: str, there: str) -> None:
    """As a browser resolves it, at a root or below a path."""
    for base in ("https://example.gov.cn/", "https://example.gov.cn/zt/jiazhan/"):
        link = urls.relative(there, urls.depth(here))
        assert link
        assert urljoin(base + here, link) == base + there


def test_depth_counts_folders() -> None:
    """Home lies at 0, a file at the root too."""
    assert [urls.depth(path) for path in ("", "404.html", "c/", "S/3F/7K2MC/")] == [0, 0, 1, 3]


def test_a_file_stays_a_file() -> None:
    """Photos and the page for what is missing have no index."""
    assert urls.file(urls.NOT_FOUND) == "404.html"
    assert urls.file(urls.photo("7K3M9TY")) == "D/7K/3M9TY/photo.jpg"


@settings(GENTLE)
@given(st.lists(CODES, unique=True, min_size=2, max_size=2))
def test_no_two_codes_share_an_address(codes: list[str]) -> None:
    """Nor does a station share one with a deputy."""
    found = {make(code) for make in (urls.station, urls.deputy) for code in codes}
    assert len(found) == 4
