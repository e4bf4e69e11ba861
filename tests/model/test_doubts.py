"""Citations that a word of their sentence speaks against."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.model.citations import citations
from liaison.model.doubts import Doubt, doubts
from liaison.model.laws import Keyword, Law, Laws


def law(name: str, articles: int) -> Law:
    """A law without parts."""
    day = date(2020, 1, 1)
    return Law(
        name=f"中华人民共和国{name}",
        short_names=(name,),
        adopted=day,
        in_force=day,
        articles=articles,
        url="https://a.cn/",
    )


KEYWORDS = (
    Keyword(words=("赡养", "养老"), law="code", articles=(26, 1067), fits=((26, 26), (1067, 1067), (1069, 1075))),
    Keyword(words=("家庭暴力",), law="code", articles=(1042,), fits=((1042, 1043),)),
    Keyword(words=("监护",), law="minors", articles=(7,), fits=((7, 7),)),
)
LAWS = Laws({"code": law("民法典", 1260), "minors": law("未成年人保护法", 132)}, keywords=KEYWORDS)


def doubted(text: str) -> list[tuple[int, str]]:
    """Articles that are doubted, with the word."""
    found = citations(text, LAWS)
    return [(found[number].article, doubt.word) for number, doubt in sorted(doubts(text, found, LAWS).items())]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("子女要赡养父母，见民法典第36条。", [(36, "赡养")]),
        ("民法典第36条说，子女要赡养父母。", [(36, "赡养")]),
        ("子女要赡养父母，见民法典第26条。", []),
        ("子女要赡养父母，见民法典第1071条。", []),
        ("子女要赡养父母，见民法典第1060条至第1068条。", []),
        ("子女要赡养父母，见民法典第30条至第36条。", [(30, "赡养")]),
        ("子女要赡养父母，见民法典第36条、第1067条。", []),
        ("子女要赡养父母，见民法典第36条、第37条。", [(36, "赡养"), (37, "赡养")]),
        ("子女要赡养父母。见民法典第36条。", []),
        ("子女要赡养父母！\n见民法典第36条。", []),
        ("子女要赡养父母\n见民法典第36条。", []),
        ("民法典第36条；子女要赡养父母", []),
        ("民法典第36条讲监护；民法典第37条讲养老？民法典第38条", [(37, "养老")]),
        ("家庭暴力不能忍，赡养不能推，见民法典第1043条。", [(1043, "赡养")]),
        ("家庭暴力不能忍，赡养不能推，见民法典第1043条、第26条。", []),
        ("家庭暴力不能忍，赡养不能推，见民法典第36条。", [(36, "赡养")]),
        ("孩子的监护，见未成年人保护法第8条，也见民法典第34条。", [(8, "监护")]),
        ("子女要赡养父母，见未成年人保护法第36条。", []),
        ("子女要赡养父母，见《示例法》第36条。", []),
        ("子女要赡养父母。", []),
        ("", []),
    ],
)
def test_doubts(text: str, expected: list[tuple[int, str]]) -> None:
    """Within a sentence, and only where none of its articles fits the word."""
    assert doubted(text) == expected


def test_what_a_doubt_says() -> None:
    """The word as it stands in the sentence, and the articles that are usually cited."""
    text = "子女养老，见民法典第36条。"
    assert doubts(text, citations(text, LAWS), LAWS) == {0: Doubt("养老", (26, 1067))}


def test_without_a_list_of_words() -> None:
    """Nothing is doubted."""
    text = "子女要赡养父母，见民法典第36条。"
    assert doubts(text, citations(text, LAWS), Laws(LAWS.by_id)) == {}


PIECES = st.sampled_from(
    ["赡养", "家庭暴力", "监护", "民法典第36条", "民法典第26条", "第37条", "。", "；", "\n", "，", "、", "甲"]
)


@given(st.lists(PIECES, max_size=20).map("".join))
def test_any_text(text: str) -> None:
    """Every doubt is of a citation of a law that has the word, and the word stands in the text."""
    found = citations(text, LAWS)
    for number, doubt in doubts(text, found, LAWS).items():
        assert doubt.word in text
        keyword = next(one for one in KEYWORDS if doubt.word in one.words)
        assert found[number].law == keyword.law
        assert not keyword.allows(found[number].article)


def test_a_long_text_takes_no_longer_for_each_sentence() -> None:
    """Ten thousand sentences are judged in a second or two."""
    text = "子女要赡养父母，见民法典第36条。" * 5_000 + "甲。" * 5_000
    found = citations(text, LAWS)
    started = time.process_time()
    assert len(doubts(text, found, LAWS)) == 5_000
    assert time.process_time() - started < 2
