"""Values that must pass, and near ones that must not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import casebook
import pytest

from liaison.records.read import read_site

TODAY = date(2026, 11, 20)
YUFENG = "stations/lianyuan/yufeng/station.yml"
ZENG = "stations/lianyuan/yufeng/deputies/zeng.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return casebook.base_site(tmp_path / "site")


@pytest.mark.parametrize(
    "name",
    [
        "欧阳示例",
        "示例㛃",  # Ext A
        "示例𠮷",  # Ext B
        "示例𪜀",  # Ext C
        "示例𫝀",  # Ext D
        "示例𬱖",  # Ext E
        "示例𮯠",  # Ext F
        "示例𰻝",  # Ext G
        "示例𲎯",  # Ext H
        "示例䶮堃燚骉",
        "示例﨎",  # one of the twelve unified characters among the compatibility ones
        "〇示例",
        "阿卜杜拉·示例",
        "示例·买买提·吐尔逊",
        "Ivan Shili",
        "Jean-Luc O'Shili",
        "J. Shili",
    ],
)
def test_s10_rare_and_foreign_names_pass(root: Path, name: str) -> None:
    """People are called what they are called: Han of all extensions, `·` inside, or Latin."""
    casebook.change(root, ZENG, "name: 曾示例", f"name: {name}")
    assert not read_site(root, TODAY).problems


@pytest.mark.parametrize(
    "phone",
    ["07317654321", "0738-0000000", "010-12345678", "02112345678", "0738-7654321-8001", "13900000000", "400-000-0000",
     "4000000000", "800-123-4567", "12345", "110", "95598"],
)  # fmt: skip
def test_usual_phones_pass(root: Path, phone: str) -> None:
    """A phone stays text as written, and every usual way of writing one is accepted."""
    casebook.change(root, YUFENG, "phone: 0738-0000000", f"phone: {phone}")
    reading = read_site(root, TODAY)
    assert not reading.problems
    assert reading.register.stations["3F7K2MC"].phone == phone


@pytest.mark.parametrize(
    "phone", ["123456", "0738-12", "138000000000", "１２３４５", "+86 13900000000", "无", "0738-0000000;"]
)
def test_other_phones_are_refused(root: Path, phone: str) -> None:
    """What no telephone understands is reported once, at the value."""
    casebook.change(root, YUFENG, "phone: 0738-0000000", f"phone: '{phone}'")
    (problem,) = read_site(root, TODAY).problems
    assert (problem.rule, problem.source.line, problem.source.column) == ("phone/form", 13, 8)


@pytest.mark.parametrize("text", ["NO", "on", "2026-11-31", "0o17", "1_000", "null", "1e3", "12:30:45", "=", "~"])
def test_text_stays_text(root: Path, text: str) -> None:
    """YAML's guesses about types (NO, 0o17, 12:30:45) never touch what was written."""
    casebook.change(root, YUFENG, "landmark: 社区广场旁", f"landmark: {text}")
    reading = read_site(root, TODAY)
    assert not reading.problems
    assert reading.register.stations["3F7K2MC"].landmark == text


@pytest.mark.parametrize(
    "url", ["http://a", "https://a.cn:8443/x?y=1#z", "https://10.0.0.1/", "https://[::1]/", "https://示例.中国/"]
)
def test_usual_addresses_pass(root: Path, url: str) -> None:
    """A complete web address passes, with port, query, number or Chinese name; http only gets a notice."""
    casebook.change(root, YUFENG, "https://qd.example.gov.cn/yufeng", f"'{url}'")
    rules = {one.rule for one in read_site(root, TODAY).problems}
    assert rules == ({"url/not-https"} if url.startswith("http:") else set())


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//a.cn/", "/jin", "ftp://a.cn/", "https:///x", "https://a b.cn/",
     "http:a.cn", "https://u@a.cn/", "https://a.cn:port/", "https://[/", "HTTPS",
     "weixin://dl/x", 'https://a.cn/"onclick=', "https://<b>/"],
)  # fmt: skip
def test_other_addresses_are_refused(root: Path, url: str) -> None:
    """What no browser should follow from an official page is one error."""
    casebook.change(root, YUFENG, "https://qd.example.gov.cn/yufeng", f"'{url}'")
    assert [one.rule for one in read_site(root, TODAY).problems] == ["url/form"]


def test_terms_may_meet_on_one_day(root: Path) -> None:
    """A term lasts until the next congress first meets, so the last day of one is the first of the next."""
    casebook.change(
        root,
        ZENG,
        "mandates:\n",
        "mandates:\n  - {congress: 上一届, level: 县级, region: 431382, start: 2016-12-20, end: 2021-12-20}\n",
    )
    assert not read_site(root, TODAY).problems


def test_seats_at_all_levels_pass(root: Path) -> None:
    """One person may sit in the congresses of a township, its county, city, province and of the nation at once."""
    seats = [("全国", "43"), ("省级", "43"), ("市级", "4313")]
    lines = "".join(
        f"  - {{congress: {level}人大, level: {level}, region: {region}, start: 2023-01-05}}\n"
        for level, region in seats
    )
    casebook.change(root, ZENG, "mandates:\n", f"mandates:\n{lines}")
    assert not read_site(root, TODAY).problems


def test_a_deputy_of_another_station_may_receive(root: Path) -> None:
    """At a reception sits whoever the office sends, from whichever station."""
    lantian = "stations/lianyuan/lantian/station.yml"
    casebook.change(
        root,
        lantian,
        "status: active",
        "receptions: [{rule: 每周五, from: 09:00, to: 11:00, deputies: [7K3M9TY]}]\nstatus: active",
    )
    assert not read_site(root, TODAY).problems


LESSON = "content/episodes/shiyan/01-jiafeng.md"


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("date: 2026-11-12", "date: 2026-11-20"),
        ("date: 2026-11-12", "date: 2026-11-10"),
        ("date: 2026-11-04", "date: 2026-11-02"),
        ('duration: "00:30"', 'duration: "00:21"'),
        ('duration: "00:30"', 'duration: "0:00:30"'),
        ('at: "00:20"', 'at: "00:29"'),
        ("handout: [家风写进了民法典。]", f"handout: [甲, 乙, {'字' * 60}]"),
        ("video: {src: 01.mp4}", "video: {src: 01.mp4, size: 24}"),
        ("video: {src: 01.mp4}", "audio: {src: 01.mp4}"),
        ("video: {src: 01.mp4}", "video: {src: 01.mp4}\naudio: {src: 01.mp4}"),
        ("captions: 01.vtt", "transcript: 民法典里有一条专讲家风。"),
        ("laws: [民法典第1043条]", "laws: [《民法典》第一千零四十三条第一款, 民法典第1260条, 原《婚姻法》第32条]"),
        ("status: published", "status: withdrawn"),
        ("## 该怎么办", "甲" * 2_730),
        ("有话好好说", "`<b>` 3<5 &lt;b&gt;"),
        ("有话好好说", "[系列](index.md)"),
        ("## 该怎么办", "> > > > > > > > 八层引用"),
        ("有话好好说", "[" * 499),
        ("有话好好说", "“家庭应当树立优良家风”，“优良家风”"),
    ],
)
def test_lessons_at_the_edge_of_what_passes(root: Path, was: str, now: str) -> None:
    """What is just within a bound, or another usual way of writing it, is no error and not noticed."""
    casebook.change(root, LESSON, was, now)
    assert not read_site(root, TODAY).problems


def test_a_recording_on_a_registered_host_passes(root: Path) -> None:
    """With its size, and the host in site.yml."""
    casebook.change(root, "site.yml", "# site/media-host", "media_hosts: [media.example.gov.cn]")
    src = "https://media.example.gov.cn/pufa/01.mp4"
    casebook.change(root, LESSON, "{src: 01.mp4}", f'{{src: "{src}", size: 1000}}')
    reading = read_site(root, TODAY)
    assert not reading.problems
    assert reading.curriculum.lessons[0].record.recording.src == src
    casebook.change(root, LESSON, ", size: 1000", "")
    (problem,) = read_site(root, TODAY).problems
    assert (problem.rule, problem.message) == ("lesson/recording", "别处的音视频要写明文件大小")


@pytest.mark.parametrize("status", ["draft", "planned", "withdrawn"])
def test_a_lesson_that_is_not_shown_needs_only_a_title(root: Path, status: str) -> None:
    """Nothing is asked of it yet, or any more."""
    (root / LESSON).write_text(f"---\ntitle: 示例课\nstatus: {status}\n---\n", encoding="utf-8")
    assert not read_site(root, TODAY).problems
