"""What stands on printed things: just the fields of each kind, and nobody's data without consent."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rendering import planned

from liaison.model.deputies import Consent, Contact
from liaison.plan.kinds import KINDS
from liaison.plan.prints import Piece
from liaison.render.print.copies import FIELDS, LABELS, Wording, copies, reasons
from liaison.render.print.setting import Setting
from liaison.render.print.subjects import held, term_end
from support.registers import SITE, TODAY, TOWN, deputy, mandate, reception, register, station

OWN, OFFICE = "13900000000", "0738-1111111"
KINDS_OF = {
    subject: [name for name, kind in KINDS.items() if kind.subject == subject] for subject in ("station", "deputy")
}


def copy(kind: str, *people: Any, key: str = "S", wording: Wording | None = None, **more: Any) -> dict[str, Any]:
    """What stands on a thing of a station `S` or of one of its people."""
    site = {name: more.pop(name) for name in ("short_url", "photos") if name in more}
    plan = planned(register([station("S", TOWN, phone=OFFICE, **more)], {"S": people}, **site))
    (found,) = copies(plan, Piece(KINDS[kind], TOWN, (key,), "x.pdf"), wording or Wording())
    return found


def test_every_field_has_a_name_in_words() -> None:
    """Whatever changes, it can be said what it was."""
    assert {name for fields in FIELDS.values() for name in fields} - {"note"} <= set(LABELS)
    assert "site" in LABELS
    assert reasons(["phone", "rules"]) == "电话、接待日"
    assert {kind.template for kind in KINDS.values()} == set(FIELDS)


@pytest.mark.parametrize("kind", [*KINDS_OF["station"], *KINDS_OF["deputy"], "badge", "codes"])
def test_a_copy_has_the_fields_of_its_kind(kind: str) -> None:
    """No more and no fewer, as data that any program can read."""
    key = "S" if kind in {*KINDS_OF["station"], "codes"} else "D"
    found = copy(kind, deputy("D"), key=key, receptions=(reception(deputies=("D",)),))
    assert tuple(found) == FIELDS[KINDS[kind].template]
    assert json.loads(json.dumps(found)) == found


def test_a_poster_that_outlives_a_term() -> None:
    """Without deputies the rest is the same."""
    whole = copy("station-a4", deputy("D"))
    without = copy("station-a4", deputy("D"), wording=Wording(with_deputies=False))
    assert [one["code"] for one in whole.pop("deputies")] == ["D "]
    assert without == whole


@pytest.mark.parametrize("status", ["paused", "withheld", "former"])
def test_only_who_is_in_office_is_listed(status: str) -> None:
    """Neither posters nor boards name others."""
    for kind in ("station-a4", "board"):
        found = copy(kind, deputy("D1", "甲示例"), deputy("D2", "乙示例", status=status))
        assert [one["name"] for one in found["deputies"]] == ["甲示例"]


PHONES = [
    (None, None, {"number": OFFICE, "whose": "站"}),
    (Contact(phone="0738-2222222", phone_is="站"), None, {"number": "0738-2222222", "whose": "站"}),
    (Contact(phone=OWN, phone_is="本人"), None, {"number": OFFICE, "whose": "站"}),
    (Contact(phone=OWN, phone_is="本人"), ("photo",), {"number": OFFICE, "whose": "站"}),
    (Contact(phone=OWN, phone_is="本人"), ("phone",), {"number": OWN, "whose": "本人"}),
]


@pytest.mark.parametrize(("contact", "scope", "shown"), PHONES)
def test_whose_phone_is_shown(contact: Contact | None, scope: Any, shown: dict[str, str]) -> None:
    """A number of one's own only with consent to it, else that of the station."""
    consent = Consent(scope=scope, date=date(2026, 1, 1), ref="1") if scope else None
    found = copy("deputy-a4", deputy("D", contact=contact, consent=consent), key="D")
    assert found["phone"] == shown
    assert (OWN in json.dumps(found)) is (shown["number"] == OWN)


@pytest.mark.parametrize(("scope", "shown"), [(None, ""), (("phone",), ""), (("photo",), "a.jpg")])
def test_whose_photo_is_shown(scope: Any, shown: str) -> None:
    """A photo only with consent to it."""
    consent = Consent(scope=scope, date=date(2026, 1, 1), ref="1") if scope else None
    for kind in ("deputy-a4", "badge"):
        found = copy(kind, deputy("D", photo="a.jpg", consent=consent), key="D", photos={"D": "a.jpg"})
        assert found["photo"] == shown


def test_codes_hold_the_short_address() -> None:
    """The printed address is the short one where there is one; the domain to compare is in small letters."""
    short = "HTTPS://DB.EXAMPLE.GOV.CN/Q/"
    assert copy("plate", short_url=short)["url"] == f"{short}S/S//"
    assert copy("plate")["url"] == f"{SITE.url}S/S//"
    facts = Setting(site=register([], short_url=short).site, today=TODAY).facts()
    assert (facts["domain"], facts["typed"]) == ("db.example.gov.cn", "db.example.gov.cn/Q")


def test_days_to_come_are_few() -> None:
    """The next four receptions stand on a poster, though there are many."""
    found = copy("station-a4", deputy("D"), receptions=(reception("每周一", deputies=("D",)),))
    assert len(found["dates"]) == 4
    assert found["rules"][0]["when"] == "每周一 上午9:00—11:30"


DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


@given(st.lists(st.none() | DAYS, min_size=1, max_size=4), DAYS)
def test_mandates_that_are_held(ends: list[date | None], today: date) -> None:
    """Those that have not ended, or all where all have; the term ends with the first of them."""
    found = deputy("D", mandates=tuple(mandate(start="2019-01-01", end=str(end) if end else None) for end in ends))
    running = [one for one in found.mandates if one.end is None or one.end >= today]
    assert list(held(found, today)) == (running or list(found.mandates))
    last_days = [one.end for one in running or found.mandates if one.end]
    assert term_end(found, today) == (min(last_days) if last_days else None)
