import json
import re
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rendering import markup, planned, shown

from liaison.model.deputies import Consent, Contact, Deputy
from liaison.model.stations import Area, Crs, Location, Organ, Staff, Station, StationStatus
from liaison.plan.pages import Plan
from liaison.render.pages import linked_data
from support.registers import COUNTY, OTHER_COUNTY, code, deputy, mandate, register, station

GENTLE = settings(deadline=None, database=None, max_examples=50)
HOME, ONE = code(1), code(11)
AREA = Area(region=COUNTY, organs=(Organ(name="涟源市人大常委会", kind="常委会", region=COUNTY, phone="0738-4420000"),))
BREAKERS = ("</script><script>alert(1)</script>", "<!--", "]]>", '"},{"a":"', "\\", "&lt;/script&gt;", "\u2028", "'")


def plan_of(one: Deputy, here: Station | None = None, *, today: date = date(2026, 12, 8)) -> Plan:
    return planned(register([here or station(HOME)], {HOME: [one]}, area=AREA), today)


def read(plan: Plan, kind: str) -> dict[str, Any]:
    """The data as a search engine reads them from the page."""
    page = shown(plan, kind, ONE if kind == "deputy" else HOME)
    (text,) = [text for element, text in page.scripts if element["type"] == "application/ld+json"]
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_station_is_an_organization() -> None:
    """Name, address, phone, the organ above, and where to find the page."""
    here = station(HOME, name="玉峰社区联络站", short_name="玉峰站", phone="0738-1110000", address="一楼")
    url = f"https://example.gov.cn/zt/S/{HOME[:2]}/{HOME[2:]}/"
    assert read(plan_of(deputy(ONE), here), "station") == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": url,
        "name": "玉峰社区联络站",
        "url": url,
        "identifier": HOME,
        "address": {"@type": "PostalAddress", "addressCountry": "CN", "streetAddress": "一楼"},
        "alternateName": "玉峰站",
        "telephone": "0738-1110000",
        "parentOrganization": {"@type": "Organization", "name": "涟源市人大常委会"},
    }


@pytest.mark.parametrize(("crs", "given"), [("wgs84", True), ("cgcs2000", True), ("gcj02", False), ("bd09", False)])
def test_coordinates_are_given_only_where_they_are_what_schema_org_means(crs: Crs, *, given: bool) -> None:
    """WGS-84, latitude and longitude by name; other systems are hundreds of metres off."""
    here = station(HOME, location=Location(lng=111.8, lat=27.7, crs=crs))
    found = read(plan_of(deputy(ONE), here), "station").get("location")
    expected = {"@type": "Place", "geo": {"@type": "GeoCoordinates", "latitude": 27.7, "longitude": 111.8}}
    assert found == (expected if given else None)


@pytest.mark.parametrize("status", ["merged", "closed"])
def test_a_station_that_is_gone_has_no_phone_and_no_place(status: StationStatus) -> None:
    """A search engine must not send anybody there."""
    here = station(HOME, status=status, phone="0738-1110000", location=Location(lng=111.8, lat=27.7, crs="wgs84"))
    assert not {"telephone", "location"} & set(read(plan_of(deputy(ONE), here), "station"))


def test_staff_of_a_station_are_not_in_the_data() -> None:
    """They are shown on the page; nobody is asked to index them."""
    here = station(HOME, staff=(Staff(role="站长", name="王示例", phone="0738-3330000"),))
    assert "王示例" not in json.dumps(read(plan_of(deputy(ONE), here), "station"), ensure_ascii=False)


def test_a_deputy_is_a_person_with_what_is_public_by_duty() -> None:
    """Mandates not yet ended, employer, fields and home station; nothing that rests on consent or choice."""
    one = deputy(
        ONE,
        "曾示例",
        gender="女",
        ethnicity="土家族",
        employer="玉峰社区",
        post="书记",
        specialties=("婚姻家庭",),
        groups=("法治组",),
        bio="简介",
        photo="photo.jpg",
        contact=Contact(phone="13800000000", phone_is="本人"),
        consent=Consent(scope=("phone", "photo"), date=date(2026, 1, 5), ref="档号"),
        mandates=(mandate(congress="第十八届"), mandate(congress="第十七届", end="2021-12-09")),
    )
    url = "https://example.gov.cn/zt/"
    assert read(plan_of(one), "deputy") == {
        "@context": "https://schema.org",
        "@type": "Person",
        "@id": f"{url}D/{ONE[:2]}/{ONE[2:]}/",
        "name": "曾示例",
        "url": f"{url}D/{ONE[:2]}/{ONE[2:]}/",
        "identifier": ONE,
        "worksFor": {"@type": "Organization", "name": "玉峰社区"},
        "jobTitle": ["第十八届代表"],
        "knowsAbout": ["婚姻家庭"],
        "affiliation": {
            "@type": "Organization",
            "@id": f"{url}S/{HOME[:2]}/{HOME[2:]}/",
            "name": f"{HOME}人大代表联络站",
        },
    }


def test_a_title_that_has_ended_is_no_title() -> None:
    """After the term there is none, and no empty list in its place."""
    one = deputy(ONE, mandates=(mandate(end="2026-12-31"),))
    assert "jobTitle" in read(plan_of(one, today=date(2026, 12, 31)), "deputy")
    assert "jobTitle" not in read(plan_of(one, today=date(2027, 1, 1)), "deputy")


def test_of_a_former_deputy_the_name_remains() -> None:
    """No employer, no title, no station."""
    one = deputy(ONE, "曾示例", status="former", employer="玉峰社区", specialties=("婚姻家庭",))
    assert set(read(plan_of(one), "deputy")) == {"@context", "@type", "@id", "name", "url", "identifier"}


@pytest.mark.parametrize("text", BREAKERS)
def test_no_field_of_a_record_breaks_out_of_the_data(text: str) -> None:
    """Names, employer, address, congress: the script stays one script, and the text comes through whole."""
    one = deputy(ONE, text, employer=text, specialties=(text,), mandates=(mandate(region=OTHER_COUNTY, congress=text),))
    plan = plan_of(one, station(HOME, name=text, short_name=text, address=text))
    for kind, key, field in (("deputy", ONE, "name"), ("station", HOME, "name")):
        html = markup(plan, kind, key)
        assert html.count("<script") == html.count("</script>") == 1
        assert "<!--" not in html
        assert read(plan, kind)[field] == text


@settings(GENTLE)
@given(
    st.recursive(
        st.text(max_size=20),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    )
)
def test_any_data_can_be_read_back_and_hold_no_markup(data: Any) -> None:
    """Between the tags stand no `<`, `>` or `&` at all."""
    script = linked_data.script({"data": data})
    found = re.fullmatch(r'<script type="application/ld\+json">([^<>&]*)</script>', script)
    assert found
    assert json.loads(found[1]) == {"@context": "https://schema.org", "data": data}
