"""Where a lesson stands, how it is numbered, and the values that its front matter may have."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from liaison.model.lessons import Lesson, Place, Recording, Review, Speaker, written
from liaison.model.values import Moment

LESSON = TypeAdapter(Lesson)
MOMENT = TypeAdapter(Moment)


@pytest.mark.parametrize(
    ("file", "place"),
    [
        ("content/episodes/minfadian/07-zhaijidi.md", ("minfadian", 7, "zhaijidi")),
        ("content/episodes/minfadian/10-a-b2-c.md", ("minfadian", 10, "a-b2-c")),
        ("content/episodes/x/99-1.md", ("x", 99, "1")),
        ("content/episodes/x/100-ke.md", ("x", 100, "ke")),
        ("content/episodes/x/2026-11.md", ("x", 2026, "11")),
        ("content/episodes/x/9999-ke.md", ("x", 9999, "ke")),
    ],
)
def test_places(file: str, place: tuple[str, int, str]) -> None:
    """A file's folder is its series; its name is a number, a hyphen and a name."""
    assert Place.of(file) == Place(*place)


@pytest.mark.parametrize(
    "name",
    ["7-ke.md", "00-ke.md", "007-ke.md", "0100-ke.md", "10000-ke.md", "07.md", "07-.md", "07-ke", "07-ke.MD",
     "07_ke.md", "07-Ke.md", "07-ke-.md", "07--ke.md", "07-课.md", "０７-ke.md", "٠٧-ke.md", "index.md", "07-ke.md.md",
     "07-ke.md\n", " 07-ke.md", "-7-ke.md", "07-ke ke.md", "07-ke.yml", ""],
)  # fmt: skip
def test_names_that_give_no_place(name: str) -> None:
    """Every number has one way of writing it, and nothing else is a lesson."""
    assert Place.of(f"content/episodes/x/{name}") is None


@given(st.integers(1, 9999), st.from_regex(r"[a-z0-9]+(-[a-z0-9]+)*", fullmatch=True))
def test_a_number_is_written_in_one_way(number: int, slug: str) -> None:
    """What `written` gives is read as the same number, and is two digits at least."""
    assert len(written(number)) == max(2, len(str(number)))
    assert Place.of(f"content/episodes/x/{written(number)}-{slug}.md") == Place("x", number, slug)


def test_order_and_labels() -> None:
    """Lessons of a series are in the order of their numbers, not of their names."""
    files = ["b/02-a.md", "a/100-a.md", "a/99-b.md", "a/02-z.md"]
    places = sorted(place for file in files if (place := Place.of(file)))
    assert [place.key for place in places] == [("a", 2), ("a", 99), ("a", 100), ("b", 2)]
    assert places[2].label == "第100讲"


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("00:00", 0), ("06:30", 390), ("6:30", 390), ("59:59", 3599), ("1:02:30", 3750), ("01:00:00", 3600),
     ("0:00:01", 1), ("99:59:59", 359_999)],
)  # fmt: skip
def test_moments(text: str, seconds: int) -> None:
    """Minutes and seconds, or hours too, are seconds."""
    assert MOMENT.validate_python(text) == seconds


@pytest.mark.parametrize(
    "text",
    ["390", "6:3", "06:60", "60:00", "1:60:00", "06.30", "06:30.5", "06：30", "-1:00", "06:30 ", "1:2:3:4", "100:00:00",
     "６:３０", "", "六分半"],
)  # fmt: skip
def test_what_is_no_moment(text: str) -> None:
    """Anything else is refused with the form that is meant."""
    with pytest.raises(ValidationError) as raised:
        MOMENT.validate_python(text)
    (error,) = raised.value.errors()
    assert (error["type"], error["ctx"]["hint"]) == ("field/type", '写成 "06:30" 或 "1:02:30" 这样的形式')


def test_a_speaker_is_a_code_or_a_person() -> None:
    """A bare text is the code of a deputy; no other key is known."""
    lesson = LESSON.validate_python({"title": "甲", "status": "draft", "speakers": ["7K3M9TY", {"name": "李示例"}]})
    assert lesson.speakers == (Speaker(code="7K3M9TY"), Speaker(name="李示例"))
    with pytest.raises(ValidationError):
        LESSON.validate_python({"title": "甲", "status": "draft", "speakers": [{"nom": "李示例"}]})


@pytest.mark.parametrize(
    ("status", "has_page"), [("draft", False), ("planned", False), ("published", True), ("withdrawn", True)]
)
def test_which_lessons_have_a_page(status: str, has_page: bool) -> None:
    """What was published keeps its address, also when it is withdrawn."""
    assert LESSON.validate_python({"title": "甲", "status": status}).has_page is has_page


def test_what_is_played() -> None:
    """The video before the sound; what has a scheme lies elsewhere."""
    video, audio = Recording(src="01.mp4"), Recording(src="https://media.example.gov.cn/01.mp3", size=1)
    both = LESSON.validate_python(
        {"title": "甲", "status": "draft", "video": {"src": "01.mp4"}, "audio": {"src": "1.mp3"}}
    )
    assert both.recording == video
    assert LESSON.validate_python({"title": "甲", "status": "draft"}).recording is None
    assert (video.is_elsewhere, audio.is_elsewhere) == (False, True)


def test_signatures_stand_in_the_order_of_signing() -> None:
    """All four are there, those that lack as None."""
    review = TypeAdapter(Review).validate_python({"三审": {"name": "刘示例", "date": "2026-11-10"}})
    assert [title for title, _ in review.signatures] == ["责编", "一审", "二审", "三审"]
    assert [one is None for _, one in review.signatures] == [True, True, True, False]


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "live"},
        {"title": ""},
        {"date": "2026-11-31"},
        {"quiz": [{"question": "甲", "options": ["乙"], "answer": "A", "why": "丙"}]},
        {"quiz": [{"question": "甲", "options": list("乙丙丁戊己庚辛"), "answer": "A", "why": "丙"}]},
        {"quiz": [{"question": "甲", "options": ["乙", "丙"], "answer": "a", "why": "丙"}]},
        {"video": "01.mp4"},
        {"video": {"src": "01.mp4", "size": "-1"}},
        {"review": {"四审": {"name": "甲", "date": "2026-11-10"}}},
        {"chapters": [{"at": "00:00"}]},
        {"template": "404.html"},
    ],
)
def test_what_a_lesson_may_not_have(wrong: dict[str, object]) -> None:
    """Keys and values that nobody foresaw are refused, not ignored."""
    with pytest.raises(ValidationError):
        LESSON.validate_python({"title": "甲", "status": "draft"} | wrong)
