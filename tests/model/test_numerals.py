"""Numbers in Chinese and Arabic numerals, read and written."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.numerals import NUMERAL_SIGNS, chinese, number

PROPERTY = settings(max_examples=500, deadline=None, database=None)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1, "一"),
        (10, "十"),
        (12, "十二"),
        (20, "二十"),
        (99, "九十九"),
        (100, "一百"),
        (101, "一百零一"),
        (110, "一百一十"),
        (111, "一百一十一"),
        (200, "二百"),
        (1000, "一千"),
        (1001, "一千零一"),
        (1010, "一千零一十"),
        (1040, "一千零四十"),
        (1043, "一千零四十三"),
        (1100, "一千一百"),
        (1103, "一千一百零三"),
        (1260, "一千二百六十"),
        (9999, "九千九百九十九"),
    ],
)
def test_standard_forms(value: int, text: str) -> None:
    """A number has one standard form."""
    assert chinese(value) == text
    assert number(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("一千〇四十三", 1043),
        ("一千四十三", 1043),
        ("一千零十", 1010),
        ("一〇四三", 1043),
        ("一零四零", 1040),
        ("一一二七", 1127),
        ("二〇", 20),
        ("一十二", 12),
        ("一百十", 110),
        ("一百十二", 112),
        ("两百", 200),
        ("两千零二十", 2020),
        ("１０４３", 1043),
        ("1043", 1043),
        ("0012", 12),
    ],
)
def test_tolerated_forms(text: str, value: int) -> None:
    """What offices also write is read as what it can only mean."""
    assert number(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "",
        "零",
        "〇",
        "0",
        "00",
        "百",
        "千百",
        "一百五",
        "一千三",
        "一百零十",
        "一百零十二",
        "一千零一百",
        "一千零百",
        "一百零",
        "一千零",
        "零一",
        "十百",
        "十十",
        "一一",
        "一二",
        "二三十",
        "一千零零三",
        "两",
        "12345",
        "10000",
        "1 2",
        "-1",
        "1.5",
        "²",
        "٣",
        "一万",
        "三条",
    ],
)
def test_no_numbers(text: str) -> None:
    """What can mean two numbers, or none, is refused."""
    assert number(text) is None


@PROPERTY
@given(st.integers(1, 9999))
def test_round_trip(value: int) -> None:
    """Every number is read from its standard form, in Arabic and in full-width digits."""
    full_width = str(value).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert number(chinese(value)) == number(str(value)) == number(full_width) == value
    assert number(chinese(value).replace("零", "〇")) == value


@PROPERTY
@given(st.one_of(st.text(), st.text(alphabet=NUMERAL_SIGNS + "0123456789", max_size=9)))
def test_any_text(text: str) -> None:
    """Whatever is written is a number in the range, or none."""
    assert number(text) is None or number(text) in range(1, 10000)


@pytest.mark.parametrize("value", [0, -1, 10000])
def test_out_of_range(value: int) -> None:
    """Only numbers from 1 to 9999 are written."""
    with pytest.raises(ValueError, match="is not from 1 to 9999"):
        chinese(value)
