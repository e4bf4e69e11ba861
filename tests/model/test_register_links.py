from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from liaison.model.register import Links, Register
from support.registers import deputy, reception, register, station

T = TypeVar("T")
GENTLE = settings(deadline=None, database=None)


class Watched(Mapping[str, T]):
    """Records, and the codes of those that were looked at."""

    def __init__(self, records: Mapping[str, T]) -> None:
        self.records = records
        self.looked_at: list[str] = []

    def __getitem__(self, code: str) -> T:
        found = self.records[code]
        self.looked_at.append(code)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(self.records)

    def __len__(self) -> int:
        return len(self.records)


def crossed() -> Register:
    """Three stations and three deputies that refer to each other in every way."""
    receptions = (reception(deputies=("2", "1")), reception("每周四", deputies=("1",)))
    return register(
        [station("A"), station("B", parent="A", receptions=receptions), station("C", parent="A")],
        {"A": [deputy("1", also_at=("B",)), deputy("2")], "B": [deputy("3", also_at=("A", "B", "A", "C"))]},
    )


def test_links_are_seen_from_the_one_referred_to() -> None:
    """Home and further stations apart, who belongs to whom, and where a deputy receives; all in file order."""
    links = crossed().links
    assert links == Links(
        at_home={"A": ["1", "2"], "B": ["3"]},
        also_at={"A": ["3"], "B": ["1"], "C": ["3"]},
        below={"A": ["B", "C"]},
        receives={"1": ["B"], "2": ["B"]},
    )


def test_a_reference_counts_once_and_home_is_not_a_further_station() -> None:
    """However often a record names a code."""
    found = crossed()
    assert [one.code for one in found.deputies_at("A")] == ["1", "2", "3"]
    assert [one.code for one in found.deputies_at("B")] == ["3", "1"]
    assert [one.code for one in found.stations_below("A")] == ["B", "C"]


def test_links_that_are_known_are_not_looked_for() -> None:
    """Records are fetched only when they are asked for."""
    whole = crossed()
    stations, deputies = Watched(whole.stations), Watched(whole.deputies)
    part = replace(whole, stations=stations, deputies=deputies, known_links=whole.links)
    assert part.links is whole.links
    assert part.deputies_at("C") == (whole.deputies["3"],)
    assert part.stations_below("A") == (whole.stations["B"], whole.stations["C"])
    assert (stations.looked_at, deputies.looked_at) == (["B", "C"], ["3"])


CODES = st.sampled_from("ABCDEF")
PEOPLE = st.lists(st.tuples(CODES, st.lists(CODES, max_size=4)), max_size=10)


@settings(GENTLE)
@given(PEOPLE)
def test_links_say_what_each_record_says(people: list[tuple[str, list[str]]]) -> None:
    """Nobody is lost, doubled or made up, asked of every station and every deputy in turn."""
    at_home: dict[str, list[object]] = {}
    for number, (home, also_at) in enumerate(people):
        at_home.setdefault(home, []).append(deputy(str(number), also_at=tuple(also_at)))
    found = register([station(code) for code in "ABCDEF"], at_home)  # type: ignore[arg-type]
    for code in "ABCDEF":
        seated = [one.code for one in found.deputies_at(code)]
        assert sorted(seated) == sorted(str(n) for n, (home, also_at) in enumerate(people) if code in (home, *also_at))
        assert all(code in {one.code for one in found.stations_of(deputy)} for deputy in seated)
