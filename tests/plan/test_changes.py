"""What is different between two releases: what became of whom, which pages; nothing is counted twice or lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.model.holders import Holder, HolderKind, short_digest
from liaison.plan.changes import Change, Changes, Count, LessonChange, Side, What, changes_between

STATION, DEPUTY = "3F7K2MC", "7K3M9TY"


def holder(kind: HolderKind, status: str = "active", **fields: str) -> Holder:
    return Holder(kind=kind, status=status, fields={name: short_digest(value) for name, value in fields.items()})


def became(was: Holder | None, now: Holder) -> list[tuple[What, tuple[str, ...]]]:
    """What is said of one holder."""
    before = Side(holders={DEPUTY: was} if was else {})
    return [(one.what, one.fields) for one in changes_between(before, Side(holders={DEPUTY: now})).holders]


@pytest.mark.parametrize(
    ("kind", "was", "now", "expected"),
    [
        ("deputy", "active", "former", [What.FORMER]),
        ("deputy", "active", "paused", [What.PAUSED]),
        ("deputy", "active", "withheld", [What.WITHHELD]),
        ("deputy", "paused", "withheld", [What.WITHHELD]),
        ("deputy", "paused", "active", [What.SHOWN]),
        ("deputy", "withheld", "former", [What.SHOWN, What.FORMER]),
        ("deputy", "former", "active", [What.RESUMED]),
        ("station", "active", "closed", [What.CLOSED]),
        ("station", "active", "merged", [What.MERGED]),
        ("station", "closed", "merged", [What.MERGED]),
        ("station", "active", "upgrading", [What.UPGRADING]),
        ("station", "upgrading", "active", [What.OPENED]),
        ("station", "closed", "active", [What.OPENED]),
        ("station", "merged", "upgrading", [What.OPENED]),
    ],
)
def test_status(kind: HolderKind, was: str, now: str, expected: list[What]) -> None:
    """Each way from one status to another has its name; a hidden person who is shown again is always told of."""
    found = became(holder(kind, was), holder(kind, now))
    assert sorted(what for what, _ in found) == sorted(expected)


def test_fields() -> None:
    """A field that is new, different or gone is an alteration; the name is a change of its own."""
    was = holder("deputy", name="甲", contact="1", bio="一", photo="p")
    now = holder("deputy", name="乙", contact="2", photo="p", groups="g")
    assert became(was, now) == [(What.ALTERED, ("bio", "contact", "groups")), (What.RENAMED, ())]


def test_fields_that_go_with_the_status() -> None:
    """Of somebody who left office only what is shown before and after counts, so nobody reads of a removed phone."""
    was = holder("deputy", name="甲", mandates="1", contact="1", photo="p")
    now = holder("deputy", "former", name="甲", mandates="2")
    assert became(was, now) == [(What.ALTERED, ("mandates",)), (What.FORMER, ())]


def test_merged_into() -> None:
    """A station that is merged tells of the merger, not of a new field."""
    was, now = holder("station", name="站"), holder("station", "merged", name="站", merged_into="TK58CWB")
    assert became(was, now) == [(What.MERGED, ())]


def test_hidden_then_hidden() -> None:
    """Of people who stay hidden nothing is said, whatever is known of them."""
    assert became(holder("deputy", "paused"), holder("deputy", "paused", bio="x")) == []


def test_new_and_gone() -> None:
    """A new code is an addition and listed as new; one that is gone is told of too."""
    before = Side(holders={STATION: holder("station")})
    found = changes_between(before, Side(holders={DEPUTY: holder("deputy")}))
    assert found.holders == (Change("deputy", DEPUTY, What.ADDED), Change("station", STATION, What.VANISHED))
    assert found.new_codes == (DEPUTY,)


def test_pages() -> None:
    """A file is counted once: as a lesson, as a record's page, as another page, or as a file that is no page."""
    before = {
        "S/3F/7K2MC/index.html": 1,
        "episodes/minfadian/07/index.html": 1,
        "episodes/minfadian/08/index.html": 1,
        "r/43/index.html": 1,
        "old.html": 1,
        "a.css": 1,
    }
    after = {
        "S/3F/7K2MC/index.html": 2,
        "episodes/minfadian/07/index.html": 2,
        "episodes/minfadian/09/index.html": 1,
        "episodes/minfadian/index.html": 1,
        "r/43/index.html": 2,
        "S/3F/7K2MC/poster.pdf": 1,
        "a.css": 1,
    }
    holders = {STATION: holder("station")}
    found = changes_between(Side(before, holders), Side(after, holders))
    assert found.lessons == (
        LessonChange("minfadian", 7, What.ALTERED),
        LessonChange("minfadian", 8, What.VANISHED),
        LessonChange("minfadian", 9, What.ADDED),
    )
    assert found.record_pages == Count(changed=1)
    assert found.others == (
        ("episodes/minfadian/index.html", What.ADDED),
        ("old.html", What.VANISHED),
        ("r/43/index.html", What.ALTERED),
    )
    assert found.other_pages == Count(1, 1, 1)
    assert found.files == Count(added=1)
    assert (found.removed_pages, found.pages_before) == (2, 5)


def test_lookalikes() -> None:
    """Only the page of a lesson as the site spells it is a lesson."""
    paths = (
        "episodes/a/7/index.html",
        "episodes/a/07/x/index.html",
        "x/episodes/a/07/index.html",
        "episodes/a/07.html",
    )
    found = changes_between(Side(), Side(dict.fromkeys(paths, 1)))
    assert found.lessons == ()
    assert found.other_pages == Count(added=4)


_PATHS = st.sampled_from(
    [
        *(f"episodes/{series}/{number:02}/index.html" for series in "ab" for number in range(1, 4)),
        *("index.html", "r/43/index.html", "about/index.html", "a.css", "S/3F/7K2MC/poster.pdf", "feed.xml"),
        *("S/3F/7K2MC/index.html", "D/7K/3M9TY/index.html"),
    ]
)
_FILES = st.dictionaries(_PATHS, st.integers(0, 2))
_FIELDS = st.dictionaries(st.sampled_from(["name", "phone", "bio", "receptions", "status"]), st.sampled_from("xyz"))
_STATUS = {"station": ["active", "upgrading", "merged", "closed"], "deputy": ["active", "paused", "former", "withheld"]}


@st.composite
def _holders(draw: st.DrawFn) -> dict[str, Holder]:
    found = {}
    for code, kind in ((STATION, "station"), (DEPUTY, "deputy"), ("TK58CWB", "station"), ("Q2RX7DK", "deputy")):
        if draw(st.booleans()):
            status = draw(st.sampled_from(_STATUS[kind]))
            fields = {} if status in {"paused", "withheld"} else draw(_FIELDS)
            found[code] = Holder(kind="station" if kind == "station" else "deputy", status=status, fields=fields)
    return found


@given(_FILES, _FILES, _holders(), _holders())
def test_sums(before: dict[str, int], after: dict[str, int], was: dict[str, Holder], now: dict[str, Holder]) -> None:
    """Every file that is different is counted exactly once, and whoever is different is told of, nobody else."""
    found = changes_between(Side(before, was), Side(after, now))
    differing = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert _total(found) == len(differing)
    assert found.removed_pages == sum(path.endswith(".html") for path in before.keys() - after.keys())
    told = {one.code for one in found.holders}
    shown = {code for code in was.keys() | now.keys() if _looks(was.get(code)) != _looks(now.get(code))}
    assert told == shown
    assert len(set(found.holders)) == len(found.holders)


def _total(found: Changes) -> int:
    return len(found.lessons) + found.record_pages.total + found.other_pages.total + found.files.total


def _looks(one: Holder | None) -> tuple[str, dict[str, str]] | None:
    """What of a holder may be told: not the field `status`, which says it twice."""
    return None if one is None else (one.status, {name: made for name, made in one.fields.items() if name != "status"})


def test_nothing() -> None:
    """Two equal releases differ in nothing."""
    side = Side({"index.html": 1}, {STATION: holder("station", name="站")})
    found = changes_between(side, side)
    assert (found.holders, _total(found), found.new_codes) == ((), 0, ())
