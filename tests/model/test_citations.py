"""What is read as a citation of a law, where it stands, and what only looks like one."""

import pickle
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from liaison.model.citations import Citation, citations
from liaison.model.laws import Law, Laws
from liaison.model.numerals import chinese
from liaison.records.loader import read

PROPERTY = settings(max_examples=300, deadline=None, database=None)
ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).with_name("citations.tsv")
SIGNS = "《》第条款项（）一二三1045至、之编民法典宪合同该本原“”\n *[]`"


def laws_on_file() -> Laws:
    law = TypeAdapter(Law)
    return Laws(
        {
            path.stem: law.validate_python(read(path.read_text(encoding="utf-8")).tree)
            for path in sorted((ROOT / "laws").glob("*.yml"))
            if path.stem != "keywords"
        }
    )


LAWS = laws_on_file()


def golden() -> list[tuple[str, str]]:
    """Sentence and expectation of each line of the golden file."""
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    rows = [line.partition("\t") for line in lines if not line.startswith(("#", "sentence\t"))]
    return [(sentence, expected) for sentence, _, expected in rows]


def words(citation: Citation) -> str:
    """A citation in the notation of the golden file."""
    article = f"{citation.article}_{citation.inserted}" if citation.inserted else str(citation.article)
    article += f"-{citation.to}" if citation.to else ""
    if citation.item:
        article += f".{citation.paragraph or 0}.{citation.item}"
    elif citation.paragraph:
        article += f".{citation.paragraph}"
    part = f" @{citation.part}" if citation.part else ""
    return f"{citation.law or '?' + citation.name} {article}{part}{' former' * citation.is_former}"


@pytest.mark.parametrize(("sentence", "expected"), golden())
def test_golden(sentence: str, expected: str) -> None:
    """A sentence cites these articles and no others, wherever in a text it stands."""
    found = citations(sentence, LAWS)
    assert ("; ".join(map(words, found)) or "-") == expected
    within = citations(f"# 通知\n\n前面的话。\n\n{sentence}\n\n后面的话。", LAWS)
    assert [words(citation) for citation in within] == [words(citation) for citation in found]
    assert all(0 <= one.start < one.end <= len(sentence) for one in found)


def test_golden_file_is_balanced() -> None:
    """Half of the sentences cite nothing, whatever they look like, and none is there twice."""
    sentences = list(golden())
    assert len(sentences) >= 170
    assert len({sentence for sentence, _ in sentences}) == len(sentences)
    assert 2 * sum(expected == "-" for _, expected in sentences) >= len(sentences)


def cut(text: str, *spans: tuple[int | None, int | None]) -> list[str]:
    return [text[slice(*span)] for span in spans]


def test_places() -> None:
    """Places are those of the article's expression, of the law's name and of the part, in the Markdown source."""
    text = "学习：\n\n**《民法典》** 继承编第 1127 条第一款第（一）项、第二项，第1130条。"
    first, second, third = citations(text, LAWS)
    assert cut(
        text, (first.start, first.end), (first.law_start, first.law_end), (first.part_start, first.part_end)
    ) == [
        "第 1127 条第一款第（一）项",
        "《民法典》",
        "继承编",
    ]
    assert cut(text, (second.start, second.end), (second.law_start, second.law_end)) == ["第二项", "第二项"]
    assert cut(text, (third.start, third.end)) == ["第1130条"]
    assert (second.paragraph, second.item) == (1, 2)


def test_reach() -> None:
    """A name reaches to the end of its paragraph; 该法 reaches back over paragraphs."""
    text = (
        "《民法典》是大法。\n第1043条讲家风。\n\n第1044条不算。\n\n该法第1045条算。\n\n## 《宪法》第二条\n第三条不算。"
    )
    assert [words(one) for one in citations(text, LAWS)] == ["civil-code 1043", "civil-code 1045", "constitution 2"]


def test_lists_code_and_notes() -> None:
    """A list without blank lines belongs to the paragraph before it; code and footnote marks do not count."""
    text = "《民法典》：\n- 第1043条[^1]\n- **第1044条**\n\n```\n《民法典》第1045条\n\n第1046条\n```\n民法典第1047条"
    assert [words(one) for one in citations(text, LAWS)] == ["civil-code 1043", "civil-code 1044", "civil-code 1047"]


def test_block_quotation() -> None:
    """A block quotation belongs to the law named before it."""
    text = "《民法典》规定：\n\n> 第一千零四十三条 家庭应当树立优良家风\n>\n> 第1044条 收养\n\n第1045条不算。"
    assert [words(one) for one in citations(text, LAWS)] == ["civil-code 1043", "civil-code 1044"]


NAMES = [
    "《民法典》",
    "民法典",
    "《中华人民共和国民法典》",
    "中华人民共和国民法典",
    "**《民法典》**",
    "“民法典”",
    "[民法典](https://a.cn/b)",
]


@PROPERTY
@given(
    name=st.sampled_from(NAMES),
    before=st.sampled_from(["", "根据", "见", "（", "学习了", "《村规民约》第三条依据"]),
    article=st.integers(1, 1260),
    inserted=st.integers(0, 9),
    paragraph=st.integers(0, 9),
    item=st.integers(0, 20),
    is_chinese=st.booleans(),
    way=st.sampled_from(["第{}项", "第（{}）项", "第({})项", "（{}）项"]),
    blank=st.sampled_from(["", " "]),
)
def test_written_and_read(  # noqa: PLR0913 - one argument for each thing that varies
    *,
    name: str,
    before: str,
    article: int,
    inserted: int,
    paragraph: int,
    item: int,
    is_chinese: bool,
    way: str,
    blank: str,
) -> None:
    """A citation written in any of the usual ways is read as what was meant."""
    numeral = chinese if is_chinese else str
    text = f"{before}{name}{blank}第{blank}{numeral(article)}{blank}条"
    text += f"之{chinese(inserted)}" if inserted else ""
    text += f"{blank}第{numeral(paragraph)}款" if paragraph else ""
    text += way.format(numeral(item)) if item else ""
    (found,) = citations(text + "，请注意。", LAWS)
    assert (found.law, found.article, found.inserted) == ("civil-code", article, inserted)
    assert (found.paragraph or 0, found.item or 0) == (paragraph, item)
    assert text[found.end :] == ""


@PROPERTY
@given(st.one_of(st.text(), st.text(alphabet=SIGNS, max_size=60)))
def test_any_text(text: str) -> None:
    """Whatever is written, citations stand in order, in the text, and begin where an article or its part begins."""
    found = citations(text, LAWS)
    assert all(one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert all(text[one.start] in "第（该同本一二三1045" for one in found)


@pytest.mark.parametrize(
    "unit",
    [
        "《",
        "第",
        "《a",
        "》",
        "1",
        "第1",
        "一",
        "第一条",
        "民法典第一章",
        "《民法典》第1、",
        "《民法典》第1条第一、",
        "](",
        "`a",
        "`",
        "<a",
        "《《a》",
        "合同（",
        "编",
        "该条第",
        "[",
        "\n",
        "https://",
        "中华人民共和国",
    ],
)
def test_hostile_text(unit: str) -> None:
    """A text of 256 KB made to keep a parser busy takes less than a second."""
    size = 256 * 1024
    text = unit * (size // len(unit.encode()))
    start = time.process_time()
    citations(text, LAWS)
    assert time.process_time() - start < 1


def test_pickled_citation() -> None:
    """A citation comes back from another process as it was."""
    found = citations("《民法典》继承编第1127条", LAWS)
    assert pickle.loads(pickle.dumps(found)) == found
