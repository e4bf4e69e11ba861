import pickle

import pytest

from liaison.model.regions import Region, RegionTree
from liaison.plan.land import Land
from support.registers import CITY, COUNTY, FAR_TOWN, OTHER_COUNTY, PROVINCE, REGIONS, TOWN, VILLAGE

ZONE, INSIDE_ZONE = "431391", "431391001"
WITH_ZONE = (
    *REGIONS,
    Region(code=ZONE, name="经开区", level="功能区", parent=CITY),
    Region(code=INSIDE_ZONE, name="大埠街道", level="乡级"),
)


def land(home: str = PROVINCE, regions: tuple[Region, ...] = WITH_ZONE) -> Land:
    return Land(RegionTree(regions), home)


@pytest.mark.parametrize(
    ("home", "region", "chain"),
    [
        (PROVINCE, VILLAGE, [PROVINCE, CITY, COUNTY, TOWN]),
        (PROVINCE, INSIDE_ZONE, [PROVINCE, CITY, ZONE, INSIDE_ZONE]),
        (COUNTY, VILLAGE, [COUNTY, TOWN]),
        (TOWN, VILLAGE, [TOWN]),
        (COUNTY, CITY, [PROVINCE, CITY]),
        (COUNTY, FAR_TOWN, [PROVINCE, CITY, OTHER_COUNTY, FAR_TOWN]),
    ],
)
def test_shown_regions_go_from_the_home_region_inwards(home: str, region: str, chain: list[str]) -> None:
    """Villages are left out; what does not lie in the home region is shown with all that is around it."""
    assert [one.code for one in land(home).chain(region)] == chain
    assert land(home).direct(region) == chain[-1]


def test_a_village_that_lies_in_nothing_stands_for_itself() -> None:
    """The chain is never empty, so that every station belongs somewhere."""
    alone = land(VILLAGE, (Region(code=VILLAGE, name="玉峰社区", level="村级"),))
    assert [one.code for one in alone.chain(VILLAGE)] == [VILLAGE]
    assert alone.direct(VILLAGE) == alone.roll_region(VILLAGE) == VILLAGE


@pytest.mark.parametrize(
    ("home", "region", "roll"),
    [
        (PROVINCE, VILLAGE, COUNTY),
        (PROVINCE, COUNTY, COUNTY),
        (PROVINCE, INSIDE_ZONE, ZONE),
        (PROVINCE, CITY, CITY),
        (TOWN, VILLAGE, TOWN),
    ],
)
def test_the_roll_is_kept_by_county_or_zone(home: str, region: str, roll: str) -> None:
    """By the innermost region shown where there is neither: a city's own stations, the site of one township."""
    assert land(home).roll_region(region) == roll


def test_a_worker_in_another_process_sees_the_same_land() -> None:
    """It can be pickled, whatever was asked of it before."""
    asked = land(COUNTY)
    asked.chain(VILLAGE)
    again = pickle.loads(pickle.dumps(asked))
    assert again.home == COUNTY
    assert again.chain(VILLAGE) == asked.chain(VILLAGE)
