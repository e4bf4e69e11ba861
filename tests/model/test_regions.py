import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.regions import Region, RegionLevel, RegionTree
from support.registers import CITY, COUNTY, OTHER_COUNTY, OTHER_TOWN, PROVINCE, REGIONS, TOWN, VILLAGE

GENTLE = settings(deadline=None, database=None)
TREE = RegionTree(REGIONS)
CODES = st.sampled_from(["43", "4313", "431382", "431321", "431382200", "431382200001", "44", "4413"])


def region(code: str, parent: str | None = None, name: str = "示例", level: RegionLevel = "县级") -> Region:
    return Region(code=code, name=name, level=level, parent=parent)


def codes(regions: tuple[Region, ...]) -> list[str]:
    return [one.code for one in regions]


def test_the_chain_goes_from_the_inside_out() -> None:
    """Village, township, county, city, province."""
    assert codes(TREE.chain(VILLAGE)) == [VILLAGE, TOWN, COUNTY, CITY, PROVINCE]
    assert codes(TREE.chain(PROVINCE)) == [PROVINCE]


def test_what_is_not_on_file_has_no_chain() -> None:
    """And lies in nothing, not even in itself."""
    assert TREE.chain("999999") == ()
    assert TREE.get("999999") is None
    assert "999999" not in TREE
    assert not TREE.lies_in("999999", "999999")


def test_children_are_those_directly_inside_by_code() -> None:
    """Not grandchildren; None asks for what lies in nothing."""
    assert codes(TREE.children(CITY)) == [OTHER_COUNTY, COUNTY]
    assert codes(TREE.children(COUNTY)) == [OTHER_TOWN, TOWN]
    assert codes(TREE.children(None)) == [PROVINCE]
    assert TREE.children(VILLAGE) == ()


def test_lying_inside_counts_the_region_itself() -> None:
    """A region lies in itself and in all around it, never the other way."""
    assert TREE.lies_in(TOWN, TOWN)
    assert TREE.lies_in(VILLAGE, PROVINCE)
    assert not TREE.lies_in(PROVINCE, VILLAGE)
    assert not TREE.lies_in(TOWN, OTHER_COUNTY)


def test_two_regions_stand_on_one_chain_when_one_holds_the_other() -> None:
    """选举法 art. 48: a deputy of the county may sit in the township's congress inside it, and only there."""
    assert TREE.on_one_chain(COUNTY, TOWN)
    assert TREE.on_one_chain(TOWN, COUNTY)
    assert TREE.on_one_chain(TOWN, TOWN)
    assert not TREE.on_one_chain(OTHER_COUNTY, TOWN)


@pytest.mark.parametrize(
    ("on_file", "expected"),
    [
        (["43", "4313", "431382"], "431382"),
        (["43", "4313"], "4313"),
        (["43"], "43"),
        (["4", "44", "4321"], None),
        (["43", "431399"], "43"),
    ],
)
def test_a_parent_not_written_is_the_longest_prefix_on_file(on_file: list[str], expected: str | None) -> None:
    """Levels may be missing in between; a prefix of one digit is no region."""
    tree = RegionTree([region("431382200"), *map(region, on_file)])
    assert [one.code for one in tree.chain("431382200")[1:2]] == ([expected] if expected else [])


def test_a_written_parent_comes_before_the_prefix() -> None:
    """A development zone lies where its record says."""
    tree = RegionTree([region("43"), region("4313"), region("4301"), region("431391", parent="4301")])
    assert codes(tree.chain("431391")) == ["431391", "4301", "43"]
    assert codes(tree.children("4301")) == ["431391"]
    assert tree.children("4313") == ()


@pytest.mark.parametrize("parent", ["999999", "431382"])
def test_a_parent_unknown_or_itself_is_none(parent: str) -> None:
    """The rules report it; here the region lies in nothing."""
    tree = RegionTree([region("43"), region("431382", parent=parent)])
    assert codes(tree.chain("431382")) == ["431382"]
    assert codes(tree.children(None)) == ["43", "431382"]


def test_a_loop_of_parents_ends_where_it_would_begin_again() -> None:
    """Three regions around in a ring: each chain holds each once."""
    tree = RegionTree([region("10", "20"), region("20", "30"), region("30", "10"), region("4301", "10")])
    assert codes(tree.chain("10")) == ["10", "20", "30"]
    assert codes(tree.chain("4301")) == ["4301", "10", "20", "30"]
    assert tree.lies_in("10", "30")
    assert tree.lies_in("30", "10")
    assert not tree.lies_in("10", "4301")


@settings(GENTLE)
@given(st.lists(st.tuples(CODES, st.none() | CODES), unique_by=lambda one: one[0], min_size=1))
def test_any_list_of_regions_gives_finite_chains_and_a_place_for_each(
    listed: list[tuple[str, str | None]],
) -> None:
    """Whatever parents are written: no chain repeats, and each region is the child of exactly one or of none."""
    tree = RegionTree(region(code, parent) for code, parent in listed)
    for one in tree:
        chain = codes(tree.chain(one.code))
        assert len(set(chain)) == len(chain)
        assert chain[0] == one.code
    outer = [None, *(one.code for one in tree)]
    assert sorted(code for place in outer for code in codes(tree.children(place))) == sorted(one.code for one in tree)
    assert len(tree) == len(listed)


def test_the_last_of_two_regions_with_one_code_counts() -> None:
    """The rules report the double; the tree stays sound."""
    tree = RegionTree([region("43", name="旧"), region("43", name="新")])
    assert len(tree) == 1
    assert tree["43"].name == "新"


@pytest.mark.parametrize(
    ("code", "name", "expected"),
    [
        ("431382001", "蓝田街道", True),
        ("431382001", "蓝田街道办事处", True),
        ("431382001", "蓝田", True),
        ("431382100", "桥头河镇", False),
        ("431382001", "桥头河镇", False),
        ("431382001", "三甲乡", False),
        ("431382200", "三甲", False),
        ("431382400", "经开区街道", True),
        ("431382", "涟源市", False),
        ("4313", "娄底市", False),
        ("431302", "零陵区", False),
        ("431382001001", "玉峰社区", False),
    ],
)
def test_a_subdistrict_is_told_by_name_or_by_the_first_digit_of_its_number(
    code: str, name: str, *, expected: bool
) -> None:
    """街道 has no congress; a 镇 that kept the number of a 街道 has one."""
    assert region(code, name=name).is_subdistrict is expected
