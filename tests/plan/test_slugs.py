import hashlib
import random
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.plan.slugs import slugs

GENTLE = settings(deadline=None, database=None)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
WORDS = st.text("婚姻家庭恒因嘉婷A1 -、·", min_size=1, max_size=6)


def mark(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:4]


def test_a_slug_is_the_reading_of_the_words() -> None:
    """By common readings, syllables joined by hyphens; Latin letters and digits stay."""
    assert slugs(["婚姻家庭", "宅基地", "12345 热线", "A·I"]) == {
        "婚姻家庭": "hun-yin-jia-ting",
        "宅基地": "zhai-ji-di",
        "12345 热线": "1-2-3-4-5-re-xian",
        "A·I": "a-i",
    }


def test_names_that_sound_alike_carry_a_mark_of_their_own() -> None:
    """All of them, so that none of them depends on which came first."""
    assert slugs(["公益", "工艺", "教育"]) == {
        "公益": f"gong-yi-{mark('公益')}",
        "工艺": f"gong-yi-{mark('工艺')}",
        "教育": "jiao-yu",
    }


def test_a_name_without_any_reading_has_its_mark_alone() -> None:
    """No empty folder, no leading hyphen."""
    assert slugs(["、、"]) == {"、、": mark("、、")}


def test_a_long_name_is_cut_at_48_letters() -> None:
    """Without a hyphen at the end; two that agree so far are told apart."""
    long = "法治乡村建设与基层社会治理现代化代表专业小组"
    found = slugs([f"{long}一", f"{long}二"])
    assert len(set(found.values())) == 2
    assert all(len(slug) <= 48 + 5 for slug in found.values())
    assert not slugs([long])[long].endswith("-")
    assert len(slugs([long])[long]) <= 48


@settings(GENTLE)
@given(st.lists(ANY_TEXT, max_size=12) | st.lists(WORDS, max_size=12))
def test_every_name_has_a_slug_of_its_own_that_fits_an_address(names: list[str]) -> None:
    """Small Latin letters, digits and single hyphens; different for different names."""
    found = slugs(names)
    assert list(found) == list(dict.fromkeys(names))
    assert len(set(found.values())) == len(found)
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in found.values())


@settings(GENTLE)
@given(st.lists(WORDS, max_size=12), st.integers())
def test_slugs_depend_on_the_names_and_not_on_their_order(names: list[str], seed: int) -> None:
    """The same set of names gives the same addresses, however often and wherever they stand."""
    mixed = names * 2
    random.Random(seed).shuffle(mixed)
    assert slugs(mixed) == slugs(names)
