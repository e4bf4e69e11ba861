"""Directories: regions, village lists, rolls A–Z, and views by level, specialty and group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from liaison.plan import urls
from liaison.plan.listing import Person, Post, Sort
from liaison.plan.pages import SORTS, Chunk, Plan
from liaison.render import words
from liaison.render.pages import parts
from liaison.render.pages.views import DirectoryView, Group, Link, PersonRow


def region_view(plan: Plan, code: str) -> DirectoryView:
    """The directory of a region: what lies in it, and its own stations."""
    region = plan.register.regions[code]
    stations = plan.atlas.posts(code)
    inside = plan.atlas.subregions(code)
    total = plan.atlas.count_stations(code)
    title = "本级联络站" if inside else "联络站"
    return DirectoryView(
        title=region.name,
        lead=f"{total}个联络站 · {plan.atlas.count_deputies(code)}位代表（一人多职按一人计）",
        crumbs=parts.crumbs(plan, code, itself=False),
        ways=ways(plan, code, urls.region(code)),
        subregions=tuple(subregion(plan, one.code) for one in inside),
        groups=(_stations(title, stations),) if stations else (),
        pages=(),
    )


def subregion(plan: Plan, code: str) -> Link:
    """A region inside another, with what it holds."""
    count = plan.atlas.count_deputies(code)
    note = words.joined((f"{plan.atlas.count_stations(code)}个站", f"{count}位代表" if count else None))
    return Link(text=plan.register.regions[code].name, path=urls.region(code), note=note)


def _stations(title: str, posts: Iterable[Post]) -> Group:
    return Group(title=title, anchor="stations", stations=tuple(parts.station_row(one) for one in posts))


def ways(plan: Plan, code: str, here: str) -> tuple[Link, ...]:
    """The views of the region that keeps the roll; the present one has no path."""
    found = [(urls.region(code), "联络站")]
    if code in plan.places:
        found.append((urls.villages(code), "村（社区）名录"))
    if code in plan.atlas.rolls:
        found.append((urls.roll(code), "代表名册"))
        found += [(urls.views(code, sort), title) for sort, title in SORTS.items() if plan.values(code, sort)]
    if len(found) == 1:
        return ()
    return tuple(Link(text=text, path=None if path == here else path) for path, text in found)


def villages_view(plan: Plan, code: str) -> DirectoryView:
    """Villages and communities of a region by township, each leading to its station."""
    by_township: dict[str, list[Link]] = {}
    for post in plan.atlas.posts_on_roll(code):
        township = plan.atlas.chain(post.region)[-1].name
        for place in post.covers:
            note = words.joined((township, parts.place_note(place), post.label))
            link = Link(text=place.name, path=urls.station(post.code), note=note)
            by_township.setdefault(township, []).append(link)
    name = plan.register.regions[code].name
    return DirectoryView(
        title=f"{name}村（社区）名录",
        lead="找到您住的村或社区，就找到了联络站。",
        crumbs=parts.crumbs(plan, code),
        ways=ways(plan, code, urls.villages(code)),
        subregions=(),
        groups=tuple(
            Group(title=township, anchor=f"t{number}", places=tuple(places))
            for number, (township, places) in enumerate(by_township.items(), 1)
        ),
        pages=(),
    )


def roll_view(plan: Plan, code: str, path: str) -> DirectoryView:
    """A region's roll A–Z, or one page of it; without a path the list of letters."""
    chunks = plan.roll_chunks(code)
    chunk = next((one for one in chunks if one.path == (path or urls.roll(code))), None)
    name = plan.register.regions[code].name
    groups: dict[str, list[Person]] = {}
    for one in _part(plan.atlas.roll(code), chunk) if chunk else ():
        groups.setdefault(one.reading.initial, []).append(one)
    return DirectoryView(
        title=f"{name}代表名册",
        lead=f"共{plan.atlas.count_on_roll(code)}位代表，按姓氏读音排列。",
        crumbs=parts.crumbs(plan, code),
        ways=ways(plan, code, urls.roll(code) if not path or path == urls.roll(code) else ""),
        subregions=(),
        groups=tuple(
            Group(
                title="其他" if letter == "#" else letter,
                anchor="other" if letter == "#" else letter,
                people=_rows(people),
            )
            for letter, people in groups.items()
        ),
        pages=_page_links(chunks, path),
    )


def _part(people: Sequence[Person], chunk: Chunk) -> Sequence[Person]:
    return people[chunk.first : chunk.first + chunk.count]


def _rows(people: Iterable[Person]) -> tuple[PersonRow, ...]:
    return tuple(parts.listed_row(one) for one in people)


def _page_links(chunks: Sequence[Chunk], here: str) -> tuple[Link, ...]:
    if len(chunks) == 1:
        return ()
    return tuple(
        Link(
            text=one.label,
            path=None if one.path == here else one.path,
            note=f"{one.count}位",
        )
        for one in chunks
    )


def views_view(plan: Plan, code: str, sort: Sort) -> DirectoryView:
    """All levels, specialties or groups of a region, with how many deputies each has."""
    name = plan.register.regions[code].name
    return DirectoryView(
        title=f"{name}代表：{SORTS[sort]}",
        lead=_LEADS[sort],
        crumbs=parts.crumbs(plan, code),
        ways=ways(plan, code, urls.views(code, sort)),
        subregions=tuple(
            Link(text=value, path=urls.view(code, sort, plan.slugs[code, sort][value]), note=f"{count}位代表")
            for value, count in plan.values(code, sort).items()
        ),
        groups=(),
        pages=(),
    )


_LEADS: dict[Sort, str] = {
    "level": "一位代表可以同时担任几级代表，在每一级下都会列出。",
    "specialty": "按代表关注的领域查找，带着问题找对人。",
    "group": "代表按行业、领域、专业组成的小组。",
}


def view_view(plan: Plan, code: str, sort: Sort, value: str, path: str) -> DirectoryView:
    """The deputies of one level, specialty or group."""
    chunks = plan.view_chunks(code, sort, value)
    chunk = next(one for one in chunks if one.path == path)
    name = plan.register.regions[code].name
    title = f"{value}人大代表" if sort == "level" else value
    people = plan.atlas.holders(code, sort, value)
    return DirectoryView(
        title=title,
        lead=f"{name}，共{len(people)}位代表。",
        crumbs=(*parts.crumbs(plan, code), Link(text=SORTS[sort], path=urls.views(code, sort))),
        ways=(),
        subregions=(),
        groups=(Group(title="代表", anchor="people", people=_rows(_part(people, chunk))),),
        pages=_page_links(chunks, path),
    )
