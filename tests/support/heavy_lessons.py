"""A series with lessons of every sort: to hear, to watch elsewhere, full of words, taken down, not yet published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from support.lessons import EPISODES, Written
from support.sites import edit

SERIES = "qita"
MEDIA_HOST = "media.example.gov.cn"
RECORDING = f"https://{MEDIA_HOST}/pufa/02.mp4"
TAKEN_DOWN = "已经下架的一句话"
DRAFTED = "还没有审完的一句话"
"""Words of bodies that are on no page."""

_MP3, _MP4 = b"ID3\x04" + bytes(60), b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom"
_SPOKEN = "1\n00:00:00,000 --> 00:00:04,500\n乡亲们好，\n今天说说监护。\n\n2\n00:00:12,000 --> 00:00:20,000\n再见。\n"
_BODY = """## 民法典第26条这样说

《民法典》第二十七条第二款有三项，见<https://www.example.gov.cn/>，也见[民法典第28条](https://www.example.gov.cn/)。

| 条 | 讲什么 |
| :-- | --: |
| 民法典第33条 | **协议**监护 |

`民法典第34条`写在程序里。

    民法典第35条

读过的[上一讲](01-tingting.md)。
"""


def add(site: Path, station: str, speakers: Sequence[str]) -> None:
    """Add the series to a copy of the sample; who speaks are an active, a former and a hidden deputy."""
    folder = site / EPISODES / SERIES
    edit(site / "site.yml", "(?m)^profile: ", f"media_hosts: [{MEDIA_HOST}]\nprofile: ")
    Written(folder / "index.md", {"title": "其他的课", "description": "各种样子的课。", "planned": "6"}, "").change()
    recorded = {"audio": {"src": "01.mp3"}, "captions": "01.srt", "chapters": [{"at": "00:00", "title": "开头"}]}
    kept = {"date": "2026-10-30", "summary": "一句话摘要。", "stations": [station], "topics": ["民法常识"]}
    people = {"speakers": list(speakers)}
    _write(
        folder, "01-tingting", "听听看", "见《民法典》第二十八条。\n", kept | recorded | people | {"duration": "00:20"}
    )
    full = {
        "handout": ["讲义要点写满六十个字，" * 5 + "一共六十字。"[:5]] * 3,
        "quiz": [_question(at) for at in range(6)],
    }
    seen = {
        "video": {"src": RECORDING, "size": "123456"},
        "transcript": "第一段话。\n\n第二段话。",
        "duration": "06:30",
    }
    laws = {"laws": [f"民法典第{number}条" for number in range(26, 40)]}
    longest = "遇到邻居家的屋檐水流进自家院子和表弟借钱三年不还以及房东不退押金这三件事应当先翻哪一部法律"
    _write(folder, "02-kankan", longest, _BODY, kept | people | seen | full | laws)
    _write(folder, "03-xiajia", "下架的一讲", f"{TAKEN_DOWN}，见《民法典》第三十条。\n", kept | people, "withdrawn")
    drafted = {"video": {"src": "04.mp4"}, "captions": "04.vtt"}
    _write(folder, "04-caogao", "草稿", f"{DRAFTED}，见《民法典》第三十一条。\n", drafted, "draft")
    _write(folder, "05-jihua", "计划里的一讲", "", {}, "planned")
    (folder / "01.mp3").write_bytes(_MP3)
    (folder / "01.srt").write_text(_SPOKEN, "utf-8")
    (folder / "04.mp4").write_bytes(_MP4)
    (folder / "04.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\n草稿。\n", "utf-8")


def _question(number: int) -> dict[str, object]:
    options = ["第一个说法写得比较长，在窄的手机上要占好几行才放得下", "第二个说法", "第三个说法"]
    why = "民法典第26条写明了父母子女之间的义务。"
    return {
        "question": f"第{number + 1}个问题问的是什么？",
        "options": options,
        "answer": "ABC"[number % 3],
        "why": why,
    }


def _write(
    folder: Path, name: str, title: str, body: str, fields: dict[str, object], status: str = "published"
) -> None:
    Written(folder / f"{name}.md", {"title": title, **fields, "status": status}, body).change()
