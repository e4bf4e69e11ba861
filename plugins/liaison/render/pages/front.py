"""The pages that lead into the site: home, code entry, site map."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from liaison.plan import urls
from liaison.plan.lectures import BY_TOPIC, CITED, ROOM
from liaison.plan.pages import Plan
from liaison.render import words
from liaison.render.pages import parts
from liaison.render.pages.directory import subregion
from liaison.render.pages.lectures import series_links
from liaison.render.pages.views import EntryView, HomeView, Link, MapView, Tile

_ABOUT = (
    "人大代表联络站是人大代表联系群众的固定场所。代表按公布的日期在站里接待群众，听取意见和建议。",
    "住在附近的群众都可以来，不收费，不用预约。来之前可以先打电话，问清当天有哪些代表在站。",
    "急事、诉讼和信访事项请走相应的法定渠道；代表不直接处理个案，会按程序转交有关单位并向您反馈。",
)


def home_view(plan: Plan, guides: Sequence[Link]) -> HomeView:
    """The home page."""
    site, home = plan.register.site, plan.atlas.top
    dates = tuple(parts.date_view(plan, one, with_station=True) for one in plan.atlas.first())
    stations = plan.atlas.count_stations(home) if home else 0
    tiles = [Tile(title="联络站", note=f"{stations}个", path=urls.region(home) if home else urls.MAP)]
    count = plan.atlas.count_deputies(home) if home else 0
    if count:
        tiles.append(Tile(title="代表", note=f"{count}人（一人多职按一人计）", path=_rolls(plan)))
    if plan.places:
        tiles.append(
            Tile(
                title="村（社区）名录",
                note=f"{plan.atlas.count_covers(home) if home else 0}个村、社区",
                path=_villages(plan),
            )
        )
    if plan.lectures.published:
        tiles.append(Tile(title=ROOM, note=f"{len(plan.lectures.published)}讲", path=urls.lessons()))
    tiles.append(Tile(title="按编号查找", note="海报、门牌上的7位编号", path=urls.ENTRY))
    return HomeView(
        title="找到您身边的代表",
        tiles=tuple(tiles),
        coming=dates,
        until=f"列出最近{len(dates)}场，至{words.day(date.fromisoformat(dates[-1].iso))}" if dates else "",
        areas=tuple(subregion(plan, one.code) for one in plan.atlas.areas()),
        about=(f"这里是{site.name}的公开信息。", *_ABOUT),
        lessons=series_links(plan),
        guides=tuple(guides),
    )


def _villages(plan: Plan) -> str:
    """The only list of villages, or all of them on the site map."""
    return urls.villages(min(plan.places)) if len(plan.places) == 1 else f"{urls.MAP}#villages"


def _rolls(plan: Plan) -> str:
    """The only roll, or all of them on the site map."""
    return urls.roll(min(plan.atlas.rolls)) if len(plan.atlas.rolls) == 1 else f"{urls.MAP}#rolls"


def entry_view(plan: Plan) -> EntryView:
    """The code entry page: also leads on those who have no code."""
    home = plan.atlas.top
    ways = [Link(text="按地区查找联络站", path=urls.region(home))] if home else []
    if plan.places:
        ways.append(Link(text="按村、社区查找", path=_villages(plan)))
    if plan.atlas.rolls:
        ways.append(Link(text="按姓名查找代表", path=_rolls(plan)))
    return EntryView(ways=tuple(ways))


def _lessons(plan: Plan) -> tuple[Link, ...]:
    """Series, topics and laws; nothing where there are no lessons."""
    lectures = plan.lectures
    ways = [Link(text="全部课程", path=urls.lessons())] if lectures.library.series else []
    ways += series_links(plan)
    if lectures.topics:
        ways.append(Link(text=BY_TOPIC, path=urls.topics()))
    if lectures.articles:
        ways.append(Link(text=CITED, path=urls.laws()))
    return tuple(ways)


def map_view(plan: Plan, guides: Sequence[Link]) -> MapView:
    """网站地图: ways in, regions down to the county, rolls, village lists, guides."""
    regions = plan.register.regions
    shown = tuple(one for one in plan.atlas.regions() if one.level in {"省级", "市级", "县级", "功能区"})
    sections = (
        ("首页与查找", "find", (Link(text="首页", path=urls.HOME), Link(text="按编号查找", path=urls.ENTRY))),
        ("按地区找联络站", "regions", tuple(subregion(plan, one.code) for one in shown or plan.atlas.regions())),
        (
            "村（社区）名录",
            "villages",
            tuple(Link(text=regions[one].name, path=urls.villages(one)) for one in sorted(plan.places)),
        ),
        (
            "代表名册",
            "rolls",
            tuple(
                Link(text=regions[one].name, path=urls.roll(one), note=f"{plan.atlas.count_on_roll(one)}位代表")
                for one in sorted(plan.atlas.rolls)
            ),
        ),
        (ROOM, "lessons", _lessons(plan)),
        ("指南", "guides", tuple(guides)),
    )
    return MapView(sections=tuple(section for section in sections if section[2]))
