"""Which lessons, articles and topics have a page, and what leads from one to another."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from liaison.model.citations import citations
from liaison.model.laws import Law, Laws, Repeal
from liaison.model.lessons import Lesson, LessonStatus, Place, Series, Speaker
from liaison.model.library import Lecture, Library
from liaison.plan import urls
from liaison.plan.lectures import Lectures

DAY = date(2021, 1, 1)
URL = "https://flk.npc.gov.cn/"
CODE = Law(name="民法典", adopted=DAY, in_force=DAY, articles=1260, inserted={133: 2}, url=URL)
OLD = Law(name="婚姻法", adopted=DAY, in_force=DAY, articles=51, repealed=Repeal(by="civil-code", on=DAY), url=URL)
LAWS = Laws({"civil-code": CODE, "marriage-law": OLD})
SERIES = {name: Series(title=name, description="示例") for name in ("a", "b")}


def lesson(
    series: str, number: int, status: LessonStatus = "published", cites: str = "", laws: Laws = LAWS, **more: Any
) -> Lecture:
    """A lesson on file."""
    usual: dict[str, Any] = {"title": f"{series}{number}", "date": date(2026, 1, number)}
    return Lecture(
        file=f"content/episodes/{series}/{number:02}-x.md",
        place=Place(series, number, "x"),
        lesson=Lesson(status=status, **usual | more),
        cited=citations(cites, laws),
    )


def lectures(*lessons: Lecture, laws: Laws = LAWS) -> Lectures:
    return Lectures(Library(laws=laws, series=SERIES, lessons=lessons))


def keys(found: Any) -> list[tuple[str, int]]:
    return [one.key for one in found]


def test_only_what_is_in_use_or_was_taken_down_has_a_page() -> None:
    """By series and number, whatever the order of files; drafts and plans have none, nor what belongs to no series."""
    found = lectures(
        lesson("b", 2), lesson("b", 1, "withdrawn"), lesson("a", 3, "draft"), lesson("a", 4, "planned"), lesson("c", 1)
    )
    assert keys(found.shown) == [("b", 1), ("b", 2)]
    assert keys(found.published) == [("b", 2)]
    assert {one.key for one in found.shown} == {("b", 1), ("b", 2)}
    assert {name: keys(of) for name, of in found.planned_in.items()} == {"a": [("a", 4)]}


def test_the_newest_come_first() -> None:
    """By day; of one day the later numbers."""
    found = lectures(
        *(lesson("a", number, date=date(2026, 5, day)) for number, day in ((1, 3), (2, 9), (3, 3))),
        lesson("a", 4, "withdrawn", date=date(2026, 6, 1)),
    )
    assert keys(found.newest) == [("a", 2), ("a", 3), ("a", 1)]


@pytest.mark.parametrize(
    ("number", "beside"),
    [(1, (None, 3)), (2, (1, 3)), (3, (1, 6)), (5, (3, 6)), (6, (3, None))],
)
def test_before_and_after_stand_lessons_in_use(number: int, beside: tuple[int | None, int | None]) -> None:
    """A lesson that was taken down leads to its neighbours, and is nobody's neighbour."""
    given: list[LessonStatus] = ["published", "withdrawn", "published", "planned", "withdrawn", "published"]
    found = lectures(*(lesson("a", place, status) for place, status in enumerate(given, 1)), lesson("b", 7))
    before, after = found.beside(next(one for one in found.shown if one.key == ("a", number)))
    assert (before and before.place.number, after and after.place.number) == beside


def test_topics_with_most_lessons_come_first() -> None:
    """Then by name; each lesson once, though it names a topic twice; slugs differ where topics sound alike."""
    found = lectures(
        lesson("a", 1, topics=("选举", "监督", "选举")),
        lesson("a", 2, topics=("监督", "券举")),
        lesson("a", 3, "withdrawn", topics=("别的",)),
    )
    assert {topic: keys(of) for topic, of in found.topics.items()} == {
        "监督": [("a", 1), ("a", 2)],
        "券举": [("a", 2)],
        "选举": [("a", 1)],
    }
    assert next(iter(found.topics)) == "监督"
    assert len(set(found.slugs.values())) == 3


def test_who_took_part_is_found_once_for_each_lesson() -> None:
    """By code; people without a code are on no page but the lesson's."""
    speakers = (Speaker(code="7K3M9TY"), Speaker(name="李示例"), Speaker(code="7K3M9TY"))
    found = lectures(
        lesson("a", 1, speakers=speakers, stations=("3F7K2MC", "3F7K2MC")),
        lesson("a", 2, "withdrawn", speakers=speakers, stations=("3F7K2MC",)),
    )
    assert {code: keys(of) for code, of in found.of_deputy.items()} == {"7K3M9TY": [("a", 1)]}
    assert {code: keys(of) for code, of in found.of_station.items()} == {"3F7K2MC": [("a", 1)]}


@pytest.mark.parametrize(
    ("cites", "articles"),
    [
        ("《民法典》第三条、第三条第二款", [(3, 0)]),
        ("《民法典》第一百三十三条之二", [(133, 2)]),
        ("《民法典》第二十六条至第二十八条", [(26, 0), (27, 0), (28, 0)]),
        ("《民法典》第一条至第一千二百六十条", [(number, 0) for number in range(1, 62)]),
        ("《民法典》第一千二百六十一条", []),
        ("《民法典》第一百三十三条之三", []),
        ("《婚姻法》第三条", []),
        ("《村规民约》第三条", []),
        ("", []),
    ],
)
def test_articles_that_are_cited_have_a_page(cites: str, articles: list[tuple[int, int]]) -> None:
    """Of laws in force and as far as they exist; of a long range the first ones."""
    found = lectures(lesson("a", 1, cites=cites), lesson("a", 2, "draft", cites="《民法典》第九百条"))
    assert [(number, inserted) for _, number, inserted in found.articles.get("civil-code", ())] == articles
    assert set(found.articles) <= {"civil-code"}
    assert all(keys(of) == [("a", 1)] for of in found.citing.values())


def test_all_articles_have_a_page_where_the_text_is_on_file() -> None:
    """In order, together with what is cited."""
    laws = Laws(LAWS.by_id, {"civil-code": {1043: "甲", 2: "乙", 9999: "没有这一条"}})
    found = lectures(lesson("a", 1, cites="《民法典》第二十六条、第二条", laws=laws), laws=laws)
    assert [number for _, number, _ in found.articles["civil-code"]] == [2, 26, 1043]


@pytest.mark.parametrize(
    ("cites", "path"),
    [
        ("《民法典》第三条第二款", urls.article("civil-code", 3)),
        ("《民法典》第一百三十三条之二", "laws/civil-code/133-2/"),
        ("《民法典》第五条", "laws/civil-code/5/"),
        ("《民法典》第六条", None),
        ("《婚姻法》第三条", None),
    ],
)
def test_a_citation_leads_to_a_page_that_is_there(cites: str, path: str | None) -> None:
    """Because a lesson in use cites the article, or because its text is on file; otherwise it leads nowhere."""
    laws = Laws(LAWS.by_id, {"civil-code": {5: "甲"}})
    cited = "《民法典》第三条、第一百三十三条之二"
    found = lectures(lesson("a", 1, cites=cited, laws=laws), lesson("a", 2, "draft", cites=cites), laws=laws)
    (citation,) = citations(cites, laws)
    assert found.article_path(citation) == path
