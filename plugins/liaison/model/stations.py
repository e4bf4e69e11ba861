"""Areas and liaison stations: records as they are written, typed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from liaison.quick import quick

from .values import Clock, Day, Decimal, Text

Weekday = Literal["周一", "周二", "周三", "周四", "周五", "周六", "周日"]
ChannelKind = Literal["电话", "留言平台", "小程序", "公众号", "12345", "信箱", "来信"]
OrganKind = Literal["常委会", "主席团", "街道工委", "事务中心"]
StationStatus = Literal["active", "upgrading", "merged", "closed"]
Mode = Literal["线上", "线下", "坐班", "下沉", "固定", "流动"]
HolidayPolicy = Literal["顺延", "顺延一周", "照常", "取消"]
ChangeKind = Literal["改期", "取消", "加开"]
Crs = Literal["gcj02", "wgs84", "bd09", "cgcs2000"]

_CLOSED = ConfigDict(extra="forbid")


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """A person of an organ or station: 站长, 副站长, 联络员."""

    __pydantic_config__ = _CLOSED

    role: Text
    name: Text
    phone: Text | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A way to reach the people's congress; inherited from area to station to deputy."""

    __pydantic_config__ = _CLOSED

    kind: ChannelKind
    label: Text | None = None
    url: Text | None = None
    phone: Text | None = None
    address: Text | None = None
    """Where a letter goes."""
    account: Text | None = None
    """Name of the 公众号 or 小程序 to look for."""
    hours: Text | None = None
    reply_within: Text | None = None
    received_by: Text | None = None
    """Who reads it; the organ or station that declares the channel where left out."""


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """An organ of the congress in the area: 常委会, 主席团, 街道工委, 事务中心."""

    __pydantic_config__ = _CLOSED

    name: Text
    kind: OrganKind
    region: Text
    phone: Text | None = None
    address: Text | None = None
    staff: tuple[Staff, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """What the stations of one folder share: `stations/<area>/area.yml`."""

    __pydantic_config__ = _CLOSED

    region: Text
    organs: Annotated[tuple[Organ, ...], Field(min_length=1)] | None = None
    channels: Annotated[tuple[Channel, ...], Field(min_length=1)] | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A village or community that a station serves, with the names citizens may know it by."""

    __pydantic_config__ = _CLOSED

    name: Text
    formerly: tuple[Text, ...] = ()
    includes: tuple[Text, ...] = ()


def _place(value: object) -> object:
    return {"name": value} if isinstance(value, str) else value


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Location:
    """A point, in degrees, and the coordinate system it was measured in."""

    __pydantic_config__ = _CLOSED

    lng: Decimal
    lat: Decimal
    crs: Crs


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """Opening hours on a list of weekdays, Beijing time."""

    __pydantic_config__ = _CLOSED

    days: Annotated[tuple[Weekday, ...], Field(min_length=1)]
    from_: Annotated[Clock, Field(alias="from")]
    to: Clock


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """Somebody who receives citizens together with the deputies: 法官, 检察官, 局长."""

    __pydantic_config__ = _CLOSED

    role: Text
    org: Text | None = None
    name: Text | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One departure from the rule: `date` is the nominal date (for 加开: the added day)."""

    __pydantic_config__ = _CLOSED

    date: Day
    change: ChangeKind
    to: Day | None = None
    note: Text | None = None


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """A regular reception of citizens: the rule in words, the time, who takes part."""

    __pydantic_config__ = _CLOSED

    rule: Text
    from_: Annotated[Clock, Field(alias="from")]
    to: Clock
    holiday: HolidayPolicy = "顺延"
    mode: tuple[Mode, ...] = ()
    deputies: tuple[Text, ...] = ()
    guests: tuple[Guest, ...] = ()
    place: Text | None = None
    exceptions: tuple[Change, ...] = ()


@quick
@dataclass(frozen=True, slots=True, kw_only=True)
class Station:
    """A liaison station: `stations/<area>/<station>/station.yml`."""

    __pydantic_config__ = _CLOSED

    code: Text
    name: Text
    former_names: tuple[Text, ...] = ()
    """What the station was called before: makes a change of name one. Shown nowhere."""
    short_name: Text | None = None
    kind: Text
    also: tuple[Text, ...] = ()
    parent: Text | None = None
    region: Text
    covers: tuple[Annotated[Place, BeforeValidator(_place)], ...] = ()
    address: Text
    landmark: Text | None = None
    access: Text | None = None
    location: Location | None = None
    phone: Text | None = None
    channels: tuple[Channel, ...] = ()
    hours: tuple[Hours, ...] = ()
    staff: tuple[Staff, ...] = ()
    receptions: tuple[Reception, ...] = ()
    checkin_url: Text | None = None
    status: StationStatus
    merged_into: Text | None = None
    verified_on: Day

    @property
    def label(self) -> str:
        """The short name where there is one: for lists, chips and links."""
        return self.short_name or self.name

    @property
    def is_open(self) -> bool:
        """Whether citizens can go there: active, or open while being upgraded."""
        return self.status in {"active", "upgrading"}
