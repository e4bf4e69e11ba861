"""Made-up offices whose records are edited at random, rightly and wrongly, by somebody who knows who is who.

What an edit did to a code is told by the identity of Python objects, never by names.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from liaison.model import codes
from liaison.model.holders import HolderKind

Outcome = tuple[str, Literal["vanished", "changed", "reused"], str]
"""A code, what became of it, and the code that its holder has now, if any."""

_HAN = "安邦诚德恩福刚光海和虹华辉建江杰锦静康乐礼立良林明宁平强清荣"
STATUSES = {"station": ("active", "upgrading", "closed"), "deputy": ("active", "former", "paused", "withheld")}


@dataclass(eq=False)
class Body:
    """A station or a person, whatever the record says."""

    kind: HolderKind
    name: str
    code: str
    folder: str
    file: str
    formerly: list[str] = field(default_factory=list)
    status: str = "active"
    phone: int = 0

    @property
    def is_hidden(self) -> bool:
        """Whether nothing of it may be shown."""
        return self.status in {"paused", "withheld"}


@dataclass(frozen=True)
class Then:
    """How a record was when the version to compare with was made."""

    body: Body
    name: str
    code: str
    file: str
    formerly: tuple[str, ...]
    is_hidden: bool


class Office:
    """Stations and deputies, and what a clerk may do to their records."""

    def __init__(self, seed: int, names: Callable[[], str] | None = None) -> None:
        self.random = random.Random(seed)
        self._number = 0
        self._names = names or self._new_name
        self._drawn: set[str] = set()
        self._gone: list[Body] = []
        self._undone: list[Body] = []
        self.bodies: list[Body] = []
        for _ in range(self.random.randint(1, 3)):
            self.add_station()
        for _ in range(self.random.randint(2, 6)):
            self.add_deputy()
        for body in self.bodies:
            body.formerly = [self._names() for _ in range(self.random.choice((0, 0, 0, 1, 2)))]
            body.status = self.random.choice((*STATUSES[body.kind], "active", "active"))
        self.before = tuple(
            Then(one, one.name, one.code, one.file, tuple(one.formerly), one.is_hidden) for one in self.bodies
        )

    @property
    def right(self) -> tuple[Callable[[], None], ...]:
        """Edits that take no code from anybody."""
        return (
            *(self.add_station, self.add_deputy, self.edit, self.rename, self.take_name_back, self.tidy, self.move),
            *(self.mark, self.mark, self.reorder),
        )

    @property
    def wrong(self) -> tuple[Callable[[], None], ...]:
        """Edits after which some code is not where it was; several of them may mend one another."""
        return (
            *(self.delete, self.recode, self.recode_and_rename, self.swap, self.rotate, self.overwrite, self.inherit),
            *(self.change_kind, self.bring_back, self.bring_back_anew),
        )

    def work(self, most: int = 8) -> None:
        """Some edits, of either sort."""
        for _ in range(self.random.randint(1, most)):
            self.random.choice(self.random.choice((self.right, self.right, self.wrong)))()

    def expected(self, *, is_masked: bool = False) -> list[Outcome]:
        """What became of the codes; where names of hidden people are masked, as far as it can be told."""
        return sorted(self._outcomes(is_masked))

    def _outcomes(self, is_masked: bool) -> Iterator[Outcome]:
        then_of = {then.body: then for then in self.before}
        for then in self.before:
            body, has = then.body, next((one for one in self.bodies if one.code == then.code), None)
            if has is body:
                continue
            is_seen = not is_masked or not (then.is_hidden or body.is_hidden)
            other = body.code if body in self.bodies and is_seen else ""
            if has is None:
                yield then.code, "changed" if other else "vanished", other
                continue
            if is_masked and has.kind == body.kind and (then.is_hidden or has.is_hidden):
                came_from = then_of.get(has)
                is_stranger = came_from is not None and not came_from.is_hidden and not has.is_hidden
                other = other if other in {one.code for one in self.before} else ""
                if not is_stranger and not other:
                    continue
            yield then.code, "reused", other

    # What is right.

    def add_station(self) -> None:
        """A new station with a fresh code."""
        self._number += 1
        folder = f"stations/lianyuan/o{self._number}"
        name = f"{self._names()}站"
        self.bodies.append(Body("station", name, self._fresh(), folder, f"{folder}/station.yml"))

    def add_deputy(self) -> None:
        """A new deputy with a fresh code."""
        self.bodies.append(self._newcomer(self._fresh()))

    def edit(self) -> None:
        """Another telephone number."""
        self._any().phone += 1

    def rename(self) -> None:
        """Another name, and the old one written down."""
        self._rename(self._any())

    def take_name_back(self) -> None:
        """A change of name that the earlier version had is undone.

        Whoever then writes a third name, and only the first beside it, cannot be told from a newcomer on the record.
        """
        for then in self.before:
            if then.body in self.bodies and then.formerly and self.random.random() < 0.5:
                then.body.name, then.body.formerly = then.formerly[-1], list(then.formerly[:-1])
                self._undone.append(then.body)

    def tidy(self) -> None:
        """Names of long ago are dropped from records whose name is still the same."""
        for then in self.before:
            if then.body in self.bodies and then.body.name == then.name:
                then.body.formerly = []

    def move(self) -> None:
        """The file lies elsewhere."""
        body = self._any()
        self._number += 1
        if body.kind == "station":
            body.folder = f"stations/lianyuan/o{self._number}"
            body.file = f"{body.folder}/station.yml"
        else:
            body.file = f"{self._folder()}/deputies/p{self._number}.yml"

    def mark(self) -> None:
        """Closed, left office, hidden, or back again."""
        body = self._any()
        body.status = self.random.choice(STATUSES[body.kind])

    def reorder(self) -> None:
        """Nothing but the order is another."""
        self.random.shuffle(self.bodies)

    # What is wrong.

    def delete(self) -> None:
        """A record is gone."""
        self._drop(self._any())

    def recode(self) -> None:
        """A fresh code for somebody who had one."""
        self._any().code = self._fresh()

    def recode_and_rename(self) -> None:
        """A fresh code together with a change of name."""
        body = self._any()
        self._rename(body)
        body.code = self._fresh()

    def swap(self) -> None:
        """Two exchange their codes."""
        one, other = self._any(), self._any()
        one.code, other.code = other.code, one.code

    def rotate(self) -> None:
        """Codes go round among several."""
        some = self.random.sample(self.bodies, min(3, len(self.bodies)))
        for body, code in zip(some, [body.code for body in (*some[1:], some[0])], strict=True):
            body.code = code

    def overwrite(self) -> None:
        """A newcomer is written over somebody's record, which keeps its code and what it said of former names."""
        body = self._any()
        left = next((list(then.formerly) for then in self.before if then.body is body), [])
        fresh = Body(body.kind, self._like(body), body.code, body.folder, body.file, left, body.status)
        self._drop(body)
        self.bodies.append(fresh)

    def inherit(self) -> None:
        """A newcomer with a record of their own gets the code of somebody whose record is deleted."""
        body = self._any()
        self._drop(body)
        self.bodies.append(self._newcomer(body.code))

    def change_kind(self) -> None:
        """What was a station's code is a deputy's; the station gets another."""
        body = next((one for one in self.bodies if one.kind == "station"), None)
        if body is not None:
            self.bodies.append(self._newcomer(body.code))
            body.code = self._fresh()

    def bring_back(self) -> None:
        """Somebody whose record was deleted is there again, with the code if nobody has it."""
        if self._gone:
            body = self._gone.pop()
            if body.code in {one.code for one in self.bodies}:
                body.code = self._fresh()
            if body.file in {one.file for one in self.bodies}:
                self._number += 1
                body.folder = f"stations/lianyuan/o{self._number}"
                last = "station.yml" if body.kind == "station" else f"deputies/p{self._number}.yml"
                body.file = f"{body.folder}/{last}"
            self.bodies.append(body)

    def bring_back_anew(self) -> None:
        """The same with a fresh code."""
        if self._gone:
            self._gone[-1].code = self._fresh()
            self.bring_back()

    def _rename(self, body: Body) -> None:
        if body not in self._undone:
            body.formerly.append(body.name)
            body.name = self._like(body)

    def _any(self) -> Body:
        if not self.bodies:
            self.add_deputy()
        return self.random.choice(self.bodies)

    def _drop(self, body: Body) -> None:
        self.bodies.remove(body)
        self._gone.append(body)

    def _newcomer(self, code: str) -> Body:
        self._number += 1
        folder = self._folder()
        return Body("deputy", self._names(), code, folder, f"{folder}/deputies/p{self._number}.yml")

    def _folder(self) -> str:
        folders = [one.folder for one in self.bodies if one.kind == "station"]
        return self.random.choice(folders or ["stations/lianyuan/yufeng"])

    def _like(self, body: Body) -> str:
        return f"{self._names()}站" if body.kind == "station" else self._names()

    def _new_name(self) -> str:
        self._number += 1
        high, low = divmod(self._number, len(_HAN))
        return f"王{_HAN[high]}{_HAN[low]}"

    def _fresh(self) -> str:
        code = codes.draw(self.random.choice, self._drawn)
        self._drawn.add(code)
        return code


Names = tuple[HolderKind, set[str], set[str]]
"""All that a record tells of who has it: kind, name, and the names that it may be found under."""


def names_then(office: Office) -> dict[str, Names]:
    """What the records told, by code: the name they had, and those before it."""
    return {one.code: (one.body.kind, {one.name}, {*one.formerly}) for one in office.before}


def names_now(office: Office) -> dict[str, Names]:
    """What the records tell, by code: the name they have, and all names."""
    return {one.code: (one.kind, {one.name}, {one.name, *one.formerly}) for one in office.bodies}


def fits(was: Names, now: Names) -> bool:
    """Whether two records may be of one person, by all that is written."""
    return was[0] == now[0] and bool(was[1] & now[2] or was[2] & now[1])
