"""What the pages of the deputies of one station share: worked out once, when the first of them needs it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property

from liaison.model.stations import Station
from liaison.plan.diary import Regular
from liaison.plan.pages import Plan
from liaison.render.pages import parts
from liaison.render.pages.views import ChannelView, Link, Phone, Receptions, RuleView


class Home:
    """The home station of deputies, as their pages show it."""

    def __init__(self, plan: Plan, code: str) -> None:
        self._plan = plan
        self.code = code
        self._receptions: dict[tuple[int, ...], tuple[Sequence[Regular], Receptions]] = {}
        self._without: dict[bool, Receptions] = {}

    @cached_property
    def station(self) -> Station:
        """Its record."""
        return self._plan.register.stations[self.code]

    @cached_property
    def link(self) -> Link:
        """The station by its short name."""
        return parts.station_link(self.station)

    @cached_property
    def successor(self) -> Link:
        """The station that does its work now; itself if it is not merged."""
        return parts.station_link(self._plan.register.successor(self.code))

    @cached_property
    def crumbs(self) -> tuple[Link, ...]:
        """The regions around it, and the station."""
        return (*parts.crumbs(self._plan, self.station.region), self.link)

    @cached_property
    def phone(self) -> Phone | None:
        """The number for those who have none of their own."""
        return parts.station_phone(self._plan, self.station)

    @cached_property
    def channels(self) -> tuple[ChannelView, ...]:
        """The channels for those who have none of their own."""
        return tuple(parts.channel_view(one, to) for one, to in self._plan.register.station_channels(self.code))

    @cached_property
    def message(self) -> ChannelView | None:
        """Of these the one behind the 留言 button."""
        return parts.message(self.channels)

    @cached_property
    def way(self) -> str:
        """「玉峰社区站：涟源市三甲乡…一楼」, or empty."""
        return f"{self.station.label}：{self.station.address}" if self.station.is_open else ""

    @cached_property
    def maps(self) -> tuple[Link, ...]:
        """Links to map services."""
        return parts.maps(self.station) if self.station.is_open else ()

    @cached_property
    def groups(self) -> tuple[str, Mapping[str, str]]:
        """The region that keeps the roll, and the slugs of its groups."""
        region = self._plan.land.roll_region(self.station.region)
        return region, self._plan.slugs.get((region, "group"), {})

    def receptions(self, deputy: str, *, can_call: bool) -> Receptions:
        """The deputy's own reception days; who has none says so, and how to meet all the same."""
        regular = self._plan.diary.regular_of(deputy)
        if not regular:
            return self._without_days(can_call=can_call)
        key = tuple(map(id, regular))  # the value holds them, so that no other object can have these numbers
        if key not in self._receptions:
            coming = self._plan.diary.coming_of(deputy)
            self._receptions[key] = regular, parts.receptions(self._plan, regular, coming, with_station=True)
        return self._receptions[key][1]

    def _without_days(self, *, can_call: bool) -> Receptions:
        if can_call not in self._without:
            words = "没有固定的接待日" + ("，见面请先打电话约时间" if can_call else "")
            at_station = bool(self._plan.diary.regular(self.code))
            rule = RuleView(
                words=words + ("；也可以在联络站的接待日到站反映情况：" if at_station else ""),
                mode="",
                station=self.link if at_station else None,
                people=(),
                guests="",
            )
            self._without[can_call] = Receptions(rules=(rule,), dates=(), until="")
        return self._without[can_call]
