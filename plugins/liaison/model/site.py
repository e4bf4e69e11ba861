"""Facts of one site: `site.yml`, trusted and not open to editors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from pydantic import ConfigDict

from .values import Day, Switch, Text

Profile = Literal["人大门户", "政府门户专栏", "内网预览"]
KINDS = ("代表之家", "联络站", "联络点", "代表工作室")

_CLOSED = ConfigDict(extra="forbid")

Unread = object
"""Text, a list or a mapping that nothing uses yet."""

NOT_USED_YET = ("print", "official_services")
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
    print: Unread | None = None
    official_services: Unread | None = None

    @property
    def code_base(self) -> str:
        """What every permanent code starts with; ends in a slash."""
        return self.short_url or self.url

    @property
    def station_kinds(self) -> tuple[str, ...]:
        """The kinds a station may have."""
        return (*KINDS, *self.kinds)
