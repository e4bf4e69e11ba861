"""What an approval sheet says: golden sentences, what is cut, and what is worth a second look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.model.holders import Holder, short_digest
from liaison.plan.changes import Changes, Side, changes_between
from liaison.render.approval.form import CUTS, Form, laid_out
from liaison.render.approval.risks import Circumstances, risks
from liaison.render.approval.topics import Item, Subject, Topic, summary, topics
from liaison.render.approval.word import document, fits

_WORDS = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
TREE = "0123456789abcdef" * 4
FORM = Form(
    number="2026-11-22-1",
    site="示例站",
    url="https://www.example.gov.cn/",
    day=date(2026, 11, 22),
    roles=("拟稿", "签发"),
    published=date(2026, 11, 1),
    topics=(),
    codes=4,
    new_codes=0,
    prints=(),
    risks=(),
    notices=(),
    tree=TREE,
    commit="89abcdef0123456789abcdef0123456789abcdef+",
    today=date(2026, 11, 22),
    pages=1200,
    files=3400,
    size=12_345_678,
)


def deputy(status: str = "active", **fields: str) -> Holder:
    return Holder(kind="deputy", status=status, fields={name: short_digest(value) for name, value in fields.items()})


def station(status: str = "active", **fields: str) -> Holder:
    return replace(deputy(status, **fields), kind="station")


def said(before: dict[str, Holder], after: dict[str, Holder], **subjects: Subject) -> list[str]:
    """Each topic with what it names."""
    found = topics(changes_between(Side(holders=before), Side(holders=after)), subjects, {})
    return [f"{one.counted}：{'、'.join(item.words for item in one.items)}" for one in found]


JIA, YI = Subject(name="甲", station="玉峰站"), Subject(name="乙")


def test_people() -> None:
    """What became of deputies is counted and named, in the order of weight."""
    before = {"A": deputy(), "B": deputy(), "C": deputy("paused"), "D": deputy(name="旧")}
    after = {"A": deputy("former"), "B": deputy("withheld"), "C": deputy(), "D": deputy(name="新"), "E": deputy()}
    assert said(before, after, A=JIA, B=YI, C=Subject(name="丙"), D=Subject(name="丁"), E=Subject(name="戊")) == [
        "新增代表1名：戊（E）",
        "恢复公开代表1名：丙（C）",
        "离任代表1名：甲（A）",
        "撤下代表1名：乙（B）",
        "更名1处：丁（D）",
    ]


def test_stations() -> None:
    """Closed and merged stations are counted together, and each says which it is."""
    before = {"A": station(), "B": station(), "C": station(), "D": station("closed")}
    after = {"A": station("closed"), "B": station("merged"), "C": station("upgrading"), "D": station()}
    names = {"A": Subject(name="甲站"), "B": Subject(name="乙站", into="丙站"), "C": JIA, "D": YI}
    assert said(before, after, **names) == [
        "停用联络站2个：甲站（A，关闭）、乙站（B，并入丙站）",
        "升级改造联络站1个：甲（C）",
        "恢复开放联络站1个：乙（D）",
    ]


def test_fields() -> None:
    """Several fields that belong together are one change; those without a group of their own are named."""
    before = {"A": station(phone="1", address="1", landmark="1", short_name="1"), "B": deputy(contact="1", bio="1")}
    after = {
        "A": station(phone="2", address="2", landmark="2", short_name="2"),
        "B": deputy(contact="2", bio="2", x=""),
    }
    assert said(before, after, A=Subject(name="甲站"), B=YI) == [
        "修改电话2处：乙（B）、甲站（A）",
        "修改地址1处：甲站（A）",
        "其他修改2处：乙（B，简介、其他内容）、甲站（A，简称）",
    ]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("receptions", "修改接待安排1处"),
        ("photo", "更换照片1张"),
        ("hours", "修改开放时间1处"),
        ("channels", "修改联系渠道1处"),
        ("mandates", "修改代表职务1处"),
        ("verified_on", "更新核验日期1处"),
        ("merged_into", "其他修改1处"),
    ],
)
def test_each_group(field: str, expected: str) -> None:
    """Each field is found under the name an office knows it by."""
    assert said({"A": deputy(**{field: "1"})}, {"A": deputy(**{field: "2"})}, A=JIA)[0].startswith(f"{expected}：甲（A")


def test_lessons_and_pages() -> None:
    """Lessons are named by title, where there is one; further pages and files are counted by what became of them."""
    before = {"episodes/a/01/index.html": 1, "index.html": 1, "x.css": 1, "r/43/index.html": 1}
    after = {"episodes/a/01/index.html": 2, "episodes/a/02/index.html": 1, "index.html": 2, "y.css": 1}
    changes = changes_between(Side(before), Side(after))
    found = topics(changes, {}, {("a", 2): "家风"})
    assert summary(found) == "新增普法课1讲，修改普法课1讲，涉及页面2个。"
    assert [item.words for one in found for item in one.items] == ["《家风》", "a 第1讲"]
    assert found[-1].detail == "其他页面修改1个、删除1个；图片等文件新增1个、删除1个"


def test_only_files() -> None:
    """Where no page is different, files are counted in their stead."""
    found = topics(changes_between(Side({"a.css": 1}), Side({"a.css": 2})), {}, {})
    assert summary(found) == "涉及文件1个。"


def test_none_and_many() -> None:
    """A sheet says the first of many, and how many more there are; nothing is said twice of none."""
    items = tuple(Item(f"C{number}", f"甲{number}", "甲") for number in range(60))
    form = replace(FORM, topics=(Topic("新增代表", 60, "名", items),))
    body = laid_out(form, CUTS[0])["topics"][0]
    assert body["head"] == "新增代表60名"
    assert body["body"].startswith("甲0、甲1、")
    assert body["body"].endswith("、甲39……另有20项，见附件清单")
    assert laid_out(FORM, CUTS[0])["topics"] == []
    assert laid_out(FORM, CUTS[0])["risks"] == [{"head": "未发现", "body": ""}]


def test_cuts_shrink() -> None:
    """From cut to cut a sheet never grows, and how much changed is said in all of them."""
    items = tuple(Item(f"C{number}", f"甲{number}", "甲") for number in range(60))
    many = tuple(Topic(f"第{number}种", 60, "处", items) for number in range(30))
    lengths = []
    for cut in CUTS:
        item = laid_out(replace(FORM, topics=many), cut)
        assert item["summary"].count("60处") == 30
        lengths.append(sum(len(one["head"] + one["body"]) for one in item["topics"]))
    assert lengths == sorted(lengths, reverse=True)
    assert item["topics"] == [{"head": "全部变动见附件清单", "body": ""}]


def test_facts() -> None:
    """The head of the sheet, the check value in groups, and the amounts are those of the release."""
    item = laid_out(FORM, CUTS[0])
    assert (item["number"], item["day"], item["large"]) == ("2026-11-22-1", "2026年11月22日", "0123 4567")
    assert item["tree"].replace(" ", "") == TREE
    assert item["version"] == [
        ("数据日期", "2026年11月22日"),
        ("资料版本", "89abcdef0123+"),
        ("数量", "3,400 个文件（1,200 个页面），12.3 MB"),
    ]
    assert item["summary"].startswith("与已发布的（2026年11月1日的数据）相比：")
    assert laid_out(replace(FORM, published=None), CUTS[0])["summary"].startswith("首次发布。")


@pytest.mark.parametrize(
    ("codes", "new", "published", "expected"),
    [
        (4, 0, date(2026, 11, 1), "二维码不变（4个），已经印出的都能用。"),
        (4, 1, date(2026, 11, 1), "新增二维码1个；原有的3个不变，已经印出的都能用。"),
        (4, 4, None, "二维码4个，都是新的。"),
    ],
)
def test_codes(codes: int, new: int, published: date | None, expected: str) -> None:
    """What it means for codes on walls is said first."""
    form = replace(FORM, codes=codes, new_codes=new, published=published)
    assert laid_out(form, CUTS[0])["prints"] == [expected]


def test_notices() -> None:
    """Notices are counted, the most frequent are told, and the rest is counted too."""
    form = replace(FORM, notices=tuple((f"提示{number}。", 10 - number) for number in range(9)))
    assert laid_out(form, CUTS[-3])["notices"] == [
        "全部检查通过，没有错误；提示54条：",
        "提示0（10条）",
        "其余44条用 liaison check 查看",
    ]
    assert laid_out(FORM, CUTS[0])["notices"] == ["全部检查通过，没有错误，没有提示。"]


def _risks(before: Side, after: Side, at: Circumstances, **subjects: Subject) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.title, one.names) for one in risks(changes_between(before, after), subjects, at)]


CALM = Circumstances(brake=2)
PERSON = Subject(name="曾示例", consent="2026-7", has_photo=True, has_own_phone=True)


def test_no_risk() -> None:
    """Where nothing is out of the ordinary, nothing is said."""
    assert _risks(Side(holders={"A": deputy(bio="1")}), Side(holders={"A": deputy(bio="2")}), CALM, A=PERSON) == []


def test_risks_of_people() -> None:
    """New photos and own phones are named with the consent; who is shown again and who is renamed is named."""
    before = {"A": deputy(photo="1", contact="1", name="旧"), "B": deputy("withheld")}
    after = {"A": deputy(photo="2", contact="2", name="新"), "B": deputy(), "C": deputy()}
    assert _risks(Side(holders=before), Side(holders=after), CALM, A=PERSON, B=YI, C=replace(PERSON, consent="")) == [
        ("新增或更换本人照片2张", ("曾示例（C，没有同意书）", "曾示例（A，同意书 2026-7）")),
        ("公开代表本人电话2个", ("曾示例（C，没有同意书）", "曾示例（A，同意书 2026-7）")),
        ("恢复公开代表信息1名", ("乙（B）",)),
        ("更改姓名1名", ("曾示例（A）",)),
        ("启用新编号1个", ()),
    ]


def test_risks_of_the_site() -> None:
    """Sample data, another address, records that are not filed, terms that end and foreign hosts are pointed out."""
    at = Circumstances(
        brake=2,
        ending=3,
        media_hosts=("media.example.com",),
        is_first=True,
        is_sample=True,
        is_uncommitted=True,
        moved_from="https://old.example.gov.cn/",
        codes_from="HTTPS://OLD.EXAMPLE.GOV.CN/",
    )
    assert _risks(Side(), Side(), at) == [
        ("本站还是示例数据", ()),
        ("二维码的网址不再是 HTTPS://OLD.EXAMPLE.GOV.CN/", ()),
        ("网站地址不再是 https://old.example.gov.cn/", ()),
        ("记录改动后没有存入版本库就生成了站点", ()),
        ("有任期一年内届满的代表（提示3条）", ()),
        ("普法课的音视频放在站外", ("media.example.com",)),
    ]


@pytest.mark.parametrize(("gone", "expected"), [(2, []), (3, [("删除页面3个，占已发布页面的3.0%", ())])])
def test_brake(gone: int, expected: list[Any]) -> None:
    """Pages that go are pointed out beyond the share that the site allows, not at it."""
    pages = {f"{number}.html": 1 for number in range(100)}
    left = dict(list(pages.items())[gone:])
    assert _risks(Side(pages), Side(left), CALM) == expected


@given(st.lists(st.tuples(st.text(max_size=90), st.integers(0, 300)), max_size=12), st.integers(1, 8))
def test_word_always_fits(kinds: list[tuple[str, int]], roles: int) -> None:
    """However long names and lists are, there is a cut at which the sheet fits on a page."""
    many = tuple(
        Topic("更名", count, "处", tuple(Item("C", f"{name}{at}", name) for at in range(count)))
        for name, count in kinds
    )
    form = replace(FORM, topics=many, roles=tuple(f"环节{number}" for number in range(roles)))
    assert any(fits(laid_out(form, cut)) for cut in CUTS)


def test_word_is_repeatable() -> None:
    """The same words and time give the same bytes, dated by the release and by nothing else."""
    made_on = datetime(2026, 11, 20, 8, tzinfo=UTC)
    first, second = (document(laid_out(FORM, CUTS[0]), made_on) for _ in range(2))
    assert first == second
    assert document(laid_out(FORM, CUTS[0]), datetime(2026, 11, 21, tzinfo=UTC)) != first


def test_word_in_order() -> None:
    """Properties stand in the order that the standard (ISO/IEC 29500-1, CT_TblPr, CT_RPr) asks for: Word insists."""
    packed = ZipFile(BytesIO(document(laid_out(FORM, CUTS[0]), datetime(2026, 11, 20, tzinfo=UTC))))
    wanted = ["tblStyle", "tblW", "jc", "tblLayout", "tblCellMar", "tblLook"]
    body = ET.fromstring(packed.read("word/document.xml"))
    (about,) = body.iter(f"{_WORDS}tblPr")
    assert [one.tag.removeprefix(_WORDS) for one in about] == wanted
    runs = {tuple(one.tag.removeprefix(_WORDS) for one in about) for about in body.iter(f"{_WORDS}rPr")}
    assert runs <= {("rFonts", "b", "sz"), ("rFonts", "sz")}
    about_the_file = packed.read("docProps/core.xml").decode()
    assert "python" not in about_the_file
    assert "2026-11-20T00:00:00Z" in about_the_file


def test_changes_of_nothing() -> None:
    """Nothing that changed makes no topic."""
    nothing: Changes = changes_between(Side(), Side())
    assert topics(nothing, {}, {}) == ()
