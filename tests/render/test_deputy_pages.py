from datetime import date
from typing import Any

import pytest
from rendering import QR, markup, page_of, pages_of, planned, renderer, shown

from liaison.model.deputies import Consent, Contact, Deputy, DeputyStatus
from liaison.model.stations import Area, Channel, Location, Organ
from liaison.plan import urls
from liaison.plan.pages import Plan
from liaison.render.pages.deputy import deputy_view
from liaison.render.pages.views import DeputyView, Link, Photo
from support.registers import COUNTY, TODAY, TOWN, code, deputy, mandate, reception, register, station

HOME, AWAY, NEW_HOME = code(1), code(2), code(3)
ONE, OTHER = code(11), code(12)
PHOTO = Photo(path=urls.photo(ONE), width=240, height=320)
YES = Consent(scope=("photo", "phone"), date=date(2026, 1, 5), ref="档号示例")
AREA = Area(region=COUNTY, organs=(Organ(name="市人大常委会", kind="常委会", region=COUNTY, phone="0738-4420000"),))
SECRETS = {
    "name": "呼延示例",
    "pinyin": "huyan shili",
    "ethnicity": "鲜卑族示",
    "employer": "某单位示",
    "post": "某职务示",
    "photo": "geheim.jpg",
    "specialties": ("某领域示",),
    "groups": ("某小组示",),
    "channels": (Channel(kind="留言平台", label="某留言示", url="https://example.gov.cn/geheim"),),
    "contact": Contact(phone="13800000000", phone_is="本人"),
    "consent": YES,
    "bio": "某简介示",
}
WORDS = (
    "呼延",
    "huyan",
    "鲜卑",
    "某单位",
    "某职务",
    "geheim",
    "某领域",
    "某小组",
    "某留言",
    "1380000",
    "某简介",
    "档号",
)


def plan_of(one: Deputy, *others: Deputy, phone: str | None = "0738-1110000", today: date = TODAY, **more: Any) -> Plan:
    here = station(
        HOME, phone=phone, location=Location(lng=111.8, lat=27.7, crs="wgs84"), receptions=(reception(),), **more
    )
    stations = [here, station(AWAY, COUNTY), station(NEW_HOME)]
    return planned(register(stations, {HOME: [one, *others]}, area=AREA, photos={ONE: "p.jpg"}), today)


def view(one: Deputy, *others: Deputy, **more: Any) -> DeputyView:
    return deputy_view(plan_of(one, *others, **more), ONE, QR, PHOTO)


def facts(found: DeputyView) -> dict[str, list[str]]:
    return {label: [one.text for one in links] for label, links in found.facts}


def test_a_deputy_shows_all_there_is() -> None:
    """For whom, from where, when, how to reach, with which fields and groups, since when."""
    one = deputy(ONE, "曾示例", also_at=(AWAY,), mandates=(
        mandate("乡级", TOWN, electoral_unit="三甲乡第3选区", start="2021-12-10"),
        mandate("县级", electoral_unit="三甲乡第1选区"),
        mandate("县级", congress="上一届", start="2016-12-10", end="2021-12-09", electoral_unit="旧选区"),
    ), **{key: value for key, value in SECRETS.items() if key not in ("name", "pinyin")})  # fmt: skip
    found = view(one)
    assert (found.name, found.levels) == ("曾示例", ("县级", "乡级"))
    assert found.lead == "三甲乡第3选区、三甲乡第1选区选出 · 某单位示某职务示"
    assert found.photo == PHOTO
    assert found.message is not None
    assert [one.text for one in found.maps] == ["高德地图", "腾讯地图"]
    assert facts(found) == {
        "关注领域": ["某领域示"],
        "小组": ["某小组示"],
        "任职": ["431382200第十八届人民代表大会代表（2021年12月起）", "431382第十八届人民代表大会代表（2021年12月起）"],
        "所在站": [f"{HOME}站", f"{AWAY}站"],
        "性别": ["女"],
        "民族": ["鲜卑族示"],
        "简介": ["某简介示"],
    }
    assert found.receptions is not None
    assert [link.text for rule in found.receptions.rules if (link := rule.station)] == [f"{HOME}站"]
    assert len(found.receptions.dates) == 6


def test_a_deputy_with_the_least_there_can_be() -> None:
    """No empty chip, no stray separator, no None."""
    found = view(deputy(ONE, "曾示例", mandates=(mandate(),)), phone=None)
    assert (found.lead, found.banner, found.message, found.channels) == ("", None, None, ())
    page = shown(plan_of(deputy(ONE, "曾示例"), phone=None), "deputy", ONE)
    assert not [word for word in ("None", "关注领域", "小组", "民族", "简介", " · ") if word in page.text]


@pytest.mark.parametrize(
    ("contact", "consent", "of_station", "expected"),
    [
        (Contact(phone="13800000000", phone_is="本人"), YES, "0738-1110000", ("13800000000", "本人")),
        (Contact(phone="13800000000", phone_is="本人"), None, "0738-1110000", ("0738-1110000", "站")),
        (Contact(phone="13800000000", phone_is="本人"), None, None, ("0738-4420000", "市人大常委会")),
        (Contact(phone="0738-2220000", phone_is="站"), None, "0738-1110000", ("0738-2220000", "站")),
        (Contact(), YES, "0738-1110000", ("0738-1110000", "站")),
        (None, None, "0738-1110000", ("0738-1110000", "站")),
        (None, None, None, ("0738-4420000", "市人大常委会")),
    ],
)
def test_whose_phone_is_shown(
    contact: Contact | None, consent: Consent | None, of_station: str | None, expected: tuple[str, str]
) -> None:
    """One's own only with consent; else the station's; else that of the organ above it."""
    one = deputy(ONE, contact=contact, consent=consent)
    found = view(one, phone=of_station).phone
    assert found is not None
    assert (found.shown, found.whose) == expected
    page = markup(plan_of(one, phone=of_station), "deputy", ONE)
    assert ("13800000000" in page) == (expected[0] == "13800000000")


@pytest.mark.parametrize(
    ("scope", "photo", "phone"),
    [(("photo",), True, "站"), (("phone",), False, "本人"), (("photo", "phone"), True, "本人")],
)
def test_consent_covers_what_it_names(scope: tuple[Any, ...], photo: bool, phone: str) -> None:
    """Consent to the photo is none to the phone, and the reverse."""
    contact = Contact(phone="13800000000", phone_is="本人")
    found = view(deputy(ONE, contact=contact, consent=Consent(scope=scope, date=date(2026, 1, 5), ref="示例")))
    assert found.phone is not None
    assert (found.photo is not None, found.phone.whose) == (photo, phone)


@pytest.mark.parametrize("status", ["paused", "withheld"])
def test_a_hidden_page_says_nothing_of_the_person(status: DeputyStatus) -> None:
    """Not a byte of the record but the code: 「该代表信息暂不展示」 and the station."""
    plan = plan_of(
        deputy(ONE, status=status, mandates=(mandate(congress="某届示", electoral_unit="某选区示"),), **SECRETS)
    )
    files = dict(renderer(plan, {"p.jpg": b"never read"}).files(page_of(plan, "deputy", ONE)))
    assert list(files) == [f"{urls.deputy(ONE)}index.html"]
    html = files[f"{urls.deputy(ONE)}index.html"].decode()
    assert not [word for word in (*WORDS, "某届", "某选区", "application/ld+json") if word in html]
    page = shown(plan, "deputy", ONE)
    assert page.title == "该代表信息暂不展示 - 示例联络站"
    assert "该代表信息暂不展示" in page.text
    assert page.meta("robots") == "noindex"
    assert "../../../" + urls.station(HOME) in page.links_inside("main")
    assert not [one for one in page.all("a") if one["href"].startswith(("tel:", "mailto:"))]


def test_no_other_page_names_a_hidden_person() -> None:
    """Station, regions, rolls, home and site map, also where a reception names the code."""
    hidden = deputy(ONE, status="withheld", **SECRETS)
    stations = [station(HOME, receptions=(reception(deputies=(ONE,)),)), station(AWAY, covers=())]
    plan = planned(register(stations, {HOME: [hidden, deputy(OTHER, "曾示例")]}, area=AREA))
    render = renderer(plan)
    for page in pages_of(plan):
        for path, data in render.files(page):
            assert not [word for word in WORDS if word.encode() in data], path


def test_a_former_page_keeps_name_and_mandates() -> None:
    """Since when and until when; no photo, phone, bio, employer, group; not a word of the reason."""
    terms = (mandate(congress="第十七届", start="2016-12-10", end="2021-12-09"), mandate(congress="第十八届"))
    plan = plan_of(deputy(ONE, status="former", mandates=terms, **SECRETS))
    found = deputy_view(plan, ONE, QR, PHOTO)
    assert facts(found) == {"曾任": ["第十七届代表（2016年12月起，至2021年12月）", "第十八届代表（2021年12月起）"]}
    assert (found.photo, found.phone, found.message, found.receptions, found.levels) == (None, None, None, None, ())
    files = dict(renderer(plan, {"p.jpg": b"never read"}).files(page_of(plan, "deputy", ONE)))
    assert list(files) == [f"{urls.deputy(ONE)}index.html"]
    html = files[f"{urls.deputy(ONE)}index.html"].decode()
    assert "呼延示例" in html
    assert not [word for word in WORDS[1:] if word in html]
    assert "已不再担任代表" in shown(plan, "deputy", ONE).text


@pytest.mark.parametrize(
    ("status", "expected"),
    [("active", ["现任代表：单示例", f"{HOME}站"]), ("former", [f"{HOME}站"]), ("paused", [f"{HOME}站"])],
)
def test_a_former_page_leads_to_who_sits_there_now(status: DeputyStatus, expected: list[str]) -> None:
    """As far as the successor is in office, and to the station in any case."""
    found = view(deputy(ONE, status="former", successor=OTHER), deputy(OTHER, "单示例", status=status))
    assert found.banner is not None
    assert [one.text for one in found.banner.links] == expected


@pytest.mark.parametrize("status", ["former", "paused"])
def test_the_way_on_follows_the_station_that_took_over(status: DeputyStatus) -> None:
    """A home station that was merged is no place to go to."""
    one = deputy(ONE, status=status)
    stations = [station(HOME, status="merged", merged_into=NEW_HOME), station(NEW_HOME)]
    found = deputy_view(planned(register(stations, {HOME: [one]}, area=AREA)), ONE, QR, None)
    assert found.banner is not None
    assert found.banner.links[-1] == Link(text=f"{NEW_HOME}站", path=urls.station(NEW_HOME))


def test_after_the_term_the_last_mandates_are_shown() -> None:
    """A page on the wall does not turn empty on the day a term ends (换届)."""
    one = deputy(ONE, mandates=(mandate(congress="第十八届", end="2026-12-31", electoral_unit="第1选区"),))
    found = view(one, today=date(2027, 1, 1))
    assert facts(found)["任职"] == ["第十八届代表（2021年12月起）"]
    assert (found.levels, found.lead) == ((), "第1选区选出")


def test_groups_lead_to_their_lists() -> None:
    """Each group of the record to the page that lists its people."""
    found = view(deputy(ONE, groups=("法治组",)))
    links = dict(found.facts)["小组"]
    assert links == (Link(text="法治组", path=f"r/{COUNTY}/group/fa-zhi-zu/"),)
