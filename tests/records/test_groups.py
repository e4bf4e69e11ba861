"""What is said once for many: gathered in parts, it names the same people as gathered at once."""

from __future__ import annotations

from collections.abc import Iterator
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from liaison.records.case import Case
from liaison.records.document import Path
from liaison.records.filed import Filed
from liaison.records.rules.rule import NAMED, Group, Key, notice_together
from support.small import AREA

FOLDERS = [f"{AREA}{end}" for end in ("", "-2", "/a", "/a-b", "/b")]
PLACES = st.tuples(st.sampled_from(FOLDERS), st.integers(0, 30), st.integers(0, 2), st.sampled_from("甲乙"))


def grouped(places: list[tuple[str, int, int, str]]) -> dict[Key, Group]:
    """What a rule gathers of records in these places, by the last of each."""

    def gather(_case: Case) -> Iterator[tuple[Key, Filed[object], Path, str]]:
        for folder, number, item, key in places:
            filed: Filed[object] = Filed(f"{folder}/{number:02}.yml", (), None)
            yield (key,), filed, ("mandates", item, "end"), f"示例{number}"

    rule = notice_together("thing/what", lambda _key, _group: ("", ""))(gather)
    return rule.groups(None)  # type: ignore[arg-type]


@given(st.lists(PLACES, unique=True), st.data())
def test_groups_of_parts_add_up_to_that_of_the_whole(
    places: list[tuple[str, int, int, str]], data: st.DataObject
) -> None:
    """In any parts and any order: the count of all, and the first few in file order."""
    parts: dict[int, list[tuple[str, int, int, str]]] = {number: [] for number in range(3)}
    for one in data.draw(st.permutations(places)):
        parts[data.draw(st.integers(0, 2))].append(one)
    made = [grouped(part) for part in data.draw(st.permutations(list(parts.values())))]
    whole = grouped(places)
    for key in whole:
        added = reduce(lambda one, other: one + other, (groups[key] for groups in made if key in groups))
        assert added == whole[key]
        assert added.count == sum((one[3],) == key for one in places)
        assert len(added.first) == min(NAMED, added.count)
        assert [one.file.split("/") for one in added.first] == sorted(one.file.split("/") for one in added.first)
    assert set().union(*made) == set(whole)
