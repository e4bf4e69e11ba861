"""Permanent codes: form, check symbol, and what a reader may have meant."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liaison.model import codes

SAMPLES = ("3F7K2MC", "7K3M9TY", "9H4PQRT", "TK58CWB", "Q2RX7DK")

valid = (
    st.text(codes.ALPHABET, min_size=6, max_size=6)
    .filter(lambda six: not six.isdigit())
    .map(lambda six: six + codes.check_symbol(six))
)


@pytest.mark.parametrize("code", SAMPLES)
def test_the_codes_of_the_contract_are_valid(code: str) -> None:
    """The codes printed in the contract keep their check symbols for ever."""
    assert codes.is_valid(code)


def test_the_alphabet_has_no_vowels_and_no_look_alikes() -> None:
    """No symbol can be taken for another, and no word can arise."""
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 26
    assert not set("AEIOU01LSZ") & set(codes.ALPHABET)


def test_foreign_symbols_are_named_once_in_order() -> None:
    """An error can say which symbols are outside the alphabet."""
    assert codes.foreign_symbols("7E3152E") == "E1"


@given(st.integers(0, 10**9))
def test_a_drawn_code_is_valid_and_never_all_digits(seed: int) -> None:
    """A drawn code fits its check symbol and cannot be taken for a number."""
    code = codes.draw(random.Random(seed).choice, ())
    assert codes.is_valid(code)
    assert not code[:6].isdigit()


def test_drawing_avoids_codes_that_are_taken() -> None:
    """A code on file is never drawn again."""
    first = codes.draw(random.Random(7).choice, ())
    assert codes.draw(random.Random(7).choice, {first}) != first


@given(valid, st.integers(0, 6), st.sampled_from(codes.ALPHABET))
def test_one_wrong_symbol_is_always_noticed(code: str, place: int, symbol: str) -> None:
    """ISO 7064 finds every single substitution."""
    changed = code[:place] + symbol + code[place + 1 :]
    assert changed == code or not codes.is_valid(changed)


def test_nearly_all_exchanged_neighbours_are_noticed() -> None:
    """The hybrid systems of ISO 7064 find nearly all transpositions of neighbours: here all but one in two hundred."""
    rng = random.Random(7064)
    exchanged = missed = 0
    for _ in range(3_000):
        code, place = codes.draw(rng.choice, ()), rng.randrange(6)
        changed = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
        exchanged += changed != code
        missed += changed != code and codes.is_valid(changed)
    assert missed / exchanged < 0.005


@given(valid)
def test_any_case_spaces_and_full_width_forms_are_read(code: str) -> None:
    """What was typed loosely means the code itself and nothing else."""
    wide = "".join(chr(ord(symbol) + 0xFEE0) for symbol in code)
    for typed in (code.lower(), f" {code[:3]} {code[3:]} ", "-".join(code), wide, f"{code[:3]}·{code[3:]}"):
        assert codes.candidates(typed) == (code,)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("3F7K2NC", "3F7K2MC"),
        ("9H4P0RT", "9H4PQRT"),
        ("7k3m9tv", "7K3M9TY"),
        ("TKS8CWB", "TK58CWB"),
        ("QZRX7DK", "Q2RX7DK"),
    ],
)
def test_look_alikes_are_resolved_through_the_check_symbol(typed: str, meant: str) -> None:
    """A misread symbol leads to the code that was printed."""
    assert meant in codes.candidates(typed)


@given(st.text(max_size=12))
def test_whatever_is_typed_gives_only_valid_codes(typed: str) -> None:
    """No input breaks the reading, and nothing invalid comes out."""
    assert all(codes.is_valid(code) for code in codes.candidates(typed))


@given(valid, st.integers(0, 6))
def test_a_misread_symbol_of_the_table_is_always_recovered(code: str, place: int) -> None:
    """Every pair of the look-alike table works in at least the direction it names."""
    for shown, meant in codes.LOOK_ALIKES.items():
        if code[place] in meant:
            assert code in codes.candidates(code[:place] + shown + code[place + 1 :])


def test_a_code_is_grouped_for_reading_aloud() -> None:
    """The printed form has a gap after the third symbol."""
    assert codes.grouped("3F7K2MC") == "3F7 K2MC"
