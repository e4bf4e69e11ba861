"""The laws on file: their tables are whole, agree with the text where there is one, and answer by name."""

import pickle
from collections.abc import Sequence
from datetime import date

import pytest
from pydantic import TypeAdapter, ValidationError
from test_citations import LAWS as WITHOUT_TEXTS
from test_citations import ROOT

from liaison.model.citations import citations
from liaison.model.laws import Keyword, Law, Laws, Part
from liaison.records.loader import read

ROWS = [
    line.split("\t") for line in (ROOT / "tests/laws/texts/civil-code.tsv").read_text(encoding="utf-8").splitlines()[1:]
]
KEYWORDS = TypeAdapter(tuple[Keyword, ...]).validate_python(
    read((ROOT / "laws/keywords.yml").read_text(encoding="utf-8")).tree
)
LAWS = Laws(WITHOUT_TEXTS.by_id, {"civil-code": {int(row[0]): row[4] for row in ROWS}}, KEYWORDS)
REPEALED = ("婚姻法", "继承法", "民法通则", "收养法", "担保法", "合同法", "物权法", "侵权责任法", "民法总则")
FIRST = {
    "总则": 1,
    "物权": 205,
    "合同": 463,
    "人格权": 989,
    "婚姻家庭": 1040,
    "继承": 1119,
    "侵权责任": 1164,
    "附则": 1259,
}


def gaps(parts: Sequence[Part], first: int, last: int) -> list[str]:
    """Titles of the parts that do not begin where the one before ends, at any level."""
    wrong, at = [], first
    for part in parts:
        if part.from_ != at or part.to < part.from_:
            wrong.append(part.title)
        at = part.to + 1
        wrong += gaps(part.parts, part.from_, part.to) if part.parts else []
    return wrong + ([] if at == last + 1 else ["end"])


@pytest.mark.parametrize("law_id", sorted(WITHOUT_TEXTS.by_id))
def test_table_of_contents(law_id: str) -> None:
    """The parts of a law follow one another without gaps from its first article to its last."""
    law = LAWS.by_id[law_id]
    if law.repealed:
        assert not law.parts
        assert not law.shape
    else:
        assert gaps(law.parts, 1, law.articles) == []
        assert all(1 <= article <= law.articles for article in law.shape)
        assert (0,) not in law.shape.values()
    assert law.adopted <= law.in_force


def test_chapters_of_the_code() -> None:
    """Every article of the Civil Code stands in the book, chapter and section that the text has for it."""
    for article, book, chapter, section, _ in ROWS:
        way = LAWS.way("civil-code", int(article))
        assert way[0].title.rpartition(" ")[2] == book
        titles = [part.title for part in way[1:] if "分编" not in part.title]
        assert titles == [title for title in (chapter, section) if title]
    assert len(ROWS) == LAWS.by_id["civil-code"].articles == 1260


def test_books_of_the_code() -> None:
    """The seven books have their articles, and two of them their 分编."""
    assert {part.title.rpartition(" ")[2]: part.from_ for part in LAWS.books("civil-code")} == FIRST
    divided = [part.title for book in LAWS.books("civil-code") for part in book.parts if "分编" in part.title]
    assert [title.rpartition(" ")[2] for title in divided] == [
        *("通则", "所有权", "用益物权", "担保物权", "占有"),
        *("通则", "典型合同", "准合同"),
    ]


def test_shape_of_the_code() -> None:
    """The table of paragraphs and items says the same as the text."""
    for row in ROWS:
        article = int(row[0])
        assert WITHOUT_TEXTS.items("civil-code", article) == LAWS.items("civil-code", article)
    assert LAWS.items("civil-code", 27) == (0, 3)
    assert LAWS.items("civil-code", 1043) == (0, 0)
    assert LAWS.items("civil-code", 1) == (0,)
    assert LAWS.items("civil-code", 1261) is None
    assert LAWS.items("marriage-law", 1) is None


@pytest.mark.parametrize(
    ("name", "law_id"),
    [
        ("民法典", "civil-code"),
        ("中华人民共和国民法典", "civil-code"),
        (" 中华人民共和国 民法典 ", "civil-code"),
        ("地方组织法", "local-organic-law"),
        ("全国人民代表大会和地方各级人民代表大会选举法", "election-law"),
        ("代表法", "deputies-law"),
        ("个保法", "personal-information-law"),
        ("个人信息保护法", "personal-information-law"),
        ("未保法", "minors-law"),
        ("宪法", "constitution"),
        ("合同法", "contract-law"),
        ("劳动合同法", None),
        ("组织法", None),
        ("", None),
        ("民法典" * 100, None),
    ],
)
def test_named(name: str, law_id: str | None) -> None:
    """A law is found by its full name and its short names, and by nothing else."""
    assert LAWS.named(name) == law_id


def test_no_name_twice() -> None:
    """No name means two laws."""
    names = [
        name for law in LAWS.by_id.values() for name in (law.name.removeprefix("中华人民共和国"), *law.short_names)
    ]
    assert {LAWS.named(name) for name in names} == set(LAWS.by_id)
    assert sum(LAWS.named(name) != law_id for law_id, law in LAWS.by_id.items() for name in law.short_names) == 0


def test_repealed() -> None:
    """Article 1260 of the Civil Code repealed nine laws on 1 January 2021."""
    repealed = {law.short_names[0]: law.repealed for law in LAWS.by_id.values() if law.repealed}
    assert set(repealed) == set(REPEALED)
    assert {(repeal.by, repeal.on) for repeal in repealed.values()} == {("civil-code", date(2021, 1, 1))}
    assert all(f"《中华人民共和国{name}》" in (LAWS.text("civil-code", 1260) or "") for name in REPEALED)


@pytest.mark.parametrize(
    ("law_id", "title", "first"),
    [
        ("civil-code", "继承编", 1119),
        ("civil-code", "继承", 1119),
        ("civil-code", "第六编", 1119),
        ("civil-code", "第6编", 1119),
        ("civil-code", "第六编 继承", 1119),
        ("civil-code", "第六编“继承”", 1119),
        ("civil-code", "第六编第二章", 1126),
        ("civil-code", "继承编第二章 法定继承", 1126),
        ("civil-code", "法定继承", 1126),
        ("civil-code", "合同编第二十三章", 919),
        ("civil-code", "物权编第三分编", 323),
        ("civil-code", "总则编第二章第二节", 26),
        ("civil-code", "附则", 1259),
        ("civil-code", "第二章", None),
        ("civil-code", "一般规定", None),
        ("civil-code", "第六编 婚姻家庭", None),
        ("civil-code", "劳动编", None),
        ("civil-code", "", None),
        ("constitution", "第二章", 33),
        ("constitution", "第三章第八节", 128),
        ("marriage-law", "第二章", None),
        ("no-law", "第二章", None),
    ],
)
def test_part_named(law_id: str, title: str, first: int | None) -> None:
    """A part is found by its ordinal, its name or both; not where several are called so."""
    part = LAWS.part_named(law_id, title)
    assert (part.from_ if part else None) == first


def test_way_and_holds() -> None:
    """An article has a way from the book in; what a law does not hold has none."""
    assert [part.title for part in LAWS.way("civil-code", 681)] == [
        "第三编 合同",
        "第二分编 典型合同",
        "第十三章 保证合同",
        "第一节 一般规定",
    ]
    assert LAWS.way("civil-code", 1261) == LAWS.way("no-law", 1) == ()
    assert LAWS.holds("civil-code", 1260)
    assert not LAWS.holds("civil-code", 1261)
    assert not LAWS.holds("civil-code", 0)
    assert not LAWS.holds("civil-code", 133, 1)
    assert not LAWS.holds("no-law", 1)


def test_inserted() -> None:
    """A law may have articles 之一, 之二 … after one of its articles."""
    law = law_from("name: 甲法\nadopted: 2020-01-01\nin_force: 2020-01-01\narticles: 200\ninserted: {133: 2}\nurl: u")
    laws = Laws({"law": law})
    assert [laws.holds("law", 133, nth) for nth in range(4)] == [True, True, True, False]


def test_paragraph() -> None:
    """A paragraph is given without marks, an item with its number; None for what is not there."""
    assert LAWS.paragraph("civil-code", 27, 1) == "父母是未成年子女的监护人。"
    assert (LAWS.paragraph("civil-code", 27, 2) or "").startswith("未成年人的父母已经死亡")
    assert LAWS.paragraph("civil-code", 27, 2, 2) == "（二）兄、姐；"
    assert LAWS.paragraph("civil-code", 27, 2, 4) is None
    assert LAWS.paragraph("civil-code", 27, 2, 0) is None
    assert LAWS.paragraph("civil-code", 27, 3) is None
    assert LAWS.paragraph("constitution", 1, 1) is None


@pytest.mark.parametrize("keyword", KEYWORDS, ids=lambda keyword: keyword.words[0])
def test_keywords(keyword: Keyword) -> None:
    """An everyday word fits every article that has it, and those that are suggested for it."""
    assert all(LAWS.holds(keyword.law, article) and keyword.allows(article) for article in keyword.articles)
    using = [int(row[0]) for row in ROWS if any(word in row[4] for word in keyword.words)]
    assert [article for article in using if not keyword.allows(article)] == []
    assert all(LAWS.holds(keyword.law, last) for _, last in keyword.fits)


def test_duty_to_support_parents() -> None:
    """Articles 26 and 1067 are on the duty to support parents; article 36, on removing a guardian, is not."""
    keyword = next(keyword for keyword in KEYWORDS if "赡养" in keyword.words)
    assert keyword.articles == (26, 1067)
    assert not keyword.allows(36)


def law_from(text: str) -> Law:
    return TypeAdapter(Law).validate_python(read(text).tree)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("shape: {1: 0-3}", "这里要写每一款有几项，各数用一个空格隔开"),
        ("shape: {1: ''}", "这里要写每一款有几项，各数用一个空格隔开"),
        ("shape: {甲: 0 3}", "这里要写整数"),
        ("parts: [{title: 甲, from: 1, to: 2, of: 3}]", "Unexpected keyword argument"),
        ("repealed: {by: civil-code, on: 2021}", "这里要写日期，形式是“年-月-日”，月和日都是两位数"),
    ],
)
def test_refused(line: str, message: str) -> None:
    """A law file is closed and strict, like every record."""
    with pytest.raises(ValidationError, match=message):
        law_from(f"name: 甲法\nadopted: 2020-01-01\nin_force: 2020-01-01\narticles: 9\nurl: u\n{line}")


@pytest.mark.parametrize("fits", ["26至37", "37-26", "0", "a"])
def test_refused_span(fits: str) -> None:
    """A range of articles goes up, from an article that can be."""
    with pytest.raises(ValidationError, match="这里要写条的序号，或用短横连接的起止序号"):
        TypeAdapter(Keyword).validate_python({"words": ["甲"], "law": "l", "articles": ["1"], "fits": [fits]})


def test_pickled() -> None:
    """The registry answers the same in another process."""
    other: Laws = pickle.loads(pickle.dumps(LAWS))
    assert other.named("民法典") == "civil-code"
    assert other.by_id == LAWS.by_id
    assert other.text("civil-code", 1043) == LAWS.text("civil-code", 1043)
    assert other.keywords == LAWS.keywords


def test_a_law_of_no_name() -> None:
    """A slip in the registry that leaves no name, or a single character, names nothing; it must not stop anybody."""
    law = Law(
        name="中华人民共和国", short_names=("法",), adopted=DAY, in_force=DAY, articles=3, url="https://flk.npc.gov.cn/"
    )
    laws = Laws({"nameless": law})
    assert laws.names == ()
    assert citations("《中华人民共和国》第一条，法第二条。", laws) == ()


DAY = date(2021, 1, 1)
