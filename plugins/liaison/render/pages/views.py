"""What each citizen page shows, as plain text and links: the contract between page builders and templates.

Templates add markup and nothing else. Paths are relative to the site's root; a template writes `to(path)`.
Words are final Chinese text, not yet escaped. Empty tuples and None mean: leave the section out.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Text that leads to `path` on this site, or to `url` elsewhere; plain text where both are None."""

    text: str
    path: str | None = None
    url: str | None = None
    note: str = ""
    """A short muted addition: 来站代表, a count, a district."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phone:
    """A number to call: `tel` for the link, `shown` for the eye (never broken), `whose` 站 or 本人 or an organ."""

    tel: str
    shown: str
    whose: str
    mark: bool = False
    """Whether `whose` is written beside the number."""
    mark_below: bool = False
    """Whether it is written below, being long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelView:
    """A way to write in: what, where to, when it is read, how soon answered, who receives it."""

    kind: str
    label: str
    url: str | None
    phone: Phone | None
    detail: str
    """Account to look for, or postal address; else empty."""
    promise: str
    """「全天；5个工作日内答复」, or empty."""
    received_by: str
    warns: bool
    """Whether 「请勿填写身份证号」 stands beside it: everywhere a citizen writes text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DateView:
    """One coming reception, held, moved or cancelled."""

    iso: str
    """The day it is held, `YYYY-MM-DD`; when cancelled the day it would have been."""
    start: str
    """`09:00`, for the script."""
    end: str
    day: str
    """「2026年12月17日（周四）」"""
    year: str
    """「2026年」: shown where no script is, and on paper."""
    short_day: str
    """「12月17日（周四）」"""
    time: str
    """「上午9:00—11:30」"""
    remark: str
    """「原15日改期：换届选举」「15日遇假日顺延」「取消：…」「加开」, or empty."""
    cancelled: bool
    tentative: bool
    """Shown with 「待节假日安排公布后确认」."""
    station: Link | None
    """Where, on pages that are not the station's own."""
    people: tuple[Link, ...]
    """Deputies who receive; a deputy of another station has the note 来站代表."""
    guests: str
    """「涟源市人民法院法官同时在站」, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleView:
    """The rule of a regular reception in words, true on every day: comes before any date."""

    words: str
    """「每月15日 上午9:00—11:30，遇节假日顺延」"""
    mode: str
    """「固定 · 线下」, or empty."""
    station: Link | None
    people: tuple[Link, ...]
    guests: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Receptions:
    """The first card of a station or deputy page."""

    rules: tuple[RuleView, ...]
    dates: tuple[DateView, ...]
    until: str
    """「日期列至2027年5月17日」: the last date listed, never today; empty where none is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursView:
    """Opening hours in words, and as data for 现在开放."""

    words: tuple[str, ...]
    """「周一至周五 上午9:00—下午5:00」, a line each."""
    data: str
    """JSON: {"hours": [[[1,2,3,4,5],"09:00","17:00"], …], "off": ["2026-12-31"], "work": ["2027-…"],
    "until": "2026-12-31"}; weekdays 1–7 from Monday; days after `until` have no announced holidays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Qr:
    """The page's own code."""

    image: str
    """`data:` URI of a PNG, 6 px a module, quiet zone included."""
    size: int
    """Pixels of its side."""
    code: str
    """「3F7 K2MC」"""
    url: str
    """What the code holds, in full."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Banner:
    """Why this page is not an ordinary one: merged, closed, upgrading, former, withheld; and where to go on."""

    words: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRow:
    """A deputy in a list."""

    name: str
    path: str
    note: str
    """「县级、乡级 · 婚姻家庭、宅基地」"""
    tag: str = ""
    """「来站」 for a deputy whose home is another station; else empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationRow:
    """A station in a directory."""

    name: str
    path: str
    kind: str
    address: str
    phone: Phone | None
    next: DateView | None
    rule: str
    """「每月15日接待」: stands in for a date that has passed."""
    deputies: int
    covers: str
    """「玉峰社区、某某村等6个村（社区）」, or empty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceView:
    """A village or community of a station: name and 「原某某村；含某某小区」."""

    name: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StationView:
    """A station's page."""

    name: str
    step: str
    """Class of the heading: a smaller step for a long name, else empty."""
    kind: str
    also: tuple[str, ...]
    crumbs: tuple[Link, ...]
    lead: str
    """「三甲乡玉峰社区党群服务中心一楼 · 社区广场旁 · 一楼，有坡道」"""
    banner: Banner | None
    hours: HoursView | None
    receptions: Receptions
    phone: Phone | None
    message: ChannelView | None
    """The channel of the 留言 button."""
    maps: tuple[Link, ...]
    """高德地图, 腾讯地图; empty without a location."""
    channels: tuple[ChannelView, ...]
    deputies: tuple[PersonRow, ...]
    covers: tuple[PlaceView, ...]
    facts: tuple[tuple[str, tuple[Link, ...]], ...]
    """Label and values: 上级站, 下设, 工作人员, 主管机构, 扫码签到."""
    qr: Qr
    verified: str
    """「2026年10月1日」"""
    report: Link | None
    """「信息有误？告诉我们」: where to."""
    poster: Link | None = None
    """The poster to print, where one was made that still holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photo: path on the site and pixels."""

    path: str
    width: int
    height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DeputyView:
    """A deputy's page. A paused or withheld person has only banner, crumbs and qr, and no name."""

    name: str
    """「该代表信息暂不展示」 is the heading of a hidden page."""
    step: str
    crumbs: tuple[Link, ...]
    levels: tuple[str, ...]
    """Chips: 县级, 乡级."""
    lead: str
    """「三甲乡第3选区选出 · 三甲乡玉峰社区党总支书记」"""
    banner: Banner | None
    photo: Photo | None
    receptions: Receptions | None
    phone: Phone | None
    message: ChannelView | None
    way: str
    """「玉峰社区站：涟源市三甲乡…一楼」: where the maps lead."""
    maps: tuple[Link, ...]
    facts: tuple[tuple[str, tuple[Link, ...]], ...]
    """Label and values: 性别, 民族, 关注领域, 小组, 任职, 所在站, 简介; in that order, empty ones left out."""
    channels: tuple[ChannelView, ...]
    qr: Qr
    verified: str
    report: Link | None
    poster: Link | None = None
    """As on the page of a station."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """A figure or entrance on the home page."""

    title: str
    note: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeView:
    """The home page: find, figures, coming receptions, areas, what this is."""

    title: str
    tiles: tuple[Tile, ...]
    """联络站 24 个; 代表 312 人（一人多职按一人计）; 村（社区）名录; 指南."""
    coming: tuple[DateView, ...]
    until: str
    areas: tuple[Link, ...]
    about: tuple[str, ...]
    """Paragraphs: what a liaison station is, who may come, that it is free."""
    lessons: tuple[Link, ...]
    """Series of law lessons, and the way to all of them."""
    guides: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A heading in a list with its anchor and rows."""

    title: str
    anchor: str
    people: tuple[PersonRow, ...] = ()
    stations: tuple[StationRow, ...] = ()
    places: tuple[Link, ...] = ()
    """Villages: text is the village, path its station, note 「三甲乡 · 原某某村 · 玉峰社区站」."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectoryView:
    """A region page, A–Z list, village list or view by level, specialty, group; all of one shape."""

    title: str
    lead: str
    crumbs: tuple[Link, ...]
    ways: tuple[Link, ...]
    """Other views of the same region (联络站, 代表名册, 按级别, 村（社区）名录 …); the present one has no path."""
    subregions: tuple[Link, ...]
    """Regions inside, with counts as note."""
    groups: tuple[Group, ...]
    pages: tuple[Link, ...]
    """Letters or page numbers of a paged list; the present one has no path."""
    until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryView:
    """The code entry page; everything on it works from what a reader types."""

    ways: tuple[Link, ...]
    """Ways for those who have no code: regions, village lists, deputies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MapView:
    """网站地图: every part of the site."""

    sections: tuple[tuple[str, str, tuple[Link, ...]], ...]
    """Heading, anchor, links."""
