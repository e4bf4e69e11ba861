"""Whatever bytes lie in a site's files, reading gives problems and never raises anything else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import casebook
import pytest
from fuzzing import judge
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liaison.records.labels import LABELS
from liaison.records.loader import read

FILES = sorted(path.relative_to(casebook.BASE).as_posix() for path in casebook.BASE.rglob("*.yml"))
QUICK = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
DAYS = st.dates() | st.sampled_from([date.min, date.max, date(2024, 2, 29)])


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return casebook.base_site(tmp_path_factory.mktemp("fuzz") / "site")


@st.composite
def mutated(draw: st.DrawFn) -> tuple[str, bytes]:
    """A file of the base site with some bytes flipped, put in, or cut off."""
    file = draw(st.sampled_from(FILES))
    data = bytearray((casebook.BASE / file).read_bytes())
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(data)))
        match draw(st.sampled_from(["flip", "put", "cut", "drop", "double"])):
            case "flip" if place < len(data):
                data[place] ^= 1 << draw(st.integers(0, 7))
            case "put":
                data[place:place] = draw(st.binary(max_size=4) | st.sampled_from(TOKENS))
            case "cut":
                del data[place:]
            case "drop":
                del data[place : place + draw(st.integers(1, 12))]
            case _:
                data[place:place] = data[place : place + 40]
    return file, bytes(data)


TOKENS = [token.encode() for token in ("- ", ": ", "[", "{", "}", "]", "&a ", "*a", "!!x ", "'", '"', "#", "|\n", "? ")]
TOKENS += [
    token.encode() for token in ("---\n", "...\n", "%YAML 1.1\n", "\t", "\u2028", "\ufeff", "\x85", "<<: ", "\\")
]


@QUICK
@given(change=mutated(), today=DAYS)
def test_mutated_records(root: Path, change: tuple[str, bytes], today: date) -> None:
    """Flipped, inserted and missing bytes in a good record are reported, never a fault of the program."""
    judge(root, *change, today)


KEYS = st.sampled_from(sorted(LABELS))
VALUES = st.text(max_size=6) | st.sampled_from([
    "3F7K2MC", "7K3M9TY", "TK58CWB", "7E3152X", "431382", "43", "功能区", "县级", "active", "merged", "2026-12-15",
    "9999-12-31", "0001-01-01", "09:00", "每月15日", "每周一", "改期", "111.8", "-1", "1e400", "https://a.cn/", "http://[",
    "", "本人", "13900000000", "照片.jpg", "../x.jpg", "on", "·", "曾·", "全国", "乡级", "代表之家",
])  # fmt: skip
TREES = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS | st.text(max_size=3), inner, max_size=6),
    max_leaves=25,
)


def flow(tree: object) -> str:
    """A tree as YAML in flow style, every text in double quotes with escapes."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{flow(key)}: {flow(value)}" for key, value in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(flow, tree)) + "]"
    return '"' + "".join(_escaped(char) for char in str(tree)) + '"'


def _escaped(char: str) -> str:
    return char if char.isalnum() or char in " -:/." else f"\\U{ord(char):08x}"


@QUICK
@given(file=st.sampled_from(FILES), tree=TREES, today=DAYS)
def test_any_tree(root: Path, file: str, tree: object, today: date) -> None:
    """Any nesting of known keys with any values is judged to the end."""
    judge(root, file, flow(tree).encode("utf-8", "surrogatepass"), today)


@QUICK
@given(tree=TREES.filter(lambda tree: isinstance(tree, dict)), start=st.sampled_from(FILES), today=DAYS)
def test_known_keys_with_any_value(root: Path, start: str, tree: dict[str, object], today: date) -> None:
    """A good record in which some values are anything at all is judged to the end."""
    text = (casebook.BASE / start).read_text(encoding="utf-8")
    kept = [line for line in text.splitlines() if line.partition(":")[0] not in tree]
    more = [f"{flow(key)}: {flow(value)}" for key, value in tree.items()]
    judge(root, start, "\n".join([*kept, *more]).encode("utf-8", "surrogatepass"), today)


@settings(max_examples=300, deadline=None)
@given(
    st.text(alphabet=st.sampled_from("[]{}:,-?&*!|>'\"%@`# \n\tab\\\u2028\ufeff\x85甲") | st.characters(), max_size=60)
)
def test_loader_on_any_text(text: str) -> None:
    """The loader takes any text, and finds the same with places and without."""
    plain, marked = read(text), read(text, with_marks=True)
    assert (plain.tree, plain.faults, plain.broken) == (marked.tree, marked.faults, marked.broken)
    assert all(_within(text, fault.line) for fault in plain.faults)


def _within(text: str, line: int) -> bool:
    return line <= text.count("\n") + text.count("\r") + 1
