"""Records that are pickled by the hundred thousand come back as they were."""

from __future__ import annotations

import copy
import importlib
import pickle
import re
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, dataclass, fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import liaison
from liaison.model.deputies import Deputy
from liaison.model.stations import Change, Guest, Hours, Location, Place, Staff, Station
from liaison.plan.listing import Person, Post
from liaison.quick import quick
from liaison.records.filed import Filed
from liaison.records.index import Reference
from support.registers import clock, deputy, reception, station

GENTLE = settings(deadline=None, database=None, max_examples=20)
WORDS = st.sampled_from(["", "示例", "\ud800", None, 0, 7, True, b"bytes"])
ANYTHING = WORDS | st.tuples(WORDS, WORDS) | st.frozensets(WORDS, max_size=2)


@quick
@dataclass(frozen=True, slots=True)
class Lone:
    """A record of one field."""

    only: object


def decorated() -> Iterator[type[Any]]:
    """Every class of the program that is made quick."""
    root = Path(liaison.__path__[0])
    for file in sorted(root.rglob("*.py")):
        if names := re.findall(r"^@quick\n@dataclass.*\nclass (\w+)", file.read_text("utf-8"), re.MULTILINE):
            module = importlib.import_module(".".join(("liaison", *file.relative_to(root).with_suffix("").parts)))
            yield from (getattr(module, name) for name in names)


CLASSES = sorted({*decorated(), Lone}, key=lambda one: one.__qualname__)
every_class = pytest.mark.parametrize("cls", CLASSES, ids=lambda one: one.__name__)


def test_the_records_there_are_most_of_are_quick() -> None:
    """And what directories and the cache are made of."""
    assert {Deputy, Station, Filed, Reference, Person, Post} < set(CLASSES)


def filled(cls: type[Any], values: dict[str, object]) -> Any:
    """A record that holds these values, whether or not they fit."""
    made = object.__new__(cls)
    for name, value in values.items():
        object.__setattr__(made, name, value)
    return made


@every_class
@settings(GENTLE)
@given(st.data())
def test_a_record_comes_back_equal(cls: type[Any], data: st.DataObject) -> None:
    """Every field in its place, whatever it holds."""
    values = {field.name: data.draw(ANYTHING, field.name) for field in fields(cls)}
    again = pickle.loads(pickle.dumps(filled(cls, values), pickle.HIGHEST_PROTOCOL))
    assert type(again) is cls
    assert {name: getattr(again, name) for name in values} == values


@every_class
def test_a_record_can_be_copied_and_stays_frozen(cls: type[Any]) -> None:
    """By whatever means; and nobody changes it afterwards."""
    made = filled(cls, {field.name: (field.name,) for field in fields(cls)})
    for again in (copy.copy(made), copy.deepcopy(made), pickle.loads(pickle.dumps(made))):
        assert again == made
        assert hash(again) == hash(made)
        with pytest.raises(FrozenInstanceError):
            setattr(again, fields(cls)[0].name, None)


def test_records_within_records_come_back() -> None:
    """A station and a deputy with all that may hang on them, and as they are filed."""
    whole = station(
        "A",
        staff=(Staff(role="站长", name="示例"),),
        covers=(Place(name="玉峰社区", formerly=("旧村",)),),
        hours=(Hours(days=("周一",), from_=clock("09:00"), to=clock("17:00")),),
        location=Location(lng=111.8, lat=27.7, crs="gcj02"),
        receptions=(
            reception(
                guests=(Guest(role="法官"),),
                exceptions=(Change(date=station("B").verified_on, change="取消"),),
            ),
        ),
    )
    for record in (whole, deputy("D"), replace(whole, name="另一个")):
        filed = Filed("stations/a/b/station.yml", (), record, frozenset({("name",)}))
        again = pickle.loads(pickle.dumps(filed))
        assert again == filed
        assert again.record == record
        assert again.lacks("name")


def test_what_was_pickled_by_a_class_of_fewer_fields_is_refused() -> None:
    """Values never move into the fields of others."""
    with pytest.raises(ValueError, match="expected 1"):
        Lone(1).__setstate__((1, 2))  # type: ignore[attr-defined]
