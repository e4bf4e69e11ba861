"""Facts of one site: `site.yml`, trusted and not open to editors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from .values import Day, Switch, Text, Whole

Profile = Literal["人大门户", "政府门户专栏", "内网预览"]
KINDS = ("代表之家", "联络站", "联络点", "代表工作室")

_CLOSED = ConfigDict(extra="forbid")

Unread = object
"""Text, a list or a mapping that nothing uses yet."""

PRINT_COLOUR = "#9b1c20"
"""The deep red of the pages."""

NOT_USED_YET = ("official_services",)
"""Keys that `site.yml` may hold by contract and this version does nothing with; said to whoever writes them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Footer:
    """What a public site must say of itself at the foot of every page."""

    __pydantic_config__ = _CLOSED

    sponsor: Text | None = None
    """主办单位"""
    operator: Text | None = None
    """承办单位"""
    contact: Text | None = None
    """联系方式"""
    site_id: Text | None = None
    """网站标识码"""
    icp: Text | None = None
    """ICP 备案号"""
    police: Text | None = None
    """公安备案号"""
    accessibility: Text | None = None
    """Address of the 无障碍声明, relative to the site or absolute."""
    privacy: Text | None = None
    """Address of the 隐私说明."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LawSources:
    """What the site has of laws besides `laws/`."""

    __pydantic_config__ = _CLOSED

    texts: Text | None = None
    """Folder with texts of laws, relative to the site's root; `laws/texts` where left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintWords:
    """What posters say to those who stand before them."""

    __pydantic_config__ = _CLOSED

    station: Text = "扫一扫 找代表"
    """Beside the code of a station; a blank is a place to break the line."""
    deputy: Text = "扫一扫 找我反映"
    lesson: Text = "扫一扫 听普法"
    finds: Text = "用微信或手机相机扫码：看代表是谁、哪天接待，打电话，留言反映问题。"
    """What a visitor does, and what they find."""
    otherwise: Text = "不扫码也行：打开网址，输入编号"
    """For those who do not scan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """How the site is printed, and who answers for the address that goes onto walls."""

    __pydantic_config__ = _CLOSED

    confirmed_by: Text | None = None
    """Who confirmed that `short_url` will be kept."""
    confirmed_on: Day | None = None
    kept_until: Day | None = None
    """Until when the address is kept at least."""
    verified_within: Whole = 24
    """Hours for which a live check of the codes holds for print."""
    organ: Text | None = None
    """Who has the posters made (监制); the sponsor of the footer where left out."""
    colour: Text = PRINT_COLOUR
    """The one strong colour, `#rrggbb`."""
    logo: Text | None = None
    """A picture of the site's own for the head of posters: SVG or PNG, below the site's root."""
    fonts: Text | None = None
    """Folder with further fonts (OTF, TTF, TTC), for names that the usual one cannot write."""
    icc: Text | None = None
    """ICC profile of the press, CMYK; FOGRA39 where left out."""
    condition: Text | None = None
    """What the profile is called at the printer's."""
    words: PrintWords = field(default_factory=PrintWords)
    copies: dict[str, Whole] = field(default_factory=dict)
    """How many of each kind are ordered; one where left out."""


ROLES = ("拟稿", "审核", "保密审查", "签发")
"""Who signs before something is published, in this order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Approving:
    """Who signs (先审后发)."""

    __pydantic_config__ = _CLOSED

    roles: Annotated[tuple[Text, ...], Field(min_length=1)] = ROLES
    new_days: Switch = False
    """Whether a signed version of the source may be published again when only the day is another."""


Layout = Literal["current", "plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A place that the site is published to, under a name of its own."""

    __pydantic_config__ = _CLOSED

    to: Text
    """A folder, or `user@host:/folder` over SSH."""
    layout: Layout = "current"
    """`current`: releases side by side and a link that is switched; `plain`: one folder, for hosts without links."""
    port: Whole | None = None
    """Of SSH."""
    address: Text | None = None
    """Where what is published there can be fetched, if not at `url`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archiving:
    """How large a single upload may be."""

    __pydantic_config__ = _CLOSED

    megabytes: Whole = 200
    """Of one archive, at most."""
    files: Whole = 20_000
    """In one archive, at most."""
    deletions: Literal["list", "tombstones"] = "list"
    """`tombstones` where nothing can be deleted on the host: what is gone is overwritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Publishing:
    """How the site gets onto its host."""

    __pydantic_config__ = _CLOSED

    targets: dict[str, Goal] = field(default_factory=dict)
    archive: Archiving = field(default_factory=Archiving)
    keep: Whole = 5
    """Releases that are kept on a host, to go back to."""
    brake: Whole = 2
    """Percent of the pages; a release that removes more needs a confirmation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """`site.yml`: name, addresses and what the profile asks for."""

    __pydantic_config__ = _CLOSED

    name: Text
    url: Text
    short_url: Text | None = None
    home_region: Text
    profile: Profile = "人大门户"
    kinds: tuple[Text, ...] = ()
    """Kinds of stations beyond the four of the field."""
    footer: Footer = field(default_factory=Footer)
    sample_notice: Switch = False
    sample_today: Day | None = None
    """The date the sample is built for, only while `sample_notice` is on."""
    media_hosts: tuple[Text, ...] = ()
    """Hosts that recordings of lessons may lie on; asked for nothing before somebody presses play."""
    laws: LawSources | None = None
    print: Printing = field(default_factory=Printing)
    approval: Approving = field(default_factory=Approving)
    publish: Publishing = field(default_factory=Publishing)
    official_services: Unread | None = None

    @property
    def code_base(self) -> str:
        """What every permanent code starts with; ends in a slash."""
        return self.short_url or self.url

    @property
    def station_kinds(self) -> tuple[str, ...]:
        """The kinds a station may have."""
        return (*KINDS, *self.kinds)
