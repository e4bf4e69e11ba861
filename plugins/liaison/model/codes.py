"""Permanent codes: seven symbols that are printed on walls and never reused.

Six random symbols with at least one letter, then a check symbol by ISO/IEC 7064 MOD 27,26.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Container

from stdnum.iso7064 import mod_37_36

ALPHABET = "23456789BCDFGHJKMNPQRTVWXY"
"""No vowels, no look-alikes (0 O 1 I L S Z U A), no E."""

LENGTH = 7

LOOK_ALIKES = {
    "0": "QD", "O": "QD", "1": "7T", "I": "T7", "L": "T7", "S": "5", "Z": "2", "U": "V", "A": "4", "E": "F3",
    "8": "B", "B": "8", "6": "G", "G": "6C", "5": "6", "2": "7", "7": "T2", "Q": "D", "D": "Q", "V": "YW", "Y": "V",
    "M": "NH", "N": "MH", "H": "NM", "P": "R", "R": "P", "K": "X", "X": "K", "C": "G", "F": "P", "T": "7", "W": "V",
    "3": "8", "4": "9", "9": "4", "J": "T",
}  # fmt: skip
"""What a reader may have meant by a symbol, nearest first. `entry.js` holds the same table; a test compares them."""

_WELL_FORMED = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}")
_LETTER = re.compile(r"[B-Y]")
_FOLD = str.maketrans({chr(0xFF01 + i): chr(0x21 + i) for i in range(94)})
_SEPARATORS = re.compile(r"[\s\-‐‑–—_.·:,，。　]+")


def check_symbol(six: str) -> str:
    """The seventh symbol for six others. Raises `ValueError` on a symbol outside the alphabet."""
    return str(mod_37_36.calc_check_digit(six, ALPHABET))


def foreign_symbols(text: str) -> str:
    """The symbols of `text` outside the alphabet, each once, in order."""
    return "".join(dict.fromkeys(symbol for symbol in text if symbol not in ALPHABET))


def is_well_formed(text: str) -> bool:
    """Seven symbols of the alphabet, a letter among the first six; the check symbol is not judged."""
    return bool(_WELL_FORMED.fullmatch(text) and _LETTER.search(text[:-1]))


@functools.lru_cache(maxsize=8192)
def is_valid(text: str) -> bool:
    """Well formed, and the check symbol fits."""
    return is_well_formed(text) and check_symbol(text[:-1]) == text[-1]


def draw(choice: Callable[[str], str], taken: Container[str]) -> str:
    """A fresh code: `choice` picks one symbol of a string at random; never one of `taken`."""
    while True:
        six = "".join(choice(ALPHABET) for _ in range(LENGTH - 1))
        if _LETTER.search(six) and (code := six + check_symbol(six)) not in taken:
            return code


def fold(text: str) -> str:
    """What was typed, in capitals, without spaces, hyphens and full-width forms."""
    return _SEPARATORS.sub("", text.translate(_FOLD)).upper()


def candidates(typed: str) -> tuple[str, ...]:
    """The valid codes that `typed` may mean, likeliest first; at most one symbol misread inside the alphabet.

    Symbols outside the alphabet are replaced by their look-alikes; the check symbol decides. A text that is
    valid as it stands means only itself.
    """
    text = fold(typed)
    if len(text) != LENGTH:
        return ()
    if is_valid(text):
        return (text,)
    choices = [symbol if symbol in ALPHABET else LOOK_ALIKES.get(symbol, "") for symbol in text]
    if not all(choices):
        return ()
    if foreign_symbols(text):
        return tuple(code for code in map("".join, itertools.product(*choices)) if is_valid(code))
    misread = (
        text[:place] + other + text[place + 1 :] for place, symbol in enumerate(text) for other in LOOK_ALIKES[symbol]
    )
    return tuple(dict.fromkeys(code for code in misread if is_valid(code)))


def grouped(code: str) -> str:
    """The code as it is printed for reading aloud: `3F7 K2MC`."""
    return f"{code[:3]} {code[3:]}"
