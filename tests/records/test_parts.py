"""How a site is cut into parts that are read and judged on their own."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.records.parts import Part, parts

GENTLE = settings(deadline=None, database=None, max_examples=50)
LARGEST = 64
"""Folders that a part holds on average, at most."""


def folders(area: str, count: int, first: int = 0) -> list[str]:
    return [f"stations/{area}/z{number:04}" for number in range(first, first + count)]


def by_folder(found: tuple[Part, ...]) -> dict[str, str]:
    return {folder: part.name for part in found for folder in part.folders}


AREAS = st.dictionaries(st.sampled_from(["lianyuan", "xinhua", "a", "b-2"]), st.integers(0, 300), max_size=4)


@settings(GENTLE)
@given(AREAS)
def test_every_folder_is_in_exactly_one_part(areas: dict[str, int]) -> None:
    """Of its own area, in file order; no part is empty, and no two have one name."""
    given_folders = [folder for area, count in areas.items() for folder in folders(area, count)]
    found = parts(given_folders)
    assert sorted(folder for part in found for folder in part.folders) == sorted(given_folders)
    assert all(part.folders and list(part.folders) == sorted(part.folders) for part in found)
    assert all(folder.startswith(f"{part.area}/") for part in found for folder in part.folders)
    assert len({part.name for part in found}) == len(found)
    assert found == parts(given_folders)


@settings(GENTLE)
@given(st.integers(1, 2_000))
def test_no_part_is_much_larger_than_it_is_meant_to_be(count: int) -> None:
    """Sixty-four folders at most on average, a share of them at least half as many; none of more than twice that."""
    found = parts(folders("lianyuan", count))
    shares = 1
    while shares * LARGEST < count:
        shares *= 2
    assert len(found) <= shares
    assert max(len(part.folders) for part in found) <= 2 * LARGEST
    assert count <= LARGEST or count / shares > LARGEST / 2


@settings(GENTLE)
@given(st.integers(0, 600), st.integers(0, 600))
def test_a_new_folder_moves_no_other(count: int, other: int) -> None:
    """Unless the area outgrows its parts, which then become twice as many; other areas are never moved."""
    before = by_folder(parts([*folders("lianyuan", count), *folders("xinhua", other)]))
    after = by_folder(parts([*folders("lianyuan", count + 1), *folders("xinhua", other)]))
    outgrown = count >= LARGEST and (count & (count - 1)) == 0
    kept = before if not outgrown else {one: name for one, name in before.items() if "/xinhua/" in one}
    assert {one: after[one] for one in kept} == kept
    if outgrown:
        assert not {after[one] for one in folders("lianyuan", count)} & set(before.values())


def test_a_folder_that_goes_moves_no_other() -> None:
    """Nor one that is renamed."""
    whole = folders("lianyuan", 200)
    before = by_folder(parts(whole))
    after = by_folder(parts([*whole[:77], *whole[78:]]))
    assert after == {one: name for one, name in before.items() if one != whole[77]}


def test_an_area_of_few_stations_is_one_part() -> None:
    """Whatever its stations are called."""
    (part,) = parts(folders("lianyuan", LARGEST))
    assert part.area == "stations/lianyuan"
    assert part.folders == tuple(folders("lianyuan", LARGEST))
    assert parts([]) == ()


@given(st.text(st.characters(codec="utf-8", exclude_characters="/"), min_size=1))
def test_the_name_of_a_part_can_be_that_of_a_file(area: str) -> None:
    """However the area is called; no two areas share one."""
    (part,) = parts([f"stations/{area}/z"])
    assert part.name.isascii()
    assert "/" not in part.name
    assert len(part.name) < 100
    assert part.name != parts([f"stations/{area}x/z"])[0].name
