"""Edits of law lessons: what they say, who took part, which are in use; and errors in them."""

from __future__ import annotations

import io
import shutil

import yaml
from PIL import Image

from support.editing.desk import EARLIEST, Desk, Edit, UnfitError
from support.lessons import EPISODES, Written, read_lesson

_TOPICS = ("人大代表", "选举", "监督", "第一次出现的主题")
_CITED = "《代表法》第五条"
_MP4 = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
_CAPTIONS = "WEBVTT\n\n00:00.000 --> 00:02.000\n第{}版字幕。\n"


def _told(desk: Desk, lesson: Written, what: str) -> str:
    return f"{desk.named(lesson.file)} {what}"


def _shown(desk: Desk) -> Written:
    return desk.pick(desk.lessons("published"))


def _free_number(desk: Desk, series: str) -> int:
    return max((one.number for one in desk.lessons() if one.file.parent.name == series), default=0) + 1


def title(desk: Desk) -> str:
    """Another title, which stands on pages of stations and deputies too."""
    lesson = desk.pick(desk.lessons())
    lesson.change(title=(new := f"第{desk.chance.randrange(1000)}次改的题目"))
    return _told(desk, lesson, f"is called {new}")


def withdraw(desk: Desk) -> str:
    """A lesson is taken down."""
    lesson = _shown(desk)
    lesson.change(status="withdrawn")
    return _told(desk, lesson, "is withdrawn")


def publish(desk: Desk) -> str:
    """A lesson that was taken down is in use again."""
    lesson = desk.pick(desk.lessons("withdrawn"))
    lesson.change(status="published")
    return _told(desk, lesson, "is in use again")


def stations(desk: Desk) -> str:
    """Other stations took part, or none."""
    lesson = _shown(desk)
    new = [one.code for one in desk.chance.sample(desk.stations(), desk.chance.randint(0, 3))]
    lesson.change(stations=new or None)
    return _told(desk, lesson, f"names the stations {new}")


def speakers(desk: Desk) -> str:
    """Other deputies speak, whatever their status, and somebody who is none."""
    lesson = _shown(desk)
    new = [one.code for one in desk.chance.sample(desk.deputies(), desk.chance.randint(0, 2))]
    lesson.change(speakers=[*new, {"name": desk.name(), "post": "示例职务"}])
    return _told(desk, lesson, f"is spoken by {new}")


def body(desk: Desk) -> str:
    """Another paragraph, which cites an article that no lesson cited before."""
    lesson = _shown(desk)
    lesson.change(f"{lesson.body}\n第{desk.chance.randrange(1000)}版，见{_CITED}。\n")
    return _told(desk, lesson, f"cites {_CITED}")


def day(desk: Desk) -> str:
    """Published on another day, so at another place among the newest."""
    lesson = _shown(desk)
    lesson.change(date=(new := EARLIEST.replace(month=desk.chance.randint(1, 9)).isoformat()))
    return _told(desk, lesson, f"is of {new}")


def topics(desk: Desk) -> str:
    """Other topics; some of them new, some gone."""
    lesson = _shown(desk)
    lesson.change(topics=(new := desk.chance.sample(_TOPICS, desk.chance.randint(0, 2))) or None)
    return _told(desk, lesson, f"has the topics {new}")


def newcomer(desk: Desk) -> str:
    """One more lesson like another, in use or not yet."""
    model = _shown(desk)
    number = _free_number(desk, model.file.parent.name)
    file = model.file.with_name(f"{number:02}-new.md")
    status = desk.chance.choice(("published", "published", "planned", "draft"))
    kept = {key: value for key, value in model.fields.items() if key not in {"video", "captions", "chapters"}}
    new = Written(file, kept, model.body).change(title=f"第{number}讲新课", status=status)
    return _told(desk, new, f"is new and {status}")


def slug(desk: Desk) -> str:
    """The file gets another name; number and address stay. No other lesson links to the file."""
    there = desk.lessons()
    lesson = desk.pick(one for one in there if not any(one.file.name in other.body for other in there))
    lesson.file.rename(new := lesson.file.with_name(f"{lesson.number:02}-v{desk.chance.randrange(1000)}.md"))
    return _told(desk, lesson, f"is now {new.name}")


def recording(desk: Desk) -> str:
    """A video with a poster and captions comes, or other ones."""
    lesson = _shown(desk)
    name = f"{lesson.number:02}"
    colour = (desk.chance.randrange(256), 0, desk.chance.randrange(256))
    held = io.BytesIO()
    Image.new("RGB", (64, 36), colour).save(held, "JPEG")
    for ending, data in ((".jpg", held.getvalue()), (".mp4", _MP4 + bytes(colour))):
        lesson.file.with_name(name + ending).write_bytes(data)
    lesson.file.with_name(f"{name}.vtt").write_text(_CAPTIONS.format(colour[0]), "utf-8")
    lesson.change(video={"src": f"{name}.mp4", "poster": f"{name}.jpg"}, captions=f"{name}.vtt")
    return _told(desk, lesson, f"has a video of colour {colour}")


def series(desk: Desk) -> str:
    """A series is called otherwise."""
    found = (read_lesson(file) for file in sorted(desk.at(EPISODES).glob("*/index.md")))
    index = desk.pick(one for one in found if one)
    index.change(title=(new := f"第{desk.chance.randrange(1000)}个系列"))
    return _told(desk, index, f"is called {new}")


def law(desk: Desk) -> str:
    """A law is called by its other short name, and was amended on another day."""
    file = desk.pick(file for file in [desk.at("laws/deputies-law.yml")] if file.exists())
    fields = yaml.load(file.read_text("utf-8"), yaml.CBaseLoader)
    changed = {"short_names": fields["short_names"][::-1], "amended": f"2025-03-{desk.chance.randint(10, 28)}"}
    file.write_text(yaml.safe_dump({**fields, **changed}, allow_unicode=True, sort_keys=False), "utf-8")
    return f"{desk.named(file)}: {changed}"


EDITS: tuple[Edit, ...] = (
    *(title, withdraw, withdraw, publish, stations, speakers, body, day, topics, newcomer, slug, recording, series),
    law,
)


def _mistake(desk: Desk, lesson: Written, what: str) -> str:
    return f"mistake: {_told(desk, lesson, what)}"


def unknown_people(desk: Desk) -> str:
    """A lesson names a code that nobody has."""
    lesson = desk.pick(desk.lessons())
    lesson.change(**{desk.chance.choice(("speakers", "stations")): [desk.code()]})
    return _mistake(desk, lesson, "names nobody's code")


def markup(desk: Desk) -> str:
    """A body holds HTML, or a link that no page may have."""
    lesson = desk.pick(desk.lessons())
    wrong = desk.chance.choice(("<script>alert(1)</script>", "[这里](javascript:alert(1))"))
    lesson.change(f"{lesson.body}\n{wrong}\n")
    return _mistake(desk, lesson, f"ends with {wrong}")


def number_twice(desk: Desk) -> str:
    """Two lessons of a series have one number."""
    lesson = desk.pick(desk.lessons())
    shutil.copy(lesson.file, lesson.file.with_name(f"{lesson.number:02}-copy.md"))
    return _mistake(desk, lesson, "is there twice")


def no_article(desk: Desk) -> str:
    """A lesson cites an article that its law does not have."""
    lesson = _shown(desk)
    lesson.change(f"{lesson.body}\n见《代表法》第九百九十九条。\n")
    return _mistake(desk, lesson, "cites an article that is not there")


def lost_series(desk: Desk) -> str:
    """The lessons of a series are there, the series is not."""
    lesson = desk.pick(desk.lessons())
    index = lesson.file.with_name("index.md")
    if not index.exists():
        raise UnfitError
    index.unlink()
    return _mistake(desk, lesson, "belongs to no series")


MISTAKES: tuple[Edit, ...] = (unknown_people, markup, number_twice, no_article, lost_series)
