"""Which regions have a directory, and what each of them holds, put together from the listings of the parts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from liaison.model.regions import Region

from .diary import Sitting
from .land import Land
from .listing import COMING, Listing, Person, Post, Roll, Sort


class Atlas:
    """The regions shown on a site: the home region and what lies in it, as far as there are open stations."""

    def __init__(self, land: Land, listings: Sequence[Listing]) -> None:
        self.land = land
        self._listings = tuple(listings)
        self._stations: Counter[str] = Counter()
        self._covers: Counter[str] = Counter()
        self._deputies: Counter[str] = Counter()
        self.rolls: dict[str, Roll] = defaultdict(Roll)
        """Active deputies in figures, by the region that keeps a roll."""
        self._sorted: dict[str, tuple[Person, ...]] = {}
        direct: Counter[str] = Counter()
        covers: Counter[str] = Counter()
        for one in self._listings:
            direct.update(one.tally.stations)
            covers.update(one.tally.covers)
            self._deputies.update(one.tally.deputies)
            for region, roll in one.tally.rolls.items():
                self.rolls[region] = _added(self.rolls[region], roll)
        for region, count in direct.items():
            for around in land.chain(region):
                self._stations[around.code] += count
                self._covers[around.code] += covers[region]
        self.places = frozenset(land.roll_region(region) for region, count in covers.items() if count)
        """Regions with a list of villages: those whose stations say what they cover."""

    def regions(self) -> tuple[Region, ...]:
        """All regions that have a directory, by code."""
        return tuple(self.land.regions[code] for code in sorted(self._stations))

    def __contains__(self, region: object) -> bool:
        """Whether a region has a directory."""
        return region in self._stations

    def chain(self, region: str) -> tuple[Region, ...]:
        """The shown regions around a region, outermost first."""
        return self.land.chain(region)

    def subregions(self, region: str) -> tuple[Region, ...]:
        """The regions directly inside that have a directory."""
        return tuple(one for one in self.land.regions.children(region) if one.code in self._stations)

    def posts(self, region: str) -> tuple[Post, ...]:
        """Open stations that belong to the region itself, not to one inside it, in file order."""
        found = (post for one in self._listings for post in one.posts.get(region, ()))
        return tuple(sorted(found, key=lambda post: post.order))

    def posts_on_roll(self, region: str) -> tuple[Post, ...]:
        """Open stations whose deputies stand on the region's roll, in file order."""
        found = (
            post
            for one in self._listings
            for direct in one.tally.stations
            if self.land.roll_region(direct) == region
            for post in one.posts.get(direct, ())
        )
        return tuple(sorted(found, key=lambda post: post.order))

    def count_stations(self, region: str) -> int:
        """Open stations of the region and all regions inside."""
        return self._stations[region]

    def count_covers(self, region: str) -> int:
        """Villages and communities that these stations serve."""
        return self._covers[region]

    def count_deputies(self, region: str) -> int:
        """Active deputies at the region's stations, each person once (一人多职按一人计)."""
        return self._deputies[region]

    @property
    def top(self) -> str | None:
        """The outermost region shown; None on a site without open stations."""
        home = self.land.home
        return home if home in self._stations else min(self._stations, key=lambda code: (len(code), code), default=None)

    def areas(self) -> tuple[Region, ...]:
        """The regions the home page offers: those directly inside the outermost one, or that one itself."""
        top = self.top
        if top is None:
            return ()
        return self.subregions(top) or (self.land.regions[top],)

    def count_on_roll(self, region: str) -> int:
        """How many deputies the region's roll holds."""
        return self.rolls[region].people if region in self.rolls else 0

    def roll(self, region: str) -> tuple[Person, ...]:
        """Active deputies on the region's roll, by the reading of their names."""
        if region not in self._sorted:
            found = (person for one in self._listings for person in one.people.get(region, ()))
            self._sorted[region] = tuple(sorted(found, key=lambda person: person.order))
        return self._sorted[region]

    def holders(self, region: str, sort: Sort, value: str) -> tuple[Person, ...]:
        """Those on the region's roll who have this level, specialty or group."""
        return tuple(person for person in self.roll(region) if value in person.values(sort))

    def first(self) -> tuple[Sitting, ...]:
        """The soonest receptions at stations of the outermost region."""
        inside = (sitting for one in self._listings for sitting in one.tally.first.get(self.top or "", ()))
        return tuple(sorted(inside, key=lambda sitting: sitting.order)[:COMING])


def _added(one: Roll, other: Roll) -> Roll:
    values = {sort: one.values[sort] + other.values[sort] for sort in one.values}
    return Roll(one.people + other.people, one.letters + other.letters, values)
