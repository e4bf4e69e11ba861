"""Reading a whole site: what passes, what one fault must not cause elsewhere, and bounds on hostile files."""

from __future__ import annotations

import shutil
import time
from datetime import date
from pathlib import Path

import casebook
import pytest

from liaison.problems import Problem, ProblemsError, Source
from liaison.records.read import Reading, read_site, read_site_facts

TODAY = date(2026, 11, 20)
YUFENG = "stations/lianyuan/yufeng/station.yml"
ZENG = "stations/lianyuan/yufeng/deputies/zeng.yml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return casebook.base_site(tmp_path / "site")


def found(root: Path) -> list[tuple[str, str]]:
    return [(one.rule, one.source.file) for one in read_site(root, TODAY).problems]


def only(root: Path) -> Problem:
    (problem,) = read_site(root, TODAY).problems
    return problem


def test_base_site_gives_a_complete_register(root: Path) -> None:
    """Every record of a sound site is in the register, with its area, home and photo."""
    reading = read_site(root, TODAY)
    register = reading.register
    assert not reading.problems
    assert (reading.stations, reading.deputies) == (2, 2)
    assert list(register.stations) == ["TK58CWB", "3F7K2MC"]
    assert list(register.deputies) == ["Q2RX7DK", "7K3M9TY"]
    assert register.home_of["7K3M9TY"] == "3F7K2MC"
    assert register.area_of["3F7K2MC"] == "lianyuan"
    assert register.photos == {"7K3M9TY": "stations/lianyuan/yufeng/deputies/photo.jpg"}
    assert not register.workdays.is_workday(date(2027, 10, 1))
    assert register.workdays.is_workday(date(2027, 10, 9))


def test_one_bad_field_does_not_hide_the_next(root: Path) -> None:
    """Faults of one record are all reported in one run, those of other rules too."""
    casebook.change(root, YUFENG, "status: active", "status: actve")
    casebook.change(root, YUFENG, "phone: 0738-0000000", "phone: 无")
    casebook.change(root, YUFENG, "每月15日", "隔周周五")
    casebook.change(root, YUFENG, "code: 3F7K2MC", "code: 3F7K2M")
    assert found(root) == [
        ("code/form", YUFENG),
        ("phone/form", YUFENG),
        ("reception/rule", YUFENG),
        ("field/choice", YUFENG),
    ]


def test_a_bad_item_does_not_move_the_others(root: Path) -> None:
    """What is wrong with the second item of a list is reported there, though the first does not fit at all."""
    casebook.change(root, ZENG, "start: 2021-12-20, end: 2027-12-31}\n", "start: 去年, end: 2027-12-31}\n")
    casebook.change(root, ZENG, "region: 431382200, start: 2021-12-20", "region: 431382200, start: 2028-12-20")
    places = {(one.rule, one.source.line) for one in read_site(root, TODAY).problems}
    assert places == {("field/type", 10), ("date/order", 11)}


BROKEN = "code: 3F7K2MC\nname: [三甲乡玉峰社区人大代表联络站\n"


@pytest.mark.parametrize(
    "text",
    [
        BROKEN.encode(),
        "name: 三甲乡玉峰社区人大代表联络站\ncode: 3F7K2MC\n".encode("gbk"),
        b"- code: 3F7K2MC\n",
        b"cod: 3F7K2MC\n",
        b"&code 3F7K2MC",
        b"",
    ],
)
def test_an_unreadable_station_is_blamed_alone(root: Path, text: bytes) -> None:
    """Deputies and stations that refer to a station whose file cannot be read are not blamed for it."""
    lantian = "stations/lianyuan/lantian/station.yml"
    if text:
        casebook.change(root, lantian, "status: active", "status: merged\nmerged_into: 3F7K2MC")
        casebook.change(
            root,
            lantian,
            "kind: 代表之家",
            "kind: 代表之家\nreceptions: [{rule: 每月1日, from: 09:00, to: 10:00, deputies: [7K3M9TY]}]",
        )
    (root / YUFENG).write_bytes(text)
    assert {file for _, file in found(root)} == {YUFENG}


def test_an_unreadable_deputy_is_blamed_alone(root: Path) -> None:
    """A reception of a deputy whose file cannot be read is not blamed for it."""
    (root / ZENG).write_text("code: 7K3M9TY\nname: '曾示例\n", encoding="utf-8")
    assert found(root) == [("yaml/syntax", ZENG)]


@pytest.mark.parametrize("text", ["- {code: 43, name: 湖南省\n", "{}\n", ""])
def test_an_unreadable_region_list_is_blamed_alone(root: Path, text: str) -> None:
    """Nobody who refers to a region is blamed while the list of regions cannot be read."""
    (root / "stations/regions.yml").write_text(text, encoding="utf-8")
    assert {file for _, file in found(root)} == {"stations/regions.yml"}


def test_an_unsound_region_is_blamed_alone(root: Path) -> None:
    """A region whose entry lost its code is not also reported unknown wherever it is meant."""
    casebook.change(root, "stations/regions.yml", "{code: 431382, ", "{cod: 431382, ")
    assert {file for _, file in found(root)} == {"stations/regions.yml"}


def test_a_missing_region_list_is_one_error(root: Path) -> None:
    """Without regions.yml that is the one thing said."""
    (root / "stations/regions.yml").unlink()
    assert found(root) == [("file/missing", "stations/regions.yml")]


def test_holidays_are_read_strictly(root: Path) -> None:
    """A year or a day off that is none is an error with its place, not a guess."""
    casebook.change(root, "stations/holidays.yml", "[2027-01-01, 2027-10-01]", "[2027-01-01, 10月1日]")
    casebook.change(root, "stations/holidays.yml", "year: 2027", "year: 二〇二七")
    places = [(one.rule, one.source.line, one.source.column) for one in read_site(root, TODAY).problems]
    assert places == [("field/type", 1, 9), ("field/type", 2, 21)]


@pytest.mark.parametrize("folder", ["content", "laws"])
def test_a_file_in_place_of_a_folder(root: Path, folder: str) -> None:
    """It is said that it cannot be opened, once, and not followed by what is missing inside."""
    shutil.rmtree(root / folder)
    (root / folder).write_text("这里应当是文件夹\n", encoding="utf-8")
    (problem,) = (one for one in read_site(root, TODAY).problems if one.severity == "error")
    assert (problem.rule, problem.source) == ("file/unreadable", Source(folder))
    assert (problem.message, problem.hint) == (
        "打不开：这里应当是文件夹",
        "检查它是不是被移动、改名、占用，或没有权限",
    )


def test_s4_front_matter_passes_the_same_loader(root: Path) -> None:
    """A lesson's front matter is judged as a record is, with lines counted in the file (S4)."""
    shutil.rmtree(root / "content")
    (root / "content").mkdir()
    (root / "content/lesson.md").write_text("---\ntitle: 一课\ntags: [甲\n---\n\n正文\n", encoding="utf-8")
    problem = only(root)
    assert (problem.rule, problem.source) == (
        "yaml/syntax",
        type(problem.source)("content/lesson.md", 3, 7, "tags: [甲"),
    )


def test_broken_site_facts_do_not_stop_the_check(root: Path) -> None:
    """A fault in site.yml and one in a record are reported in the same run."""
    casebook.change(root, "site.yml", "profile: 人大门户", "profile: 门户")
    casebook.change(root, YUFENG, "phone: 0738-0000000", "phone: 无")
    assert found(root) == [("field/choice", "site.yml"), ("phone/form", YUFENG)]
    with pytest.raises(ProblemsError):
        read_site_facts(root)


def test_unreadable_site_facts_end_the_reading(root: Path) -> None:
    """Without a site there is nothing to judge by: the fault of site.yml is raised, as a problem."""
    (root / "site.yml").write_text("name: [", encoding="utf-8")
    with pytest.raises(ProblemsError) as raised:
        read_site(root, TODAY)
    assert [one.rule for one in raised.value.problems] == ["yaml/syntax"]


def timed(root: Path) -> tuple[float, Reading]:
    began = time.process_time()
    reading = read_site(root, TODAY)
    return time.process_time() - began, reading


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("[" * 100_000, "yaml/too-deep"),
        ("a: " + "{b: " * 50_000, "yaml/too-deep"),
        ("a:\n" + "".join("  " * n + "- \n" for n in range(1, 700)), "yaml/too-deep"),
        ("a: &a [" + "x, " * 10 + "]\nb: [" + "*a, " * 50_000 + "]", "yaml/alias"),
        ("x" * 1_100_000, "yaml/too-large"),
        ("a: [" + "1," * 200_001 + "]", "yaml/too-large"),
        ("a: '" + "字" * 30_000 + "'", "yaml/too-large"),
        ("\u200b" * 200_000, "text/characters"),
        ("".join(f"k{n}: 1\n" for n in range(60_000)), "field/unknown"),
        ("".join(f"k{n}:\n" for n in range(60_000)), "field/empty"),
        ("receptions: [" + "{rule: 隔周, from: 09:00, to: 08:00}," * 9_000 + "]", "hours/order"),
    ],
)
def test_s5_bombs_are_refused_quickly(root: Path, text: str, rule: str) -> None:
    """A file made to exhaust the reader is refused by name within a second or two (S5)."""
    (root / YUFENG).write_text(text, encoding="utf-8")
    took, reading = timed(root)
    assert rule in {one.rule for one in reading.problems if one.source.file == YUFENG}
    assert took < 4


def test_s5_brackets_are_refused_within_a_second(root: Path) -> None:
    """A hundred thousand opening brackets, which end other parsers, cost nothing."""
    (root / YUFENG).write_text("[" * 100_000, encoding="utf-8")
    took, _ = timed(root)
    assert took < 1


def test_s3_links_and_special_files_are_not_followed(root: Path) -> None:
    """Nothing outside the site is read through a link, be it a file, a folder or the records' folder itself (S3)."""
    (root / "stations/lianyuan/elsewhere").symlink_to("/etc")
    (root / "stations/lianyuan/yufeng/deputies/passwd.yml").symlink_to("/etc/passwd")
    assert sorted(found(root)) == [
        ("file/link", "stations/lianyuan/elsewhere"),
        ("file/link", "stations/lianyuan/yufeng/deputies/passwd.yml"),
    ]
    shutil.rmtree(root / "content")  # whose lesson refers to a station
    (root / "stations").rename(root / "moved")
    (root / "stations").symlink_to("moved")
    assert sorted(found(root)) == [("file/link", "stations"), ("file/missing", "stations/regions.yml")]


def test_s3_folders_without_end(root: Path) -> None:
    """A very deep tree of folders is walked without a fault of the program."""
    deep = root / "stations/lianyuan/yufeng"
    for _ in range(400):
        deep /= "d"
    deep.mkdir(parents=True)
    (deep / "x.yml").write_text("x", encoding="utf-8")
    assert [rule for rule, _ in found(root)] == ["file/unexpected"]


def test_s3_file_names_that_are_no_text(root: Path) -> None:
    """A name in another encoding is reported and can be printed."""
    path = bytes(root) + b"/stations/lianyuan/" + "曾示例.yml".encode("gbk")
    Path(path.decode("utf-8", "surrogateescape")).write_text("x", encoding="utf-8")
    assert only(root).rule == "file/name"
