import math
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.places import amap_url, bd09_to_gcj02, for_maps, in_china, tencent_url
from liaison.model.stations import Crs, Location

# Points that others published in both systems (longitude, latitude): BD-09, GCJ-02.
PUBLISHED = [
    ((116.404, 39.915), (116.39762729119315, 39.90865673957631)),  # example of wandergis/coordtransform
    ((116.41036949371029, 39.92133699351021), (116.404, 39.915)),  # the same, from GCJ-02 to BD-09
    ((118.76519558159015, 30.946576225978003), (118.75866025417945, 30.940779294367676)),  # its Kotlin tests
    ((114.06611219325782, 22.548514883102943), (114.05956013578918, 22.542860065931386)),
    ((120.032768, 30.285238), (120.026268, 30.279164)),  # Aliyun, address service, TransferCoord
    ((116.43351, 39.90851), (116.42703, 39.90245)),  # Beijing railway station as both maps show it
]
GENTLE = settings(deadline=None, database=None)
NAMES = ["三甲乡玉峰社区站", "a;b&c#d e", "\"'<>", "甲/乙?丙=丁+戊%41", "one,two:three|four"]


def place(crs: Crs, lng: float = 111.8123, lat: float = 27.7012) -> Location:
    return Location(lng=lng, lat=lat, crs=crs)


def metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Distance of two points near each other, on a sphere of 6,371 km."""
    east = math.radians(other[0] - one[0]) * math.cos(math.radians(one[1]))
    return 6_371_000 * math.hypot(east, math.radians(other[1] - one[1]))


@pytest.mark.parametrize(("bd09", "gcj02"), PUBLISHED)
def test_baidu_coordinates_become_gcj02_within_two_metres(
    bd09: tuple[float, float], gcj02: tuple[float, float]
) -> None:
    """As published by others, for points all over the country."""
    assert metres(bd09_to_gcj02(*bd09), gcj02) < 2


@settings(GENTLE)
@given(st.floats(73.1, 134.9), st.floats(3.1, 53.9))
def test_baidu_moves_a_point_by_a_kilometre_at_most_and_never_leaves_it(lng: float, lat: float) -> None:
    """The offset is about 0.0065 degrees east and 0.006 north, give or take a little."""
    moved_lng, moved_lat = bd09_to_gcj02(lng, lat)
    assert 0.005 < lng - moved_lng < 0.008
    assert 0.004 < lat - moved_lat < 0.008


@pytest.mark.parametrize(
    ("crs", "expected"),
    [
        ("gcj02", (111.8123, 27.7012, False)),
        ("wgs84", (111.8123, 27.7012, True)),
        ("cgcs2000", (111.8123, 27.7012, True)),
    ],
)
def test_what_maps_are_told_of_a_point(crs: Crs, expected: tuple[float, float, bool]) -> None:
    """GCJ-02 and WGS-84 go as they are; CGCS2000 is WGS-84 within centimetres."""
    assert for_maps(place(crs)) == expected


def test_maps_are_told_baidu_points_in_gcj02() -> None:
    """No map but Baidu's understands BD-09."""
    lng, lat, is_wgs84 = for_maps(place("bd09", 116.404, 39.915))
    assert metres((lng, lat), (116.39762729119315, 39.90865673957631)) < 2
    assert not is_wgs84


@pytest.mark.parametrize(
    ("crs", "amap", "tencent"),
    [("gcj02", "gaode", "2"), ("wgs84", "wgs84", "1"), ("cgcs2000", "wgs84", "1"), ("bd09", "gaode", "2")],
)
def test_each_map_is_told_the_system_in_its_own_words(crs: Crs, amap: str, tencent: str) -> None:
    """Amap: `coordinate=gaode|wgs84`. Tencent: `coord_type=1` is GPS, 2 is GCJ-02."""
    assert parse_qs(urlsplit(amap_url(place(crs), "站")).query)["coordinate"] == [amap]
    assert parse_qs(urlsplit(tencent_url(place(crs), "站")).query)["coord_type"] == [tencent]


def test_the_two_maps_want_opposite_orders() -> None:
    """Amap takes longitude first, Tencent latitude first; both six digits, a decimetre."""
    assert amap_url(place("gcj02"), "站").startswith("https://uri.amap.com/marker?position=111.812300,27.701200&")
    assert "marker=coord:27.701200,111.812300;title:" in tencent_url(place("gcj02"), "站")


@pytest.mark.parametrize("name", NAMES)
def test_a_name_reaches_amap_whole(name: str) -> None:
    """Whatever it holds, it stays one parameter."""
    url = amap_url(place("gcj02"), name)
    assert parse_qs(urlsplit(url).query, strict_parsing=True) == {
        "position": ["111.812300,27.701200"],
        "name": [name],
        "coordinate": ["gaode"],
    }
    assert urlsplit(url).fragment == ""


@pytest.mark.parametrize("name", NAMES)
def test_a_name_reaches_tencent_whole(name: str) -> None:
    """The marker is a list of its own: `;` and `:` of a name must not end its title."""
    url = tencent_url(place("gcj02"), name)
    marker = next(one for one in urlsplit(url).query.split("&") if one.startswith("marker="))
    coord, title = marker.removeprefix("marker=").split(";")
    assert coord == "coord:27.701200,111.812300"
    assert title.startswith("title:")
    assert ":" not in title.removeprefix("title:")
    assert unquote(title.removeprefix("title:")) == name


@settings(GENTLE)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_links_hold_nothing_that_leaves_an_attribute(name: str) -> None:
    """ASCII, no quotes, no angle brackets, no spaces."""
    for url in (amap_url(place("gcj02"), name), tencent_url(place("gcj02"), name)):
        assert url.isascii()
        assert not set(url) & set("\"'<> \n\t`\\")


@pytest.mark.parametrize(
    ("lng", "lat", "expected"),
    [
        (111.8, 27.7, True),
        (73.0, 3.0, True),
        (135.0, 54.0, True),
        (72.99, 27.7, False),
        (135.01, 27.7, False),
        (111.8, 2.99, False),
        (111.8, 54.01, False),
        (27.7, 111.8, False),
        (0.0, 0.0, False),
        (-111.8, 27.7, False),
    ],
)
def test_the_box_around_china(lng: float, lat: float, *, expected: bool) -> None:
    """73–135° E and 3–54° N, edges included; swapped numbers fall outside."""
    assert in_china(lng, lat) is expected
