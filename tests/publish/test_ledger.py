"""The list of what was printed: kept, read, added to, and compared."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.publish.ledger import NAME, Entry, Fields, Ledger, LedgerError, changed

DAY, LATER = date(2026, 11, 20), date(2026, 12, 1)


def entry(kind: str, day: date = DAY, **items: Fields) -> Entry:
    return Entry(kind, "431382200", day, pages=1, sha256="0" * 64, items=items)


SHEET = entry("codes", A={"name": "1"}, B={"name": "2"}, C={"name": "3"})
LEDGER = Ledger({"codes/三甲乡.pdf": SHEET, "plate/a.pdf": entry("plate", A={"name": "1"})})


def test_a_ledger_is_read_as_it_was_written(tmp_path: Path) -> None:
    """Nothing is lost on disk, and the same ledger gives the same bytes."""
    LEDGER.write(tmp_path)
    first = (tmp_path / NAME).read_bytes()
    assert Ledger.read(tmp_path / NAME) == Ledger.found(tmp_path) == LEDGER
    Ledger(dict(reversed(LEDGER.files.items()))).write(tmp_path)
    assert (tmp_path / NAME).read_bytes() == first


def test_no_ledger(tmp_path: Path) -> None:
    """Where nothing lies there is no ledger, and a file that is asked for must be there."""
    assert Ledger.found(tmp_path) is None
    with pytest.raises(OSError, match="No such file"):
        Ledger.read(tmp_path / NAME)


def damaged() -> list[bytes]:
    """Files that are no ledger, each for a reason of its own."""
    sound = {"format": 0, "files": {"a.pdf": SHEET.as_json()}}
    wrong: list[Any] = [
        *([], {}, 1, {"format": 0}, sound | {"files": []}, sound | {"files": {"a.pdf": {}}}, sound | {"format": "x"}),
        *(sound | {"files": {"a.pdf": SHEET.as_json() | change}} for change in ({"today": "x"}, {"more": 1})),
        *(sound | {"files": {"a.pdf": dict.fromkeys(SHEET.as_json())}}, sound | {"files": {"a.pdf": None}}),
    ]
    return [b"", b"{", b"\xff", *(json.dumps(one).encode() for one in wrong)]


@pytest.mark.parametrize("data", damaged())
def test_damage(tmp_path: Path, data: bytes) -> None:
    """What is no whole ledger of this version is none; who asks for it is told so."""
    LEDGER.write(tmp_path)
    number = json.loads((tmp_path / NAME).read_bytes())["format"]
    (tmp_path / NAME).write_bytes(data.replace(b'"format": 0', f'"format": {number}'.encode()))
    assert Ledger.found(tmp_path) is None
    with pytest.raises(LedgerError, match=r"manifest\.json"):
        Ledger.read(tmp_path / NAME)


def test_a_sheet_of_another_version(tmp_path: Path) -> None:
    """A ledger of another version is told apart from a damaged one."""
    (tmp_path / NAME).write_text(json.dumps({"format": -1, "files": {}}), "utf-8")
    with pytest.raises(LedgerError, match="别的版本"):
        Ledger.read(tmp_path / NAME)


def test_some_printed_again_beside_the_whole() -> None:
    """What a further sheet holds is no more said by the first, which keeps the rest, each with its day."""
    part = entry("codes", LATER, B={"name": "9"})
    renewed = LEDGER.renewed({"codes/三甲乡-补印.pdf": part})
    assert set(renewed.files["codes/三甲乡.pdf"].items) == {"A", "C"}
    assert renewed.files["plate/a.pdf"] == LEDGER.files["plate/a.pdf"]
    assert renewed.items_by_day() == {
        DAY: {("codes", "A"): {"name": "1"}, ("codes", "C"): {"name": "3"}, ("plate", "A"): {"name": "1"}},
        LATER: {("codes", "B"): {"name": "9"}},
    }


def test_printed_again_under_the_same_name() -> None:
    """A file that is made again says what it holds now."""
    renewed = LEDGER.renewed({"plate/a.pdf": entry("plate", LATER, A={"name": "7"})})
    assert renewed.files["plate/a.pdf"].items == {"A": {"name": "7"}}
    assert renewed.items_by_day()[LATER] == {("plate", "A"): {"name": "7"}}


Printed = Mapping[tuple[str, str], Fields]
NAMES = st.sampled_from(["name", "phone", "address"])
FIELDS: st.SearchStrategy[Fields] = st.dictionaries(NAMES, st.sampled_from("123"))
PRINTED: st.SearchStrategy[Printed] = st.dictionaries(st.tuples(st.sampled_from(["plate", "badge"]), NAMES), FIELDS)


@given(PRINTED, PRINTED)
def test_changes(before: Printed, now: Printed) -> None:
    """What is printed as before is left out; of all else just the fields that differ are named, none of what is new."""
    found = changed(before, now)
    assert set(found) == {item for item in now if item not in before or before[item] != now[item]}
    for item, fields in found.items():
        was = before.get(item, now[item])
        assert set(fields) == {name for name in {*was, *now[item]} if was.get(name) != now[item].get(name)}
        assert len(fields) == len(set(fields))


def test_fields_are_named_as_they_are_printed() -> None:
    """Fields come in the order they stand in now; one that is not printed any more comes last."""
    before = {("plate", "A"): {"gone": "1", "name": "1", "phone": "1"}}
    now = {("plate", "A"): {"phone": "2", "name": "2"}}
    assert changed(before, now) == {("plate", "A"): ("phone", "name", "gone")}
