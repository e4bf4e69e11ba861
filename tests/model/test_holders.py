"""No published code vanishes or changes hands: two versions of an office compared, by somebody who knows who is who."""

from __future__ import annotations

import os
import random
from collections.abc import Iterable, Mapping

import pytest

from liaison.model.holders import Breach, Broken, Holder, HolderKind, breaches, short_digest
from support.offices import Office, Outcome, fits, names_now, names_then

SEQUENCES = 1000 * int(os.environ.get("LIAISON_TRUST", "1"))
A, B, C, D = "7K3M9TY", "3F7K2MC", "9H4PQRT", "TK58CWB"


def holder(name: str = "", *formerly: str, kind: HolderKind = "deputy", status: str = "active") -> Holder:
    """Whoever has this name; nobody is named where it is empty."""
    fields = {"name": short_digest(name)} if name else {}
    return Holder(kind=kind, status=status, fields=fields, formerly=tuple(short_digest(one) for one in formerly))


def of(kind: HolderKind, name: str, formerly: Iterable[str], *, is_hidden: bool, is_masked: bool) -> Holder:
    """A record as a version says it; of hidden people nothing, if that is asked for."""
    return holder(kind=kind) if is_hidden and is_masked else holder(name, *formerly, kind=kind)


def told(office: Office, *, is_masked: bool) -> list[Outcome]:
    """What comparing the two versions of an office says."""
    before = {
        one.code: of(one.body.kind, one.name, one.formerly, is_hidden=one.is_hidden, is_masked=is_masked)
        for one in office.before
    }
    after = {
        one.code: of(one.kind, one.name, one.formerly, is_hidden=one.is_hidden, is_masked=is_masked)
        for one in office.bodies
    }
    return [(one.code, one.breach.value, one.other) for one in breaches(before, after)]


@pytest.mark.parametrize("is_masked", [False, True])
def test_s14_random_edits(is_masked: bool) -> None:
    """After any edits the codes that vanished, changed or were reused are named, these and no others."""
    seen: dict[str, int] = {}
    for seed in range(SEQUENCES):
        office = Office(seed)
        office.work()
        expected = office.expected(is_masked=is_masked)
        assert told(office, is_masked=is_masked) == expected, f"seed {seed}"
        for _, breach, other in expected or [("", "none", "")]:
            seen[breach + ("+" if other else "")] = seen.get(breach + ("+" if other else ""), 0) + 1
    assert seen.keys() == {"none", "vanished", "changed+", "reused", "reused+"}
    assert min(seen.values()) > SEQUENCES // 50


@pytest.mark.parametrize("action", [one.__name__ for one in Office(0).right])
def test_s14_no_false_alarm(action: str) -> None:
    """What may be done is never blamed, however often."""
    for seed in range(SEQUENCES // 20):
        office = Office(seed)
        for _ in range(office.random.randint(1, 4)):
            getattr(office, action)()
        assert told(office, is_masked=False) == told(office, is_masked=True) == []


def test_s14_namesakes() -> None:
    """Of several with one name nobody is blamed who kept the code, and another code is named only for certain."""
    pool = random.Random(3)
    for seed in range(SEQUENCES):
        office = Office(seed, lambda: pool.choice(("王伟", "李强", "张敏")))
        office.work()
        was, now = names_then(office), names_now(office)
        kept = {code for code in was if code in now and fits(was[code], now[code])}
        found = told(office, is_masked=False)
        assert {code for code, _, _ in found} == was.keys() - kept, f"seed {seed}"
        for code, breach, other in found:
            assert (breach == "reused") == (code in now)
            assert (breach == "changed") == (code not in now and other != "")
            fitting = [one for one in now if one not in kept and fits(was[code], now[one])]
            rivals = [one for one in was if one not in kept and other in now and fits(was[one], now[other])]
            assert other == "" or (fitting, rivals) == ([other], [code])


def check(before: Mapping[str, Holder], after: Mapping[str, Holder], *broken: Broken) -> None:
    """Comparing says just this."""
    assert breaches(before, after) == broken


def test_renamed() -> None:
    """A new name on an old code needs the old name beside it."""
    check({A: holder("甲")}, {A: holder("乙", "甲")})
    check({A: holder("甲")}, {A: holder("乙")}, Broken(A, Breach.REUSED))
    check({A: holder("甲")}, {A: holder("乙", "丙")}, Broken(A, Breach.REUSED))


def test_renamed_before() -> None:
    """A change of name may be forgotten later, or taken back; it does not vouch for a third name."""
    check({A: holder("乙", "甲")}, {A: holder("乙")})
    check({A: holder("乙", "甲")}, {A: holder("甲")})
    check({A: holder("乙", "甲")}, {A: holder("丙", "甲")}, Broken(A, Breach.REUSED))
    check({A: holder("乙", "甲")}, {A: holder("丙", "甲", "乙")})


def test_swapped() -> None:
    """Each code is reused, and it is told where its holder went."""
    swapped = (Broken(B, Breach.REUSED, A), Broken(A, Breach.REUSED, B))
    check({A: holder("甲"), B: holder("乙")}, {A: holder("乙"), B: holder("甲")}, *swapped)
    check({A: holder("甲"), B: holder("甲")}, {A: holder("甲"), B: holder("甲")})


def test_passed_on() -> None:
    """One gets the code of another who is gone: the one is changed, the other reused."""
    before = {A: holder("甲"), B: holder("乙")}
    check(before, {B: holder("甲")}, Broken(B, Breach.REUSED), Broken(A, Breach.CHANGED, B))


def test_another_kind() -> None:
    """A station's code is never a deputy's, though they be called the same."""
    check({A: holder("甲", kind="station")}, {A: holder("甲")}, Broken(A, Breach.REUSED))
    check({A: holder("甲", kind="station")}, {B: holder("甲")}, Broken(A, Breach.VANISHED))


def test_hidden() -> None:
    """Where there is no name only the code and its kind are held."""
    hidden = holder(status="withheld")
    check({A: holder("甲")}, {A: hidden})
    check({A: hidden}, {A: holder("乙")})
    check({A: hidden}, {B: hidden}, Broken(A, Breach.VANISHED))
    check({A: hidden}, {A: holder("甲", kind="station")}, Broken(A, Breach.REUSED))
    check({A: holder("甲")}, {B: hidden}, Broken(A, Breach.VANISHED))


def test_hidden_and_yet_known() -> None:
    """Who was shown under one code cannot be the one who was hidden under another."""
    hidden = holder(status="withheld")
    before = {A: holder("甲"), B: hidden}
    check(before, {A: hidden, B: holder("甲")}, Broken(B, Breach.REUSED), Broken(A, Breach.REUSED, B))
    check(before, {B: holder("甲")}, Broken(B, Breach.REUSED), Broken(A, Breach.CHANGED, B))
    check(before, {A: hidden, B: hidden, C: holder("甲")})
    two = {A: holder("甲"), C: holder("甲"), B: hidden}
    check(two, {A: hidden, B: holder("甲")}, Broken(B, Breach.REUSED), Broken(C, Breach.CHANGED, B))


def test_namesakes_who_may_have_either_code() -> None:
    """Two of one name lost their codes: which of them has the new one is not guessed."""
    before = {A: holder("甲"), B: holder("甲")}
    lost = (Broken(B, Breach.VANISHED), Broken(A, Breach.VANISHED))
    check(before, {C: holder("甲")}, *lost)
    check(before, {C: holder("甲"), D: holder("甲")}, *lost)
    check({A: holder("甲")}, {C: holder("甲"), D: holder("甲")}, Broken(A, Breach.VANISHED))
    check(before, {A: holder("甲"), C: holder("甲")}, Broken(B, Breach.CHANGED, C))


def test_nothing_to_compare() -> None:
    """The first version promises nothing; codes may be added."""
    check({}, {A: holder("甲")})
    check({}, {})
    check({A: holder("甲")}, {}, Broken(A, Breach.VANISHED))
