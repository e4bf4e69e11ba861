"""A new law lesson: the next number of its series, with a commented template."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from liaison.desk.new import quoted, slug
from liaison.model.lessons import Place, written

_LONGEST = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEpisode:
    """What must be known of a new lesson."""

    series: str
    """Folder of the series below `content/episodes/`."""
    number: int
    title: str
    slug: str

    @property
    def file(self) -> str:
        """Where the lesson goes."""
        return f"content/episodes/{self.series}/{written(self.number)}-{self.slug}.md"


def next_number(places: list[Place], series: str) -> int:
    """The number after the last one of a series; numbers that were given are never given again."""
    return max((place.number for place in places if place.series == series), default=0) + 1


def lesson_slug(title: str) -> str:
    """A file name for a title: its reading, cut at a syllable."""
    whole = slug(title)
    if len(whole) <= _LONGEST:
        return whole or "lesson"
    return whole[: _LONGEST + 1].rpartition("-")[0] or whole[:_LONGEST]


def episode_text(new: NewEpisode, today: date) -> str:
    """The lesson: a draft, with every key as a comment and an example."""
    return f"""\
---
# 普法课。以 # 开头的行是可以填写的项：填好后去掉行首的“# ”。不填的行可以删去。
# 改完运行 liaison check，看有没有写错。发布前把 status 改成 published。
title: {quoted(new.title)}
# date: {today.isoformat()}          # 发布日期
# summary: 用一两句话说清这一讲讲什么
# duration: "06:30"          # 视频或录音的时长，分:秒
# speakers: [7K3M9TY, {{name: 李示例, post: 某某县人民法院法官}}]    # 代表写编号，别人写姓名和职务
# stations: [3F7K2MC]        # 参加的站，写编号；页面会列出这些站最近的接待
# topics: [婚姻家庭]          # 主题，和别的课用一样的词
# audience: [村（居）民]
# video: {{src: {written(new.number)}.mp4, poster: {written(new.number)}.jpg}}     # 与本文件放在一起
# 视频在别处的：video: {{src: "https://…", size: 字节数}}
# captions: {written(new.number)}.vtt           # 字幕，vtt 或 srt
# chapters: [{{at: "00:00", title: 案情}}, {{at: "01:30", title: 法律怎么说}}]
# laws: [民法典第1043条第二款]   # 讲到的法条，每项一处
# quiz:
#   - question: 问题
#     options: [甲, 乙, 丙]
#     answer: B
#     why: 为什么
# handout: [要点一, 要点二, 要点三]     # 印在一张纸上的三条
# review:                    # 三审三校
#   责编: {{name: 王示例, date: {today.isoformat()}}}
#   一审: {{name: 李示例, date: {today.isoformat()}}}
#   二审: {{name: 张示例, date: {today.isoformat()}}}
#   三审: {{name: 刘示例, date: {today.isoformat()}}}
status: draft              # draft 草稿；planned 已列入计划，只显示题目；published 已发布；withdrawn 已下架
---

先讲一件身边的事：谁遇到了什么问题？

## 法律怎么说

引用法条写明法律和条，如《民法典》第一千零四十三条；原文放在引号里，一字不差。

## 该怎么办

1. 第一步；
2. 第二步。
"""
