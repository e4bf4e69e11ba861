import base64
from dataclasses import replace
from datetime import date
from urllib.parse import urldefrag, urljoin

import jinja2
import pytest
from qr_readers import pixels, readings
from rendering import ASSETS, SHELL, page_of, pages_of, planned, renderer, shown

from liaison.model.deputies import Consent
from liaison.model.register import Links, Register
from liaison.model.stations import Area, Change, Channel, Guest, Location, Organ, Place, Staff
from liaison.plan import urls
from liaison.plan.pages import Plan, record_pages
from liaison.render.pages import Renderer, photo_source
from liaison.render.photos import Encoded, PhotoError
from liaison.render.shell import Shell
from support.html import PageFacts, read_page
from support.registers import (
    COUNTY,
    FAR_TOWN,
    OTHER_TOWN,
    TOWN,
    code,
    deputy,
    mandate,
    reception,
    register,
    station,
)
from support.sites import REPOSITORY

A, B, C = code(1), code(2), code(3)
YES = Consent(scope=("photo",), date=date(2026, 1, 5), ref="示例")
HOSTILE = "<img src=x onerror=alert(1)>\"'&<b>%%liaison:body%%{{ 7919 * 7907 }}"
AFTER_THE_TERM = date(2027, 1, 1)


def rich(text: str = "示例") -> Register:
    """A site with a page of every kind and people of every status; `text` stands in every field that takes any."""
    here = station(
        A,
        TOWN,
        name=text,
        short_name=text,
        also=(text,),
        covers=(Place(name=text, formerly=(text,), includes=(text,)),),
        address=text,
        landmark=text,
        access=text,
        phone=text,
        staff=(Staff(role=text, name=text),),
        channels=(Channel(kind="来信", label=text, account=text, address=text, hours=text, received_by=text),),
        location=Location(lng=111.8, lat=27.7, crs="gcj02"),
        receptions=(
            reception(
                guests=(Guest(role=text, org=text, name=text),),
                place=text,
                exceptions=(Change(date=date(2026, 12, 15), change="取消", note=text),),
            ),
        ),
    )
    gone = station(B, OTHER_TOWN, status="merged", merged_into=A)
    person = deputy(
        code(11),
        text,
        employer=text,
        post=text,
        ethnicity=text,
        bio=text,
        specialties=(text, "教育"),
        groups=(text,),
        mandates=(mandate(congress=text, electoral_unit=text, end="2026-12-31"),),
        also_at=(C,),
        consent=YES,
    )
    others = [deputy(code(20 + place), text, status=one) for place, one in enumerate(("former", "paused", "withheld"))]
    area = Area(region=COUNTY, organs=(Organ(name=text, kind="常委会", region=COUNTY, phone=text, address=text),))
    many = [deputy(code(100 + number), f"{text}{number}") for number in range(210)]
    return register(
        [here, gone, station(C, FAR_TOWN)],
        {A: [person, *others], C: many},
        area=area,
        photos={person.code: "p.jpg"},
        name=text,
    )


@pytest.fixture(scope="module", params=[date(2026, 12, 8), AFTER_THE_TERM], ids=["in-term", "after-term"])
def plan(request: pytest.FixtureRequest) -> Plan:
    """The site during the term and on the day after all its mandates ended."""
    return planned(rich(), request.param)


@pytest.fixture(scope="module")
def site(plan: Plan) -> dict[str, bytes]:
    """Its files."""
    render = renderer(plan)
    return {path: data for page in pages_of(plan) for path, data in render.files(page)}


def test_the_files_of_a_page_are_those_of_its_address(plan: Plan) -> None:
    """One page each, and beside a deputy's at most the photo: what is planned tells all that will be written."""
    render = renderer(plan)
    for page in pages_of(plan):
        beside = {urls.photo(page.key[0])} if page.kind == "deputy" else set()
        assert {urls.file(page.path)} <= {path for path, _ in render.files(page)} <= {urls.file(page.path), *beside}
    kinds = {page.kind for page in pages_of(plan)}
    assert kinds >= {"home", "entry", "map", "region", "villages", "roll", "views", "view", "station", "deputy"}


def test_every_link_of_every_page_leads_to_a_file_and_an_anchor_that_is_there(site: dict[str, bytes]) -> None:
    """As a browser resolves it below a path of a portal."""
    base = "https://example.gov.cn/zt/"
    pages = {path: read_page(data.decode()) for path, data in site.items() if path.endswith(".html")}
    checked = 0
    for path, page in pages.items():
        for _, link in page.links():
            address, anchor = urldefrag(urljoin(base + path, link))
            if not address.startswith(base) or any(address.endswith(one) for one in ASSETS.values()):
                continue
            file = (
                urls.file(address.removeprefix(base)) if not address.endswith(".html") else address.removeprefix(base)
            )
            assert file in site, (path, link)
            assert not anchor or anchor in pages[file].ids, (path, link)
            checked += 1
    assert checked > 500


def test_the_same_plan_gives_the_same_bytes(plan: Plan, site: dict[str, bytes]) -> None:
    """Whichever worker renders a page, and in whatever order."""
    render = renderer(planned(plan.register, plan.today))
    assert {path: data for page in reversed([*pages_of(plan)]) for path, data in render.files(page)} == site


def test_pages_of_records_may_be_made_from_part_of_them(plan: Plan, site: dict[str, bytes]) -> None:
    """Turned to a register of some stations with all that they refer to, it gives the same bytes."""
    render, whole = renderer(plan), plan.register
    for home in whole.stations:
        people = {code: one for code, one in whole.deputies.items() if home in (whole.home_of[code], *one.also_at)}
        links = Links(
            at_home={home: whole.links.at_home.get(home, ())},
            also_at={home: whole.links.also_at.get(home, ())},
            below={},
            receives={code: whole.links.receives.get(code, ()) for code in people},
        )
        render.turn_to(replace(whole, deputies=people, known_links=links))
        at_home = [code for code in people if whole.home_of[code] == home]
        for page in record_pages(whole, [home], at_home):
            assert all(site[path] == data for path, data in render.files(page)), page


def test_hostile_text_stays_text_on_every_page() -> None:
    """In every field of every record: no element, no attribute, no template, no slot comes of it."""
    plan = planned(rich(HOSTILE))
    render = renderer(plan)
    told = 0
    for page in pages_of(plan):
        html = dict(render.files(page))[urls.file(page.path)].decode()
        found = read_page(html)
        assert "<img src=x" not in html
        assert not [one for one in found.elements if "onerror" in one.attributes], page.path
        assert not [one for one in found.all("img") if one["src"] == "x"], page.path
        assert "<b>%%" not in html
        assert html.count("<!doctype") == html.count("</html>") == 1
        assert "62615533" not in html
        told += HOSTILE in found.text
    assert told > 10


def found_on(site: dict[str, bytes], plan: Plan, kind: str, *key: str) -> PageFacts:
    return read_page(site[urls.file(page_of(plan, kind, *key).path)].decode())


def test_head_and_title_name_the_page_and_the_site(plan: Plan, site: dict[str, bytes]) -> None:
    """The home page has the site's name alone; every page says in one sentence what it is."""
    assert found_on(site, plan, "home").title == "示例"
    assert found_on(site, plan, "region", COUNTY).title == "涟源市人大代表联络站 - 示例"
    for kind in ("home", "entry", "map", "region", "villages", "roll", "views", "view", "station", "deputy"):
        page = page_of(plan, kind)
        found = found_on(site, plan, kind, *page.key)
        assert found.canonical() == f"https://example.gov.cn/zt/{page.path}"
        assert len(found.meta("description")) >= 5


def test_columns_carry_the_labels_of_government_sites(plan: Plan, site: dict[str, bytes]) -> None:
    """国办发〔2017〕47号: four labels on every column page, the type from its closed list; none on records."""
    listed = {
        "首页",
        "概况信息",
        "机构职能",
        "负责人信息",
        "工作动态",
        "政策文件",
        "通知公告",
        "政策解读",
        "办事服务",
        "咨询投诉",
    }
    for kind in ("home", "entry", "map", "region", "villages", "roll", "views", "view"):
        page = found_on(site, plan, kind)
        assert page.meta("ColumnType") in listed
        assert all(page.meta(f"Column{label}") for label in ("Name", "Description", "Keywords"))
    assert not found_on(site, plan, "station", A).meta("ColumnType")


@pytest.mark.parametrize("short_url", [None, "HTTPS://DB.EXAMPLE.GOV.CN/"])
@pytest.mark.parametrize(("kind", "key"), [("station", A), ("deputy", code(11))])
def test_the_code_of_a_page_leads_to_that_page(short_url: str | None, kind: str, key: str) -> None:
    """Read back by readers of others: the short address where there is one, else the site's own."""
    found = rich()
    plan = planned(register(list(found.stations.values()), {A: [found.deputies[code(11)]]}, short_url=short_url))
    page = shown(plan, kind, key)
    (image,) = [one for one in page.all("img") if one["src"].startswith("data:")]
    expected = (short_url or "https://example.gov.cn/zt/") + page_of(plan, kind, key).path
    assert readings(pixels(base64.b64decode(image["src"].partition(",")[2]))) == {expected}
    assert expected in page.text
    assert f"{key[:3]} {key[3:]}" in page.text


def test_each_page_takes_the_shell_of_its_depth() -> None:
    """The theme's links are relative, so a shell serves one depth only."""
    plan = planned(rich())
    shells = {
        depth: Shell(tuple(one.replace("<main>", f"<main>depth {depth} ") for one in SHELL.pieces))
        for depth in range(8)
    }
    photo = Encoded(b"", 1, 1)
    loader = jinja2.FileSystemLoader(REPOSITORY / "overrides")
    render = Renderer(plan, shells, loader, lambda _code, _path: photo, ASSETS)
    for page in pages_of(plan):
        assert f"depth {page.path.count('/')} ".encode() in dict(render.files(page))[urls.file(page.path)]


def test_a_photo_is_published_beside_the_page(plan: Plan, site: dict[str, bytes]) -> None:
    """Only that of the one in office who consented; the page shows it with its size."""
    assert [path for path in site if path.endswith(".jpg")] == [urls.photo(code(11))]
    (image,) = [
        one for one in found_on(site, plan, "deputy", code(11)).all("img") if not one["src"].startswith("data:")
    ]
    assert (image["src"], image["width"], image["height"]) == (f"../../../{urls.photo(code(11))}", "240", "320")


@pytest.mark.parametrize(
    "change", [{"consent": None}, {"consent": replace(YES, scope=("phone",))}, {"status": "former"}]
)
def test_a_photo_that_may_not_be_shown_is_never_even_read(change: dict[str, object]) -> None:
    """Without consent to it, or after the term, it lies on disk and nowhere else."""
    found = rich()
    person = replace(found.deputies[code(11)], **change)  # type: ignore[arg-type]
    plan = planned(register([station(A), station(C)], {A: [person]}, photos={code(11): "p.jpg"}))
    render = renderer(plan, {"p.jpg": b"no photo"})
    page = page_of(plan, "deputy", code(11))
    assert [path for path, _ in render.files(page)] == [urls.file(page.path)]
    assert photo_source(plan.register, code(11)) is None


def test_the_photo_that_is_shown_is_the_one_handed_in() -> None:
    """Asked for by code and path; what stands against showing it comes out."""
    plan = planned(rich())
    assert photo_source(plan.register, code(11)) == "p.jpg"
    with pytest.raises(PhotoError, match="照片读不出来"):
        list(renderer(plan, {"p.jpg": b"no photo"}).files(page_of(plan, "deputy", code(11))))
