"""Which words are held to be a law's, and where they are found to differ from it."""

import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_citations import LAWS as WITHOUT_TEXTS
from test_citations import ROOT

from liaison.model.citations import citations
from liaison.model.laws import Laws
from liaison.model.quotations import misquotations

PROPERTY = settings(max_examples=300, deadline=None, database=None)
SENTENCE = "家庭应当树立优良家风，弘扬家庭美德，重视家庭文明建设。"
SECOND = "夫妻应当互相忠实，互相尊重，互相关爱；家庭成员应当敬老爱幼，互相帮助"


def civil_code() -> dict[int, str]:
    """Article → text, from the copy for tests."""
    lines = (ROOT / "tests/laws/texts/civil-code.tsv").read_text(encoding="utf-8").splitlines()[1:]
    return {int(row[0]): row[4] for row in (line.split("\t") for line in lines)}


TEXT = civil_code()
LAWS = Laws(WITHOUT_TEXTS.by_id, {"civil-code": TEXT})


def wrong(text: str) -> list[tuple[str, int, str]]:
    """The words at fault, the article they are compared with and what it says, of each misquotation."""
    found = misquotations(text, citations(text, LAWS), LAWS)
    return [(text[one.start : one.end], one.citation.article, one.expected) for one in found]


@pytest.mark.parametrize(
    "text",
    [
        f"《民法典》第1043条规定：“{SENTENCE}”",
        f"《民法典》第1043条第二款规定：“{SENTENCE}”",
        "《民法典》第1043条规定：“家庭应当树立优良家风……重视家庭文明建设”。",
        "《民法典》第1043条规定：“……互相忠实…互相帮助……”。",
        "《民法典》第1043条规定，“家庭应当**树立优良家风**，弘扬 家庭美德,重视家庭文明建设！”",
        "《民法典》第1043条：「家庭应当树立优良家风」。",
        "“家庭成员应当敬老爱幼，互相帮助”（《民法典》第1043条第二款）。",
        f"《民法典》第1043条规定：\n\n> {SENTENCE}",
        f"《民法典》第1043条规定：\n> 第一千零四十三条 {SENTENCE}\n> {SECOND}",
        f"> {SENTENCE}——《民法典》第1043条",
        "《民法典》第27条规定：“由下列有监护能力的人按顺序担任监护人：（一）祖父母、外祖父母；（二）兄、姐”。",
        "《民法典》第1041条和第1043条都提倡“维护平等、和睦、文明的婚姻家庭关系”。",
        "《民法典》第1043条讲的就是“小家风大文明”。",
        "学习《民法典》第1043条后，老人说：“孩子们常回家看看，比什么都强，我心里高兴。”",
        "学了《民法典》第1067条，村民王某指出：“谁家的老人谁来养，这是天经地义的事。”",
        "《民法典》第1043条规定的“好家风”，要靠每个人。",
        "《民法典》第1043条要求村民做到“邻里有事多帮一把，遇到矛盾让一步”。",
        "“民法典”第1043条是“有温度”的条款。",
        "《宪法》第49条规定：“父母有抚养教育未成年子女的义务，成年子女有赡养扶助父母的义务”，《民法典》第26条也写了。",
        "原《婚姻法》第四条规定：“夫妻应当互相忠实，互相尊重；家庭成员间应当敬老爱幼”，见今《民法典》第1043条。",
        "《民法典》第1043条写得好，《村规民约》规定：“家庭应当树立良好家风，弘扬传统美德，重视家庭教育。”",
        "家庭应当树立优秀家风，《民法典》第1043条。",
        "老人说：“家庭应当树立优秀家风，弘扬家庭美德。”没有提到哪一条。",
        "《民法典》第1043条讲家风。村支书总结：\n\n> 邻居好，赛金宝；家风正，民风清。",
        "> 家庭应当树立优良家风\n>\n> ——《民法典》第1043条",
        "《民法典》第26条规定：“成年子女对父母负有赡养、扶助和保护的义务。”第1067条另有规定。",
        "依照《民法典》第1254条，“头顶上的安全”有了保障。",
        "民法典第680条第1款“禁止高利放贷”",
        "",
    ],
)
def test_right(text: str) -> None:
    """What the law says, and what nobody says is the law, is not doubted."""
    assert wrong(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "《民法典》第1043条规定：“家庭应当树立优秀家风，弘扬家庭美德。”",
            [("秀", 1043, "庭应当树立优良家风，弘扬家")],
        ),
        ("《民法典》第1043条：“家庭必须树立优良家风”。", [("必须", 1043, "家庭应当树立优良家风")]),
        (
            "“家庭成员应该敬老爱幼，互相帮助”（《民法典》第1043条第二款）。",
            [("该", 1043, "；家庭成员应当敬老爱幼，互")],
        ),
        ("《民法典》第1043条讲到“弘扬家庭美德，重视家庭文化建设”。", [("化", 1043, "，重视家庭文明建设。夫妻应")]),
        (
            "《民法典》第1043条规定：\n\n> 家庭应当树立优良家风，弘扬传统美德。",
            [("传统", 1043, "良家风，弘扬家庭美德，重视家")],
        ),
        ("> 家庭必须树立优良家风\n>\n> ——《民法典》第1043条", [("必须", 1043, "家庭应当树立优良家风")]),
        (
            "### 《民法典》第1043条\n\n> 家庭应当建立优良家风，弘扬家庭美德。",
            [("建", 1043, "家庭应当树立优良家风，")],
        ),
        ("民法典第680条第1款“借款的利率不得违反国家规定”", [("规", 680, "不得违反国家有关规定")]),
        ("> 家庭应树立优良家风——《民法典》第1043条", [("树", 1043, "家庭应当树立优良家风")]),
        (
            "《民法典》第1043条规定：“重视家庭文明建设……树立优良家风”。",
            [("树立优良家风", 1043, "家庭应当树立优良家风，弘扬家庭美")],
        ),
        ("《民法典》第1043条规定：“敬老爱亲”。", [("亲", 1043, "员应当敬老爱幼，互相帮助，")]),
        (
            "《民法典》第1040条至第1045条里讲，**“家庭应当树立优美家风”**。",
            [("美", 1040, "庭应当树立优良家风，弘扬家")],
        ),
    ],
)
def test_wrong(text: str, expected: list[tuple[str, int, str]]) -> None:
    """Words given as a law's that are not are found, at the place where they begin to differ."""
    assert wrong(text) == expected


def test_wrong_article() -> None:
    """Words of another article are wrong as a whole."""
    ((words, article, _),) = wrong("《民法典》第36条规定：“成年子女对父母负有赡养、扶助和保护的义务”。")
    assert article == 36
    assert len(words) > 10


SENTENCES = [
    (article, sentence)
    for article, text in TEXT.items()
    for paragraph in text.replace("‖", "¶").split("¶")
    for sentence in paragraph.split("。")
    if 12 <= len(sentence) <= 200 and not set(sentence) & set("“”《》（")
]


@PROPERTY
@given(
    st.sampled_from(SENTENCES),
    st.sampled_from(["《民法典》第{}条规定：“{}。”", "“{1}”（民法典第{0}条）", "《民法典》第{}条规定：\n\n> {}。\n"]),
    st.integers(0, 10**6),
    st.sampled_from("的不应可当权利人甲乙丙年月"),
)
def test_planted(sentence: tuple[int, str], frame: str, at: int, sign: str) -> None:
    """Any sentence of the code is right as it stands, and wrong at the very sign that is changed."""
    article, right = sentence
    assert wrong(frame.format(article, right)) == []
    at %= len(right)
    changed = right[:at] + sign + right[at + 1 :]
    assume("".join(TEXT[article].split()).replace("¶", "").replace("‖", "").find(changed) < 0)
    assume(right[at] not in "，、；：")
    text = frame.format(article, changed)
    (found,) = misquotations(text, citations(text, LAWS), LAWS)
    place = text.index(changed) + at
    assert (found.start, found.end) == (place, place + 1)
    assert right[at] in found.expected


@pytest.mark.parametrize(
    "unit",
    [
        "“",
        "“家庭应当",
        "民法典第1043条“家庭应当树立优秀家风”",
        "> 民法典第1043条“a”",
        "民法典第1043条：“" + "的" * 1900 + "”",
        "\n\n> 家",
        "第1条“a”",
    ],
)
def test_hostile_text(unit: str) -> None:
    """A text of 256 KB made to keep the comparison busy is done in a few seconds."""
    text = "民法典第1043条规定：" + unit * (256 * 1024 // len(unit.encode()))
    found = citations(text, LAWS)
    start = time.process_time()
    misquotations(text, found, LAWS)
    assert time.process_time() - start < 4


@pytest.mark.parametrize(("words", "wrong"), [("弘扬家庭美德", 0), ("弘扬家庭美得", 1)])
def test_a_block_quotation_whose_article_is_named_behind_it(words: str, wrong: int) -> None:
    """> words, and in the paragraph that follows ——《民法典》第1043条."""
    text = f"> 家庭应当树立优良家风，{words}，重视家庭文明建设。\n\n——《民法典》第一千零四十三条\n"
    assert len(misquotations(text, citations(text, LAWS), LAWS)) == wrong
